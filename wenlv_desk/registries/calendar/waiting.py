"""现在要处理 about the calendar: a year whose table should have come."""

from collections.abc import Iterable

from sqlalchemy import func, select

from wenlv_desk.core.open_items import OpenItem, open_items
from wenlv_desk.registries.calendar.days import missing_years
from wenlv_desk.registries.calendar.records import HolidayYear
from wenlv_desk.standards.working_days import not_known
from wenlv_desk.store.desk import Desk


@open_items(on=(HolidayYear,))
def of_year(desk: Desk, year: HolidayYear) -> Iterable[OpenItem]:
    """Said on the newest year's card, once."""
    newest = desk.session.scalar(select(func.max(HolidayYear.year)).where(~HolidayYear.voided))
    if year.year == newest and (missing := missing_years(desk)):
        yield OpenItem("待导入", "amber", f"{not_known(missing)}。国务院办公厅公布后请“导入放假安排”")
