"""Operators and licences for the window's tests, and how a test waits for what it asked the window to read."""

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from wenlv_desk.gui.entry.acting import open_entry
from wenlv_desk.gui.entry.entry import EntryDialog
from wenlv_desk.gui.pages.register import RegisterPage
from wenlv_desk.gui.seat import Seat
from wenlv_desk.standards.credit_code import complete_code
from wenlv_desk.store.gate import perform

TOWNSHIPS = ("方圆街道", "东村街道")


def code(number: int) -> str:
    """A credit code whose check character is right."""
    return complete_code(f"92370687MA{number:07d}")


def enter(seat: Seat, register: str, **values: Any) -> int:
    """A record through the gate; returns its id."""
    done = perform(seat.office, seat.clerk, "create", register, arguments=values, reason="测试")
    return int(done.value)


def enter_operators(seat: Seat, *names: str) -> list[int]:
    """Operators with a code, a phone and a township each."""
    return [
        enter(
            seat,
            "operator",
            operator_name=name,
            uscc=code(number),
            phone=f"1380013{number:04d}",
            township=TOWNSHIPS[number % 2],
        )
        for number, name in enumerate(names, start=1)
    ]


def enter_licence(seat: Seat, operator: int, number: int = 1, **more: Any) -> int:
    """A publication licence in force."""
    values = {
        "licence_no": f"新出发鲁零字第{number:03d}号",
        "operator_id": operator,
        "licensee_name": "新岸书刊社",
        "legal_representative": "王某",
        "issue_date": "2022-03-01",
        "valid_from": "2022-03-01",
        "valid_to": "2028-02-28",
        "business_premises": "海政路 1 号",
        "business_mode": "零售",
    }
    return enter(seat, "publication_licence", **{**values, **more})


def page_of(seat: Seat, register: str, qtbot: QtBot) -> RegisterPage:
    """The register's page with its rows read."""
    page = RegisterPage(seat, seat.catalogue.registry(register))
    qtbot.addWidget(page)
    page.resize(1200, 660)
    page.show()
    settled(page, qtbot)
    return page


def settled(page: RegisterPage, qtbot: QtBot) -> None:
    """Wait until the list shows what its filters say."""
    qtbot.waitUntil(lambda: not page.table.rows.loading and page.table.rows.source is page.source)


def names(page: RegisterPage) -> list[str]:
    """The first column of the rows at hand."""
    model = page.table.rows
    return [str(model.data(model.index(row, 0))) for row in range(model.rowCount())]


def open_form(
    seat: Seat, qtbot: QtBot, operation: str, record_id: int | None = None, register: str = "operator", **more: Any
) -> EntryDialog:
    """The dialog of an operation, opened and judged."""
    registry = seat.catalogue.registry(register)
    before = dialogs(seat)
    open_entry(seat, registry, seat.catalogue.operation(registry, operation), record_id, **more)
    qtbot.waitUntil(lambda: any(one not in before for one in dialogs(seat)))
    made = next(one for one in dialogs(seat) if one not in before)
    judged(made, qtbot)
    return made


def dialogs(seat: Seat) -> list[EntryDialog]:
    """The forms that stand over the seat's window."""
    return [one for one in seat.window.findChildren(EntryDialog) if one.isVisible()]


def judged(dialog: EntryDialog, qtbot: QtBot) -> None:
    """Wait until the check of what stands in the form has come."""
    qtbot.waitUntil(lambda: not dialog.checking)


def type_into(dialog: EntryDialog, qtbot: QtBot, **raw: Any) -> None:
    """Fill fields as typing does and wait for what is said."""
    dialog.form.put(raw)
    dialog.check()
    judged(dialog, qtbot)


def wait_for(qtbot: QtBot, holds: Callable[[], bool]) -> None:
    qtbot.waitUntil(holds)


def compose(widget: QWidget, text: str) -> None:
    """Type Chinese as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)
