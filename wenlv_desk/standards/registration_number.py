"""Business registration numbers from before October 2015 (旧工商注册号): 15 digits (GS 15-2006), 13 before 2007."""

import re

from wenlv_desk.standards.finding import Reading, Severity
from wenlv_desk.standards.typed import SCIENTIFIC, typed_text

_DIGITS = re.compile(r"\d{13}|\d{15}", re.ASCII)
_LONGEST = 40


def check_digit(body: str) -> str:
    """The 15th digit for the first 14, by ISO 7064 MOD 11,10 (GS 15-2006)."""
    product = 10
    for char in body:
        product = ((product + int(char)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def is_registration_number(text: str) -> bool:
    """Whether the text has the shape of an old number; the check digit is not looked at."""
    return _DIGITS.fullmatch(text) is not None


def check_problem(number: str) -> str | None:
    """What is wrong with a number of the right shape: only the 15-digit ones carry a check digit."""
    if len(number) == 15 and (expected := check_digit(number[:14])) != number[14]:
        return f"旧注册号第 15 位校验码应为 {expected}，现为 {number[14]}，请对照旧执照核对"
    return None


def read_registration_number(raw: object) -> Reading[str]:
    """An old number as digits; other shapes (企独鲁总字第…号) are kept with a warning."""
    text = typed_text(raw).upper().replace("-", "")
    if not text:
        return Reading(None)
    if is_registration_number(text):
        problem = check_problem(text)
        return Reading(text, problem, Severity.WARN, 14) if problem else Reading(text)
    if SCIENTIFIC.fullmatch(text):
        return Reading(None, f"表格把注册号显示成了 {text}，末尾数字已经丢失，请按旧执照重新录入", Severity.DOUBT)
    if len(text) > _LONGEST:
        return Reading(None, f"共 {len(text)} 个字，不是注册号，请核对", Severity.REJECT)
    return Reading(text, "旧注册号应为 15 位（2007 年以前为 13 位）数字，请对照旧执照核对", Severity.WARN)
