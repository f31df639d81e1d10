"""Who signs with whom: the rule of a kind applied on a day, with who has one already and who cannot, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from wenlv_desk.registries.grid.answering import Answer, Answers, answering, answers_of
from wenlv_desk.registries.grid.records import Grid
from wenlv_desk.registries.grid.writing import SCENIC
from wenlv_desk.registries.operator.records import OperatingStatus, Operator
from wenlv_desk.registries.pledge.period import period_of
from wenlv_desk.registries.pledge.records import Pledge, PledgeKind
from wenlv_desk.registries.pledge.vocabulary import PledgeState, WhoWithWhom
from wenlv_desk.registries.staff.records import Staff, StaffStatus
from wenlv_desk.store.desk import Desk

OVER = (PledgeState.TERMINATED, PledgeState.SUPERSEDED)
Party = tuple[str, int]  # "operator" or "staff", id


@dataclass(frozen=True)
class Planned:
    """One pledge that would be drawn up."""

    party: Party
    name: str
    signatory: str
    post: str
    phone: str | None
    signer: Staff
    answer: Answer


@dataclass
class Plan:
    """What a batch would be: who gets one (in grid order), who has one, who cannot and why."""

    kind: PledgeKind
    first: date
    last: date
    wanted: list[Planned] = field(default_factory=list)
    has: list[tuple[str, str]] = field(default_factory=list)  # name, number
    cannot: list[tuple[str, str]] = field(default_factory=list)  # name, why

    @property
    def due(self) -> int:
        """应签: everybody the rule is about."""
        return len(self.wanted) + len(self.has) + len(self.cannot)


def plan_batch(desk: Desk, kind: PledgeKind, year: int, signer: Staff | None = None) -> Plan:
    """Apply the rule of a kind today; `signer` signs for the bureau where the grid does not say who does."""
    first, last = period_of(kind.season_from, kind.season_to, year)
    plan = Plan(kind, first, last)
    answers, there = answers_of(desk), standing_ones(desk, kind, first, last)
    grids = {one.id: one.grid_code for one in desk.session.scalars(select(Grid))}
    for party, name, answer in sorted(
        parties(desk, kind, answers, desk.today), key=lambda one: (grids.get(one[2].grid_id or 0, "～"), one[0])
    ):
        if party in there:
            plan.has.append((name, there[party]))
            continue
        made = pledge_for(desk, kind, party, answer, signer)
        if isinstance(made, str):
            plan.cannot.append((name, made))
        else:
            plan.wanted.append(made)
    return plan


def standing_ones(desk: Desk, kind: PledgeKind, first: date, last: date) -> Mapping[Party, str]:
    """Who has a pledge of a kind that covers some of a period, by the number."""
    mine = (
        Pledge.kind_id == kind.id,
        Pledge.valid_from <= last,
        Pledge.valid_to >= first,
        Pledge.status.not_in(OVER),
        ~Pledge.voided,
    )
    return {party_of(one): one.pledge_no for one in desk.session.scalars(select(Pledge).where(*mine))}


def party_of(pledge: Pledge) -> Party:
    if pledge.operator_id is not None:
        return "operator", pledge.operator_id
    return "staff", pledge.b_staff_id or 0


def parties(desk: Desk, kind: PledgeKind, answers: Answers, day: date) -> Iterator[tuple[Party, str, Answer]]:
    """Everybody who should sign a kind on a day (应签), with the name and who answers for them."""
    if kind.parties is WhoWithWhom.HEAD_OFFICER:
        yield from _officers(desk, answers, day)
        return
    wanted = categories_due(kind)
    listed = select(Operator).where(~Operator.voided, Operator.operating_status == OperatingStatus.OPEN)
    for one in desk.session.scalars(listed.order_by(Operator.id)):
        if not wanted or wanted.intersection(one.categories or ()):
            yield ("operator", one.id), one.operator_name, answers.on(one.id, day)


def categories_due(kind: PledgeKind) -> set[str]:
    """The categories of firms that should sign a kind; empty for every firm."""
    return set(kind.categories or ({SCENIC} if kind.parties is WhoWithWhom.LEADER_SCENIC else ()))


def _officers(desk: Desk, answers: Answers, day: date) -> Iterator[tuple[Party, str, Answer]]:
    for one, answer in sorted(officers_on(answers, day).items()):
        yield ("staff", one), desk.get(Staff, one).name, answer


def officers_on(answers: Answers, day: date) -> dict[int, Answer]:
    """Everybody who patrols a firm on a day, with the first grid he has one in."""
    seen: dict[int, Answer] = {}
    for answer in answers.firms_on(day).values():
        if answer.officer_id is not None:
            seen.setdefault(answer.officer_id, answer)
    return seen


def answer_for(desk: Desk, party: Party) -> Answer:
    """Who answers for a party today: for a firm its grid, for an officer the first he has a firm in."""
    if party[0] == "operator":
        return answering(desk, party[1])
    return officers_on(answers_of(desk), desk.today).get(party[1]) or answering(desk, 0)


def gone(person: Staff) -> bool:
    """Whether somebody is here no more, so that nobody can sign with him."""
    return person.voided or person.status is StaffStatus.LEFT


def pledge_for(desk: Desk, kind: PledgeKind, party: Party, answer: Answer, signer: Staff | None) -> Planned | str:
    """A pledge, or why there cannot be one. For scenic areas the head of the grid signs before who was chosen."""
    head = desk.get(Staff, answer.head_id) if answer.head_id else None
    scenic = kind.parties is WhoWithWhom.LEADER_SCENIC
    leader = (head or signer) if scenic else (signer or head)
    if scenic and answer.grid_id is None:
        return "还没有归入网格，不知道由哪位领导签"
    if leader is None:
        return "没有甲方签字人：所在网格没有网格长，拟定时也没有选定"
    if gone(leader):
        return f"甲方签字人{leader.name}已离岗，请先在网格上办交接，或另选甲方签字人"
    if party[0] == "staff":
        person = desk.get(Staff, party[1])
        if person.id == leader.id:
            return "甲乙双方是同一个人"
        if gone(person):
            return f"{person.name}已离岗，请先办“离岗交接”"
        return Planned(party, person.name, person.name, person.post or "网格员", person.phone, leader, answer)
    firm = desk.get(Operator, party[1])
    signatory = firm.person_in_charge or firm.legal_representative
    if not signatory:
        return "台账里没有负责人（法定代表人或现场负责人），请先登记"
    post = "现场负责人" if firm.person_in_charge else "法定代表人"
    return Planned(party, firm.operator_name, signatory, post, firm.phone, leader, answer)


def named(pairs: Sequence[tuple[str, str]], most: int = 5) -> str:
    """The first of (name, why) in words."""
    said = "；".join(f"{name}（{why}）" for name, why in pairs[:most])
    return said + (f"等 {len(pairs)} 个" if len(pairs) > most else "")
