"""Printing onto the state's blanks (套打): where each value stands on which blank, the calibration sheet, the specimen.

A profile is a TOML file in resources/blanks. All measures are mm from the top left corner of the blank as it is read:

    title = "出版物经营许可证（副本）"
    width = 210.0
    height = 148.5
    captions = [{ text = "经营场所", x = 30, y = 80 }]        # printed on the blank itself; shown in the specimen only
    [[fields]]
    name = "premises"                                          # what the paper calls the value
    label = "经营场所"                                         # what the clerk calls it
    x = 60.0                                                   # left edge of its room
    y = 80.0                                                   # the line the writing stands on
    width = 120.0
    face = "kai"                                               # song fangsong kai hei sans title
    size = 14.0                                                # points, least 9 when it is long
    min_size = 9.0
    align = "left"
    lines = 2

A page with several places for the same values (年审记录页) says how far each lies from the first: `places = [[0, 0], [0, 22.0]]`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wenlv_desk.core.errors import UserError
from wenlv_desk.resources import resource
from wenlv_desk.typeset.fields import place_field
from wenlv_desk.typeset.fonts import Face
from wenlv_desk.typeset.ink import Sheet
from wenlv_desk.typeset.layout import MM, Layout
from wenlv_desk.typeset.page import Align, Document, Field, Mark, Page, Stroke, Style

GREYED = 0.6
_CROSS = 3.0  # mm, half the arm of a cross mark


@dataclass(frozen=True)
class BlankField:
    """The room for one value on a blank; see the module's example for the measures."""

    name: str
    label: str
    x: float
    y: float
    width: float
    face: Face = Face.SONG
    size: float = 12.0
    min_size: float = 8.0
    align: Align = Align.LEFT
    lines: int = 1
    leading: float = 1.4

    @property
    def style(self) -> Style:
        """How the value looks before it is made smaller."""
        return Style(self.face, self.size, self.align, self.leading)


@dataclass(frozen=True)
class Caption:
    """Words that are already printed on the blank."""

    text: str
    x: float
    y: float
    size: float = 12.0
    width: float = 100.0


@dataclass(frozen=True)
class BlankProfile:
    """One kind of blank: its paper and its fields. `name` is the file's."""

    name: str
    title: str
    width: float
    height: float
    fields: tuple[BlankField, ...]
    captions: tuple[Caption, ...] = ()
    places: tuple[tuple[float, float], ...] = ((0.0, 0.0),)
    here: int = 0  # the place that is printed on

    def __post_init__(self) -> None:
        if not self.places:
            raise ValueError("places 至少要有一处")

    def at(self, place: int) -> "BlankProfile":
        """The profile for printing on the place of that number, from 0. UserError where the page has no more."""
        if not 0 <= place < len(self.places):
            raise UserError(f"“{self.title}”的 {len(self.places)} 处都已用完，没有空处可印。请换发或补发副本后再印")
        return replace(self, here=place)

    def rooms(self, place: int) -> tuple[BlankField, ...]:
        """The fields where they lie on a place."""
        right, down = self.places[place]
        return tuple(replace(room, x=room.x + right, y=room.y + down) for room in self.fields)

    @property
    def every_room(self) -> tuple[BlankField, ...]:
        """The fields of all the places."""
        return tuple(room for place in range(len(self.places)) for room in self.rooms(place))

    @property
    def layout(self) -> Layout:
        """The blank as a sheet without margins."""
        return Layout(self.width, self.height, 0, 0, 0, 0)


def profiles() -> tuple[str, ...]:
    """The names of the profiles shipped, sorted."""
    return tuple(sorted(path.stem for path in resource("blanks").glob("*.toml")))


def load_profile(source: str | Path) -> BlankProfile:
    """Read a profile by its shipped name or from a file. Raises UserError naming what is wrong in it."""
    path = source if isinstance(source, Path) else resource("blanks", f"{source}.toml")
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise UserError(f"没有名为“{path.stem}”的空白证版式，现有：{'、'.join(profiles()) or '无'}。") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"空白证版式文件 {path.name} 的写法有误（{error}），请按说明改正。") from None
    try:
        return _profile(path.stem, table)
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(f"空白证版式文件 {path.name} 缺项或数值有误：{error}。请按说明改正。") from None


def _profile(name: str, table: dict[str, Any]) -> BlankProfile:
    fields = tuple(_field(entry) for entry in table.pop("fields"))
    captions = tuple(Caption(**entry) for entry in table.pop("captions", []))
    places = tuple((float(right), float(down)) for right, down in table.pop("places", [(0.0, 0.0)]))
    return BlankProfile(name=name, fields=fields, captions=captions, places=places, **table)


def _field(entry: dict[str, Any]) -> BlankField:
    given = dict(entry)
    if "face" in given:
        given["face"] = _face(given["face"])
    if "align" in given:
        given["align"] = Align(given["align"])
    return BlankField(**given)


def _face(name: str) -> Face:
    if name.upper() not in Face.__members__:
        raise ValueError(f"没有字体 {name}，可用：{'、'.join(face.lower() for face in Face.__members__)}")
    return Face[name.upper()]


