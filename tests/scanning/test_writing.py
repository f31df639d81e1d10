"""Chosen pages become upright PDFs, and nothing that was scanned is lost on the way."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from tests.scanning.files import as_tiff, copied, jpeg, sheets
from tests.scanning.harm import turned
from tests.scanning.sheets import code, printed
from wenlv_desk.core.errors import UserError
from wenlv_desk.scanning import Chosen, ScannedPage, ScanStopped, SourceFile, read_pages, survey, write_upright
from wenlv_desk.typeset.verify import opened

TEXT = code(1, 1, 2).text()


def written(pages: list[ScannedPage], target: Path) -> list[ScannedPage]:
    """The pages as they are read from what was written."""
    write_upright({target: [page.chosen() for page in pages]})
    return list(read_pages(survey(target)))


def apart(one: Image.Image, other: Image.Image) -> int:
    """The greatest difference in grey between two pictures at the size of a stamp."""
    small = (one.resize((42, 60), Image.Resampling.BOX), other.resize((42, 60), Image.Resampling.BOX))
    return int(ImageChops.difference(*small).getextrema()[1])


def shown_on(pdf: Path) -> list[Image.Image]:
    """Its pages as a viewer shows them."""
    with opened(pdf.read_bytes()) as document:
        return [page.render(scale=1, grayscale=True).to_pil().convert("L") for page in document]


def test_pages_stand_upright_in_the_order_chosen(tmp_path: Path) -> None:
    scans = [turned(picture, 90 * n) for n, picture in enumerate([*sheets(1), *sheets(2)])]
    path = copied(tmp_path / "a.pdf", scans, [0, 90, 0, 270])
    pages = list(read_pages(survey(path)))
    again = written([pages[3], pages[0], pages[2]], tmp_path / "b.pdf")
    assert [page.code for page in again] == [code(2, 2, 2), code(1, 1, 2), code(2, 1, 2)]
    assert {(page.turn, page.width, page.height) for page in again} == {(0, 1654, 2339)}


def test_a_page_of_a_pdf_keeps_its_bytes(tmp_path: Path) -> None:
    scan = jpeg(turned(printed(TEXT), 180))
    pages = list(read_pages(survey(copied(tmp_path / "a.pdf", [scan]))))
    written(pages, tmp_path / "b.pdf")
    assert scan in (tmp_path / "b.pdf").read_bytes()


def test_a_photograph_keeps_its_bytes_and_lies_on_a4(tmp_path: Path) -> None:
    photograph = jpeg(turned(printed(TEXT), 90))
    (tmp_path / "a.jpg").write_bytes(photograph)
    pages = list(read_pages(survey(tmp_path / "a.jpg")))
    again = written(pages, tmp_path / "b.pdf")
    assert (again[0].code, again[0].turn) == (code(1, 1, 2), 0)
    assert photograph in (tmp_path / "b.pdf").read_bytes()
    with opened((tmp_path / "b.pdf").read_bytes()) as pdf:
        assert pdf.get_page_size(0) == pytest.approx((595.276, 841.89), abs=0.01)


def held(picture: Image.Image) -> list[tuple[Image.Image, Image.Exif]]:
    """The picture as it lies in the file, for each of the eight orientations that a camera may note."""
    laid = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # orientation to Pillow's Transpose that undoes it
    found = []
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        lying = picture.transpose(Image.Transpose(laid[orientation])) if orientation in laid else picture.copy()
        found.append((lying, exif))
    return found


@pytest.mark.parametrize(
    ("suffix", "how"),
    [("jpg", {}), ("tif", {}), ("tif", {"compression": "tiff_lzw"}), ("png", {}), ("webp", {"lossless": True})],
)
def test_however_the_telephone_was_held_the_page_looks_as_it_did(
    tmp_path: Path, suffix: str, how: dict[str, Any]
) -> None:
    """Also the mirrored ones, whose codes could be read all the same: the pictures are compared."""
    picture = printed(TEXT)
    for number, (lying, exif) in enumerate(held(picture), 1):
        lying.save(tmp_path / f"{number}.{suffix}", exif=exif, **how)
    pages = list(read_pages(survey(tmp_path)))
    assert {(page.code, page.turn, page.width, page.height) for page in pages} == {(code(1, 1, 2), 0, *picture.size)}
    write_upright({tmp_path / "b.pdf": [page.chosen() for page in pages]})
    shown = shown_on(tmp_path / "b.pdf")
    assert len(shown) == 8
    assert max(apart(one, picture) for one in shown) < 20
    assert apart(shown[0].transpose(Image.Transpose.FLIP_LEFT_RIGHT), picture) > 60


@pytest.mark.parametrize("suffix", ["jpg", "tif", "png"])
def test_a_picture_that_was_turned_for_one_target_is_not_turned_again_for_the_next(tmp_path: Path, suffix: str) -> None:
    picture = printed(TEXT)
    lying, exif = held(picture)[5]
    lying.save(tmp_path / f"a.{suffix}", exif=exif)
    (page,) = read_pages(survey(tmp_path))
    targets = [tmp_path / "b.pdf", tmp_path / "c.pdf"]
    write_upright({target: [page.chosen(), page.chosen()] for target in targets})
    assert max(apart(one, picture) for target in targets for one in shown_on(target)) < 20


def test_other_pictures_are_carried_over_without_loss(tmp_path: Path) -> None:
    modes = ("1", "L", "RGB", "RGBA", "P", "CMYK")
    for at, mode in enumerate(modes):
        printed(TEXT).convert("RGB").convert(mode).save(tmp_path / f"{at}.{'tif' if mode == 'CMYK' else 'png'}")
    pages = list(read_pages(survey(tmp_path)))
    again = written(pages, tmp_path / "b.pdf")
    assert [page.code for page in again] == [code(1, 1, 2)] * len(modes)
    with opened((tmp_path / "b.pdf").read_bytes()) as pdf:
        kept = [next(iter(page.get_objects())).get_bitmap().to_pil().convert("L") for page in pdf]
    for page, one in zip(pages, kept, strict=True):
        with Image.open(page.place.file.path) as original:
            assert ImageChops.difference(one, original.convert("RGB").convert("L")).getextrema()[1] <= 1


def test_pages_of_files_of_every_kind_go_into_one(tmp_path: Path) -> None:
    first, *more = (picture.copy() for picture in sheets(1, 4))
    first.save(tmp_path / "1.png")
    copied(tmp_path / "2.pdf", more[:2])
    more[2].rotate(180).save(tmp_path / "3.jpg")
    again = written(list(read_pages(survey(tmp_path))), tmp_path / "b.pdf")
    assert [(page.code and page.code.page, page.turn) for page in again] == [(1, 0), (2, 0), (3, 0), (4, 0)]


def test_pages_of_a_tiff_are_found_in_any_order_and_for_every_target(tmp_path: Path) -> None:
    pages = list(read_pages(survey(as_tiff(tmp_path / "a.tif", sheets(1, 3)))))
    back, again = tmp_path / "b.pdf", tmp_path / "c.pdf"
    write_upright({back: [page.chosen() for page in reversed(pages)], again: [pages[0].chosen()]})
    assert [page.code for page in read_pages(survey(back))] == [code(1, number, 3) for number in (3, 2, 1)]
    assert [page.code for page in read_pages(survey(again))] == [code(1, 1, 3)]


def test_the_clerk_may_turn_a_page_by_hand(tmp_path: Path) -> None:
    (page,) = read_pages(survey(copied(tmp_path / "a.pdf", [printed(TEXT)])))
    write_upright({tmp_path / "b.pdf": [page.chosen(turn=90)]})
    (again,) = read_pages(survey(tmp_path / "b.pdf"))
    assert again.turn == 270


def test_what_cannot_be_written_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = copied(tmp_path / "a.pdf", [printed(TEXT)])
    (page,) = read_pages(survey(path))
    with pytest.raises(UserError, match=r"“b.pdf”没有写成：文件夹“没有”写不进去（文件或文件夹不存在）"):
        write_upright({tmp_path / "没有" / "b.pdf": [page.chosen()]})
    path.unlink()
    with pytest.raises(UserError, match=r"“b.pdf”没有写成：读取文件出错（文件或文件夹不存在）"):
        write_upright({tmp_path / "b.pdf": [page.chosen()]})
    assert list(tmp_path.iterdir()) == []


def test_writing_is_told_and_can_be_stopped_between_files(tmp_path: Path) -> None:
    pages = list(read_pages(survey(copied(tmp_path / "a.pdf", sheets(1, 3)))))
    wanted = {tmp_path / f"{n}.pdf": [page.chosen()] for n, page in enumerate(pages)}
    told: list[tuple[int, int]] = []
    write_upright(wanted, progress=lambda done, of: bool(told.append((done, of))))
    assert told[-1] == (3, 3)
    with pytest.raises(ScanStopped):
        write_upright(wanted, progress=lambda done, _: done >= 1)


def test_what_is_no_page_cannot_be_chosen(tmp_path: Path) -> None:
    file = SourceFile(tmp_path / "a.pdf", "pdf", 2)
    for page, turn in ((2, 0), (-1, 0), (0, 45)):
        with pytest.raises(ValueError, match="no such page or turn"):
            Chosen(file, page, turn)
    with pytest.raises(ValueError, match="no pages"):
        write_upright({tmp_path / "b.pdf": []})
