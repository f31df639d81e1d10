"""The filters above a list: one line whatever there are, those in use always in sight, the others behind 更多筛选."""

from collections.abc import Sequence

import pytest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.operators import page_of
from tests.gui.walk import unnamed
from wenlv_desk.gui.kit import Kit
from wenlv_desk.gui.listing.filterrow import FilterRow
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.checklist import Option
from wenlv_desk.gui.widgets.chips import FilterChip, SwitchChip
from wenlv_desk.gui.widgets.searchbox import SearchBox

NAMES = ("状态", "结论", "公示时限", "抽查任务", "抽查类型", "年度", "主办", "乡镇街道", "检查结果")
BOTH = (Option("a", "甲"), Option("b", "乙"))


@pytest.fixture
def row(kit: Kit, qtbot: QtBot) -> FilterRow:
    made = FilterRow(
        (SearchBox("找", kit.looks),),
        {name: FilterChip(name, BOTH, kit.looks) for name in NAMES},
        (SwitchChip("含已移出"),),
    )
    qtbot.addWidget(made)
    resize(made, 900)
    made.show()
    return made


def resize(row: FilterRow, width: int) -> None:
    """Give it a width, as its page does, and the height that it asks for then."""
    row.resize(width, 40)
    QApplication.sendPostedEvents()
    flow = row.layout()
    assert flow is not None
    row.resize(width, flow.heightForWidth(width))


def lines(row: QWidget) -> int:
    return len({one.y() for one in row.findChildren(QWidget) if one.isVisible() and one.parentWidget() is row})


def seen(row: FilterRow) -> Sequence[str]:
    return [name for name, one in row._filters.items() if not one.isHidden()]


def offered(row: FilterRow) -> QMenu:
    menu = row.more.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    return menu


def test_what_does_not_fit_waits_behind_more_in_its_order(row: FilterRow) -> None:
    assert lines(row) == 1
    assert not row.more.isHidden()
    assert 2 <= len(seen(row)) < len(NAMES)
    assert (*seen(row), *row.hidden) == NAMES
    assert [one.text() for one in offered(row).actions()] == row.hidden
    assert unnamed(row) == []


def test_with_room_for_all_there_is_nothing_more(row: FilterRow) -> None:
    resize(row, 2400)
    assert seen(row) == list(NAMES)
    assert row.more.isHidden()


def test_a_filter_that_is_chosen_from_more_comes_out_and_stays_in_use(row: FilterRow) -> None:
    last = offered(row).actions()[-1]
    assert last.text() == NAMES[-1]
    last.trigger()
    chip = row._filters[NAMES[-1]]
    assert chip.popup is not None
    assert chip.popup.isVisible()
    chip.popup.close()
    chip.choose(frozenset("a"))
    row.open(NAMES[-2])
    QApplication.sendPostedEvents()
    assert {NAMES[-1], NAMES[-2]} <= set(seen(row))
    assert lines(row) == 1
    chip.choose(frozenset())
    row.open(NAMES[0])
    QApplication.sendPostedEvents()
    assert NAMES[-1] in row.hidden


def test_the_list_of_checks_has_one_line_of_filters_at_1366(seat: Seat, qtbot: QtBot) -> None:
    page = page_of(seat, "inspection_check", qtbot)
    page.resize(1204, 690)
    page.show()
    QApplication.sendPostedEvents()
    bar = page.filters
    assert lines(bar.line) == 1
    assert seen(bar.line)[:3] == ["status", "outcome", "light"]
    assert bar.line.hidden
