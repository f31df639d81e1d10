"""出版物经营许可证 (publication_licence): retail and wholesale of books, papers, audio-visual and electronic publications."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from wenlv_desk.core.fields import field
from wenlv_desk.core.kinds import Amount, Day, Many, OneOf, Text
from wenlv_desk.core.registry import Registry, Section
from wenlv_desk.registries.licence import rules
from wenlv_desk.registries.licence.shared import DUPLICATE, HOLDER, IDENTITY, OWNER, PROGRESS, TERM, Licence
from wenlv_desk.registries.licence.standing import DAYS_LEFT, STANDING
from wenlv_desk.registries.licence.vocabulary import BusinessMode, OwnershipKind, PublicationKind


class PublicationLicence(Licence):
    """One 出版物经营许可证 as it stands now; earlier versions are in 变更记录."""

    __tablename__ = "publication_licence"

    business_mode: Mapped[tuple[str, ...] | None] = field(
        "经营方式", kind=Many(BusinessMode, size=10), default=(BusinessMode.RETAIL,), aliases=("发行方式",)
    )
    publication_kinds: Mapped[tuple[str, ...] | None] = field(
        "出版物种类", kind=Many(PublicationKind), aliases=("经营品种", "发行种类", "种类")
    )
    online_sale: Mapped[bool] = field("网络发行", default=False, aliases=("是否网络发行", "是否网上销售", "网上销售"))
    online_since: Mapped[date | None] = field("网络发行开展日期", kind=Day())
    online_filing_no: Mapped[str | None] = field("网络发行备案号", kind=Text(64), aliases=("网络备案号",))
    online_filing_date: Mapped[date | None] = field("网络发行备案日期", kind=Day())
    online_url: Mapped[str | None] = field("网址", kind=Text(255, size=20), aliases=("网站", "网店地址", "网店网址"))
    floor_area_m2: Mapped[Decimal | None] = field(
        "营业面积", kind=Amount(2, "平方米"), aliases=("营业面积㎡", "营业面积（平方米）", "经营面积", "面积")
    )
    staff_count: Mapped[int | None] = field("从业人数", aliases=("职工人数", "从业人员", "员工人数"))
    ownership_kind: Mapped[OwnershipKind | None] = field("经济性质", kind=OneOf(OwnershipKind))


PUBLICATION_LICENCES = Registry(
    record=PublicationLicence,
    title="出版物经营许可证",
    unit="件",
    named_by="licensee_name",
    code="licence_no",
    identity=IDENTITY,
    columns=(
        "licensee_name",
        "uscc",
        "business_mode",
        "licence_no",
        "valid_to",
        "standing",
        "township",
        "legal_representative",
        "contact_phone",
    ),
    sections=(
        HOLDER,
        Section("经营场所", ("business_premises", "township", "division_code", "floor_area_m2", "staff_count")),
        Section("经营内容", ("business_mode", "publication_kinds", "scope_text", "ownership_kind")),
        Section("网络发行", ("online_sale", "online_since", "online_filing_no", "online_filing_date", "online_url")),
        TERM,
        PROGRESS,
    ),
    filters=("standing", "township", "business_mode", "publication_kinds", "online_sale"),
    computed=(STANDING, DAYS_LEFT),
    rules=(
        *rules.SHARED,
        rules.publication_number,
        rules.online_sale_is_filed,
        rules.large_shops_go_to_the_province,
        rules.counts_are_not_negative,
    ),
    duplicates=DUPLICATE,
    owner=OWNER,
    state="standing",
    group="许可证",
    icon="scroll-text",
    empty_hint="还没有出版物经营许可证。把现有台账拖进来，或按 Ctrl+N 新增。",
)
