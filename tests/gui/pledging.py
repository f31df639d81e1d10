"""A bureau with a batch of three pledges given out, its sheets as the copier sees them, and the window on a copy of it."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests import grids, inspections
from tests.builders import Maker
from tests.conftest import Clock
from tests.windows import Window, opened
from wenlv_desk.gui.pages.scan_filing import ScanFilingPage
from wenlv_desk.registries.opening import open_desk
from wenlv_desk.registries.pledge.printing import print_batch
from wenlv_desk.registries.pledge.records import Pledge, PledgePage, PledgeScan
from wenlv_desk.scanning.codes import codes_on, judge
from wenlv_desk.standards.page_code import read
from wenlv_desk.store.desk import Clerk
from wenlv_desk.typeset.verify import opened as opened_pdf

CLERK = Clerk("林晓", "窗口一")
PHONE = "13800005678"
FIRMS = ("海书屋", "山书屋", "云书屋")
KIND = "安全生产责任状"
DPI = 150
Paper = Image.Image


def bureau(folder: Path) -> Path:
    """Three shops of two officers, a batch given out and printed beside the data; a fourth shop has no responsible person."""
    office = open_desk(folder / "data", clock=Clock())
    maker = Maker(office, CLERK, folder)
    maker.perform("set_up", maker.registry("bureau_settings"), bureau_name="青屿市文化和旅游局")
    kind = grids.kind(maker, kind_name=KIND, prefix="AQSC", categories=None)
    for at, name in enumerate(FIRMS):
        place = grids.grid(maker) if at % 2 == 0 else 1
        grids.put(maker, inspections.shop(maker, operator_name=name, phone=PHONE), place)
    made = int(maker.perform("draw_up", maker.registry("pledge_kind"), kind, year=2026).value)
    maker.perform("issue_batch", maker.registry("pledge_batch"), made)
    print_batch(office, CLERK, made, folder / "整批.pdf")
    late = inspections.shop(maker, operator_name="无人书屋")
    maker.write(maker.registry("operator"), late, legal_representative=None, person_in_charge=None)
    office.close()
    return folder


@lru_cache(maxsize=4)
def sheets_of(printed: Path) -> dict[tuple[str, int, int], Paper]:
    """The sheets of a printed batch by (number, copy, page)."""
    found = {}
    with opened_pdf(printed.read_bytes()) as document:
        for page in document:
            picture = page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
            if (code := read(judge(codes_on(picture)).text)) is not None:
                found[code.number, code.copy, code.page] = picture
    return found


@dataclass
class Pledging:
    """A clerk before the window, and what lies on the copier."""

    window: Window
    folder: Path
    sheets: dict[tuple[str, int, int], Paper]

    @property
    def numbers(self) -> list[str]:
        return sorted({number for number, _, _ in self.sheets})

    @property
    def last(self) -> int:
        """Pages of one copy."""
        return max(page for _, _, page in self.sheets)

    def copy(self, at: int, copy: int = 1) -> list[Paper]:
        number = self.numbers[at]
        return [one for key, one in sorted(self.sheets.items()) if key[:2] == (number, copy)]

    def scan(self, pages: Sequence[Paper], name: str = "扫描.pdf") -> Path:
        target = self.folder / name
        first, *more = (one.copy() for one in pages)  # Pillow leaves with a picture what was saved behind it
        first.save(target, save_all=True, append_images=more, resolution=DPI)
        return target

    def torn(self, at: int, page: int = 1) -> Paper:
        """A sheet whose codes are gone."""
        sheet = self.copy(at)[page - 1].copy()
        sheet.paste(255, (0, 0, sheet.width, sheet.height // 8))
        sheet.paste(255, (0, sheet.height * 7 // 8, sheet.width, sheet.height))
        return sheet

    def open(self) -> ScanFilingPage:
        """The page, from the list of pledges."""
        self.go("pledge")
        self.window.click("归档扫描件", self.window.page)
        return self.window.found(ScanFilingPage)

    def go(self, register: str) -> None:
        """A register's list, settled."""
        registry = self.window.office.catalogue.registry(register)
        self.window.desktop.show_list(register, "")
        self.window.until(lambda: self.window.page.registry is registry)
        self.window.settled()

    def hand_in(self, page: ScanFilingPage, *paths: Path) -> None:
        """Drop files and wait for the result, its pictures drawn."""
        drop(page, *paths)
        self.settled(page)

    def settled(self, page: ScanFilingPage) -> None:
        self.window.until(lambda: not page.busy)
        self.window.until(lambda: page.result is None or (page.result.view is not None and not page.result.pending))

    def pledges(self) -> list[Pledge]:
        with self.window.office.database.read() as session:
            return list(session.scalars(select(Pledge).order_by(Pledge.pledge_no)))

    def pages(self) -> list[PledgePage]:
        with self.window.office.database.read() as session:
            return list(session.scalars(select(PledgePage).order_by(PledgePage.id)))

    def scans(self) -> list[PledgeScan]:
        with self.window.office.database.read() as session:
            return list(session.scalars(select(PledgeScan).order_by(PledgeScan.id)))


def drop(where: QWidget, *paths: Path) -> None:
    """Drop files onto a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(one)) for one in paths])
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    where.dropEvent(event)


@pytest.fixture(scope="session")
def pledges_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bureau(tmp_path_factory.mktemp("pledges"))


@pytest.fixture
def desk(pledges_template: Path, tmp_path: Path, clock: Clock, qtbot: QtBot) -> Iterator[Pledging]:
    folder = tmp_path / "责任状 单位"
    shutil.copytree(pledges_template / "data", folder)
    with opened(qtbot, folder, clock) as window:
        yield Pledging(window, tmp_path, sheets_of(pledges_template / "整批.pdf"))


def dialog_of(window: Window, kind: type[Any]) -> Any:
    window.until(lambda: bool(window.shown(kind)))
    return window.shown(kind)[-1]
