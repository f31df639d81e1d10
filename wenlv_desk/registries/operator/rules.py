"""What must hold of an operator's values beyond each field by itself."""

from collections.abc import Iterable

from wenlv_desk.core.registry import Problem, RuleContext, Values
from wenlv_desk.standards.credit_code import kind_problem
from wenlv_desk.standards.finding import Severity


def established_by_today(values: Values, context: RuleContext) -> Iterable[Problem]:
    """成立日期 is not in the future."""
    day = values.get("established_on")
    if day and day > context.today:
        yield Problem("established_on", Severity.WARN, f"{day.isoformat()} 晚于今天，请核对")


def kind_fits_code(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """主体类型 agrees with the first two characters of the credit code (GB 32100-2015, table of registering departments)."""
    code, kind = values.get("uscc"), values.get("entity_kind")
    if code and kind and (problem := kind_problem(code, kind.label)):
        yield Problem("entity_kind", Severity.NOTE, problem)
