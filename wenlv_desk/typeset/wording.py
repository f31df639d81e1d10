"""Wordings (范本): the text of a notice with places for what differs from case to case, which a bureau may put in its own words.

    标题：一次性告知书
    主送：{单位名称}
    你单位于{收件时间}申请办理{事项}，经审查，需要补正以下全部内容：
    {缺少的材料}
    ？整改要求：{整改要求}。
    附注：请携带本告知书前来补正。

A line is a paragraph. A line that is one placeholder only takes a list: a paragraph for each of its items, numbered 1. 2. 3.
or as the line begins: （一）{缺少的材料}. A line that begins with ？, or 附注：？, is left out when none of its placeholders has
anything to say. Lines that begin with # are remarks. Braces may be full-width. A brace of its own is written twice: {{ }};
a line that begins with \\ is a paragraph whatever follows. What a placeholder says is never read as a wording itself.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from wenlv_desk.core.errors import UserError
from wenlv_desk.resources import resource

HEADS = {"标题": "title", "主送": "addressee", "落款": "issuer", "日期": "date", "附注": "note", "抄送": "copies"}
PLEDGE_HEADS = {"标题": "title", "甲方": "party_a", "乙方": "party_b"}  # of a 责任状, where the others are paragraphs
OPTIONAL = ("？", "?")
REMARK = "#"
PLAIN = "\\"
LONGEST = 20_000  # characters
_HEAD = re.compile(r"(\w+)\s*[:：]\s*(.*)", re.S)
_PLACE = re.compile(r"\{\{|\}\}|｛｛|｝｝|[{｛]([^{}｛｝\n]*)[}｝]|([{}｛｝])")
_NUMBERED = {
    re.compile(r"（[一1]）"): "（{}）",
    re.compile(r"[一1]、"): "{}、",
    re.compile(r"1[.．]\s*"): "{}. ",
}
_DIGITS = "零一二三四五六七八九"

Value = str | Sequence[str]


@dataclass(frozen=True)
class Wording:
    """A text as parsed: its heads by name, and its paragraphs."""

    heads: Mapping[str, str]
    body: tuple[str, ...]


@dataclass(frozen=True)
class Filled:
    """A wording with everything said: plain paragraphs, ready to be set."""

    title: str
    body: tuple[str, ...]
    addressee: str = ""
    issuer: str = ""
    date: str = ""
    note: str = ""
    copies: str = ""
    party_a: str = ""
    party_b: str = ""


@lru_cache(maxsize=1)
def shipped_codes() -> tuple[str, ...]:
    """The codes of the wordings that come with the program."""
    return tuple(sorted(path.stem for path in resource("templates").glob("*.txt")))


@lru_cache(maxsize=64)
def shipped(code: str) -> str:
    """The text of one of them."""
    return resource("templates", f"{code}.txt").read_text("utf-8")


def said_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a wording that say anything, with their numbers from 1."""
    for number, line in enumerate(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        said = line.strip()
        if said.strip("？?\\") and not said.startswith(REMARK):
            yield number, said


def parse(text: str, named: Mapping[str, str] = HEADS) -> Wording:
    """Read a wording whose heads are those `named`. UserError names the line and what is wrong with it."""
    if len(text) > LONGEST:
        raise UserError(f"范本共 {len(text)} 个字，超过 {LONGEST} 字的上限，请缩短")
    heads: dict[str, str] = {}
    body: list[str] = []
    for number, said in said_lines(text):
        _parts(said, number)  # refuses a brace that stands alone
        if (head := _HEAD.fullmatch(said)) is None or head[1] not in named:
            body.append(said)
        elif named[head[1]] in heads:
            raise UserError(f"范本第 {number} 行：“{head[1]}”写了两次，请删去一行")
        else:
            heads[named[head[1]]] = head[2].strip()
    if not heads.get("title") or heads["title"].startswith(OPTIONAL):
        raise UserError("范本没有标题，请加一行“标题：……”，标题不能以“？”开头")
    if not body:
        raise UserError("范本没有正文，请在标题下面写正文")
    return Wording(heads, tuple(body))


@lru_cache(maxsize=4096)
def _parts(line: str, number: int = 0) -> tuple[tuple[str, str], ...]:
    """(text, placeholder) pairs of a line; one of the two is empty."""
    return tuple(_parted(line, number))


def _parted(line: str, number: int) -> Iterator[tuple[str, str]]:
    at = 0
    for found in _PLACE.finditer(line):
        yield line[at : found.start()], ""
        at = found.end()
        if found[0] in ("{{", "}}", "｛｛", "｝｝"):
            yield found[0][0], ""
        elif found[2]:
            where = f"第 {number} 行" if number else f"“{line}”"
            raise UserError(f"范本{where}：“{found[2]}”没有成对，请补上另一半；要印出大括号本身的写两个")
        elif not found[1].strip():
            raise UserError(f"范本第 {number} 行：大括号里是空的，请写明要填什么，如 {{单位名称}}")
        else:
            yield "", found[1].strip()
    yield line[at:], ""


def placeholders(text: str) -> tuple[str, ...]:
    """The placeholders of a text, each once, in their order."""
    wording = parse(text)
    lines = (*wording.heads.values(), *wording.body)
    return tuple(dict.fromkeys(name for line in lines for name in _names(line)))


def check(text: str, known: Collection[str], named: Mapping[str, str] = HEADS) -> None:
    """Refuse a text with placeholders that are not known, naming each of them, its line and the likeliest meant."""
    parse(text, named)
    _refuse_unknown({name: f"第 {number} 行的" for number, said in said_lines(text) for name in _names(said)}, known)


def _refuse_unknown(names: Mapping[str, str], known: Collection[str]) -> None:
    """`names` with where they stand."""
    if unknown := [name for name in names if name not in known]:
        guesses = "、".join(names[name] + _guess(name, known) for name in unknown)
        raise UserError(f"范本里有不认识的占位：{guesses}。可用：{'、'.join(known)}")


def _guess(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, 1, 0.5)
    return f"{{{name}}}" + (f"（是不是 {{{near[0]}}}？）" if near else "")


def fill(wording: Wording, values: Mapping[str, Value]) -> Filled:
    """Say everything. UserError for placeholders that are unknown, or have nothing to say where they must: all at once."""
    used = [name for line in (*wording.heads.values(), *wording.body) for name in _names(line)]
    _refuse_unknown(dict.fromkeys(used, ""), values)
    heads = {name: line for name, text in wording.heads.items() if (line := _wanted(text, values)) is not None}
    body = [line for text in wording.body if (line := _wanted(text, values)) is not None]
    needed = dict.fromkeys(name for line in (*heads.values(), *body) for name in _names(line))
    if empty := [name for name in needed if _blank(values[name])]:
        raise UserError(
            f"没有出具：范本里的{'、'.join(f'“{name}”' for name in empty)}没有内容，请先填好（设置或案件里），"
            "或把范本那一行改成以“？”开头"
        )
    paragraphs = [paragraph for line in body for paragraph in _paragraphs(line, values)]
    return Filled(body=tuple(paragraphs), **{name: _said(line, values) for name, line in heads.items()})


def _wanted(line: str, values: Mapping[str, Value]) -> str | None:
    """The line without its mark; None for one that may be left out and has nothing to say."""
    if not line.startswith(OPTIONAL):
        return line.removeprefix(PLAIN)
    names = _names(line)
    return None if names and all(_blank(values[name]) for name in names) else line[1:].lstrip()


def _blank(value: Value) -> bool:
    return not "".join(value).strip()


def _paragraphs(line: str, values: Mapping[str, Value]) -> list[str]:
    if all(isinstance(values[name], str) for name in _names(line)):
        return [_said(line, values)]
    parts = [part for part in _parts(line) if any(part)]
    (first, _), (rest, name) = [("1. ", ""), *parts][-2:] if parts else [("", "")] * 2
    style = next((style for start, style in _NUMBERED.items() if start.fullmatch(first)), "")
    if len(parts) > 2 or rest or not style or isinstance(items := values.get(name, ""), str):
        return [_said(line, values)]
    count = _chinese if "一" in first else str
    return [style.format(count(n)) + item for n, item in enumerate(items, 1)]


def _chinese(number: int) -> str:
    """一 to 九十九; figures beyond."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones or not tens else "")


@lru_cache(maxsize=4096)
def _names(line: str) -> tuple[str, ...]:
    return tuple(name for _, name in _parts(line) if name)


def _said(line: str, values: Mapping[str, Value]) -> str:
    return "".join(text or _joined(values[name]) for text, name in _parts(line) if text or name)


def _joined(value: Value) -> str:
    return value if isinstance(value, str) else "、".join(value)
