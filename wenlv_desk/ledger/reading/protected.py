"""Workbooks with a password to open (打开密码): recognised and decrypted by msoffcrypto, in memory only."""

import io
import struct
from typing import BinaryIO, Final
from xml.parsers.expat import ExpatError

import msoffcrypto
import olefile
from msoffcrypto.exceptions import (
    DecryptionError,
    FileFormatError,
    InvalidKeyError,
    ParseError,
)

from wenlv_desk.ledger.reading.refusals import DAMAGED, PASSWORD_NEEDED, PASSWORD_WRONG, Refusal

_EXCEL_OWN: Final = "VelvetSweatshop"  # Excel encrypts with this when only writing is protected, and opens it unasked
# Neither library checks what it parses: a damaged file ends in whatever its bytes happen to break.
_BROKEN: Final = (
    DecryptionError,
    FileFormatError,
    ParseError,
    ExpatError,
    OSError,
    struct.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
)


def is_encrypted(stream: BinaryIO) -> bool:
    """Whether the OLE file needs a password. Raises Refusal for an OLE file that holds no workbook at all."""
    stream.seek(0)
    if not olefile.isOleFile(stream):
        stream.seek(0)
        return False  # plain BIFF of Excel 2 to 4: calamine says what it thinks of it
    stream.seek(0)
    try:
        with olefile.OleFileIO(io.BytesIO(stream.read())) as ole:
            names = {"/".join(entry).lower() for entry in ole.listdir()}
            if "encryptedpackage" in names:
                return True
            if "worddocument" in names:
                raise Refusal("这是 Word 文档，不是表格。请把其中的表格复制到 Excel 后再导入。")
            stream_name = next((name for name in ("workbook", "book") if name in names), None)
            return stream_name is not None and _has_filepass(ole.openstream(stream_name).read(4096))
    except _BROKEN as error:
        raise Refusal(DAMAGED) from error


def _has_filepass(head: bytes) -> bool:
    """FILEPASS (0x002F) stands among the first records of an encrypted BIFF stream ([MS-XLS] 2.4.117)."""
    at = 0
    while at + 4 <= len(head):
        record, size = struct.unpack_from("<HH", head, at)
        if record == 0x002F:
            return True
        at += 4 + size
    return False


def decrypted(stream: BinaryIO, password: str | None) -> bytes:
    """The opened workbook. Raises Refusal of kind "password-needed" or "password-wrong"."""
    for candidate in (password, _EXCEL_OWN) if password else (_EXCEL_OWN,):
        opened = _try(stream, candidate)
        if opened is not None:
            return opened
    if password:
        raise Refusal(PASSWORD_WRONG, "password-wrong")
    raise Refusal(PASSWORD_NEEDED, "password-needed")


def _try(stream: BinaryIO, password: str) -> bytes | None:
    stream.seek(0)
    out = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(stream)
        office.load_key(password=password, verify_password=True)
        office.decrypt(out)
    except InvalidKeyError:
        return None
    except _BROKEN as error:
        raise Refusal(DAMAGED) from error
    return out.getvalue()
