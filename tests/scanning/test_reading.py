"""Scans are read page by page, whatever they come as: a copier's PDF, photographs, pages of a TIFF."""

import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from tests.scanning.files import copied, jpeg, sheets
from tests.scanning.harm import turned
from tests.scanning.sheets import as_pdf, code, printed
from wenlv_desk.core.errors import UserError
from wenlv_desk.scanning import ScannedPage, ScanStopped, read_pages, refusals, survey
from wenlv_desk.typeset.verify import opened

TEXT = code(1, 1, 2).text()


def read(path: Path) -> list[ScannedPage]:
    return list(read_pages(survey(path)))


def texts(pages: list[ScannedPage]) -> list[str]:
    return [page.code.text() if page.code else page.why for page in pages]


def test_a_copiers_pdf_gives_every_page_in_order(tmp_path: Path) -> None:
    pages = read(copied(tmp_path / "扫描.pdf", [*sheets(1), *sheets(2)]))
    assert texts(pages) == [code(n, page, 2).text() for n in (1, 2) for page in (1, 2)]
    assert [page.place.name for page in pages] == [f"“扫描.pdf”第 {n} 页" for n in (1, 2, 3, 4)]
    assert [page.place.index for page in pages] == [0, 1, 2, 3]
    assert {(page.width, page.height) for page in pages} == {(1654, 2339)}


def test_the_turn_is_counted_from_what_a_viewer_shows(tmp_path: Path) -> None:
    ways = [(rotation, laid) for rotation in (0, 90, 180, 270) for laid in (0, 90, 180, 270)]
    scans = [turned(printed(TEXT), laid) for _, laid in ways]
    pages = read(copied(tmp_path / "a.pdf", scans, [rotation for rotation, _ in ways]))
    for page, (rotation, laid) in zip(pages, ways, strict=True):
        assert (page.code and page.code.text(), page.turn) == (TEXT, -(rotation + laid) % 360)
        with Image.open(io.BytesIO(page.thumbnail)) as thumbnail:
            assert (thumbnail.format, thumbnail.height) == ("JPEG", 240)
            assert thumbnail.width < thumbnail.height, "the thumbnail stands upright"


