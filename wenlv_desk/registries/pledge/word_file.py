"""本单位 Word 范本: a kind whose pledges are filled from the bureau's own Word file, and converted by the desk's LibreOffice or Word.

The PDF that comes of it is kept with the pledge (正文), under the digest printed on its pages: a later version of the file, or of
the program that converted it, does not change what was signed.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import FilePath
from wenlv_desk.core.operations import operation
from wenlv_desk.issuing.converting import NONE_PRESENT, Converter, convert_many, find_converter
from wenlv_desk.issuing.issue import sheets_of
from wenlv_desk.issuing.stamping import stamp
from wenlv_desk.issuing.word import check_word, fill_word, placeholders_of, words_of
from wenlv_desk.registries.pledge.records import Pledge, PledgeKind
from wenlv_desk.registries.pledge.saying import code_of, seal, told
from wenlv_desk.store.attachments import attach_content, attach_file
from wenlv_desk.store.desk import Desk
from wenlv_desk.typeset.pledge import BLANK, PLACEHOLDERS, heading_of, lacking_clauses

Find = Callable[[], Converter | None]
KEEPERS = (Role.SAFETY, Role.HEAD)
TEMPLATE, BODY = "Word 范本", "责任状正文"
PARTY = "乙方"
SHORT = 12  # characters of a heading that Word numbers
STOPS = frozenset("。，；：、{")


# --- the file of a kind ---------------------------------------------------------------------------------------


def tried(_desk: Desk, kind: PledgeKind, *, path: str, find: Find = find_converter) -> int | None:
    """How many pages the file makes when it is filled with its own placeholders; None where the desk has no converter."""
    content = _checked(Path(path))
    if find() is None:
        return None
    sample = fill_word(content, {name: f"（{name}）" for name in placeholders_of(content)})
    (pdf,) = _converted({"样张": sample}, find).values()
    stamp(pdf, lambda page, pages: f"{kind.prefix}-0000-0000|{page}/{pages}|1|{'0' * 12}", kind.prefix)
    return sheets_of(pdf)


def _checked(path: Path) -> bytes:
    """The file, proved fit for a pledge: known placeholders, party B among them, and the clauses no pledge may be without."""
    check_word(path, PLACEHOLDERS)
    if PARTY not in placeholders_of(path):
        raise UserError(
            f"没有取用“{path.name}”：里面没有 {{{{ {PARTY} }}}}，印出来分不清是谁的责任状，请在 Word 里补上"
        )
    if lacking := lacking_clauses(_headings(words_of(path))):
        named = "、".join(f"“{clause}”" for clause in lacking)
        raise UserError(f"没有取用“{path.name}”：缺少{named}的标题，请在 Word 里各写成一条（如“一、责任目标”）再取用")
    return path.read_bytes()


def _headings(text: str) -> Iterator[str]:
    """The lines that head a clause: numbered in words, or, where Word numbers them itself, short and without a stop."""
    for line in text.splitlines():
        short = 0 < len(line.strip()) <= SHORT and not STOPS.intersection(line)
        if heading := heading_of(line.strip()) or (line.strip() if short else ""):
            yield heading


@operation("取用 Word 范本", on=(PledgeKind,), by=KEEPERS, many=False, prepare=tried)
def bring_word(
    desk: Desk,
    kind: PledgeKind,
    *,
    path: Annotated[
        str,
        param("Word 文件", kind=FilePath(), help=f"*.docx，占位写成 {{{{ 乙方 }}}}，可用：{'、'.join(PLACEHOLDERS)}"),
    ],
) -> None:
    """Have the pledges of a kind say what the bureau's own file says, from the next that are given out on."""
    _checked(Path(path))
    kept = attach_file(desk, kind, path, TEMPLATE)
    if kept.sha256 == kind.word_sha256:
        raise UserError(f"没有取用：“{kept.file_name}”和现在用的范本完全一样")
    kind.word_name, kind.word_sha256 = kept.file_name, kept.sha256
    pages = desk.payload
    desk.notes.append(f"试排一份 {pages} 页，每页印得上编号和二维码" if pages else f"还没有试排：{NONE_PRESENT}")


