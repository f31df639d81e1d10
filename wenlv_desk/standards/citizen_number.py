"""Citizen number (公民身份号码, GB 11643-1999), residence permits of HK, Macao and Taiwan, foreigners' permanent residence.

The place is never held against today's divisions: people keep the number of a county that is gone. A failing check digit
warns and may be overridden with a reason.
"""

import re
from datetime import date
from functools import cache
from operator import mul

from wenlv_desk.standards.finding import Reading, Severity
from wenlv_desk.standards.regions import is_known_prefecture, is_known_province
from wenlv_desk.standards.typed import LOST_DIGITS, lost_digits, typed_text, zeroed_tail

_WEIGHTS = tuple(pow(2, 17 - position, 11) for position in range(17))
_ZEROS = ord("0") * sum(_WEIGHTS)  # what the codes of the digits weigh more than the digits
_CHECK = "10X98765432"
_SHAPE = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
_OLD = re.compile(r"[1-9]\d{14}", re.ASCII)
_RESIDENCE = ("81", "82", "83")  # 港澳台居民居住证: Hong Kong, Macao, Taiwan
_PERMANENT = "9"  # 外国人永久居留身份证 since 2023: 9, province of application, three digits of nationality, birth
_OLDEST = 150  # years


def check_character(body: str) -> str:
    """The 18th character for the first 17 digits (ISO 7064 MOD 11-2)."""
    return _CHECK[(sum(map(mul, body.encode(), _WEIGHTS)) - _ZEROS) % 11]


def lengthen(number: str) -> str:
    """18 characters from an old number of 15 digits: 19 before the year, check character behind."""
    body = f"{number[:6]}19{number[6:]}"
    return body + check_character(body)


def birth_date(number: str) -> date | None:
    """The day of birth in an 18-character number, None when there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def is_female(number: str) -> bool:
    """An even 17th digit."""
    return int(number[16]) % 2 == 0


def read_citizen_number(raw: object, *, today: date) -> Reading[str]:
    """18 characters, 15 digits lengthened with a note; blanks removed, x in upper case."""
    if isinstance(raw, str) and _SHAPE.fullmatch(raw):
        text = raw
    else:
        text = typed_text(raw).upper().lstrip("'").replace("-", "")
        if not text:
            return Reading(None)
        if lost_digits(raw, text):
            return Reading(None, f"“{text}”：{LOST_DIGITS}", Severity.DOUBT)
        if _OLD.fullmatch(text):
            return _lengthened(text, today)
        if not _SHAPE.fullmatch(text):
            return _misshapen(text)
    expected = check_character(text[:17])
    if zeroed_tail(text) and text[17] != expected:
        return Reading(None, f"末三位都是 0 且校验不符：{LOST_DIGITS}", Severity.DOUBT, 15)
    problem, position = _content_problem(text, today)
    if problem:
        return Reading(text, problem, Severity.WARN, position)
    if text[17] == expected:
        return Reading(text)
    said = f"第 18 位校验码应为 {expected}，现为 {text[17]}，请对照证件逐位核对"
    return Reading(text, said, Severity.WARN, 17, (text[:17] + expected,))


def _lengthened(old: str, today: date) -> Reading[str]:
    text = lengthen(old)
    problem, position = _content_problem(text, today)
    if problem:
        return Reading(old, f"15 位旧号码：{problem}", Severity.WARN, position)
    return Reading(text, f"15 位旧号码已按国家标准升为 18 位 {text}", Severity.NOTE)


def _content_problem(text: str, today: date) -> tuple[str | None, int | None]:
    """What is wrong with place or birth, and where it stands in the 18 characters."""
    if place := _place_problem(text[:6]):
        return place, 0
    birth = birth_date(text)
    if birth is None:
        return f"出生日期 {text[6:10]} 年 {text[10:12]} 月 {text[12:14]} 日不存在，请核对第 7 至 14 位", 6
    if birth > today:
        return f"出生日期 {birth.isoformat()} 晚于今天，请核对第 7 至 14 位", 6
    if today.year - birth.year > _OLDEST:
        return f"按号码计算已满 {today.year - birth.year} 岁，请核对第 7 至 10 位", 6
    return None, None


@cache
def _place_problem(code: str) -> str | None:
    if code.startswith(_RESIDENCE):
        return None
    if code.startswith(_PERMANENT):
        return None if is_known_province(code[1:3]) else f"以 9 开头的外国人永久居留证号码没有省份代码 {code[1:3]}"
    if not is_known_province(code):
        return f"没有以 {code[:2]} 开头的省份代码，请核对第 1、2 位"
    if not is_known_prefecture(code):
        return f"历年区划代码中没有以 {code[:4]} 开头的地区，请核对第 1 至 4 位"
    return None


def _misshapen(text: str) -> Reading[str]:
    if not text.isascii() or not text.isalnum():
        char = next(char for char in text if not (char.isascii() and char.isalnum()))
        return Reading(None, f"含有“{char}”，不是公民身份号码", Severity.REJECT, text.index(char))
    if len(text) not in (15, 18):
        said = f"公民身份号码应为 18 位，现有 {len(text)} 位；如系护照等其他证件，请填入备注"
        return Reading(None, said, Severity.REJECT)
    position = next((index for index, char in enumerate(text) if not char.isdigit()), 0)
    said = f"第 {position + 1} 位“{text[position]}”有误：除末位可为 X 外只能是数字，首位不能是 0"
    better = text[:17].translate(_LOOKALIKE) + text[17:]
    fits = len(better) == 18 and _SHAPE.fullmatch(better) is not None and check_character(better[:17]) == better[17]
    return Reading(None, said, Severity.DOUBT if fits else Severity.REJECT, position, (better,) if fits else ())


_LOOKALIKE = str.maketrans("OILSZB", "011528")
