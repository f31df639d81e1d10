"""Short questions of the import page: a reason, a password, one of several values."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.dialogs import Dialog
from wenlv_desk.gui.widgets.parts import words

_USUAL: Final = ("已与经营者核实，按其执照登记", "原台账如此，待年审时核对", "已电话核实")


class AskText(Dialog):
    """One line of text that must not be empty; `answered` is called with it."""

    def __init__(
        self,
        title: str,
        looks: Looks,
        parent: QWidget,
        *,
        label: str,
        verb: str,
        answered: Callable[[str], object],
        said: Sequence[str] = (),
        text: str = "",
        secret: bool = False,
    ) -> None:
        super().__init__(title, looks, parent)
        self._answered = answered
        for sentence in said:
            self.body.addWidget(words(sentence, "muted", wrap=True))
        self.edit = QLineEdit(text)
        self.edit.setAccessibleName(label)
        if secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        name = words(label, "key")
        name.setBuddy(self.edit)
        self.body.addWidget(name)
        self.body.addWidget(self.edit)
        self.buttons(verb)
        self.edit.textChanged.connect(self._look)
        self.edit.selectAll()
        self._look()

    def accept(self) -> None:
        """An empty answer is none."""
        text = self.edit.text().strip()
        if text:
            super().accept()
            self._answered(text)

    def _look(self) -> None:
        if self.primary is not None:
            self.primary.setEnabled(bool(self.edit.text().strip()))


def ask_reason(
    parent: QWidget,
    looks: Looks,
    title: str,
    verb: str,
    answered: Callable[[str], object],
    *,
    said: Sequence[str] = (),
    text: str = "",
) -> AskText:
    """Ask why; the usual reasons are offered while typing."""
    from PySide6.QtWidgets import QCompleter

    dialog = AskText(title, looks, parent, label="理由（记入流水）", verb=verb, answered=answered, said=said, text=text)
    dialog.edit.setPlaceholderText(f"如：{_USUAL[0]}")
    dialog.edit.setCompleter(QCompleter(list(_USUAL), dialog))
    dialog.open()
    return dialog


def ask_password(
    parent: QWidget, looks: Looks, name: str, answered: Callable[[str], object], *, wrong: bool
) -> AskText:
    """Ask for the password of a workbook."""
    said = ["密码不正确，请核对大小写后重新输入。" if wrong else "这个文件设有打开密码。密码只用来打开它，不会保存。"]
    dialog = AskText(
        f"打开“{name}”", looks, parent, label="打开密码", verb="打开", answered=answered, said=said, secret=True
    )
    dialog.open()
    return dialog


def choose_below(parent: QWidget, at: QPoint, texts: Sequence[str], chosen: Callable[[str], object]) -> QMenu:
    """A menu of values at a place of the screen; the keyboard goes through it."""
    menu = QMenu(parent)
    menu.setAccessibleName("可选的值")
    for text in texts:
        menu.addAction(text).triggered.connect(lambda _on=False, one=text: chosen(one))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
    return menu
