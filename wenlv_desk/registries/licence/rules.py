"""What must hold of a licence's values beyond each field by itself (domain 1.5, 1.10, 2.5, 2.9)."""

import re
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from wenlv_desk.core.registry import Problem, RuleContext, Values
from wenlv_desk.registries.licence.vocabulary import OPEN_TO_INDIVIDUALS, DocumentType, PrintCategory, PrintOperatorKind
from wenlv_desk.standards.credit_code import kind_problem
from wenlv_desk.standards.finding import Severity
from wenlv_desk.standards.licence_number import matches

FILING_DAYS = 15  # 出版物市场管理规定 art. 15: shops file online sale within 15 days of starting it
LARGE_SHOP_M2 = Decimal(5000)  # 出版物市场管理规定 art. 10: retail shops of this size are reported to the province


def term_is_in_order(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """有效期止 does not lie before 有效期起."""
    first, last = values.get("valid_from"), values.get("valid_to")
    if first and last and last < first:
        yield Problem("valid_to", Severity.REJECT, f"{last} 早于有效期起 {first}，请改正")


def issue_is_in_order(values: Values, context: RuleContext) -> Iterable[Problem]:
    """首次发证日期 ≤ 发证日期 ≤ today."""
    first, issued = values.get("first_issue_date"), values.get("issue_date")
    if first and issued and first > issued:
        yield Problem("first_issue_date", Severity.REJECT, f"{first} 晚于发证日期 {issued}，请改正")
    if issued and issued > context.today:
        yield Problem("issue_date", Severity.WARN, f"{issued} 晚于今天，请核对")


def end_is_stated(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """An issued licence without an end counts as one without end (长期); said aloud, because ledgers forget the date."""
    if (values.get("issue_date") or values.get("valid_from")) and not values.get("valid_to"):
        yield Problem("valid_to", Severity.NOTE, "没有填写，按“长期”登记")


def document_fits_its_type(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """A number said to be that of an identity card has its 18 characters; the digits themselves are the field's affair."""
    number = values.get("id_doc_no")
    if number and values.get("id_doc_type") is DocumentType.CITIZEN and len(number) != 18:
        yield Problem("id_doc_no", Severity.WARN, f"证件类型是居民身份证，但号码有 {len(number)} 位，请核对")


SHARED = (term_is_in_order, issue_is_in_order, end_is_stated, document_fits_its_type)


def publication_number(values: Values, context: RuleContext) -> Iterable[Problem]:
    return _number(values, context, "publication_number_pattern")


def printing_number(values: Values, context: RuleContext) -> Iterable[Problem]:
    return _number(values, context, "printing_number_pattern")


def _number(values: Values, context: RuleContext, setting: str) -> Iterable[Problem]:
    """There is no national pattern; the bureau's own one only remarks. A pattern that is none remarks nothing."""
    pattern, number = context.settings.get(setting), values.get("licence_no")
    if pattern and number and is_pattern(pattern) and not matches(pattern, number):
        yield Problem("licence_no", Severity.NOTE, f"“{number}”与设置的证号式样不同，请核对")


def is_pattern(text: str) -> bool:
    """Whether the text is a regular expression."""
    try:
        re.compile(text)
    except re.error:
        return False
    return True


def online_sale_is_filed(values: Values, context: RuleContext) -> Iterable[Problem]:
    """Online sale is filed within 15 days of its start, and number, date and address are on record."""
    if not values.get("online_sale"):
        return
    wanted = {"online_filing_no": "备案号", "online_filing_date": "备案日期", "online_url": "网址"}
    if missing := [label for name, label in wanted.items() if not values.get(name)]:
        yield Problem("online_sale", Severity.WARN, f"开展网络发行，还缺{'、'.join(missing)}")
    since, filed = values.get("online_since"), values.get("online_filing_date")
    if since and (filed or context.today) > since + timedelta(FILING_DAYS):
        late = ((filed or context.today) - since).days
        done = "才备案" if filed else "尚未备案"
        yield Problem("online_filing_date", Severity.WARN, f"网络发行开展 {late} 天后{done}，超过 {FILING_DAYS} 天")


def large_shops_go_to_the_province(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    area = values.get("floor_area_m2")
    if area is not None and area >= LARGE_SHOP_M2:
        yield Problem("floor_area_m2", Severity.NOTE, "营业面积 5000 平方米以上，须同时报省级出版行政主管部门备案")


COUNTED = (
    "floor_area_m2",
    "staff_count",
    "plant_area_m2",
    "registered_capital_wan",
    "original_count",
    "duplicate_count",
)


def counts_are_not_negative(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    for name in COUNTED:
        if (number := values.get(name)) is not None and number < 0:
            yield Problem(name, Severity.REJECT, f"不能小于 0（现为 {number}），请改正")


def what_individuals_may_print(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """Individuals may print neither publications nor packaging (印刷业管理条例 art. 10)."""
    if values.get("operator_kind") is not PrintOperatorKind.INDIVIDUAL:
        return
    closed = [code for code in values.get("print_categories") or () if code not in OPEN_TO_INDIVIDUALS]
    if closed:
        named = "、".join(PrintCategory.of(code).label for code in closed)
        yield Problem(
            "print_categories",
            Severity.REJECT,
            f"个人不得从事{named}（印刷业管理条例第十条），请核对企业类型或经营种类",
        )


def kind_fits_code(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """企业类型 agrees with the credit code of the holder (GB 32100-2015)."""
    code, kind = values.get("uscc"), values.get("operator_kind")
    stated = "个体工商户" if kind is PrintOperatorKind.INDIVIDUAL else "企业"
    if code and kind and kind_problem(code, stated):
        yield Problem("operator_kind", Severity.NOTE, f"填的是“{kind.label}”，与信用代码开头 {code[:2]} 不符，请核对")


def made_by_this_year(values: Values, context: RuleContext) -> Iterable[Problem]:
    """A machine was made between 1900 and this year, and there is at least one."""
    year, quantity = values.get("made_year"), values.get("quantity")
    if year is not None and not 1900 <= year <= context.today.year:
        yield Problem("made_year", Severity.REJECT, f"制造年份 {year} 不在 1900 到 {context.today.year} 之间，请改正")
    if quantity is not None and quantity < 1:
        yield Problem("quantity", Severity.REJECT, "数量至少为 1，请改正")


def bar_ends_after_it_begins(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    first, last = values.get("barred_from"), values.get("barred_until")
    if first and last and last <= first:
        yield Problem("barred_until", Severity.REJECT, f"{last} 不晚于吊销日期 {first}，请改正")