def test_a_printed_pdf_that_was_never_scanned_is_drawn_and_read(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(as_pdf([TEXT]))
    assert texts(read(tmp_path / "a.pdf")) == [TEXT]


def test_a_picture_under_other_ink_is_drawn_with_it(tmp_path: Path) -> None:
    """A page of one picture with something drawn over its codes is not read from the picture alone."""
    path = copied(tmp_path / "a.pdf", [printed(TEXT)])
    with opened(path.read_bytes()) as pdf:
        page = pdf[0]
        box = pypdfium2.raw.FPDFPageObj_CreateNewRect(0, 0, *page.get_size())
        pypdfium2.raw.FPDFPageObj_SetFillColor(box, 255, 255, 255, 255)
        pypdfium2.raw.FPDFPath_SetDrawMode(box, 1, 0)
        pypdfium2.raw.FPDFPage_InsertObject(page, box)
        page.gen_content()
        pdf.save(tmp_path / "b.pdf")
    (found,) = read(tmp_path / "b.pdf")
    assert (found.code, found.blank, found.why) == (None, True, refusals.BLANK_PAGE)


def kinds(folder: Path) -> Iterator[Path]:
    picture = printed(TEXT)
    ink = Image.merge("LA", (Image.new("L", picture.size), picture.point([255 - v for v in range(256)])))
    made = {
        "grey.png": picture,
        "ink on nothing.png": ink,
        "palette.png": picture.convert("RGB").convert("P"),
        "fax.tif": picture.convert("1"),
        "colour.jpg": picture.convert("RGB"),
        "inks.jpg": picture.convert("CMYK"),
        "a.bmp": picture,
        "a.webp": picture.convert("RGB"),
        "wrong name.jpg": picture,
    }
    for name, one in made.items():
        path = folder / name
        form = {"wrong name.jpg": "PNG", "fax.tif": "TIFF"}.get(name)
        one.save(path, form, **({"compression": "group4"} if name == "fax.tif" else {}))
        yield path


def test_every_kind_of_picture_is_read(tmp_path: Path) -> None:
    paths = list(kinds(tmp_path))
    pages = list(read_pages(survey(paths)))
    assert {page.place.name: page.code and page.code.text() for page in pages} == {
        f"“{path.name}”": TEXT for path in paths
    }


def test_the_pages_of_a_tiff_are_pages(tmp_path: Path) -> None:
    first, *others = [picture.copy() for picture in (*sheets(1), *sheets(2))]
    first.save(tmp_path / "a.tif", save_all=True, append_images=others)
    assert texts(read(tmp_path / "a.tif")) == [code(n, page, 2).text() for n in (1, 2) for page in (1, 2)]


def test_a_telephone_says_how_it_was_held(tmp_path: Path) -> None:
    for orientation, laid in ((1, 0), (3, 180), (6, 270), (8, 90)):
        exif = Image.Exif()
        exif[0x0112] = orientation
        turned(printed(TEXT), laid).copy().save(tmp_path / f"{orientation}.jpg", exif=exif)
    assert [(page.code and page.code.text(), page.turn) for page in read(tmp_path)] == [(TEXT, 0)] * 4


def test_large_photographs_are_read_at_a_size_that_fits(tmp_path: Path) -> None:
    picture = printed(TEXT).resize((1654 * 4, 2339 * 4))
    picture.save(tmp_path / "a.jpg", quality=60)
    picture.save(tmp_path / "b.png", compress_level=1)
    pages = read(tmp_path)
    assert texts(pages) == [TEXT, TEXT]
    assert max(max(page.width, page.height) for page in pages) <= 5000


def test_a_folder_is_read_as_a_person_sorts_it_and_names_what_is_no_scan(tmp_path: Path) -> None:
    for name, page in (("扫描10.jpg", 2), ("扫描9.jpg", 1)):
        (tmp_path / name).write_bytes(jpeg(printed(code(1, page, 2).text())))
    copied(tmp_path / "扫描11.pdf", sheets(2))
    (tmp_path / "说明.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "Thumbs.db").write_bytes(b"\xd0\xcf")
    (tmp_path / "去年").mkdir()
    source = survey(tmp_path)
    assert [file.path.name for file in source.files] == ["扫描9.jpg", "扫描10.jpg", "扫描11.pdf"]
    assert {one.path.name: one.why for one in source.left_out} == {
        "说明.docx": refusals.UNKNOWN,
        "去年": refusals.FOLDER,
    }
    pages = list(read_pages(source))
    assert texts(pages) == [code(n, page, 2).text() for n in (1, 2) for page in (1, 2)]
    assert [page.place.index for page in pages] == [0, 1, 2, 3]


def test_progress_is_told_and_can_stop(tmp_path: Path) -> None:
    source = survey(copied(tmp_path / "a.pdf", [*sheets(1), *sheets(2)]))
    told: list[tuple[int, int]] = []
    list(read_pages(source, progress=lambda done, of: bool(told.append((done, of)))))
    assert told[-1] == (4, 4)
    assert {of for _, of in told} == {4}
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    seen = []
    with pytest.raises(ScanStopped, match="4 中做了 2"):
        seen.extend(page.place.index for page in read_pages(source, progress=lambda done, _: done >= 2))


def test_pages_are_read_only_as_they_are_asked_for(tmp_path: Path) -> None:
    source = survey(copied(tmp_path / "a.pdf", sheets(1) * 15))
    pages = read_pages(source)
    assert next(pages).place.index == 0
    pages.close()  # type: ignore[attr-defined]
    (tmp_path / "a.pdf").unlink()  # nobody holds it any more
    with pytest.raises(UserError, match="文件或文件夹不存在"):
        survey(tmp_path / "a.pdf")
