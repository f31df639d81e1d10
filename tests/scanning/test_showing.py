"""Pages as pictures for the screen: turned, no larger than asked for, and nothing where nothing can be drawn."""

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.scanning.files import as_tiff, copied, sheets
from wenlv_desk.scanning.model import Chosen
from wenlv_desk.scanning.reading import survey
from wenlv_desk.scanning.showing import pictures_of


def size_of(picture: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(picture)) as opened:
        return opened.size


def grey_of(picture: bytes) -> int:
    with Image.open(io.BytesIO(picture)) as opened:
        return int(opened.getextrema()[0])


def test_pages_come_turned_and_in_the_order_asked_for(tmp_path: Path) -> None:
    source = survey(copied(tmp_path / "扫描.pdf", sheets(1)))
    (file,) = source.files
    upright, on_its_side = (size_of(one) for one in pictures_of([Chosen(file, 1), Chosen(file, 0, 90)], 400))
    assert max(*upright, *on_its_side) == 400
    assert upright == on_its_side[::-1]


def test_the_pages_of_a_tiff_are_shown_in_any_order(tmp_path: Path) -> None:
    greys = (40, 120, 200)
    (file,) = survey(as_tiff(tmp_path / "扫描.tif", [Image.new("L", (600, 800), grey) for grey in greys])).files
    shown = pictures_of([Chosen(file, page) for page in (2, 1, 0, 2)], 100)
    assert [grey_of(one) for one in shown] == pytest.approx([200, 120, 40, 200], abs=3)


def test_a_file_that_is_damaged_since_has_no_picture_and_the_others_do(tmp_path: Path) -> None:
    good, bad = (copied(tmp_path / name, sheets(1)) for name in ("1.pdf", "2.pdf"))
    source = survey([good, bad])
    bad.write_bytes(bad.read_bytes()[:300])
    found = pictures_of([Chosen(file, 0) for file in reversed(source.files)], 200)
    assert found[0] == b""
    assert size_of(found[1])
