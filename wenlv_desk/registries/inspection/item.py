"""随机抽查事项清单 (inspection_item): what may be inspected, on what ground, how often; its check points and its versions (domain 4.3)."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Mapped

from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import Amount, Day, Many, OneOf, Text
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Duplicate, Owner, Problem, Registry, RuleContext, Section, Values
from wenlv_desk.registries.inspection.vocabulary import ItemClass, ItemState, Method
from wenlv_desk.registries.review.vocabulary import Applies
from wenlv_desk.registries.staff.records import Domain
from wenlv_desk.standards.finding import Severity

CODE = re.compile(r"[A-Z0-9][A-Z0-9_-]*")
WHOLE = 100


class InspectionItem(Record):
    """One item. What is published stands; a revision makes a new version and keeps the old one."""

    __tablename__ = "inspection_item"

    item_code: Mapped[str] = field(
        "事项编码", kind=Text(32, size=10), search=Search.CODE, initial=True, aliases=("编码", "事项代码")
    )
    item_name: Mapped[str] = field(
        "抽查事项", kind=Text(64, size=32), search=Search.NAME, aliases=("事项名称", "抽查事项名称")
    )
    domain: Mapped[Domain] = field("抽查领域", kind=OneOf(Domain), aliases=("领域",))
    item_class: Mapped[ItemClass] = field(
        "事项类别", kind=OneOf(ItemClass), default=ItemClass.GENERAL, aliases=("抽查事项类别",)
    )
    applies_to: Mapped[tuple[str, ...]] = field(
        "适用类别", kind=Many(register="category"), aliases=("抽查对象", "检查对象", "适用对象类别")
    )
    content: Mapped[str | None] = field(
        "抽查内容", kind=Text(2000, block=True, size=30), aliases=("内容及要求", "检查内容")
    )
    legal_basis: Mapped[str] = field(
        "抽查依据", kind=Text(2000, block=True, size=30), aliases=("检查依据", "依据"), help="没有依据的不得检查"
    )
    subject_org: Mapped[str | None] = field("抽查主体", kind=Text(64, size=16), aliases=("检查主体", "主体"))
    lead_unit: Mapped[str | None] = field("发起部门", kind=Text(64), aliases=("责任处室", "联络股室"))
    joint_units: Mapped[str | None] = field("配合部门", kind=Text(255), aliases=("联合部门",))
    method: Mapped[Method] = field("抽查方式", kind=OneOf(Method), default=Method.ON_SITE, aliases=("检查方式", "方式"))
    ratio_percent: Mapped[Decimal] = field("抽查比例（%）", kind=Amount(2), aliases=("抽查比例", "比例"))
    min_per_year: Mapped[int] = field("每年至少（次）", default=1, aliases=("抽查频次", "检查频次", "次数"))
    max_per_year: Mapped[int | None] = field(
        "每户每年至多（次）", aliases=("年度频次上限", "频次上限"), help="空白用设置里的上限；抽取和录入结果时都核对"
    )
    list_version: Mapped[int] = field("版本", default=1, readonly=True)
    effective_from: Mapped[date | None] = field("生效日期", kind=Day())
    effective_to: Mapped[date | None] = field("停用日期", kind=Day(), readonly=True)
    published_on: Mapped[date | None] = field("公布日期", kind=Day(), readonly=True)
    published_url: Mapped[str | None] = field("公布网址", kind=Text(255), readonly=True)
    status: Mapped[ItemState] = field("状态", kind=OneOf(ItemState), default=ItemState.DRAFT, readonly=True)
    remark: Mapped[str | None] = field("备注", kind=Text(500))


class CheckPoint(Record):
    """检查要点: one thing that is looked at, with the article behind it."""

    __tablename__ = "check_point"

    item_id: Mapped[int] = field("所属事项", ref="inspection_item", aliases=("抽查事项", "事项编码"))
    position: Mapped[int] = field("序号")
    text: Mapped[str] = field("检查要点", kind=Text(255, size=40), search=Search.NAME, aliases=("检查内容", "要点"))
    basis: Mapped[str | None] = field("依据", kind=Text(255, size=24), aliases=("检查依据",))
    applies: Mapped[Applies] = field("适用", kind=OneOf(Applies), default=Applies.ALL)


class ItemVersion(Record):
    """A version of an item as it was before it was revised."""

    __tablename__ = "inspection_item_version"

    item_id: Mapped[int] = field("所属事项", ref="inspection_item", readonly=True)
    list_version: Mapped[int] = field("版本", readonly=True)
    item_name: Mapped[str] = field("抽查事项", kind=Text(64, size=26), search=Search.NAME, readonly=True)
    said: Mapped[str] = field("当时的内容", kind=Text(20000, block=True, size=40), readonly=True)
    points: Mapped[str | None] = field("当时的检查要点", kind=Text(20000, block=True, size=40), readonly=True)
    effective_from: Mapped[date | None] = field("生效日期", kind=Day(), readonly=True)
    replaced_on: Mapped[date] = field("修订日期", kind=Day(), readonly=True)
    published_on: Mapped[date | None] = field("公布日期", kind=Day(), readonly=True)
    why: Mapped[str] = field("修订原因", kind=Text(255), readonly=True)


def code_is_plain(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """Tasks keep codes joined by commas, so a code has none."""
    if (code := values.get("item_code")) and not CODE.fullmatch(code):
        yield Problem("item_code", Severity.REJECT, f"“{code}”只能用大写字母、数字、横线和下划线，如 CB-01")


def numbers_make_sense(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """0 < ratio ≤ 100; how often at most is no less than how often at least."""
    ratio = values.get("ratio_percent")
    if ratio is not None and not 0 < ratio <= WHOLE:
        yield Problem("ratio_percent", Severity.REJECT, f"抽查比例须大于 0、不超过 100，现为 {ratio}，请改正")
    least, most = values.get("min_per_year"), values.get("max_per_year")
    if least is not None and not 0 <= least <= 366:
        yield Problem("min_per_year", Severity.REJECT, f"每年至少的次数须在 0 到 366 之间，现为 {least}，请改正")
    if most is not None and not 1 <= most <= 366:
        yield Problem("max_per_year", Severity.REJECT, f"每户每年至多的次数须在 1 到 366 之间，现为 {most}，请改正")
    elif most is not None and least is not None and most < least:
        yield Problem("max_per_year", Severity.REJECT, f"每年至多 {most} 次，少于至少 {least} 次，请改正")


def name_is_single(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """Several items are shown joined by 、, so a name has none."""
    if "、" in (values.get("item_name") or ""):
        yield Problem("item_name", Severity.REJECT, "名称里不能有“、”，多个事项并列时要靠它隔开，请改用“和”")


def published_stands(_desk: Any, record: Any) -> str:
    """What the public was told is not changed in silence."""
    if record.status is ItemState.PUBLISHED:
        return f"“{record.item_name}”已公布，不能直接改；要改请先办“修订”，改好后重新公布"
    if record.status is ItemState.RETIRED:
        return f"“{record.item_name}”已停用，不再改动"
    return ""


def belongs_to_draft(desk: Any, record: Any) -> str:
    """The check points of a published item stand with it."""
    return published_stands(desk, desk.get(InspectionItem, record.item_id))


INSPECTION_ITEMS = Registry(
    record=InspectionItem,
    title="抽查事项清单",
    unit="项",
    named_by="item_name",
    code="item_code",
    identity=(("item_code",), ("item_name",)),
    columns=(
        "item_code",
        "item_name",
        "domain",
        "item_class",
        "applies_to",
        "ratio_percent",
        "min_per_year",
        "max_per_year",
        "status",
        "list_version",
    ),
    sections=(
        Section("事项", ("item_code", "item_name", "domain", "item_class", "applies_to", "content", "legal_basis")),
        Section("谁来查", ("subject_org", "lead_unit", "joint_units", "method")),
        Section("比例和频次", ("ratio_percent", "min_per_year", "max_per_year")),
        Section(
            "版本和公布",
            ("status", "list_version", "effective_from", "effective_to", "published_on", "published_url", "remark"),
        ),
    ),
    filters=("domain", "item_class", "applies_to", "status"),
    rules=(code_is_plain, name_is_single, numbers_make_sense),
    duplicates=Duplicate(same=("item_code",)),
    mergeable=False,
    fixed=published_stands,
    state="status",
    group="双随机",
    icon="shuffle",
    empty_hint="还没有抽查事项。按“建立初始事项”带入书店、印刷的样本，或导入本地公布的清单。",
)

CHECK_POINTS = Registry(
    record=CheckPoint,
    title="检查要点",
    unit="条",
    named_by="text",
    identity=(("item_id", "text"),),
    columns=("item_id", "position", "text", "basis", "applies"),
    sections=(Section("要点", ("item_id", "position", "text", "basis", "applies")),),
    filters=("item_id",),
    mergeable=False,
    owner=Owner(field="item_id", register="inspection_item", takes={}),
    fixed=belongs_to_draft,
    rail=False,
    empty_hint="还没有检查要点。",
)

ITEM_VERSIONS = Registry(
    record=ItemVersion,
    title="事项历次版本",
    unit="版",
    named_by="item_name",
    identity=(("item_id", "list_version"),),
    columns=("item_id", "list_version", "item_name", "effective_from", "replaced_on", "why"),
    sections=(
        Section(
            "版本", ("item_id", "list_version", "item_name", "effective_from", "published_on", "replaced_on", "why")
        ),
        Section("内容", ("said", "points")),
    ),
    owner=Owner(field="item_id", register="inspection_item", takes={}),
    typed=False,
    rail=False,
    empty_hint="还没有修订过。",
)
