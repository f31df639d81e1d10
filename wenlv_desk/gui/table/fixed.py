"""Lists whose rows are there already: what a batch leaves out, figures, rows as they stood. Sorted where they are shown."""

from collections.abc import Sequence

from wenlv_desk.gui.kit import Kit
from wenlv_desk.gui.table.rows import Column, Row, text_of
from wenlv_desk.gui.table.view import RecordTable


class FixedRows:
    """A `RowSource` over rows at hand."""

    def __init__(self, columns: tuple[Column, ...], rows: Sequence[Row]) -> None:
        self._columns, self._rows = columns, tuple(rows)

    @property
    def columns(self) -> tuple[Column, ...]:
        return self._columns

    def count(self) -> int:
        return len(self._rows)

    def fetch(self, start: int, count: int) -> list[Row]:
        return list(self._rows[start : start + count])

    def position(self, record_id: int) -> int | None:
        return next((at for at, row in enumerate(self._rows) if row.id == record_id), None)

    def sorted_by(self, name: str, *, descending: bool) -> "FixedRows":
        """The same rows by the texts of a column, numbers by their value; equal ones stay in their order."""
        at = [column.name for column in self._columns].index(name)
        rows = sorted(self._rows, key=lambda row: _weight(text_of(row.cells[at])), reverse=descending)
        return FixedRows(self._columns, rows)


def _weight(text: str) -> tuple[bool, float, str]:
    """Numbers before words, also those with a unit or a per cent sign behind them."""
    first = text.split(" ", maxsplit=1)[0].replace(",", "")
    number = first.removeprefix("-").replace(".", "", 1).isdecimal()
    return not number, float(first) if number else 0.0, text


class FixedTable(RecordTable):
    """A list over rows at hand that sorts itself."""

    def __init__(self, name: str, title: str, columns: tuple[Column, ...], kit: Kit) -> None:
        super().__init__(name, title, columns, kit)
        self._given = FixedRows(columns, ())
        self.sort_requested.connect(self._sort)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows, in their order until a heading is clicked."""
        self._given = FixedRows(self.rows.columns, rows)
        self.load(self._given)

    def _sort(self, name: str, descending: bool) -> None:
        self.load(self._given.sorted_by(name, descending=descending))
