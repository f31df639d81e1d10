"""The third act, one button; and what there is to do once it was pressed: paper, public record, the checks."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from wenlv_desk.gui.drawing.judging import grouped
from wenlv_desk.gui.drawing.panel import (
    RESULT,
    SAVE_KEY,
    ActPanel,
    CodeBox,
    PaperLine,
    abandon_button,
    show_abandon,
)
from wenlv_desk.gui.drawing.reading import DrawView
from wenlv_desk.gui.widgets.blocks import Blocks
from wenlv_desk.gui.widgets.dialogs import FINISH
from wenlv_desk.gui.widgets.parts import button, words

RUNNING = "抽取只算一次，结果由封存的名单和这个种子决定，换任何人、用任何程序算都一样。"
SIGN = "打印后由抽取人、监督人签字"
PUBLIC = "两个文件可以公开：.json 是抽取记录，.html 用浏览器打开就能自己核对，不用联网。"


class RunPanel(ActPanel):
    """Code and seed to be looked at once more, and the button."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__("第 3 步　抽取")
        self.code, self.blocks = CodeBox(), Blocks()
        self.digits = words("", "code", wrap=True)
        self.said = words("", "value", wrap=True)
        self.abandon = abandon_button(self)
        self.run = button("抽取", self.wanted.emit, key=FINISH, part="primary")
        self.run.setProperty("big", True)
        for one in (self.code, words("种子", "section"), self.digits, self.said, self.blocks):
            self.body.addWidget(one)
        self.body.addWidget(words(RUNNING, "small", wrap=True))
        self.body.addWidget(self.run)
        self.body.addStretch(1)
        self.foot.addWidget(self.abandon, 0, Qt.AlignmentFlag.AlignLeft)
        self.finish()

    @property
    def primary(self) -> QPushButton:
        return self.run

    def show_view(self, view: DrawView) -> None:
        """Show a draw that has its seed."""
        sealed = view.sealed
        if sealed is None:
            return
        self.code.show_code(sealed.code)
        self.digits.setText(grouped(sealed.digits))
        self.digits.setAccessibleName(f"种子 {sealed.digits}")
        self.said.setText(
            f"{sealed.source.label}（{sealed.source_said}）\n共 {len(sealed.digits)} 位\n见证人：{sealed.witnesses}"
        )
        self.blocks.show_blocks(view.blocks)
        self.run.setEnabled(not view.blocks)
        show_abandon(self.abandon, view.may_abandon)


class OverPanel(ActPanel):
    """The draw is done."""

    save_wanted = Signal()
    checks_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("已抽取")
        self.code, self.paper, self.blocks = CodeBox(), PaperLine(RESULT), Blocks()
        self.paper.wanted.connect(self.print_wanted)
        self.digits, self.said = words("", "digits", wrap=True), words("", "value", wrap=True)
        self.save: QPushButton = button("存公开记录…", self.save_wanted.emit, key=SAVE_KEY)
        self.abandon = abandon_button(self)
        self.checks = button("看这些检查", self.checks_wanted.emit, key=FINISH, part="primary")
        for one in (self.said, self.blocks, self.code, words("种子", "section"), self.digits, self.paper, self.save):
            self.body.addWidget(one)
        self.body.addWidget(words(PUBLIC, "small", wrap=True))
        self.body.addStretch(1)
        self.foot_row(self.abandon, primary=self.checks)
        self.finish()

    @property
    def primary(self) -> QPushButton:
        return self.checks

    def show_view(self, view: DrawView) -> None:
        """Show a draw that is done."""
        sealed = view.sealed
        if sealed is None:
            return
        self.title.setText(f"已抽取 {len(sealed.result)} 户")
        self.said.setText(f"见证人：{sealed.witnesses}")
        self.code.show_code(sealed.code)
        self.digits.setText(grouped(sealed.digits))
        self.paper.show_paper(sealed.papers, SIGN)
        self.blocks.show_blocks(view.blocks)
        self.checks.setEnabled(bool(sealed.checks))
        show_abandon(self.abandon, view.may_abandon)
