from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.operators import enter_operators, names, page_of
from wenlv_desk.gui.frame.shell import Shell
from wenlv_desk.gui.frame.undoing import Undoing
from wenlv_desk.gui.seat import Seat


def test_ctrl_z_names_what_it_takes_back_asks_and_does_it(seat: Seat, shell: Shell, qtbot: QtBot) -> None:
    enter_operators(seat, "青屿书店", "澄书堂")
    page = page_of(seat, "operator", qtbot)
    undoing = Undoing(seat, shell.status)
    shell.undo_requested.connect(undoing.ask)
    qtbot.waitUntil(lambda: undoing.next is not None)
    assert undoing.next is not None
    assert undoing.next.title == "新增 澄书堂（经营单位）"
    assert any("可撤销：新增 澄书堂" in one.text() for one in shell.status.findChildren(type(shell.status._undo)))
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    QTest.keyClick(shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: undoing.dialog is not None)
    assert undoing.dialog is not None
    assert undoing.dialog.windowTitle() == "撤销“新增 澄书堂（经营单位）”？"
    assert names(page) == ["青屿书店", "澄书堂"]
    assert undoing.dialog.primary is not None
    undoing.dialog.primary.click()
    qtbot.waitUntil(lambda: names(page) == ["青屿书店"])
    qtbot.waitUntil(lambda: undoing.next is not None and undoing.next.title == "新增 青屿书店（经营单位）")


def test_with_nothing_to_undo_it_says_so(seat: Seat, shell: Shell, qtbot: QtBot) -> None:
    undoing = Undoing(seat, shell.status)
    undoing.ask()
    assert seat.kit.notices.current is not None
    assert seat.kit.notices.current.text == "没有可以撤销的操作"
