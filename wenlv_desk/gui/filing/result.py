"""A scan that was filed: its pages at the left, the one at the cursor large in the middle, what to do with it at the right."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from wenlv_desk.core.errors import UserError
from wenlv_desk.gui.filing.deciding import Deciding
from wenlv_desk.gui.filing.pagelist import PageList, pixels_wanted
from wenlv_desk.gui.filing.picture import LARGE_PIXELS, PagePicture
from wenlv_desk.gui.filing.reading import PageShown, ScanView, drawn, source_of, view_of
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.flow import FlowLayout
from wenlv_desk.gui.widgets.parts import restyle, tag
from wenlv_desk.gui.widgets.reflow import Column, Reflow
from wenlv_desk.gui.widgets.scrolling import empty
from wenlv_desk.gui.widgets.strips import Strip
from wenlv_desk.registries.pledge.records import PAGES
from wenlv_desk.scanning.model import Source
from wenlv_desk.store.gate import Done

NARROW_PX: Final = 800
AT_ONCE: Final = 8  # thumbnails drawn by one job, so that the first are there soon
MOVED: Final = "这一页在您打开之后有变化，现在按最新的情况显示。"


class Result(QWidget):
    """Read anew whenever something was written."""

    shown = Signal(object)  # ScanView

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.view: ScanView | None = None
        self.reading: Job | None = None
        self.doing: Job | None = None
        self._source: Source | None = None
        self._turns: dict[int, int] = {}  # how far a page was turned by hand, by place
        self._large: Job | None = None
        self._small: Job | None = None
        self._opening: Job | None = None
        self._done_here = False  # what is read next is what was done on this page
        looks = seat.kit.looks
        self.tags = FlowLayout(8)
        self.strip = Strip(looks)
        self.pages, self.picture, self.deciding = PageList(looks), PagePicture(), Deciding()
        columns = (
            Column(self.pages, 250, 3, 240, 0),
            Column(self.picture, 300, 5, 460, 1),
            Column(self.deciding, 300, 3, 360, 2),
        )
        self.columns = Reflow("归档结果", columns, looks, least=NARROW_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addLayout(self.tags, 1)
        column.addLayout(head)
        column.addWidget(self.strip)
        column.addWidget(self.columns, 1)
        self._connect()

    def _connect(self) -> None:
        self.pages.chosen.connect(self._chosen)
        self.pages.turned_to.connect(self._thumbs)
        self.picture.turn_wanted.connect(self._turn)
        self.deciding.assign_wanted.connect(self._assign)
        self.deciding.aside_wanted.connect(lambda reason: self._do("set_aside", reason=reason))
        self.deciding.back_wanted.connect(lambda reason: self._do("take_back", reason=reason))
        self.strip.acted.connect(lambda _name: self.strip.clear())
        self.seat.kit.jobs.changed.connect(self._tables_changed)

    @property
    def pending(self) -> bool:
        """Whether something is still on its way."""
        return any(one is not None for one in (self.reading, self.doing, self._large, self._small, self._opening))

    @property
    def page(self) -> PageShown | None:
        """The page at the cursor."""
        place = self.pages.place
        return next((one for one in self.view.pages if one.place == place), None) if self.view is not None else None

    # reading

    def read(self, scan_id: int, place: int = 0) -> None:
        """Show a scan, the cursor on a page of it."""
        if self.view is not None and self.view.id != scan_id:
            raise ValueError("a result shows one scan")
        if self.reading is not None:
            self.reading.forget()
        self.reading = self.seat.read(
            self, view_of, scan_id, then=partial(self._show, place), otherwise=self._unreadable
        )

    def _show(self, place: int, view: ScanView) -> None:
        self.reading = None
        first, before, self.view = self.view is None, self.page, view
        self._count(view)
        self.deciding.show_view(view)
        self.pages.show_view(view)
        if place:
            self.pages.go_to(place)
        if before is not None and self.doing is None and not (self._done_here or self.strip.isVisible()):
            self._compare(before, view)
        self._done_here = False
        if first:
            self._open_source(view.id)
            self.pages.list.setFocus()
        self.shown.emit(view)

    def _compare(self, before: PageShown, view: ScanView) -> None:
        now = next((one for one in view.pages if one.id == before.id), None)
        if now is not None and now.version != before.version and now.place == self.pages.place:
            self.strip.say("amber", MOVED, ok="知道了")

    def _unreadable(self, error: Exception) -> None:
        self.reading = self.doing = None
        if isinstance(error, UserError):
            self.strip.say("red", error.message, ok="知道了")
        else:
            self.seat.kit.faults.present(error)

    def _tables_changed(self, tables: frozenset[str]) -> None:
        if self.view is not None and self.doing is None and self.isVisible() and tables:
            self.read(self.view.id)

    def _count(self, view: ScanView) -> None:
        empty(self.tags)
        self._tag(f"共 {len(view.pages) - view.files} 页", "neutral")
        for state, tone, count in view.counted():
            self._tag(f"{state} {count} 页", tone)
        if view.files:
            self._tag(f"{view.files} 个文件读不出", "red")
        if view.lacking:
            self._tag(f"缺 {len(view.lacking)} 页", "amber")
        self._tag(f"签订完成 {view.signed} 份", "green" if view.signed else "neutral")

    def _tag(self, text: str, tone: str) -> None:
        made: QLabel = tag(text, tone)
        made.setAccessibleName(text)
        restyle(made, "tone", tone)
        self.tags.addWidget(made)
        made.show()

    # pictures

    def _open_source(self, scan_id: int) -> None:
        self._opening = self.seat.read(self, source_of, scan_id, then=self._opened, otherwise=self._no_source)

    def _opened(self, source: Source) -> None:
        self._opening, self._source = None, source
        self._thumbs()
        self._draw()

    def _no_source(self, error: Exception) -> None:
        self._opening = None
        self._unreadable(error)

    def _thumbs(self) -> None:
        """Draw the next few thumbnails that are listed, until all are there."""
        if self._source is None or self._small is not None:
            return
        wanted = [(one.place, one.turned) for one in self.pages.lacking_thumbs()[:AT_ONCE]]
        if wanted:
            given = (self._source, wanted, pixels_wanted(self.seat.kit.looks))
            then = partial(self._small_came, wanted)
            self._small = self.seat.kit.jobs.read(self, images, *given, then=then, otherwise=self._no_small)

    def _small_came(self, wanted: list[tuple[int, int]], found: list[QImage | None]) -> None:
        self._small = None
        none = QImage()
        self.pages.show_thumbs({place: one or none for (place, _), one in zip(wanted, found, strict=True)})
        self._thumbs()

    def _no_small(self, error: Exception) -> None:
        self._small = None
        self._unreadable(error)

    def _chosen(self, _place: int) -> None:
        one = self.page
        if one is None:
            self.deciding.forget()
            self.picture.forget()
            return
        self.deciding.show_page(one)
        self.picture.wait(one.name)
        self._draw()

    def _draw(self) -> None:
        if self._large is not None:
            self._large.forget()
            self._large = None
        if (one := self.page) is None or self._source is None:
            return
        if one.file:
            self.picture.show_image(None, one.said)
            return
        wanted = [(one.place, self.turned(one))]
        given = (self._source, wanted, LARGE_PIXELS)
        self._large = self.seat.kit.jobs.read(self, images, *given, then=self._large_came, otherwise=self._no_large)

    def _large_came(self, found: list[QImage | None]) -> None:
        self._large = None
        one = self.page
        self.picture.show_image(found[0], one.said if one is not None and one.waiting else "")

    def _no_large(self, error: Exception) -> None:
        self._large = None
        self.picture.show_image(None)
        self._unreadable(error)

    def turned(self, one: PageShown) -> int:
        """How far a page is turned clockwise: as it was read, or as the clerk turned it."""
        return self._turns.get(one.place, one.turned)

    def _turn(self, degrees: int) -> None:
        if (one := self.page) is not None:
            self._turns[one.place] = (self.turned(one) + degrees) % 360
            self._draw()

    # deciding

    def _assign(self, number: str, page: str, copy: str) -> None:
        if (one := self.page) is not None:
            self._do("assign_page", pledge_no=number, number=page, copy=copy, turned=str(self.turned(one)))

    def _do(self, operation: str, **given: str) -> None:
        one = self.page
        if one is None or self.doing is not None:
            return
        self.doing = self.seat.perform(
            self,
            operation,
            PAGES,
            one.id,
            version=one.version,
            arguments=given,
            then=self._done,
            otherwise=self._refused,
        ).busy(self.deciding.assign, self.deciding.aside, self.deciding.back)

    def _done(self, done: Done) -> None:
        self.doing, self._done_here = None, True
        self.strip.clear()
        said = "；".join(done.notes)
        self.seat.kit.notices.tell(f"已办：{done.title}" + (f"。{said}" if said else ""))
        if self.view is not None:
            self.read(self.view.id)
        self.pages.list.setFocus()

    def _refused(self, error: Exception) -> None:
        self.doing = None
        if isinstance(error, UserError):
            self.deciding.say(error.message)
            if self.view is not None:
                self.read(self.view.id)
        else:
            self.seat.kit.faults.present(error)


def images(source: Source, wanted: list[tuple[int, int]], pixels: int) -> list[QImage | None]:
    """Pages as images; for a worker thread."""
    found = (QImage.fromData(one) if one else QImage() for one in drawn(source, wanted, pixels))
    return [None if one.isNull() else one for one in found]
