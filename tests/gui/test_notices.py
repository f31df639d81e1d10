from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from wenlv_desk.gui.kit import Kit
from wenlv_desk.gui.look.tokens import Tone
from wenlv_desk.gui.widgets.notices import Notice, Notices


def texts(notices: Notices) -> list[str]:
    return [one.text() for one in notices.findChildren(QLabel) if one.isVisibleTo(notices) and one.text()]


def press(notices: Notices, name: str, qtbot: QtBot) -> None:
    (found,) = [one for one in notices.findChildren(QPushButton) if one.accessibleName() == name]
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def test_nothing_is_shown_until_there_is_something_to_say(kit: Kit) -> None:
    assert kit.notices.isHidden()


def test_a_result_leaves_by_itself_and_an_error_stays(kit: Kit) -> None:
    kit.notices.tell("已核发 新出发鲁零字第示034号")
    assert kit.notices._leave.isActive()
    kit.notices.fail("磁盘已满，请腾出空间后重试")
    assert not kit.notices._leave.isActive()
    assert not kit.notices.isHidden()


def test_an_error_comes_back_after_the_result_that_covered_it(kit: Kit) -> None:
    kit.notices.fail("磁盘已满，请腾出空间后重试")
    kit.notices.tell("已复制 3 行")
    assert texts(kit.notices) == ["已复制 3 行", "还有 1 条"]
    kit.notices._leave.timeout.emit()
    assert texts(kit.notices) == ["磁盘已满，请腾出空间后重试"]


def test_the_same_error_is_not_piled_up(kit: Kit) -> None:
    for _ in range(3):
        kit.notices.fail("数据库被占用，请稍后再试")
    kit.notices.dismiss()
    assert kit.notices.isHidden()


def test_the_action_is_done_once_and_puts_the_notice_away(kit: Kit, qtbot: QtBot) -> None:
    done: list[str] = []
    kit.notices.show_notice(Notice("已存为 名册.xlsx", Tone.GREEN, "打开", lambda: done.append("open")))
    press(kit.notices, "打开", qtbot)
    assert done == ["open"]
    assert kit.notices.isHidden()


def test_a_notice_can_be_closed(kit: Kit, qtbot: QtBot) -> None:
    kit.notices.fail("打印机没有应答，请检查电源后重试")
    press(kit.notices, "关闭消息", qtbot)
    assert kit.notices.isHidden()


def test_a_screen_reader_can_ask_what_was_said(kit: Kit) -> None:
    kit.notices.fail("打印机没有应答，请检查电源后重试")
    assert kit.notices.accessibleDescription() == "打印机没有应答，请检查电源后重试"
