"""Wordings (范本): the text of a notice with places for what differs from case to case, which a bureau may put in its own words.

    标题：一次性告知书
    主送：{单位名称}
    你单位于{收件时间}申请办理{事项}，经审查，需要补正以下全部内容：
    {缺少的材料}
    ？整改要求：{整改要求}。
    附注：请携带本告知书前来补正。

A line is a paragraph. A line that is one placeholder only takes a list: a paragraph for each of its items, numbered. A line that
begins with ？ is left out when one of its placeholders has nothing to say. A brace of its own is written twice: {{ }}.
Lines that begin with # are remarks. What a placeholder says is never read as a wording itself.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from wenlv_desk.core.errors import UserError
from wenlv_desk.resources import resource

HEADS = {"标题": "title", "主送": "addressee", "落款": "issuer", "日期": "date", "附注": "note"}
OPTIONAL = ("？", "?")
REMARK = "#"
LONGEST = 20_000  # characters
_HEAD = re.compile(f"({'|'.join(HEADS)})[:：]\\s*(.*)", re.S)
_PLACE = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}|([{}])")

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


def shipped_codes() -> tuple[str, ...]:
    """The codes of the wordings that come with the program."""
    return tuple(sorted(path.stem for path in resource("templates").glob("*.txt")))


def shipped(code: str) -> str:
    """The text of one of them."""
    return resource("templates", f"{code}.txt").read_text("utf-8")


def parse(text: str) -> Wording:
    """Read a wording. UserError names the line and what is wrong with it."""
    if len(text) > LONGEST:
        raise UserError(f"范本共 {len(text)} 个字，超过 {LONGEST} 字的上限，请缩短")
    heads: dict[str, str] = {}
    body: list[str] = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        said = line.strip()
        if not said or said.startswith(REMARK):
            continue
        list(_parts(said, number))  # refuses a brace that stands alone
        if (head := _HEAD.fullmatch(said)) is None:
            body.append(said)
        elif HEADS[head[1]] in heads:
            raise UserError(f"范本第 {number} 行：“{head[1]}”写了两次，请删去一行")
        else:
            heads[HEADS[head[1]]] = head[2].strip()
    if not heads.get("title"):
        raise UserError("范本没有标题，请加一行“标题：……”")
    if not body:
        raise UserError("范本没有正文，请在标题下面写正文")
    return Wording(heads, tuple(body))


def _parts(line: str, number: int = 0) -> Iterator[tuple[str, str]]:
    """(text, placeholder) pairs of a line; one of the two is empty."""
    at = 0
    for found in _PLACE.finditer(line):
        yield line[at : found.start()], ""
        at = found.end()
        if found[0] in ("{{", "}}"):
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
    return tuple(dict.fromkeys(name for line in lines for _, name in _parts(line) if name))


def check(text: str, known: Collection[str]) -> None:
    """Refuse a text with placeholders that are not known, naming each of them and the likeliest meant."""
    unknown = [name for name in placeholders(text) if name not in known]
    if unknown:
        raise UserError(
            f"范本里有不认识的占位：{'、'.join(_guess(name, known) for name in unknown)}。可用：{'、'.join(known)}"
        )


def _guess(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, 1, 0.5)
    return f"{{{name}}}" + (f"（是不是 {{{near[0]}}}？）" if near else "")


def fill(wording: Wording, values: Mapping[str, Value]) -> Filled:
    """Say everything. UserError for a placeholder that is unknown or has nothing to say where it must."""
    heads = {name: _said(text, values) for name, text in wording.heads.items()}
    body = [paragraph for line in wording.body for paragraph in _paragraphs(line, values)]
    return Filled(body=tuple(body), **heads)


def _paragraphs(line: str, values: Mapping[str, Value]) -> list[str]:
    optional = line.startswith(OPTIONAL)
    line = line[1:].lstrip() if optional else line
    parts = [part for part in _parts(line) if any(part)]
    if optional and any(name and not _value(name, values) for _, name in parts):
        return []
    if len(parts) == 1 and parts[0][1] and not isinstance(values.get(parts[0][1], ""), str):
        items = list(_value(parts[0][1], values))
        if not items:
            raise UserError(f"没有出具：范本里的“{parts[0][1]}”没有内容")
        return [f"{number}. {item}" for number, item in enumerate(items, 1)]
    return [_said(line, values)]


def _said(line: str, values: Mapping[str, Value]) -> str:
    return "".join(text or _one(name, values) for text, name in _parts(line) if text or name)


def _one(name: str, values: Mapping[str, Value]) -> str:
    value = _value(name, values)
    if not value:
        raise UserError(f"没有出具：范本里的“{name}”没有内容，请先填好（设置或案件里），或把范本那一行改成以“？”开头")
    return value if isinstance(value, str) else "、".join(value)


def _value(name: str, values: Mapping[str, Value]) -> Value:
    if name not in values:
        raise UserError(f"范本里有不认识的占位 {_guess(name, values)}。可用：{'、'.join(values)}")
    return values[name]
