"""Tables handed in, as files: a workbook, CSV, or PDF as any list is printed; by the ending of the file's name."""

from pathlib import Path

from wenlv_desk.core.errors import UserError, fault
from wenlv_desk.core.reports import Sheet
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


def _print(office: Office, clerk: Clerk, sheet: Sheet, path: Path) -> int:
    """It is no issued paper: no number, no archive."""
    from wenlv_desk.issuing.pages import printed_sheet
    from wenlv_desk.typeset.render import render

    with office.desk(clerk) as desk:
        bureau, now = str(desk.settings.get("bureau_name") or ""), desk.now
    pdf = render(printed_sheet(sheet, left=bureau, today=now.date(), footer=f"{clerk.name} {now:%Y-%m-%d %H:%M} 打印"))
    try:
        path.write_bytes(pdf)
    except OSError as error:
        raise UserError(f"写不了“{path}”（{fault(error)}），请换一个路径") from error
    return len(sheet.rows)
