"""Plans over tables written out in a test, and dumps of registers to compare states by."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select

from wenlv_desk.ledger.headings import HeadingMap, propose
from wenlv_desk.ledger.model import Plan
from wenlv_desk.ledger.plan import plan_import
from wenlv_desk.ledger.reading import Table, TableRow
from wenlv_desk.store.desk import Clerk, Desk
from wenlv_desk.store.images import image_of
from wenlv_desk.store.office import Office

CLERK = Clerk("林晓", "窗口一")
CODE, OTHER_CODE = "91110000600037341L", "11430000006122244L"


def table(headings: Sequence[str], *rows: Sequence[Any]) -> Table:
    """A table whose headings stand in line 1 and whose rows follow."""
    listed = tuple(TableRow(line, tuple(cells)) for line, cells in enumerate(rows, 2))
    return Table(tuple(headings), tuple(range(1, len(headings) + 1)), listed, (), (1,))


def mapped(office: Office, register: str, given: Table) -> HeadingMap:
    with office.desk(CLERK) as desk:
        return propose(desk, office.catalogue.registry(register), given)


def planned(
    office: Office, headings: Sequence[str], *rows: Sequence[Any], register: str = "operator", clear: bool = False
) -> Plan:
    """The plan of importing these rows as the program proposes."""
    return planned_table(office, table(headings, *rows), register, clear=clear)


def planned_table(office: Office, given: Table, register: str = "operator", *, clear: bool = False) -> Plan:
    registry = office.catalogue.registry(register)
    with office.desk(CLERK) as desk:
        mapping = propose(desk, registry, given).clearing(clear)
        return plan_import(desk, registry, given, mapping, file_name="台账.xlsx")


@contextmanager
def at_desk(office: Office) -> Iterator[Desk]:
    with office.desk(CLERK) as desk:
        yield desk


def dump(office: Office) -> dict[str, dict[int, dict[str, Any]]]:
    """Every row of every register, by table and id."""
    with office.database.read() as session:
        return {
            name: {row["id"]: image_of(row) for row in session.execute(select(registry.record.__table__)).mappings()}
            for name, registry in office.catalogue.registries.items()
        }


def operators(office: Office) -> list[dict[str, Any]]:
    return list(dump(office)["operator"].values())
