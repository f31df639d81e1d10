"""人员 (staff): who works here, in which roles, and who holds an enforcement certificate (执法证; domain 4.5)."""

from datetime import date

from sqlalchemy.orm import Mapped

from wenlv_desk.core.choices import Choice, Role
from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import Day, Many, OneOf, Text
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Duplicate, Registry, Section
from wenlv_desk.core.trade_kinds import CitizenNumber, Phones
from wenlv_desk.registries.staff.rules import certificate_is_valid, inspectors_hold_a_certificate


class Gender(Choice):
    """性别."""

    MALE = "MALE", "男"
    FEMALE = "FEMALE", "女"


class StaffStatus(Choice):
    """在岗状态; only who is 在岗 is drawn or assigned."""

    ON_DUTY = "ON_DUTY", "在岗", "green"
    SECONDED = "SECONDED", "借调", "amber"
    ON_LEAVE = "ON_LEAVE", "休假", "amber"
    LEFT = "LEFT", "离岗"


class CertIssuer(Choice):
    """执法证 issued by."""

    JUSTICE = "JUSTICE", "司法部统一"
    PROVINCE = "PROVINCE", "省政府"
    MINISTRY = "MINISTRY", "部门"


class Domain(Choice):
    """执法领域: the accounts that the upper platforms keep apart (文化和旅游, 新闻出版, 广电, 电影, 文物)."""

    CULTURE = "CULTURE", "文化市场"
    TOURISM = "TOURISM", "旅游"
    PRESS = "PRESS", "出版印刷"
    BROADCAST = "BROADCAST", "广播电视"
    FILM = "FILM", "电影"
    HERITAGE = "HERITAGE", "文物"
    SPORTS = "SPORTS", "体育"


class Staff(Record):
    """One member of the staff, or an outside expert."""

    __tablename__ = "staff"

    name: Mapped[str] = field("姓名", kind=Text(64, size=10), search=Search.PERSON, aliases=("人员姓名", "执法人员"))
    gender: Mapped[Gender | None] = field("性别", kind=OneOf(Gender))
    org: Mapped[str | None] = field("单位", kind=Text(64, size=18), aliases=("工作单位", "所属单位", "执法主体"))
    department: Mapped[str | None] = field("科室", kind=Text(64, size=14), aliases=("所在科室", "部门", "内设机构"))
    post: Mapped[str | None] = field("职务", kind=Text(64, size=12), aliases=("职务（职级）", "岗位"))
    roles: Mapped[tuple[str, ...] | None] = field("角色", kind=Many(Role), help="决定能办哪些手续，可多选")
    status: Mapped[StaffStatus] = field(
        "在岗状态", kind=OneOf(StaffStatus), default=StaffStatus.ON_DUTY, aliases=("状态", "人员状态")
    )
    status_since: Mapped[date | None] = field("状态自", kind=Day())
    enforcement_cert_no: Mapped[str | None] = field(
        "执法证号",
        kind=Text(32, size=16),
        search=Search.CODE,
        aliases=("执法证件号", "执法证编号", "行政执法证号", "证件编号"),
    )
    cert_valid_to: Mapped[date | None] = field("执法证有效期", kind=Day(), aliases=("执法证有效期至", "证件有效期"))
    cert_issuer: Mapped[CertIssuer | None] = field("执法证发证类型", kind=OneOf(CertIssuer))
    domains: Mapped[tuple[str, ...] | None] = field("执法领域", kind=Many(Domain), aliases=("执法类别", "执法范围"))
    is_expert: Mapped[bool] = field("外聘专家", default=False, help="专家只协助检查，不计入两名检查人员")
    id_no: Mapped[str | None] = field(
        "身份证号", kind=CitizenNumber(), secret=True, aliases=("身份证号码", "公民身份号码"), help="非必要不登记"
    )
    phone: Mapped[str | None] = field(
        "手机", kind=Phones(), search=Search.CODE, secret=True, aliases=("电话", "联系电话", "手机号", "手机号码")
    )
    remark: Mapped[str | None] = field("备注", kind=Text(500))


STAFF = Registry(
    record=Staff,
    title="人员",
    unit="人",
    named_by="name",
    code="enforcement_cert_no",
    identity=(("enforcement_cert_no",), ("name", "department")),
    columns=("name", "department", "post", "roles", "enforcement_cert_no", "cert_valid_to", "status", "phone"),
    sections=(
        Section("本人", ("name", "gender", "org", "department", "post", "phone", "id_no", "status", "status_since")),
        Section("权限", ("roles",)),
        Section("执法", ("enforcement_cert_no", "cert_valid_to", "cert_issuer", "domains", "is_expert", "remark")),
    ),
    filters=("department", "roles", "status", "domains"),
    rules=(certificate_is_valid, inspectors_hold_a_certificate),
    duplicates=Duplicate(same=("enforcement_cert_no", "id_no"), name="name", beside=("phone",)),
    state="status",
    below=True,
    icon="user",
    empty_hint="还没有人员。先登记窗口和科室的同事，再给每人定角色。",
)
