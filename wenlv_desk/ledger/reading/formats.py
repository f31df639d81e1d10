"""Chooses the reader by what the file holds. Runs in the reading process only."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from wenlv_desk.core.aside import Message
from wenlv_desk.ledger.reading.raw import Budget, RawSheet, sheet_messages
from wenlv_desk.ledger.reading.refusals import NO_CELLS, UNKNOWN_FORMAT, Refusal
from wenlv_desk.ledger.reading.sniff import other_format, sniff
from wenlv_desk.ledger.reading.wire import Request

_HEAD: Final = 8192
_USUAL_NAMES: Final = {
    "xlsx": (".xlsx", ".xlsm", ".et"),
    "xlsm": (".xlsm", ".et"),
    "xlsb": (".xlsb",),
    "xls": (".xls", ".et"),
    "ods": (".ods",),
    "xml2003": (".xml",),
    "html": (".html", ".htm"),
    "csv": (".csv", ".txt", ".tsv"),
}
_TITLES: Final = {
    "xlsx": "xlsx 工作簿",
    "xlsm": "带宏的 xlsm 工作簿",
    "xlsb": "xlsb 二进制工作簿",
    "xls": "Excel 97-2003 的 xls 工作簿",
    "ods": "ods 工作簿",
    "xml2003": "XML 电子表格 2003",
    "html": "网页表格",
    "csv": "文本表格",
}
Part = RawSheet | str
"""A sheet, or a note for the clerk."""


def messages(request: Request) -> Iterator[Message]:
    """Everything the file holds, as messages for the parent. Raises Refusal."""
    path = Path(request["path"])
    budget = Budget(request["cells"])
    with path.open("rb") as stream:
        kind, parts = _open(stream, request)
        yield "format", kind
        if path.suffix.lower() not in _USUAL_NAMES[kind]:
            yield "note", f"文件内容是{_TITLES[kind]}，与扩展名“{path.suffix}”不符，已按内容读取。"
        for part in parts:
            if isinstance(part, str):
                yield "note", part
            else:
                yield from sheet_messages(part, budget)
    if not budget.used:
        raise Refusal(NO_CELLS)


def _open(stream: BinaryIO, request: Request) -> tuple[str, Iterator[Part]]:
    head = stream.read(_HEAD)
    stream.seek(0)
    if reason := other_format(head):
        raise Refusal(reason)
    match sniff(head):
        case "zip" | "ole":
            from wenlv_desk.ledger.reading.spreadsheet import open_spreadsheet

            return open_spreadsheet(stream, request)
        case "xml":
            from wenlv_desk.ledger.reading.spreadsheetml import read_spreadsheetml

            return "xml2003", read_spreadsheetml(stream.read())
        case "html":
            from wenlv_desk.ledger.reading.htmltable import read_html

            return "html", read_html(stream.read())
        case "text":
            from wenlv_desk.ledger.reading.delimited import read_delimited

            return "csv", read_delimited(stream.read())
    raise Refusal(UNKNOWN_FORMAT)
