"""Export and import of every register, with hostile texts: nothing differs, whichever file it goes through."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from tests.builders import Maker
from tests.ledger.desks import CLERK, planned_table
from tests.shared_data import DATA
from wenlv_desk.core.fields import Field
from wenlv_desk.core.kinds import Amount, Context, Day, Many, Moment, OneOf, Reference, Whole, YesNo
from wenlv_desk.core.registry import Registry
from wenlv_desk.core.trade_kinds import CitizenNumber, CreditCode, DocumentNumber, LicenceNumber, Phones
from wenlv_desk.ledger.export import export_listing, whole
from wenlv_desk.ledger.headings import known_headings
from wenlv_desk.ledger.model import Verdict
from wenlv_desk.ledger.reading import find_table, read_workbook
from wenlv_desk.registries import catalogue
from wenlv_desk.standards.credit_code import complete_code
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.office import Office
from wenlv_desk.store.query import Listing, ListQuery

HOSTILE = [
    "=1+1", "+86", "-1", "@SUM(1)", "'=1", "''", "'", "\t=x", "N/A", "'N/A", "合计", "总 计", "备注：上表", "导出时间：昨天",
    "共 3 家", "序号", "0012", "370687199001010010", "3.7E+17", "1E5", "_x0041_", "_x005F_x0041_",
    "<r><t>粗</t></r>", "<r></b></r>", "<b>&amp;", '"引号",逗号;',
    "第一行\n第二行", "𬱖𠮷䶮", "🏮", "e\u0301", "٠١٢", "TRUE", "是", "无", "—", "/", "长期", "2026-01-05", "（#1）", "甲（乙）", "NULL",
    "＝cmd|' /C calc'!A0", "{=A1}", "#REF!", "12345678901234567890", "%00", "\u200b零宽", "mailto:a@b.c", "http://例.cn",
]  # fmt: skip


def real_strings() -> list[str]:
    """The collections of naughty strings, where they are at hand."""
    folder = DATA / "strings"
    if not folder.exists():
        return []
    payloads = (folder / "csv-injection-payloads.txt").read_text(encoding="utf-8").splitlines()
    return [*json.loads((folder / "blns.json").read_text(encoding="utf-8")), *payloads]


TEXTS = st.one_of(st.sampled_from(HOSTILE + real_strings()), st.text(max_size=12))


@st.composite
def codes(draw: st.DrawFn) -> str:
    return complete_code("91370687MA" + draw(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=7, max_size=7)))


def strategy(  # noqa: PLR0912 — one case a kind
    field: Field, desk: Desk, references: dict[str, list[int]]
) -> st.SearchStrategy[Any]:
    """Raw values of a field that its kind can be expected to take."""
    kind = field.kind
    match kind:
        case CreditCode():
            made: st.SearchStrategy[Any] = codes()
        case Phones():
            made = st.sampled_from(["13800138000", "0535-6681234", "13800138000、13900139000", "400-123-4567"])
        case CitizenNumber() | DocumentNumber():
            made = st.sampled_from(["11010519491231002X", "440524188001010014"])
        case LicenceNumber():
            made = st.integers(1, 10**9).map(lambda n: f"新出发鲁零字第{n}号")
        case Day():
            made = st.dates(date(1901, 1, 1), date(2099, 12, 31))
        case Moment():
            made = st.datetimes(datetime(1950, 1, 1), datetime(2099, 1, 1)).map(lambda at: at.replace(microsecond=0))
        case Whole():
            made = st.integers(0, 10**13)
        case Amount(places=places):
            made = st.integers(0, 10**15).map(lambda n: Decimal(n).scaleb(-places))
        case YesNo():
            made = st.booleans()
        case OneOf(choice=choice):
            made = st.sampled_from(list(choice))
        case Many():
            labels = [label for _, label in kind.options(desk.lookup)]
            made = st.lists(st.sampled_from(labels), min_size=1, max_size=4, unique=True).map("、".join)
        case Reference(register=register):
            made = st.sampled_from(references[register])
        case _:
            made = TEXTS
    return made if field.required else st.one_of(st.none(), made)


def records(
    registry: Registry, desk: Desk, references: dict[str, list[int]]
) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Records as they can stand on file: as their kinds read them, and no two of one identity."""
    context = Context(desk.today, desk.lookup)
    fields = registry.typed_fields

    def stored(raw: dict[str, Any]) -> dict[str, Any]:
        values = {name: one.default for name, one in registry.fields.items()}
        values |= {
            name: value for name in fields if (value := fields[name].kind.read(raw[name], context).value) is not None
        }
        for name, one in registry.fields.items():
            if one.derive is not None:
                values[name] = one.derive(values)
        return values

    def complete(values: dict[str, Any]) -> bool:
        return all(values[name] is not None for name, one in fields.items() if one.required)

    def identities(values: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(values[name] for group in registry.identity for name in group)

    raw = st.fixed_dictionaries({name: strategy(one, desk, references) for name, one in fields.items()})
    made = raw.map(stored).filter(complete)
    return st.lists(made, min_size=1, max_size=6, unique_by=tuple(
        (lambda values, group=group: tuple(str(values[n]) if None not in [values[m] for m in group] else id(values) for n in group))
        for group in registry.identity
    ))  # fmt: skip


REGISTERS = [name for name, one in catalogue().registries.items() if one.typed and not one.single]


@pytest.fixture
def owners(office: Office) -> dict[str, list[int]]:
    """Records for others to refer to: two of one name, one without a code, one named like a code."""
    made: dict[str, list[int]] = {}
    with office.database.write() as session:
        operator = office.catalogue.registry("operator").record.__table__
        names = [("双名书店", complete_code("91370687MA0000001")), ("双名书店", None), ("甲（乙）", None)]
        defaults = {name: one.default for name, one in office.catalogue.registry("operator").fields.items()}
        rows = [defaults | {"operator_name": name, "uscc": code, "version": 1, "voided": False} for name, code in names]
        made["operator"] = [session.execute(insert(operator).values(row)).inserted_primary_key[0] for row in rows]
        printing = office.catalogue.registry("printing_licence")
        base = {name: one.default for name, one in printing.fields.items()}
        base |= {"licensee_name": "双名印刷厂", "legal_representative": "单某", "business_premises": "海政路"}
        base |= {"operator_id": made["operator"][0], "version": 1, "voided": False}
        numbers = ["（鲁）印证字37F001号", "（鲁）印证字37F002号"]
        made["printing_licence"] = []
        for number in numbers:
            row = base | {"licence_no": number}
            for name, one in printing.fields.items():
                if one.derive is not None:
                    row[name] = one.derive(row)
            done = session.execute(insert(printing.record.__table__).values(row))
            made["printing_licence"].append(done.inserted_primary_key[0])
        years = office.catalogue.registry("holiday_year").record.__table__
        rows = [{"year": year, "complete": False, "version": 1, "voided": False} for year in ("2027", "2028")]
        made["holiday_year"] = [session.execute(insert(years).values(row)).inserted_primary_key[0] for row in rows]
        campaigns = office.catalogue.registry("review_campaign")
        base = {name: one.default for name, one in campaigns.fields.items()}
        base |= {"review_year": 2026, "licence_kind": "PUBLICATION", "review_mode": "VERIFICATION"}
        base |= dict.fromkeys(("period_from", "period_to", "onsite_from", "onsite_to"), date(2026, 1, 26))
        rows = [base | {"title": title, "version": 1, "voided": False} for title in ("2026年度核验", "2026年度补审")]
        table = campaigns.record.__table__
        made["review_campaign"] = [session.execute(insert(table).values(row)).inserted_primary_key[0] for row in rows]
    return made


def refer(maker: Maker, registry: Registry, owners: dict[str, list[int]]) -> None:
    """Two records of every other register this one refers to, and a code of those it names several of."""
    for kind in (one.kind for one in registry.typed_fields.values()):
        if isinstance(kind, Reference) and kind.register not in owners:
            owners[kind.register] = [maker.record(kind.register), maker.record(kind.register)]
        elif isinstance(kind, Many) and kind.register:
            maker.first_of(kind)


def files(office: Office, registry: Registry, folder: Path) -> Iterator[Path]:
    for extension in ("xlsx", "csv"):
        with office.database.read() as session:
            listing = Listing(
                session,
                office.catalogue,
                registry,
                ListQuery(),
                office.clock().date(),
                names=whole(registry),
                unmask=True,
            )
            path = folder / f"{registry.name}.{extension}"
            export_listing(listing, path, clerk=CLERK, at=office.clock())
        yield path


@pytest.mark.parametrize("register", REGISTERS)
def test_what_is_exported_is_imported_without_a_difference(
    office: Office, owners: dict[str, list[int]], maker: Maker, tmp_path: Path, register: str
) -> None:
    registry = office.catalogue.registry(register)
    refer(maker, registry, owners)
    with office.desk(CLERK) as desk:
        strategies = records(registry, desk, owners)

    @settings(
        max_examples=6,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
    )
    @given(strategies)
    def holds(rows: list[dict[str, Any]]) -> None:
        replace_rows(office, registry, rows, keep=owners.get(register, []))
        for path in files(office, registry, tmp_path):
            found = find_table(read_workbook(path).sheets[0], known=known_headings(office.catalogue, registry))
            again = planned_table(office, found, register)
            assert again.unmapped == ()
            assert len(again) == len(rows) + len(owners.get(register, []))
            assert {row.verdict for row in again.rows()} == {Verdict.SAME}, [
                (row.why, row.differences) for row in again.rows()
            ]
            replace_rows(office, registry, [], keep=owners.get(register, []))
            fresh = planned_table(office, found, register)
            kept = len(owners.get(register, []))
            read = [fresh.complete(place) for place in fresh.positions()[kept:]]
            assert [{n: r[n] for n in registry.typed_fields} for r in read] == [
                {n: r[n] for n in registry.typed_fields} for r in rows
            ]
            replace_rows(office, registry, rows, keep=owners.get(register, []))

    holds()


def replace_rows(office: Office, registry: Registry, rows: list[dict[str, Any]], *, keep: list[int]) -> None:
    """Make these the register's only rows beside those to keep, behind the journal's back."""
    table = registry.record.__table__
    with office.database.write() as session:
        session.execute(delete(table).where(table.c.id.not_in(keep)))
        for row in rows:
            session.execute(insert(table).values(row | {"version": 1, "voided": False}))
