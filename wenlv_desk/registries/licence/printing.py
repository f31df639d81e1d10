"""印刷经营许可证 (printing_licence) and the presses of its holder (印刷业管理条例; domain 2.9)."""

from decimal import Decimal

from sqlalchemy.orm import Mapped

from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import Amount, Many, OneOf, Text
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Owner, Registry, Section
from wenlv_desk.registries.licence import rules
from wenlv_desk.registries.licence.shared import DUPLICATE, HOLDER, IDENTITY, OWNER, PROGRESS, TERM, Licence
from wenlv_desk.registries.licence.standing import DAYS_LEFT, STANDING
from wenlv_desk.registries.licence.vocabulary import (
    FiveSystem,
    IssuingLevel,
    PrintCategory,
    PrintOperatorKind,
    SpecialItem,
)


class PrintingLicence(Licence):
    """One 印刷经营许可证 as it stands now; earlier versions are in 变更记录."""

    __tablename__ = "printing_licence"

    operator_kind: Mapped[PrintOperatorKind | None] = field(
        "企业类型", kind=OneOf(PrintOperatorKind), aliases=("经营者类型",), help="企业或个人"
    )
    print_categories: Mapped[tuple[str, ...] | None] = field(
        "经营种类", kind=Many(PrintCategory), aliases=("印刷种类", "许可种类", "印刷类别", "类别", "种类")
    )
    registered_address: Mapped[str | None] = field("住所", kind=Text(255, size=30), aliases=("注册地址", "企业住所"))
    plant_area_m2: Mapped[Decimal | None] = field(
        "厂房面积", kind=Amount(2, "平方米"), aliases=("厂房面积㎡", "厂房面积（平方米）", "面积")
    )
    registered_capital_wan: Mapped[Decimal | None] = field(
        "注册资本", kind=Amount(2, "万元"), aliases=("注册资本（万元）", "注册资金", "注册资金（万元）")
    )
    training_cert_no: Mapped[str | None] = field(
        "印刷法规培训合格证号", kind=Text(64), aliases=("印刷法规培训合格证书", "培训合格证号")
    )
    training_cert_holder: Mapped[str | None] = field("培训合格证持有人", kind=Text(64, size=10))
    five_systems: Mapped[tuple[str, ...] | None] = field(
        "五项制度", kind=Many(FiveSystem), aliases=("五项管理制度",), help="已建立的制度"
    )
    issuing_level: Mapped[IssuingLevel | None] = field(
        "发证层级", kind=OneOf(IssuingLevel), help="不填时，核发按经营种类：出版物印刷为省，其余为市"
    )
    special_items: Mapped[tuple[str, ...] | None] = field("特殊印件", kind=Many(SpecialItem))


PRINTING_LICENCES = Registry(
    record=PrintingLicence,
    title="印刷经营许可证",
    unit="件",
    named_by="licensee_name",
    code="licence_no",
    identity=IDENTITY,
    columns=(
        "licensee_name",
        "uscc",
        "print_categories",
        "licence_no",
        "valid_to",
        "standing",
        "township",
        "legal_representative",
        "contact_phone",
    ),
    sections=(
        HOLDER,
        Section("经营场所", ("business_premises", "registered_address", "township", "division_code", "plant_area_m2")),
        Section("经营内容", ("operator_kind", "print_categories", "scope_text", "registered_capital_wan")),
        Section("管理", ("five_systems", "special_items", "training_cert_no", "training_cert_holder")),
        Section(TERM.title, (*TERM.fields, "issuing_level")),
        PROGRESS,
    ),
    filters=("standing", "township", "print_categories", "operator_kind", "issuing_level"),
    computed=(STANDING, DAYS_LEFT),
    rules=(
        *rules.SHARED,
        rules.printing_number,
        rules.what_individuals_may_print,
        rules.kind_fits_code,
        rules.counts_are_not_negative,
    ),
    duplicates=DUPLICATE,
    owner=OWNER,
    state="standing",
    group="许可证",
    icon="scroll-text",
    empty_hint="还没有印刷经营许可证。把现有台账拖进来，或按 Ctrl+N 新增。",
)


class PrintingEquipment(Record):
    """One kind of machine of a licensed printer (主要设备)."""

    __tablename__ = "printing_equipment"

    licence_id: Mapped[int] = field("所属许可证", ref="printing_licence", aliases=("许可证编号", "许可证号"))
    equipment_name: Mapped[str] = field(
        "设备名称", kind=Text(64, size=18), search=Search.NAME, aliases=("名称", "主要设备")
    )
    model: Mapped[str | None] = field("型号", kind=Text(64), search=Search.CODE, aliases=("规格型号", "设备型号"))
    quantity: Mapped[int] = field("数量", default=1, aliases=("台数",))
    made_year: Mapped[int | None] = field("制造年份", aliases=("出厂年份", "购置年份"))
    obsolete: Mapped[bool | None] = field("淘汰设备", aliases=("是否淘汰",))
    remark: Mapped[str | None] = field("备注", kind=Text(255))


PRINTING_EQUIPMENT = Registry(
    record=PrintingEquipment,
    title="印刷设备",
    unit="项",
    named_by="equipment_name",
    identity=(("licence_id", "equipment_name", "model"),),
    columns=("licence_id", "equipment_name", "model", "quantity", "made_year", "obsolete"),
    sections=(
        Section("设备", ("licence_id", "equipment_name", "model", "quantity", "made_year", "obsolete", "remark")),
    ),
    filters=("obsolete",),
    rules=(rules.made_by_this_year,),
    owner=Owner(field="licence_id", register="printing_licence", takes={}),
    rail=False,
    empty_hint="还没有登记设备。",
)
