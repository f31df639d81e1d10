"""What a file is by its first bytes; the extension is not believed."""

import re
from typing import Final

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_BIFF: Final = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_ORDINARY: Final = re.compile("[\t\n\r -~\u2010-\u203f\u3000-\u303f\u3400-\u9fff\uff00-\uffef\U00020000-\U0003ffff]")
_OTHER: Final = {
    b"%PDF": "这是 PDF 文件，不是表格。请向对方索要 Excel 原件。",
    b"\x89PNG": "这是图片，不是表格。",
    b"\xff\xd8\xff": "这是图片，不是表格。",
    b"GIF8": "这是图片，不是表格。",
    b"Rar!": "这是 RAR 压缩包。请先解压，再选择里面的表格。",
    b"7z\xbc\xaf": "这是 7z 压缩包。请先解压，再选择里面的表格。",
    b"\x1f\x8b": "这是压缩包。请先解压，再选择里面的表格。",
    b"SQLite format 3\x00": "这是数据库文件，不是表格。",
    b"MIME-Version:": "这是网页归档（mht）。请用 Excel 打开后另存为 xlsx 再导入。",
    b"{\\rtf": "这是 RTF 文档，不是表格。请把表格粘贴到 Excel 后再导入。",
}


def other_format(head: bytes) -> str | None:
    """The reason to refuse when the file is plainly something else than a table."""
    return next((reason for magic, reason in _OTHER.items() if head.startswith(magic)), None)


def sniff(head: bytes) -> str:
    """One of "zip", "ole", "xml", "html", "text", "unknown", from the first few kilobytes."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith((OLE, *_OLD_BIFF)):
        return "ole"
    text = markup_text(head)
    if re.search(r"<([\w]+:)?Workbook\b", text):
        return "xml"
    if re.match(r"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|table|head|body|meta|style|div)\b", text, re.I | re.S):
        return "html"
    if text.lstrip().startswith("<?xml"):
        return "html" if re.search(r"<html\b", text, re.I) else "xml"
    return "text" if looks_like_text(head) else "unknown"


def markup_text(head: bytes) -> str:
    """The head as characters, good enough to recognise ASCII mark-up in any encoding."""
    if head.startswith(_UTF16):
        return head[: len(head) & ~1].decode("utf-16", errors="replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def looks_like_text(head: bytes) -> bool:
    """No control characters but those of text; UTF-16 text counts, with a byte order mark or without."""
    if head.startswith(_UTF16) or utf16_without_mark(head):
        return True
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head)


def utf16_without_mark(head: bytes) -> str | None:
    """The UTF-16 codec when the bytes, zeros among them, read as plain Chinese or Latin text that way, else None."""
    if b"\x00" not in head:
        return None
    for codec in ("utf-16-le", "utf-16-be"):
        text = head[: len(head) & ~1].decode(codec, errors="replace")[:-1]
        if text and len(_ORDINARY.findall(text)) > 0.95 * len(text):
            return codec
    return None


def is_lock_file(name: str, size: int, head: bytes) -> bool:
    """Excel's and WPS's lock files by name, or by content: 165 bytes that begin with the length of a user's name."""
    if head.startswith((b"PK", OLE[:2])):
        return False
    return name.startswith(("~$", ".~")) or (size == 165 and head[0] <= 54 and head[0] not in b"\t\r\n ")
