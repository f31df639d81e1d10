"""Titles of several lines: broken where the sense allows, in lines that form a trapezium or a rhombus (GB/T 9704-2012, 7.3.1)."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, pairwise
from math import ceil

from wenlv_desk.typeset.breaking import break_lines, units
from wenlv_desk.typeset.fonts import Face, width
from wenlv_desk.typeset.page import Style

# Words of such titles that are not parted.
_WORDS = (
    "关于", "通知书", "告知书", "决定书", "催告书", "通知", "公告", "意见", "年度", "核验", "年审", "报告", "经营", "许可证", "许可",
    "出版物", "出版", "发行", "零售", "批发", "印刷", "企业", "单位", "情况", "结果", "有限公司", "公司", "不予", "受理", "暂缓", "通过",
    "文化", "旅游", "书店", "办理", "整改", "补正", "材料", "行政", "执法", "安全", "生产", "检查", "登记", "管理",
)  # fmt: skip
_BEFORE = ("关于", "开展", "印发")  # a line may well begin with one of these
_MOST = 3  # lines that are shaped; a longer title is only evened out
_ROOM = 0.95  # of the text area: a title that fills it to the edge is broken, too
_PARTED, _WEAK, _STRONG = 60.0, 12.0, -6.0


@lru_cache(maxsize=4096)
def shaped(title: str, style: Style, across: float) -> tuple[str, ...]:
    """The lines of a title in a column `across` points wide; its own line breaks stand. The last line is never one
    character, unless the title is."""
    whole = across / style.size
    return tuple(line for part in title.splitlines() or [""] for line in _shaped(part.strip(), style.face, whole))


def _shaped(title: str, face: Face, whole: float) -> tuple[str, ...]:
    long = width(title, face)
    if long <= whole:
        return (title,)
    parts = units(title)
    count = ceil(long / (whole * _ROOM))
    if count <= _MOST:
        tries = list(_divided(parts, face, count, whole))
        if tries:
            return min(tries)[1]
    return _evened(title, face, whole, count)


def _divided(parts: list[str], face: Face, count: int, whole: float) -> Iterator[tuple[float, tuple[str, ...]]]:
    """Every way to part a title into so many lines that fit, with what it costs."""
    ends = [0.0]
    for part in parts:
        ends.append(ends[-1] + width(part, face))
    costs = [_cost("".join(parts[:at]), "".join(parts[at:])) for at in range(len(parts))]
    for cuts in combinations(range(1, len(parts)), count - 1):
        edges = (0, *cuts, len(parts))
        lengths = [ends[b] - ends[a] for a, b in pairwise(edges)]
        if max(lengths) <= whole:
            lines = tuple("".join(parts[a:b]).strip() for a, b in pairwise(edges))
            yield sum(costs[cut] for cut in cuts) + _unevenness(lengths), lines


def _unevenness(lengths: list[float]) -> float:
    """What the shape costs: lines far from their mean, all of one length (矩形), or a short one between longer (沙漏)."""
    mean = sum(lengths) / len(lengths)
    cost = sum((length - mean) ** 2 for length in lengths)
    if max(lengths) - min(lengths) < 1:
        cost += 3.0
    if len(lengths) == 3 and lengths[1] < min(lengths[0], lengths[2]):
        cost += 40.0
    return cost


def _cost(before: str, after: str) -> float:
    """What it costs the sense to end a line here."""
    for word in _WORDS:
        for at in range(1, len(word)):
            if before.endswith(word[:at]) and after.startswith(word[at:]):
                return _PARTED
    if before[-1:].isdigit():  # 2026 年
        return _PARTED
    if after[:1] in "的和与及、" or before[-1:] in "和与及第":
        return _WEAK
    return _STRONG if after.startswith(_BEFORE) or before[-1:] in "》，、）的" else 0.0


def _evened(title: str, face: Face, whole: float, count: int) -> tuple[str, ...]:
    """The narrowest column that needs no more lines, and never a last line of one character."""
    for ems in range(ceil(width(title, face) / count * 2), int(whole * 2) + 1):
        lines = break_lines(title, face, ems / 2)
        if len(lines) <= count:
            break
    else:
        lines = break_lines(title, face, whole)
    *most, before, last = lines
    moved = units(before)
    if len(last) > 1 or len(moved) < 3:
        return lines
    return (*most, "".join(moved[:-1]), moved[-1] + last)
