"""The strip that says which year's holiday table has not come: limits over it are estimates (domain 9.2)."""

from wenlv_desk.gui.entry.acting import open_entry
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.strips import Strip
from wenlv_desk.registries.calendar.days import missing_years
from wenlv_desk.registries.calendar.operations import import_table
from wenlv_desk.registries.calendar.records import HOLIDAY_YEARS
from wenlv_desk.standards.working_days import not_known


class CalendarStrip(Strip):
    """Reads beside the window's thread, again whenever a year was written; its button opens the import."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat.kit.looks)
        self._seat = seat
        self.acted.connect(lambda _action: open_entry(seat, HOLIDAY_YEARS, import_table))
        seat.kit.jobs.changed.connect(lambda tables: self._ask() if HOLIDAY_YEARS.name in tables else None)
        self._ask()

    def _ask(self) -> None:
        self._seat.read(self, missing_years, then=self._tell)

    def _tell(self, years: tuple[int, ...]) -> None:
        if years:
            self.say("amber", f"{not_known(years)}。", table="导入放假安排…")
        else:
            self.clear()
