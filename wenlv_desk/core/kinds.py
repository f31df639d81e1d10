"""Kinds: how a type of value is read from what is typed or stands in a cell, shown, exported and masked.

A kind has no state. `read` takes anything a cell can hold (None, str, int, float, bool, date, datetime, Decimal) and never raises
for bad input: it returns a `Reading`. `show` gives the text a list, a form and a paper print; `read(show(value))` is the value.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from wenlv_desk.core.choices import Choice
from wenlv_desk.standards.finding import Reading, Severity

BLANKS = frozenset({"", "—", "——", "-", "--", "/", "\\", "N/A", "n/a", "无", "空"})
LISTED = 8  # a vocabulary up to so long is listed whole in a refusal
SEPARATORS = str.maketrans(dict.fromkeys("，,;；|/ \t\n", "、"))


class Editor(StrEnum):
    """Which widget edits a kind."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    CHECK = "check"
    ONE = "one"
    MANY = "many"
    RECORD = "record"
    FILE = "file"


class Lookup(Protocol):
    """What a kind may ask about other registers; keys are record ids for references and codes for code lists."""

    def label(self, register: str, key: int | str) -> str:
        """The text that names the record, `“…”（已不在库）` when it is gone."""

    def options(self, register: str) -> Sequence[tuple[str, str]]:
        """All (code, label) of a code list in its own order."""

    def words(self, register: str) -> Mapping[str, str]:
        """Other words for the codes of a code list (别名): what ledgers call them, by word."""

    def has(self, register: str, key: int) -> bool:
        """Whether there is a record of that id."""

    def find(self, register: str, text: str) -> Sequence[int]:
        """Ids of the records whose identity is exactly the text (credit code, licence number, name)."""


@dataclass(frozen=True)
class Context:
    """What reading may depend on: today's date, and the other registers."""

    today: date
    lookup: Lookup


def _not_offered(text: str, labels: Sequence[str]) -> str:
    """That a word is not in a vocabulary, which is listed when it is short."""
    listed = "、".join(labels) if len(labels) <= LISTED else f"{'、'.join(labels[:3])} 等 {len(labels)} 项"
    return f"“{text}”不在可选范围（{listed}）内，请改正"


def rejected(problem: str) -> Reading[Any]:
    return Reading(None, problem, Severity.REJECT)


