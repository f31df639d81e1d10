"""The next step of a case at the counter: the only sensible one for Enter, the others that are possible, and what stands in the way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from wenlv_desk.core.operations import Operation
from wenlv_desk.core.papers import Paper
from wenlv_desk.registries.review.case import REVIEW_CASES, ReviewCase
from wenlv_desk.registries.review.handling import campaign_of
from wenlv_desk.registries.review.intake import TO_COME
from wenlv_desk.registries.review.ticking import LACKING, Defect, Tick, written
from wenlv_desk.registries.review.vocabulary import CaseState, MaterialState, ReviewMode
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.gate import hindrances

NOTHING: Mapping[str, Any] = MappingProxyType({})
PAPER_AFTER = {  # what is printed once a step is done
    "settle": "review_result",
    "receive_and_accept": "review_acceptance",
    "receive_and_notify": "review_correction",
    "receive": "review_receipt",
    "report": "review_receipt",
    "correct": "review_receipt",
    "notify": "review_correction",
    "accept": "review_acceptance",
    "reject": "review_intake_refusal",
    "pass_case": "review_result",
    "defer": "review_result",
    "refuse": "review_result",
    "urge": "review_urging",
}
OWED = {  # a state whose paper must have been issued before anything else is done, and where its number stands
    CaseState.CORRECTION: ("review_correction", "notice_no"),
    CaseState.PASSED: ("review_result", "result_no"),
    CaseState.FAILED: ("review_result", "result_no"),
    CaseState.DEFERRED: ("review_result", "result_no"),
    CaseState.REMINDED: ("review_urging", "urging_no"),
}
BESIDE = {  # the others that a clerk at the counter may want, by state
    CaseState.NOT_STARTED: ("receive", "receive_and_accept"),
    CaseState.OVERDUE: ("receive", "receive_and_accept"),
    CaseState.REMINDED: ("receive", "receive_and_accept"),
    CaseState.WITHDRAWN: ("receive", "receive_and_accept"),
    CaseState.RECEIVED: ("reject", "withdraw"),
    CaseState.CORRECTION: ("correct", "withdraw"),
    CaseState.ACCEPTED: ("pause",),
    CaseState.UNDER_REVIEW: ("defer", "refuse"),
    CaseState.DEFERRED: ("refuse",),
    CaseState.REPORTED: ("dispute",),
    CaseState.CLOSED: ("rate",),
}
PLAIN_NEXT = {
    CaseState.PASSED: "stamp",
    CaseState.STAMPED: "close",
    CaseState.PUBLISHED: "close",
    CaseState.FAILED: "close",
    CaseState.EXEMPTED: "close",
    CaseState.REJECTED: "close",
    CaseState.UNDER_REVIEW: "pass_case",
    CaseState.DISPUTED: "verify",
}
FORM_NEXT = {CaseState.ACCEPTED: "examine", CaseState.DEFERRED: "look_again", CaseState.VERIFIED: "publish"}
COLLECTION = "review_collection"


@dataclass(frozen=True)
class CounterMaterial:
    """A material as the counter shows it: what was found of it, by the clerk now or on file."""

    position: int
    name: str
    note: str
    compulsory: bool
    state: MaterialState
    defect: str = ""
    remedy: str = ""
    basis: str = ""
    usual: tuple[Defect, ...] = ()


@dataclass(frozen=True)
class Step:
    """A step that can be pressed: an operation (empty: only the paper is owed) and the paper to print after it.

    `asks`: it has more to be filled in, so its form is opened.
    """

    operation: str
    title: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    paper: str = ""
    paper_title: str = ""
    asks: bool = False
    danger: bool = False


@dataclass(frozen=True)
class Proposal:
    """What Enter does (None: nothing), what else is possible, what the clerk must do first, and what blocks."""

    step: Step | None
    others: tuple[Step, ...] = ()
    waits: str = ""
    blocks: tuple[str, ...] = ()


def propose(
    desk: Desk,
    case: ReviewCase,
    materials: Sequence[CounterMaterial],
    ticks: Mapping[int, Tick],
    who: Mapping[str, Any],
) -> Proposal:
    """The next step of a case, given what the clerk has ticked and who came."""
    asked = _Asked(desk, case, materials, ticks, who)
    found = asked.next()
    taken = found.step.operation if found.step else ""
    others = tuple(asked.beside(taken))
    return Proposal(found.step, others, found.waits, found.blocks)


class _Asked:
    """One case with the clerk's ticks on it."""

    def __init__(
        self,
        desk: Desk,
        case: ReviewCase,
        materials: Sequence[CounterMaterial],
        ticks: Mapping[int, Tick],
        who: Mapping[str, Any],
    ) -> None:
        self.desk, self.case, self.materials = desk, case, materials
        self.ticks, self.who = ticks, {name: value for name, value in who.items() if value}

    # what there is to say of the materials

    @property
    def said(self) -> str:
        """The ticks as the operations read them: of a case not yet received everything is said."""
        if self.case.status in TO_COME:
            return written(
                {
                    one.position: Tick(one.state, one.defect, one.remedy)
                    for one in self.materials
                    if one.state is not MaterialState.PENDING
                }
            )
        return written(self.ticks)

    def unready(self) -> str:
        """What must be said of the materials before anything is pressed; empty when all is said."""
        pending = [str(one.position) for one in self.materials if one.state is MaterialState.PENDING]
        if pending:
            return f"第 {'、'.join(pending)} 项还没有核对：按数字键逐项核对，其余全部齐全按 0"
        speechless = [one for one in self.materials if one.state is MaterialState.DEFECTIVE and not one.defect]
        speechless += [one for one in self.materials if one.state is MaterialState.MISSING and not one.defect]
        if speechless:
            return f"第 {speechless[0].position} 项{speechless[0].state.label}，请写明问题"
        for one in self.materials:
            ticked = one.position in self.ticks and one.state is MaterialState.NOT_APPLICABLE
            if ticked and one.compulsory and not one.defect:
                return f"第 {one.position} 项是必交材料，标“不适用”请写明原因"
        return ""

    @property
    def lacking(self) -> list[CounterMaterial]:
        return [
            one
            for one in self.materials
            if one.state in LACKING and (one.compulsory or one.state is MaterialState.DEFECTIVE)
        ]

    # steps

    def step(self, name: str, *, form: bool = False, paper: str | None = None, **given: Any) -> Step:
        op = self.desk.catalogue.operation(REVIEW_CASES, name)
        known = {one.name for one in op.own_parameters}
        arguments = {key: value for key, value in (given | self.who).items() if key in known}
        needed = any(one.required and one.name not in arguments for one in op.own_parameters)
        after = self.paper(PAPER_AFTER.get(name, "") if paper is None else paper)
        return Step(
            name, op.title, arguments, after[0], after[1], asks=form or needed or name in ("close",), danger=op.danger
        )

    def paper(self, name: str) -> tuple[str, str]:
        """A paper by name and title, where the office has it."""
        found: Paper | None = self.desk.catalogue.papers.get(name)
        return (found.name, found.title) if found is not None else ("", "")

    def hindered(self, name: str) -> list[str]:
        """What keeps a step from the case, the clerk's right among it."""
        op = self.desk.catalogue.operation(REVIEW_CASES, name)
        right = [] if _may(self.desk, op) else [f"“{op.title}”须由{'、'.join(role.label for role in op.by)}办理"]
        return right + hindrances(self.desk, REVIEW_CASES, op, self.case)

    def if_able(self, name: str, *, form: bool = False, **given: Any) -> Proposal:
        """The step, or what stands in its way."""
        if found := self.hindered(name):
            return Proposal(None, blocks=tuple(found))
        return Proposal(self.step(name, form=form, **given))

    def next(self) -> Proposal:
        """The only sensible step."""
        state = self.case.status
        if owed := self.owed():
            return Proposal(owed)
        if state in TO_COME:
            return self.to_come()
        if state is CaseState.RECEIVED:
            return self.received()
        if state is CaseState.CORRECTION:
            return self.correction()
        if state is CaseState.REPORTED:
            return self.reported()
        if state in FORM_NEXT:
            return self.if_able(FORM_NEXT[state], form=True)
        if state in PLAIN_NEXT:
            return self.if_able(PLAIN_NEXT[state])
        return Proposal(None, waits=f"本案{state.label}，没有要办的事")

    def owed(self) -> Step | None:
        """A paper that the last decision calls for and that was not issued (stopped between deciding and printing)."""
        name, field_name = OWED.get(self.case.status, ("", ""))
        known = self.paper(name)
        if not known[0] or getattr(self.case, field_name) or self.case.status is CaseState.REMINDED:
            return None
        return Step("", f"出具{known[1]}", NOTHING, known[0], known[1])

    def to_come(self) -> Proposal:
        report = self.case.review_mode is ReviewMode.REPORT
        if waits := self.unready():
            return Proposal(None, waits=waits)
        if report:
            return self.if_able("report", materials=self.said)
        if self.lacking:
            return self.if_able("receive_and_notify", materials=self.said)
        return self.complete()

    def complete(self) -> Proposal:
        """Everything is there: settled at once by who may, accepted by who may not."""
        settle = self.desk.catalogue.operation(REVIEW_CASES, "settle")
        two = campaign_of(self.desk, self.case).separate_reviewer
        if two or not _may(self.desk, settle):
            return self.if_able("receive_and_accept", materials=self.said)
        return self.if_able("settle", materials=self.said)

    def received(self) -> Proposal:
        deemed = bool(self.case.notice_due and self.case.notice_due < self.desk.today and not self.case.noticed_on)
        if self.ticks:
            waits = self.unready()
            return Proposal(None, waits=waits) if waits else self.if_able("check_materials", materials=self.said)
        if deemed:
            return self.if_able("accept")
        if waits := self.unready():
            return Proposal(None, waits=waits)
        if self.lacking:
            return self.if_able("notify", form=bool(self.case.correction_round))
        return self.if_able("accept")

    def correction(self) -> Proposal:
        if self.lacking:
            listed = "、".join(str(one.position) for one in self.lacking)
            return Proposal(None, waits=f"第 {listed} 项还没有补来：补来的按数字键改为“齐全”，全部补齐按 0")
        if waits := self.unready():
            return Proposal(None, waits=waits)
        return self.complete()

    def reported(self) -> Proposal:
        if self.ticks:
            waits = self.unready()
            return Proposal(None, waits=waits) if waits else self.if_able("check_materials", materials=self.said)
        waits = self.unready()
        return Proposal(None, waits=waits) if waits else self.if_able("verify")

    def beside(self, taken: str) -> Iterator[Step]:
        """The other steps that are possible now, and the paper for handing out."""
        unsaid = bool(self.unready()) and not self.said
        for name in BESIDE.get(self.case.status, ()):
            if name == taken or self.hindered(name):
                continue
            if name == "receive" and not unsaid:
                yield self.step(name, materials=self.said)
            elif name in ("receive_and_accept", "correct"):
                ready = self.ticks and not self.unready() and (name == "correct" or not self.lacking)
                if ready:
                    yield self.step(name, materials=self.said)
            else:
                yield self.step(name)
        known = self.paper(COLLECTION)
        if known[0] and self.case.status in (CaseState.STAMPED, CaseState.CLOSED):
            yield Step("", known[1], NOTHING, *known)


def _may(desk: Desk, op: Operation) -> bool:
    return bool(desk.clerk.roles.intersection(op.by))
