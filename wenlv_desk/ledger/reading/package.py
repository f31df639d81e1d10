"""The zip package of a workbook: refused before it is unpacked when it is no workbook or a bomb.

Also what calamine cannot say of an xlsx: numbers longer than a float holds, errors, and formulas without a result.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final
from xml.etree import ElementTree

from wenlv_desk.ledger.reading.model import Cell
from wenlv_desk.ledger.reading.refusals import DAMAGED, ENTITIES, Refusal, unpacks_too_large

_MOST_PARTS: Final = 20_000
_PLAUSIBLE_RATIO: Final = 200
_ALWAYS_PLAUSIBLE_MB: Final = 50
_BLOCK: Final = 1 << 20
_MB: Final = 1024 * 1024
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError)


@dataclass(frozen=True, slots=True)
class Package:
    """An opened zip package; `names` maps each part's name, lower case and with "/", to its entry."""

    archive: zipfile.ZipFile
    names: dict[str, zipfile.ZipInfo]

    def read(self, name: str) -> bytes:
        """The whole part, or nothing when it does not exist."""
        return b"".join(self.blocks(name)) if name in self.names else b""

    def blocks(self, name: str) -> Iterator[bytes]:
        """The part, unpacked a megabyte at a time."""
        try:
            with self.archive.open(self.names[name]) as part:
                while block := part.read(_BLOCK):
                    yield block
        except _BROKEN as error:
            raise Refusal(DAMAGED) from error


def open_package(stream: BinaryIO, unpacked_mb: int) -> Package:
    """Open the zip and check its size, encryption and XML prologues. Raises Refusal."""
    try:
        archive = zipfile.ZipFile(stream)
    except _BROKEN as error:
        raise Refusal(DAMAGED) from error
    entries = archive.infolist()
    _check_size(entries, unpacked_mb)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refusal("这是加密的压缩包。请先解压，再选择里面的表格。")
    package = Package(archive, {entry.filename.replace("\\", "/").lower().lstrip("/"): entry for entry in entries})
    for name in package.names:
        if name.endswith((".xml", ".rels")):
            _refuse_entities(next(package.blocks(name), b"")[:4096])
    return package


def _check_size(entries: list[zipfile.ZipInfo], unpacked_mb: int) -> None:
    unpacked = sum(entry.file_size for entry in entries) / _MB
    packed = sum(entry.compress_size for entry in entries) / _MB
    implausible = unpacked > _ALWAYS_PLAUSIBLE_MB and unpacked > packed * _PLAUSIBLE_RATIO
    if unpacked > unpacked_mb or implausible or len(entries) > _MOST_PARTS:
        raise Refusal(unpacks_too_large(unpacked, unpacked_mb))


def _refuse_entities(head: bytes) -> None:
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Refusal(ENTITIES)


def package_format(package: Package) -> str:
    """One of "xlsx", "xlsm", "xlsb", "ods". Raises Refusal for anything else in a zip."""
    names = package.names
    if any(name.endswith("workbook.bin") for name in names):
        return "xlsb"
    if any(name.endswith("vbaproject.bin") for name in names):
        return "xlsm"
    if any(name.endswith("workbook.xml") for name in names):
        return "xlsx"
    if "content.xml" in names and b"opendocument.spreadsheet" in package.read("mimetype"):
        return "ods"
    if any(name.startswith("word/") for name in names):
        raise Refusal("这是 Word 文档，不是表格。请把其中的表格复制到 Excel 后再导入。")
    if "[content_types].xml" in names:
        raise Refusal(DAMAGED)
    raise Refusal("这是压缩包，不是表格。请先解压，再选择里面的表格。")


def sheet_parts(package: Package) -> dict[str, str]:
    """The part of every sheet of an xlsx by the sheet's name; sheets that cannot be traced are left out."""
    book = next((name for name in package.names if name.split("/")[-1] == "workbook.xml"), None)
    if book is None:
        return {}
    folder = book.rpartition("/")[0]
    links = f"{folder}/_rels/workbook.xml.rels".lstrip("/")
    try:
        targets = {
            link.get("Id"): link.get("Target", "") for link in ElementTree.fromstring(package.read(links) or b"<r/>")
        }
        sheets = [node for node in ElementTree.fromstring(package.read(book)).iter() if node.tag.endswith("}sheet")]
    except ElementTree.ParseError:
        return {}
    found = {}
    for sheet in sheets:
        link = next((value for key, value in sheet.items() if key.endswith("}id")), None)
        part = _resolve(folder, targets.get(link, ""))
        if part in package.names:
            found[sheet.get("name", "")] = part
    return found


def _resolve(folder: str, target: str) -> str:
    path = target.replace("\\", "/").lower()
    return path.lstrip("/") if path.startswith("/") or not folder else f"{folder}/{path}"


_LONG_NUMBER: Final = re.compile(rb"v>-?\d{16}")
_CELL: Final = re.compile(rb"<(?:\w+:)?c\s([^>]*[^/])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_VALUE: Final = re.compile(rb"<(?:\w+:)?v>([^<]*)</")
_REFERENCE: Final = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_ERROR: Final = re.compile(rb"""\bt=["']e["']""")
_NO_NUMBER: Final = re.compile(rb"""\bt=["'](?!n["'])""")
_EMPTY_FORMULA: Final = re.compile(rb"/f></|/f><v></|/f><v/>")
_OVERLAP: Final = 64


@dataclass(frozen=True, slots=True)
class Oddities:
    """What calamine leaves out, by (line, column) from 1: exact long numbers and error texts; and empty formulas."""

    cells: dict[tuple[int, int], Cell]
    formulas_without_result: list[str]


def oddities(package: Package, part: str) -> Oddities:
    """Look through the sheet's XML; two passes only where the first finds a sign of something."""
    if not _worth_reading(package, part):
        return Oddities({}, [])
    cells: dict[tuple[int, int], Cell] = {}
    unsolved = []
    for attributes, body in _raw_cells(package, part):
        place = _REFERENCE.search(attributes)
        if place is None:
            continue
        value = _VALUE.search(body)
        text = value[1].decode(errors="replace") if value else ""
        key = int(place[2]), column_number(place[1].decode())
        if _ERROR.search(attributes):
            cells[key] = text or "#错误"
        elif len(text) > 15 and re.fullmatch(r"-?\d{16,25}", text) and not _NO_NUMBER.search(attributes):
            cells[key] = int(text)
        elif not text and re.search(rb"<(?:\w+:)?f\b", body):
            unsolved.append((place[1] + place[2]).decode())
    return Oddities(cells, unsolved)


def _worth_reading(package: Package, part: str) -> bool:
    tail = b""
    for block in package.blocks(part):
        text = tail + block
        if _has_sign(text):
            return True
        tail = block[-_OVERLAP:]
    return False


def _has_sign(text: bytes) -> bool:
    if b't="e"' in text or _LONG_NUMBER.search(text):
        return True
    return b"/f><" in text and bool(_EMPTY_FORMULA.search(text))


def _raw_cells(package: Package, part: str) -> Iterator[tuple[bytes, bytes]]:
    rest = b""
    for block in package.blocks(part):
        text = rest + block
        end = 0
        for match in _CELL.finditer(text):
            end = match.end()
            yield match[1], match[2]
        rest = text[end:][-4 * _BLOCK :]  # a cell holds 32,767 characters at most


def column_number(letters: str) -> int:
    """1 for "A", 27 for "AA"."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
