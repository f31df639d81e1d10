"""The counter (窗口) as plain data: a case with its firm, what to know before, materials, limits, the next step and its paper."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.papers import Paper
from wenlv_desk.issuing.issue import PREVIEW_NUMBER
from wenlv_desk.issuing.matter import Matter, gather, pdf_of
from wenlv_desk.registries.licence.standing import standing_sql
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.review.campaign import ReviewCampaign
from wenlv_desk.registries.review.case import REVIEW_CASES, ReviewCase
from wenlv_desk.registries.review.clocks import Clock, clocks_of, newest_list
from wenlv_desk.registries.review.handling import (
    basis_of,
    campaign_blocks,
    campaign_of,
    firm_items,
    first_state,
    licence_blocks,
    licence_of,
    materials_of,
    requirements_of,
    usual_defects,
)
from wenlv_desk.registries.review.intake import TO_COME
from wenlv_desk.registries.review.proposing import CounterMaterial, Proposal, Step, propose
from wenlv_desk.registries.review.seeking import open_campaigns
from wenlv_desk.registries.review.ticking import Tick, defects_of
from wenlv_desk.registries.review.vocabulary import CaseState, Conclusion
from wenlv_desk.standards.masks import mask_phones
from wenlv_desk.store.desk import Clerk, Desk
from wenlv_desk.store.journal import history_of
from wenlv_desk.store.office import Office
from wenlv_desk.store.rehearsal import rehearsed

BARS, REMINDS, FINE = "挡住", "提醒", "无事"
TONES = {BARS: "red", REMINDS: "amber", FINE: "green"}
AT_ONCE = (Conclusion.PASSED, Conclusion.REPORTED)


@dataclass(frozen=True)
class Known:
    """What to know before: 挡住 bars a pass, 提醒 does not; the record where it is mended, where there is one."""

    word: str
    text: str
    register: str = ""
    record_id: int = 0

    @property
    def tone(self) -> str:
        return TONES[self.word]


@dataclass(frozen=True)
class CounterView:
    """Everything the counter shows of a case; `ticks` are those it was made with."""

    case_id: int
    version: int
    case_no: str
    name: str
    state: str
    tone: str
    title: str
    period: str
    onsite: str
    pairs: tuple[tuple[str, str], ...]
    known: tuple[Known, ...]
    materials: tuple[CounterMaterial, ...]
    open_list: bool  # the materials may be ticked
    clocks: tuple[Clock, ...]
    applicant: str
    proposal: Proposal
    last: str  # who wrote to it last, and what


@dataclass(frozen=True)
class Season:
    """What stands above the counter: the campaigns under way and what was done today."""

    titles: tuple[str, ...]
    period: str
    onsite: str
    done: int
    at_once: int


def season(desk: Desk) -> Season:
    """The campaigns under way and today's figures."""
    campaigns = open_campaigns(desk)
    done, at_once = _today(desk)
    if not campaigns:
        return Season((), "", "", done, at_once)
    return Season(tuple(one.title for one in campaigns), *_dates(campaigns[0]), done, at_once)


def _dates(campaign: ReviewCampaign) -> tuple[str, str]:
    last = _short(campaign.onsite_to, campaign.onsite_from)
    period = f"核验期间 {campaign.period_from} 至 {campaign.period_to}"
    return period, f"现场{_short(campaign.onsite_from)}至{last}"


def _short(day: date, after: date | None = None) -> str:
    return (
        f" {day.day} 日"
        if after and (day.year, day.month) == (after.year, after.month)
        else f" {day.month} 月 {day.day} 日"
    )


def _today(desk: Desk) -> tuple[int, int]:
    """今日已办: decided today; 一次办结: of these passed (or verified) on the first visit without a correction."""
    mine = (ReviewCase.decided_on == desk.today, ReviewCase.conclusion.is_not(None), ~ReviewCase.voided)
    once = (ReviewCase.conclusion.in_(AT_ONCE), ReviewCase.visits == 1, ReviewCase.correction_round == 0)
    done = desk.session.scalar(select(func.count()).where(*mine)) or 0
    return done, desk.session.scalar(select(func.count()).where(*mine, *once)) or 0


def view(desk: Desk, case_id: int, ticks: Mapping[int, Tick], who: Mapping[str, Any] | None = None) -> CounterView:
    """A case at the counter with the clerk's ticks on it; `who` came: applicant, agent, agent_phone."""
    case = desk.get(ReviewCase, case_id)
    campaign = campaign_of(desk, case)
    materials = tuple(_ticked(one, ticks.get(one.position)) for one in _materials(desk, case))
    said = {one.position: Tick(one.state, one.defect, one.remedy) for one in materials if one.position in ticks}
    period, onsite = _dates(campaign)
    return CounterView(
        case_id=case.id,
        version=case.version,
        case_no=case.case_no,
        name=case.licensee_name,
        state=case.status.label,
        tone=case.status.tone or "neutral",
        title=campaign.title,
        period=period,
        onsite=onsite,
        pairs=tuple(_pairs(desk, case)),
        known=tuple(_known(desk, case)),
        materials=materials,
        open_list=case.status in (*TO_COME, CaseState.RECEIVED, CaseState.CORRECTION, CaseState.REPORTED),
        clocks=tuple(clocks_of(desk, case, campaign)),
        applicant=case.legal_representative,
        proposal=propose(desk, case, materials, said, who or {}),
        last=_last(desk, case),
    )


