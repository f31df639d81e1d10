"""Telephone numbers as they stand in ledgers: mobile, landline, 400/800, short public numbers, several in one cell."""

import re

from wenlv_desk.standards.finding import Reading, Severity
from wenlv_desk.standards.typed import typed_text

_LANDLINE = re.compile(r"(?:0(?:10|2\d|[3-9]\d{2}))?-?[2-9]\d{6,7}(?:-\d{1,6})?", re.ASCII)
_USUAL = re.compile(r"1[3-9]\d{9}|0(?:10|2\d|[3-9]\d{2})-[2-9]\d{6,7}", re.ASCII)
_SERVICE = re.compile(r"[48]00-?\d{3}-?\d{4}|[48]00-?\d{4}-?\d{3}", re.ASCII)
_SHORT = re.compile(r"1(?:10|19|20|22)|1[0-9]{4}|96\d{3,4}|95\d{3,6}|12119", re.ASCII)
_SEPARATORS = re.compile(r"[、/\\;；,，|\n\r\t]+|(?:或|和|及)")
_BLANKS = re.compile(r"\s+")
_COUNTRY = re.compile(r"^(?:\+|00)?86-?(?=1[3-9]\d{9}$|0\d{2,3}-?[2-9])", re.ASCII)
_LABEL = re.compile(r"^(?:手机|电话|联系电话|固话|办公|座机|Tel|TEL|T|M)[:.：]?(?=[\d+(])")
_EXACT = re.compile(r"(1)\.(\d+)E\+?10", re.ASCII | re.IGNORECASE)
_AREA = re.compile(r"\((0\d{2,3})\)-?", re.ASCII)
_EXTENSION = re.compile(r"(?:转|分机|EXT\.?|\*|#)(?=\d{1,6}$)", re.IGNORECASE)
_MOBILE_PARTS = re.compile(r"1[3-9]\d-?\d{4}-?\d{4}", re.ASCII)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−_~", "-"))


def is_usual_phone(text: str) -> bool:
    """Whether a text is one mobile number or one landline with its code, as `read_phones` gives them."""
    return _USUAL.fullmatch(text) is not None


def read_phones(raw: object) -> Reading[tuple[str, ...]]:
    """All numbers of a cell in their order, mobile as 11 digits, landline as 0535-6681234; a doubtful one is kept as typed.

    What a spreadsheet made of a number is repaired only where no digit is lost, and said.
    """
    if isinstance(raw, str) and _USUAL.fullmatch(raw):
        return Reading((raw,))
    parts = _split(raw)
    if not parts:
        return Reading(None)
    read = [_read_one(part) for part in parts]
    numbers = tuple(dict.fromkeys(reading.value for reading in read if reading.value))
    worst = max(read, key=lambda reading: _RANK[reading.severity])
    problems = "；".join(dict.fromkeys(reading.problem for reading in read if reading.problem))
    if worst.severity is Severity.REJECT:
        return Reading(None, problems, Severity.REJECT)
    return Reading(numbers or None, problems or None, worst.severity)


_RANK = {None: 0, Severity.NOTE: 1, Severity.WARN: 2, Severity.DOUBT: 3, Severity.REJECT: 4}


def _split(raw: object) -> list[str]:
    """The numbers of a cell; a blank parts two numbers only where both sides are whole numbers."""
    if not isinstance(raw, str):
        return [text] if (text := typed_text(raw)) else []
    parts: list[str] = []
    for part in _SEPARATORS.split(raw):
        words = [typed_text(word) for word in _BLANKS.split(part.strip())]
        whole = [word for word in words if len(re.sub(r"\D", "", word)) >= 7]
        parts += words if len(whole) == len(words) else ["".join(words)]
    return [part for part in parts if part]


def _read_one(text: str) -> Reading[str]:
    if _USUAL.fullmatch(text):
        return Reading(text)
    if text.endswith(".0") and text[:-2].isdigit():
        return _stated(text[:-2], text)
    if exact := _EXACT.fullmatch(text):
        digits = exact[1] + exact[2]
        if len(digits) <= 11 and len(exact[2]) < 8:
            said = f"表格把电话显示成了 {text}，末尾数字已经丢失，请重新核对录入"
            return Reading(None, said, Severity.DOUBT)
        return _stated(digits.ljust(11, "0"), text)
    number = _plain(text)
    if number is None:
        return _odd(text)
    return Reading(number)


def _stated(digits: str, text: str) -> Reading[str]:
    number = _plain(digits)
    if number is None:
        return _odd(digits)
    return Reading(number, f"表格中的“{text}”已还原为 {number}", Severity.NOTE)


def _plain(text: str) -> str | None:
    """The number in its usual form, None when it has none of the known shapes."""
    bare = _EXTENSION.sub("-", _AREA.sub(r"\1-", _LABEL.sub("", text.translate(_DASHES))))
    bare = _COUNTRY.sub("", bare)
    if _MOBILE_PARTS.fullmatch(bare):
        return bare.replace("-", "")
    if _SERVICE.fullmatch(bare):
        return bare.replace("-", "")
    if _LANDLINE.fullmatch(bare):
        return _with_hyphen(bare)
    return bare if _SHORT.fullmatch(bare) else None


def _with_hyphen(landline: str) -> str:
    """05356681234 as 0535-6681234: three-digit codes are 010 and 02x."""
    if not landline.startswith("0"):
        return landline.lstrip("-")
    length = 3 if landline[1] in "12" else 4
    return f"{landline[:length]}-{landline[length:].lstrip('-')}"


def _odd(text: str) -> Reading[str]:
    digits = re.sub(r"\D", "", text)
    if not digits:
        return Reading(None, f"“{text}”不是电话号码", Severity.REJECT)
    if text.isdigit() and text.startswith("1") and len(text) != 11:
        return Reading(text, f"“{text}”是 {len(text)} 位，手机号应为 11 位，请核对", Severity.WARN)
    return Reading(text, f"“{text}”不像手机、固定电话或服务号码，请核对", Severity.WARN)
