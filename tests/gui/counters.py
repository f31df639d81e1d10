"""A clerk at the counter as a test drives it: the real page, by keys that are counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from sqlalchemy import select

from tests.seasons import case_of
from tests.windows import Key, Window
from wenlv_desk.gui.pages.counter import CounterPage
from wenlv_desk.issuing.records import IssuedPaper
from wenlv_desk.registries.review.case import ReviewCase
from wenlv_desk.store.office import Office


class Counter:
    """A clerk at the counter who has a number of keys and no mouse."""

    def __init__(self, window: Window, page: CounterPage) -> None:
        self.window, self.page = window, page
        self.pressed = 0
        self.limit = 0

    @property
    def office(self) -> Office:
        return self.window.office

    @property
    def notice(self) -> str:
        return self.window.notice

    @contextmanager
    def within(self, limit: int) -> Iterator[None]:
        """No more keys than these."""
        self.pressed, self.limit = 0, limit
        yield
        self.limit = 0

    def keys(self, keys: str | Qt.Key) -> None:
        """Press keys where the focus is, as fast as they come."""
        for one in keys if isinstance(keys, str) else [keys]:
            self.pressed += 1
            assert not self.limit or self.pressed <= self.limit, f"more than {self.limit} keys"
            where = self.window._focused()
            if isinstance(one, str):
                QTest.keyClicks(where, one)
            else:
                QTest.keyClick(where, one)

    def enter(self) -> None:
        self.keys(Key.Key_Return)

    def settled(self) -> None:
        """Everything that was asked for has come."""
        page = self.page
        self.window.until(
            lambda: (
                page._finding is None
                and page._reading is None
                and not page.firm.search._rest.isActive()
                and not page.doing.under_way
            )
        )

    def bring(self, text: str) -> None:
        """Type what finds one case, and Enter."""
        self.keys(text)
        self.enter()
        self.settled()

    def shown(self) -> str:
        return self.window.said(self.page)

    def out(self) -> None:
        """The paper has left and the next firm can come."""
        self.window.until(lambda: "已送到打印机" in self.notice or "已存为" in self.notice)
        self.settled()

    def case(self, name: str) -> ReviewCase:
        with self.office.database.read() as session:
            return session.get_one(ReviewCase, case_of(self.office, name))

    def papers(self) -> list[IssuedPaper]:
        with self.office.database.read() as session:
            return list(session.scalars(select(IssuedPaper).order_by(IssuedPaper.id)))


def at_counter(window: Window, printed: Path) -> Counter:
    """The counter's page, opened from the rail, with a printer that writes into a file."""
    window.click("窗口", window.shell.rail)
    page = window.found(CounterPage)
    window.until(lambda: page.season is not None)

    def make(_name: str) -> QPrinter:
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setOutputFileName(str(printed))
        return made

    page.doing._make = make
    window.until(page.firm.search.hasFocus)
    return Counter(window, page)
