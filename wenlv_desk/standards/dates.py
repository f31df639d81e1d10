"""Dates as they are typed, printed on licences or kept in cells: 2026.1.5, 20260105, 二〇二六年一月五日, 45678, 长期.

A day is never invented in silence: 2018年4月 gives no value, but its last day as a suggestion for the clerk to confirm
(民法典 art. 200 counts by the calendar). 年底 states 31 December by itself.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wenlv_desk.standards.finding import Reading, Severity
from wenlv_desk.standards.typed import typed_text

_EPOCH_1900 = date(1899, 12, 30)  # serial 1 is 1900-01-01; right from 1900-03-01, before that nobody has licences
_EPOCH_1904 = date(1904, 1, 1)
_SERIALS = range(3655, 73051)  # 1910-01-02 to 2100-01-01; below stand years, counts and plain mistakes
_YEARS = range(1900, 2200)

LONG_TERM_WORDS = frozenset(
    {
        "长期",
        "长期有效",
        "永久",
        "永久有效",
        "无固定期限",
        "无期限",
        "不限期",
        "不限",
        "无限期",
        "长久",
        "至长期",
        "有效期长期",
        "永续",
    }
)

_FULL = re.compile(r"(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})(?:日|号)?\.?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})(?:年|[-./])(\d{1,2})(月?)(?:底|末|份)?", re.ASCII)
_MONTH_COMPACT = re.compile(r"(\d{4})(\d{2})", re.ASCII)
_YEAR_END = re.compile(r"(\d{4})年?(?:年)?[底末]", re.ASCII)
_YEAR = re.compile(r"(\d{4})年?", re.ASCII)
_SHORT = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{1,2})", re.ASCII)
_TAIL_YEAR = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})", re.ASCII)
_SHORT_CN = re.compile(r"'?(\d{2})年(\d{1,2})月(\d{1,2})(?:日|号)?", re.ASCII)
_TIME = re.compile(r"(?<=[\d日号])[T ]?(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?:Z|[+-]\d\d:?\d\d)?$", re.ASCII)
_SERIAL = re.compile(r"\d{4,5}(?:\.\d+)?", re.ASCII)
_AROUND = re.compile(
    r"^(?:许可证)?(?:有效)?(?:期限?)?[:：]?(?:为|自|从|至|到|截[止至])?|(?:止|为止|截止|前|起|。|，|,|;)+$"
)
_RANGE = re.compile(r"(?:至|到|~|—+|–|--|起(?=[长永无不]))")
_HYPHEN_RANGE = re.compile(r"(.*日|\d{4}[./]\d{1,2}[./]\d{1,2})-(.+)")
_NUMERAL = re.compile(r"[〇零○O一二三四五六七八九十廿卅元两]+(?=[年月日号])")
_DIGITS = dict(zip("〇零○O一二两三四五六七八九", "00001223456789", strict=True))


@dataclass(frozen=True, slots=True)
class Period:
    """Validity as stated: `end` None together with `long_term` means without end, without it nothing was said."""

    start: date | None
    end: date | None
    long_term: bool = False


def show_date_cn(day: date) -> str:
    """2026年1月5日, without leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def is_month_day(text: str) -> bool:
    """Whether a text is a month and a day that every year has: 11-01."""
    if not re.fullmatch(r"\d{2}-\d{2}", text):
        return False
    try:
        date.fromisoformat(f"2001-{text}")
    except ValueError:
        return False
    return True


def is_long_term(raw: object) -> bool:
    """Whether the text says that there is no end (长期、永久、无固定期限)."""
    return isinstance(raw, str) and _stripped(typed_text(raw)) in LONG_TERM_WORDS


def from_serial(serial: float, *, date_1904: bool = False) -> date | None:
    """The day of a spreadsheet's serial number, its time of day dropped; None outside 1910 to 2100."""
    if not _SERIALS.start <= serial < _SERIALS.stop:
        return None
    return (_EPOCH_1904 if date_1904 else _EPOCH_1900) + timedelta(days=int(serial))


