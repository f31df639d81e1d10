"""启动, 补充建案, 转逾期, 结束: a campaign from its first case to its last, and campaigns made from models."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from sqlalchemy import select

from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Offered, Text
from wenlv_desk.core.operations import Subject, operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.registries.review.campaign import ReviewCampaign
from wenlv_desk.registries.review.case import ReviewCase
from wenlv_desk.registries.review.handling import requirements_of
from wenlv_desk.registries.review.requirements import ReviewGround, ReviewRequirement
from wenlv_desk.registries.review.scope import judged
from wenlv_desk.registries.review.vocabulary import (
    CampaignState,
    CaseState,
    Conclusion,
    LicenceKind,
    NationalState,
)
from wenlv_desk.resources import resource
from wenlv_desk.store.checks import check_record, insist
from wenlv_desk.store.desk import Desk

LETTERS = {LicenceKind.PUBLICATION: "CB", LicenceKind.PRINTING: "YS"}
ID_FIELD = {LicenceKind.PUBLICATION: "publication_licence_id", LicenceKind.PRINTING: "printing_licence_id"}
SNAPSHOT = (
    "operator_id",
    "licensee_name",
    "licence_no",
    "legal_representative",
    "contact_phone",
    "business_premises",
    "township",
)
LISTED = 5  # case numbers that a refusal names
UNSEEN = (CaseState.NOT_STARTED, CaseState.WITHDRAWN, CaseState.CORRECTION)
FINAL = (CaseState.CLOSED, CaseState.EXEMPTED, CaseState.REJECTED, CaseState.OVERDUE, CaseState.REMINDED)


def models() -> list[tuple[str, str]]:
    """The campaign models shipped: (name, title)."""
    return [(path.stem, str(_model(path.stem)["title"])) for path in sorted(resource("campaigns").glob("*.toml"))]


def _model(name: str) -> dict[str, Any]:
    return tomllib.loads(resource("campaigns", f"{name}.toml").read_text("utf-8"))


def _offered_models(_desk: Desk, _record: object) -> Mapping[str, Sequence[tuple[str, str]]]:
    return {"model": models()}


@operation("按样例新建", subject=Subject.REGISTER, on=(ReviewCampaign,), offers=_offered_models)
def from_model(
    desk: Desk,
    registry: Registry,
    *,
    model: Annotated[str, param("样例", kind=Offered(), help="样例的规则来自公开通知，日期和材料请按本地通知改")],
    title: Annotated[str | None, param("批次名称", kind=Text(64), help="空白则用样例的名称")] = None,
) -> ReviewCampaign:
    """Make a campaign with materials and grounds from a shipped model; then it is amended like any record."""
    known = dict(models())
    if model not in known:
        raise UserError(
            f"没有“{model}”这个样例，可用：{'、'.join(f'{name}（{said}）' for name, said in known.items())}"
        )
    table = _model(model)
    materials, grounds = table.pop("materials"), table.pop("grounds")
    made = _new_campaign(desk, registry, table | ({"title": title} if title else {}))
    for position, one in enumerate(materials, 1):
        defects = "\n".join(one.pop("defects", ()))
        _enter(desk, ReviewRequirement, {"campaign_id": made.id, "position": position, "defects": defects, **one})
    for one in grounds:
        _enter(desk, ReviewGround, {"campaign_id": made.id, **one})
    return made


def _new_campaign(desk: Desk, registry: Registry, values: Mapping[str, Any]) -> ReviewCampaign:
    if desk.session.scalar(select(ReviewCampaign.id).where(ReviewCampaign.title == values["title"])) is not None:
        raise UserError(f"已有批次“{values['title']}”，请另取名称")
    made = _enter(desk, ReviewCampaign, values)
    assert isinstance(made, registry.record)
    assert isinstance(made, ReviewCampaign)
    return made


def _enter(desk: Desk, record: type[Any], values: Mapping[str, Any]) -> Any:
    """A record entered as a clerk would, checked as a whole."""
    registry = desk.catalogue.registry_of(record)
    checked = check_record(registry, values, desk.context, desk.rule_context)
    insist(registry, checked, "按样例新建")
    return desk.add(record(**checked.values))


@operation("沿用到下一年", on=(ReviewCampaign,))
def next_year(
    desk: Desk,
    campaign: ReviewCampaign,
    *,
    title: Annotated[str | None, param("批次名称", kind=Text(64), help="空白则把年份加一")] = None,
    basis_doc_no: Annotated[str | None, param("依据文件", kind=Text(128))] = None,
) -> ReviewCampaign:
    """The same rules, materials and grounds for the next year, dates moved by a year; the old campaign stays as it is."""
    registry = desk.catalogue.registry_of(ReviewCampaign)
    values = {name: getattr(campaign, name) for name in registry.typed_fields}
    values = {name: _moved(value) if isinstance(value, date) else value for name, value in values.items()}
    year = campaign.review_year + 1
    new_title = title or campaign.title.replace(str(campaign.review_year), str(year))
    values |= {"review_year": year, "title": new_title, "basis_doc_no": basis_doc_no, "remark": None}
    made = _new_campaign(desk, registry, values)
    for record in (ReviewRequirement, ReviewGround):
        names = desk.catalogue.registry_of(record).typed_fields
        for row in desk.session.scalars(select(record).where(record.campaign_id == campaign.id, ~record.voided)):
            desk.add(record(**{name: getattr(row, name) for name in names} | {"campaign_id": made.id}))
    desk.notes.append(f"已建“{made.title}”，日期按上年推后一年，请按当年通知核对")
    return made


def _moved(day: date) -> date:
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def opening_blocks(desk: Desk, campaign: ReviewCampaign) -> list[str]:
    """What is missing before a campaign can begin."""
    return [] if requirements_of(desk, campaign.id) else ["还没有材料清单，请先登记本批次要交的材料"]


def is_due(_desk: Desk, campaign: ReviewCampaign) -> bool:
    """Whether it is time."""
    return campaign.status is CampaignState.PREPARING


@operation(
    "启动",
    on=(ReviewCampaign,),
    when=(CampaignState.PREPARING,),
    to=CampaignState.OPEN,
    blocks=opening_blocks,
    due=is_due,
    undoable=False,  # case numbers are taken
)
def open(desk: Desk, campaign: ReviewCampaign) -> dict[str, int]:  # noqa: A001 - the verb of the trade
    """Begin: one case for every licence in scope."""
    campaign.status, campaign.opened_on = CampaignState.OPEN, desk.today
    return _roll_out(desk, campaign)


@operation("补充建案", on=(ReviewCampaign,), when=(CampaignState.OPEN,), undoable=False)
def roll_out(desk: Desk, campaign: ReviewCampaign) -> dict[str, int]:
    """Cases for licences that have come into scope since; those that have one are left alone."""
    return _roll_out(desk, campaign)


def _roll_out(desk: Desk, campaign: ReviewCampaign) -> dict[str, int]:
    id_field = ID_FIELD[campaign.licence_kind]
    column = getattr(ReviewCase, id_field)
    there = set(desk.session.scalars(select(column).where(ReviewCase.campaign_id == campaign.id)))
    found = list(judged(desk, campaign))
    new = [one for one in found if one.included and one.licence.id not in there]
    if new:
        series = f"review/{campaign.licence_kind.value}"
        numbers = desk.next_numbers(series, len(new), campaign.review_year)
        letters = LETTERS[campaign.licence_kind]
        columns: dict[str, Sequence[Any]] = {name: [getattr(one.licence, name) for one in new] for name in SNAPSHOT}
        columns |= {
            id_field: [one.licence.id for one in new],
            "why_in": [one.why[:255] for one in new],
            "case_no": [f"NS-{letters}-{campaign.review_year}-{number:04d}" for number in numbers],
        }
        same = {
            "campaign_id": campaign.id,
            "review_year": campaign.review_year,
            "licence_kind": campaign.licence_kind,
            "review_mode": campaign.review_mode,
            "status": CaseState.NOT_STARTED,
            "national_state": NationalState.BLANK,
        }
        desk.insert_columns(ReviewCase, columns | {name: [value] * len(new) for name, value in same.items()})
    out = sum(not one.included for one in found)
    desk.notes.append(f"新建 {len(new)} 件，已有 {len(there)} 件，不参加 {out} 家（每家的理由见“应审范围”）")
    return {"made": len(new), "there": len(there), "out": out}


def overdue_blocks(desk: Desk, campaign: ReviewCampaign) -> list[str]:
    """Nobody is late before the last day is over."""
    early = desk.today <= campaign.onsite_to
    return [f"现场核验到 {campaign.onsite_to} 才结束，过了这天再转逾期"] if early else []


@operation("转逾期未审", on=(ReviewCampaign,), when=(CampaignState.OPEN,), blocks=overdue_blocks)
def mark_overdue(desk: Desk, campaign: ReviewCampaign) -> int:
    """After the last day: who has not come, has withdrawn, or let the time for correction pass, is overdue (逾期未审)."""
    late = select(ReviewCase).where(ReviewCase.campaign_id == campaign.id, ReviewCase.status.in_(UNSEEN))
    changed = 0
    for case in desk.session.scalars(late):
        if case.status is CaseState.CORRECTION and case.correct_by and case.correct_by >= desk.today:
            continue  # the time given for correction still runs
        case.status, case.conclusion = CaseState.OVERDUE, Conclusion.MISSED
        changed += 1
    desk.notes.append(f"{changed} 件转为逾期未审，可以成批出具书面催告")
    return changed


def ending_blocks(desk: Desk, campaign: ReviewCampaign) -> list[str]:
    """Cases somebody still works on."""
    open_cases = select(ReviewCase.case_no).where(
        ReviewCase.campaign_id == campaign.id, ReviewCase.status.not_in(FINAL)
    )
    found = list(desk.session.scalars(open_cases.order_by(ReviewCase.id)))
    return [f"还有 {len(found)} 件没办完：{'、'.join(found[:LISTED])}"] if found else []


@operation("结束", on=(ReviewCampaign,), when=(CampaignState.OPEN,), to=CampaignState.CLOSED, blocks=ending_blocks)
def close(desk: Desk, campaign: ReviewCampaign) -> None:
    """End a campaign: its rules and its list stand from now on."""
    campaign.status, campaign.closed_on = CampaignState.CLOSED, desk.today


@operation(
    "重新启动", on=(ReviewCampaign,), when=(CampaignState.CLOSED,), to=CampaignState.OPEN, by=(Role.HEAD, Role.ADMIN)
)
def resume(
    desk: Desk,  # noqa: ARG001
    campaign: ReviewCampaign,
    *,
    reason: Annotated[str, param("原因", kind=Text(255))],  # noqa: ARG001
) -> None:
    """Take up again a campaign that was ended."""
    campaign.status, campaign.closed_on = CampaignState.OPEN, None
