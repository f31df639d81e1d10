"""Headings (表头) of a file matched to the fields of a register, shown to the clerk beside sample values, remembered.

Label, alias, the same without brackets and units, likeness: the first that fits proposes. Nothing is dropped silently: every column is
mapped, ignored for a reason that is said, or listed as unmapped (未对应的列).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from hashlib import sha256

from wenlv_desk.core.catalogue import Catalogue
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import Field
from wenlv_desk.core.kinds import plain_text
from wenlv_desk.core.registry import Registry
from wenlv_desk.ledger.reading import Table, normalise_heading, samples
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.memory import recall, remember

LIKE = 0.75  # 联系人电话 and 联系电话 score 0.89, 注册资金 and 注册日期 0.5
SHAPES, WORDS = "ledger_headings", "ledger_words"  # kinds of memory
REASON, LINE = "原因", "原行号"  # the columns that saved rejected rows carry
SERIALS = frozenset({"序号", "序", "行号", "编号", "no", "#", REASON, LINE})
_BRACKETED = re.compile(r"[（(\[【][^（()）\[\]【】]*[)）\]】]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file and the field it stands for ("" for none); `why` says so in words the clerk reads."""

    index: int
    heading: str
    field: str = ""
    confidence: float = 0.0  # 1.0 for label, alias, remembered or chosen; less for likeness; 0.0 unmapped
    why: str = ""
    samples: tuple[str, ...] = ()
    ignored: bool = False  # known to mean nothing here: 序号


@dataclass(frozen=True)
class HeadingMap:
    """Which column stands for which field, and which words of the file stand for which of ours (文件中的值 → 本库的值)."""

    columns: tuple[Column, ...]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # field -> text in the file -> label ("" none)
    clear_blanks: bool = False  # 空白表示清空: a blank cell erases what is on file

    @property
    def mapped(self) -> dict[str, int]:
        """Field to index of its column."""
        return {column.field: column.index for column in self.columns if column.field}

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Headings of the columns that nothing is taken from, but those knowingly ignored."""
        return tuple(column.heading for column in self.columns if not column.field and not column.ignored)

    @property
    def shape(self) -> str:
        """What a file of the same shape is recognised by; saved rejected rows have the shape of the file they came from."""
        return sha256("\x1f".join(normalise_heading(column.heading) for column in self.own).encode()).hexdigest()

    @property
    def own(self) -> tuple[Column, ...]:
        """The columns but those that saving rejected rows adds."""
        return tuple(column for column in self.columns if column.heading not in (REASON, LINE))

    def index_of(self, field_name: str) -> int | None:
        return self.mapped.get(field_name)

    def column(self, heading: str) -> Column:
        """The column of that heading; UserError names those there are."""
        wanted = normalise_heading(heading)
        for column in self.columns:
            if heading == column.heading or wanted == normalise_heading(column.heading):
                return column
        raise UserError(f"文件里没有“{heading}”这一列，有：{'、'.join(column.heading for column in self.columns)}")

    def assign(self, registry: Registry, heading: str, field_text: str) -> "HeadingMap":
        """The same with a column given to a field (name or label; "" for none); the field's former column becomes unmapped."""
        chosen = self.column(heading)
        name = _mappable(registry, field_text) if field_text else ""
        columns = [
            replace(column, field="", confidence=0.0, why="未对应") if name and column.field == name else column
            for column in self.columns
        ]
        columns[chosen.index] = replace(
            chosen,
            field=name,
            confidence=1.0 if name else 0.0,
            why="手工指定" if name else "手工指定为不导入",
            ignored=False,
        )
        return replace(self, columns=tuple(columns))

    def with_word(self, field_name: str, text: str, label: str) -> "HeadingMap":
        """The same with a word of the file given one of ours (several joined by 、; "" leaves the cell empty)."""
        return replace(self, words={**self.words, field_name: {**self.words.get(field_name, {}), text: label}})

    def clearing(self, clear_blanks: bool) -> "HeadingMap":
        """The same with 空白表示清空 switched."""
        return replace(self, clear_blanks=clear_blanks)


def _mappable(registry: Registry, text: str) -> str:
    found = registry.field(text)
    if found.name not in registry.typed_fields:
        raise UserError(f"“{found.label}”由程序推算或在办理时写入，不能从台账导入")
    return found.name


def missing(registry: Registry, headings: HeadingMap) -> tuple[str, ...]:
    """Labels of required fields that no column stands for: new records cannot be made without them."""
    mapped = headings.mapped
    return tuple(f.label for f in registry.typed_fields.values() if f.required and f.name not in mapped)


def bare(heading: str) -> str:
    """A heading for comparing, without what stands in brackets: units, 必填."""
    return normalise_heading(_BRACKETED.sub("", heading)) or normalise_heading(heading)