def plain_text(raw: Any) -> str:
    """A cell as text without inventing anything: 15.0 is 15, a date is ISO, a bool is 是/否."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    if isinstance(raw, datetime):
        return raw.date().isoformat() if (raw.hour, raw.minute, raw.second) == (0, 0, 0) else str(raw)
    return str(raw)


class Kind:
    """The base: a value that is its own text."""

    editor = Editor.LINE
    width = 14  # characters in a list or workbook column
    right = False
    identifier = False  # exported as text, never as a number

    def read(self, raw: Any, context: Context) -> Reading[Any]:  # noqa: ARG002
        return Reading(plain_text(raw).strip() or None)

    def evident(self) -> Callable[[str], bool]:
        """Tells whether a text is clean and its own value at first sight, as most of 100,000 cells are; `read` decides on the others."""
        return lambda _text: False

    def show(self, value: Any, lookup: Lookup) -> str:  # noqa: ARG002
        return "" if value is None else str(value)

    def export(self, value: Any, lookup: Lookup) -> Any:
        """The cell a workbook gets; identifiers and most kinds give text."""
        return self.show(value, lookup)

    def mask(self, shown: str) -> str:
        """The shown text with personal digits hidden; kinds without any return it as it is."""
        return shown

    def options(self, lookup: Lookup) -> Sequence[tuple[str, str]]:  # noqa: ARG002
        """(code, label) of a closed vocabulary, else nothing."""
        return ()


def unprintable(text: str) -> str | None:
    """The first character that no paper, workbook or database can keep: controls, lone surrogates, non-characters."""
    if text.isprintable():
        return None
    for char in text:
        code = ord(char)
        if (code < 32 and char != "\n") or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code & 0xFFFE == 0xFFFE:
            return char
    return None


@dataclass(frozen=True)
class Text(Kind):
    """Free text up to `limit` characters; a line keeps no line breaks, a block does."""

    limit: int = 255
    block: bool = False
    size: int = 18

    @property
    def editor(self) -> Editor:  # type: ignore[override]
        return Editor.TEXT if self.block else Editor.LINE

    @property
    def width(self) -> int:  # type: ignore[override]
        return self.size

    def read(self, raw: Any, context: Context) -> Reading[Any]:  # noqa: ARG002
        text = raw.strip() if isinstance(raw, str) else plain_text(raw).strip()
        if not text:
            return Reading(None)
        if text.isprintable() and len(text) <= self.limit:
            return Reading(text)
        return self._repair(text)

    def evident(self) -> Callable[[str], bool]:
        limit = self.limit
        return lambda text: len(text) <= limit and text.isprintable() and text[:1] != " " and text[-1:] not in ("", " ")

    def _repair(self, text: str) -> Reading[Any]:
        clean = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        if bad := unprintable(clean):
            return rejected(f"含有看不见的控制字符 U+{ord(bad):04X}，请删去后再填")
        if not self.block and "\n" in clean:
            clean = " ".join(part.strip() for part in clean.split("\n") if part.strip())
        if len(clean) > self.limit:
            return rejected(f"共 {len(clean)} 个字，超过 {self.limit} 字的上限，请缩短或写入备注")
        if clean != text and not self.block:
            return Reading(clean, "换行、制表符已改为空格", Severity.NOTE)
        return Reading(clean)


class Whole(Kind):
    """A whole number (户数、人数、份数)."""

    width = 8
    right = True

    def read(self, raw: Any, context: Context) -> Reading[Any]:
        number = Amount(places=0).read(raw, context)
        return Reading(None if number.value is None else int(number.value), number.problem, number.severity)

    def export(self, value: Any, lookup: Lookup) -> Any:  # noqa: ARG002
        return value


@dataclass(frozen=True)
class Amount(Kind):
    """A decimal with `places` places in `unit`; a unit typed behind the number is accepted when it is the same."""

    places: int = 2
    unit: str = ""
    right = True
    width = 12

    def read(self, raw: Any, context: Context) -> Reading[Any]:  # noqa: ARG002
        from wenlv_desk.standards.amounts import read_amount

        if raw is None or (isinstance(raw, str) and raw.strip() in BLANKS):
            return Reading(None)
        reading: Reading[Decimal] = read_amount(raw, unit=self.unit)
        if reading.value is None:
            return reading
        if abs(reading.value) >= Decimal(10) ** 14:
            return rejected(f"“{plain_text(raw)}”过大，请核对单位")
        exact = reading.value.quantize(Decimal(1).scaleb(-self.places))
        if exact != reading.value:
            return rejected(f"“{plain_text(raw)}”的小数超过 {self.places} 位，请改正")
        return Reading(exact, reading.problem, reading.severity)

    def show(self, value: Any, lookup: Lookup) -> str:  # noqa: ARG002
        return "" if value is None else f"{value:.{self.places}f}"

    def export(self, value: Any, lookup: Lookup) -> Any:  # noqa: ARG002
        return value


@dataclass(frozen=True)
class Day(Kind):
    """A date; `none_text` is what an absent date means and how it is typed (长期)."""

    none_text: str = ""
    editor = Editor.DAY
    width = 12

    def read(self, raw: Any, context: Context) -> Reading[Any]:  # noqa: ARG002
        from wenlv_desk.standards.dates import read_date

        if raw is None or (isinstance(raw, str) and raw.strip() in BLANKS):
            return Reading(None)
        if isinstance(raw, str) and self.none_text and raw.strip() == self.none_text:
            return Reading(None)
        return read_date(raw, long_term=bool(self.none_text))

    def show(self, value: Any, lookup: Lookup) -> str:  # noqa: ARG002
        return self.none_text if value is None else value.isoformat()

    def export(self, value: Any, lookup: Lookup) -> Any:  # noqa: ARG002
        return self.none_text if value is None else value


class Moment(Kind):
    """A date and time of day, local, to the second (Asia/Shanghai); whole minutes are shown without seconds."""

    width = 16

    def read(self, raw: Any, context: Context) -> Reading[Any]:  # noqa: ARG002
        text = plain_text(raw).strip()
        if not text:
            return Reading(None)
        try:
            at = raw if isinstance(raw, datetime) else datetime.fromisoformat(text)
        except ValueError:
            return rejected(f"“{text}”不是日期时间，请写成 2026-01-05 09:30:00")
        if at.tzinfo is not None:
            return rejected(f"“{text}”带有时区，请写成当地时间 2026-01-05 09:30:00")
        return Reading(at.replace(microsecond=0, fold=0))

    def show(self, value: Any, lookup: Lookup) -> str:  # noqa: ARG002
        if value is None:
            return ""
        return str(value.isoformat(sep=" ", timespec="seconds" if value.second else "minutes"))


class YesNo(Kind):
    """是 or 否; blank means not known."""

    editor = Editor.CHECK
    width = 6

    def read(self, raw: Any, context: Context) -> Reading[Any]:  # noqa: ARG002
        from wenlv_desk.standards.amounts import read_yes_no

        return read_yes_no(raw)

    def show(self, value: Any, lookup: Lookup) -> str:  # noqa: ARG002
        return "" if value is None else "是" if value else "否"

    def options(self, lookup: Lookup) -> Sequence[tuple[str, str]]:  # noqa: ARG002
        return (("是", "是"), ("否", "否"))


@dataclass(frozen=True)
class OneOf(Kind):
    """One member of a `Choice`."""

    choice: type[Choice]
    editor = Editor.ONE
    width = 10

    def read(self, raw: Any, context: Context) -> Reading[Any]:  # noqa: ARG002
        text = plain_text(raw).strip()
        if not text:
            return Reading(None)
        for member in self.choice:
            if text in (member.label, member.value):
                return Reading(member)
        if text in BLANKS:
            return Reading(None)
        return rejected(_not_offered(text, [member.label for member in self.choice]))

    def show(self, value: Any, lookup: Lookup) -> str:  # noqa: ARG002
        return "" if value is None else str(value.label)

    def options(self, lookup: Lookup) -> Sequence[tuple[str, str]]:  # noqa: ARG002
        return tuple((member.value, member.label) for member in self.choice)


@dataclass(frozen=True)
class Offered(Text):
    """One of the codes that the operation's `offers` give for the record at hand; the operation itself refuses any other."""

    limit: int = 64
    editor = Editor.ONE


