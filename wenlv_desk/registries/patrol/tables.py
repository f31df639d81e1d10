"""Tables about patrols: whose visit is overdue, by officer."""

from datetime import date

from wenlv_desk.core.reports import NUMBER, Sheet, numbered, report
from wenlv_desk.registries.grid.tables import Known
from wenlv_desk.registries.patrol.cycles import visits_on
from wenlv_desk.registries.settings.records import BureauSettings
from wenlv_desk.registries.staff.records import Staff
from wenlv_desk.store.desk import Desk


def overdue_rows(desk: Desk, day: date) -> list[tuple[int, tuple[str | None, ...]]]:
    """The firms that were not visited in time by a day, the latest first: each with its row."""
    people = Known(desk, Staff, day)
    late = sorted(
        (one for one in visits_on(desk, day) if one.days_late(day)),
        key=lambda one: (-one.days_late(day), one.operator_id),
    )
    return [
        (
            one.operator_id,
            (
                people.shown(one.officer_id, "name"),
                one.name,
                one.township,
                one.cycle.label,
                str(one.last) if one.last else "从未",
                str(one.due),
                f"{one.days_late(day)} 天",
            ),
        )
        for one in late
    ]


@report("巡查逾期名单", on=(BureauSettings,))
def overdue_patrols(desk: Desk, _settings: BureauSettings, *, day: date) -> Sheet:
    """The firms that were not visited in time by a day, the latest first."""
    rows = [row for _, row in overdue_rows(desk, day)]
    columns = (NUMBER, ("网格员", 26), ("企业", 70), ("乡镇街道", 30), ("频次", 20), ("上次巡查", 28), ("应巡查", 28))
    past = "；企业、网格和频次按当日的，防火期和加密频次按现在的设置" if day < desk.today else ""
    return Sheet(
        f"巡查逾期名单（{day}）", (*columns, ("逾期", 22)), numbered(rows), f"共 {len(rows)} 家{past}", as_of=day
    )
