"""逐项标记: what is said of the items of a list, one line an item, as number keys and the command line write it.

`3 缺：来时未带` says it of one, `1-4 齐全` of a range, `全部齐全` or `其余齐全` of everything that nothing else is said of; lines are
divided by line breaks or `；`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wenlv_desk.core.errors import UserError

REST = ("全部", "其余")
DIVIDES = re.compile(r"[\n；;]+")


@dataclass(frozen=True)
class Mark:
    """A word and what was added to it; `where` names the item in a refusal."""

    where: str
    word: str
    said: str


@dataclass(frozen=True)
class Marks:
    """Marks by position, and the one for all the rest."""

    by_position: dict[int, Mark]
    rest: Mark | None


def read_marks(text: str, words: Sequence[str], positions: Sequence[int], *, thing: str, example: str) -> Marks:
    """Read the lines. Raises UserError for a line that cannot be read (with the example) or a position there is not.

    `thing` is what an item is called (材料), `words` are the marks there are.
    """
    pattern = re.compile(
        rf"(全部|其余|\d{{1,3}}(?:\s*[-—－~至]\s*\d{{1,3}})?)\s*[.、．]?\s*({'|'.join(words)})\s*(?:[:：]\s*(.+))?",
        re.S,
    )
    found: dict[int, Mark] = {}
    rest: Mark | None = None
    for line in (part.strip() for part in DIVIDES.split(text) if part.strip()):
        read = pattern.fullmatch(line)
        if read is None:
            raise UserError(f"看不懂“{line}”。请写成{example}，多项用“；”隔开")
        where, word, said = read[1], read[2], (read[3] or "").strip()
        if where in REST:
            rest = Mark(where, word, said)
            continue
        for position in _range(where, line, positions, thing):
            found[position] = Mark(f"第 {position} 项", word, said)
    return Marks(found, rest)


def _range(where: str, line: str, positions: Sequence[int], thing: str) -> Iterable[int]:
    ends = [int(part) for part in re.findall(r"\d+", where)]
    wanted = range(ends[0], ends[-1] + 1)
    if not wanted:
        raise UserError(f"“{line}”：{ends[0]} 到 {ends[-1]} 前后颠倒，请把小的写在前面")
    if strange := [n for n in wanted if n not in positions]:
        raise UserError(f"“{line}”：没有第 {strange[0]} 项{thing}，共 {len(positions)} 项")
    return wanted


def short(where: str, said: str, most: int) -> str:
    """What was added, no longer than is kept. Raises UserError where it is."""
    if len(said) > most:
        raise UserError(f"{where}的说明有 {len(said)} 个字，最多 {most} 个字，请写短些")
    return said
