"""The row above the tree: as of which day, and what is counted on it; a banner where the day is past."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from wenlv_desk.gui.entry.editors import DayEditor
from wenlv_desk.gui.gridding.reading import View
from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.flow import FlowLayout
from wenlv_desk.gui.widgets.parts import restyle, tag, words

TODAY: Final = "今天"
PAUSE_MS: Final = 400  # a day is typed figure by figure
DAY_PX: Final = 150
FIELD_PX: Final = 32
UNKNOWN: Final = "待分配 —"


class Heading(QWidget):
    """Tells `changed` when another day is wanted."""

    changed = Signal()

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setAccessibleName("截至和计数")
        self._looks = looks
        self._boxes: list[QWidget] = []
        self.day = DayEditor(looks, TODAY)
        self.day.setAccessibleName("截至哪一天")
        self.day.setPlaceholderText(TODAY)
        self.day.setToolTip("看以前某天的台账：填那一天；空白为今天")
        self._later = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._later.timeout.connect(self.changed)
        self.day.edited.connect(self._later.start)
        self.standing, self.waiting, self.officers, self.over, self.late = (tag("") for _ in range(5))
        flow = FlowLayout(10, self)
        flow.addWidget(_day_box(self.day))
        for one in (self.standing, self.waiting, self.officers, self.over, self.late):
            flow.addWidget(self._level(one))
        looks.changed.connect(self._look)
        self._look()

    @property
    def pending(self) -> bool:
        """Whether a day is still being typed."""
        return self._later.isActive()

    def today(self) -> None:
        """Back to today, at once."""
        self.day.put("")
        self._later.stop()
        self.changed.emit()

    def show_view(self, view: View) -> None:
        """Count what is shown."""
        for one in self._boxes:
            one.show()
        self._say(self.standing, f"在网格 {view.standing} 家", "green" if view.standing else "neutral")
        waiting = view.waiting
        text = UNKNOWN if waiting is None else f"待分配 {len(waiting)} 家"
        self._say(self.waiting, text, "amber" if waiting else "neutral")
        self.waiting.setToolTip(
            "那天还没有用本程序，不知道哪些企业营业" if waiting is None else "营业而没有网格员负责的企业"
        )
        self._say(self.officers, f"网格员 {view.officers} 人", "neutral")
        self._say(self.over, f"超负荷 {view.over} 人", "red" if view.over else "neutral")
        self.over.setToolTip(f"负责的企业超过 {view.most} 家的网格员；上限在设置里")
        self._say(self.late, f"巡查逾期 {len(view.late)} 家", "red" if view.late else "neutral")

    def _say(self, label: QLabel, text: str, tone: str) -> None:
        label.setText(text)
        restyle(label, "tone", tone)
        label.updateGeometry()

    def forget(self) -> None:
        """There is nothing to count."""
        for one in self._boxes:
            one.hide()

    def _level(self, label: QLabel) -> QWidget:
        """A tag on the level of the field beside it."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        self._boxes.append(box)
        return box

    def _look(self) -> None:
        self.day.setFixedWidth(self._looks.px(DAY_PX))
        for one in self._boxes:
            one.setMinimumHeight(self._looks.px(FIELD_PX))


def _day_box(day: DayEditor) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    name = words("截至", "key")
    name.setBuddy(day)
    row.addWidget(name)
    row.addWidget(day)
    return box
