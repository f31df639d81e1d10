from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.walk import controls, unnamed
from wenlv_desk.core.errors import UserError
from wenlv_desk.gui.frame.rail import Page, RailButton
from wenlv_desk.gui.frame.shell import Shell
from wenlv_desk.gui.frame.topbar import day_text
from wenlv_desk.gui.jobs import Running
from wenlv_desk.gui.kit import Kit
from wenlv_desk.gui.look.looks import Mode
from wenlv_desk.gui.memory import Memory

NAMES = {"operators": "经营单位", "licences": "许可证", "archive": "文书档案"}


def page(kit: Kit) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    field = QLineEdit()
    field.setAccessibleName("单位名称")
    column.addWidget(field)
    return box


def pages(factory: Callable[[Kit], QWidget] = page) -> list[Page]:
    icons = {"operators": "store", "licences": "scroll-text", "archive": "archive"}
    return [Page(name, title, icons[name], factory, int(name == "archive")) for name, title in NAMES.items()]


@pytest.fixture
def window(shell: Shell, qtbot: QtBot) -> Shell:
    shell.show_pages(pages())
    with qtbot.waitExposed(shell):
        shell.show()
    shell.activateWindow()
    return shell


def rail(window: Shell) -> dict[str, RailButton]:
    return {one.page.name: one for one in window.findChildren(RailButton)}


def press(window: Shell, key: Qt.Key, qtbot: QtBot) -> None:
    qtbot.keyClick(window.focusWidget() or window, key, Qt.KeyboardModifier.ControlModifier)


def test_the_first_paint_is_told_once(shell: Shell, qtbot: QtBot) -> None:
    told: list[bool] = []
    shell.painted.connect(lambda: told.append(True))
    with qtbot.waitSignal(shell.painted):
        shell.show()
    shell.resize(1200, 700)
    shell.grab()
    assert told == [True]


def test_the_rail_shows_exactly_the_pages_there_are(window: Shell) -> None:
    assert [one.text().strip() for one in rail(window).values()] == list(NAMES.values())
    assert rail(window)["operators"].isChecked()


def test_a_page_is_made_when_it_is_first_shown_and_only_once(shell: Shell) -> None:
    made: list[QWidget] = []

    def factory(kit: Kit) -> QWidget:
        made.append(page(kit))
        return made[-1]

    shell.show_pages(pages(factory))
    assert len(made) == 1
    first = shell.open_page("licences")
    shell.open_page("operators")
    assert shell.open_page("licences") is first
    assert len(made) == 2


def test_a_click_and_a_key_open_a_page(window: Shell, qtbot: QtBot) -> None:
    opened: list[str] = []
    window.page_changed.connect(opened.append)
    qtbot.mouseClick(rail(window)["licences"], Qt.MouseButton.LeftButton)
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: opened == ["licences", "archive"])


def test_up_and_down_walk_through_the_rail_and_round_its_ends(window: Shell, qtbot: QtBot) -> None:
    opened: list[str] = []
    window.page_changed.connect(opened.append)
    rail(window)["operators"].setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(window.focusWidget(), key)
    assert opened == ["licences", "archive", "operators", "archive"]


def test_a_badge_shows_what_waits_and_a_screen_reader_says_it(window: Shell) -> None:
    window.rail.set_badge("licences", 5)
    button = rail(window)["licences"]
    (badge,) = button.findChildren(QLabel)
    assert (badge.text(), badge.isVisible(), button.accessibleName()) == ("5", True, "许可证，5 件待办")
    window.rail.set_badge("licences", 0)
    assert not badge.isVisible()
    window.rail.set_badge("no-such-page", 3)


def test_ctrl_k_goes_to_the_search_field(window: Shell, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_K, qtbot)
    assert window.focusWidget() is window.top.search
    assert window.top.search.placeholderText() == "找单位、证号、文书、电话……"


def test_ctrl_z_takes_back_the_text_in_a_field_and_else_the_last_operation(window: Shell, qtbot: QtBot) -> None:
    asked: list[bool] = []
    window.undo_requested.connect(lambda: asked.append(True))
    window.top.search.setFocus()
    window.top.search.insert("书")
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    override.ignore()
    QApplication.sendEvent(window.top.search, override)
    assert override.isAccepted()
    rail(window)["operators"].setFocus()
    press(window, Qt.Key.Key_Z, qtbot)
    assert asked == [True]


