from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QHelpEvent, QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip
from pytestqt.qtbot import QtBot

from tests.gui.synthetic import COLUMNS, Synthetic
from tests.gui.walk import unnamed
from wenlv_desk.gui.kit import Kit
from wenlv_desk.gui.look.looks import Mode
from wenlv_desk.gui.look.tokens import LIGHT
from wenlv_desk.gui.table import Column, Marked, RecordTable, Row, Tag

MILLION = 1_000_000
Opener = Callable[[Synthetic], RecordTable]


@pytest.fixture
def table(kit: Kit, qtbot: QtBot) -> RecordTable:
    kit.looks.choose(Mode.LIGHT)
    made = RecordTable("operators", "经营单位列表", COLUMNS, kit)
    made.resize(700, 400)
    qtbot.addWidget(made)
    made.show()
    return made


def load(table: RecordTable, source: Synthetic, qtbot: QtBot) -> Synthetic:
    with qtbot.waitSignal(table.rows.opened):
        table.load(source)
    return source


def told(table: RecordTable) -> list[int | None]:
    seen: list[int | None] = []
    table.current_changed.connect(seen.append)
    return seen


def image(table: RecordTable) -> QImage:
    return table.viewport().grab().toImage()


def colours(picture: QImage, left: int, right: int, top: int, bottom: int) -> set[str]:
    return {picture.pixelColor(x, y).name() for x in range(left, right) for y in range(top, bottom)}


def test_the_model_keeps_qts_rules(table: RecordTable, qtbot: QtBot) -> None:
    QAbstractItemModelTester(table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, table)
    source = load(table, Synthetic(500), qtbot)
    source.size = 400
    with qtbot.waitSignal(table.rows.opened):
        table.refresh()


def test_end_and_home_go_to_the_last_and_first_of_a_million(table: RecordTable, qtbot: QtBot) -> None:
    load(table, Synthetic(MILLION), qtbot)
    seen = told(table)
    qtbot.keyClick(table, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: seen[-1:] == [MILLION])
    assert table.rowAt(table.viewport().height() - 1) in (MILLION - 1, -1)
    qtbot.keyClick(table, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: seen[-1:] == [1])


def test_arrows_and_pages_move_the_cursor(table: RecordTable, qtbot: QtBot) -> None:
    load(table, Synthetic(1000), qtbot)
    qtbot.keyClick(table, Qt.Key.Key_Home)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.current_id == 2
    qtbot.keyClick(table, Qt.Key.Key_PageDown)
    assert table.current_id is not None
    assert 8 <= table.current_id <= 16
    qtbot.keyClick(table, Qt.Key.Key_Up)
    assert table.current_id == table.currentIndex().row() + 1


def test_enter_and_a_double_click_open_a_record(table: RecordTable, qtbot: QtBot) -> None:
    load(table, Synthetic(10), qtbot)
    opened: list[int] = []
    table.opened.connect(opened.append)
    qtbot.keyClick(table, Qt.Key.Key_Home)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    place = table.visualRect(table.rows.index(2, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [1, 3]


def test_typing_in_the_list_is_handed_to_the_page(table: RecordTable, qtbot: QtBot) -> None:
    load(table, Synthetic(10), qtbot)
    typed: list[str] = []
    table.typed.connect(typed.append)
    qtbot.keyClick(table, Qt.Key.Key_Home)
    qtbot.keyClicks(table, "xa")
    assert typed == ["x", "a"]


def test_everything_chosen_is_counted_and_copied_though_most_rows_never_came(table: RecordTable, qtbot: QtBot) -> None:
    load(table, Synthetic(1000), qtbot)
    table.selectAll()
    assert table.chosen_count() == 1000
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()))
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "单位名称\t统一社会信用代码\t状态\t从业人数"
    assert lines[1] == "单位0\t923700000000000000\t有效\t0"
    assert lines[-1].startswith("单位999\t")
    assert len(lines) == 1001


def test_copying_keeps_a_cell_in_its_cell(table: RecordTable, qtbot: QtBot) -> None:
    load(table, Synthetic(3), qtbot)
    table.plan.show(frozenset({"name", "note"}))
    table.selectRow(1)
    table.copy()
    qtbot.waitUntil(lambda: "一行" in QGuiApplication.clipboard().text())
    assert QGuiApplication.clipboard().text() == "单位名称\t备注\n单位1\t一行 里有制表符"


