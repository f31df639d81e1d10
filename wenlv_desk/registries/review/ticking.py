"""核对材料: what a clerk says of the materials, as one line a material: `3 缺：来时未带＝请携带原件`.

The counter page writes such lines from number keys, the command line takes them as they are. Several stand on several lines or are
divided by `；`. `全部齐全` says it of everything that nothing else is said of; `1-4` is a range.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.review.vocabulary import MaterialState

EVERYTHING = "全部"
LACKING = (MaterialState.MISSING, MaterialState.DEFECTIVE)
_LINE = re.compile(
    r"(全部|其余|\d{1,3}(?:\s*[-—－~至]\s*\d{1,3})?)\s*[.、．]?\s*(未核对|齐全|缺|不合格|不适用)\s*(?:[:：]\s*(.+))?",
    re.S,
)
_HOW = re.compile(r"\s*[=＝]\s*")
_DIVIDES = re.compile(r"[\n；;]+")
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
        said = "＝".join(_DIVIDES.sub("，", part) for part in (tick.defect, tick.remedy) if part)
        lines.append(f"{position} {tick.state.label}" + (f"：{said}" if said else ""))
    return "\n".join(lines)


def read_ticks(text: str, positions: Sequence[int], usual: Mapping[int, Sequence[Defect]]) -> dict[int, Tick]:
    """Ticks by position. Raises UserError for a line that cannot be read, a position there is not, a defect without words.

    `usual` are the usual defects by position: a remedy not typed is taken from them.
    """
    found: dict[int, Tick] = {}
    rest: Tick | None = None
    for line in (part.strip() for part in _DIVIDES.split(text) if part.strip()):
        read = _LINE.fullmatch(line)
        if read is None:
            raise UserError(f"看不懂“{line}”。请写成“3 缺：来时未带＝请携带原件”或“全部齐全”，多项用“；”隔开")
        where, state, said = read[1], _state(read[2]), (read[3] or "").strip()
        if where in (EVERYTHING, "其余"):
            rest = Tick(state, _short(where, said))
            continue
        for position in _range(where, line, positions):
            found[position] = _tick(position, state, said, usual)
    if rest is not None:
        if rest.state in LACKING:
            raise UserError("“缺”和“不合格”要逐项写明问题，请写成“3 缺：来时未带”")
        found = dict.fromkeys(positions, rest) | found
    return found


def _state(word: str) -> MaterialState:
    return next(state for state in MaterialState if state.label == word)


def _range(where: str, line: str, positions: Sequence[int]) -> Iterable[int]:
    ends = [int(part) for part in re.findall(r"\d+", where)]
    wanted = range(ends[0], ends[-1] + 1)
    if not wanted:
        raise UserError(f"“{line}”：{ends[0]} 到 {ends[-1]} 前后颠倒，请把小的写在前面")
    if strange := [n for n in wanted if n not in positions]:
        raise UserError(f"“{line}”：没有第 {strange[0]} 项材料，共 {len(positions)} 项")
    return wanted


def _tick(position: int, state: MaterialState, said: str, usual: Mapping[int, Sequence[Defect]]) -> Tick:
    where = f"第 {position} 项"
    if state not in LACKING:
        return Tick(state, _short(where, said))
    known = usual.get(position, ())
    parts = _HOW.split(said, maxsplit=1) if said else []
    if not parts or not parts[0]:
        if state is MaterialState.MISSING and known and not parts:
            return Tick(state, known[0].defect, known[0].remedy)
        raise UserError(f"{where}{state.label}，请写明问题，如“{position} {state.label}：未盖章”")
    remedy = parts[1] if len(parts) > 1 else next((one.remedy for one in known if one.defect == parts[0]), "")
    return Tick(state, _short(where, parts[0]), _short(where, remedy))


def _short(where: str, said: str) -> str:
    if len(said) > MOST:
        raise UserError(f"{where}的说明有 {len(said)} 个字，最多 {MOST} 个字，请写短些")
    return said
