"""经营单位 (operator): the firms and venues the bureau supervises, with everything a card begins with (domain 4.4)."""

from datetime import date

from sqlalchemy.orm import Mapped

from wenlv_desk.core.choices import Choice
from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import Day, Many, OneOf, Text
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Computed, Duplicate, Registry, Section
from wenlv_desk.core.trade_kinds import CreditCode, Phones
from wenlv_desk.registries.grid.records import officer_of_operator
from wenlv_desk.registries.operator.rules import established_by_today, kind_fits_code


class EntityKind(Choice):
    """主体类型."""

    ENTERPRISE = "ENTERPRISE", "企业"
    INDIVIDUAL = "INDIVIDUAL", "个体工商户"
    INSTITUTION = "INSTITUTION", "事业单位"
    NON_PROFIT = "NON_PROFIT", "民办非企业"
    OTHER = "OTHER", "其他"


class OperatingStatus(Choice):
    """经营状态."""

    OPEN = "OPEN", "营业", "green"
    SUSPENDED = "SUSPENDED", "停业", "amber"
    RESTING = "RESTING", "歇业", "amber"
    CANCELLED = "CANCELLED", "注销", "neutral"
    MOVED = "MOVED", "迁出", "neutral"
    LOST = "LOST", "查无下落", "red"


class RiskGrade(Choice):
    """风险等级."""

    A = "A", "A"
    B = "B", "B"
    C = "C", "C", "amber"
    D = "D", "D", "red"
    NONE = "NONE", "未评"


class Operator(Record):
    """One supervised operator."""

    __tablename__ = "operator"

    operator_name: Mapped[str] = field(
        "单位名称",
        kind=Text(128, size=26),
        search=Search.NAME,
        aliases=("企业名称", "名称", "经营单位", "店名", "字号", "单位", "商户名称"),
    )
    uscc: Mapped[str | None] = field(
        "统一社会信用代码",
        indexed=True,
        kind=CreditCode(),
        search=Search.CODE,
        aliases=("信用代码", "社会信用代码", "统一信用代码", "营业执照号", "营业执照注册号", "注册号", "组织机构代码"),
    )
    entity_kind: Mapped[EntityKind | None] = field(
        "主体类型", kind=OneOf(EntityKind), aliases=("单位性质", "市场主体类型")
    )
    categories: Mapped[tuple[str, ...] | None] = field(
        "经营类别",
        kind=Many(register="category"),
        aliases=("类别", "行业类别", "行业", "监管类别", "所属类别"),
        help="可多选",
    )
    grade: Mapped[str | None] = field(
        "等级", kind=Text(16, size=8), aliases=("A级", "景区等级", "星级"), help="景区 AAAAA、饭店五星等"
    )
    legal_representative: Mapped[str | None] = field(
        "法定代表人",
        kind=Text(64, size=10),
        search=Search.PERSON,
        aliases=("法人", "法人代表", "负责人", "经营者", "法定代表人（负责人）"),
    )
    person_in_charge: Mapped[str | None] = field(
        "现场负责人", kind=Text(64, size=10), search=Search.PERSON, aliases=("联系人", "主要负责人")
    )
    phone: Mapped[str | None] = field(
        "联系电话",
        kind=Phones(),
        search=Search.CODE,
        secret=True,
        aliases=("电话", "手机", "手机号", "联系方式", "负责人电话"),
    )
    safety_officer: Mapped[str | None] = field("安全负责人", kind=Text(64, size=10), aliases=("安全员", "安全管理员"))
    safety_phone: Mapped[str | None] = field("安全负责人电话", kind=Phones(), secret=True, aliases=("安全员电话",))
    address: Mapped[str | None] = field(
        "地址", kind=Text(255, size=30), aliases=("经营地址", "注册地址", "经营场所", "住所", "详细地址")
    )
    division_code: Mapped[str | None] = field("区划代码", kind=Text(12, size=10))
    township: Mapped[str | None] = field(
        "乡镇街道", kind=Text(32, size=12), aliases=("镇街", "乡镇", "街道", "所属镇街", "所在乡镇")
    )
    established_on: Mapped[date | None] = field("成立日期", kind=Day(), aliases=("注册日期", "成立时间", "开业日期"))
    operating_status: Mapped[OperatingStatus] = field(
        "经营状态", kind=OneOf(OperatingStatus), default=OperatingStatus.OPEN, aliases=("状态",)
    )
    risk_grade: Mapped[RiskGrade] = field(
        "风险等级", kind=OneOf(RiskGrade), default=RiskGrade.NONE, aliases=("信用等级", "风险信用等级")
    )
    key_supervision: Mapped[bool | None] = field("重点监管")
    former_names: Mapped[str | None] = field(
        "曾用名", kind=Text(500, size=24), search=Search.NAME, aliases=("原名", "曾用名称"), help="多个用“、”隔开"
    )
    business_scope: Mapped[str | None] = field("经营范围", kind=Text(4000, block=True, size=30))
    archive_no: Mapped[str | None] = field("档案号", kind=Text(32), search=Search.CODE)
    listed_on: Mapped[date | None] = field("纳入名录日期", kind=Day())
    delisted_on: Mapped[date | None] = field("移出名录日期", kind=Day())
    delist_reason: Mapped[str | None] = field("移出原因")
    remark: Mapped[str | None] = field("备注", kind=Text(2000, block=True, size=20))


OPERATORS = Registry(
    record=Operator,
    title="经营单位",
    unit="家",
    named_by="operator_name",
    code="uscc",
    identity=(("uscc",), ("operator_name",)),
    columns=(
        "operator_name",
        "uscc",
        "categories",
        "legal_representative",
        "phone",
        "operating_status",
        "township",
        "address",
    ),
    sections=(
        Section(
            "基本信息",
            (
                "operator_name",
                "uscc",
                "entity_kind",
                "categories",
                "grade",
                "operating_status",
                "former_names",
                "established_on",
            ),
        ),
        Section("人员", ("legal_representative", "person_in_charge", "phone", "safety_officer", "safety_phone")),
        Section("地址", ("address", "township", "division_code")),
        Section(
            "监管",
            (
                "risk_grade",
                "key_supervision",
                "archive_no",
                "listed_on",
                "delisted_on",
                "delist_reason",
                "business_scope",
                "remark",
            ),
        ),
    ),
    filters=("categories", "operating_status", "township", "risk_grade"),
    computed=(Computed("grid_officer", "网格员", officer_of_operator),),
    rules=(established_by_today, kind_fits_code),
    duplicates=Duplicate(same=("uscc",), name="operator_name", beside=("phone", "address")),
    state="operating_status",
    icon="store",
    empty_hint="还没有经营单位。把现有台账拖进来，或按 Ctrl+N 新增。",
)
