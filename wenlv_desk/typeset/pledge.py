"""Responsibility pledges (责任状): the wordings they are filled from, what such a wording must hold, and their pages.

A pledge has the look of a notice (GB/T 9704-2012: margins, title, faces of the levels) in a smaller type, 28 lines of 32 characters
of about 四号, with its two parties above the text and their signatures below it. Two codes on every sheet, apart from
each other, tell a scan of it which sheet it is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from wenlv_desk.core.errors import UserError
from wenlv_desk.typeset.breaking import break_lines
from wenlv_desk.typeset.fonts import Face, width
from wenlv_desk.typeset.layout import MM, OFFICIAL, SIZES
from wenlv_desk.typeset.official import LEVELS, TITLE, line_of, paragraph
from wenlv_desk.typeset.page import Align, Footer, Page, Paragraph, SheetCode, Signatories, Signatory, Style
from wenlv_desk.typeset.shaping import shaped
from wenlv_desk.typeset.signing import signatories_height
from wenlv_desk.typeset.volume import Part
from wenlv_desk.typeset.wording import (
    OPTIONAL,
    PLAIN,
    PLEDGE_HEADS,
    Filled,
    Value,
    Wording,
    check,
    fill,
    parse,
    said_lines,
)

CODE = "pledge_"  # what the codes of these wordings begin with
PLACEHOLDERS = (
    "年度", "责任状编号", "甲方", "甲方签字人", "甲方职务", "乙方", "乙方签字人", "乙方职务", "乙方电话", "责任区域", "期限起", "期限止",
    "防火期", "高火险期", "网格编号", "网格长", "网格员", "份数", "签订地点", "本单位", "日期",
)  # fmt: skip
# The clauses no pledge may be without, and the words by which their headings are known.
CLAUSES = {
    "责任目标": ("目标", "指标"),
    "责任内容": ("责任内容", "职责", "工作任务", "主要任务", "责任分工"),
    "考核": ("考核", "奖惩", "责任追究"),
    "期限": ("期限", "有效期"),
}
BLANK = "________"  # to be filled in by hand

_NUMERAL = "[一二三四五六七八九十百]+"
_HEADING = re.compile(rf"(?:{_NUMERAL}、|第{_NUMERAL}[条章])\s*(.*)")
_ASIDE = re.compile(
    rf"[{''.join(OPTIONAL)}]|(?:{'|'.join(PLEDGE_HEADS)})\s*[:：]"
)  # heads, and lines that may be left out
_SAYS = re.compile(r"[。，；：:,;{｛_\d]")  # a heading with one of these says something itself
_TO_THE_EDGE = re.compile(r"_{4,}$")
_ACROSS = OFFICIAL.body_width * MM
_ON_LINE, _ON_SHEET = 32, 28
_EMS = float(_ON_LINE)
PITCH = OFFICIAL.body_height * MM / _ON_SHEET
BODY = Style(Face.FANGSONG, _ACROSS / _ON_LINE, Align.JUSTIFY, leading=PITCH / (_ACROSS / _ON_LINE))
_NUMBER = replace(BODY, align=Align.CENTER)
_FOOT = Style(Face.SONG, SIZES["五号"])
_CODE_SIZE = 20.0  # mm
# At the right of the head and in the middle of the foot: a sheet that lies askew on the glass loses its corners.
CORNERS = ((178.0, 12.0, _CODE_SIZE), (95.0, 263.0, _CODE_SIZE))


@dataclass(frozen=True)
class Party:
    """One side of a pledge: its name, and who signs for it (all but the name may be empty). A person has no seal."""

    name: str
    signatory: str = ""
    post: str = ""
    phone: str = ""
    seal: bool = True


@dataclass(frozen=True)
class Pledge:
    """A pledge with everything said. `code` is what the codes on its sheets say, with {page}, {pages} and {copy}."""

    number: str
    text: Filled
    party_a: Party
    party_b: Party
    code: str = ""


# --- wordings -------------------------------------------------------------------------------------------------


def check_pledge(text: str) -> None:
    """Refuse a wording that is not one of a pledge: a placeholder nobody knows, a head or a clause that is missing or empty.

    UserError names the line and the remedy.
    """
    wording = _parsed(text)
    for head, name in PLEDGE_HEADS.items():
        if not wording.heads.get(name):
            raise UserError(f"责任状范本没有“{head}：”一行，请在标题下面加一行“{head}：{{{head}}}”")
    check(text, PLACEHOLDERS, PLEDGE_HEADS)
    lines = [(number, said) for number, said in said_lines(text) if not _ASIDE.match(said)]
    headings = {number: said for number, line in lines if (said := heading_of(line.removeprefix(PLAIN)))}
    for clause in lacking_clauses(headings.values()):
        raise UserError(_lacking(clause, CLAUSES[clause], lines, headings))
    for (number, said), after in zip(lines, [*(n for n, _ in lines[1:]), 0], strict=True):
        if number in headings and (after in headings or not after) and not _SAYS.search(headings[number]):
            raise UserError(f"责任状范本第 {number} 行：“{said}”下面没有内容，请在它下面写上内容，或删去这一条")


def heading_of(line: str) -> str:
    """What follows the number of a heading (一、责任目标); empty for a line that is none."""
    found = _HEADING.match(line)
    return found[1] if found else ""


def lacking_clauses(headings: Iterable[str]) -> list[str]:
    """The clauses that none of the headings is the heading of."""
    names = [_name(one) for one in headings]
    return [clause for clause, words in CLAUSES.items() if not any(word in name for name in names for word in words)]


def _lacking(clause: str, words: Iterable[str], lines: list[tuple[int, str]], headings: Mapping[int, str]) -> str:
    near = next((number for number, said in lines if number not in headings and any(w in said for w in words)), 0)
    said = f"第 {near} 行写到了，但不是标题。" if near else ""
    held = "、".join(f"第 {number} 行“{_name(heading)}”" for number, heading in headings.items()) or "没有"
    return (
        f"责任状范本缺少“{clause}”一条。{said}请加一行以“一、”这样的序号开头的标题，如“四、{clause}”，在它下面写内容。"
        f"现有的条：{held}"
    )


def _name(heading: str) -> str:
    return heading.partition("。")[0]


@lru_cache(maxsize=64)
def _parsed(text: str) -> Wording:
    return parse(text, PLEDGE_HEADS)


def fill_pledge(text: str, values: Mapping[str, Value], *, blanks: bool = False) -> Filled:
    """A wording with everything said; placeholders left out of `values` have nothing to say.

    With `blanks` what has nothing to say is a line to fill in by hand, but in a line that may be left out. UserError for
    unknown placeholders, and without `blanks` for those that must say something and do not.
    """
    wording = _parsed(text)
    said = {**dict.fromkeys(PLACEHOLDERS, ""), **values}
    if blanks:
        needed = [line for line in (*wording.heads.values(), *wording.body) if not line.startswith(OPTIONAL)]
        empty = [name for name, value in said.items() if not "".join(value).strip()]
        said |= {name: BLANK for name in empty if any(name in line for line in needed)}
    return fill(wording, said)


# --- pages ----------------------------------------------------------------------------------------------------


def pledge_page(pledge: Pledge, copy: int = 1, corners: Iterable[tuple[float, float, float]] = CORNERS) -> Page:
    """One copy of a pledge; `corners` are the places of its codes on every sheet (x, y, size; mm).

    The signatures stay with the last clause, or with as much of it as a sheet holds.
    """
    return next(_copies(pledge, (copy,), tuple(corners)))


def pledge_part(
    pledge: Pledge, *, copies: int = 2, group: str = "", corners: Iterable[tuple[float, float, float]] = CORNERS
) -> Part:
    """A pledge with its copies as a part of a volume: the bookmark is its number and who gives it.

    Raises UserError that names it for what cannot be printed.
    """
    title = f"{pledge.number} {pledge.party_b.name}".strip()
    try:
        return Part(title, tuple(_copies(pledge, range(1, copies + 1), tuple(corners))), group)
    except UserError as error:
        raise UserError(f"“{title}”不能打印：{error.message}") from None


def _copies(pledge: Pledge, copies: Iterable[int], corners: tuple[tuple[float, float, float], ...]) -> Iterator[Page]:
    page = Page(_blocks(pledge), layout=OFFICIAL)
    for copy in copies:
        said = pledge.code.replace("{copy}", str(copy))
        codes = tuple(SheetCode(said, *corner) for corner in corners) if said else ()
        yield replace(
            page,
            footer=Footer(
                left="第 {page} 页 共 {pages} 页",
                middle="",
                right=f"{pledge.number}　第{copy}份",
                style=_FOOT,
                drop=8.9,
            ),
            codes=codes,
        )


def _blocks(pledge: Pledge) -> tuple[Paragraph | Signatories, ...]:
    text = pledge.text
    above = [line_of(line, TITLE) for line in shaped(text.title, TITLE, _ACROSS)]
    above += [line_of(pledge.number, _NUMBER)] if pledge.number else []
    above += [line_of("", BODY)]
    parties = [("甲方", text.party_a), ("乙方", text.party_b)]
    above += [line_of(_ruled(f"{head}：{name}", 0.0), BODY) for head, name in parties if name]
    signed = Signatories((_signatory("甲方", pledge.party_a), _signatory("乙方", pledge.party_b)), BODY)
    body = [paragraph(_ruled(one, 2.0), BODY) for one in text.body]
    return (*above, *_held(body, signatories_height(signed, _ACROSS) / MM), signed)


def _ruled(text: str, indent: float) -> str:
    """A text that ends in four or more _ with as many as reach the edge."""
    said = _TO_THE_EDGE.sub("", text)
    if said == text:
        return text
    *_, last = lines = break_lines(said, BODY.face, _EMS, indent)
    used = width(last, BODY.face) + (indent if len(lines) == 1 else 0.0)
    return said + "_" * int((_EMS - used) / width("_", BODY.face))


def _held(body: list[Paragraph], below: float) -> list[Paragraph]:
    """The paragraphs, those of the last clause kept together with the `below` mm that follow them, as far as a sheet holds
    them."""
    kept = list(body)
    for at in reversed(range(len(body))):
        if below > OFFICIAL.body_height - 3 * PITCH / MM:
            break
        kept[at] = replace(body[at], hold=below)
        if LEVELS[0][0].match(body[at].lead or body[at].text):
            break
        below += _lines_of(body[at]) * PITCH / MM
    return kept


def _lines_of(one: Paragraph) -> int:
    return len(break_lines(one.lead + one.text, BODY.face, _EMS, one.indent))


def _signatory(role: str, party: Party) -> Signatory:
    lines = ["负责人（签字）：" if party.seal else "本人（签字）："]
    if party.signatory or party.post:
        lines.append(f"签字人：{party.signatory}{f'（{party.post}）' if party.post else ''}")
    if party.phone:
        lines.append(f"电话：{party.phone}")
    return Signatory(f"{role}（盖章）：" if party.seal else f"{role}：", party.name, tuple(lines), seal=party.seal)