def test_a_copy_that_was_cut_says_so(table: RecordTable, kit: Kit, qtbot: QtBot) -> None:
    load(table, Synthetic(MILLION), qtbot)
    table.selectAll()
    table.copy()
    qtbot.waitUntil(lambda: kit.notices.current is not None)
    assert kit.notices.current is not None
    assert "1,000,000" in kit.notices.current.text
    assert "导出" in kit.notices.current.text


def test_several_rows_are_chosen_with_ctrl(table: RecordTable, qtbot: QtBot) -> None:
    load(table, Synthetic(100), qtbot)
    flag = QItemSelectionModel.SelectionFlag
    for row in (1, 3, 5):
        table.selectionModel().select(table.rows.index(row, 0), flag.Select | flag.Rows)
    chosen: list[Row] = []
    table.with_chosen(chosen.extend)
    qtbot.waitUntil(lambda: bool(chosen))
    assert [row.id for row in chosen] == [2, 4, 6]


def test_a_click_on_a_heading_asks_for_sorting_and_a_second_one_turns_it(table: RecordTable, qtbot: QtBot) -> None:
    load(table, Synthetic(10), qtbot)
    asked: list[tuple[str, bool]] = []
    table.sort_requested.connect(lambda name, descending: asked.append((name, descending)))
    for at in (1, 1, 1, 4):
        table.horizontalHeader().sectionClicked.emit(at)
    assert asked == [("code", False), ("code", True), ("code", False)]


def test_refreshing_stays_at_the_record_though_it_moved(table: RecordTable, qtbot: QtBot) -> None:
    source = load(table, Synthetic(1000), qtbot)
    table.go_to(51)
    seen = told(table)
    source.first_id, source.size = 0, 1001  # one record came in before it
    with qtbot.waitSignal(table.rows.opened):
        table.refresh()
    assert table.currentIndex().row() == 51
    assert table.current_id == 51
    assert None not in seen


def test_a_record_far_away_is_found_by_the_source(table: RecordTable, qtbot: QtBot) -> None:
    load(table, Synthetic(MILLION), qtbot)
    table.go_to(765_433)
    qtbot.waitUntil(lambda: table.current_id == 765_433)
    assert table.currentIndex().row() == 765_432


def test_another_list_starts_at_its_top_with_no_cursor(table: RecordTable, qtbot: QtBot) -> None:
    load(table, Synthetic(1000), qtbot)
    table.go_to(900)
    qtbot.waitUntil(lambda: table.current_id == 900)
    seen = told(table)
    load(table, Synthetic(500, first_id=5000), qtbot)
    assert table.verticalScrollBar().value() == 0
    assert seen[-1] is None
    assert table.current_id is None


def test_an_empty_list_says_what_to_do_next(table: RecordTable, qtbot: QtBot) -> None:
    done: list[str] = []
    table.empty.say(
        "还没有经营单位，导入台账或新增", ("导入台账", lambda: done.append("import")), ("新增", lambda: None)
    )
    load(table, Synthetic(0), qtbot)
    assert table.empty.isVisible()
    (first, _) = table.empty.findChildren(QPushButton)
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert done == ["import"]
    load(table, Synthetic(1), qtbot)
    assert not table.empty.isVisible()


def test_what_an_empty_list_says_in_two_lines_is_shown_whole(table: RecordTable, qtbot: QtBot) -> None:
    table.empty.say("还没有经营单位。" * 8, ("导入台账", lambda: None), ("新增", lambda: None))
    load(table, Synthetic(0), qtbot)
    (first, _) = table.empty.findChildren(QPushButton)
    qtbot.waitUntil(first.isVisible)
    qtbot.waitUntil(lambda: first.geometry().bottom() < table.empty.height())
    text = table.empty._text
    assert text.height() >= text.heightForWidth(text.width())


def test_a_status_is_painted_in_its_tone_and_a_search_hit_on_yellow(table: RecordTable, qtbot: QtBot) -> None:
    load(table, Synthetic(4), qtbot)
    qtbot.waitUntil(lambda: LIGHT.mark in colours(image(table), 10, 30, 0, 32))
    picture, header = image(table), table.horizontalHeader()
    left = header.sectionViewportPosition(2)
    assert LIGHT.green_soft in colours(picture, left, left + 60, 0, 31)
    assert LIGHT.amber_soft in colours(picture, left, left + 60, 32, 63)