def test_the_status_bar_names_what_can_be_undone_and_undoes_it(window: Shell, qtbot: QtBot) -> None:
    window.status.set_undo("年审收件 NS-CB-2026-0007")
    (button,) = [one for one in window.status.findChildren(QPushButton) if "可撤销" in one.text()]
    assert button.text() == "可撤销：年审收件 NS-CB-2026-0007（Ctrl Z）"
    with qtbot.waitSignal(window.undo_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    window.status.set_undo("")
    assert not button.isVisible()


def test_a_running_job_is_shown_with_its_progress_and_can_be_stopped(window: Shell, qtbot: QtBot) -> None:
    window.status.show_running(Running("导入台账", 31_200, 100_000))
    shown = [one.text() for one in window.status.findChildren(QLabel) if one.isVisible()]
    assert "导入台账 31,200 / 100,000" in shown
    (stop,) = [one for one in window.status.findChildren(QPushButton) if one.accessibleName() == "停止导入台账"]
    with qtbot.waitSignal(window.status.stop_requested):
        qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    window.kit.jobs.running.emit(None)
    assert not stop.isVisible()


def test_an_error_of_a_job_is_shown_in_the_window(window: Shell, qtbot: QtBot) -> None:
    def refuse() -> None:
        raise UserError("“新岸书刊社”已注销，请先恢复")

    window.kit.jobs.read(window, refuse, then=lambda _: None)
    qtbot.waitUntil(window.kit.notices.isVisible)
    assert window.kit.notices.current is not None
    assert window.kit.notices.current.text == "“新岸书刊社”已注销，请先恢复"


def test_keys_change_the_text_size(window: Shell, qtbot: QtBot) -> None:
    height = window.top.height()
    press(window, Qt.Key.Key_Equal, qtbot)
    press(window, Qt.Key.Key_Equal, qtbot)
    assert window.kit.looks.percent == 125
    assert window.top.height() == round(height * 1.25)
    press(window, Qt.Key.Key_Minus, qtbot)
    assert window.kit.looks.percent == 110
    press(window, Qt.Key.Key_0, qtbot)
    assert window.kit.looks.percent == 100


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("percent", [90, 200])
def test_every_look_and_size_can_be_painted(window: Shell, mode: Mode, percent: int) -> None:
    window.kit.looks.choose(mode)
    window.kit.looks.resize(percent)
    assert window.grab().toImage().pixelColor(2, 2).name() == window.kit.looks.tokens.surface


def test_page_and_size_are_remembered(shell: Shell, memory: Memory, qtbot: QtBot) -> None:
    shell.show_pages(pages())
    shell.show()
    shell.resize(1000, 666)
    shell.open_page("archive")
    shell.close()
    again = Shell(memory)
    qtbot.addWidget(again)
    again.show_pages(pages())
    again.show()
    assert again.height() == 666
    assert rail(again)["archive"].isChecked()
    again.close()


def test_a_remembered_page_that_is_gone_means_the_first(shell: Shell) -> None:
    shell.kit.memory.keep("window/page", "of-a-later-version")
    shell.show_pages(pages())
    assert rail(shell)["operators"].isChecked()


def test_every_control_of_the_window_has_a_name(window: Shell) -> None:
    window.status.set_undo("核发")
    window.status.show_running(Running("导入台账", 1, 2))
    window.kit.notices.fail("磁盘已满，请腾出空间后重试")
    assert unnamed(window) == []


def test_tab_goes_from_the_top_through_the_rail_to_the_page(window: Shell, qtbot: QtBot) -> None:
    def place(widget: QWidget) -> str:
        if widget is window.top.search:
            return "top"
        return "rail" if isinstance(widget, RailButton) else "page" if isinstance(widget, QLineEdit) else "other"

    window.top.search.setFocus()
    seen = ["top"]
    for _ in range(20):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        where = place(window.focusWidget())
        if where != seen[-1]:
            seen.append(where)
    assert seen[:3] == ["top", "rail", "page"]


def test_the_focus_can_be_seen_on_every_control(window: Shell) -> None:
    """What a control looks like changes when it gets the focus."""
    window.status.set_undo("核发")
    blind = []
    for one in controls(window):
        if not one.isVisible() or not one.isEnabled():
            continue
        one.clearFocus()
        without = one.grab().toImage()
        one.setFocus(Qt.FocusReason.TabFocusReason)
        if one.grab().toImage() == without:
            blind.append(one.accessibleName() or type(one).__name__)
    assert blind == []


def test_the_day_says_weekday_and_whether_the_office_is_open() -> None:
    assert day_text(date(2026, 3, 16), working=True) == "2026年3月16日 星期一 · 工作日"
    assert day_text(date(2026, 10, 4), working=False) == "2026年10月4日 星期日 · 休息日"
    assert day_text(date(2026, 10, 4), working=None) == "2026年10月4日 星期日"


def test_nothing_of_the_frame_is_cut_at_the_usual_size(window: Shell, qtbot: QtBot) -> None:
    window.top.set_day(date(2026, 12, 31), working=False)
    window.top.set_clerk("欧阳晓晓（窗口十二）")
    window.resize(1366, 768)
    labels = [one for one in window.top.findChildren(QLabel) if one.text() and one.parentWidget() is window.top]
    assert len(labels) == 3
    qtbot.waitUntil(lambda: all(one.width() >= one.sizeHint().width() for one in labels))
    assert all(one.mapTo(window, QPoint(one.width(), 0)).x() <= 1366 for one in labels)
