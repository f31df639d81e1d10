"""The bar at the top: name, the one search field, the day, the clerk."""

from datetime import date
from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.parts import words
from wenlv_desk.gui.widgets.searchbox import SearchBox
from wenlv_desk.standards.working_days import weekday

BRAND: Final = "文旅台账"
SEARCH_HINT: Final = "找单位、证号、文书、电话……"
SEARCH_KEY: Final = "Ctrl+K"
HEIGHT_PX: Final = 48
_SEARCH_PX: Final = 620


def day_text(day: date, *, working: bool | None) -> str:
    """2026年3月16日 星期一 · 工作日; the last part is left out where it is not known."""
    kind = {True: " · 工作日", False: " · 休息日", None: ""}[working]
    return f"{day.year}年{day.month}月{day.day}日 {weekday(day)}{kind}"


class TopBar(QFrame):
    """What it shows is set from outside; the search field's signals are used directly."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top")
        self.setAccessibleName("顶栏")
        self._looks = looks
        self._brand = words(BRAND)
        self._brand.setObjectName("brand")
        self.search = SearchBox(SEARCH_HINT, looks, key=SEARCH_KEY)
        self._day, self._clerk = words("", "key"), words("", "key")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(14)
        row.addWidget(self._brand)
        row.addWidget(self.search, 1)
        row.addStretch(0)
        row.addWidget(self._day)
        row.addWidget(self._clerk)
        looks.changed.connect(self._look)
        self._look()

    def set_day(self, day: date, *, working: bool | None) -> None:
        self._day.setText(day_text(day, working=working))

    def set_clerk(self, text: str) -> None:
        """The name and the counter, e.g. 林晓（窗口一）."""
        self._clerk.setText(text)

    def _look(self) -> None:
        self.setFixedHeight(self._looks.px(HEIGHT_PX))
        self._brand.setFixedWidth(self._looks.px(132))
        self.search.setMaximumWidth(self._looks.px(_SEARCH_PX))
