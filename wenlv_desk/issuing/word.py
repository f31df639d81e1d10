"""A bureau's own Word file as template of a paper (自带 Word 范本): its placeholders read, checked and filled.

A placeholder is {{ 责任状编号 }} in the text, a table, a text box, a header, a footer or a footnote; it is filled by docxtpl. Nothing else of that
language may be used, so that a file from anywhere can be tried without harm.
"""

import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from functools import lru_cache
from io import BytesIO
from typing import Any, Final

from wenlv_desk.core.errors import UserError
from wenlv_desk.issuing.word_package import Docx, Refusal, content, named, opened, packed, parsed
from wenlv_desk.issuing.word_text import filled_parts, mend, paragraphs, places, refuse_hidden, text_of

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DAMAGED: Final = "文件的内部结构不完整。请在 Word 或 WPS 里打开，另存为“Word 文档（*.docx）”后再选择"
# python-docx takes what it reads for granted: a file put together wrongly ends in whatever that happens to break.
_BROKEN: Final = (zipfile.BadZipFile, LookupError, ValueError, TypeError, AttributeError)


def placeholders_of(docx: Docx) -> tuple[str, ...]:
    """The placeholders of the file, each once, in their order. Raises UserError for a file that cannot be a template."""
    with _saying(docx):
        return _prepared(content(docx))[0]


def check_word(docx: Docx, known: Collection[str]) -> None:
    """Refuse a file that cannot be a template, or with placeholders that are not known, naming each and the likeliest meant."""
    names = placeholders_of(docx)
    if unknown := [name for name in names if name not in known]:
        guesses = "、".join(_guess(name, known) for name in unknown)
        raise UserError(f"{named(docx)}里有不认识的占位：{guesses}。可用：{'、'.join(known)}")
    if placeholders_of(fill_word(docx, dict.fromkeys(names, "样"))):
        raise UserError(f"{named(docx)}不能用：{_DAMAGED}")  # a header that hangs in the file where no header should


def words_of(docx: Docx) -> str:
    """What the file says, a paragraph a line. Raises UserError for a file that cannot be a template."""
    with _saying(docx):
        package = opened(content(docx))
        trees = [package.trees[name] for name in filled_parts(package)]
        return "\n".join(text_of(pieces) for tree in trees for pieces in paragraphs(tree))


def fill_word(docx: Docx, values: Mapping[str, str]) -> bytes:
    """The file with every placeholder replaced, as a .docx; a line end in a value begins a new line in the same paragraph.

    Raises UserError for a file that cannot be a template, and naming every placeholder that has nothing to say, or a character no document
    can hold.
    """
    with _saying(docx):
        names, mended = _prepared(content(docx))
        _refuse_unsaid(names, values)
        return _rendered(mended, {name: _value(name, values[name]) for name in names})


@contextmanager
def _saying(docx: Docx) -> Iterator[None]:
    """Puts the name of the file before the reason it is refused for."""
    try:
        yield
    except Refusal as refusal:
        raise UserError(f"{named(docx)}不能用：{refusal.reason}") from refusal


def _guess(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, 1, 0.5)
    return f"{{{{ {name} }}}}" + (f"（是不是 {{{{ {near[0]} }}}}？）" if near else "")


@lru_cache(maxsize=2)  # a batch fills one file a thousand times
def _prepared(data: bytes) -> tuple[tuple[str, ...], bytes]:
    """The placeholders of a file proved harmless, and the file with each of them in one piece."""
    from lxml import etree

    package = opened(data)
    names = tuple(dict.fromkeys(place.name for place in places(package)))
    refuse_hidden(package)
    parts = dict(package.parts)
    for part in filled_parts(package):
        tree = package.trees[part]
        mend(tree)
        parts[part] = etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)
    return names, packed(parts)


def _refuse_unsaid(names: Iterable[str], values: Mapping[str, str]) -> None:
    if empty := [name for name in names if not values.get(name, "").strip()]:
        listed = "、".join(f"“{name}”" for name in empty)
        raise UserError(f"没有出具：Word 范本里的占位{listed}没有内容，请先在记录或设置里填好，或从范本里删去这个占位")


def _value(name: str, value: str) -> Any:
    """A value as it goes into the XML. Braces are written as numbers, for docxtpl takes some pairs of them for its own."""
    from markupsafe import Markup, escape

    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    if odd := _UNPRINTABLE.search(lines):
        raise UserError(f"没有出具：“{name}”的内容里有不可见的控制字符（U+{ord(odd[0]):04X}），请在原记录里删去它")
    return Markup(str(escape(lines)).replace("{", "&#123;").replace("}", "&#125;"))


def _rendered(mended: bytes, values: Mapping[str, Any]) -> bytes:
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from lxml import etree

    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    environment.globals.clear()
    template, out = _filler()(BytesIO(mended)), BytesIO()
    try:
        template.render(dict(values), environment)
        template.save(out)
    except (TemplateError, etree.LxmlError, *_BROKEN) as error:
        raise Refusal(_DAMAGED) from error
    return out.getvalue()


@lru_cache(maxsize=1)
def _filler() -> Any:
    """docxtpl without what it does for tables that grow and placeholders in pieces: here it would only alter the bureau's file."""
    from docxtpl import DocxTemplate

    class Filler(DocxTemplate):  # type: ignore[misc]
        def patch_xml(self, src_xml: str) -> str:
            return src_xml

        def fix_tables(self, xml: str) -> Any:
            return parsed(xml.encode())

        def render_properties(self, *_: Any) -> None:
            """Title and author of the file stay as they are."""

    return Filler