def _last(desk: Desk, case: ReviewCase) -> str:
    entries = history_of(desk.session, REVIEW_CASES.name, case.id, written=True)
    return (
        f"{entries[0].clerk}（{entries[0].counter}）{entries[0].at:%H:%M:%S} 已办“{entries[0].title}”"
        if entries
        else ""
    )


def _materials(desk: Desk, case: ReviewCase) -> Iterator[CounterMaterial]:
    """The list of the campaign until the case is received, its own copy afterwards."""
    campaign = campaign_of(desk, case)
    if case.status in TO_COME:
        online = bool(getattr(licence_of(desk, case), "online_sale", False))
        for position, one in enumerate(requirements_of(desk, case.campaign_id), 1):
            state, usual = first_state(one, online=online), defects_of(one.defects)
            basis = basis_of(campaign, position, one.basis)
            yield CounterMaterial(position, one.name, _note(one), one.compulsory, state, basis=basis, usual=usual)
        return
    usual_of = usual_defects(desk, case)
    for own in materials_of(desk, case):
        said = (own.defect or "", own.remedy or "", basis_of(campaign, own.position, own.basis))
        usual = usual_of.get(own.position, ())
        yield CounterMaterial(own.position, own.name, _note(own), own.compulsory, own.state, *said, usual)


def _note(one: Any) -> str:
    """The form and what else is asked: 原件，盖章."""
    form = one.form.label if one.form is not None else ""
    note = one.note or ""
    return "，".join(part for part in ("" if form in note else form, note) if part)


def _ticked(one: CounterMaterial, tick: Tick | None) -> CounterMaterial:
    if tick is None:
        return one
    return replace(one, state=tick.state, defect=tick.defect, remedy=tick.remedy)


def _pairs(desk: Desk, case: ReviewCase) -> Iterator[tuple[str, str]]:
    firm = desk.get(Operator, case.operator_id)
    yield "信用代码", firm.uscc or "未登记"
    yield "许可证", case.licence_no
    yield "负责人", case.legal_representative
    yield "电话", mask_phones(case.contact_phone or "") or "未登记"
    yield "去年", _last_year(desk, case)


def _last_year(desk: Desk, case: ReviewCase) -> str:
    """Last year's result, and whether one visit was enough."""
    same = (
        ReviewCase.publication_licence_id == case.publication_licence_id
        if case.publication_licence_id is not None
        else ReviewCase.printing_licence_id == case.printing_licence_id
    )
    before = desk.session.scalar(
        select(ReviewCase).where(same, ReviewCase.review_year == case.review_year - 1, ~ReviewCase.voided)
    )
    if before is not None and before.conclusion is not None:
        once = before.conclusion in AT_ONCE and before.visits == 1 and not before.correction_round
        visits = "，一次办结" if once else f"，来窗 {before.visits} 次" if before.visits else ""
        return f"{before.conclusion.label}{visits}"
    licence = licence_of(desk, case)
    if licence.last_review_year == case.review_year - 1:
        return licence.last_review_result or "没有记录"
    return "没有记录"


def _known(desk: Desk, case: ReviewCase) -> Iterator[Known]:
    """What bars first, then what is to be kept in mind; a word when there is nothing."""
    licence = licence_of(desk, case)
    register = str(type(licence).__tablename__)
    found = [Known(BARS, said) for said in campaign_blocks(desk, case)]
    found += [Known(BARS, said, register, licence.id) for said in licence_blocks(desk, case)]
    for item in firm_items(desk, case):
        found.append(Known(BARS if item.bars else REMINDS, f"{item.word}：{item.text}", item.register, item.record_id))
    if case.list_version is not None and case.list_version != newest_list(desk, case.campaign_id):
        found.append(Known(REMINDS, "批次的材料清单在收件后有修改，本案仍按收件时的清单办理"))
    yield from sorted(found, key=lambda one: one.word != BARS)
    if not found:
        standing = desk.session.scalar(
            select(standing_sql(type(licence), desk.today)).where(type(licence).id == licence.id)
        )
        yield Known(FINE, "许可证有效，没有挡住年审的事" if standing else "没有挡住年审的事")


def foreseen(office: Office, clerk: Clerk, case_id: int, step: Step) -> bytes:
    """The pages of the paper that a step leads to, as they would be printed, without a number; nothing is written."""
    paper = office.catalogue.paper(step.paper)
    if step.asks:
        raise UserError(f"填好“{step.title}”后才知道文书的内容")
    if not step.operation:
        with office.desk(clerk) as desk:
            matter = _matter(desk, paper, case_id)
    else:
        op = office.catalogue.operation(REVIEW_CASES, step.operation)
        with rehearsed(office, clerk, op, REVIEW_CASES, case_id, step.arguments) as desk:
            matter = _matter(desk, paper, case_id)
    return pdf_of(paper, matter)


def _matter(desk: Desk, paper: Paper, case_id: int) -> Matter:
    """What the paper says of the case as it stands at this desk."""
    told = paper.data(desk, (case_id,)) if paper.data is not None else None
    return replace(gather(desk, REVIEW_CASES, [case_id], PREVIEW_NUMBER, {"specimen": True}), told=told)