@dataclass(frozen=True)
class Many(Kind):
    """A set of codes, from a `Choice` or from a code list register, shown as labels joined by 、 in their own order."""

    choice: type[Choice] | None = None
    register: str = ""
    size: int = 20
    editor = Editor.MANY

    @property
    def width(self) -> int:  # type: ignore[override]
        return self.size

    def options(self, lookup: Lookup) -> Sequence[tuple[str, str]]:
        return OneOf(self.choice).options(lookup) if self.choice else lookup.options(self.register)

    def read(self, raw: Any, context: Context) -> Reading[Any]:
        text = plain_text("、".join(raw) if isinstance(raw, tuple) else raw).strip()
        if not text:
            return Reading(None)
        options = self.options(context.lookup)
        by_text = dict(context.lookup.words(self.register)) if self.register else {}
        by_text |= {label: code for code, label in options} | {code: code for code, _ in options}
        if text in by_text:
            return Reading((by_text[text],))
        if text in BLANKS:
            return Reading(None)
        chosen, unknown = _taken({"、".join(_parts(word)): code for word, code in by_text.items()}, _parts(text))
        if unknown:
            return rejected(_not_offered("、".join(unknown), [label for _, label in options]))
        return Reading(tuple(code for code, _ in options if code in chosen) or None)

    def show(self, value: Any, lookup: Lookup) -> str:
        if not value:
            return ""
        labels = dict(self.options(lookup))
        return "、".join(labels.get(code, code) for code in value)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.translate(SEPARATORS).split("、") if part.strip()]


def _taken(codes: Mapping[str, str], parts: list[str]) -> tuple[set[str], list[str]]:
    """The codes of the parts and the parts that are none; several parts may be one label (演出经纪机构、个体演员), longest first."""
    chosen: set[str] = set()
    unknown: list[str] = []
    while parts:
        for length in range(len(parts), 0, -1):
            if (code := codes.get("、".join(parts[:length]))) is not None:
                chosen.add(code)
                del parts[:length]
                break
        else:
            unknown.append(parts.pop(0))
    return chosen, unknown


@dataclass(frozen=True)
class Reference(Kind):
    """Another record by its id, shown and typed by what names it there."""

    register: str
    editor = Editor.RECORD
    width = 24

    def read(self, raw: Any, context: Context) -> Reading[Any]:
        if isinstance(raw, int) and not isinstance(raw, bool):
            known = context.lookup.has(self.register, raw)
            return Reading(raw) if known else rejected(f"库中没有编号为 {raw} 的记录，可能已被撤销，请重新选择")
        text = plain_text(raw).strip()
        if not text:
            return Reading(None)
        found = context.lookup.find(self.register, text)
        if len(found) == 1:
            return Reading(found[0])
        if not found:
            return rejected(f"库中没有“{text}”，请先登记或改正写法")
        return Reading(
            None, f"库中有 {len(found)} 个“{text}”，请改用信用代码或证号指明", Severity.DOUBT, suggestions=tuple(found)
        )

    def show(self, value: Any, lookup: Lookup) -> str:
        return "" if value is None else lookup.label(self.register, value)


class FilePath(Kind):
    """A file on this machine, given to an operation that reads it; its name must be text that can be kept."""

    editor = Editor.FILE
    width = 30

    def read(self, raw: Any, context: Context) -> Reading[Any]:
        if bad := unprintable(plain_text(raw)):
            return rejected(f"文件名或路径含有控制字符或乱码（U+{ord(bad):04X}），请先把文件改名")
        return super().read(raw, context)
