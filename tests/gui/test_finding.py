import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.gui.operators import code, enter_licence, enter_operators
from wenlv_desk.gui.frame.finding import Results, find_everywhere
from wenlv_desk.gui.frame.shell import Shell
from wenlv_desk.gui.seat import Seat, at_desk
from wenlv_desk.gui.widgets.searchbox import SearchBox
from wenlv_desk.store.gate import perform


@pytest.fixture
def firms(seat: Seat) -> list[int]:
    found = enter_operators(seat, "海书香文化用品店", "青屿书店", "新岸书刊社")
    enter_licence(seat, found[2])
    return found


@pytest.fixture
def box(shell: Shell) -> SearchBox:
    shell.activateWindow()
    return shell.top.search


@pytest.fixture
def results(seat: Seat, shell: Shell, box: SearchBox, firms: list[int]) -> Results:
    area = shell.centralWidget()
    assert isinstance(area, QWidget)
    return Results(seat, box, area)


def look_for(box: SearchBox, results: Results, text: str, qtbot: QtBot) -> None:
    box.setFocus()
    box.setText(text)
    qtbot.waitUntil(results.isVisible)


def test_hits_stand_under_their_register_with_its_count(seat: Seat, firms: list[int]) -> None:
    hits = at_desk(seat.office, seat.clerk, find_everywhere, "新岸")
    assert [hit.text for hit in hits if hit.heading] == ["经营单位　1 家", "出版物经营许可证　1 件"]
    assert [hit.spans for hit in hits if hit.record_id] == [((0, 2),), ((0, 2),)]


def test_a_hit_in_a_former_name_says_so(seat: Seat, firms: list[int]) -> None:
    perform(seat.office, seat.clerk, "amend", "operator", firms[1], arguments={"former_names": "老街报亭"})
    hits = at_desk(seat.office, seat.clerk, find_everywhere, "报亭")
    assert [(hit.text, hit.beside, hit.beside_spans) for hit in hits if hit.record_id] == [
        ("青屿书店", "曾用名：老街报亭", ((6, 8),))
    ]


def test_undo_is_the_windows_again_once_a_hit_was_opened(
    box: SearchBox, results: Results, firms: list[int], qtbot: QtBot
) -> None:
    look_for(box, results, "青屿", qtbot)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.text() == "青屿"
    assert not box.isUndoAvailable()


def test_more_hits_than_lines_lead_to_the_list(seat: Seat, firms: list[int]) -> None:
    hits = at_desk(seat.office, seat.clerk, find_everywhere, "书", 1)
    assert "在经营单位里看全部 3 家" in [hit.text for hit in hits]


@pytest.mark.parametrize("text", ["屿书", "qysd", "qingyu", "0002", code(2)])
def test_one_field_finds_a_firm_by_any_part(seat: Seat, firms: list[int], text: str) -> None:
    hits = at_desk(seat.office, seat.clerk, find_everywhere, text)
    assert firms[1] in [hit.record_id for hit in hits if hit.register == "operator"]


def test_a_phone_stays_masked_among_the_hits(seat: Seat, firms: list[int]) -> None:
    hits = at_desk(seat.office, seat.clerk, find_everywhere, "13800130002")
    assert any("138****0002" in hit.beside for hit in hits)
    assert not any("13800130002" in hit.beside for hit in hits)


def test_down_and_enter_open_a_record(box: SearchBox, results: Results, firms: list[int], qtbot: QtBot) -> None:
    look_for(box, results, "书", qtbot)
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(results.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(results.record_wanted) as went:
        QTest.keyClick(results.list, Qt.Key.Key_Return)
    assert went.args == ["operator", firms[1]]
    assert not results.isVisible()


def test_a_scanned_code_opens_its_record_at_once(
    box: SearchBox, results: Results, firms: list[int], qtbot: QtBot
) -> None:
    box.setFocus()
    with qtbot.waitSignal(results.record_wanted) as went:
        QTest.keyClicks(box, code(2))
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert went.args == ["operator", firms[1]]


def test_escape_closes_the_results(box: SearchBox, results: Results, qtbot: QtBot) -> None:
    look_for(box, results, "书", qtbot)
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert not results.isVisible()


def test_nothing_found_says_what_else_to_try(box: SearchBox, results: Results, qtbot: QtBot) -> None:
    look_for(box, results, "没有这样一家", qtbot)
    (only,) = results.hits()
    assert "没有找到“没有这样一家”" in only.text
    assert only.heading
