"""The characters of a text file whose encoding nobody declares: UTF-8, UTF-16, or else GBK/GB18030."""

import codecs
from typing import Final

from wenlv_desk.ledger.reading.refusals import NOT_UTF8_OR_GBK, Refusal
from wenlv_desk.ledger.reading.sniff import utf16_without_mark
from wenlv_desk.standards import gb18030

_SAMPLE: Final = 8192
_BLOCK: Final = 1 << 20


def decode(data: bytes) -> str:
    """The text without its byte order mark. UTF-8 comes first: GB18030 accepts much that it is not. Raises Refusal."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(data[2:], "utf-16-le" if data[0] == 0xFF else "utf-16-be")
    if data.startswith(b"\xef\xbb\xbf"):
        return _strict(data[3:], "utf-8")
    if codec := utf16_without_mark(data[:_SAMPLE]):
        return _strict(data, codec)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _gb18030(data)


def utf8_bytes(data: bytes) -> bytes:
    """The same text in UTF-8 without mark; what is UTF-8 already is not copied into characters and back."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and _is_utf8(data):
        return data.removeprefix(b"\xef\xbb\xbf")
    return decode(data).encode("utf-8", "replace")


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _BLOCK):
            decoder.decode(data[start : start + _BLOCK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return b"\x00" not in data[:_SAMPLE]


def _strict(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise Refusal(NOT_UTF8_OR_GBK) from error


def _gb18030(data: bytes) -> str:
    try:
        return gb18030.decode(data)
    except UnicodeDecodeError as error:
        raise Refusal(NOT_UTF8_OR_GBK) from error