def test_figures_stand_at_the_right(table: RecordTable, qtbot: QtBot) -> None:
    load(table, Synthetic(4), qtbot)
    header, picture = table.horizontalHeader(), image(table)
    left = header.sectionViewportPosition(3)
    width = COLUMNS[3].width
    table.plan.scale()
    ink = [x for x in range(left, left + header.sectionSize(3)) if colours(picture, x, x + 1, 4, 28) != {LIGHT.surface}]
    assert min(ink) > left + width / 2


def test_a_row_that_has_not_come_is_a_grey_bar(table: RecordTable, qtbot: QtBot) -> None:
    load(table, Synthetic(0), qtbot)
    source = Synthetic(1000)
    load(table, source, qtbot)
    table.rows._pages.clear()
    table.rows._failed.update(range(6))
    seen = colours(image(table), 10, 60, 0, 32)
    assert QColor(LIGHT.text).name() not in seen
    assert len(seen) >= 2


def test_the_chosen_row_is_seen(table: RecordTable, qtbot: QtBot) -> None:
    load(table, Synthetic(4), qtbot)
    table.selectRow(1)
    assert LIGHT.accent_soft in colours(image(table), 0, 20, 34, 60)


def test_rows_grow_with_the_text(table: RecordTable, kit: Kit, qtbot: QtBot) -> None:
    load(table, Synthetic(100), qtbot)
    height = table.rowHeight(0)
    kit.looks.resize(150)
    assert table.rowHeight(0) == round(height * 1.5)
    assert table.columnWidth(1) == round(COLUMNS[1].width * 1.5)


@pytest.mark.parametrize(("row", "shown"), [(0, ""), (1, "一个长得任何一列都放不下的单位名称有限责任公司")])
def test_what_is_cut_is_shown_whole_in_a_tip(table: RecordTable, kit: Kit, qtbot: QtBot, row: int, shown: str) -> None:
    class Two(Synthetic):
        def row(self, number: int) -> Row:
            text = ("短名", "一个长得任何一列都放不下的单位名称有限责任公司")[number]
            return Row(number, (text, "", Tag("有效", "green"), "", ""))

    load(table, Two(2), qtbot)
    place = table.visualRect(table.rows.index(row, 0)).center()
    event = QHelpEvent(QEvent.Type.ToolTip, place, table.viewport().mapToGlobal(place))
    QApplication.sendEvent(table.viewport(), event)
    assert QToolTip.text() == shown


def test_a_double_click_on_the_edge_of_a_column_fits_what_is_in_sight(table: RecordTable, qtbot: QtBot) -> None:
    load(table, Synthetic(50), qtbot)
    fitted = table.sizeHintForColumn(1)
    assert table.fontMetrics().horizontalAdvance("9" * 18) < fitted < COLUMNS[1].width + 20


def test_wrong_figures_are_red_and_bold_where_they_stand(kit: Kit, qtbot: QtBot) -> None:
    kit.looks.choose(Mode.LIGHT)
    columns = (Column("code", "统一社会信用代码", 200),)

    class Wrong(Synthetic):
        def row(self, number: int) -> Row:
            return Row(number, (Marked("91370687MA3F72R000", ((15, 18),), wrong=True),))

    table = RecordTable("plan", "导入计划", columns, kit)
    qtbot.addWidget(table)
    table.resize(300, 200)
    table.show()
    load(table, Wrong(1, columns=columns), qtbot)
    picture = image(table)
    assert LIGHT.red in colours(picture, 115, 160, 5, 28)
    assert LIGHT.red not in colours(picture, 10, 100, 5, 28)


def test_every_control_of_a_list_has_a_name(table: RecordTable, qtbot: QtBot) -> None:
    load(table, Synthetic(3), qtbot)
    assert unnamed(table) == []
    assert table.accessibleName() == "经营单位列表"


def test_the_column_chooser_is_asked_for_at_the_heading(table: RecordTable, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.columns_wanted):
        table.horizontalHeader().customContextMenuRequested.emit(QPoint(5, 5))
