"""No scan takes the program down: a bad file is refused with its name and the remedy, a bad page is unreadable and the others go on."""

import io
import os
import struct
import zlib
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.scanning.files import copied, jpeg, sheets, stream, three_pages
from tests.scanning.sheets import code, printed
from wenlv_desk.core.errors import UserError
from wenlv_desk.scanning import Limits, read_pages, refusals, survey

TEXT = code(1, 1, 2).text()
FOREVER = 14  # forms within forms, each drawn a dozen times by the one around it


def refusal(path: Path | list[Path], limits: Limits | None = None) -> str:
    with pytest.raises(UserError) as refused:
        survey(path, **({"limits": limits} if limits else {}))
    return refused.value.message


def saved(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def reasons(path: Path, limits: Limits | None = None) -> list[str]:
    given = {"limits": limits} if limits else {}
    return [page.why for page in read_pages(survey(path), **given)]


def png_of(wide: int, high: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


def locked(path: Path, password: str) -> Path:
    encryption = StandardEncryption(password, "owner", canPrint=0, canCopy=0)
    canvas = Canvas(str(path), pagesize=(595, 842), encrypt=encryption)
    canvas.drawImage(ImageReader(io.BytesIO(jpeg(printed(TEXT)))), 0, 0, 595, 842)
    canvas.save()
    return path


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("空.pdf", b"", "是空的（0 字节）"),
        ("说明.txt", b"hello", "不是 PDF，也不是能读的图片"),
        ("台账.pdf", b"PK\x03\x04", "不是 PDF，也不是能读的图片"),
        ("IMG_1.HEIC", b"\0\0\0\x18ftypheic" + bytes(50), "HEIC 图片，不能读；请在手机"),
        ("a.pdf", b"%PDF-1.7\nnothing more", "不完整或已损坏"),
        ("a.jpg", b"\xff\xd8\xff" + bytes(100), "不完整或已损坏"),
        ("a.png", png_of(100_000, 100_000), "100,000 × 100,000 点，超过 150 百万点"),
    ],
)
def test_what_is_no_scan_is_refused_with_the_reason(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    told = refusal(saved(tmp_path / name, content))
    assert f"“{name}”" in told
    assert reason in told


def test_a_pdf_with_a_password_asks_for_one_without(tmp_path: Path) -> None:
    assert refusal(locked(tmp_path / "扫描.pdf", "secret")) == "“扫描.pdf”PDF 有密码，请先去掉密码再导入"


def test_a_pdf_that_only_forbids_printing_is_read(tmp_path: Path) -> None:
    (page,) = read_pages(survey(locked(tmp_path / "a.pdf", "")))
    assert page.code is not None


def test_a_folder_with_nothing_usable_names_the_files(tmp_path: Path) -> None:
    assert "文件夹是空的" in refusal(tmp_path)
    for n in range(7):
        saved(tmp_path / f"{n}.txt", b"x")
    told = refusal(tmp_path)
    assert "“0.txt”不是 PDF" in told
    assert "“4.txt”" in told
    assert told.endswith("等 7 个")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path / "没有.pdf") == (
        "“没有.pdf”读取文件出错（文件或文件夹不存在），请检查 U 盘或网络盘，文件是否被移走"
    )


def test_the_limits_of_size_and_pages_are_named(tmp_path: Path) -> None:
    path = saved(tmp_path / "大.pdf", b"%PDF-1.7\n")
    os.truncate(path, 3 << 30)
    assert "有 3,072 MB，超过 2,048 MB 的上限，请分几次扫描" in refusal(path)
    path = copied(tmp_path / "a.pdf", sheets(1) * 3)
    assert "有 6 页，超过 5 页的上限，请拆成几个文件" in refusal(path, Limits(pages=5))
    assert "一共有 12 页，超过 10 页的上限" in refusal([path, path], Limits(pages=10))
    assert "有 3 页，超过 2 页" in refusal([path] * 3, Limits(pages=2))


