"""A batch of pledges given out, its sheets as the copier sees them, and what became of their pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from tests import grids
from tests.builders import Maker
from tests.registries.test_pledges import do, pledges
from wenlv_desk.registries.pledge.printing import print_batch
from wenlv_desk.registries.pledge.records import PledgePage
from wenlv_desk.registries.pledge.vocabulary import PledgeState
from wenlv_desk.scanning.codes import codes_on, judge
from wenlv_desk.standards.page_code import PageCode, read
from wenlv_desk.typeset.verify import opened

Paper = Image.Image
DPI = 200


def code_on(picture: Paper) -> tuple[PageCode | None, int]:
    """The code of a sheet and how far it must be turned."""
    verdict = judge(codes_on(picture))
    return read(verdict.text), verdict.turn


@dataclass
class Printed:
    """A batch given out, and its sheets as the copier would see them clean: by (place of the pledge, copy, page)."""

    maker: Maker
    sheets: dict[tuple[int, int, int], Paper]

    def scan(self, pages: Sequence[Paper], name: str = "扫描.pdf") -> Path:
        target = self.maker.folder / name
        first, *more = (one.copy() for one in pages)  # Pillow leaves with a picture what was saved behind it
        first.save(target, save_all=True, append_images=more, resolution=DPI)
        return target

    def file(self, pages: Sequence[Paper], name: str = "扫描.pdf", day: date | None = None) -> int:
        path = str(self.scan(pages, name))
        return int(self.maker.perform("file_scans", self.maker.registry("pledge"), path=path, signed_on=day).value)

    def torn(self, pledge: int, page: int = 1) -> Paper:
        """A sheet whose codes are gone."""
        torn = self.copy(pledge)[page - 1].copy()
        torn.paste(255, (0, 0, torn.width, 300))
        torn.paste(255, (0, torn.height - 400, torn.width, torn.height))
        return torn

    def copy(self, pledge: int, copy: int = 1) -> list[Paper]:
        return [page for (one, which, _), page in sorted(self.sheets.items()) if (one, which) == (pledge, copy)]

    @property
    def every(self) -> list[Paper]:
        return [page for _, page in sorted(self.sheets.items())]


@pytest.fixture
def printed(maker: Maker) -> Printed:
    """Three pledges, two copies each."""
    for _ in range(3):
        grids.firm(maker)
    made = int(maker.perform("draw_up", maker.registry("pledge_kind"), grids.kind(maker), year=2026).value)
    do(maker, "issue_batch", "pledge_batch", made)
    target = maker.folder / "整批.pdf"
    print_batch(maker.office, maker.clerk, made, target)
    order = {one.pledge_no: place for place, one in enumerate(pledges(maker))}
    sheets = {}
    with opened(target.read_bytes()) as document:
        for page in document:
            picture = page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
            code, _ = code_on(picture)
            if code is not None:
                sheets[order[code.number], code.copy, code.page] = picture
    return Printed(maker, sheets)


def pages(maker: Maker) -> list[PledgePage]:
    with maker.office.database.read() as session:
        return list(session.scalars(select(PledgePage).order_by(PledgePage.id)))


def states(maker: Maker) -> list[PledgeState]:
    return [one.status for one in pledges(maker)]
