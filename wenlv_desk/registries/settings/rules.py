"""What must hold of the settings and of a category."""

import re
from collections.abc import Iterable

from wenlv_desk.core.kinds import SEPARATORS
from wenlv_desk.core.registry import Problem, RuleContext, Values
from wenlv_desk.standards.dates import is_month_day
from wenlv_desk.standards.finding import Severity

CODE = re.compile(r"[A-Z0-9_]+")
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def patterns_are_patterns(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """A number pattern that is no regular expression would warn of every licence."""
    for name in ("publication_number_pattern", "printing_number_pattern"):
        try:
            re.compile(values.get(name) or "")
        except re.error as error:
            yield Problem(
                name, Severity.REJECT, f"不是正确的正则表达式（第 {(error.pos or 0) + 1} 个字起），请改正或留空"
            )


def numbers_make_sense(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    limits = {
        "publication_term_years": 50,
        "printing_term_years": 50,
        "renewal_days": 365,
        "draw_cooldown_months": 60,
        "checks_per_year": 366,
        "publish_within_days": 365,
        "grid_target": 100,
        "grid_most": 100,
    }
    for name, most in limits.items():
        if (number := values.get(name)) is not None and not 1 <= number <= most:
            yield Problem(name, Severity.REJECT, f"须在 1 到 {most} 之间，现为 {number}，请改正")


def closing_time_is_a_time(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    if (text := values.get("closing_time")) and not CLOCK.fullmatch(text):
        yield Problem("closing_time", Severity.REJECT, f"“{text}”不是钟点，请写成 17:00")


def season_days_are_days(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    for name in ("fire_season_from", "fire_season_to", "high_risk_from", "high_risk_to"):
        if (text := values.get(name)) and not is_month_day(text):
            yield Problem(name, Severity.REJECT, f"“{text}”不是月和日，请写成 11-01")


def codes_are_plain(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """A code is stored joined by commas in other records, so it has no punctuation."""
    if (code := values.get("code")) and not CODE.fullmatch(code):
        yield Problem("code", Severity.REJECT, f"“{code}”只能用大写字母、数字和下划线，如 BOOK_RETAIL")


def labels_are_single(values: Values, context: RuleContext) -> Iterable[Problem]:  # noqa: ARG001
    """Records show several categories joined by separators, so a label holds none."""
    label = values.get("label") or ""
    if held := [char for char in label if char == "、" or ord(char) in SEPARATORS]:
        yield Problem("label", Severity.REJECT, f"名称里不能有“{held[0]}”，多个类别并列时要靠它隔开，请换一种写法")
