"""Parts of papers that every register can use: a record as a form, a roster, a value onto a state blank."""

from hashlib import sha256

from wenlv_desk.core.registry import Section
from wenlv_desk.issuing.matter import Matter, Shown
from wenlv_desk.typeset import forms
from wenlv_desk.typeset.overprint import BlankProfile, calibration_sheet, load_profile, overprint, specimen
from wenlv_desk.typeset.page import Align, Column, Document, Page, Pair

LONG = 16  # characters beyond which a value takes a row of its own
SERIAL = Column("序号", 12, Align.CENTER)


def record_form(shown: Shown, sections: tuple[Section, ...] | None = None) -> list[forms.Section]:
    """A record's sections as a form, empty values included so that the page can be completed by hand."""
    return [forms.section(part.title, forms.pairs(_pairs(shown, part))) for part in sections or shown.sections]


def _pairs(shown: Shown, part: Section) -> list[Pair]:
    names = [name for name in part.fields if name in shown.texts]
    return [Pair(shown.labels[name], shown.texts[name], wide=len(shown.texts[name]) > LONG) for name in names]


def short_digest(matter: Matter, shown: Shown) -> str:
    """Twelve characters that tie a printed page to what was printed on it (number and every text)."""
    said = "\x1f".join((matter.number, *(f"{name}={text}" for name, text in sorted(shown.texts.items()))))
    return sha256(said.encode("utf-8")).hexdigest()[:12]


def footer(matter: Matter, shown: Shown) -> str:
    """Who printed what when, at the left of the foot."""
    return f"{matter.clerk} {matter.now:%Y-%m-%d %H:%M} 打印　记录 {shown.register}/{shown.id}　校验 {short_digest(matter, shown)}"


def roster(matter: Matter, title: str) -> Document:
    """The records as a table in the list's columns (those chosen in `options["columns"]`, else the register's own)."""
    registry = matter.registry
    names = tuple(matter.options.get("columns") or registry.columns)
    columns = [SERIAL, *(Column(registry.shown(name)[0], registry.shown(name)[1].width * 2.0) for name in names)]
    rows = [(str(place), *(record[name] for name in names)) for place, record in enumerate(matter.records, 1)]
    page = forms.roster(
        title,
        columns,
        rows,
        left=f"{matter.office.get('bureau_name', '')}　{matter.number}",
        right=f"共 {len(rows)} {registry.unit}　截至 {matter.today.year}年{matter.today.month}月{matter.today.day}日",
        footer=f"{matter.clerk} {matter.now:%Y-%m-%d %H:%M} 打印",
    )
    return forms.document(title, page)


def blank_profile(matter: Matter, name: str) -> BlankProfile:
    """The profile of a blank: the bureau's own `blanks/NAME.toml` in the data folder, else the shipped sample."""
    own = matter.folder / "blanks" / f"{name}.toml"
    return load_profile(own if own.exists() else name)


def onto_blank(matter: Matter, name: str, values: dict[str, str]) -> Document:
    """Values onto a state blank; as specimen with its outline, or its calibration sheet, when the options ask for it."""
    profile = blank_profile(matter, name)
    if matter.options.get("calibration"):
        return calibration_sheet(profile)
    rooms = {room.name for room in profile.fields}
    kept = {field: text for field, text in values.items() if field in rooms}
    if matter.options.get("specimen"):
        return specimen(profile, kept)
    return overprint(profile, kept, tuple(matter.options.get("offset", (0.0, 0.0))))


def one_page(title: str, page: Page) -> Document:
    return forms.document(title, page)
