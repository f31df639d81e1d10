"""What must hold of a kind of pledge."""

import re
from collections.abc import Iterable

from wenlv_desk.core.registry import Problem, RuleContext, Values
from wenlv_desk.standards.dates import is_month_day
from wenlv_desk.standards.finding import Severity

MOST_COPIES = 9


def season_is_a_season(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """A period is a month and a day at both ends; its end may lie in the year after (防火期: 11-01 to 05-31)."""
    for name in ("season_from", "season_to"):
        if (text := values.get(name)) and not is_month_day(text):
            yield Problem(name, Severity.REJECT, f"“{text}”不是月和日，请写成 11-01")


def prefix_is_plain(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """It begins every number and stands in the code on every page."""
    prefix = values.get("prefix")
    if prefix and not re.fullmatch("[A-Z][A-Z0-9]{0,11}", prefix):
        yield Problem("prefix", Severity.REJECT, f"“{prefix}”不能做编号字头，请用大写字母和数字，如 HLFH")


def copies_make_sense(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    copies = values.get("copies")
    if copies is not None and not 1 <= copies <= MOST_COPIES:
        yield Problem("copies", Severity.REJECT, f"须在 1 到 {MOST_COPIES} 之间，现为 {copies}，请改正")
