"""Amounts and yes-or-no as typed: "1,500(万)", "50(万元人民币)", "300平方米", 壹佰万元整, √."""

import re
from decimal import Decimal

from wenlv_desk.standards.finding import Reading, Severity
from wenlv_desk.standards.typed import typed_text

YES = frozenset({"是", "有", "√", "✓", "✔", "☑", "对", "已", "Y", "YES", "TRUE", "T", "1"})
NO = frozenset({"否", "无", "没有", "未", "×", "✕", "✗", "✘", "☐", "错", "N", "NO", "FALSE", "F", "0", "X"})

_PLAIN = re.compile(r"-?\d{1,15}(?:\.\d{1,10})?", re.ASCII)
_TYPED = re.compile(
    r"(?P<sign>[-+]?)(?:人民币|RMB|CNY|¥)?(?P<number>\d{1,3}(?:[,']\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+)"
    r"(?P<times>[万亿千百]?)(?P<unit>.*)",
    re.ASCII,
)
_CURRENCY = re.compile(r"(?:人民币|RMB|CNY|元整|圆整|元|圆|整|正)", re.IGNORECASE)
_TIMES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_CAPITAL_DIGITS = {char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")} | {"两": 2, "〇": 0}
_CAPITAL_UNITS = {"拾": 10, "佰": 100, "仟": 1000}
_COMMON = str.maketrans("一二三四五六七八九十百千圆", "壹贰叁肆伍陆柒捌玖拾佰仟元")
_CAPITAL = re.compile(r"[零壹贰叁肆伍陆柒捌玖两〇拾佰仟万亿]+")
_SIDE_BY_SIDE = re.compile(r"[壹贰叁肆伍陆柒捌玖两][零壹贰叁肆伍陆柒捌玖两〇]")
_BRACKETS = str.maketrans("", "", "()[]")


def read_amount(raw: object, *, unit: str = "") -> Reading[Decimal]:
    """A number counted in `unit` (万元、元、平方米、人、台…), exact as typed.

    万 and 元 are carried over to the unit asked for: "1,500(万)" is 1500 in 万元 and 15000000 in 元. Another unit
    is doubtful (50(万美元) for 万元); a comma that parts no thousands too.
    """
    if isinstance(raw, bool):
        return Reading(None, f"“{'是' if raw else '否'}”不是数字", Severity.REJECT)
    if isinstance(raw, int | Decimal):
        return Reading(Decimal(raw))
    if isinstance(raw, float):
        return _from_float(raw)
    text = typed_text(raw)
    if not text:
        return Reading(None)
    return Reading(Decimal(text)) if _PLAIN.fullmatch(text) else _read_text(text, unit)


def _from_float(number: float) -> Reading[Decimal]:
    """The shortest decimal that is this float: 0.1 stays 0.1, as the cell shows it."""
    value = Decimal(repr(number))
    return Reading(value) if value.is_finite() else Reading(None, f"“{number}”不是数字", Severity.REJECT)


def _read_text(text: str, unit: str) -> Reading[Decimal]:
    found = _TYPED.fullmatch(text)
    if found is None:
        return _read_capital(text, unit)
    bare = found["number"].replace(",", "").replace("'", "")
    number = Decimal(f"{found['sign']}{bare.rstrip('.') or '0'}")
    if found["unit"].startswith((",", ".")):
        return Reading(None, f"“{text}”中的逗号或小数点位置不对，请核对", Severity.DOUBT)
    return _in_unit(text, number, found["times"] + found["unit"].translate(_BRACKETS), unit)


def _in_unit(text: str, number: Decimal, stated: str, unit: str) -> Reading[Decimal]:
    """`number` of the stated unit, counted in the unit asked for."""
    if not stated or stated == unit:
        return Reading(number)
    times = stated[0] if stated[0] in _TIMES else ""
    rest = stated[len(times) :]
    if unit.endswith("元") and unit[:-1] in _TIMES:
        if _CURRENCY.sub("", rest):
            return _other_unit(text, unit)
        factor = Decimal(_TIMES[times]) / _TIMES[unit[:-1]]
        return _carried(text, number, factor, unit)
    if rest in ("", unit) or _ALIASES.get(rest, rest) == unit:
        return _carried(text, number, Decimal(_TIMES[times]), unit)
    return _other_unit(text, unit)


_ALIASES = dict.fromkeys(("㎡", "m2", "M2", "平米", "平方", "平", "m²"), "平方米") | dict.fromkeys(
    ("名", "位", "个人"), "人"
)


def _carried(text: str, number: Decimal, factor: Decimal, unit: str) -> Reading[Decimal]:
    value = number * factor
    if factor == 1:
        return Reading(value)
    return Reading(value, f"“{text}”已换算为 {value.normalize():f} {unit}".rstrip(), Severity.NOTE)


def _other_unit(text: str, unit: str) -> Reading[Decimal]:
    asked = f"，此处以“{unit}”计" if unit else "，此处只填数字"
    return Reading(None, f"“{text}”的单位对不上{asked}，请核对", Severity.DOUBT)


def _read_capital(text: str, unit: str) -> Reading[Decimal]:
    """Numbers in Chinese, ordinary or in capitals (中文大写金额): 壹佰万元整."""
    plain = (
        _CURRENCY.sub("", text.translate(_COMMON), count=1) if text.startswith("人民币") else text.translate(_COMMON)
    )
    found = _CAPITAL.match(plain)
    if found is None:
        return Reading(None, f"“{text}”读不出数字", Severity.REJECT)
    value = _capital(found[0])
    if value is None:
        return Reading(None, f"“{text}”读不出数字", Severity.REJECT)
    reading = _in_unit(text, Decimal(value), plain[found.end() :] or ("元" if unit.endswith("元") else ""), unit)
    if reading.value is None or reading.problem:
        return reading
    return Reading(reading.value, f"“{text}”已读作 {reading.value.normalize():f}", Severity.NOTE)


def _capital(numeral: str) -> int | None:
    """十二 as 12, 二〇二六 as 2026; None for digits side by side among units (二三百)."""
    if all(char in _CAPITAL_DIGITS for char in numeral):
        return int("".join(str(_CAPITAL_DIGITS[char]) for char in numeral))
    if _SIDE_BY_SIDE.search(numeral):
        return None
    total = section = digit = 0
    for char in numeral:
        if char in _CAPITAL_DIGITS:
            digit = _CAPITAL_DIGITS[char]
        elif char in _CAPITAL_UNITS:
            section += (digit or 1) * _CAPITAL_UNITS[char]
            digit = 0
        else:
            section = (total + section + digit) * _TIMES[char] if char == "亿" else (section + digit) * _TIMES[char]
            total, section, digit = (section, 0, 0) if char == "亿" else (total + section, 0, 0)
    return total + section + digit


def read_yes_no(raw: object) -> Reading[bool]:
    """True for 是、有、√, False for 否、无、×; None for nothing."""
    if isinstance(raw, bool):
        return Reading(raw)
    text = typed_text(raw).upper()
    if not text:
        return Reading(None)
    if text in YES:
        return Reading(True)
    if text in NO:
        return Reading(False)
    return Reading(None, f"“{text}”读不出是或否，请填“是”或“否”", Severity.REJECT)
