"""Parts of papers that every register can use: a record as a form, a roster, a value onto a state blank."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256

from wenlv_desk.core.kinds import Day
from wenlv_desk.core.registry import Registry, Section
from wenlv_desk.core.reports import Sheet
from wenlv_desk.core.trade_kinds import LicenceNumber
from wenlv_desk.issuing.matter import Matter, Shown
from wenlv_desk.issuing.wording import wording
from wenlv_desk.standards.dates import show_date_cn
from wenlv_desk.typeset import forms
from wenlv_desk.typeset.breaking import units
from wenlv_desk.typeset.flow import lay_out
from wenlv_desk.typeset.fonts import missing, width
from wenlv_desk.typeset.layout import MM, ROSTER, WIDE_ROSTER
from wenlv_desk.typeset.official import official
from wenlv_desk.typeset.overprint import BlankProfile, calibration_sheet, load_profile, overprint, specimen
from wenlv_desk.typeset.page import Align, Column, Document, Pair, Table
from wenlv_desk.typeset.wording import fill

LONG = 28  # figures or letters wide (a Chinese character is two) beyond which a value takes a row of its own
SERIAL = Column("序号", 10, Align.CENTER)
SIGNED_FOR = ("签收人：", "日期：　　　年　　月　　日")  # beside a notice's date
_CELL = Table((), ()).style
_EM = 3.3  # mm: a Chinese character in a roster
_PAD = 4.0  # mm: both margins of a cell, and a little
_WIDEST = 17 * _EM  # what runs on is broken into lines
WIDE = 400.0  # mm of columns beyond which a table is laid out on A3
WORDS = 0.2  # of the room is the least that must be left beside numbers and dates
SHORT = 4  # characters of a heading that stand on one line


def record_form(shown: Shown, sections: tuple[Section, ...] | None = None) -> list[forms.Section]:
    """A record's sections as a form. What a clerk may write is printed though it is empty, so that the page can be
    completed by hand; what only the program writes is left out then."""
    found = [(part.title, _pairs(shown, part)) for part in sections or shown.sections]
    return [forms.section(title, forms.pairs(pairs)) for title, pairs in found if pairs]


def _pairs(shown: Shown, part: Section) -> list[Pair]:
    shown_ones = (n for n in part.fields if n in shown.texts and n not in shown.inner)
    names = [name for name in shown_ones if name in shown.by_hand or shown.texts[name]]
    return [Pair(shown.labels[name], _said(shown, name), wide=_units(shown.texts[name]) > LONG) for name in names]


def _said(shown: Shown, name: str) -> str:
    text, unit = shown.texts[name], shown.units.get(name, "")
    return f"{text} {unit}" if text and unit else text


def _units(text: str) -> int:
    """How wide a text is, in figures."""
    return sum(1 if ord(char) < 0x2E80 else 2 for char in text)


def spelled(text: str) -> str:
    """What was once written, for a history: a character no font has stands as its code, so that it is not lost and the
    page of a record that was mended since can be printed."""
    for char in missing(text):
        text = text.replace(char, f"〔U+{ord(char):04X}〕")
    return text


def short_digest(matter: Matter, shown: Shown) -> str:
    """Twelve characters that tie a printed page to what was printed on it (number and every text)."""
    said = "\x1f".join((matter.number, *(f"{name}={text}" for name, text in sorted(shown.texts.items()))))
    return sha256(said.encode("utf-8")).hexdigest()[:12]


def footer(matter: Matter, shown: Shown) -> str:
    """Who printed what when, at the left of the foot."""
    return f"{matter.clerk} {matter.now:%Y-%m-%d %H:%M} 打印　校验 {short_digest(matter, shown)}"


def roster(matter: Matter, title: str) -> Document:
    """The records as a table in the list's columns (those chosen in `options["columns"]`, else the register's own)."""
    registry = matter.registry
    names = tuple(matter.options.get("columns") or registry.columns)
    rows = [(str(place), *(record[name] for name in names)) for place, record in enumerate(matter.records, 1)]
    columns = [SERIAL, *_columns(registry, names, rows)]
    page = forms.roster(
        title,
        columns,
        rows,
        left=f"{matter.office.get('bureau_name', '')}　{matter.number}",
        right=f"共 {len(rows)} {registry.unit}　截至 {show_date_cn(matter.today)}",
        footer=f"{matter.clerk} {matter.now:%Y-%m-%d %H:%M} 打印",
    )
    return forms.document(title, page)


def sheet_paper(matter: Matter) -> Document:
    """A table that is handed in (`Matter.told` is the `Sheet`), on paper."""
    left = f"{matter.office.get('bureau_name', '')}　{matter.number}".strip("　")
    return printed_sheet(matter.told, left=left, clerk=matter.clerk, now=matter.now)


def printed_sheet(sheet: Sheet, *, left: str, clerk: str, now: datetime) -> Document:
    """A table under its title, with how many rows it has as of when; on A3 where its columns ask for it."""
    layout = WIDE_ROSTER if sum(width for _, width in sheet.columns) > WIDE else ROSTER
    page = forms.roster(
        sheet.title,
        _fitted(sheet, layout.body_width),
        sheet.rows,
        left=left,
        right=f"共 {len(sheet.rows)} 行　截至 {show_date_cn(sheet.as_of or now.date())}",
        note=sheet.note,
        footer=f"{'' if sheet.public else clerk} {now:%Y-%m-%d %H:%M} 打印".strip(),
        layout=layout,
    )
    return forms.document(sheet.title, page)


def _fitted(sheet: Sheet, room: float) -> list[Column]:
    """The columns as they share the room, but none narrower than the longest number or date in it, which is never broken."""
    wanted = [width for _, width in sheet.columns]
    headings = [heading for heading, _ in sheet.columns]
    floors = [max((_longest(row[at]) for row in sheet.rows), default=0.0) for at in range(len(wanted))]
    floors = [max(floor, _heading(one)) for floor, one in zip(floors, headings, strict=True)]
    return [Column(*one) for one in zip(headings, _shared(wanted, floors, room), strict=True)]


def _heading(text: str) -> float:
    """How wide a column must be for its heading: whole where it is short, else in two lines."""
    return _needs(text if len(text) <= SHORT else text[: (len(text) + 1) // 2]) + _PAD


def _shared(wanted: Sequence[float], floors: Sequence[float], room: float) -> list[float]:
    """Widths in proportion to those wanted, none below its floor; by proportion alone where the floors leave no room for words."""
    fixed: set[int] = set()
    while True:
        free = [at for at in range(len(wanted)) if at not in fixed]
        left = room - sum(floors[at] for at in fixed)
        if not free or left < WORDS * room:
            return list(wanted)
        share = left / sum(wanted[at] for at in free)
        low = {at for at in free if wanted[at] * share < floors[at]}
        if not low:
            return [floors[at] if at in fixed else one * share for at, one in enumerate(wanted)]
        fixed |= low


def _longest(text: str) -> float:
    """How wide a column must be, in mm, for the longest number, date or word of a text; a web address may be broken."""
    whole = [one for one in units(text) if len(one) <= LONG and any(char.isascii() and char.isalnum() for char in one)]
    return max(map(_needs, whole), default=0.0) + _PAD


def on_one_sheet(variants: Iterable[Document]) -> Document:
    """The first of these that takes one sheet; the last of them where none does."""
    for document in variants:
        if len(lay_out(document)) == 1:
            break
    return document


def delivery_form(
    matter: Matter, issued: Sequence[tuple[str, str]], facts: Sequence[Pair | tuple[str, str]]
) -> Document:
    """送达回证: which papers (name, number) were delivered to whom, how, by which two, or why they were refused."""
    papers = forms.table(
        [Column("文书名称", 60), Column("文号", 70), Column("份数", 20)], [(*row, "1") for row in issued]
    )
    ways = "□直接送达　□留置送达　□邮寄送达　□委托送达　□电子送达　□公告送达"
    basics = forms.pairs(
        [
            *facts,
            Pair("送达方式", ways, wide=True),
            ("送达时间", "　　年　月　日　时　分"),
            Pair("拒收事由和见证人", "", wide=True),
        ]
    )
    page = forms.form(
        "送达回证",
        [forms.section("送达的文书", papers), forms.section("送达", basics)],
        office=matter.office.get("bureau_name", ""),
        number=matter.number,
        date=show_date_cn(matter.today),
        sign=("受送达人签名或盖章", "送达人", "送达人"),
        note="受送达人拒绝签收的，由送达人写明拒收事由和日期，见证人签名，把文书留在受送达人的住所或者经营场所，即视为送达。",
    )
    return forms.document(f"送达回证 {matter.record.title}", page)


def notice(matter: Matter, code: str, beside: Sequence[str] = ()) -> Document:
    """A notice filled from its wording; `Matter.told` are the values of the placeholders."""
    record = matter.record
    said = fill(wording(matter, code), {**matter.told, "文号": matter.number})
    page = official(
        said.title,
        said.body,
        number=matter.number,
        addressee=said.addressee,
        issuer=said.issuer or matter.told["本单位"],
        date=said.date or matter.told["日期"],
        beside=beside,
        after=[said.note] if said.note else [],
        copies=f"抄送：{said.copies}" if said.copies else "",
        qr=f"{matter.number}|{record.register}/{record.id}|{short_digest(matter, record)}",
    )
    return Document(f"{said.title} {record.title}", (page,), footer=None, each_apart=True)


def _columns(registry: Registry, names: Sequence[str], rows: Sequence[tuple[str, ...]]) -> list[Column]:
    """Columns as wide as what stands in them; numbers and dates are never broken, the others share what is left."""
    kinds = [registry.shown(name)[1] for name in names]
    wide = [max((_needs(row[at]) for row in rows), default=0.0) + _PAD for at in range(1, len(names) + 1)]
    heads = [_units(registry.shown(name)[0]) * _EM / 4 + _PAD for name in names]  # a heading may take two lines
    whole = [kind.identifier or isinstance(kind, Day | LicenceNumber) for kind in kinds]
    fixed = [max(w, h) if one else 0.0 for w, h, one in zip(wide, heads, whole, strict=True)]
    free = [0.0 if one else max(h, min(w, _WIDEST)) for w, h, one in zip(wide, heads, whole, strict=True)]
    room = ROSTER.width - ROSTER.left - ROSTER.right - SERIAL.width - sum(fixed)
    share = max(0.1, room / sum(free)) if any(free) else 1.0
    return [
        Column(registry.shown(name)[0], made or wanted * share)
        for name, made, wanted in zip(names, fixed, free, strict=True)
    ]


def _needs(text: str) -> float:
    """How much of a line a text takes in a roster, in mm."""
    return width(text, _CELL.face) * _CELL.size / MM


def blank_profile(matter: Matter, name: str) -> BlankProfile:
    """The profile of a blank: the bureau's own `blanks/NAME.toml` in the data folder, else the shipped sample."""
    own = matter.folder / "blanks" / f"{name}.toml"
    return load_profile(own if own.exists() else name)


def onto_blank(matter: Matter, name: str, values: dict[str, str], place: int = 0) -> Document:
    """Values onto a state blank, at the place of that number where it has several; as specimen with its outline, or its
    calibration sheet, when the options ask for it."""
    profile = blank_profile(matter, name).at(place)
    if matter.options.get("calibration"):
        return calibration_sheet(profile)
    rooms = {room.name for room in profile.fields}
    kept = {field: text for field, text in values.items() if field in rooms}
    if matter.options.get("specimen"):
        return specimen(profile, kept)
    return overprint(profile, kept, tuple(matter.options.get("offset", (0.0, 0.0))))
