"""Ledger files built for the tests of reading."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"


def xlsx(path: Path, rows: Sequence[Sequence[Any]], **options: Any) -> Path:
    """A workbook of one sheet; dates get a date format, text is never read as anything else."""
    book = xlsxwriter.Workbook(str(path), {"in_memory": True, **options})
    sheet = book.add_worksheet("台账")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(line, column, cell)
            elif isinstance(cell, date):
                sheet.write_datetime(line, column, cell, moment if isinstance(cell, datetime) else day)
            elif cell is not None:
                sheet.write(line, column, cell)
    book.close()
    return path


def xlsx_of_xml(path: Path, sheet_data: str) -> Path:
    """A workbook whose sheet holds exactly this XML inside <sheetData>."""
    plain = io.BytesIO()
    book = xlsxwriter.Workbook(plain, {"in_memory": True})
    book.add_worksheet("台账")
    book.close()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == SHEET:
                content = content.replace(b"<sheetData/>", f"<sheetData>{sheet_data}</sheetData>".encode())
            target.writestr(name, content)
    return path


def xml2003(rows: str, *, head: str = "", worksheet: str = "") -> str:
    """An XML spreadsheet whose table holds these rows."""
    return (
        f'<?xml version="1.0"?>{head}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="台账"><Table>{rows}</Table>{worksheet}</Worksheet></Workbook>'
    )
