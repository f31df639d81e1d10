"""Reports (报表) out: the table read, written as a workbook or as CSV; personal data leaves only with an entry in the journal."""

import csv
from datetime import date, datetime
from pathlib import Path

from wenlv_desk.core.registry import Registry
from wenlv_desk.core.reports import Report, Sheet
from wenlv_desk.ledger.export import export_in_full, whole_file
from wenlv_desk.ledger.marks import marked
from wenlv_desk.ledger.sheets import LONGEST, Cells, new_workbook, sheet_class
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.gate import perform
from wenlv_desk.store.office import Office

MM = 2.0  # a character of a column's width
HEADING = 1  # the row of the headings, under the title
TAB = 31  # characters a tab of a workbook holds
NOT_IN_A_TAB = str.maketrans("[]:*?/\\'", "（）：＊？／＼’")


def take_report(
    office: Office,
    clerk: Clerk,
    registry: Registry,
    report: Report,
    record_id: int,
    *,
    where: str,
    reason: str = "",
    day: date | None = None,
) -> Sheet:
    """The table of a record, as of a day where one is named. One with personal data in full is journalled first: who took it, `where` to, and why."""
    with office.desk(clerk) as desk:
        sheet = report.made(desk, desk.get(registry.record, record_id), day)
    if report.personal:
        arguments = {"file_name": where[:255], "rows": len(sheet.rows), "what": sheet.title[:255]}
        perform(office, clerk, export_in_full, report.personal, arguments=arguments, reason=reason)
    return sheet


def write_sheet(sheet: Sheet, path: Path, *, clerk: Clerk, at: datetime) -> int:
    """Write a table as a workbook of text cells, fit to a page's width; returns the number of its rows."""
    with new_workbook(path) as book:
        page = book.add_worksheet(sheet.title.translate(NOT_IN_A_TAB)[:TAB], sheet_class())
        cells = Cells(book, page)
        cells.text.set_text_wrap()
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.repeat_rows(HEADING)
        page.write_string(0, 0, sheet.title, book.add_format({"bold": True, "font_size": 14}))
        widths = [max(round(width / MM), 2 * len(heading) + 1) for heading, width in sheet.columns]
        cells.headings([heading for heading, _ in sheet.columns], widths, row=HEADING)
        for place, row in enumerate(sheet.rows, HEADING + 1):
            for column, text in enumerate(row):
                cells.put(place, column, text[:LONGEST])
        page.write_string(HEADING + len(sheet.rows) + 2, 0, _last(sheet, clerk, at))
    return len(sheet.rows)


def write_csv(sheet: Sheet, path: Path, *, clerk: Clerk, at: datetime) -> int:
    """Write a table as CSV (UTF-8 with its mark, as Excel wants it): nothing in it comes alive as a formula."""
    with whole_file(path) as draft, draft.open("w", encoding="utf-8-sig", newline="") as stream:
        out = csv.writer(stream)
        out.writerow([heading for heading, _ in sheet.columns])
        out.writerows([marked(text, csv=True) for text in row] for row in sheet.rows)
        out.writerow([])
        out.writerow([f"{sheet.title}　{_last(sheet, clerk, at)}"])
    return len(sheet.rows)


def _last(sheet: Sheet, clerk: Clerk, at: datetime) -> str:
    """The line below the table: its note, when, and by whom unless everybody gets it."""
    note = f"{sheet.note}　" if sheet.note else ""
    by = "" if sheet.public else f"　导出人：{clerk.name}（{clerk.counter}）"
    return f"{note}导出时间：{at:%Y-%m-%d %H:%M}{by}"
