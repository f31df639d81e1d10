"""xlsx, xlsm, xlsb, xls, et and ods, read by calamine; encrypted ones opened by msoffcrypto first."""

import io
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import BinaryIO

import python_calamine as calamine

from wenlv_desk.ledger.reading.model import Cell, Merge
from wenlv_desk.ledger.reading.package import Oddities, oddities, open_package, package_format, sheet_parts
from wenlv_desk.ledger.reading.raw import RawSheet, Rows
from wenlv_desk.ledger.reading.refusals import DAMAGED, Refusal
from wenlv_desk.ledger.reading.sniff import sniff
from wenlv_desk.ledger.reading.wire import Request


def open_spreadsheet(stream: BinaryIO, request: Request) -> tuple[str, Iterator[RawSheet | str]]:
    """The format and what the workbook holds. Raises Refusal, also for a password that is missing or wrong."""
    kind = sniff(stream.read(8))
    stream.seek(0)
    if kind == "zip":
        return _open_zip(stream, request)
    from wenlv_desk.ledger.reading.biff import errors_of
    from wenlv_desk.ledger.reading.protected import decrypted, is_encrypted

    if is_encrypted(stream):
        stream = io.BytesIO(decrypted(stream, request["password"]))
        if sniff(stream.getvalue()[:8]) == "zip":
            return _open_zip(stream, request)
    book = _load(stream)
    errors = errors_of(stream)
    return "xls", _parts(book, {name: Oddities(cells, []) for name, cells in errors.items()}.get)


def _open_zip(stream: BinaryIO, request: Request) -> tuple[str, Iterator[RawSheet | str]]:
    package = open_package(stream, request["unpacked_mb"])
    kind = package_format(package)
    book = _load(stream)
    if kind not in ("xlsx", "xlsm"):
        nothing: dict[str, Oddities] = {}
        return kind, _parts(book, nothing.get)
    traced = sheet_parts(package)
    return kind, _parts(book, lambda name: oddities(package, traced[name]) if name in traced else None)


def _load(stream: BinaryIO) -> calamine.CalamineWorkbook:
    stream.seek(0)
    try:
        return calamine.CalamineWorkbook.from_filelike(stream)
    except calamine.CalamineError as error:
        raise Refusal(DAMAGED) from error


def _parts(book: calamine.CalamineWorkbook, look_closer: Callable[[str], Oddities | None]) -> Iterator[RawSheet | str]:
    for index, sheet in enumerate(book.sheets_metadata):
        if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
            yield f"“{sheet.name}”是图表或宏表，没有可读取的行。"
            continue
        visible = sheet.visible == calamine.SheetVisibleEnum.Visible
        if not visible:
            yield f"工作表“{sheet.name}”是隐藏的。"
        with ThreadPoolExecutor(1) as pool:  # both work without the interpreter's lock
            looking = pool.submit(look_closer, sheet.name)
            opened = _opened(book, index)
            odd = looking.result() or Oddities({}, [])
        if odd.formulas_without_result:
            yield _unsolved_note(sheet.name, odd.formulas_without_result)
        yield _raw_sheet(opened, visible=visible, odd=odd)


def _unsolved_note(name: str, cells: list[str]) -> str:
    return (
        f"工作表“{name}”有 {len(cells)} 个公式没有保存计算结果（如 {cells[0]}），按空白读取；"
        "请用 Excel 打开原文件，保存一次后再导入。"
    )


def _opened(book: calamine.CalamineWorkbook, index: int) -> calamine.CalamineSheet:
    try:
        return book.get_sheet_by_index(index)
    except calamine.CalamineError as error:
        raise Refusal(DAMAGED) from error


def _raw_sheet(sheet: calamine.CalamineSheet, *, visible: bool, odd: Oddities) -> RawSheet:
    merged = tuple(
        Merge(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    top, left = sheet.start or (0, 0)
    rows: Rows = islice(sheet.iter_rows(), top, None) if sheet.height else ()  # it begins at line 1, unlike to_python
    if odd.cells:
        rows = _patched(rows, odd.cells, top + 1, left + 1)
    return RawSheet(
        sheet.name,
        rows,
        sheet.height,
        sheet.width,
        visible=visible,
        first_line=top + 1,
        first_column=left + 1,
        merged=merged,
    )


def _patched(rows: Rows, cells: dict[tuple[int, int], Cell], top: int, left: int) -> Iterator[Sequence[Cell]]:
    """Put exact numbers and error texts where calamine gave a rounded float or nothing."""
    by_line: dict[int, dict[int, Cell]] = {}
    for (line, column), value in cells.items():
        by_line.setdefault(line, {})[column] = value
    for line, row in enumerate(rows, top):
        odd = by_line.get(line)
        yield row if odd is None else [odd.get(column, cell) for column, cell in enumerate(row, left)]
