"""Licence numbers of the trade (许可证编号). There is no national pattern: normalised, compared and warned about, never parsed.

Patterns that only warn are settings of the office; `PUBLICATION_PATTERN` and `PRINTING_PATTERN` are the defaults. They are
as wide as the real numbers seen: Beijing leaves out 零 and 批, Shanghai leaves out 新出发.
"""

import re

from wenlv_desk.standards.finding import Reading, Severity
from wenlv_desk.standards.typed import INVISIBLE, LOST_DIGITS, lost_digits, typed_text

PUBLICATION_PATTERN = r"^.{0,12}新出发.{0,12}[零批]?.{0,3}字第?.{1,16}号$|^.{1,4}[零批]字第.{1,16}号$"
PRINTING_PATTERN = r"^\(?.{1,3}\)?.{0,4}印[证经].{0,3}字?第?.{1,20}号$"

_LONGEST = 60
_BRACKETS = str.maketrans("[]{}〔〕【】〖〗﹝﹞<>〈〉《》", "()" * 9)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−_", "-"))
_SERIAL = re.compile(r"(\d+)\D*$", re.ASCII)
_FILING = re.compile(r"备(?:案)?(?:字|第|号)|备字")
_BEIJING_DISTRICT = re.compile(r"新出发(?!京).{1,3}[零批]字第(大|朝|海|丰|石|门|房|通|顺|昌|怀|平|密|延|直)\d{4,7}号")
_TUTORIAL = frozenset({"L-YC-BK12345"})


def comparable(number: str) -> str:
    """The form in which two writings of one number are equal: half width, upper case, no blanks, round brackets, one dash."""
    return typed_text(number).translate(_BRACKETS).translate(_DASHES).upper()


def read_licence_number(raw: object, *, pattern: str | None = None) -> Reading[str]:
    """The number as entered, blanks only trimmed and joined; two writings of one number share their `comparable`.

    `pattern` is an office's own expression over `comparable`; a number that does not match is kept with a warning.
    """
    value = _entered(raw) if isinstance(raw, str) else typed_text(raw)
    if not value:
        return Reading(None)
    if not value.isprintable():
        return Reading(None, "许可证编号含有看不见的控制字符，请重新录入", Severity.REJECT)
    if len(value) > _LONGEST:
        return Reading(None, f"共 {len(value)} 个字，不是许可证编号，请核对", Severity.REJECT)
    if lost_digits(raw, value):
        return Reading(None, f"“{value}”：{LOST_DIGITS}", Severity.DOUBT)
    problem = _doubts(comparable(value), pattern)
    return Reading(value, problem, Severity.WARN) if problem else Reading(value)


def _entered(text: str) -> str:
    return text if text.isalnum() else " ".join(INVISIBLE.sub("", text).split())


def _doubts(number: str, pattern: str | None) -> str | None:
    """Why a number is probably not what it should be; None when nothing speaks against it."""
    serial = _SERIAL.search(number)
    if serial is None:
        return "编号中没有数字，请对照证件核对"
    if not serial[1].strip("0"):
        return f"顺序号是 {serial[1]}，像是占位的假号，请对照证件核对"
    if len(serial[1]) >= 5 and len(set(serial[1])) == 1:
        return f"顺序号 {serial[1]} 全是同一个数字，像是假号，请对照证件核对"
    if number in _TUTORIAL:
        return "这是网上教程里常见的示例编号，请对照证件核对"
    if "备" in number and _FILING.search(number):
        return "这是备案编号，不是许可证编号，请核对证件种类"
    if "京" not in number and (district := _BEIJING_DISTRICT.fullmatch(number)):
        return f"“{district[1]}”是北京市的区代字，却写在别省的编号里，请对照证件核对"
    if pattern is not None and not matches(pattern, number):
        return "编号与本单位设置的样式不同，请对照证件核对"
    return None


def matches(pattern: str, number: str) -> bool:
    """Whether the comparable form of a number fits an office's expression; re.error for a faulty expression."""
    return re.search(pattern, comparable(number)) is not None
