"""签订率: who should have signed on a day (应签), who has, and who has not, with the phone numbers; by leader and by grid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wenlv_desk.registries.grid.answering import Answer, answers_of
from wenlv_desk.registries.grid.records import Grid
from wenlv_desk.registries.grid.tables import Known
from wenlv_desk.registries.operator.records import OperatingStatus, Operator
from wenlv_desk.registries.pledge.planning import OVER, Party, categories_due, officers_on
from wenlv_desk.registries.pledge.records import Pledge, PledgeKind
from wenlv_desk.registries.pledge.vocabulary import PledgeState, WhoWithWhom
from wenlv_desk.registries.staff.records import Staff
from wenlv_desk.store.desk import Desk

NOT_DRAWN_UP = "未拟"


@dataclass(frozen=True)
class Duty:
    """Somebody who should have signed by a day: the names to ask by, and how far it has come."""

    party: Party
    name: str
    person: str
    phone: str
    leader: str
    grid: str
    officer: str
    pledge_no: str
    state: str
    signed: bool


def duties_on(desk: Desk, kind: PledgeKind, day: date) -> list[Duty]:
    """Everybody the rule of a kind is about on a day, in grid order, with the pledge that covers that day."""
    answers = answers_of(desk)
    firms, people, grids = (Known(desk, one, day) for one in (Operator, Staff, Grid))
    pledges = _covering(desk, kind, day)
    if kind.parties is WhoWithWhom.HEAD_OFFICER:
        who = officers_on(answers, day)
        asked: list[tuple[Party, Answer]] = [(("staff", person), one) for person, one in who.items()]
    else:
        wanted = categories_due(kind)
        asked = [(("operator", firm), answers.on(firm, day)) for firm in firms.those(lambda row: _is_due(row, wanted))]
    made = [_duty(party, one, (firms, people, grids), pledges.get(party)) for party, one in asked]
    return sorted(made, key=lambda one: (one.leader, one.grid or "～", one.name))


def _is_due(row: Mapping[str, object], wanted: set[str]) -> bool:
    held = row["categories"] or ()
    assert isinstance(held, tuple)
    return row["operating_status"] == OperatingStatus.OPEN and (not wanted or bool(wanted.intersection(held)))


def _covering(desk: Desk, kind: PledgeKind, day: date) -> dict[Party, Mapping[str, object]]:
    """Pledges of a kind as they stood at the end of a day whose period holds it; what was signed before what was not."""
    rows = Known(desk, Pledge, day).rows(
        lambda row: (
            row["kind_id"] == kind.id and row["valid_from"] <= day <= row["valid_to"] and row["status"] not in OVER
        )
    )
    found: dict[Party, Mapping[str, object]] = {}
    for row in sorted(rows, key=lambda row: (row["status"] == PledgeState.EFFECTIVE, row["id"])):
        party: Party = ("operator", row["operator_id"]) if row["operator_id"] else ("staff", row["b_staff_id"])
        found[party] = row
    return found


def _duty(party: Party, one: Answer, known: tuple[Known, Known, Known], pledge: Mapping[str, object] | None) -> Duty:
    firms, people, grids = known
    if party[0] == "operator":
        person = firms.shown(party[1], "person_in_charge") or firms.shown(party[1], "legal_representative")
        said = (firms.shown(party[1], "operator_name"), person, firms.shown(party[1], "phone"))
    else:
        said = (people.shown(party[1], "name"), people.shown(party[1], "name"), people.shown(party[1], "phone"))
    state = PledgeState[str(pledge["status"])] if pledge else None
    return Duty(
        party,
        *said,
        leader=people.shown(one.head_id, "name"),
        grid=grids.shown(one.grid_id, "grid_code"),
        officer=people.shown(one.officer_id, "name"),
        pledge_no=str(pledge["pledge_no"]) if pledge else "",
        state=state.label if state else NOT_DRAWN_UP,
        signed=state is PledgeState.EFFECTIVE,
    )


def rate(duties: Sequence[Duty]) -> str:
    """签订率: 97.40 %, or a dash where nobody should sign."""
    signed = sum(one.signed for one in duties)
    return f"{100 * signed / len(duties):.2f} %" if duties else "—"
