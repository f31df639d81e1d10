import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.walk import unnamed
from wenlv_desk.gui.kit import Kit
from wenlv_desk.gui.widgets.checklist import CheckList, Option
from wenlv_desk.gui.widgets.chips import FilterChip, SwitchChip
from wenlv_desk.gui.widgets.flow import FlowLayout
from wenlv_desk.gui.widgets.searchbox import SearchBox

STATES = (Option("ACTIVE", "有效", 31), Option("DUE", "到期", 5), Option("LATE", "逾期"), Option("GONE", "注销"))
TOWNS = tuple(Option(str(number), f"示范{'镇' if number % 2 else '街道'}{number}") for number in range(12))


@pytest.fixture
def chip(kit: Kit, qtbot: QtBot) -> FilterChip:
    made = FilterChip("状态", STATES, kit.looks)
    qtbot.addWidget(made)
    made.show()
    return made


def popup(chip: FilterChip, qtbot: QtBot) -> CheckList:
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert chip.popup is not None
    return chip.popup


def lines(of: CheckList) -> QListView:
    return of.findChildren(QListView)[0]


def ticks(of: CheckList) -> dict[str, bool]:
    model = lines(of).model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    return {
        row.data(): Qt.CheckState(row.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked for row in rows
    }


def test_nothing_chosen_means_all(chip: FilterChip, qtbot: QtBot) -> None:
    assert chip.text() == "状态：全部 ▾"
    assert ticks(popup(chip, qtbot)) == {
        "全部": True,
        "有效  31": False,
        "到期  5": False,
        "逾期": False,
        "注销": False,
    }


def test_values_are_ticked_by_keyboard_and_apply_at_once(chip: FilterChip, qtbot: QtBot) -> None:
    told: list[frozenset[str]] = []
    chip.changed.connect(told.append)
    view = lines(popup(chip, qtbot))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(view, key)
    assert told == [frozenset({"ACTIVE"}), frozenset({"ACTIVE", "DUE"})]
    assert chip.text() == "状态：有效、到期 ▾"
    assert chip.property("on") is True


def test_all_clears_the_choice_and_so_does_ticking_everything(chip: FilterChip, qtbot: QtBot) -> None:
    chip.choose(frozenset({"ACTIVE", "DUE", "LATE"}))
    view = lines(popup(chip, qtbot))
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert chip.chosen == frozenset()
    for _ in STATES:
        qtbot.keyClick(view, Qt.Key.Key_Down)
        qtbot.keyClick(view, Qt.Key.Key_Space)
    assert chip.chosen == frozenset()
    assert chip.text() == "状态：全部 ▾"


def test_many_values_are_counted_on_the_chip_and_all_named_to_a_screen_reader(kit: Kit, qtbot: QtBot) -> None:
    chip = FilterChip("乡镇", TOWNS, kit.looks)
    qtbot.addWidget(chip)
    chip.choose(frozenset({"0", "1", "2", "3"}))
    assert chip.text() == "乡镇：示范街道0、示范镇1等 4 项 ▾"
    assert "示范镇3" in chip.accessibleName()


def test_long_lists_have_a_search_field(kit: Kit, qtbot: QtBot) -> None:
    chip = FilterChip("乡镇", TOWNS, kit.looks)
    qtbot.addWidget(chip)
    chip.show()
    opened = popup(chip, qtbot)
    search = opened.findChildren(SearchBox)[0]
    search.insert("镇1")
    qtbot.keyClick(search, Qt.Key.Key_Down)
    assert list(ticks(opened)) == ["示范镇1", "示范镇11"]
    qtbot.keyClick(lines(opened), Qt.Key.Key_Space)
    assert chip.chosen == frozenset({"1"})


def test_escape_closes_the_popup(chip: FilterChip, qtbot: QtBot) -> None:
    opened = popup(chip, qtbot)
    with qtbot.waitSignal(opened.closed):
        qtbot.keyClick(lines(opened), Qt.Key.Key_Escape)


def test_a_saved_view_may_name_values_that_are_gone(chip: FilterChip) -> None:
    chip.choose(frozenset({"DUE", "NO_SUCH"}))
    assert chip.chosen == frozenset({"DUE"})


def test_new_counts_keep_the_choice(chip: FilterChip) -> None:
    chip.choose(frozenset({"DUE"}))
    chip.offer([Option("DUE", "到期", 6), Option("LATE", "逾期", 1)])
    assert chip.chosen == frozenset({"DUE"})
    chip.offer([Option("LATE", "逾期", 1)])
    assert chip.chosen == frozenset()


def test_every_control_of_the_popup_has_a_name(kit: Kit, qtbot: QtBot) -> None:
    chip = FilterChip("乡镇", TOWNS, kit.looks)
    qtbot.addWidget(chip)
    chip.show()
    assert unnamed(popup(chip, qtbot)) == []


def test_chips_go_on_in_the_next_line_when_the_line_is_full(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(8, box)
    chips = [SwitchChip(f"第 {number} 个筛选") for number in range(6)]
    for one in chips:
        flow.addWidget(one)
    box.resize(2000, flow.heightForWidth(2000))
    box.show()
    assert {one.y() for one in chips} == {0}
    box.resize(300, flow.heightForWidth(300))
    flow.setGeometry(box.rect())
    assert len({one.y() for one in chips}) >= 2
    assert all(one.geometry().right() < 300 for one in chips)
    assert max(one.geometry().bottom() for one in chips) < flow.heightForWidth(300)
