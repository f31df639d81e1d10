"""The zip package of a bureau's own Word file (Word 范本): refused before anything in it is used when it is no .docx, a bomb, or a way out
of it.

A template is opened by LibreOffice or Word in the clerk's name, so nothing may stay in it that loads, runs or looks up anything else.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from wenlv_desk.core.errors import UserError, fault

if TYPE_CHECKING:
    from lxml.etree import _Element

Docx = Path | bytes

LARGEST: Final = 20  # MB of the file
UNPACKED: Final = 100  # MB of everything in it
MOST_XML: Final = 10  # MB of its text parts: some two hundred pages
_MOST_PARTS: Final = 2_000
_MB: Final = 1024 * 1024
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS: Final = "请在 Word 或 WPS 里打开，另存为“Word 文档（*.docx）”后再选择"
_DAMAGED: Final = f"文件已损坏，不能完整读出。{_SAVE_AS}，或换一份完好的文件"
_TOO_LONG: Final = f"文字部分超过 {MOST_XML} MB，不像一份范本。请只留责任状本身"
_NOT_WORD: Final = "这不是 Word 文档（.docx）。请选择 Word 或 WPS 存成的 .docx 文件"

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_LINKS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATED: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CLICKED: Final = ("hyperlink", "hlinkClick", "hlinkHover")  # elements that only take the reader somewhere

_OUTSIDE: Final = {  # relationships that lead out of the file, by the last word of their type
    "attachedTemplate": "链接着另一份模板文件。请在“开发工具—文档模板”里清空，再保存",
    "image": "链接着文件以外的图片。请删去它，改用“插入—图片”嵌入",
    "mailMergeSource": "还连着邮件合并的数据源。请在“邮件—开始邮件合并”里选“普通 Word 文档”，再保存",
    "recipientData": "还连着邮件合并的数据源。请在“邮件—开始邮件合并”里选“普通 Word 文档”，再保存",
    "oleObject": "链接着别的文件里的对象。请删去它，或改成图片",
}
_EMBEDDED: Final = {  # relationships to what could be run or would be opened by another program
    "vbaProject": "带有宏",
    "oleObject": "嵌有别的程序的对象（OLE）",
    "package": "嵌有别的文档（如 Excel 表）",
    "control": "带有 ActiveX 控件",
    "aFChunk": "嵌有另一份文档（altChunk）",
    "subDocument": "带有子文档",
    "attachedToolbars": "带有自定义工具栏",
    "keyMapCustomizations": "带有自定义按键",
}


class Refusal(Exception):  # noqa: N818 - not an error of the program but its answer
    """Raised while reading, without the file's name; `reason` is Chinese and ends without a full stop."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Package:
    """The parts of a file by their name, the trees of those that are XML, and what each of those is (content type)."""

    parts: Mapping[str, bytes]
    trees: Mapping[str, "_Element"]
    types: Mapping[str, str]


def named(docx: Docx) -> str:
    """How errors call the file."""
    return f"Word 范本“{docx.name}”" if isinstance(docx, Path) else "Word 范本"


def content(docx: Docx) -> bytes:
    """The bytes of the file. Raises UserError for one that cannot be read or is too large."""
    if isinstance(docx, bytes):
        return docx
    if docx.name.startswith(("~$", ".~")):
        raise UserError(f"{named(docx)}是 Word 打开文件时留下的临时文件，请选择不带“~$”的那一份")
    try:
        size = docx.stat().st_size
        if size > LARGEST * _MB:
            raise UserError(f"{named(docx)}有 {size // _MB} MB，超过 {LARGEST} MB 的上限，请压缩其中的图片后再选择")
        return docx.read_bytes()
    except OSError as error:
        raise UserError(f"{named(docx)}读不出来（{fault(error)}），请关闭正在打开它的程序，或重新选择") from error


def opened(data: bytes) -> Package:
    """Everything in the file, proved harmless. Raises Refusal."""
    _refuse_other_formats(data)
    parts = _unpacked(data)
    kinds = _content_types(parts)
    _refuse_other_documents(parts, kinds)
    written = {name: part for name, part in parts.items() if _is_xml(name, kinds[name])}
    if sum(map(len, written.values())) > MOST_XML * _MB:
        raise Refusal(_TOO_LONG)
    trees = {name: parsed(part) for name, part in written.items()}
    package = Package(parts, trees, kinds)
    _refuse_strict(package)
    for name in trees:
        if name.endswith(".rels"):
            _refuse_links(package, name)
    return package


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def parsed(part: bytes) -> "_Element":
    """The tree of an XML part. Raises Refusal for one that is not well-formed, or defines entities of its own."""
    from lxml import etree

    if len(part) > MOST_XML * _MB:
        raise Refusal(_TOO_LONG)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise Refusal(_DAMAGED) from error
    if root.getroottree().docinfo.doctype:
        raise Refusal("里面有 XML 实体定义（DOCTYPE），Word 和 WPS 不会这样写，可能有害。请不要使用这份文件")
    return root


def local(node: Any) -> str:
    """The name of an element or attribute without its namespace; empty for comments and the like."""
    name = node if isinstance(node, str) else node.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def _refuse_other_formats(data: bytes) -> None:
    if not data:
        raise Refusal("文件是空的（0 字节）。请重新保存或重新选择")
    if len(data) > LARGEST * _MB:
        raise Refusal(f"文件有 {len(data) // _MB} MB，超过 {LARGEST} MB 的上限。请压缩其中的图片后再选择")
    if data.startswith(_OLE):
        raise Refusal(_of_ole(data))
    if data.startswith((b"{\\rtf", b"MIME-Version:")) or b"Word.Document" in data[:1024]:
        raise Refusal(f"这是别的格式的文档（RTF、网页或 XML）。{_SAVE_AS}")
    if not data.startswith(b"PK"):
        raise Refusal(_NOT_WORD)


