"""What every step of a case shares: its campaign, licence and materials, and the notes it leaves on the licence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.open_items import OpenItem
from wenlv_desk.core.operations import Operation
from wenlv_desk.registries.licence.printing import PrintingLicence
from wenlv_desk.registries.licence.publication import PublicationLicence
from wenlv_desk.registries.licence.vocabulary import Status
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.review.campaign import ReviewCampaign
from wenlv_desk.registries.review.case import REVIEW_CASES, ReviewCase
from wenlv_desk.registries.review.clocks import newest_list
from wenlv_desk.registries.review.material import ReviewMaterial
from wenlv_desk.registries.review.requirements import ReviewGround, ReviewRequirement
from wenlv_desk.registries.review.scope import ENDED
from wenlv_desk.registries.review.ticking import LACKING, Defect, Tick, defects_of, read_ticks
from wenlv_desk.registries.review.vocabulary import (
    Applies,
    CampaignState,
    Conclusion,
    LicenceKind,
    MaterialState,
    Outcome,
    ReviewMode,
)
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.gate import check_blocks, check_state

LICENCES = ("publication_licence", "printing_licence")


def campaign_of(desk: Desk, case: ReviewCase) -> ReviewCampaign:
    return desk.get(ReviewCampaign, case.campaign_id)


def licence_of(desk: Desk, case: ReviewCase) -> PublicationLicence | PrintingLicence:
    """The licence under review."""
    if case.publication_licence_id is not None:
        return desk.get(PublicationLicence, case.publication_licence_id)
    assert case.printing_licence_id is not None
    return desk.get(PrintingLicence, case.printing_licence_id)


def requirements_of(desk: Desk, campaign_id: int) -> list[ReviewRequirement]:
    """The list of materials as it stands."""
    mine = select(ReviewRequirement).where(ReviewRequirement.campaign_id == campaign_id, ~ReviewRequirement.voided)
    return list(desk.session.scalars(mine.order_by(ReviewRequirement.position, ReviewRequirement.id)))


def materials_of(desk: Desk, case: ReviewCase) -> list[ReviewMaterial]:
    """The materials of a case, in the order of the list."""
    mine = select(ReviewMaterial).where(ReviewMaterial.case_id == case.id, ~ReviewMaterial.voided)
    return list(desk.session.scalars(mine.order_by(ReviewMaterial.position)))


def lay_list(desk: Desk, case: ReviewCase) -> list[ReviewMaterial]:
    """Copy the campaign's list into the case; it keeps this copy whatever becomes of the list."""
    online = bool(getattr(licence_of(desk, case), "online_sale", False))
    made = []
    for position, one in enumerate(requirements_of(desk, case.campaign_id), 1):
        row = ReviewMaterial(
            case_id=case.id,
            position=position,
            name=one.name,
            form=one.form,
            copies=one.copies,
            compulsory=one.compulsory,
            note=one.note,
            basis=one.basis,
            state=first_state(one, online=online),
        )
        desk.session.add(row)
        made.append(row)
    desk.session.flush()
    case.list_version = newest_list(desk, case.campaign_id)
    return made


def first_state(one: ReviewRequirement, *, online: bool) -> MaterialState:
    """What a material begins as: not asked of those whom it does not concern."""
    spared = one.applies is Applies.ONLINE and not online
    return MaterialState.NOT_APPLICABLE if spared or one.applies is Applies.WHEN_CONCERNED else MaterialState.PENDING


def usual_defects(desk: Desk, case: ReviewCase) -> dict[int, tuple[Defect, ...]]:
    """The usual defects by position in the case's list, from the campaign's list by name."""
    by_name = {one.name: defects_of(one.defects) for one in requirements_of(desk, case.campaign_id)}
    return {one.position: by_name.get(one.name, ()) for one in materials_of(desk, case)}


def tick(desk: Desk, case: ReviewCase, said: str) -> None:
    """Write what the clerk found of the materials."""
    materials = {one.position: one for one in materials_of(desk, case)}
    ticks = read_ticks(said, tuple(materials), usual_defects(desk, case))
    for position, found in ticks.items():
        _tick(materials[position], found)
    desk.session.flush()


def _tick(material: ReviewMaterial, found: Tick) -> None:
    spared = found.state is MaterialState.NOT_APPLICABLE and material.state is not found.state
    if spared and material.compulsory and not found.defect:
        raise UserError(
            f"第 {material.position} 项“{material.name}”是必交材料，标“不适用”请写明原因，如“{material.position} 不适用：未开展网络发行”"
        )
    material.state, material.defect, material.remedy = found.state, found.defect or None, found.remedy or None


def basis_of(campaign: ReviewCampaign, position: int, own: str | None) -> str:
    """On what ground a material is asked for: its own, else its place in the campaign's notice."""
    return own or f"{campaign.basis_doc_no or '年审通知'}所列第{position}项材料"


def unchecked(materials: Iterable[ReviewMaterial]) -> Iterator[str]:
    """The materials nobody has looked at."""
    for one in materials:
        if one.state is MaterialState.PENDING:
            yield f"第 {one.position} 项“{one.name}”还没有核对"


def lacking(materials: Iterable[ReviewMaterial]) -> Iterator[str]:
    """What the materials lack, a sentence each."""
    for one in materials:
        if one.state in LACKING and (one.compulsory or one.state is MaterialState.DEFECTIVE):
            yield f"第 {one.position} 项“{one.name}”{one.state.label}" + (f"：{one.defect}" if one.defect else "")


