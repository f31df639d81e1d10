"""XML Spreadsheet 2003 (XML 电子表格 2003), which many government systems export under the name .xls or .xlsx.

Read as a stream by expat; a file with a document type or entity declarations is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final
from xml.parsers import expat

from wenlv_desk.ledger.reading.encoding import utf8_bytes
from wenlv_desk.ledger.reading.model import Cell, Merge
from wenlv_desk.ledger.reading.raw import LAST_COLUMN, LAST_LINE, RawSheet, sheet_of_cells
from wenlv_desk.ledger.reading.refusals import DAMAGED, ENTITIES, UNKNOWN_FORMAT, Refusal
from wenlv_desk.ledger.reading.wire import whole

_BLOCK: Final = 1 << 20
_FIRST_DAY: Final = date(1899, 12, 31)  # a time of day is written as a moment of this day


def read_spreadsheetml(data: bytes) -> Iterator[RawSheet | str]:
    """Every worksheet. Numbers keep every digit that is written. Raises Refusal."""
    text = utf8_bytes(data).lstrip()
    book = _Book()
    parser = expat.ParserCreate("utf-8")  # expat knows no GBK, and what is declared may be wrong
    parser.StartElementHandler = book.start
    parser.EndElementHandler = book.end
    parser.CharacterDataHandler = book.text
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.buffer_text = True
    try:
        for start in range(0, len(text), _BLOCK):
            parser.Parse(text[start : start + _BLOCK])
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Refusal(DAMAGED) from error
    if not book.is_workbook:
        raise Refusal(UNKNOWN_FORMAT)
    yield from book.parts()


def _refuse(*_: object) -> None:
    raise Refusal(ENTITIES)


@dataclass
class _Sheet:
    name: str
    visible: bool = True
    cells: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[Merge] = field(default_factory=list)


@dataclass
class _Book:
    """What expat has told so far."""

    sheets: list[_Sheet] = field(default_factory=list)
    is_workbook: bool = False
    line: int = 0
    column: int = 0
    wide: int = 0
    kind: str = "String"
    taken: list[str] | None = None
    in_comment: bool = False
    in_visible: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Rows and cells count on from the one before unless they say where they stand."""
        values = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        match name.rpartition(":")[2]:
            case "Workbook":
                self.is_workbook = True
            case "Worksheet":
                self.sheets.append(_Sheet(values.get("Name", "")))
                self.line = 0
            case "Row" if self.sheets:
                self.line = _place(values.get("Index"), self.line + 1, LAST_LINE)
                self.column = self.wide = 0
            case "Cell" if self.sheets:
                self._start_cell(values)
            case "Comment":
                self.in_comment = True
            case "Data" if self.sheets and not self.in_comment:
                self.kind = values.get("Type", "String")
                self.taken = []
            case "Visible":
                self.in_visible = True

    def _start_cell(self, values: dict[str, str]) -> None:
        self.column = _place(values.get("Index"), self.column + self.wide + 1, LAST_COLUMN)
        self.wide = _place(values.get("MergeAcross"), 0, LAST_COLUMN)
        down = _place(values.get("MergeDown"), 0, LAST_LINE)
        if self.wide or down:
            merge = Merge(self.line, self.column, self.line + down, self.column + self.wide)
            self.sheets[-1].merged.append(merge)

    def end(self, name: str) -> None:
        """A finished Data element is a finished cell."""
        match name.rpartition(":")[2]:
            case "Data" if self.taken is not None:
                value = _value(self.kind, "".join(self.taken))
                if value is not None:
                    self.sheets[-1].cells.setdefault(self.line, {})[self.column] = value
                self.taken = None
            case "Comment":
                self.in_comment = False
            case "Visible":
                self.in_visible = False

    def text(self, characters: str) -> None:
        """Formatting inside a cell splits its text; all of it counts."""
        if self.taken is not None:
            self.taken.append(characters)
        elif self.in_visible and self.sheets and "Hidden" in characters:
            self.sheets[-1].visible = False

    def parts(self) -> Iterator[RawSheet | str]:
        """The sheets, with a note for each hidden one."""
        for sheet in self.sheets:
            if not sheet.visible:
                yield f"工作表“{sheet.name}”是隐藏的。"
            yield sheet_of_cells(sheet.name, sheet.cells, visible=sheet.visible, merged=tuple(sheet.merged))


def _place(written: str | None, otherwise: int, last: int) -> int:
    place = int(written) if written and written.isdecimal() else otherwise
    if place > last:
        raise Refusal(DAMAGED)
    return place


def _value(kind: str, text: str) -> Cell:
    if not text:
        return None
    try:
        match kind:
            case "Number":
                return int(text) if re.fullmatch(r"-?\d{1,25}", text) else whole(float(text))
            case "DateTime":
                return _moment(datetime.fromisoformat(text))
            case "Boolean":
                return text == "1"
    except (ValueError, OverflowError):
        return text
    return text


def _moment(moment: datetime) -> date | datetime | time:
    if moment.date() == _FIRST_DAY:
        return moment.time()
    return moment.date() if moment.time() == time() else moment