def _of_ole(data: bytes) -> str:
    """What an OLE file is: one with a password, an old .doc, or something else."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            streams = {"/".join(entry).lower() for entry in ole.listdir()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError):
        return _DAMAGED
    if "encryptedpackage" in streams:
        return "文件加了打开密码。请在 Word 里打开，在“文件—信息—保护文档—用密码进行加密”里清空密码，再保存"
    if "worddocument" in streams:
        return f"这是旧版的 Word 文档（.doc）。{_SAVE_AS}"
    return _NOT_WORD


def _unpacked(data: bytes) -> dict[str, bytes]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise Refusal(_DAMAGED) from error
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if sum(entry.file_size for entry in entries) > UNPACKED * _MB or len(entries) > _MOST_PARTS:
        raise Refusal(f"解开后超过 {UNPACKED} MB 或 {_MOST_PARTS} 个部分，不像一份范本。请删去大图片，或重新制作")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refusal("文件被压缩软件加了密码。请去掉密码后再选择")
    names = [entry.filename for entry in entries]
    if len({name.lower() for name in names}) < len(names) or not all(map(_is_plain, names)):
        raise Refusal(_DAMAGED)
    try:
        return {entry.filename: archive.read(entry) for entry in entries}
    except _BROKEN as error:
        raise Refusal(_DAMAGED) from error


def _is_plain(name: str) -> bool:
    return not name.startswith("/") and "\\" not in name and ".." not in PurePosixPath(name).parts


def _is_xml(name: str, kind: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml")) or kind.endswith("xml")


def _content_types(parts: Mapping[str, bytes]) -> dict[str, str]:
    """What every part says it is, lower case."""
    declared = parts.get("[Content_Types].xml")
    if declared is None:
        mimetype = parts.get("mimetype", b"")
        raise Refusal(
            f"这是 ODF 文档。{_SAVE_AS}" if b"opendocument" in mimetype else f"{_NOT_WORD}，不要改压缩包的名字"
        )
    root = parsed(declared)
    usual = {str(one.get("Extension")).lower(): str(one.get("ContentType")) for one in root.iter(f"{_TYPES}Default")}
    own = {str(one.get("PartName")).lower(): str(one.get("ContentType")) for one in root.iter(f"{_TYPES}Override")}
    return {name: own.get(f"/{name.lower()}", usual.get(name.lower().rpartition(".")[2], "")).lower() for name in parts}


def _refuse_other_documents(parts: Mapping[str, bytes], kinds: Mapping[str, str]) -> None:
    said = set(kinds.values())
    if any("macroenabled" in one or "vbaproject" in one for one in said) or any("vbaProject" in name for name in parts):
        raise Refusal(f"{_EMBEDDED['vbaProject']}（.docm）。{_SAVE_AS}，宏会被去掉")
    if any(one.endswith("template.main+xml") and "wordprocessingml" in one for one in said):
        raise Refusal(f"这是 Word 模板（.dotx）。{_SAVE_AS}")
    if any("image/svg" in one for one in said):
        raise Refusal("里面有 SVG 图片，它可以引用别处的内容。请换成 PNG 或 JPEG 图片")
    if MAIN not in said:
        other = any(name.startswith(("xl/", "ppt/")) for name in parts)
        raise Refusal(_NOT_WORD if other else _DAMAGED)


def _refuse_strict(package: Package) -> None:
    main = next(tree for name, tree in package.trees.items() if package.types[name] == MAIN)
    if main.tag != f"{W}document":
        strict = "purl.oclc.org" in str(main.tag)
        raise Refusal(f"这是“Strict Open XML 文档”。{_SAVE_AS}，类型里不要选 Strict" if strict else _DAMAGED)


def _refuse_links(package: Package, name: str) -> None:
    """Refuse what a part is tied to: anything outside the file but a link to click, and anything inside that runs."""
    for link in package.trees[name].iter(_LINKS):
        kind, target = str(link.get("Type")).rpartition("/")[2], str(link.get("Target"))
        if str(link.get("TargetMode")).lower() == "external":
            if kind != "hyperlink" or not _only_clicked(package, name, str(link.get("Id"))):
                remedy = _OUTSIDE.get(kind, "链接着文件以外的内容。请删去链接，改成文件里自己的内容")
                raise Refusal(f"{remedy}（{target[:80]}）")
        elif kind in _EMBEDDED:
            raise Refusal(f"{_EMBEDDED[kind]}，不能用在范本里。请删去它，或改成图片、文字")


def _only_clicked(package: Package, name: str, link: str) -> bool:
    """Whether a link is used by nothing but words or pictures to click: a picture's own address would be loaded."""
    folder, _, file = name.rpartition("_rels/")
    owner = package.trees.get(folder + file.removesuffix(".rels"))
    return owner is not None and all(local(node) in _CLICKED for node in _users(owner, link))


def _users(owner: "_Element", link: str) -> Iterator["_Element"]:
    for node in owner.iter():
        if any(key.startswith(_RELATED) and value == link for key, value in node.attrib.items()):
            yield node
