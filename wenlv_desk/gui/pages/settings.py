"""设置: the bureau, how the screen looks, who is at the desk, backup and check, and the registers that have no rail item."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import select

from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.card.cardparts import sections_of
from wenlv_desk.gui.card.dossier import Sheet, sheet_of
from wenlv_desk.gui.entry.acting import open_entry
from wenlv_desk.gui.forms.ui_appearance import Ui_Appearance
from wenlv_desk.gui.frame.backing import said
from wenlv_desk.gui.frame.welcome import open_welcome
from wenlv_desk.gui.listing.filters import Only
from wenlv_desk.gui.look.looks import Mode
from wenlv_desk.gui.memory import CLERK_KEY, COUNTER_KEY
from wenlv_desk.gui.pages.calendar_strip import CalendarStrip
from wenlv_desk.gui.pages.register import RegisterPage
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.parts import button, card, words
from wenlv_desk.registries.calendar.records import HOLIDAY_YEARS
from wenlv_desk.store.backup import KEEP, back_up, last_backup
from wenlv_desk.store.check import check
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.office import BACKUPS_FOLDER, Office


@dataclass(frozen=True)
class Topic:
    """One entry of the list at the left."""

    title: str
    make: Callable[[], QWidget]
    registry: Registry | None = None


class SettingsPage(QWidget):
    """Topics at the left, the chosen one at the right; made when first shown."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.setObjectName("page")
        self.setAccessibleName("设置")
        self.topics = self._topics()
        self._made: dict[int, QWidget] = {}
        self.list = QListWidget()
        self.list.setAccessibleName("设置项目")
        self.list.addItems([topic.title for topic in self.topics])
        frame = card("设置项目")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(6, 6, 6, 6)
        inside.addWidget(self.list)
        self._frame, self._stack = frame, QStackedWidget()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(frame)
        row.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        self.strip = CalendarStrip(seat)
        self.strip.acted.connect(lambda _action: self._open_registry(HOLIDAY_YEARS))
        column.addWidget(words("设置", "heading"))
        column.addWidget(self.strip)
        column.addLayout(row, 1)
        self.list.currentRowChanged.connect(self._open)
        seat.kit.looks.changed.connect(self._look)
        self._look()
        self.list.setCurrentRow(0)

    def show_record(self, registry: Registry, record_id: int) -> None:
        """Show a record of a register that is kept here."""
        page = self._open_registry(registry)
        if isinstance(page, RegisterPage):
            page.show_record(record_id)

    def search(self, registry: Registry, text: str) -> None:
        """Show a register's list searched."""
        page = self._open_registry(registry)
        if isinstance(page, RegisterPage):
            page.filters.search_for(text)

    def show_rows(self, registry: Registry, ids: Sequence[int], title: str) -> None:
        """Show a register's list narrowed to these records."""
        page = self._open_registry(registry)
        if isinstance(page, RegisterPage):
            page.filters.show_only(Only(title, tuple(ids)))

    def _open_registry(self, registry: Registry) -> QWidget:
        at = next((at for at, topic in enumerate(self.topics) if topic.registry is registry), 0)
        self.list.setCurrentRow(at)
        return self._made[at]

    def _topics(self) -> list[Topic]:
        registries = self.seat.catalogue.registries
        single = [one for one in registries.values() if one.single]
        kept = [one for one in registries.values() if not one.single and _kept_here(one, registries)]
        return [
            *(
                Topic("本单位" if one is single[0] else one.title, partial(Bureau, self.seat, one), one)
                for one in single
            ),
            Topic("外观", partial(Appearance, self.seat)),
            Topic("经办人", partial(AtDesk, self.seat)),
            Topic("备份与检查", partial(Safety, self.seat)),
            *(Topic(one.title, partial(RegisterPage, self.seat, one), one) for one in kept),
        ]

    def _open(self, at: int) -> None:
        if at not in self._made:
            self._made[at] = self.topics[at].make()
            self._stack.addWidget(self._made[at])
        self._stack.setCurrentWidget(self._made[at])

    def _look(self) -> None:
        looks = self.seat.kit.looks
        self._frame.setFixedWidth(looks.px(170))
        for row in range(self.list.count()):
            self.list.item(row).setSizeHint(QSize(0, looks.px(32)))


def _kept_here(registry: Registry, registries: Mapping[str, Registry]) -> bool:
    """Without a rail item, and belonging to no register that has one (whose card then shows it)."""
    owner = registries[registry.owner.register] if registry.owner is not None else None
    return not registry.rail and (owner is None or _kept_here(owner, registries))


class Panel(QScrollArea):
    """A titled surface."""

    def __init__(self, title: str) -> None:
        super().__init__()
        frame = card(title)
        self.setAccessibleName(title)
        self.setWidgetResizable(True)
        self.column = QVBoxLayout(frame)
        self.column.setContentsMargins(18, 14, 18, 14)
        self.column.setSpacing(10)
        self.head = QHBoxLayout()
        self.head.addWidget(words(title, "title"), 1)
        self.column.addLayout(self.head)
        self.setWidget(frame)


