"""The window as a test uses it: the real one, opened on a data folder, driven by clicks and keys and by waiting for what they lead to.

A module that uses it says `pytestmark = WINDOW`: warnings of Qt fail its tests.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.conftest import Clock
from wenlv_desk.core.catalogue import Catalogue
from wenlv_desk.gui.app import make_application
from wenlv_desk.gui.batch.common import CommonForm
from wenlv_desk.gui.card.card import Card
from wenlv_desk.gui.entry.editors import ChoiceEditor, ManyEditor, RecordEditor
from wenlv_desk.gui.entry.entry import EntryDialog
from wenlv_desk.gui.frame.desktop import Desktop
from wenlv_desk.gui.frame.opening import Opening
from wenlv_desk.gui.frame.shell import Shell
from wenlv_desk.gui.look.fonts import load_rare_fonts
from wenlv_desk.gui.memory import Memory
from wenlv_desk.gui.pages.register import RegisterPage
from wenlv_desk.gui.table import RecordTable, text_of
from wenlv_desk.gui.widgets.checklist import CheckList
from wenlv_desk.gui.widgets.dialogs import Dialog
from wenlv_desk.store.office import Office

WINDOW = [pytest.mark.qt_log_level_fail("WARNING"), pytest.mark.qt_log_ignore("This plugin does not support")]
PATIENCE = 20_000  # milliseconds; only a test that fails waits so long
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Key = Qt.Key
W = TypeVar("W", bound=QWidget)


@contextmanager
def opened(
    qtbot: QtBot, folder: Path, clock: Callable[[], Any], *, clerk: str = "林晓", catalogue: Catalogue | None = None
) -> Iterator["Window"]:
    """The window on a data folder as the command opens it, its first list and card there; closed at the end."""
    make_application([])
    load_rare_fonts()
    shell = Shell(Memory(folder))
    qtbot.addWidget(shell)
    opening = Opening(shell, folder, clock, clerk, catalogue)
    shell.painted.connect(opening.start)
    with qtbot.waitSignal(opening.complete, timeout=PATIENCE):
        shell.show()
    assert opening.desktop is not None
    shell.activateWindow()
    yield Window(shell, opening.desktop, qtbot)
    shell.close()
    opening.desktop.seat.office.close()


class Window:
    """A clerk before the window."""

    def __init__(self, shell: Shell, desktop: Desktop, qtbot: QtBot) -> None:
        self.shell, self.desktop, self.qtbot = shell, desktop, qtbot

    @property
    def office(self) -> Office:
        return self.desktop.seat.office

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        self.qtbot.waitUntil(holds, timeout=PATIENCE)

    # what is seen

    @property
    def page(self) -> RegisterPage:
        """The register's page that is shown."""
        return self.found(RegisterPage)

    @property
    def card(self) -> Card:
        return self.page.card

    def found(self, kind: type[W], within: QWidget | None = None) -> W:
        """The visible widget of a kind."""
        (one,) = self.shown(kind, within)
        return one

    def shown(self, kind: type[W], within: QWidget | None = None) -> list[W]:
        return [one for one in (within or self.shell).findChildren(kind) if one.isVisible()]

    def names(self, table: RecordTable | None = None) -> list[str]:
        """The first column of the list's rows that are at hand."""
        return [row[0] for row in self.rows(table)]

    def rows(self, table: RecordTable | None = None) -> list[list[str]]:
        """The rows that are at hand, visible columns in their order."""
        table = table or self.page.table
        at_hand = (table.rows.row(number) for number in range(table.rows.rowCount()))
        return [[text_of(row.cells[at]) for at in table.plan.in_order()] for row in at_hand if row is not None]

    def said(self, within: QWidget | None = None) -> str:
        """Every word that stands on a widget, in the order in which it was made."""
        labels = (one.text() for one in self.shown(QLabel, within))
        buttons = (one.text() for one in self.shown(QAbstractButton, within))
        return "\n".join(text for text in (*labels, *buttons) if text)

    @property
    def notice(self) -> str:
        current = self.shell.kit.notices.current
        return current.text if current is not None else ""

    # what is done

    def go(self, title: str) -> RegisterPage:
        """Click an item of the rail and wait for its list."""
        self.click(title, self.shell.rail)
        return self.settled()

    def settled(self) -> RegisterPage:
        """Wait until the list and the card are what was asked for."""
        page = self.page
        self.until(lambda: not page.table.rows.loading and page.table.rows.source is page.source)
        self.until(lambda: page.card._reading is None and not page.card._soon.isActive())
        return page

    def click(self, text: str, within: QWidget | None = None) -> None:
        """Click the visible button whose name or text begins so."""
        self.until(lambda: bool(self._buttons(text, within)))
        self.press(self._buttons(text, within)[0])

    def press(self, button: QAbstractButton) -> None:
        self.until(button.isEnabled)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def _buttons(self, text: str, within: QWidget | None) -> list[QAbstractButton]:
        return [
            one
            for one in self.shown(QAbstractButton, within)
            if one.accessibleName().startswith(text) or one.text().strip().startswith(text)
        ]

    def choose(self, button: str, *path: str, within: QWidget | None = None) -> None:
        """Open a button's menu by a click and click through it."""
        self.click(button, within)
        for text in path:
            self.until(lambda: QApplication.activePopupWidget() is not None)
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu)
            (action,) = [one for one in menu.actions() if one.text().startswith(text)]
            assert action.isEnabled(), action.toolTip()
            QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self._focused(), key, modifier)

    def _focused(self) -> QWidget:
        """Where keys go: the popup or dialog on top, else the window, as the window system would have it."""
        if (popup := QApplication.activePopupWidget()) is not None:
            return popup.focusWidget() or popup
        top = QApplication.activeModalWidget() or self.shell
        top.activateWindow()
        self.until(top.isActiveWindow)
        return top.focusWidget() or top

    def type(self, text: str, where: QWidget | None = None) -> None:
        """Type where the focus is (or go there first): letters by keys, Chinese as an input method does."""
        if where is not None:
            QTest.mouseClick(where, Qt.MouseButton.LeftButton, pos=QPoint(4, where.height() // 2))
        where = where or self._focused()
        if text.isascii():
            QTest.keyClicks(where, text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(where, event)

    def put(self, where: QLineEdit | QPlainTextEdit, text: str) -> None:
        """Type over whatever stands in a field."""
        where.setFocus()
        where.selectAll()
        if text:
            self.type(text, where if isinstance(where, QPlainTextEdit) else None)
        else:
            self.key(Key.Key_Delete)

    def search(self, text: str) -> RegisterPage:
        """Type into the list's own search field and wait for the list."""
        page = self.page
        self.put(page.filters.search, text)
        self.until(lambda: page.source.query.search == text)
        return self.settled()

    def sort(self, title: str) -> None:
        """Click a column's heading and wait for the list."""
        table, header = self.page.table, self.page.table.horizontalHeader()
        at = next(at for at, column in enumerate(table.rows.columns) if column.title == title)
        place = QPoint(header.sectionViewportPosition(at) + 20, header.height() // 2)
        former = self.page.source
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.until(lambda: self.page.source is not former)
        self.settled()

    def tick(self, chip: QWidget, *labels: str) -> None:
        """Open a list of things to tick, tick these by clicks and leave it by Esc."""
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
        self.until(lambda: bool(self.shown(CheckList, chip)))
        box = self.found(CheckList, chip)
        view = self.found(QAbstractItemView, box)
        model = view.model()
        offered = [str(model.index(row, 0).data()).split("  ")[0] for row in range(model.rowCount())]
        for label in labels:
            assert label in offered, f"{label} is not among {offered}"
            at = model.index(offered.index(label), 0)
            view.scrollTo(at)
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(at).center())
        QTest.keyClick(view, Key.Key_Escape)

    def select(self, name: str) -> None:
        """Click the list's row of that name and wait for its card."""
        page, table = self.page, self.page.table
        at = table.rows.index(self.names().index(name), table.plan.in_order()[0])
        table.scrollTo(at)
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(at).center())
        self.settled()
        assert page.card.dossier is not None

    def undo(self) -> str:
        """Ctrl+Z, agree, wait until it is done; the question that was asked."""
        self.until(lambda: self.desktop.undoing.next is not None)
        self.key(Key.Key_Z, CTRL)
        self.until(lambda: any(one.windowTitle().startswith("撤销") for one in self.shown(Dialog)))
        dialog = next(one for one in self.shown(Dialog) if one.windowTitle().startswith("撤销"))
        title = dialog.windowTitle()
        with self.qtbot.waitSignal(self.shell.kit.jobs.changed, timeout=PATIENCE):
            self.click("撤销", dialog)
        self.until(lambda: self.notice.startswith("已撤销"))
        return title

    # forms

    def form(self) -> EntryDialog:
        """The form that has opened, judged."""
        self.until(lambda: bool(self.shown(EntryDialog)))
        dialog = self.shown(EntryDialog)[-1]
        self.judged(dialog)
        return dialog

    def judged(self, dialog: EntryDialog | CommonForm) -> None:
        self.until(lambda: not dialog.checking)

    def fill(self, dialog: EntryDialog | CommonForm, **values: str) -> None:
        """Fill fields by keys and clicks, by name; what is said about them has come."""
        for name, text in values.items():
            editor = dialog.form.boxes[name].editor
            dialog._area.ensureWidgetVisible(editor)
            match editor:
                case ChoiceEditor():
                    self._choose_in(editor, text)
                case ManyEditor():
                    self.tick(editor, *text.split("、"))
                case RecordEditor():
                    self._pick(editor, text)
                case _:
                    self.put(editor, text)
        dialog.check()
        self.judged(dialog)

    def _choose_in(self, combo: QComboBox, text: str) -> None:
        combo.setFocus()
        QTest.keyClick(combo, Key.Key_Home)
        while combo.currentText() != text:
            before = combo.currentIndex()
            QTest.keyClick(combo, Key.Key_Down)
            assert combo.currentIndex() != before, f"{combo.accessibleName()} offers no {text}"

    def _pick(self, editor: RecordEditor, text: str) -> None:
        self.put(editor, text)
        self.until(lambda: bool(editor.property("takesEnter")))
        QTest.keyClick(editor, Key.Key_Return)
        assert isinstance(editor.raw(), int)

    def save(self, dialog: EntryDialog) -> Any:
        """Press the form's button; what the operation returned."""
        assert isinstance(dialog.primary, QPushButton)
        with self.qtbot.waitSignal(dialog.performed, timeout=PATIENCE) as done:
            self.press(dialog.primary)
        self.settled()
        return done.args[0].value

    def verb(self, title: str) -> EntryDialog:
        """Press a verb of the card, from the menu where it does not fit beside the others; the form it opens."""
        if self._buttons(title, self.card):
            self.click(title, self.card)
        else:
            self.choose("其他操作", title, within=self.card)
        return self.form()


@pytest.fixture
def window(bureau_template: Path, tmp_path: Path, clock: Clock, qtbot: QtBot) -> Iterator[Window]:
    """The window of a demonstration bureau of the test's own."""
    shutil.copytree(bureau_template, tmp_path / "演示 单位")
    with opened(qtbot, tmp_path / "演示 单位", clock) as made:
        yield made
