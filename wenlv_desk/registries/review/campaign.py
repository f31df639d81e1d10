"""年审批次 (review_campaign): the rules of one year's review of one kind of licence, kept with the year (domain 3.3)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import Day, Many, OneOf, Text
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Duplicate, Problem, Registry, RuleContext, Section, Values
from wenlv_desk.registries.licence.vocabulary import BusinessMode, PrintCategory
from wenlv_desk.registries.review.vocabulary import CampaignState, LicenceKind, NewCountedBy, ReviewMode
from wenlv_desk.standards.finding import Severity

MOST_DAYS = 365
MOST_MONTHS = 24


class ReviewCampaign(Record):
    """One campaign. Every rule that differs from year to year and place to place stands here, none in the program."""

    __tablename__ = "review_campaign"

    title: Mapped[str] = field(
        "批次名称", kind=Text(64, size=28), search=Search.NAME, help="如：2026年度出版物发行单位年度核验"
    )
    review_year: Mapped[int] = field("年审年度")
    licence_kind: Mapped[LicenceKind] = field("许可证种类", kind=OneOf(LicenceKind), initial=True)
    review_mode: Mapped[ReviewMode] = field("方式", kind=OneOf(ReviewMode), initial=True)
    status: Mapped[CampaignState] = field(
        "状态", kind=OneOf(CampaignState), default=CampaignState.PREPARING, readonly=True
    )
    period_from: Mapped[date] = field("核验期间起", help="一般是上一年 1 月 1 日")
    period_to: Mapped[date] = field("核验期间止")
    online_deadline: Mapped[date | None] = field("网上填报截止", kind=Day())
    onsite_from: Mapped[date] = field("现场核验起")
    onsite_to: Mapped[date] = field("现场核验止", help="过了这天还没来的，可转为逾期未审")
    include_issued_by: Mapped[date | None] = field(
        "纳入截止日", kind=Day(none_text="不限"), help="这天以后首次领证的不参加；空白为开始时持证的都参加"
    )
    new_take_part: Mapped[bool] = field("上年新办单位参加", default=True, help="核验期间内新办的单位是否参加本次年审")
    new_counted_by: Mapped[NewCountedBy] = field("新办按", kind=OneOf(NewCountedBy), default=NewCountedBy.ISSUED)
    business_modes: Mapped[tuple[str, ...] | None] = field(
        "纳入的经营方式", kind=Many(BusinessMode, size=10), help="空白为全部；县级一般只审零售"
    )
    print_categories: Mapped[tuple[str, ...] | None] = field(
        "纳入的印刷种类", kind=Many(PrintCategory), help="空白为全部"
    )
    basis_doc_no: Mapped[str | None] = field("依据文件", kind=Text(128, size=22), help="如：鲁新出发〔2025〕10号")
    promised_days: Mapped[int] = field("承诺时限（工作日）", default=5)
    legal_days: Mapped[int] = field("法定时限（工作日）", default=20, help="行政许可法第四十二条：二十日")
    correction_days: Mapped[int] = field("补正期限（工作日）", default=10)
    urging_days: Mapped[int] = field("催告期限（工作日）", default=15)
    max_deferral_months: Mapped[int] = field("暂缓最长（月）", default=6)
    separate_reviewer: Mapped[bool] = field("收件和审核须为两人", default=False)
    opened_on: Mapped[date | None] = field("启动日期", kind=Day(), readonly=True)
    closed_on: Mapped[date | None] = field("结束日期", kind=Day(), readonly=True)
    source: Mapped[str | None] = field("规则来源", kind=Text(255, size=24), help="本批次规则依据的通知或网页")
    remark: Mapped[str | None] = field("备注", kind=Text(2000, block=True, size=20))


def dates_agree(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """Dates that contradict one another are refused: the campaign could not be carried out."""
    pairs = (
        ("period_from", "period_to", "核验期间止", "核验期间起"),
        ("onsite_from", "onsite_to", "现场核验止", "现场核验起"),
        ("period_from", "onsite_from", "现场核验起", "核验期间起"),
        ("online_deadline", "onsite_to", "现场核验止", "网上填报截止"),
    )
    for first, second, later, earlier in pairs:
        if values.get(first) and values.get(second) and values[second] < values[first]:
            yield Problem(second, Severity.REJECT, f"{later} {values[second]} 早于{earlier} {values[first]}，请改正")
    cut, last = values.get("include_issued_by"), values.get("onsite_to")
    if cut and last and cut > last:
        yield Problem("include_issued_by", Severity.REJECT, f"纳入截止日 {cut} 晚于现场核验止 {last}，请改正")


def year_fits(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """The year named is that in which the units come, or the one before it (成都 2010 reviewed 2009)."""
    year, start = values.get("review_year"), values.get("onsite_from")
    if year is not None and not 1990 <= year <= 2199:
        yield Problem("review_year", Severity.REJECT, f"“{year}”不是年度，请写四位年份，如 2026")
    elif year and start and year not in (start.year, start.year - 1):
        yield Problem("review_year", Severity.WARN, f"年审年度 {year} 与现场核验起 {start} 不在同一年，请核对")


def limits_make_sense(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """Limits are at least a day; what is promised is no longer than what the law allows."""
    most = {
        "promised_days": MOST_DAYS,
        "legal_days": MOST_DAYS,
        "correction_days": MOST_DAYS,
        "urging_days": MOST_DAYS,
        "max_deferral_months": MOST_MONTHS,
    }
    for name, limit in most.items():
        if (number := values.get(name)) is not None and not 1 <= number <= limit:
            yield Problem(name, Severity.REJECT, f"须在 1 到 {limit} 之间，现为 {number}，请改正")
    promised, legal = values.get("promised_days"), values.get("legal_days")
    if promised and legal and promised > legal:
        yield Problem("promised_days", Severity.WARN, f"承诺时限 {promised} 个工作日长于法定时限 {legal} 个工作日")


def rules_stand(_desk: Any, record: Any) -> str:
    """A campaign that is over keeps its rules."""
    if record.status is CampaignState.CLOSED:
        return f"“{record.title}”已结束，它的规则和材料清单不再改动；要更正请先办“重新启动”"
    return ""


REVIEW_CAMPAIGNS = Registry(
    record=ReviewCampaign,
    title="年审批次",
    unit="批",
    named_by="title",
    identity=(("title",),),
    columns=(
        "title",
        "review_year",
        "licence_kind",
        "review_mode",
        "status",
        "onsite_from",
        "onsite_to",
        "basis_doc_no",
    ),
    sections=(
        Section("批次", ("title", "review_year", "licence_kind", "review_mode", "status", "basis_doc_no", "source")),
        Section("时间", ("period_from", "period_to", "online_deadline", "onsite_from", "onsite_to")),
        Section(
            "谁参加",
            ("include_issued_by", "new_take_part", "new_counted_by", "business_modes", "print_categories"),
        ),
        Section(
            "期限",
            (
                "promised_days",
                "legal_days",
                "correction_days",
                "urging_days",
                "max_deferral_months",
                "separate_reviewer",
            ),
        ),
        Section("经过", ("opened_on", "closed_on", "remark")),
    ),
    filters=("review_year", "licence_kind", "status"),
    rules=(dates_agree, year_fits, limits_make_sense),
    duplicates=Duplicate(same=("title",)),
    mergeable=False,
    state="status",
    fixed=rules_stand,
    group="年审",
    icon="calendar-check",
    empty_hint="还没有年审批次。按“按样例新建”选一份样例，或按 Ctrl+N 自己填。",
)
