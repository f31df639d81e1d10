"""Rows that were not imported, saved as a workbook with the reason of each, ready to correct and import again."""

from pathlib import Path

from wenlv_desk.ledger.headings import LINE, REASON
from wenlv_desk.ledger.model import Action, Plan, Verdict
from wenlv_desk.ledger.sheets import Cells, new_workbook, sheet_class

WIDTH, WIDEST, REASON_WIDTH = 14, 40, 60


def left_out(plan: Plan) -> list[int]:
    """Positions of the rows that accepting the plan leaves out: rejected, doubtful, and those somebody skipped."""
    skipped = {place for place, made in plan.decisions.items() if made.action is Action.SKIP}
    return sorted(skipped.union(plan.positions(Verdict.REJECTED, Verdict.DOUBTFUL)))


def save_rejected(plan: Plan, path: Path) -> int:
    """Write the rows left out, every cell as it stood in the file or as corrected; returns how many (no file for 0)."""
    places = left_out(plan)
    if not places:
        return 0
    headings = [heading for heading in plan.table.headings if heading not in (LINE, REASON)]
    kept = [index for index, heading in enumerate(plan.table.headings) if heading not in (LINE, REASON)]
    fields = {index: name for name, index in plan.mapping.mapped.items()}
    with new_workbook(path) as book:
        cells = Cells(book, book.add_worksheet("退回的行", sheet_class()))
        widths = [min(WIDEST, max(WIDTH, 2 * len(heading) + 2)) for heading in headings]
        cells.headings([*headings, LINE, REASON], [*widths, 8, REASON_WIDTH])
        for row, place in enumerate(places, 1):
            for column, index in enumerate(kept):
                name = fields.get(index)
                cells.put(row, column, plan.cell(place, name) if name else plan.table.rows[place].cells[index])
            cells.put(row, len(kept), plan.lines[place])
            cells.put(row, len(kept) + 1, reason_of(plan, place))
    return len(places)


def reason_of(plan: Plan, place: int) -> str:
    """Why the row was left out, in words."""
    made = plan.decisions.get(place)
    said = [problem.message for problem in plan.problems(place) if problem.blocking]
    if made is not None and made.action is Action.SKIP:
        said.insert(0, f"手工指定不导入{f'（{made.reason}）' if made.reason else ''}")
    return "；".join(said)
