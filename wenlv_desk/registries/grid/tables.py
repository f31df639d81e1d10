"""Tables about grids: the ledger as of any day, who answered for a firm, the history of a grid, what an officer holds."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from sqlalchemy import Table, select

from wenlv_desk.core.records import Record
from wenlv_desk.core.reports import NUMBER, Sheet, numbered, report
from wenlv_desk.registries.grid.answering import ONE_DAY, Answers, answers_of, posts_of
from wenlv_desk.registries.grid.dividing import unassigned
from wenlv_desk.registries.grid.loads import judged, loads_on
from wenlv_desk.registries.grid.merging import merged_into
from wenlv_desk.registries.grid.records import Grid, GridPost
from wenlv_desk.registries.grid.vocabulary import Load
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.settings.records import BureauSettings
from wenlv_desk.registries.staff.records import Staff
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.images import values_of
from wenlv_desk.store.past import entry_at, first_images, rows_as_of
from wenlv_desk.store.waiting import open_items_of

OPEN_END, NOT_BEGUN = "至今", "（还没有开始）"
Row = Sequence[str | None]


class Known:
    """Records as they stood at the end of a day; what the program did not know yet then is told as it was entered first."""

    def __init__(self, desk: Desk, record: type[Record], day: date, ids: Collection[int] | None = None) -> None:
        table = record.__table__
        assert isinstance(table, Table)
        entry = entry_at(desk.session, datetime.combine(day, time.max)) if day < desk.today else None
        self._then: Mapping[int, Any] = rows_as_of(desk.session, table, entry, ids=ids, voided=True)
        self._registry = desk.catalogue.registry_of(record)
        self._desk, self._table = desk, table

    def rows(self, wanted: Callable[[Mapping[str, Any]], bool]) -> list[Mapping[str, Any]]:
        """The rows of that day that are wanted and not off the lists."""
        return [row for row in self._then.values() if not row["voided"] and wanted(row)]

    def those(self, wanted: Callable[[Mapping[str, Any]], bool]) -> list[int]:
        """The ids of these rows."""
        return [row["id"] for row in self.rows(wanted)]

    def get(self, record_id: int | None, name: str) -> Any:
        """A value; None where there is no such record."""
        row = self._then.get(record_id or 0) or self._first.get(record_id or 0)
        return row[name] if row else None

    def unknown(self, ids: Collection[int]) -> int:
        """How many of these records the program did not know yet on that day."""
        return sum(1 for one in ids if one not in self._then)

    @cached_property
    def _first(self) -> Mapping[int, Any]:
        """Every record as it was entered; asked for where the program did not know one yet."""
        entered = first_images(self._desk.session, self._table)
        first = {record_id: values_of(self._table, image) for record_id, image in entered.items()}
        return rows_as_of(self._desk.session, self._table, voided=True) | first

    def shown(self, record_id: int | None, name: str) -> str:
        """A value as a list shows it."""
        value = self.get(record_id, name)
        return "" if value is None else self._registry.fields[name].kind.show(value, self._desk.lookup)


@dataclass(frozen=True)
class Ledger:
    """The rows of a day by firm: in the order of the grids, then (today only) the firms in business that stand in none."""

    standing: tuple[tuple[int, Row], ...]
    waiting: tuple[tuple[int, Row], ...]
    officers: int


def ledger_of(desk: Desk, day: date) -> Ledger:
    """Every firm in its grid on a day, in the columns of domain 6.2 without the first."""
    answers = answers_of(desk)
    firms, people, grids = (Known(desk, one, day) for one in (Operator, Staff, Grid))
    standing = answers.firms_on(day)
    loads = loads_on(answers, day)
    rows = tuple(
        (firm, _ledger_row(desk, answers, firm, one.grid_id, day, (firms, people, grids), loads))
        for firm, one in sorted(
            standing.items(), key=lambda pair: (str(grids.get(pair[1].grid_id, "grid_code")), pair[0])
        )
    )
    waiting = [one for one in unassigned(desk, answers, day) if one.id not in standing] if day == desk.today else []
    return Ledger(rows, tuple((one.id, _waiting_row(one, firms)) for one in waiting), len(loads))


@report("网格划分台账", on=(BureauSettings,), personal="operator")
def grid_ledger(desk: Desk, _settings: BureauSettings, *, day: date) -> Sheet:
    """Every firm in its grid on a day, in the columns of domain 6.2; then the firms that stand in none."""
    found = ledger_of(desk, day)
    columns = (
        NUMBER,
        ("网格编号", 20),
        ("网格长（包保领导）", 24),
        ("网格员", 20),
        ("职务/科室", 30),
        ("联系电话", 30),
    )
    firm = (("包保企业", 46), ("类别", 30), ("地址", 44), ("企业负责人", 22), ("联系电话", 30), ("安全负责人", 22))
    rows = [row for _, row in (*found.standing, *found.waiting)]
    waiting = f"，待分配 {len(found.waiting)} 家" if day == desk.today else ""  # of a past day it is not told here
    note = f"{day} 的情况：在网格 {len(found.standing)} 家{waiting}，网格员 {found.officers} 人{_entered_later(desk, found, day)}"
    return Sheet(
        f"网格划分台账（{day}）", (*columns, *firm, ("生效日期", 24), ("备注", 30)), numbered(rows), note, as_of=day
    )


def _entered_later(desk: Desk, found: Ledger, day: date) -> str:
    """A word where the ledger tells of firms that nobody had entered yet by that day."""
    later = Known(desk, Operator, day).unknown([firm for firm, _ in found.standing]) if day < desk.today else 0
    return f"；其中 {later} 家当日还没有录入本系统，名称等按首次录入的写" if later else ""


def _waiting_row(firm: Operator, firms: Known) -> Row:
    person = firm.person_in_charge or firm.legal_representative
    who = (
        firm.operator_name,
        firms.shown(firm.id, "categories"),
        firm.address,
        person,
        firm.phone,
        firm.safety_officer,
    )
    return ("", "", "（待分配）", "", "", *who, "", "还没有归入网格")


def _ledger_row(
    desk: Desk,
    answers: Answers,
    firm: int,
    grid: int | None,
    day: date,
    known: tuple[Known, Known, Known],
    loads: Mapping[int, int],
) -> Row:
    firms, people, grids = known
    one = answers.on(firm, day)
    since = answers.spells(firm, answers.known_from(firm) or day, day)[-1].first
    load = judged(desk, loads.get(one.officer_id or 0, 0))
    marks = (
        "网格员待安排" if one.officer_id is None else "",
        "" if answers.in_business(firm, day) else f"已{firms.shown(firm, 'operating_status')}",
        "超负荷" if load is Load.OVER else "",
    )
    post = "/".join(
        part for part in (people.shown(one.officer_id, "post"), people.shown(one.officer_id, "department")) if part
    )
    return (
        grids.shown(grid, "grid_code"),
        people.shown(one.head_id, "name"),
        people.shown(one.officer_id, "name"),
        post,
        people.shown(one.officer_id, "phone"),
        firms.shown(firm, "operator_name"),
        firms.shown(firm, "categories"),
        firms.shown(firm, "address"),
        firms.shown(firm, "person_in_charge") or firms.shown(firm, "legal_representative"),
        firms.shown(firm, "phone"),
        firms.shown(firm, "safety_officer"),
        str(since),
        "；".join(mark for mark in marks if mark),
    )


@report("责任追溯表", on=(Operator,))
def answered_for(desk: Desk, operator: Operator) -> Sheet:
    """Who answered for a firm, from the first day on record until today and as already arranged after it."""
    answers = answers_of(desk, [operator.id])
    first = answers.known_from(operator.id)
    spells = answers.spells(operator.id, first) if first else []
    people, grids = Known(desk, Staff, desk.today), Known(desk, Grid, desk.today)
    rows = [
        (
            str(one.first),
            str(one.last) if one.last else OPEN_END if one.first <= desk.today else NOT_BEGUN,
            grids.shown(one.answer.grid_id, "grid_code") or "（不在网格）",
            grids.shown(one.answer.grid_id, "grid_name"),
            people.shown(one.answer.head_id, "name"),
            people.shown(one.answer.officer_id, "name") or "（待安排）",
            people.shown(one.answer.officer_id, "department"),
        )
        for one in spells
    ]
    columns = (
        NUMBER,
        ("自", 26),
        ("至", 26),
        ("网格编号", 26),
        ("网格", 40),
        ("网格长（包保领导）", 34),
        ("网格员", 26),
    )
    note = f"{first} 以前的没有登记" if first else "还没有归入过网格"
    return Sheet(
        f"{operator.operator_name}责任追溯表",
        (*columns, ("科室", 40)),
        numbered(rows),
        "；".join((note, *_as_twins(desk, operator))),
    )


def _as_twins(desk: Desk, operator: Operator) -> Iterator[str]:
    """Under which records a firm was carried before they were merged into it, and who answered for it there."""
    people, grids = Known(desk, Staff, desk.today), Known(desk, Grid, desk.today)
    for day, twin in merged_into(desk, operator):
        answers = answers_of(desk, [twin.id])
        first = answers.known_from(twin.id)
        spells = answers.spells(twin.id, first, day - ONE_DAY) if first and first < day else []
        said = [
            f"{one.first} 至 {one.last} {grids.shown(one.answer.grid_id, 'grid_code')} "
            f"网格员 {people.shown(one.answer.officer_id, 'name') or '待安排'}"
            for one in spells
            if one.answer.grid_id is not None
        ]
        yield f"{day} 并入“{twin.operator_name}”，此前登记在该记录名下：{'，'.join(said) or '不在网格'}"


@report("网格沿革", on=(Grid,))
def grid_history(desk: Desk, grid: Grid) -> Sheet:
    """Everything that was ever arranged in a grid: its people and its firms."""
    answers = answers_of(desk)
    people, firms = Known(desk, Staff, desk.today), Known(desk, Operator, desk.today)
    rows: list[tuple[str, ...]] = []
    for post in desk.session.scalars(select(GridPost).where(GridPost.grid_id == grid.id)):
        said = f"网格长 {people.shown(post.head_id, 'name') or '—'}，网格员 {people.shown(post.officer_id, 'name') or '待安排'}"
        rows.append((str(post.valid_from), "任职", said, *_basis(post)))
    rows += [
        (str(one.valid_from), one.said, firms.shown(one.operator_id, "operator_name"), *one.basis)
        for one in answers.changes_of(grid.id)
    ]
    columns = (NUMBER, ("日期", 26), ("事项", 20), ("内容", 90), ("原因", 50), ("依据文号", 40), ("批准人", 24))
    return Sheet(f"{grid.grid_code} {grid.grid_name}沿革", columns, numbered(sorted(rows)))


def _basis(row: Any) -> tuple[str, str, str]:
    return row.change_reason or "", row.doc_no or "", row.approved_by or ""


@report("网格员包保清单", on=(Staff,), personal="operator")
def officer_sheet(desk: Desk, person: Staff) -> Sheet:
    """An officer's own sheet: his firms, whom to call there, and what is open about them."""
    answers = answers_of(desk)
    mine = {grid.id: grid for grid in posts_of(desk, person.id, desk.today, answers)}
    firms = [one for one, answer in answers.firms_on(desk.today).items() if answer.grid_id in mine]
    rows = []
    for firm in sorted(firms):
        operator = desk.get(Operator, firm)
        waiting = open_items_of(desk, desk.catalogue.registry_of(Operator), operator)
        rows.append(
            (
                mine[answers.on(firm, desk.today).grid_id or 0].grid_code,
                operator.operator_name,
                desk.catalogue.registry_of(Operator).fields["categories"].kind.show(operator.categories, desk.lookup)
                if operator.categories
                else "",
                operator.address,
                operator.person_in_charge or operator.legal_representative,
                operator.phone,
                "\n".join(item.text for item in waiting),
            )
        )
    columns = (NUMBER, ("网格", 22), ("企业", 50), ("类别", 30), ("地址", 50), ("负责人", 24), ("电话", 32))
    return Sheet(f"{person.name}包保清单", (*columns, ("现在要处理", 90)), numbered(rows), f"共 {len(rows)} 家")
