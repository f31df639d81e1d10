import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.gui.walk import unnamed
from wenlv_desk.gui.frame.shell import Shell
from wenlv_desk.gui.kit import Kit
from wenlv_desk.gui.widgets.dialogs import Dialog, confirm


@pytest.fixture
def dialog(kit: Kit, shell: Shell, qtbot: QtBot) -> Dialog:
    shell.show()
    made = Dialog("补领出版物经营许可证", kit.looks, shell)
    form = QFormLayout()
    for name, field in (
        ("原因", QLineEdit()),
        ("方式", QComboBox()),
        ("日期", QDateEdit()),
        ("份数", QSpinBox()),
        ("声明", QCheckBox("已登载")),
        ("备注", QPlainTextEdit()),
    ):
        field.setAccessibleName(name)
        form.addRow(name, field)
    made.body.addLayout(form)
    made.add_button("看声明", lambda: None)
    made.buttons("补领")
    made.open()
    return made


def focused(dialog: Dialog) -> str:
    widget = dialog.focusWidget()
    return widget.accessibleName() if widget is not None else ""


def test_enter_goes_from_field_to_field_and_ends_on_the_primary_button(dialog: Dialog, qtbot: QtBot) -> None:
    dialog.findChildren(QLineEdit)[0].setFocus()
    visited = [focused(dialog)]
    for _ in range(5):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
        visited.append(focused(dialog))
    assert visited == ["原因", "方式", "日期", "份数", "声明", "备注"]
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert dialog.isVisible()


def test_enter_in_a_box_of_several_lines_is_a_new_line(dialog: Dialog, qtbot: QtBot) -> None:
    box = dialog.findChildren(QPlainTextEdit)[0]
    box.setFocus()
    box.insertPlainText("一")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.toPlainText() == "一\n"
    assert dialog.isVisible()


def test_enter_on_the_primary_button_finishes_the_dialog(dialog: Dialog, qtbot: QtBot) -> None:
    assert dialog.primary is not None
    dialog.primary.setFocus()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.primary, Qt.Key.Key_Return)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_finishes_from_anywhere(dialog: Dialog, qtbot: QtBot, key: Qt.Key) -> None:
    line = dialog.findChildren(QLineEdit)[0]
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(line, key, Qt.KeyboardModifier.ControlModifier)


def test_escape_leaves(dialog: Dialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_buttons_show_their_keys_and_say_only_their_names(dialog: Dialog) -> None:
    shown = {one.accessibleName(): one.text() for one in dialog.findChildren(QPushButton)}
    assert shown == {"看声明": "看声明", "取消": "取消 Esc", "补领": "补领 Ctrl Enter"}


def test_every_control_of_a_dialog_has_a_name(dialog: Dialog) -> None:
    assert unnamed(dialog) == []


def test_a_control_without_a_name_is_found(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    QLineEdit(box)
    assert len(unnamed(box)) == 1


def asked(kit: Kit, shell: Shell, done: list[str]) -> Dialog:
    shell.show()
    return confirm(
        shell,
        kit.looks,
        "注销“新岸书刊社”的许可证？",
        "注销",
        lambda: done.append("done"),
        will=["许可证的状态变为“注销”"],
        undo="办理后可用 Ctrl+Z 撤销。",
    )


def test_a_destructive_step_is_done_only_when_it_is_confirmed(kit: Kit, shell: Shell, qtbot: QtBot) -> None:
    done: list[str] = []
    dialog = asked(kit, shell, done)
    assert dialog.primary is not None
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert done == ["done"]


def test_the_safe_button_has_the_focus_and_does_nothing(kit: Kit, shell: Shell, qtbot: QtBot) -> None:
    done: list[str] = []
    dialog = asked(kit, shell, done)
    safe = dialog.focusWidget()
    assert safe.accessibleName() == "取消"
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(safe, Qt.Key.Key_Return)
    assert done == []


def test_qt_says_its_standard_buttons_in_chinese(qtbot: QtBot) -> None:
    standard = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(standard.Cancel | standard.Save | standard.Close | standard.Yes)
    qtbot.addWidget(box)
    texts = {one.text().replace("&", "") for one in box.buttons()}
    assert all(any("\u4e00" <= character <= "\u9fff" for character in text) for text in texts), texts