def _has_none(_desk: Desk, kind: PledgeKind) -> Iterator[str]:
    if kind.word_sha256 is None:
        yield "用的就是“文书范本”里的文字"


@operation("不用 Word 范本", on=(PledgeKind,), by=KEEPERS, blocks=_has_none, due=lambda *_: False)
def drop_word(desk: Desk, kind: PledgeKind) -> None:  # noqa: ARG001
    """Go back to the wording; what was given out stays as it is, and the file stays on the card."""
    kind.word_name = kind.word_sha256 = None


# --- the pledges of it ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Body:
    """What a pledge says and what it became, and the digest of the values and the file that it was made of."""

    made_of: str
    text: str
    pdf: bytes


def bodies_of(desk: Desk, pledges: Sequence[Pledge], find: Find = find_converter) -> Mapping[int, Body]:
    """The bodies, by pledge, of those whose kind has a Word file, converted together. UserError that names what stops it."""
    filled: dict[str, bytes] = {}
    for one in pledges:
        kind = desk.get(PledgeKind, one.kind_id)
        if kind.word_sha256 is not None:
            try:
                filled[one.pledge_no] = fill_word(desk.files.get(kind.word_sha256), _values(desk, one))
            except UserError as error:
                raise UserError(f"没有下发 {one.pledge_no}（{one.party_b}）：{error.message}") from error
    made = _converted(filled, find) if filled else {}
    by_number = {one.pledge_no: one for one in pledges}
    return {
        one.id: Body(_made_of(desk, one), words_of(filled[no]), pdf)
        for no, pdf in made.items()
        if (one := by_number[no])
    }


def _values(desk: Desk, pledge: Pledge) -> dict[str, str]:
    """What the placeholders say; what is not known yet is left to be written by hand."""
    said = {name: value if isinstance(value, str) else "\n".join(value) for name, value in told(desk, pledge).items()}
    return {name: value if value.strip() else BLANK for name, value in said.items()}


def _made_of(desk: Desk, pledge: Pledge) -> str:
    kind = desk.get(PledgeKind, pledge.kind_id)
    return sha256(repr((kind.word_sha256, sorted(_values(desk, pledge).items()))).encode()).hexdigest()


def _converted(files: Mapping[str, bytes], find: Find) -> dict[str, bytes]:
    """Word files by their names, as PDFs."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name, content in files.items():
            (place / f"{name}.docx").write_bytes(content)
        made = convert_many([place / f"{name}.docx" for name in files], place / "pdf", find=find)
        return {name: pdf.read_bytes() for name, pdf in zip(files, made, strict=True)}


def freeze_body(desk: Desk, kind: PledgeKind, pledge: Pledge, body: Body | None) -> None:
    """Keep what a pledge became. UserError where it was changed while it was converted."""
    ready = body if body is not None else bodies_of(desk, [pledge])[pledge.id]
    if ready.made_of != _made_of(desk, pledge):
        raise UserError(f"没有下发：转换 Word 范本的时候，{pledge.pledge_no} 的内容有了改动，请再办一次")
    assert kind.word_sha256 is not None
    pledge.wording, pledge.edition = (kind.word_name or TEMPLATE)[:64], kind.word_sha256[:12]
    seal(pledge, ready.text)
    pledge.pages = sheets_of(ready.pdf)
    kept = attach_content(desk, pledge, f"{pledge.pledge_no} {BODY}.pdf", ready.pdf, BODY)
    pledge.body_sha256 = kept.sha256
    stamped(pledge, ready.pdf, 1)


def stamped(pledge: Pledge, pdf: bytes, copy: int) -> bytes:
    """A copy as it is printed, with its number and codes on every page. UserError where the bureau's file left no room."""
    code = code_of(pledge)

    def said(page: int, pages: int) -> str:
        return code.format(page=page, pages=pages, copy=copy)

    try:
        return stamp(pdf, said, f"{pledge.pledge_no}　第{copy}份")
    except UserError as error:
        raise UserError(f"{pledge.pledge_no}（{pledge.party_b}）印不了：{error.message}") from error
