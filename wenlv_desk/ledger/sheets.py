"""Workbooks as this program writes them: values in the kind of cell they are, frozen heading, nothing that can come alive."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from wenlv_desk.core.errors import UserError, fault
from wenlv_desk.core.kinds import plain_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FIRST_DAY = date(1900, 3, 1)  # before it a spreadsheet counts a day that never was
EXACT = 10**15  # a spreadsheet keeps fifteen digits
LONGEST = 32767  # characters a cell of a workbook holds
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": "宋体", "font_size": 11},
}


@contextmanager
def disk_faults(path: Path) -> Iterator[None]:
    """What can go wrong with a file that is written, in words."""
    try:
        yield
    except PermissionError as error:
        raise UserError(f"“{path.name}”写不进去：它正在别的程序里打开，或没有写权限。请关闭它或换个文件名") from error
    except OSError as error:
        raise UserError(f"“{path.name}”写不进去（{fault(error)}），请换个位置再试") from error


@cache
def sheet_class() -> "type[Worksheet]":
    """XlsxWriter's sheet with its escaping mended: texts are never markup, and come back as they were."""
    import re

    from xlsxwriter.worksheet import Worksheet

    escape = re.compile("_(?=x[0-9a-fA-F]{4}_)")  # XlsxWriter leaves a second one that begins in the end of the first
    control = re.compile("[\x00-\x08\x0b-\x1f]")

    class Sheet(Worksheet):  # type: ignore[misc]  # XlsxWriter declares no types
        def _escape_control_characters(self, data: str) -> str:
            if "_x" not in data and data.isprintable() and data[:3] != "<r>":
                return data
            safe = control.sub(lambda found: f"_x{ord(found[0]):04X}_", escape.sub("_x005F_", data))
            # What begins like that is written as markup, whatever it is.
            return "_x003C_" + safe[1:] if safe.startswith("<r>") else safe

    return Sheet


@contextmanager
def new_workbook(path: Path, *, constant_memory: bool = True) -> Iterator["Workbook"]:
    """A workbook that is put in place only when it is whole; it grows elsewhere, for a zip that meets a full disk cannot be let go."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    draft = path.with_name(f".{path.name}.tmp")
    with disk_faults(path), TemporaryDirectory() as rows:
        draft.touch()
        growing = Path(rows, "growing.xlsx")
        book = Workbook(str(growing), OPTIONS | {"constant_memory": constant_memory, "tmpdir": rows})
        try:
            yield book
            book.close()
            copyfile(growing, draft)
            draft.replace(path)
        except FileCreateError as error:  # it wraps what the system said
            raise error.args[0] from error
        finally:
            _let_go(book)
            draft.unlink(missing_ok=True)


def _let_go(book: "Workbook") -> None:
    """Close the rows that a book left half-way still holds open."""
    for sheet in book.worksheets():
        if sheet.row_data_fh is not None:
            sheet.row_data_fh.close()


class Cells:
    """Writes values into a sheet as what they are."""

    def __init__(self, book: "Workbook", sheet: "Worksheet") -> None:
        self.sheet = sheet
        self.text: Format = book.add_format({"num_format": "@"})
        self.day: Format = book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment: Format = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self.heading: Format = book.add_format({"bold": True, "bg_color": "#E8ECF2", "border": 1, "text_wrap": True})

    def put(self, row: int, column: int, value: Any) -> None:
        """One value; what a cell cannot hold exactly is written as text."""
        if type(value) is str:
            if value:
                self.sheet.write_string(row, column, value, self.text)
        elif value is not None:
            self._other(row, column, value)

    def _other(self, row: int, column: int, value: Any) -> None:
        if isinstance(value, bool):
            self.sheet.write_boolean(row, column, value)
        elif isinstance(value, datetime) and value.date() >= FIRST_DAY:
            self.sheet.write_datetime(row, column, value, self.moment if value.time() != value.min.time() else self.day)
        elif isinstance(value, date) and not isinstance(value, datetime) and value >= FIRST_DAY:
            self.sheet.write_datetime(row, column, value, self.day)
        elif isinstance(value, int | float | Decimal) and _exact(value):
            self.sheet.write_number(row, column, float(value))
        else:
            self.sheet.write_string(row, column, plain_text(value), self.text)

    def headings(self, texts: Sequence[str], widths: Sequence[int], *, row: int = 0) -> None:
        """The row of headings, frozen, with the widths of the columns in characters."""
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        for column, text in enumerate(texts):
            self.sheet.write_string(row, column, text, self.heading)
        self.sheet.freeze_panes(row + 1, 0)


def _exact(value: int | float | Decimal) -> bool:
    """Whether a spreadsheet's number keeps every digit."""
    if isinstance(value, Decimal):
        return len(value.as_tuple().digits) <= 15 and value.is_finite()
    return abs(value) < EXACT if isinstance(value, int) else value - value == 0
