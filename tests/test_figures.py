"""Every declared set of figures: it says what it counts, its fields exist, and it counts an empty office and a full one."""

import re
from datetime import timedelta

import pytest

from tests.builders import Maker
from tests.conftest import Clock
from wenlv_desk.core.figures import FigureSet
from wenlv_desk.registries import catalogue
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.figures import figures_as_of, rows_behind
from wenlv_desk.store.office import Office

SETS = list(catalogue().figures.values())
WORD = re.compile(r"[\u4e00-\u9fff]")


def named(value: object) -> str:
    return value.name if isinstance(value, FigureSet) else ""


def test_the_review_is_counted() -> None:
    assert "review" in {one.name for one in SETS}


@pytest.mark.parametrize("figures", SETS, ids=named)
def test_every_figure_says_what_it_counts(figures: FigureSet) -> None:
    for one in figures.figures:
        assert WORD.search(one.label)
        assert WORD.search(one.definition)
        assert not one.definition.endswith("。")
    assert len({one.name for one in figures.figures}) == len({one.label for one in figures.figures})
    assert len({one.name for one in figures.figures}) == len(figures.figures)


@pytest.mark.parametrize("figures", SETS, ids=named)
def test_what_it_is_narrowed_and_split_by_is_kept_with_every_row(figures: FigureSet) -> None:
    registry = catalogue().registry_of(figures.record)
    for name in (*figures.narrowed_by, *figures.groups):
        assert name in registry.fields, name
        assert not registry.fields[name].secret


@pytest.mark.parametrize("figures", SETS, ids=named)
def test_it_counts_nothing_and_something_today_and_as_of_yesterday(
    office: Office, clerk: Clerk, maker: Maker, clock: Clock, figures: FigureSet
) -> None:
    with office.desk(clerk) as desk:
        assert figures_as_of(desk, figures, {}).rows == 0
    registry = catalogue().registry_of(figures.record)
    maker.record(registry.name)
    with office.desk(clerk) as desk:
        now = figures_as_of(desk, figures, {})
        assert now.rows == 1
        behind = rows_behind(desk, figures, sorted({row for line in now.lines for row in line.counted.behind}))
        assert len(behind.rows) == 1
    clock.now += timedelta(days=1)
    with office.desk(clerk) as desk:
        yesterday = figures_as_of(desk, figures, {}, desk.today - timedelta(days=1))
        assert (yesterday.past, yesterday.rows) == (True, 1)
        for group in figures.groups:
            assert len(figures_as_of(desk, figures, {}, None, group).groups) == 2
