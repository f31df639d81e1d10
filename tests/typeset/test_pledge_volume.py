"""A batch as one file: order, bookmarks, blank sides, the same bytes each time, and never half a file."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from tests.typeset.papers import needs_poppler, pdftotext
from tests.typeset.pledges import pledge
from wenlv_desk.core.errors import UserError
from wenlv_desk.typeset.page import Document, Page, Paragraph
from wenlv_desk.typeset.pdffile import PdfFile
from wenlv_desk.typeset.pledge import Party, Pledge, pledge_page, pledge_part
from wenlv_desk.typeset.preview import page_images
from wenlv_desk.typeset.render import render
from wenlv_desk.typeset.verify import extract_text, opened
from wenlv_desk.typeset.volume import Part, Written, write_volume

FIRMS = ["望海山景区", "青屿书店", "龘𠮷印刷社"]


def parts(copies: int = 2) -> Iterator[Part]:
    """Forest, integrity, forest: three, two and three sheets; the first two in one grid."""
    for at, firm in enumerate(FIRMS):
        made = pledge("pledge_integrity" if at == 1 else "pledge_forest_fire", 乙方=firm)
        number = f"ZR-{at + 1}"
        code = f"{number}|{{page}}/{{pages}}|{{copy}}|a1b2c3d4e5f6"
        one = Pledge(number, made.text, made.party_a, Party(firm), code)
        yield pledge_part(one, copies=copies, group="WG-01 周宁" if at < 2 else "WG-02 林晓")


def written(target: Path, **more: bool) -> Written:
    made = write_volume(parts(), target, title="护林防火责任状", total=len(FIRMS), **more)
    assert made is not None
    return made


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    target = tmp_path_factory.mktemp("volume") / "batch.pdf"
    assert written(target) == Written((3, 2, 3), 20)
    return target.read_bytes()


def test_each_copy_begins_on_a_front_side_and_counts_its_own_sheets(volume: bytes) -> None:
    texts = extract_text(volume)
    blank = [at for at, text in enumerate(texts) if not text.strip()]
    assert blank == [3, 7, 15, 19]
    counted = [(text.split("第 ")[1][0], text.split("共 ")[1][0]) for text in texts if text.strip()]
    three, two = [("1", "3"), ("2", "3"), ("3", "3")], [("1", "2"), ("2", "2")]
    assert counted == [*three, *three, *two, *two, *three, *three]
    titles = [at for at, text in enumerate(texts) if "第 1 页" in text]
    assert all(at % 2 == 0 for at in titles)


def test_without_duplex_no_side_is_blank(tmp_path: Path) -> None:
    assert written(tmp_path / "one.pdf", duplex=False).sides == 16
    assert all(text.strip() for text in extract_text((tmp_path / "one.pdf").read_bytes()))


def test_bookmarks_are_grids_with_the_pledges_below_them_in_order(volume: bytes) -> None:
    with opened(volume) as file:
        found = [(mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in file.get_toc()]
        assert file.get_metadata_value("Title") == "护林防火责任状"
    assert found == [
        (0, "WG-01 周宁", 0),
        (1, "ZR-1 望海山景区", 0),
        (1, "ZR-2 青屿书店", 8),
        (0, "WG-02 林晓", 12),
        (1, "ZR-3 龘𠮷印刷社", 12),
    ]


def test_parts_without_a_group_stand_at_the_top_level(tmp_path: Path) -> None:
    target = tmp_path / "plain.pdf"
    plain = (Part(part.title, part.copies) for part in parts(1))
    write_volume(plain, target, title="甲", total=3)
    with opened(target.read_bytes()) as file:
        assert [mark.level for mark in file.get_toc()] == [0, 0, 0]


def test_every_side_reads_as_the_code_of_its_own_pledge_sheet_and_copy(volume: bytes) -> None:
    said = []
    for image in page_images(volume, 120):
        picture = Image.frombytes("RGBA", (image.width, image.height), image.data).convert("L")
        said.append({one.text for one in zxingcpp.read_barcodes(picture)})
    wanted = [
        {f"ZR-{number}|{page}/{pages}|{copy}|a1b2c3d4e5f6"} if page <= pages else set()
        for number, pages, sides in ((1, 3, 4), (2, 2, 2), (3, 3, 4))
        for copy in (1, 2)
        for page in range(1, sides + 1)
    ]
    assert said == wanted


def test_a_side_looks_as_it_does_printed_alone(volume: bytes) -> None:
    first = next(parts())
    alone = page_images(render(Document("一份", (first.copies[1],))), 60)
    assert [image.data for image in page_images(volume, 60)[4:7]] == [image.data for image in alone]


@needs_poppler
def test_another_reader_finds_the_rare_names(volume: bytes, tmp_path: Path) -> None:
    assert pdftotext(volume, tmp_path).count("龘𠮷印刷社") == 4


def test_equal_volumes_give_equal_bytes(volume: bytes, tmp_path: Path) -> None:
    written(tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == volume


def test_every_font_is_embedded_and_no_clock_is_read(volume: bytes) -> None:
    assert volume.count(b"/FontFile2") == volume.count(b"/Type /FontDescriptor") > 3
    assert b"CreationDate" not in volume
    assert b"Helvetica" not in volume


def test_sheets_that_say_the_same_are_written_once(tmp_path: Path) -> None:
    def alike() -> Iterator[Part]:
        for number in range(20):
            one = pledge()
            yield pledge_part(Pledge(one.number, one.text, one.party_a, one.party_b, f"{number}|{{page}}"), copies=1)

    target = tmp_path / "alike.pdf"
    write_volume(alike(), target, title="甲", total=20, duplex=False)
    data = target.read_bytes()
    assert data.count(b"/Filter /FlateDecode") == 3 + 60  # beside the fonts, whose filters reportlab writes otherwise


def test_progress_is_told_and_may_stop_without_a_trace(tmp_path: Path) -> None:
    target = tmp_path / "batch.pdf"
    target.write_bytes(b"the one before")
    seen: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> bool:
        seen.append((done, total))
        return done == 2

    assert write_volume(parts(), target, title="甲", total=3, progress=stop) is None
    assert seen == [(0, 3), (1, 3), (2, 3)]
    assert target.read_bytes() == b"the one before"
    assert [path.name for path in tmp_path.iterdir()] == ["batch.pdf"]


def test_progress_ends_with_all_done(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    write_volume(parts(1), tmp_path / "a.pdf", title="甲", total=3, progress=lambda *at: seen.append(at) is not None)
    assert seen[-1] == (3, 3)


def test_a_pledge_that_cannot_be_printed_is_named_and_no_file_is_left(tmp_path: Path) -> None:
    def listed(**bad: str) -> Iterator[Part]:
        yield from parts(1)
        yield pledge_part(pledge(**bad))

    for bad in ({"乙方": "王\U0010fffd书店"}, {"责任区域": "王\U0010fffd书店"}):
        with pytest.raises(UserError, match=r"“HLFH-2026-0003 .*不能打印.*U\+10FFFD"):
            write_volume(listed(**bad), tmp_path / "a.pdf", title="甲", total=4)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_named_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"“a.pdf”没有写成（文件或文件夹不存在）"):
        write_volume(parts(1), tmp_path / "nowhere" / "a.pdf", title="甲", total=3)
    (tmp_path / "taken.pdf").mkdir()
    with pytest.raises(UserError, match="没有写成"):
        write_volume(parts(1), tmp_path / "taken.pdf", title="甲", total=3)
    assert [path.name for path in tmp_path.iterdir()] == ["taken.pdf"]


def test_a_full_disk_is_said_and_nothing_is_left() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no device that is always full")
    file = full.open("wb", buffering=0)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        PdfFile(file)
    file.close()


def test_nothing_to_print_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有可以打印的"):
        write_volume([], tmp_path / "a.pdf", title="护林防火责任状", total=0)


def test_copies_that_are_not_copies_are_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="more than footer and codes"):
        Part("甲", (Page((Paragraph("甲"),)), Page((Paragraph("乙"),))))


def test_more_characters_than_a_font_subset_holds_are_read_back(tmp_path: Path) -> None:
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 700)))
    target = tmp_path / "many.pdf"
    write_volume([Part("字", (Page((Paragraph(text),)),))], target, title="字", total=1)
    assert "".join(extract_text(target.read_bytes())[0].split()) == text


def test_the_file_is_sound_for_a_strict_reader(volume: bytes) -> None:
    """Every object stands where the table of objects says."""
    start = int(volume.rsplit(b"startxref\n", 1)[1].split()[0])
    rows = volume[start:].split(b"trailer")[0].split(b"\n")[3:]
    for number, row in enumerate(filter(None, rows), 1):
        at = int(row[:10])
        assert volume[at:].startswith(b"%d 0 obj" % number)
    assert len(extract_text(volume)) == 20
    assert pledge_page(pledge()).codes
