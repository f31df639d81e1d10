"""What a pledge says: its wording filled, frozen as text under a digest, and read again for every print."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.issuing.wording import PaperWording
from wenlv_desk.registries.pledge.records import Pledge, PledgeKind
from wenlv_desk.registries.settings.reading import office_told, setting_of
from wenlv_desk.standards.dates import show_date_cn
from wenlv_desk.standards.page_code import DIGEST_DIGITS
from wenlv_desk.store.desk import Desk
from wenlv_desk.typeset.wording import PLEDGE_HEADS, Filled, shipped

if TYPE_CHECKING:
    from wenlv_desk.typeset.pledge import Pledge as Printed

Value = str | Sequence[str]
_NUMERALS = "零一二三四五六七八九"


def told(desk: Desk, pledge: Pledge) -> dict[str, Value]:
    """The values of the placeholders, as the pledge stands."""
    return {
        "年度": str(pledge.pledge_year),
        "责任状编号": pledge.pledge_no,
        "甲方": pledge.party_a,
        "甲方签字人": pledge.a_signatory or "",
        "甲方职务": pledge.a_post or "",
        "乙方": pledge.party_b,
        "乙方签字人": pledge.b_signatory or "",
        "乙方职务": pledge.b_post or "",
        "乙方电话": pledge.b_phone or "",
        "责任区域": pledge.area or "",
        "期限起": show_date_cn(pledge.valid_from),
        "期限止": show_date_cn(pledge.valid_to),
        "防火期": season(desk, "fire_season"),
        "高火险期": season(desk, "high_risk"),
        "网格编号": pledge.grid_code or "",
        "网格长": pledge.head_name or "",
        "网格员": pledge.officer_name or "",
        "份数": _NUMERALS[pledge.copies],
        "签订地点": pledge.place or "",
        "本单位": office_told(desk)["本单位"],
        "日期": show_date_cn(desk.today),
    }


def season(desk: Desk, name: str) -> str:
    """A season of the bureau's settings (防火期, 高火险期) in words: 11月1日至次年5月31日."""
    first, last = (str(setting_of(desk, f"{name}_{end}")) for end in ("from", "to"))
    return f"{_day(first)}至{'次年' if last < first else ''}{_day(last)}"


def _day(month_day: str) -> str:
    month, day = month_day.split("-")
    return f"{int(month)}月{int(day)}日"


def wording_of(desk: Desk, code: str) -> str:
    """The text of a wording as the office has it; UserError where there is none."""
    own = desk.session.scalar(select(PaperWording.text).where(PaperWording.code == code))
    if own is not None:
        return own
    try:
        return shipped(code)
    except OSError as error:
        raise UserError(f"没有范本“{code}”，请在责任状种类里改正范本代码，或在“文书范本”里查看有哪些") from error


def freeze_wording(desk: Desk, kind: PledgeKind, pledge: Pledge) -> None:
    """Fill the wording of the kind and keep the text; UserError names what is missing."""
    from wenlv_desk.typeset.flow import lay_out
    from wenlv_desk.typeset.page import Document
    from wenlv_desk.typeset.pledge import fill_pledge, pledge_page

    text = wording_of(desk, kind.wording)
    try:
        filled = fill_pledge(text, told(desk, pledge), blanks=True)
    except UserError as error:
        raise UserError(f"没有下发 {pledge.pledge_no}（{pledge.party_b}）：{error.message}") from error
    pledge.wording, pledge.edition = kind.wording, sha256(text.encode()).hexdigest()[:12]
    seal(pledge, as_text(filled))
    pledge.pages = len(lay_out(Document(pledge.pledge_no, (pledge_page(as_printed(pledge)),))))


def seal(pledge: Pledge, text: str) -> None:
    """Keep what a pledge says, under the digest that is printed on its pages."""
    pledge.text = text
    pledge.digest = sha256(f"{pledge.pledge_no}\n{text}".encode()).hexdigest()


def code_of(pledge: Pledge) -> str:
    """The code of its pages, with {page}, {pages} and {copy} to be filled in (`standards.page_code`)."""
    return f"{pledge.pledge_no}|{{page}}/{{pages}}|{{copy}}|{(pledge.digest or '')[:DIGEST_DIGITS]}"


def as_printed(pledge: Pledge) -> "Printed":
    """A frozen pledge as the typesetter takes it."""
    from wenlv_desk.typeset.pledge import Party
    from wenlv_desk.typeset.pledge import Pledge as Printed

    assert pledge.text is not None
    a = Party(pledge.party_a, pledge.a_signatory or "", pledge.a_post or "")
    b = Party(
        pledge.party_b,
        pledge.b_signatory or "",
        pledge.b_post or "",
        pledge.b_phone or "",
        seal=pledge.operator_id is not None,
    )
    return Printed(pledge.pledge_no, read_again(pledge.text), a, b, code_of(pledge))


def as_text(filled: Filled) -> str:
    """A filled wording as plain text: the heads by their names, then a paragraph a line."""
    heads = {name: getattr(filled, attribute) for name, attribute in PLEDGE_HEADS.items()}
    lines = [f"{name}：{said}" for name, said in heads.items() if said]
    return "\n".join([*lines, *filled.body])


def read_again(text: str) -> Filled:
    """The filled wording that `as_text` wrote."""
    heads: dict[str, str] = {}
    lines = text.split("\n")
    for name, attribute in PLEDGE_HEADS.items():
        if lines and lines[0].startswith(f"{name}："):
            heads[attribute] = lines.pop(0).removeprefix(f"{name}：")
    return Filled(title=heads.pop("title", ""), body=tuple(lines), **heads)
