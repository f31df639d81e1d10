"""负荷: how many firms in business an officer answers for, against what the bureau's settings aim at (two) and warn of (more than three)."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from wenlv_desk.registries.grid.answering import Answers, answers_of
from wenlv_desk.registries.grid.records import Grid
from wenlv_desk.registries.grid.vocabulary import Load
from wenlv_desk.registries.settings.reading import setting_of
from wenlv_desk.registries.staff.records import Staff
from wenlv_desk.store.desk import Desk


def loads_on(answers: Answers, day: date) -> Counter[int]:
    """How many firms in business each officer answers for on a day; one that has closed is no work."""
    standing = answers.firms_on(day).items()
    return Counter(
        one.officer_id for firm, one in standing if one.officer_id is not None and answers.in_business(firm, day)
    )


def judged(desk: Desk, firms: int) -> Load:
    """What the settings say of a load."""
    if not firms:
        return Load.NONE
    return Load.OVER if firms > int(setting_of(desk, "grid_most")) else Load.FIT


def load_notes(desk: Desk, grid: Grid, day: date) -> Iterator[str]:
    """A word on the officer of a grid who has more firms than the settings allow."""
    desk.session.flush()
    answers = answers_of(desk)
    _, officer = answers.post_on(grid.id, day)
    if officer is None:
        yield f"请注意：“{grid.grid_name}”还没有网格员，请办“安排人员”或“整格交接”"
        return
    firms = loads_on(answers, day)[officer]
    if judged(desk, firms) is Load.OVER:
        name = desk.get(Staff, officer).name
        yield f"请注意：{name}从 {day} 起包保 {firms} 家，超过 {setting_of(desk, 'grid_most')} 家，可用“划分建议”调整"
