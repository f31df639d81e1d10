"""Web pages saved as .xls (网页表格), as many systems export: every table is a sheet, every cell stays text."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

from wenlv_desk.ledger.reading.encoding import decode
from wenlv_desk.ledger.reading.model import Cell, Merge
from wenlv_desk.ledger.reading.raw import LAST_COLUMN, LAST_LINE, RawSheet, sheet_of_cells
from wenlv_desk.ledger.reading.refusals import Refusal

_NO_TABLE: Final = "这是网页，里面没有表格。网页表格常把数据放在另一个文件里，请用 Excel 打开后另存为 xlsx。"


def read_html(data: bytes) -> Iterator[RawSheet | str]:
    """Every table of the page as a sheet. Raises Refusal when there is none."""
    page = _Page()
    page.feed(decode(data))
    page.close()
    page.close_cell()
    if not page.tables:
        raise Refusal(_NO_TABLE)
    for number, table in enumerate(page.tables, 1):
        yield sheet_of_cells(f"表{number}", table.cells, merged=tuple(table.merged))


class _Table:
    def __init__(self) -> None:
        self.cells: dict[int, dict[int, Cell]] = {}
        self.merged: list[Merge] = []
        self.line = 0
        self.column = 0
        self.reaching_down: dict[int, int] = {}
        """By column, the last line that a cell from above still covers."""

    def next_row(self) -> None:
        self.line += 1
        self.column = 0
        if self.line > LAST_LINE:
            raise Refusal(f"网页表格超过 {LAST_LINE:,} 行。")

    def next_cell(self, across: int, down: int) -> None:
        self.line = self.line or 1
        self.column += 1
        while self.reaching_down.get(self.column, 0) >= self.line:
            self.column += 1
        right, bottom = self.column + across - 1, self.line + down - 1
        if right > LAST_COLUMN:
            raise Refusal(f"网页表格超过 {LAST_COLUMN:,} 列。")
        if across > 1 or down > 1:
            self.merged.append(Merge(self.line, self.column, bottom, right))
        if down > 1:
            self.reaching_down.update(dict.fromkeys(range(self.column, right + 1), bottom))
        self.place = self.line, self.column
        self.column = right

    def put(self, text: str) -> None:
        if text:
            line, column = self.place
            self.cells.setdefault(line, {})[column] = text


class _Page(HTMLParser):
    """Nested tables are text of the cell they stand in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.depth = 0
        self.taken: list[str] | None = None
        self.silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.tables.append(_Table())
        elif tag in ("style", "script"):
            self.silent = True
        elif self.depth == 1 and tag == "tr":
            self.close_cell()
            self.tables[-1].next_row()
        elif self.depth == 1 and tag in ("td", "th"):
            self.close_cell()
            values = dict(attrs)
            self.tables[-1].next_cell(
                _span(values.get("colspan"), LAST_COLUMN), _span(values.get("rowspan"), LAST_LINE)
            )
            self.taken = []
        elif tag == "br" and self.taken is not None:
            self.taken.append("\x00")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script"):
            self.silent = False
        elif tag in ("td", "th", "tr") and self.depth == 1:
            self.close_cell()
        elif tag == "table" and self.depth:
            if self.depth == 1:
                self.close_cell()
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.taken is not None and not self.silent:
            self.taken.append(data)

    def close_cell(self) -> None:
        """White space counts as in a browser; a forced break is a line break."""
        if self.taken is not None:
            lines = " ".join("".join(self.taken).split()).split("\x00")
            self.tables[-1].put("\n".join(line.strip(" \xa0") for line in lines))
            self.taken = None


def _span(written: str | None, most: int) -> int:
    return min(max(int(written), 1), most) if written and written.isdecimal() and len(written) < 9 else 1
