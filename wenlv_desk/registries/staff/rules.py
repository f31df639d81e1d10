"""What must hold of a member of the staff beyond each field by itself."""

from collections.abc import Iterable

from wenlv_desk.core.choices import Role
from wenlv_desk.core.registry import Problem, RuleContext, Values
from wenlv_desk.standards.finding import Severity


def certificate_is_valid(values: Values, context: RuleContext) -> Iterable[Problem]:
    """An enforcement certificate past its day is named: its holder cannot inspect."""
    until = values.get("cert_valid_to")
    if until and until < context.today:
        yield Problem("cert_valid_to", Severity.NOTE, f"执法证 {until} 已到期，到期后不能参加执法检查")


def inspectors_hold_a_certificate(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """Only certificate holders inspect (行政处罚法 art. 42); grid officers without one patrol (国办发〔2024〕54号)."""
    if Role.INSPECTOR in (values.get("roles") or ()) and not values.get("enforcement_cert_no"):
        yield Problem("enforcement_cert_no", Severity.WARN, "角色含执法人员，但没有执法证号")
