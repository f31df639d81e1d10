"""A kind that says what the bureau's own Word file says: checked when it comes, converted when it is given out, kept as it was then."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from tests import grids
from tests.builders import Maker, dump
from tests.issuing.words import needs_libreoffice, of_file, responsibility, word
from tests.registries.scans import code_on, states
from tests.registries.test_pledges import do, pledges
from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.pledge.printing import print_batch
from wenlv_desk.registries.pledge.records import PledgeKind
from wenlv_desk.registries.pledge.vocabulary import PledgeState
from wenlv_desk.registries.pledge.word_file import bodies_of, tried
from wenlv_desk.store.check import check
from wenlv_desk.store.tables import Attachment
from wenlv_desk.typeset.binding import Bound, bind
from wenlv_desk.typeset.page import Document, Field, Page
from wenlv_desk.typeset.render import render
from wenlv_desk.typeset.verify import extract_text, opened

KIND, BATCH = "pledge_kind", "pledge_batch"
DPI = 150


def with_word(maker: Maker, docx: bytes, name: str = "责任状.docx", **more: object) -> int:
    """A kind with this file, untried."""
    made = grids.kind(maker)
    do(maker, "bring_word", KIND, made, path=str(of_file(maker.folder / name, docx)), payload=2, **more)
    return made


def drawn_up(maker: Maker, kind: int, firms: int = 2) -> int:
    for _ in range(firms):
        grids.firm(maker)
    return int(maker.perform("draw_up", maker.registry(KIND), kind, year=2026).value)


@pytest.mark.parametrize(
    ("docx", "said"),
    [
        (responsibility("{{ 乙方单位 }}"), r"不认识的占位：\{\{ 乙方单位 \}\}（是不是 \{\{ 乙方 \}\}？）"),
        (word("一、目标　二、职责　三、考核　四、期限", "甲方：{{ 甲方 }}"), r"没有 \{\{ 乙方 \}\}"),
        (word("{{ 乙方 }}", "一、责任目标", "二、责任内容", "三、有效期一年"), "缺少“考核”"),
        (word("{{ 乙方 }}应完成考核指标，履行职责，按期限整改。"), "缺少“责任目标”、“责任内容”、“考核”、“期限”的标题"),
        (word("{{ 乙方 }}"), "缺少“责任目标”、“责任内容”、“考核”、“期限”"),
        (b"", "Word 范本“责任状.docx”"),
        (b"%PDF-1.7", "Word 范本“责任状.docx”"),
    ],
)
def test_a_file_that_is_no_pledge_is_refused_and_nothing_is_kept(maker: Maker, docx: bytes, said: str) -> None:
    made = grids.kind(maker)
    path = of_file(maker.folder / "责任状.docx", docx)
    before = dump(maker.office)
    with pytest.raises(UserError, match=said):
        do(maker, "bring_word", KIND, made, path=str(path))
    assert dump(maker.office) == before


def test_every_file_brought_stays_on_the_card_as_an_edition(maker: Maker) -> None:
    made = with_word(maker, responsibility(), "甲版.docx")
    with pytest.raises(UserError, match="完全一样"):
        do(maker, "bring_word", KIND, made, path=str(maker.folder / "甲版.docx"), payload=2)
    other = of_file(maker.folder / "乙版.docx", responsibility("五、其他。"))
    do(maker, "bring_word", KIND, made, path=str(other), payload=2)
    with maker.office.desk(maker.clerk) as desk:
        assert desk.get(PledgeKind, made).word_name == "乙版.docx"
        kept = select(Attachment.file_name).where(Attachment.register == KIND, Attachment.record_id == made)
        assert list(desk.session.scalars(kept)) == ["甲版.docx", "乙版.docx"]
    do(maker, "drop_word", KIND, made)
    drawn = drawn_up(maker, made, 1)
    do(maker, "issue_batch", BATCH, drawn)
    (one,) = pledges(maker)
    assert (one.wording, one.body_sha256) == ("pledge_work_safety", None)


def test_a_desk_without_a_converter_says_so_when_the_file_comes_and_when_it_is_needed(maker: Maker) -> None:
    made = grids.kind(maker)
    path = str(of_file(maker.folder / "责任状.docx", responsibility()))
    with maker.office.desk(maker.clerk) as desk:
        untried = tried(desk, desk.get(PledgeKind, made), path=path, find=lambda: None)
    done = maker.perform("bring_word", maker.registry(KIND), made, path=path, payload=untried or 0)
    assert done.notes == (
        "还没有试排：本机没有 LibreOffice 或 Word，不能把 Word 范本转换成 PDF，请安装 LibreOffice 或改用程序自带的范本",
    )
    drawn_up(maker, made)
    with maker.office.desk(maker.clerk) as desk, pytest.raises(UserError, match="本机没有 LibreOffice 或 Word"):
        bodies_of(desk, pledges(maker), find=lambda: None)


@needs_libreoffice
def test_a_batch_says_what_the_file_says_and_its_sheets_file_themselves(maker: Maker) -> None:
    done = maker.perform(
        "bring_word",
        maker.registry(KIND),
        made := grids.kind(maker),
        path=str(of_file(maker.folder / "责任状.docx", responsibility())),
    )
    assert done.notes == ("试排一份 1 页，每页印得上编号和二维码",)
    batch = drawn_up(maker, made)
    do(maker, "issue_batch", BATCH, batch)
    for one in pledges(maker):
        assert one.text is not None
        assert one.party_b in one.text
        assert (one.wording, one.pages, "签订地点：________" in one.text) == ("责任状.docx", 1, True)
    do(maker, "bring_word", KIND, made, path=str(of_file(maker.folder / "新.docx", responsibility("五、"))), payload=1)
    target = maker.folder / "整批.pdf"
    written = print_batch(maker.office, maker.clerk, batch, target)
    assert written is not None
    assert (written.sheets, written.sides) == ((1, 1), 8)  # two copies each, a blank side after every one
    first = extract_text(target.read_bytes())[0]
    assert "HLFH" not in first
    assert f"{pledges(maker)[0].pledge_no}　第1份　第 1 页 共 1 页".replace("　", "") in first.replace(
        "　", ""
    ).replace("\n", "")
    do(maker, "file_scans", "pledge", None, path=str(scanned(target, maker.folder / "扫描.pdf")))
    assert states(maker) == [PledgeState.EFFECTIVE] * 2
    assert check(maker.office) == []


def scanned(printed: Path, target: Path) -> Path:
    """The sides with something on them, as a copier gives them back, upside down."""
    with opened(printed.read_bytes()) as document:
        pictures = [page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L") for page in document]
    pages = [one.rotate(180) for one in pictures if code_on(one)[0] is not None]
    pages[0].save(target, save_all=True, append_images=pages[1:], resolution=DPI)
    return target


@needs_libreoffice
def test_a_pledge_changed_while_it_was_converted_is_not_given_out(maker: Maker) -> None:
    made = with_word(maker, responsibility())
    batch = drawn_up(maker, made, 1)
    (one,) = pledges(maker)
    with maker.office.desk(maker.clerk) as desk:
        ready = bodies_of(desk, [one])
    maker.write(maker.registry("pledge"), one.id, place="局会议室")
    with pytest.raises(UserError, match="内容有了改动，请再办一次"):
        do(maker, "issue_batch", BATCH, batch, payload=ready)
    do(maker, "issue_batch", BATCH, batch)
    assert "签订地点：局会议室" in str(pledges(maker)[0].text)


@needs_libreoffice
def test_a_file_that_leaves_no_room_for_the_codes_is_refused_when_it_comes(maker: Maker) -> None:
    crowded = responsibility("五、乙方落实消防安全责任，及时清除可燃物。" * 200, margin=12)
    made = grids.kind(maker)
    with pytest.raises(UserError, match="会互相盖住"):
        do(maker, "bring_word", KIND, made, path=str(of_file(maker.folder / "满.docx", crowded)))


# --- binding --------------------------------------------------------------------------------------------------


def sheets(text: str, pages: int) -> bytes:
    return render(Document("x", tuple(Page(marks=(Field("字", f"{text}{n}", 90, 150, 60),)) for n in range(pages))))


def bound(target: Path, *, progress: Callable[[int, int], bool] | None = None, duplex: bool = True) -> Sequence[str]:
    parts = [
        Bound("一", (sheets("甲", 1), sheets("甲", 1)), "第1网格"),
        Bound("二", (sheets("乙", 2),), "第1网格"),
        Bound("三", (sheets("丙", 1),)),
    ]
    written = bind(parts, target, title="整批", total=3, duplex=duplex, progress=progress)
    return [] if written is None else extract_text(target.read_bytes())


def test_copies_begin_on_front_sides_and_the_bookmarks_lead_there(tmp_path: Path) -> None:
    texts = bound(tmp_path / "整批.pdf")
    assert [text[:1] for text in texts] == ["甲", "", "甲", "", "乙", "乙", "丙", ""]
    reader = PdfReader(tmp_path / "整批.pdf")
    above, below, last = reader.outline
    assert [(one.title, reader.get_destination_page_number(one)) for one in (above, *below, last)] == [
        ("第1网格", 0),
        ("一", 0),
        ("二", 4),
        ("三", 6),
    ]
    assert len(bound(tmp_path / "单面.pdf", duplex=False)) == 5


@pytest.mark.parametrize(("duplex", "told"), [(True, {"/Duplex": "/DuplexFlipLongEdge"}), (False, None)])
def test_a_binding_tells_the_printer_to_use_both_sides(
    tmp_path: Path, *, duplex: bool, told: dict[str, str] | None
) -> None:
    bound(tmp_path / "整批.pdf", duplex=duplex)
    assert PdfReader(tmp_path / "整批.pdf").viewer_preferences == told


def test_a_binding_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    assert bound(tmp_path / "整批.pdf", progress=lambda done, _total: done == 2) == []
    assert list(tmp_path.iterdir()) == []


def test_a_binding_names_what_is_no_pdf_and_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="“一”不能打印"):
        bind([Bound("一", (b"not a pdf",))], tmp_path / "x.pdf", title="整批", total=1)
    with pytest.raises(UserError, match=r"“x\.pdf”没有写成"):
        bound(tmp_path / "没有这个文件夹" / "x.pdf")
    assert list(tmp_path.iterdir()) == []
