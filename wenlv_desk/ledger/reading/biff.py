"""Errors in the cells of an old workbook (xls, BIFF8), which calamine leaves out ([MS-XLS] 2.4)."""

import struct
from typing import BinaryIO, Final

import olefile

from wenlv_desk.ledger.reading.model import Cell

_BOUND_SHEET: Final = 0x0085
_EOF: Final = 0x000A
_FORMULA: Final = 0x0006
_BOOL_ERR: Final = 0x0205
_ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_HEAD: Final = struct.Struct("<HH")


def errors_of(stream: BinaryIO) -> dict[str, dict[tuple[int, int], Cell]]:
    """Error texts by sheet name and (line, column) from 1; nothing when this is no BIFF8 stream in an OLE file."""
    stream.seek(0)
    if not olefile.isOleFile(stream):
        return {}
    stream.seek(0)
    try:
        with olefile.OleFileIO(stream) as ole:
            return errors_in(ole.openstream("Workbook").read()) if ole.exists("Workbook") else {}
    except (OSError, struct.error, IndexError, ValueError):
        return {}  # calamine opened the file; what it could read of a damaged one stands


def errors_in(records: bytes) -> dict[str, dict[tuple[int, int], Cell]]:
    """The same from the records themselves."""
    return {name: _sheet_errors(records, start) for start, name in _sheets(records)}


def _sheets(records: bytes) -> list[tuple[int, str]]:
    found, at = [], 0
    while at + 4 <= len(records):
        kind, size = _HEAD.unpack_from(records, at)
        if kind == _EOF:
            break
        if kind == _BOUND_SHEET:
            start, _, letters, wide = struct.unpack_from("<IHBB", records, at + 4)
            name = records[at + 12 : at + 12 + letters * (2 if wide & 1 else 1)]
            found.append((start, name.decode("utf-16-le" if wide & 1 else "latin-1")))
        at += 4 + size
    return found


def _sheet_errors(records: bytes, at: int) -> dict[tuple[int, int], Cell]:
    found: dict[tuple[int, int], Cell] = {}
    while at + 4 <= len(records):
        kind, size = _HEAD.unpack_from(records, at)
        if kind == _EOF:
            break
        code = None
        if kind == _BOOL_ERR and records[at + 11]:
            code = records[at + 10]
        elif kind == _FORMULA and records[at + 16 : at + 18] == b"\xff\xff" and records[at + 10] == 2:
            code = records[at + 12]
        if code is not None:
            line, column = _HEAD.unpack_from(records, at + 4)
            found[line + 1, column + 1] = _ERRORS.get(code, "#错误")
        at += 4 + size
    return found