class Bureau(Panel):
    """The settings record as it stands, with a button to amend it."""

    def __init__(self, seat: Seat, registry: Registry) -> None:
        super().__init__("本单位")
        self.seat, self.registry = seat, registry
        self._body: QWidget = words("", "muted")
        self._record_id: int | None = None
        self.edit = button("修改", self._edit, key="F3", part="primary")
        self.head.addWidget(self.edit)
        self.column.addWidget(self._body)
        self.column.addStretch(1)
        seat.kit.jobs.changed.connect(lambda tables: self._read() if registry.name in tables else None)
        self._read()

    def _read(self) -> None:
        self.seat.read(self, the_only, self.registry, then=self._show)

    def _show(self, sheet: Sheet | None) -> None:
        self._record_id = sheet.id if sheet is not None else None
        fresh = (
            words(self.registry.empty_hint, "muted") if sheet is None else sections_of(sheet.sections, lambda *_: None)
        )
        self.column.replaceWidget(self._body, fresh)
        self._body.deleteLater()
        self._body = fresh

    def _edit(self) -> None:
        if self._record_id is None:
            open_welcome(self.seat)
        else:
            amend = self.seat.catalogue.operation(self.registry, "amend")
            open_entry(self.seat, self.registry, amend, self._record_id)


def the_only(desk: Desk, registry: Registry) -> Sheet | None:
    """The one record of a register that has only one."""
    found = desk.session.scalar(select(registry.record.id).limit(1))
    return None if found is None else sheet_of(desk, registry, found)


class Appearance(Panel):
    """Colours and text size; they apply at once."""

    def __init__(self, seat: Seat) -> None:
        super().__init__("外观")
        self._looks = seat.kit.looks
        inside = QWidget()
        self.form = Ui_Appearance()
        self.form.setupUi(inside)  # type: ignore[no-untyped-call]
        self.column.addWidget(inside, 1)
        self._modes: dict[Mode, QRadioButton] = {mode: getattr(self.form, mode.value) for mode in Mode}
        for mode, made in self._modes.items():
            made.setChecked(mode is self._looks.mode)
            made.toggled.connect(lambda on, mode=mode: self._looks.choose(mode) if on else None)
        self.form.percent.setValue(self._looks.percent)
        self.form.percent.valueChanged.connect(self._resize)
        self.form.usual.clicked.connect(lambda: self._looks.resize(100))
        self._looks.changed.connect(self._follow)
        self._follow()

    def _resize(self, percent: int) -> None:
        # Dragging passes every value; the sheet is made anew only where a size is steady enough to read.
        if not self.form.percent.isSliderDown() or percent % 10 == 0:
            self._looks.resize(percent)

    def _follow(self) -> None:
        self.form.shown.setText(f"{self._looks.percent} %")
        self.form.percent.setValue(self._looks.percent)


class AtDesk(Panel):
    """Who is at this computer and at which counter; takes effect at the next start."""

    def __init__(self, seat: Seat) -> None:
        super().__init__("经办人")
        self._seat = seat
        self.name, self.counter = QLineEdit(seat.clerk.name), QLineEdit(seat.clerk.counter)
        for label, editor in (("本机的经办人", self.name), ("窗口名称", self.counter)):
            shown: QLabel = words(label, "key")
            shown.setBuddy(editor)
            editor.setAccessibleName(label)
            editor.setMaximumWidth(320)
            self.column.addWidget(shown)
            self.column.addWidget(editor)
        self.column.addWidget(words("流水和文书上记这个名字。改动从下次打开时起生效。", "muted", wrap=True))
        self.column.addWidget(button("保存", self._keep, part="primary"), 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def _keep(self) -> None:
        name, counter = self.name.text().strip(), self.counter.text().strip()
        if not name:
            self._seat.kit.notices.fail("经办人姓名不能空着，请填写后再保存")
            return
        self._seat.kit.memory.keep(CLERK_KEY, name)
        self._seat.kit.memory.keep(COUNTER_KEY, counter)
        self._seat.kit.notices.tell("已保存，下次打开时生效")


class Safety(Panel):
    """The newest backup, one more now, and the check of everything that can be checked."""

    def __init__(self, seat: Seat) -> None:
        super().__init__("备份与检查")
        self._seat = seat
        self.shown = words("", "muted", wrap=True)
        self.found = words("", wrap=True)
        self.found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.backup = button("立即备份", self._backup, part="primary")
        self.check = button("检查数据", self._check, tip="核对数据库、流水链、每行摘要、附件、归档文书和检索索引")
        row = QHBoxLayout()
        row.addWidget(self.backup)
        row.addWidget(self.check)
        row.addStretch(1)
        self.column.addWidget(
            words(
                f"每天第一次打开时自动备份数据库、附件和存档文书，保留最近 {KEEP} 份，存在数据文件夹的 {BACKUPS_FOLDER} 里。",
                wrap=True,
            )
        )
        self.column.addWidget(self.shown)
        self.column.addLayout(row)
        self.column.addWidget(self.found)
        self.column.addStretch(1)
        newest = last_backup(seat.office.backups)
        self.shown.setText(said(newest, seat.office.clock()) if newest is not None else "还没有备份。")

    def _backup(self) -> None:
        def told(path: object) -> None:
            self.shown.setText(f"已备份并验证：{path}")

        self._seat.kit.jobs.read(self, back_up, self._seat.office, then=told).busy(self.backup)

    def _check(self) -> None:
        self.found.setText("正在检查……")
        work = partial(all_defects, self._seat.office)
        self._seat.read(self, work, then=self._show, otherwise=self._check_failed).busy(self.check)

    def _check_failed(self, error: Exception) -> None:
        self.found.setText("")
        self._seat.kit.jobs.present(error)

    def _show(self, defects: list[str]) -> None:
        sound = "检查完毕：数据库、流水链、每行摘要、附件、归档文书和检索索引都完好。"
        self.found.setText("\n".join(defects) or sound)


def all_defects(office: Office, desk: Desk) -> list[str]:
    """Every defect of the database, the journal, the files and the archive as a Chinese sentence."""
    from wenlv_desk.issuing.check import check_archive

    return [*check(office), *check_archive(desk)]
