"""核对材料: what a clerk says of the materials, as one line a material: `3 缺：来时未带＝请携带原件` (`registries.marking`)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.marking import DIVIDES, Mark, read_marks, short
from wenlv_desk.registries.review.vocabulary import MaterialState

LACKING = (MaterialState.MISSING, MaterialState.DEFECTIVE)
EXAMPLE = "“3 缺：来时未带＝请携带原件”或“全部齐全”"
_HOW = re.compile(r"\s*[=＝]\s*")
MOST = 255  # characters of a defect and of a remedy


@dataclass(frozen=True)
class Tick:
    """What was found of one material; `remedy` is how to mend it."""

    state: MaterialState
    defect: str = ""
    remedy: str = ""


@dataclass(frozen=True)
class Defect:
    """A usual defect of a material and how it is mended."""

    defect: str
    remedy: str


def defects_of(text: str | None) -> tuple[Defect, ...]:
    """The lines 问题＝怎样补 of a requirement."""
    pairs = (_HOW.split(line.strip(), maxsplit=1) for line in (text or "").splitlines() if line.strip())
    return tuple(Defect(pair[0], pair[1] if len(pair) > 1 else "") for pair in pairs)


def written(ticks: Mapping[int, Tick]) -> str:
    """Ticks as the lines that `read_ticks` reads."""
    lines = []
    for position, tick in sorted(ticks.items()):
        said = "＝".join(DIVIDES.sub("，", part) for part in (tick.defect, tick.remedy) if part)
        lines.append(f"{position} {tick.state.label}" + (f"：{said}" if said else ""))
    return "\n".join(lines)


def read_ticks(text: str, positions: Sequence[int], usual: Mapping[int, Sequence[Defect]]) -> dict[int, Tick]:
    """Ticks by position. Raises UserError for a line that cannot be read, a position there is not, a defect without words.

    `usual` are the usual defects by position: a remedy not typed is taken from them.
    """
    labels = [state.label for state in MaterialState]
    marks = read_marks(text, labels, positions, thing="材料", example=EXAMPLE)
    found = {position: _tick(position, mark, usual) for position, mark in marks.by_position.items()}
    if marks.rest is None:
        return found
    rest = Tick(_state(marks.rest.word), short(marks.rest.where, marks.rest.said, MOST))
    if rest.state in LACKING:
        raise UserError("“缺”和“不合格”要逐项写明问题，请写成“3 缺：来时未带”")
    return dict.fromkeys(positions, rest) | found


def _state(word: str) -> MaterialState:
    return next(state for state in MaterialState if state.label == word)


def _tick(position: int, mark: Mark, usual: Mapping[int, Sequence[Defect]]) -> Tick:
    state, where = _state(mark.word), mark.where
    if state not in LACKING:
        return Tick(state, short(where, mark.said, MOST))
    known = usual.get(position, ())
    parts = _HOW.split(mark.said, maxsplit=1) if mark.said else []
    if not parts or not parts[0]:
        if state is MaterialState.MISSING and known and not parts:
            return Tick(state, known[0].defect, known[0].remedy)
        raise UserError(f"{where}{state.label}，请写明问题，如“{position} {state.label}：未盖章”")
    remedy = parts[1] if len(parts) > 1 else next((one.remedy for one in known if one.defect == parts[0]), "")
    return Tick(state, short(where, parts[0], MOST), short(where, remedy, MOST))
