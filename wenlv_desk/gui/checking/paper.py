"""The right of the check page: what stands in the way, the boxes of the paper, files, and the buttons that save and go on."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from wenlv_desk.gui.checking.reading import CheckView, Rest
from wenlv_desk.gui.checking.sheet import SheetForm
from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.blocks import Blocks
from wenlv_desk.gui.widgets.dialogs import enter_moves
from wenlv_desk.gui.widgets.parts import button, line, restyle, words
from wenlv_desk.gui.widgets.scrolling import scroll_area

SAVE_KEY: Final = "F9"
NAMED: Final = 3  # attached files that are named


class PaperCard(QFrame):
    """Before it is saved the filled button saves; afterwards it goes on to the next check."""

    save_wanted = Signal()
    order_wanted = Signal()  # 责令整改
    next_wanted = Signal()
    attach_wanted = Signal()

    def __init__(self, looks: Looks, title: str) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self.setAccessibleName("检查记录")
        self.form, self.blocks = SheetForm(looks), Blocks()
        self.area = scroll_area("检查记录", self.form)
        self.said, self.attached = words("", "value", wrap=True), words("", "small", wrap=True)
        self.attach = button("添加照片…", self.attach_wanted.emit, key="F8", tip="照片和扫描件，也可以拖到这一页上")
        self.save = button("保存", self.save_wanted.emit, key=SAVE_KEY, part="primary")
        self.save.setAccessibleName(f"保存，{title}")
        self.order = button("责令整改…", self.order_wanted.emit, key="F4", part="primary")
        self.next = button("下一户", self.next_wanted.emit, part="primary")
        for one in (self.order, self.next):
            one.hide()
        self._lay_out()
        enter_moves(self)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.attach)
        row.addStretch(1)
        for made in (self.save, self.order, self.next):
            row.addWidget(made)
        foot = QVBoxLayout()
        foot.setContentsMargins(14, 8, 14, 12)
        foot.setSpacing(6)
        for one in (self.blocks, self.said, self.attached):
            foot.addWidget(one)
        foot.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.area, 1)
        column.addWidget(line())
        column.addLayout(foot)
        self.said.hide()

    @property
    def filled(self) -> QPushButton:
        """The filled button: it saves; once that is done it orders what the record asks for, or else goes on."""
        return next(one for one in (self.save, self.order, self.next) if not one.isHidden())

    def press(self) -> None:
        """Ctrl Enter: the filled button."""
        self.filled.click()

    def show_beside(self, view: CheckView, *, saved: bool) -> None:
        """What stands in the way, the files kept so far, and after saving what comes next."""
        self.blocks.show_blocks(() if saved else view.blocks)
        self.save.setEnabled(not view.blocks)
        names = "、".join(view.attached[:NAMED])
        more = f"等 {len(view.attached)} 个" if len(view.attached) > NAMED else ""
        self.attached.setText(f"附件：{names}{more}")
        self.attached.setVisible(bool(view.attached))
        if saved:
            self._say_next(view)

    def _say_next(self, view: CheckView) -> None:
        self.said.setText(f"✓ 已保存。{_left(view.rest)}")
        self.said.show()
        self.save.hide()
        title = "下一户" if view.rest.waiting else "回到列表"
        self.next.setText(title if view.order_due else f"{title} Ctrl Enter")
        self.next.setAccessibleName(title)
        restyle(self.next, "part", "" if view.order_due else "primary")
        self.next.show()
        self.order.setVisible(view.order_due)

    def offer_next(self) -> None:
        """Keys go to the filled button."""
        self.filled.setFocus()


def _left(rest: Rest) -> str:
    if rest.waiting:
        return f"这个任务还有 {rest.count} 户待录入，下一户是“{rest.waiting[0][1]}”。"
    return f"这个任务还有 {rest.count} 户没有录入：{rest.held}。" if rest.count else "这个任务都录入了。"
