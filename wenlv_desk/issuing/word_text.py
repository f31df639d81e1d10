"""The placeholders in the text of a bureau's own Word file: found paragraph by paragraph, each put back into one piece.

Word cuts a line of text into runs wherever its look, spelling or history changes, so that {{ 责任状编号 }} may lie in five of them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from wenlv_desk.issuing.word_package import MAIN, Package, Refusal, W, local

if TYPE_CHECKING:
    from lxml.etree import _Element

_WORDS: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_FILLED: Final = {
    MAIN: "正文",
    f"{_WORDS}header+xml": "页眉",
    f"{_WORDS}footer+xml": "页脚",
    f"{_WORDS}footnotes+xml": "脚注",
}
_UNFILLED: Final = {"endnotes": "尾注", "comments": "批注", "charts": "图表", "diagrams": "SmartArt 图形"}
_UNPRINTED: Final = ("docProps/", "customXml/", "_rels/", "word/glossary/", "[Content_Types].xml")
_PRESERVE: Final = "{http://www.w3.org/XML/1998/namespace}space"

_TOKEN: Final = re.compile(r"\{\{(.*?)\}\}|\{[%#]|[%#]\}|｛｛|｝｝|\{\{|[{}]")
_VML: Final = ("urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office")
_ADDRESS: Final = re.compile(r"[A-Za-z][\w+.-]*:|[\\/]")
_NAME: Final = re.compile(r"\w+")
_TAKES_PART: Final = re.compile(r"\{\{|\{%|\{#|\}\}")
_FIELD: Final = re.compile(  # fields that say nothing but what stands in the file, or take the reader there
    "PAGE|NUMPAGES|SECTION|SECTIONPAGES|PAGEREF|REF|NOTEREF|STYLEREF|SEQ|TOC|TC|XE|HYPERLINK|EQ|SYMBOL|ADVANCE|"
    "FORMTEXT|FORMCHECKBOX|FORMDROPDOWN|LISTNUM|AUTONUM|AUTONUMLGL|AUTONUMOUT|=.*",
    re.IGNORECASE,
)
_TRACKED: Final = ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")
_BLANKS: Final = re.compile("[\t\r\n]")  # docxtpl would make line ends and tabs of them, Word shows a space
_AROUND: Final = 12  # characters shown before what is wrong


@dataclass(frozen=True)
class Place:
    """A placeholder as it stands: its name, where, and the (start, end) of it in the text of its paragraph."""

    name: str
    where: str
    start: int
    end: int


def filled_parts(package: Package) -> dict[str, str]:
    """The parts that placeholders may stand in, by name, the text first; and what each is called."""
    order = list(_FILLED)
    held = [name for name in package.trees if package.types[name] in _FILLED]
    held.sort(key=lambda name: (order.index(package.types[name]), name))
    return {name: _FILLED[package.types[name]] for name in held}


def paragraphs(tree: "_Element") -> Iterator[list["_Element"]]:
    """The pieces of text of every paragraph that has any; those of a text box in it are a paragraph of their own."""
    held: dict[_Element, list[_Element]] = {}
    for piece in tree.iter(f"{W}t"):
        owner = next(piece.iterancestors(f"{W}p"), None)
        if owner is not None:
            held.setdefault(owner, []).append(piece)
    yield from held.values()


def text_of(pieces: Sequence["_Element"]) -> str:
    return "".join(piece.text or "" for piece in pieces)


def places(package: Package) -> Iterator[Place]:
    """Every placeholder of the file in its order. Raises Refusal for anything else in braces, saying where."""
    for name, where in filled_parts(package).items():
        for pieces in paragraphs(package.trees[name]):
            yield from _places(text_of(pieces), where)


def mend(tree: "_Element") -> None:
    """Put every placeholder into the piece it begins in, with the look of its first character; nothing else is moved."""
    for pieces in paragraphs(tree):
        for piece in pieces:
            piece.text = _BLANKS.sub(" ", piece.text or "")
        text = text_of(pieces)
        for place in reversed(list(_places(text, ""))):
            _gather(pieces, place)


def _gather(pieces: Sequence["_Element"], place: Place) -> None:
    at, first = 0, True
    for piece in pieces:
        text = piece.text or ""
        start, end = max(place.start - at, 0), min(place.end - at, len(text))
        at += len(text)
        if start < end:
            piece.text = text[:start] + (f"{{{{ {place.name} }}}}" if first else "") + text[end:]
            piece.set(_PRESERVE, "preserve")
            first = False


def _places(text: str, where: str) -> Iterator[Place]:
    for found in _TOKEN.finditer(text):
        shown = f"{where}“{'…' if found.start() > _AROUND else ''}{text[max(0, found.start() - _AROUND) : found.end() + 4]}”"
        if found[1] is None:
            raise Refusal(_why(found[0], shown))
        name = found[1].strip()
        if not name:
            raise Refusal(f"{shown}：大括号里是空的。请写明要填什么，如 {{{{ 责任状编号 }}}}")
        if "{" in name or "}" in name:
            raise Refusal(f"{shown}：占位的大括号没有成对。请写成 {{{{ 名称 }}}}")
        if not (name.isidentifier() and _NAME.fullmatch(name)):
            raise Refusal(
                f"{shown}：占位里只能写名称，不能有空格、标点、算式、属性、函数或过滤器。请写成 {{{{ 名称 }}}}，"
                "算好的内容由程序填"
            )
        yield Place(name, where, found.start(), found.end())


def _why(token: str, shown: str) -> str:
    if token in ("｛｛", "｝｝"):
        return f"{shown}：大括号是全角的，程序不认。请换成半角 {{{{ }}}}"
    if "%" in token or "#" in token:
        return f"{shown}：不能写 {{% %}} 语句或 {{# #}} 注释。请删去，只用 {{{{ 名称 }}}}"
    return f"{shown}：大括号没有成对，或只有一层。占位写成 {{{{ 名称 }}}}；要印出大括号本身的，用全角 ｛ ｝"


def refuse_hidden(package: Package) -> None:
    """Refuse what would be printed otherwise than it is seen: placeholders out of reach, changes not accepted, fields that look
    elsewhere."""
    held = filled_parts(package)
    for name, tree in package.trees.items():
        if name in held:
            _refuse_tracked(tree)
            _refuse_bound(tree)
            _refuse_fields(tree)
            _refuse_addresses(tree)
        if not name.startswith(_UNPRINTED) and not name.endswith(".rels"):
            _refuse_out_of_reach(tree, name, filled=name in held)


def _refuse_tracked(tree: "_Element") -> None:
    for node in tree.iter():
        name = local(node)
        if str(node.tag).startswith(W) and (name in _TRACKED or name.endswith("Change")):
            raise Refusal("还有没处理的修订，会连删去的字一起印出来。请在“审阅”里接受或拒绝所有修订，再保存")


def _refuse_bound(tree: "_Element") -> None:
    for control in tree.iter(f"{W}sdt"):
        bound = control.find(f"{W}sdtPr/{W}dataBinding") is not None
        if bound and _TAKES_PART.search(text_of(list(control.iter(f"{W}t")))):
            raise Refusal("占位写在与文档属性相连的内容控件里，填了也会被改回去。请右键点它，选“删除内容控件”")


def _refuse_fields(tree: "_Element") -> None:
    for instruction in _instructions(tree):
        word, _, rest = instruction.strip().partition(" ")
        if word.upper() == "MERGEFIELD":
            name = rest.split("\\")[0].strip().strip('"')
            raise Refusal(f"里面有邮件合并的域“{name}”。请删去它，改写成占位 {{{{ {name} }}}}")
        if word and not _FIELD.fullmatch(word):
            raise Refusal(
                f"里面有域“{word[:30]}”，会取别处的内容或随日期改变。请选中它按 Ctrl+Shift+F9 变成普通文字，或改用占位"
            )


def _refuse_addresses(tree: "_Element") -> None:
    """Refuse a picture of the older kind (VML) that names an address itself instead of a part of the file."""
    for node in tree.iter(*(f"{{{space}}}*" for space in _VML)):
        for key, value in node.attrib.items():
            if key in ("src", "href", "althref") and _ADDRESS.match(value):
                raise Refusal(f"链接着文件以外的图片（{value[:80]}）。请删去它，改用“插入—图片”嵌入")


def _instructions(tree: "_Element") -> Iterator[str]:
    """The codes of all fields; one written in pieces is put together, also around a field inside it."""
    under_way: list[list[str]] = []
    for node in tree.iter(f"{W}fldSimple", f"{W}fldChar", f"{W}instrText"):
        match local(node), node.get(f"{W}fldCharType"):
            case "fldSimple", _:
                yield node.get(f"{W}instr") or ""
            case "fldChar", "begin":
                under_way.append([])
            case "fldChar", "end" if under_way:
                yield "".join(under_way.pop())
            case "instrText", _ if under_way:
                under_way[-1].append(node.text or "")
            case "instrText", _:
                yield node.text or ""
    for parts in under_way:
        yield "".join(parts)


def _refuse_out_of_reach(tree: "_Element", name: str, *, filled: bool) -> None:
    """Refuse a placeholder that would be printed as it stands: in an endnote, a chart, the description of a picture."""
    for node in tree.iter():
        own = "" if filled and node.tag == f"{W}t" else (node.text or "")
        said = next((one for one in (own, *node.attrib.values()) if _TAKES_PART.search(one)), None)
        if said is not None:
            where = next((called for part, called in _UNFILLED.items() if part in name), "图片说明、公式或域里")
            raise Refusal(f"“{said[:20]}”写在{where}，程序填不到。请移到正文、表格、文本框、页眉页脚或脚注里")
