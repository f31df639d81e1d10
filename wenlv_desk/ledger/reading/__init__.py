"""Reading any ledger file (台账文件): `read_workbook` gives plain sheets, `find_table` the table in a sheet."""

from wenlv_desk.ledger.reading.headings import normalise_heading
from wenlv_desk.ledger.reading.model import Cell, Limits, Merge, Row, Sheet, Workbook
from wenlv_desk.ledger.reading.process import CHILD_FLAG, Progress, read_workbook
from wenlv_desk.ledger.reading.refusals import PasswordNeeded, PasswordWrong, ReadingStopped, Unreadable
from wenlv_desk.ledger.reading.shape import Table, TableRow, find_table, preview, samples

__all__ = [
    "CHILD_FLAG",
    "Cell",
    "Limits",
    "Merge",
    "PasswordNeeded",
    "PasswordWrong",
    "Progress",
    "ReadingStopped",
    "Row",
    "Sheet",
    "Table",
    "TableRow",
    "Unreadable",
    "Workbook",
    "find_table",
    "normalise_heading",
    "preview",
    "read_workbook",
    "samples",
]
