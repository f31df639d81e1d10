import pytest
from pytestqt.qtbot import QtBot

from tests.gui.synthetic import COLUMNS
from wenlv_desk.gui.kit import Kit
from wenlv_desk.gui.table import Column, RecordTable


def make(kit: Kit, qtbot: QtBot, columns: tuple[Column, ...] = COLUMNS) -> RecordTable:
    table = RecordTable("operators", "经营单位列表", columns, kit)
    table.resize(1200, 300)
    qtbot.addWidget(table)
    table.show()
    return table


def names(table: RecordTable) -> list[str]:
    return [table.rows.columns[at].name for at in table.plan.in_order()]


def test_columns_stand_as_declared_at_first(kit: Kit, qtbot: QtBot) -> None:
    assert names(make(kit, qtbot)) == ["name", "code", "status", "staff"]


def test_width_order_and_choice_are_remembered_by_name(kit: Kit, qtbot: QtBot) -> None:
    first = make(kit, qtbot)
    first.horizontalHeader().resizeSection(0, 222)
    first.horizontalHeader().moveSection(2, 0)
    first.plan.show(frozenset({"status", "name", "note"}))
    second = make(kit, qtbot)
    assert names(second) == ["status", "name", "note"]
    assert second.columnWidth(0) == 222


def test_a_width_is_remembered_as_it_is_at_the_usual_text_size(kit: Kit, qtbot: QtBot) -> None:
    kit.looks.resize(150)
    table = make(kit, qtbot)
    table.horizontalHeader().resizeSection(0, 300)
    table.plan.save()
    kit.looks.resize(100)
    assert table.columnWidth(0) == 200
    assert make(kit, qtbot).columnWidth(0) == 200


def test_a_new_column_of_a_later_version_is_shown_and_a_lost_one_forgotten(kit: Kit, qtbot: QtBot) -> None:
    make(kit, qtbot).plan.show(frozenset({"code", "name"}))
    later = make(kit, qtbot, (*COLUMNS[1:3], Column("town", "乡镇街道", 90), COLUMNS[0]))
    assert set(names(later)) == {"code", "name", "town"}


@pytest.mark.parametrize("kept", ["x", 3, [1, 2], [{"name": "code"}], [{"name": "code", "width": "wide"}], {"name": 1}])
def test_a_spoilt_memory_means_the_declared_columns(kit: Kit, qtbot: QtBot, kept: object) -> None:
    kit.memory.keep_data("columns/operators", kept)
    assert names(make(kit, qtbot)) == ["name", "code", "status", "staff"]


def test_one_column_always_stays(kit: Kit, qtbot: QtBot) -> None:
    table = make(kit, qtbot)
    table.plan.show(frozenset())
    assert names(table) == ["name"]


def test_as_declared_again(kit: Kit, qtbot: QtBot) -> None:
    table = make(kit, qtbot)
    table.horizontalHeader().moveSection(3, 0)
    table.horizontalHeader().resizeSection(1, 400)
    table.plan.show(frozenset({"staff", "code"}))
    table.plan.reset()
    assert names(table) == ["name", "code", "status", "staff"]
    assert table.columnWidth(1) == COLUMNS[1].width


def whole(table: RecordTable) -> int:
    return sum(table.columnWidth(at) for at in table.plan.in_order())


def test_a_last_column_of_text_takes_what_is_left_over_and_is_never_squeezed(kit: Kit, qtbot: QtBot) -> None:
    table = make(kit, qtbot)
    table.plan.show(frozenset({"name", "code"}))
    assert whole(table) == table.viewport().width()
    table.resize(200, 300)
    assert table.columnWidth(1) == COLUMNS[1].width


def test_a_last_column_of_figures_stays_beside_what_it_counts(kit: Kit, qtbot: QtBot) -> None:
    table = make(kit, qtbot)
    assert table.columnWidth(3) == COLUMNS[3].width
    assert whole(table) < table.viewport().width()