def test_half_a_photograph_is_an_unreadable_page_and_the_others_go_on(tmp_path: Path) -> None:
    whole = jpeg(printed(TEXT))
    saved(tmp_path / "1.jpg", whole[: len(whole) // 2])
    saved(tmp_path / "2.jpg", whole)
    assert reasons(tmp_path) == [refusals.DAMAGED_PAGE, ""]


def test_half_a_picture_in_a_pdf_is_an_unreadable_page_and_the_others_go_on(tmp_path: Path) -> None:
    whole = jpeg(printed(TEXT))
    path = copied(tmp_path / "a.pdf", [whole[: len(whole) // 2], whole])
    assert reasons(path) == [refusals.DAMAGED_PAGE, ""]


def test_a_page_that_is_not_there_is_an_unreadable_page_and_the_others_go_on(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.pdf", three_pages(b"").replace(b"4 0 R", b"9 0 R"))
    assert reasons(path) == [refusals.BLANK_PAGE, refusals.DAMAGED_PAGE, refusals.BLANK_PAGE]


def test_a_page_that_would_be_drawn_forever_is_given_up_and_the_others_go_on(tmp_path: Path) -> None:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 600 900]"
    forms = [stream(form + b"/Resources<</XObject<</F %d 0 R>>>>" % (9 + n), b"/F Do " * 12) for n in range(FOREVER)]
    last = stream(form, b"0 0 300 300 re f " * 50)
    path = saved(tmp_path / "a.pdf", three_pages(b"/F Do", *forms, last, resources=b"/XObject<</F 8 0 R>>"))
    assert reasons(path, Limits(seconds=2)) == [refusals.BLANK_PAGE, refusals.too_slow(2), refusals.BLANK_PAGE]
    given_up = [refusals.BLANK_PAGE, refusals.too_slow(2), refusals.GAVE_UP]
    assert reasons(path, Limits(seconds=2, deaths=1)) == given_up, "after too many such pages the rest is not tried"


def test_a_picture_that_would_fill_the_memory_is_refused_and_the_others_go_on(tmp_path: Path) -> None:
    entries = b"/Type/XObject/Subtype/Image/Width 50000/Height 50000/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode"
    image = stream(entries, zlib.compress(bytes(1000)))
    path = saved(tmp_path / "a.pdf", three_pages(b"595 0 0 842 0 0 cm /I Do", image, resources=b"/XObject<</I 8 0 R>>"))
    reason = refusals.too_many_pixels(50_000, 50_000, 150)
    assert reasons(path) == [refusals.BLANK_PAGE, reason, refusals.BLANK_PAGE]


def test_a_page_that_unpacks_without_end_is_given_up_and_the_others_go_on(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.pdf", three_pages(b""))
    bomb = stream(b"/Filter/FlateDecode", zlib.compress(b"0 0 1 1 re f\n" * 10_000_000))
    path.write_bytes(three_pages(b"", bomb).replace(b"/Contents 7 0 R", b"/Contents 8 0 R"))
    first, second, third = reasons(path, Limits(memory_mb=600, seconds=3))
    assert (first, third) == (refusals.BLANK_PAGE, refusals.BLANK_PAGE)
    assert "已跳过" in second or second == refusals.DAMAGED_PAGE


def test_a_file_that_vanishes_while_it_is_read_leaves_unreadable_pages(tmp_path: Path) -> None:
    gone, stays = copied(tmp_path / "a.pdf", sheets(1)), copied(tmp_path / "b.pdf", sheets(2))
    source = survey([gone, stays])
    gone.unlink()
    whys = [page.why for page in read_pages(source)]
    assert ["文件或文件夹不存在" in why for why in whys] == [True, True, False, False]


def test_a_page_of_nonsense_size_is_read_for_what_it_is(tmp_path: Path) -> None:
    for box in (b"0 0 9e9 1e9", b"0 0 0 0"):
        path = saved(tmp_path / "a.pdf", three_pages(b"").replace(b"0 0 595 842", box))
        assert len(reasons(path)) == 3
