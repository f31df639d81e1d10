import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from wenlv_desk.gui.kit import Kit
from wenlv_desk.gui.widgets.searchbox import SearchBox


@pytest.fixture
def box(kit: Kit, qtbot: QtBot) -> SearchBox:
    made = SearchBox("找单位、证号、文书、电话……", kit.looks, key="Ctrl+K")
    made.resize(400, 32)
    qtbot.addWidget(made)
    made.show()
    return made


def searches(box: SearchBox) -> list[str]:
    seen: list[str] = []
    box.searched.connect(seen.append)
    return seen


def test_a_search_starts_when_the_keys_rest(box: SearchBox, qtbot: QtBot) -> None:
    seen = searches(box)
    qtbot.keyClicks(box, "xask")
    assert seen == []
    qtbot.waitUntil(lambda: seen == ["xask"])


def test_enter_searches_at_once_and_only_once(box: SearchBox, qtbot: QtBot) -> None:
    seen, submitted = searches(box), []
    box.submitted.connect(submitted.append)
    box.insert(" 书 ")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert seen == ["书"]
    assert submitted == ["书", "书"]


def test_escape_clears_first_and_then_leaves(box: SearchBox, qtbot: QtBot) -> None:
    seen, left = searches(box), []
    box.left.connect(lambda: left.append(True))
    box.insert("书")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert (box.text(), seen, left) == ("", ["书", ""], [])
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert left == [True]


def test_down_goes_into_the_results(box: SearchBox, qtbot: QtBot) -> None:
    with qtbot.waitSignal(box.left_down):
        qtbot.keyClick(box, Qt.Key.Key_Down)


def test_what_is_being_composed_is_not_searched_for(box: SearchBox, qtbot: QtBot) -> None:
    seen = searches(box)
    QApplication.sendEvent(box, QInputMethodEvent("shu'dian", []))
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert seen == []
    done = QInputMethodEvent()
    done.setCommitString("书店")
    QApplication.sendEvent(box, done)
    qtbot.waitUntil(lambda: seen == ["书店"])


def test_typing_that_began_elsewhere_goes_on_here(box: SearchBox, qtbot: QtBot) -> None:
    box.setText("书")
    box.take("店")
    assert box.text() == "书店"
