"""材料清单 (review_requirement) and 事由 (review_ground) of a campaign: what is asked for, and what may be decided on which ground."""

from typing import Any

from sqlalchemy.orm import Mapped

from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import OneOf, Text
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Duplicate, Owner, Registry, Section
from wenlv_desk.registries.review.campaign import ReviewCampaign, rules_stand
from wenlv_desk.registries.review.vocabulary import Applies, CampaignState, MaterialForm, Outcome

BELONGS = Owner(field="campaign_id", register="review_campaign", takes={})


class ReviewRequirement(Record):
    """One material of a campaign's list. Cases copy it when they are received and keep what they copied."""

    __tablename__ = "review_requirement"

    campaign_id: Mapped[int] = field("所属批次", ref="review_campaign")
    position: Mapped[int] = field("序号")
    name: Mapped[str] = field("材料名称", kind=Text(128, size=28), search=Search.NAME)
    form: Mapped[MaterialForm | None] = field("形式", kind=OneOf(MaterialForm))
    copies: Mapped[int | None] = field("份数", default=1)
    compulsory: Mapped[bool] = field("必交", default=True)
    applies: Mapped[Applies] = field("适用", kind=OneOf(Applies), default=Applies.ALL)
    note: Mapped[str | None] = field("要求", kind=Text(255, size=20), help="如：系统打印，盖章")
    basis: Mapped[str | None] = field("依据", kind=Text(255, size=20))
    defects: Mapped[str | None] = field(
        "常见问题和补正办法",
        kind=Text(2000, block=True, size=30),
        help="一行一条：问题＝怎样补。如：来时未带＝请携带许可证副本原件",
    )


class ReviewGround(Record):
    """One ground on which a case may be deferred, refused or not accepted."""

    __tablename__ = "review_ground"

    campaign_id: Mapped[int] = field("所属批次", ref="review_campaign")
    outcome: Mapped[Outcome] = field("结论", kind=OneOf(Outcome))
    code: Mapped[str] = field("事由代码", kind=Text(16, size=8))
    text: Mapped[str] = field("事由", kind=Text(255, size=40), search=Search.NAME)
    basis: Mapped[str | None] = field("依据", kind=Text(255, size=30))


def belongs_to_open(desk: Any, record: Any) -> str:
    """The list of a campaign that is over stands; one under way may change, which open cases are told."""
    campaign = desk.get(ReviewCampaign, record.campaign_id)
    why = rules_stand(desk, campaign)
    if not why and campaign.status is CampaignState.OPEN and isinstance(record, ReviewRequirement):
        desk.notes.append(f"“{campaign.title}”正在进行：已收件的案件沿用收件时的材料清单，新收件的按改后的清单")
    return why


REVIEW_REQUIREMENTS = Registry(
    record=ReviewRequirement,
    title="年审材料清单",
    unit="项",
    named_by="name",
    identity=(("campaign_id", "name"),),
    columns=("campaign_id", "position", "name", "form", "compulsory", "applies", "note", "basis"),
    sections=(
        Section(
            "材料", ("campaign_id", "position", "name", "form", "copies", "compulsory", "applies", "note", "basis")
        ),
        Section("补正", ("defects",)),
    ),
    filters=("campaign_id",),
    duplicates=Duplicate(),
    mergeable=False,
    owner=BELONGS,
    fixed=belongs_to_open,
    rail=False,
    empty_hint="还没有材料清单。",
)

REVIEW_GROUNDS = Registry(
    record=ReviewGround,
    title="年审事由",
    unit="条",
    named_by="text",
    identity=(("campaign_id", "outcome", "code"),),
    columns=("campaign_id", "outcome", "code", "text", "basis"),
    sections=(Section("事由", ("campaign_id", "outcome", "code", "text", "basis")),),
    filters=("campaign_id", "outcome"),
    mergeable=False,
    owner=BELONGS,
    fixed=belongs_to_open,
    rail=False,
    empty_hint="还没有事由。",
)
