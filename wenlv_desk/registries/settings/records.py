"""设置 (settings): what differs between places is written here, not in the program (domain 12); and the category list (6.3)."""

from sqlalchemy.orm import Mapped

from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Registry, Section
from wenlv_desk.core.trade_kinds import Phones


class BureauSettings(Record):
    """The one row of settings. Who issues, who handles and who supervises are three facts (domain 0.2)."""

    __tablename__ = "bureau_settings"

    bureau_name: Mapped[str] = field("本单位名称", kind=Text(64), help="如：某某市文化和旅游局")
    region_name: Mapped[str | None] = field("行政区划名称", kind=Text(32))
    division_code: Mapped[str | None] = field("行政区划代码", kind=Text(12), help="GB/T 2260 六位代码")
    publication_issuer: Mapped[str | None] = field("出版物许可发证机关", kind=Text(64))
    printing_issuer: Mapped[str | None] = field("印刷许可发证机关", kind=Text(64))
    handling_body: Mapped[str | None] = field("承办单位", kind=Text(64))
    supervising_body: Mapped[str | None] = field("监管单位", kind=Text(64))
    document_code: Mapped[str | None] = field("发文机关代字", kind=Text(16), help="如：×文旅，用于文号")
    contact_phone: Mapped[str | None] = field("窗口电话", kind=Phones())
    contact_address: Mapped[str | None] = field("窗口地址")
    office_hours: Mapped[str | None] = field("办公时间", kind=Text(64), default="8:30-11:30，13:30-17:00")
    closing_time: Mapped[str | None] = field(
        "当日收件截止", kind=Text(5), default="17:00", help="此后收件，从下一工作日起算"
    )
    publication_number_pattern: Mapped[str | None] = field(
        "出版物许可证编号式样",
        default=r"^.{0,12}新出发.{0,12}[零批].{0,3}字第?.{1,16}号$",
        help="正则；不符只提醒，不拒绝",
    )
    printing_number_pattern: Mapped[str | None] = field(
        "印刷许可证编号式样",
        default=r"^[（(]?.{1,3}[)）]?.{0,4}印[证经].{0,3}字?第?.{1,20}号$",
        help="正则；不符只提醒，不拒绝",
    )
    review_word: Mapped[str | None] = field("年审的叫法", kind=Text(16), default="年审", help="年审、年检或年度核验")


SETTINGS = Registry(
    record=BureauSettings,
    title="设置",
    unit="份",
    named_by="bureau_name",
    identity=(("bureau_name",),),
    columns=("bureau_name", "region_name", "publication_issuer", "printing_issuer"),
    sections=(
        Section(
            "本单位",
            ("bureau_name", "region_name", "division_code", "document_code", "contact_phone", "contact_address"),
        ),
        Section("三个主体", ("publication_issuer", "printing_issuer", "handling_body", "supervising_body")),
        Section("窗口", ("office_hours", "closing_time", "review_word")),
        Section("证号式样（只提醒）", ("publication_number_pattern", "printing_number_pattern")),
    ),
    single=True,
    empty_hint="还没有填写本单位信息。",
)


class Category(Record):
    """One kind of supervised unit; the code is what records store."""

    __tablename__ = "category"

    code: Mapped[str] = field("代码", kind=Text(32))
    label: Mapped[str] = field("名称", kind=Text(32), search=Search.NAME, aliases=("类别", "类别名称"))
    position: Mapped[int | None] = field("顺序")
    core_document: Mapped[str | None] = field("核心证照", kind=Text(64))
    ours: Mapped[bool | None] = field("由本单位监管", default=True)


CATEGORIES = Registry(
    record=Category,
    title="经营类别",
    unit="类",
    named_by="label",
    code="code",
    identity=(("code",),),
    columns=("position", "code", "label", "core_document", "ours"),
    sections=(Section("类别", ("code", "label", "position", "core_document", "ours")),),
    rail=False,
    empty_hint="还没有经营类别。",
)