def _named(catalogue: Catalogue, registry: Registry) -> Iterator[tuple[Field, str]]:
    """Every field that a column may stand for with the field name it gives, the register's own before its owner's."""
    for own in registry.typed_fields.values():
        yield own, own.name
    if registry.owner is not None:
        theirs = catalogue.registry(registry.owner.register).fields
        for name, here in registry.owner.takes.items():
            if here in registry.typed_fields:
                yield theirs[name], here


def _spellings(catalogue: Catalogue, registry: Registry) -> dict[str, tuple[str, str]]:
    """Normalised heading to (field, why); labels go before aliases, whole headings before those without brackets."""
    found: dict[str, tuple[str, str]] = {}
    named = list(_named(catalogue, registry))
    for spell in (normalise_heading, bare):
        for one, name in named:
            found.setdefault(spell(one.label), (name, "名称相同" if one.name == name else f"同“{one.label}”"))
        for one, name in named:
            for alias in one.aliases:
                found.setdefault(spell(alias), (name, "常见写法"))
    return found


def known_headings(catalogue: Catalogue, registry: Registry) -> frozenset[str]:
    """Normalised headings that help to find the heading row: for `find_table(known=...)`."""
    computed = (normalise_heading(value.label) for value in registry.computed)
    own = (normalise_heading(one.label) for one in registry.fields.values())
    return frozenset(_spellings(catalogue, registry)) | frozenset(computed) | frozenset(own)


def match(catalogue: Catalogue, registry: Registry, table: Table) -> HeadingMap:
    """The proposed mapping of a table's columns, without what was remembered."""
    shown = [tuple(plain_text(cell) for cell in cells) for cells in samples(table)]
    columns = [Column(place, heading, samples=shown[place]) for place, heading in enumerate(table.headings)]
    spellings = _spellings(catalogue, registry)
    for spell in (normalise_heading, bare, _last_level):
        for place, column in enumerate(columns):
            name, why = spellings.get(spell(column.heading), ("", ""))
            if name and not column.field and all(other.field != name for other in columns):
                columns[place] = replace(column, field=name, confidence=1.0, why=why)
    _knowingly_ignored(registry, columns)
    _by_likeness(spellings, columns)
    return HeadingMap(tuple(replace(c, why=c.why or "未对应") for c in columns))


def _last_level(heading: str) -> str:
    """Of a heading of several rows the lowest: 基本情况/单位名称 is 单位名称."""
    return bare(heading.rsplit("/", 1)[-1])


def _knowingly_ignored(registry: Registry, columns: list[Column]) -> None:
    kept = {normalise_heading(f.label) for f in registry.fields.values() if not f.typed}
    kept |= {normalise_heading(value.label) for value in registry.computed}
    for place, column in enumerate(columns):
        normal = normalise_heading(column.heading)
        if not column.field and normal in SERIALS:
            columns[place] = replace(column, ignored=True, why="序号等辅助列，不导入")
        elif not column.field and normal in kept:
            columns[place] = replace(column, ignored=True, why="由程序推算或在办理时写入，不导入")


def _by_likeness(spellings: Mapping[str, tuple[str, str]], columns: list[Column]) -> None:
    """The likest pairs first; a field is proposed once."""
    pairs = []
    for column in columns:
        if not column.field and not column.ignored and (normal := bare(column.heading)):
            for spelling, (name, _) in spellings.items():
                score = SequenceMatcher(None, normal, spelling, autojunk=False).ratio()
                if score >= LIKE:
                    pairs.append((score, column.index, name, spelling))
    for score, place, name, spelling in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if not columns[place].field and all(column.field != name for column in columns):
            columns[place] = replace(columns[place], field=name, confidence=score, why=f"与“{spelling}”相近，请核对")


def propose(desk: Desk, registry: Registry, table: Table) -> HeadingMap:
    """The mapping shown to the clerk: what was remembered for a file of this shape, else what matches."""
    matched = match(desk.catalogue, registry, table)
    words = recall(desk.session, WORDS, "", registry.name) or {}
    kept = recall(desk.session, SHAPES, "", f"{registry.name}:{matched.shape}")
    if kept is None:
        return replace(matched, words=words)
    columns = list(matched.columns)
    for column, name in zip(matched.own, kept["fields"], strict=True):
        if name != column.field and name in ("", *registry.typed_fields):
            sure = 1.0 if name else 0.0
            columns[column.index] = replace(column, field=name, confidence=sure, why="上次这样对应", ignored=False)
    return replace(matched, columns=tuple(columns), words=words)


def keep(desk: Desk, registry: Registry, headings: HeadingMap) -> None:
    """Remember the mapping for files of this shape, and the words for every file of the register. Needs a writing session."""
    fields = [column.field for column in headings.own]
    remember(desk.session, SHAPES, "", f"{registry.name}:{headings.shape}", {"fields": fields}, desk.now)
    if headings.words:
        words = {name: dict(known) for name, known in headings.words.items()}
        remember(desk.session, WORDS, "", registry.name, words, desk.now)
