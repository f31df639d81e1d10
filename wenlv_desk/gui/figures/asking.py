"""The row above the figures: by what they are narrowed, as of which day, by what they are split."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from wenlv_desk.core.figures import FigureSet
from wenlv_desk.gui.entry.editors import DayEditor
from wenlv_desk.gui.figures.reading import Asked, Offered
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.flow import FlowLayout
from wenlv_desk.gui.widgets.parts import words

ALL: Final = "全部"
WHOLE: Final = "不分"
TODAY: Final = "今天"
PAUSE_MS: Final = 400  # a day is typed figure by figure
COMBO_PX: Final = 200
DAY_PX: Final = 150


class Asking(QWidget):
    """Tells `changed` when other figures are wanted."""

    changed = Signal()

    def __init__(self, seat: Seat, figures: FigureSet) -> None:
        super().__init__()
        self.seat, self.figures = seat, figures
        self.setAccessibleName("统计范围")
        self._filling = False
        self._later = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._later.timeout.connect(self._tell)
        registry = seat.catalogue.registry_of(figures.record)
        self.combos = {name: self._combo(registry.shown(name)[0]) for name in figures.narrowed_by}
        self.day = DayEditor(seat.kit.looks, TODAY)
        self.day.setAccessibleName("截至哪一天")
        self.day.setPlaceholderText(TODAY)
        self.day.setToolTip("按那天结束时的样子统计；空白为今天")
        self.day.edited.connect(self._later.start)
        self.group = self._combo("分开算")
        self._fill(self.group, [("", WHOLE), *((name, registry.shown(name)[0]) for name in figures.groups)])
        flow = FlowLayout(14, self)
        for name, combo in self.combos.items():
            flow.addWidget(_named(registry.shown(name)[0], combo))
        flow.addWidget(_named("截至", self.day))
        flow.addWidget(_named("分开算", self.group))
        seat.kit.looks.changed.connect(self._look)
        self._look()

    def _combo(self, name: str) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(name)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        combo.currentIndexChanged.connect(self._tell)
        return combo

    def offer(self, found: Offered, *, first: bool) -> None:
        """Fill the lists; what was chosen stays, the first time the present year is."""
        for name, combo in self.combos.items():
            chosen = str(combo.currentData() or "")
            if first and name == self.figures.year:
                chosen = found.year
            self._fill(combo, [("", ALL), *found.options[name]], chosen)

    def _fill(self, combo: QComboBox, options: Sequence[tuple[str, str]], chosen: str = "") -> None:
        self._filling = True
        combo.clear()
        for code, label in options:
            combo.addItem(label, code)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))
        self._filling = False

    @property
    def pending(self) -> bool:
        """Whether a day is still being typed."""
        return self._later.isActive()

    def asked(self) -> Asked:
        """What is wanted as it stands."""
        scope = {name: str(combo.currentData()) for name, combo in self.combos.items() if combo.currentData()}
        return Asked(scope, self.day.text().strip(), str(self.group.currentData() or ""))

    def _tell(self, *_: object) -> None:
        self._later.stop()
        if not self._filling:
            self.changed.emit()

    def _look(self) -> None:
        px = self.seat.kit.looks.px
        for combo in (*self.combos.values(), self.group):
            combo.setMaximumWidth(px(COMBO_PX))
        self.day.setFixedWidth(px(DAY_PX))


def _named(label: str, editor: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    name = words(label, "key")
    name.setBuddy(editor)
    row.addWidget(name, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(editor)
    return box