def grounds_of(desk: Desk, case: ReviewCase, outcome: Outcome) -> list[ReviewGround]:
    """The grounds of the case's campaign for an outcome."""
    mine = (ReviewGround.campaign_id == case.campaign_id, ReviewGround.outcome == outcome, ~ReviewGround.voided)
    return list(desk.session.scalars(select(ReviewGround).where(*mine).order_by(ReviewGround.code)))


def offered_grounds(desk: Desk, case: ReviewCase, outcome: Outcome) -> Sequence[tuple[str, str]]:
    return [(one.code, f"{one.code} {one.text}") for one in grounds_of(desk, case, outcome)]


def take_ground(desk: Desk, case: ReviewCase, outcome: Outcome, code: str, said: str | None) -> None:
    """Put the ground named onto the case, in the campaign's words and the clerk's. UserError lists what there is."""
    known = {one.code: one for one in grounds_of(desk, case, outcome)}
    if code not in known:
        listed = "；".join(f"{one.code} {one.text}" for one in known.values()) or "没有登记，请先在批次里登记事由"
        raise UserError(f"没有办理：本批次没有“{outcome.label}”的事由“{code}”，可用：{listed}")
    ground = known[code]
    case.ground_code, case.ground_basis = ground.code, ground.basis
    case.ground_text = ground.text if not said else f"{ground.text}：{said}"[:500]


def mode_blocks(case: ReviewCase, mode: ReviewMode, instead: str) -> Iterator[str]:
    """That a step belongs to the other mode of review."""
    if case.review_mode is not mode:
        yield f"本批次的方式是“{case.review_mode.label}”，请办“{instead}”"


def campaign_blocks(desk: Desk, case: ReviewCase) -> Iterator[str]:
    """That the campaign is over."""
    campaign = campaign_of(desk, case)
    if campaign.status is CampaignState.CLOSED:
        yield f"批次“{campaign.title}”已结束，请先办批次的“重新启动”"


def licence_blocks(desk: Desk, case: ReviewCase) -> Iterator[str]:
    """That the licence cannot pass: ended meanwhile, or under an order to stop."""
    licence = licence_of(desk, case)
    if licence.voided:
        yield f"许可证 {licence.licence_no} 已移出台账"
    if licence.status in ENDED:
        on = f"于 {licence.ended_on} " if licence.ended_on else ""
        yield f"许可证 {licence.licence_no} 已{on}{ENDED[licence.status]}，本案只能“免审”或“不予通过”后办结"
    if licence.status is Status.SUSPENDED:
        yield f"许可证 {licence.licence_no} 停业整顿中，只能“暂缓”"


def firm_items(desk: Desk, case: ReviewCase) -> list[OpenItem]:
    """What is open for this firm, asked of every register; items about another licence or case of it are its own matter."""
    operator = desk.get(Operator, case.operator_id)
    mine = {
        ("publication_licence", case.publication_licence_id),
        ("printing_licence", case.printing_licence_id),
    }
    found = []
    for watch in desk.catalogue.watches_on(desk.catalogue.registry("operator")):
        for item in watch.function(desk, operator):
            other = item.register in LICENCES and (item.register, item.record_id) not in mine
            if not other and item.register != REVIEW_CASES.name:
                found.append(item)
    return found


def bars(desk: Desk, case: ReviewCase) -> Iterator[str]:
    """What is open for the firm and bars a pass."""
    for item in firm_items(desk, case):
        if item.bars:
            yield f"{item.word}：{item.text}"


def note_on_licence(desk: Desk, case: ReviewCase, conclusion: Conclusion | None) -> None:
    """最近年审年度和结果 of the licence; a later year's result stays, and with no conclusion the one before comes back."""
    licence = licence_of(desk, case)
    if conclusion is None:
        if licence.last_review_year == case.review_year:
            licence.last_review_year, licence.last_review_result = _year_before(desk, case)
    elif licence.last_review_year is None or licence.last_review_year <= case.review_year:
        licence.last_review_year, licence.last_review_result = case.review_year, conclusion.label


def _year_before(desk: Desk, case: ReviewCase) -> tuple[int | None, str | None]:
    """The result of the licence's last review before this one, as far as a case of it was kept."""
    same = (
        ReviewCase.publication_licence_id == case.publication_licence_id
        if case.publication_licence_id is not None
        else ReviewCase.printing_licence_id == case.printing_licence_id
    )
    kept = (same, ReviewCase.review_year < case.review_year, ReviewCase.conclusion.is_not(None), ~ReviewCase.voided)
    older = desk.session.scalars(select(ReviewCase).where(*kept).order_by(ReviewCase.review_year.desc())).first()
    return (older.review_year, older.conclusion.label) if older and older.conclusion else (None, None)


def conclude(desk: Desk, case: ReviewCase, conclusion: Conclusion) -> None:
    """Write a decision: who, when, and on the licence; a paper of an earlier decision no longer stands for this one."""
    case.conclusion, case.decided_on, case.decided_by = conclusion, desk.today, desk.clerk.name
    case.result_no = None
    note_on_licence(desk, case, conclusion)


def go(desk: Desk, op: Operation, case: ReviewCase, **given: object) -> None:
    """One step inside another, with the guards the gate would ask."""
    check_state(desk.catalogue, REVIEW_CASES, op, case)
    check_blocks(desk, REVIEW_CASES, op, case)
    op.function(desk, case, **given)


def kind_of(case: ReviewCase) -> str:
    return "出版物发行单位" if case.licence_kind is LicenceKind.PUBLICATION else "印刷经营者"


Offers = Mapping[str, Sequence[tuple[str, str]]]
