import threading

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from tests.gui.synthetic import COLUMNS, Synthetic
from wenlv_desk.gui.kit import Kit
from wenlv_desk.gui.table.model import KEPT, PAGE, RowModel, rows_of

MILLION = 1_000_000


@pytest.fixture
def model(kit: Kit) -> RowModel:
    return RowModel(COLUMNS, kit.jobs, kit.notices)


def load(model: RowModel, source: Synthetic, qtbot: QtBot) -> Synthetic:
    with qtbot.waitSignal(model.opened):
        model.load(source)
    return source


def text(model: RowModel, row: int, column: int = 0) -> object:
    return model.data(model.index(row, column), Qt.ItemDataRole.DisplayRole)


def test_a_million_rows_are_there_after_one_page(model: RowModel, qtbot: QtBot) -> None:
    source = load(model, Synthetic(MILLION), qtbot)
    assert model.rowCount() == MILLION
    assert model.columnCount() == len(COLUMNS)
    assert source.asked == [0]
    assert text(model, 0) == "单位0"
    assert text(model, 1, 2) == "20 天后到期"


def test_rows_are_fetched_by_worker_threads_only(model: RowModel, qtbot: QtBot) -> None:
    source = load(model, Synthetic(5000), qtbot)
    model.want(3000, 3030)
    qtbot.waitUntil(lambda: model.row(3010) is not None)
    assert threading.main_thread().name not in source.threads


def test_a_row_that_has_not_come_is_empty_and_comes_when_it_is_in_sight(model: RowModel, qtbot: QtBot) -> None:
    load(model, Synthetic(MILLION), qtbot)
    assert text(model, 500_000) == ""
    model.want(500_000, 500_030)
    qtbot.waitUntil(lambda: text(model, 500_000) == "单位500000")


def test_pages_that_were_only_passed_are_not_fetched(model: RowModel, qtbot: QtBot) -> None:
    gate = threading.Event()
    source = load(model, Synthetic(MILLION, gate=gate), qtbot)
    for at in range(0, MILLION, 5000):
        model.want(at, at + 30)
    model.want(700_000, 700_030)
    gate.set()
    qtbot.waitUntil(lambda: model.row(700_010) is not None and not model._in_flight)
    assert len(source.asked) < 10


def test_the_cache_stays_small(model: RowModel, qtbot: QtBot) -> None:
    load(model, Synthetic(MILLION), qtbot)
    for page in range(2 * KEPT):
        model.want(page * PAGE, page * PAGE + 30)
        qtbot.waitUntil(lambda page=page: model.row(page * PAGE) is not None)
    assert len(model._pages) <= KEPT


def test_the_old_rows_stay_until_the_new_ones_have_come(model: RowModel, qtbot: QtBot) -> None:
    load(model, Synthetic(10, prefix="旧"), qtbot)
    with qtbot.waitSignal(model.opened):
        model.load(Synthetic(20, prefix="新"))
        assert text(model, 3) == "旧3"
    assert text(model, 3) == "新3"
    assert model.rowCount() == 20


def test_only_the_last_of_several_loads_is_shown(model: RowModel, qtbot: QtBot) -> None:
    shown: list[bool] = []
    model.opened.connect(shown.append)
    for size in (10, 20, 30):
        model.load(Synthetic(size))
    qtbot.waitUntil(lambda: model.rowCount() == 30)
    assert len(shown) == 1


def test_refreshing_the_same_list_resets_nothing_unless_it_grew(model: RowModel, qtbot: QtBot) -> None:
    source = load(model, Synthetic(MILLION), qtbot)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.load(source, around=900_000)
    assert text(model, 900_000) == "单位900000"
    source.size += 1
    with qtbot.waitSignal(model.modelReset):
        model.load(source)
    assert model.rowCount() == MILLION + 1


def test_a_page_that_failed_is_told_once_and_asked_for_again_at_the_next_load(
    model: RowModel, kit: Kit, qtbot: QtBot
) -> None:
    source = load(model, Synthetic(5000, broken=True), qtbot)
    told: list[str] = []
    kit.faults.told.connect(told.append)
    model.want(3000, 3030)
    qtbot.waitUntil(lambda: len(model._failed) >= 2 and not model._in_flight)
    model.want(3000, 3030)
    qtbot.waitUntil(lambda: not model._in_flight)
    asked = len(model._failed)
    model.want(3000, 3030)
    assert not model._in_flight
    assert asked == 3
    assert set(told) == {"数据库被占用，请稍后再试"}
    source.broken = False
    load(model, source, qtbot)
    model.want(3000, 3030)
    qtbot.waitUntil(lambda: text(model, 3000) == "单位3000")


def test_an_empty_list_is_empty(model: RowModel, qtbot: QtBot) -> None:
    load(model, Synthetic(0), qtbot)
    model.want(0, 0)
    assert model.rowCount() == 0
    assert model.row(0) is None


def test_a_row_has_no_children(model: RowModel, qtbot: QtBot) -> None:
    load(model, Synthetic(5), qtbot)
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.columnCount(model.index(0, 0)) == 0
    assert model.rowCount(QModelIndex()) == 5


def test_headings_carry_the_arrow_and_the_alignment(model: RowModel) -> None:
    heading = Qt.Orientation.Horizontal
    model.set_sorted("code", descending=True)
    assert model.headerData(1, heading) == "统一社会信用代码 ↓"
    model.set_sorted("name", descending=False)
    assert [model.headerData(at, heading) for at in (0, 1)] == ["单位名称 ↑", "统一社会信用代码"]
    assert (
        Qt.AlignmentFlag(model.headerData(3, heading, Qt.ItemDataRole.TextAlignmentRole)) & Qt.AlignmentFlag.AlignRight
    )


def test_rows_of_ranges_are_read_up_to_a_limit() -> None:
    source = Synthetic(MILLION)
    rows = rows_of(source, [(5, 7), (900, 5000)], 1000)
    assert [row.id for row in rows[:4]] == [6, 7, 8, 901]
    assert len(rows) == 1000
