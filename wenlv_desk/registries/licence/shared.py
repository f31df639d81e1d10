"""What both licences have in common (domain 1.10): one column is one line here."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import Day, OneOf, Text
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Duplicate, Owner, Section
from wenlv_desk.core.trade_kinds import CreditCode, DocumentNumber, LicenceNumber, Phones
from wenlv_desk.registries.licence.vocabulary import DocumentType, RepresentativeRole, Status
from wenlv_desk.standards.licence_number import comparable


def normal_number(values: Mapping[str, Any]) -> str | None:
    """规范化编号: what two spellings of one number share."""
    number = values.get("licence_no")
    return comparable(number) if number else None


def entered_status(values: Mapping[str, Any]) -> Status:
    """A licence entered with its dates was issued before the desk opened; one without is a draft to be issued (核发)."""
    if given := values.get("status"):
        return Status.of(given)
    issued = any(values.get(name) for name in ("issue_date", "valid_from", "valid_to"))
    return Status.ACTIVE if issued else Status.DRAFT


class Licence(Record):
    """The shared columns. Names, addresses and persons are as printed on the licence and do not follow the operator."""

    __abstract__ = True

    licence_no: Mapped[str] = field(
        "许可证编号",
        kind=LicenceNumber(),
        search=Search.CODE,
        aliases=("许可证号", "许可证号码", "许可证书编号", "许可文件编号", "证书编号", "证照编号", "证号", "编号"),
    )
    licence_no_normalized: Mapped[str] = field("规范化编号", kind=Text(64), derive=normal_number, indexed=True)
    status: Mapped[Status] = field(
        "登记状态",
        kind=OneOf(Status),
        required=False,
        initial=True,
        derive=entered_status,
        aliases=("状态", "许可证状态", "证照状态"),
        help="登记时填写，此后由变更、注销等手续改变；不填时，有发证日期或有效期的为有效，否则为草稿",
    )
    operator_id: Mapped[int] = field("所属经营单位", ref="operator")
    licensee_name: Mapped[str] = field(
        "单位名称",
        kind=Text(128, size=26),
        search=Search.NAME,
        aliases=(
            "持证单位",
            "单位名称（证载）",
            "企业名称",
            "持证单位名称",
            "名称",
            "经营单位",
            "店名",
            "单位",
            "被许可人",
        ),
        help="证上印的名称，可以与经营单位现名不同",
    )
    uscc: Mapped[str | None] = field(
        "统一社会信用代码",
        kind=CreditCode(),
        search=Search.CODE,
        aliases=(
            "信用代码",
            "社会信用代码",
            "统一信用代码",
            "统一社会信用代码/注册号",
            "注册号/统一社会信用代码",
            "营业执照号",
            "营业执照注册号",
            "注册号",
        ),
    )
    legal_representative: Mapped[str] = field(
        "法定代表人（负责人）",
        kind=Text(64, size=12),
        search=Search.PERSON,
        aliases=("法定代表人", "法人", "法人代表", "负责人", "主要负责人", "经营者", "法定代表人姓名", "投资人"),
    )
    representative_role: Mapped[RepresentativeRole | None] = field("负责人类型", kind=OneOf(RepresentativeRole))
    id_doc_type: Mapped[DocumentType | None] = field("证件类型", kind=OneOf(DocumentType))
    id_doc_no: Mapped[str | None] = field(
        "证件号码",
        kind=DocumentNumber(),
        secret=True,
        aliases=("身份证号", "身份证号码", "公民身份号码", "负责人身份证号", "法人身份证号"),
    )
    contact_phone: Mapped[str | None] = field(
        "联系电话",
        kind=Phones(),
        search=Search.CODE,
        secret=True,
        aliases=("电话", "手机", "手机号", "联系方式", "负责人电话", "电话号码"),
    )
    business_premises: Mapped[str] = field(
        "经营场所", kind=Text(255, size=30), aliases=("地址", "经营地址", "经营场所地址", "营业地址", "详细地址")
    )
    township: Mapped[str | None] = field(
        "乡镇街道", kind=Text(32, size=12), aliases=("镇街", "乡镇", "街道", "所属镇街", "所在乡镇")
    )
    division_code: Mapped[str | None] = field("区划代码", kind=Text(12, size=10), aliases=("行政区划代码",))
    scope_text: Mapped[str | None] = field(
        "经营范围",
        kind=Text(500, size=24),
        aliases=("证载经营范围", "许可范围", "核准经营范围", "许可经营范围"),
        help="照证上印的文字填写",
    )
    valid_from: Mapped[date | None] = field("有效期起", kind=Day(), aliases=("有效期自", "有效期开始", "起始日期"))
    valid_to: Mapped[date | None] = field(
        "有效期止",
        kind=Day(none_text="长期"),
        aliases=("有效期至", "有效期", "有效期限", "到期日期", "截止日期", "有效期截止", "证件有效期", "到期时间"),
        help="空白表示长期",
    )
    issuing_authority: Mapped[str | None] = field(
        "发证机关",
        kind=Text(64, size=18),
        aliases=("许可机关", "发证单位", "审批机关", "许可发证机关", "核发机关", "颁发机关"),
        help="不填时，核发按设置中的发证机关",
    )
    issue_date: Mapped[date | None] = field(
        "发证日期", kind=Day(), aliases=("许可批准日期", "核发日期", "颁证日期", "批准日期", "发证时间", "许可日期")
    )
    first_issue_date: Mapped[date | None] = field(
        "首次发证日期", kind=Day(), aliases=("初次发证日期", "首次领证日期", "初领日期")
    )
    original_count: Mapped[int | None] = field("正本份数", default=1)
    duplicate_count: Mapped[int | None] = field("副本份数", default=1)
    archive_no: Mapped[str | None] = field("档案号", kind=Text(32), search=Search.CODE, aliases=("档案编号",))
    renewal_applied_on: Mapped[date | None] = field("延续申请日期", kind=Day(), readonly=True)
    suspended_from: Mapped[date | None] = field("停业整顿起", kind=Day(), readonly=True)
    suspended_to: Mapped[date | None] = field("停业整顿止", kind=Day(), readonly=True)
    ended_on: Mapped[date | None] = field("终止日期", kind=Day(), readonly=True)
    end_reason: Mapped[str | None] = field("终止原因", kind=Text(255), readonly=True)
    end_document_no: Mapped[str | None] = field("终止文号", kind=Text(64), readonly=True)
    last_review_year: Mapped[int | None] = field("最近年审年度", readonly=True)
    last_review_result: Mapped[str | None] = field("最近年审结果", kind=Text(16), readonly=True)
    remark: Mapped[str | None] = field("备注", kind=Text(2000, block=True, size=20), aliases=("说明",))


OWNER = Owner(
    field="operator_id",
    register="operator",
    takes={
        "operator_name": "licensee_name",
        "uscc": "uscc",
        "legal_representative": "legal_representative",
        "phone": "contact_phone",
        "address": "business_premises",
        "township": "township",
        "division_code": "division_code",
    },
)
DUPLICATE = Duplicate(
    same=("licence_no_normalized",), name="licensee_name", beside=("contact_phone", "business_premises")
)
IDENTITY = (("licence_no_normalized",),)
NEEDED = ("licensee_name", "legal_representative", "representative_role", "business_premises", "contact_phone")

HOLDER = Section(
    "持证单位",
    (
        "licence_no",
        "licence_no_normalized",
        "status",
        "operator_id",
        "licensee_name",
        "uscc",
        "legal_representative",
        "representative_role",
        "id_doc_type",
        "id_doc_no",
        "contact_phone",
    ),
)
TERM = Section(
    "发证与有效期",
    (
        "issuing_authority",
        "issue_date",
        "first_issue_date",
        "valid_from",
        "valid_to",
        "original_count",
        "duplicate_count",
    ),
)
PROGRESS = Section(
    "办理与归档",
    (
        "renewal_applied_on",
        "suspended_from",
        "suspended_to",
        "ended_on",
        "end_reason",
        "end_document_no",
        "last_review_year",
        "last_review_result",
        "archive_no",
        "remark",
    ),
)
