"""某日情况 on one page."""

from collections.abc import Sequence
from typing import Any

from wenlv_desk.core.papers import paper
from wenlv_desk.issuing.matter import Matter
from wenlv_desk.issuing.pages import sheet_paper
from wenlv_desk.registries.joined.tables import firm_day
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.store.desk import Desk
from wenlv_desk.typeset.page import Document


def _today(desk: Desk, ids: Sequence[int]) -> Any:
    return firm_day.made(desk, desk.get(Operator, ids[0]))


@paper("某日情况", on=(Operator,), series="表", data=_today)
def firm_day_paper(matter: Matter) -> Document:
    """How a firm stands today: who answers for it, what it has signed, what is open."""
    return sheet_paper(matter)