def overprint(
    profile: BlankProfile, values: Mapping[str, str], offset: tuple[float, float] = (0.0, 0.0), *, title: str = ""
) -> Document:
    """One sheet with nothing but the values where the blank has room for them; `offset` is the printer's (right, down)
    in mm.

    Fields without a value stay empty. Raises UserError for a value the blank has no field for, a value that does not
    fit even at its smallest size, and an offset that pushes a value over the edge.
    """
    dx, dy = offset
    marks = [replace(mark, x=mark.x + dx, y=mark.y + dy) for mark in _values(profile, values)]
    sheet = Sheet(profile.width * MM, profile.height * MM)
    for mark in marks:
        place_field(sheet, mark)  # refuse now, before a number is taken
    return _one_sheet(profile, title or profile.title, tuple(marks))


def specimen(profile: BlankProfile, values: Mapping[str, str]) -> Document:
    """What the printed blank will look like, for the screen: outline and words of the blank in grey, marked 样张."""
    w, h = profile.width, profile.height
    corners = [(3.0, 3.0), (w - 3.0, 3.0), (w - 3.0, h - 3.0), (3.0, h - 3.0)]
    outline = [
        Stroke(*a, *b, weight=0.6, grey=GREYED, dashed=True)
        for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)
    ]
    words: list[Mark] = [
        Field("版面文字", c.text, c.x, c.y, c.width, Style(Face.SONG, c.size, grey=GREYED)) for c in profile.captions
    ]
    rooms = [
        Stroke(f.x, f.y + 0.4, f.x + f.width, f.y + 0.4, weight=0.3, grey=0.75, dashed=True) for f in profile.every_room
    ]
    stamp = Style(Face.TITLE, min(w, h) * 0.9, Align.CENTER, grey=0.9)
    across = Field("样张", "样张", 0, h / 2 + min(w, h) * 0.15, w, stamp, min_size=8.0)
    note = Style(Face.SANS, 8.0, Align.CENTER, grey=0.45)
    below = Field("样张", f"样张，仅供核对位置，不作证照使用　{profile.title}", 0, h - 5, w, note, min_size=4.0)
    return _one_sheet(
        profile, f"{profile.title}（样张）", (across, *outline, *words, *rooms, below, *_values(profile, values))
    )


def calibration_sheet(profile: BlankProfile) -> Document:
    """A millimetre grid on the blank's paper: printed on plain paper and held against the blank, it gives the
    printer's offset.

    Every tenth line is dark and numbered, every fifth middling; crosses stand where the fields begin and near the
    corners.
    """
    w, h = profile.width, profile.height
    lines = [Stroke(x, 0, x, h, *_weight(x)) for x in range(1, int(w) + 1)]
    lines += [Stroke(0, y, w, y, *_weight(y)) for y in range(1, int(h) + 1)]
    number = Style(Face.SANS, 6.0, grey=0.2)
    labels = [Field("刻度", str(x), x + 0.4, 3.0, 9, number) for x in range(10, int(w) - 8, 10)]
    labels += [Field("刻度", str(y), 0.6, y - 0.4, 9, number) for y in range(10, int(h), 10)]
    corners = [(10.0, 10.0), (w - 10, 10.0), (10.0, h - 10), (w - 10, h - 10)]
    crosses = [stroke for x, y in corners for stroke in _cross(x, y, 1.0)]
    crosses += [stroke for room in profile.every_room for stroke in _cross(room.x, room.y, 0.7)]
    for blank in profile.fields:
        name = Style(Face.HEI, 7.0)
        labels.append(
            Field(blank.label, blank.label, blank.x + 1, blank.y - 0.6, max(blank.width, 12), name, min_size=3.0)
        )
    how = (
        "校准页：用普通纸按 100% 比例打印，与空白证对光重叠，量出十字偏离各栏起点的毫米数，"
        "填入打印偏移（向右、向下为正）。"
    )
    note = Field("说明", how, 15, h - 14, w - 30, Style(Face.HEI, 8.0, leading=1.3), min_size=4.0, lines=2)
    return _one_sheet(profile, f"{profile.title}（校准页）", (*lines, *crosses, *labels, note))


def _values(profile: BlankProfile, values: Mapping[str, str]) -> tuple[Field, ...]:
    """The values as fields, in the blank's order."""
    rooms = {room.name: room for room in profile.rooms(profile.here)}
    strange = [name for name in values if name not in rooms]
    if strange:
        raise UserError(
            f"“{profile.title}”的版式没有这些栏：{'、'.join(strange)}；可用的栏：{'、'.join(rooms)}。请改正版式文件或所填的栏名。"
        )
    return tuple(
        Field(room.label, values[name], room.x, room.y, room.width, room.style, room.min_size, room.lines)
        for name, room in rooms.items()
        if values.get(name)
    )


def _one_sheet(profile: BlankProfile, title: str, marks: tuple[Mark, ...]) -> Document:
    return Document(title, (Page(marks=marks, layout=profile.layout),), footer=None)


def _weight(at: int) -> tuple[float, float]:
    """Weight and grey of the grid line at so many mm."""
    if at % 10 == 0:
        return 0.4, 0.35
    return (0.25, 0.6) if at % 5 == 0 else (0.12, 0.8)


def _cross(x: float, y: float, weight: float) -> list[Stroke]:
    return [Stroke(x - _CROSS, y, x + _CROSS, y, weight), Stroke(x, y - _CROSS, x, y + _CROSS, weight)]
