"""The window: top bar, rail, pages, status bar. It is painted before any page, register or database is loaded."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from wenlv_desk.gui.errors import Faults
from wenlv_desk.gui.frame.rail import Page, Rail
from wenlv_desk.gui.frame.statusbar import StatusBar
from wenlv_desk.gui.frame.topbar import BRAND, SEARCH_KEY, TopBar
from wenlv_desk.gui.jobs import Jobs
from wenlv_desk.gui.kit import Kit
from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.memory import Memory
from wenlv_desk.gui.widgets.notices import Notices

_SMALLEST: Final = (1000, 620)
_USUAL: Final = (1366, 768)


class Shell(QMainWindow):
    """Pages come by `show_pages` once `painted` was told; until then the frame stands alone."""

    painted = Signal()  # once, after the first paint
    undo_requested = Signal()
    page_changed = Signal(str)

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self.setWindowTitle(BRAND)
        looks, faults = Looks(memory), Faults()
        looks.apply()
        self._pages = QStackedWidget()
        self._pages.setObjectName("pages")
        self._pages.setAccessibleName("页面内容")
        self.kit = Kit(memory, looks, faults, Jobs(faults.present), Notices(looks))
        self.top, self.rail, self.status = TopBar(looks), Rail(looks), StatusBar(looks)
        self._declared: dict[str, Page] = {}
        self._made: dict[str, QWidget] = {}
        self._first = True
        self._lay_out()
        self._connect()
        self.setMinimumSize(*_SMALLEST)
        if not memory.restore_window("window/geometry", self):
            self.resize(*_USUAL)

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._pages, 1)
        right.addWidget(self.kit.notices)
        middle.addLayout(right, 1)
        whole = _Whole()
        whole.painted.connect(self._painted_once)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        kit = self.kit
        kit.faults.told.connect(kit.notices.fail)
        kit.jobs.running.connect(self.status.show_running)
        self.status.stop_requested.connect(kit.jobs.stop)
        self.status.undo_requested.connect(self.undo_requested)
        self.rail.chosen.connect(self.open_page)
        for keys, do in (
            (SEARCH_KEY, self.focus_search),
            ("Ctrl+Z", self.undo_requested.emit),
            ("Ctrl+=", lambda: kit.looks.step(1)),
            ("Ctrl++", lambda: kit.looks.step(1)),
            ("Ctrl+-", lambda: kit.looks.step(-1)),
            ("Ctrl+0", lambda: kit.looks.step(0)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(do)

    def show_pages(self, pages: Sequence[Page]) -> None:
        """Build the rail and open the page that was open last time, or the first."""
        self._declared = {page.name: page for page in pages}
        self.rail.show_pages(pages)
        last = self.kit.memory.text("window/page")
        if pages:
            self.open_page(last if last in self._declared else pages[0].name)

    def open_page(self, name: str) -> QWidget:
        """Show a page, made now if it was not shown before."""
        if name not in self._made:
            page = self._declared[name].factory(self.kit)
            if not page.accessibleName():
                page.setAccessibleName(self._declared[name].title)
            self._made[name] = page
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(self._made[name])
        self.rail.mark(name)
        self.kit.memory.keep("window/page", name)
        self.page_changed.emit(name)
        return self._made[name]

    def show_guest(self, page: QWidget, name: str) -> None:
        """Show a page that is not on the rail (an import) over that of a rail item."""
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        if name in self._declared:
            self.rail.mark(name)
        self.kit.notices.raise_()

    def close_guest(self, page: QWidget) -> None:
        """Take such a page away and show the rail item's own again."""
        self._pages.removeWidget(page)
        page.deleteLater()
        last = self.kit.memory.text("window/page")
        if last in self._declared:
            self.open_page(last)

    def focus_search(self) -> None:
        self.top.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top.search.selectAll()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.kit.memory.keep_window("window/geometry", self)
        self.kit.memory.flush()
        self.kit.jobs.close()
        super().closeEvent(event)

    def _painted_once(self) -> None:
        if self._first:
            self._first = False
            # After the event that paints, so that the picture is on the screen before anything heavy is loaded.
            QTimer.singleShot(0, self.painted.emit)


class _Whole(QWidget):
    """The area of the window; it tells when it is painted."""

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(BRAND)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted.emit()
