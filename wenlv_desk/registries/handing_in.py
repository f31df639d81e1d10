"""Tables handed in, as files: a workbook, CSV, or PDF as any list is printed; by the ending of the file's name."""

from pathlib import Path

from wenlv_desk.core.reports import Sheet
from wenlv_desk.ledger.export import whole_file
from wenlv_desk.ledger.reporting import write_csv, write_sheet
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.office import Office


def save_sheet(office: Office, clerk: Clerk, sheet: Sheet, path: Path) -> int:
    """Write a table; returns the number of its rows. UserError where the file cannot be written."""
    match path.suffix.lower():
        case ".pdf":
            return _print(office, clerk, sheet, path)
        case ".csv":
            return write_csv(sheet, path, clerk=clerk, at=office.clock())
        case _:
            return write_sheet(sheet, path, clerk=clerk, at=office.clock())


def drawn_sheet(office: Office, clerk: Clerk, sheet: Sheet) -> bytes:
    """The table as a PDF. It is no issued paper: no number, no archive."""
    from wenlv_desk.issuing.pages import printed_sheet
    from wenlv_desk.typeset.render import render

    with office.desk(clerk) as desk:
        bureau, now = str(desk.settings.get("bureau_name") or ""), desk.now
    return render(printed_sheet(sheet, left=bureau, clerk=clerk.name, now=now))


def _print(office: Office, clerk: Clerk, sheet: Sheet, path: Path) -> int:
    pdf = drawn_sheet(office, clerk, sheet)
    with whole_file(path) as draft:
        draft.write_bytes(pdf)
    return len(sheet.rows)