def read_date(raw: object, *, long_term: bool = False, date_1904: bool = False) -> Reading[date]:
    """One day. Month or year alone, and 03/04/27, are doubtful with the possible days as suggestions.

    `long_term` says that 长期 is a proper answer (value None, clean); otherwise it is refused. A range is refused here:
    `read_period` reads both its ends.
    """
    if isinstance(raw, str):
        if (full := _FULL.fullmatch(raw)) is not None:
            return _day(full[1], full[2], full[3], raw)
        return _read_text(raw, long_term=long_term, date_1904=date_1904)
    if isinstance(raw, date) and raw.year not in _YEARS:
        return _read_text(f"{raw:%Y-%m-%d}", long_term=long_term, date_1904=date_1904)
    if isinstance(raw, datetime):
        return _without_time(Reading(raw.date()), raw.strftime("%H:%M") if raw.time() else "")
    if raw is None or isinstance(raw, date):
        return Reading(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return _read_text(str(raw), long_term=long_term, date_1904=date_1904)
    return _read_number(raw, date_1904)


def read_period(raw: object) -> Reading[Period]:
    """Validity as one text: 2014年8月14日至2017年8月14日, 有效期至2020年4月12日, 2010年12月至2015年12月, 自…起长期."""
    text = typed_text(raw) if isinstance(raw, str) else ""
    ends = _halves(text)
    if ends is None:
        if is_long_term(text):
            return Reading(Period(None, None, long_term=True))
        only = read_date(raw)
        suggested = tuple(Period(None, day) for day in only.suggestions)
        value = Period(None, only.value) if only.value else None
        return Reading(value, only.problem, only.severity, only.position, suggested)
    start, end = read_date(ends[0]), read_date(ends[1], long_term=True)
    problem = "；".join(filter(None, (start.problem, end.problem))) or None
    if problem:
        worst = Severity.REJECT if Severity.REJECT in (start.severity, end.severity) else Severity.DOUBT
        first, last = (reading.value or next(iter(reading.suggestions), None) for reading in (start, end))
        likely = Period(first, last)
        return Reading(None, problem, worst, None, (likely,) if likely.start and likely.end else ())
    if start.value and end.value and end.value < start.value:
        said = f"止期 {end.value.isoformat()} 早于起期 {start.value.isoformat()}，请核对"
        return Reading(None, said, Severity.DOUBT, None, (Period(end.value, start.value),))
    return Reading(Period(start.value, end.value, long_term=end.value is None))


def _halves(text: str) -> tuple[str, str] | None:
    """Both ends of a range, None when there is only one."""
    bare = _AROUND.sub("", text)
    parts = [part for part in _RANGE.split(bare) if part]
    if len(parts) == 2 and any(char.isdigit() for char in _arabic(parts[0])):
        return parts[0], parts[1]
    if (hyphen := _HYPHEN_RANGE.fullmatch(bare)) and any(char.isdigit() for char in hyphen[2]):
        return hyphen[1], hyphen[2]
    return None


def _read_number(number: float, date_1904: bool) -> Reading[date]:
    day = from_serial(number, date_1904=date_1904)
    if day is None:
        return _read_text(typed_text(number), long_term=False, date_1904=date_1904)
    said = f"“{typed_text(number)}”是表格的日期序号，已读作 {show_date_cn(day)}"
    return Reading(day, said, Severity.NOTE)


def _without_time(reading: Reading[date], time: str) -> Reading[date]:
    """A time of day other than midnight is dropped, and that is said."""
    if reading.problem or not time.strip("0:. "):
        return reading
    return Reading(reading.value, f"只保留日期，钟点 {time} 已略去", Severity.NOTE)


def _stripped(text: str) -> str:
    """Without 有效期至 before and 止 behind, and without a time of day."""
    return _AROUND.sub("", _TIME.sub("", text))


def _read_text(typed: str, *, long_term: bool, date_1904: bool) -> Reading[date]:
    text = typed_text(_TIME.sub("", typed.strip()))
    if not text:
        return Reading(None)
    bare = _arabic(_stripped(text))
    if bare in LONG_TERM_WORDS:
        if long_term:
            return Reading(None)
        return Reading(None, f"“{typed.strip()}”不是具体日期，此处须填写年月日", Severity.REJECT)
    if _halves(text) is not None:
        return Reading(None, f"“{typed.strip()}”是起止两个日期，请分别填写", Severity.DOUBT)
    for pattern, read in _READERS:
        if (found := pattern.fullmatch(bare)) is not None:
            time = _TIME.search(typed.strip())
            return _without_time(read(found, typed.strip()), time[1] if time else "")
    if _SERIAL.fullmatch(bare) and from_serial(float(bare), date_1904=date_1904):
        return _read_number(float(bare), date_1904)
    return Reading(None, f"“{typed.strip()}”读不出日期，请写成 2026-01-05 或 2026年1月5日", Severity.REJECT)


def _day(year: str, month: str, day: str, typed: str) -> Reading[date]:
    try:
        value = date(int(year), int(month), int(day))
    except ValueError:
        return Reading(None, f"“{typed}”：{_impossible(int(year), int(month), int(day))}", Severity.REJECT)
    if value.year not in _YEARS:
        return Reading(None, f"“{typed}”的年份 {value.year} 不合常理，请核对", Severity.DOUBT)
    return Reading(value)


def _impossible(year: int, month: int, day: int) -> str:
    if year == 0:
        return "没有公元 0 年"
    if not 1 <= month <= 12:
        return f"没有 {month} 月"
    last = monthrange(year, month)[1]
    return f"{year} 年 {month} 月只有 {last} 天，没有 {day} 日"


def _read_full(found: re.Match[str], typed: str) -> Reading[date]:
    return _day(found[1], found[2], found[3], typed)


def _read_month(found: re.Match[str], typed: str) -> Reading[date]:
    year, month = int(found[1]), int(found[2])
    if not 1 <= month <= 12:
        return Reading(None, f"“{typed}”：没有 {month} 月", Severity.REJECT)
    if year not in _YEARS:
        return Reading(None, f"“{typed}”读不出日期，请写成 2026-01-05 或 2026年1月5日", Severity.REJECT)
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    said = f"“{typed}”没有写日，请确认是哪一天（如为截止日期，一般是 {show_date_cn(last)}）"
    return Reading(None, said, Severity.DOUBT, None, (last, first))


def _read_year_end(found: re.Match[str], typed: str) -> Reading[date]:
    return _day(found[1], "12", "31", typed)


def _read_year(found: re.Match[str], typed: str) -> Reading[date]:
    year = int(found[1])
    if year not in _YEARS:
        return Reading(None, f"“{typed}”读不出日期，请写成 2026-01-05 或 2026年1月5日", Severity.REJECT)
    last = date(year, 12, 31)
    said = f"“{typed}”没有写月和日，请确认是哪一天（如为截止日期，一般是 {show_date_cn(last)}）"
    return Reading(None, said, Severity.DOUBT, None, (last, date(year, 1, 1)))


def _read_short(found: re.Match[str], typed: str) -> Reading[date]:
    """Three small numbers: year first, as written here, or day first, as foreign programs write."""
    one, two, three = found.groups()
    return _ambiguous(typed, [(f"20{one:0>2}", two, three), (f"20{three:0>2}", two, one), (f"20{three:0>2}", one, two)])


def _read_tail_year(found: re.Match[str], typed: str) -> Reading[date]:
    one, two, year = found.groups()
    return _ambiguous(typed, [(year, two, one), (year, one, two)])


def _read_short_cn(found: re.Match[str], typed: str) -> Reading[date]:
    return _ambiguous(typed, [(f"20{found[1]}", found[2], found[3]), (f"19{found[1]}", found[2], found[3])])


def _ambiguous(typed: str, orders: list[tuple[str, str, str]]) -> Reading[date]:
    days = tuple(dict.fromkeys(day for order in orders if (day := _day(*order, typed).value) is not None))
    if not days:
        return Reading(None, f"“{typed}”怎样读都不是日期，请写成 2026-01-05 或 2026年1月5日", Severity.REJECT)
    named = "、".join(map(show_date_cn, days))
    return Reading(None, f"“{typed}”可以读作 {named}，请选定", Severity.DOUBT, None, days)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], Reading[date]]], ...] = (
    (_FULL, _read_full),
    (_COMPACT, _read_full),
    (_YEAR_END, _read_year_end),
    (_MONTH, _read_month),
    (_MONTH_COMPACT, _read_month),
    (_YEAR, _read_year),
    (_TAIL_YEAR, _read_tail_year),
    (_SHORT, _read_short),
    (_SHORT_CN, _read_short_cn),
)


def _arabic(text: str) -> str:
    """Chinese numerals before 年、月、日 as digits: 二〇二六年十二月卅一日 as 2026年12月31日."""
    return _NUMERAL.sub(lambda found: _number(found[0]), text) if _NUMERAL.search(text) else text


def _number(numeral: str) -> str:
    spread = numeral.replace("廿", "二十").replace("卅", "三十").replace("元", "一")
    if "十" not in spread:
        return "".join(_DIGITS[char] for char in spread)
    tens, _, ones = spread.partition("十")
    if not all(char in _DIGITS for char in tens + ones):
        return numeral
    return str(int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0"))) if len(tens + ones) <= 2 else numeral
