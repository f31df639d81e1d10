"""Cells of a column read by the kind of its field: repeated texts once, and with everything said that was not taken as it stands."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wenlv_desk.core.fields import Field
from wenlv_desk.core.kinds import BLANKS, Context, Day, Editor, Reference, Text, plain_text
from wenlv_desk.ledger.marks import NOTHING, unmarked
from wenlv_desk.ledger.model import About, RowProblem
from wenlv_desk.ledger.options import suggested, translated
from wenlv_desk.standards.finding import Reading, Severity

_EXACT = re.compile(r"(?s).*（([^（）]+)）")
VOCABULARY = (Editor.ONE, Editor.MANY, Editor.CHECK)


@dataclass(frozen=True, slots=True)
class Read:
    """A cell as read. `emptied`: it says "none" aloud (长期), which is more than being blank."""

    value: Any
    problem: RowProblem | None = None
    emptied: bool = False


BLANK = Read(None)


@dataclass
class ColumnRead:
    """A whole column as read; problems and emptied cells by position."""

    values: list[Any]
    problems: dict[int, RowProblem] = field(default_factory=dict)
    emptied: set[int] = field(default_factory=set)


def read_column(of: Field, cells: Iterable[Any], words: Mapping[str, str], context: Context) -> ColumnRead:
    """Read the cells of one column, each different one once; `words` are the clerk's translations."""
    raw = list(cells)
    if len(set(map(type, raw)) & {bool, int, float}) > 1:  # True, 1 and 1.0 would be one key
        return _one_by_one(of, raw, words, context)
    evident, special = of.kind.evident(), NOTHING.union(words)
    values: dict[Any, Any] = {None: None}
    odd: dict[Any, Read] = {}
    for cell in dict.fromkeys(raw):
        if cell is None:
            continue
        plain = type(cell) is str and evident(cell) and cell not in special and cell[0] != "'"
        if plain and not (of.secret and "*" in cell):
            values[cell] = cell
            continue
        read = read_cell(of, cell, words, context)
        values[cell] = read.value
        if read.problem is not None or read.emptied:
            odd[cell] = read
    made = ColumnRead(list(map(values.__getitem__, raw)))
    if odd:
        for position, cell in enumerate(raw):
            if cell in odd:
                _say(made, position, odd[cell])
    return made


def _one_by_one(of: Field, raw: Sequence[Any], words: Mapping[str, str], context: Context) -> ColumnRead:
    made = ColumnRead([])
    for position, cell in enumerate(raw):
        read = read_cell(of, cell, words, context)
        made.values.append(read.value)
        _say(made, position, read)
    return made


def _say(made: ColumnRead, position: int, read: Read) -> None:
    if read.problem is not None:
        made.problems[position] = read.problem
    if read.emptied:
        made.emptied.add(position)


def read_cell(of: Field, raw: Any, words: Mapping[str, str], context: Context) -> Read:
    """One cell by its field."""
    if isinstance(raw, str):
        text = raw.strip()
        if not text:
            return BLANK
        if text in NOTHING:
            return _remark(of, text, f"“{text}”视为空白")
        if text[0] == "'":
            raw = unmarked(text)
        if of.secret and "*" in text:
            return _remark(of, text, "这是遮掩过的号码，不导入；库中已有的保持不变")
    if words:
        text = plain_text(raw).strip()
        translation = translated(of.kind, text, words)
        if translation != text:
            raw = translation
    if isinstance(of.kind, Reference) and (found := _EXACT.fullmatch(plain_text(raw))):
        code = found[1]  # as this program exports a reference: the code, or the number of the record, alone is sure
        raw = int(code[1:]) if code.startswith("#") and code[1:].isdecimal() else code
    reading = of.kind.read(raw, context)
    if reading.problem is None:
        return Read(reading.value) if reading.value is not None else _nothing(of, raw)
    return Read(reading.value, _problem(of, raw, reading, context))


def _remark(of: Field, text: str, message: str) -> Read:
    return Read(None, RowProblem(of.name, text, Severity.NOTE, message, About.REMARK))


def _nothing(of: Field, raw: Any) -> Read:
    """A cell that reads as no value and is not in error: 长期 says so aloud, a dash only fills the cell."""
    text = plain_text(raw).strip()
    if not text or isinstance(of.kind, Text):
        return BLANK
    if isinstance(of.kind, Day) and text not in BLANKS:
        return Read(None, emptied=True)
    return _remark(of, text, f"“{text}”视为空白")


def _problem(of: Field, raw: Any, reading: Reading[Any], context: Context) -> RowProblem:
    assert reading.problem is not None
    assert reading.severity is not None
    text = plain_text(raw)
    if reading.severity is Severity.REJECT and of.kind.editor in VOCABULARY:
        message = f"{of.label}：{reading.problem}；“照此登记”则这一项留空"
        return RowProblem(
            of.name, text, Severity.DOUBT, message, About.OPTION, suggested(of.kind, text, context.lookup)
        )
    suggestions = tuple(of.kind.show(value, context.lookup) for value in reading.suggestions)
    about = About.REMARK if reading.severity is Severity.NOTE else About.VALUE
    message = reading.problem if of.label in reading.problem else f"{of.label}：{reading.problem}"
    return RowProblem(of.name, text, reading.severity, message, about, suggestions, position=reading.position)


def cells_of(rows: Sequence[Any], index: int | None) -> Iterable[Any]:
    """The cells of one column of a table's rows, nothing for a field without a column."""
    return (None for _ in rows) if index is None else (row.cells[index] for row in rows)
