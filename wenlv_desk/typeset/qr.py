"""QR codes (GB/T 18284) as drawing operators: the same text gives the same code, error correction M.

Everything in a code but its fixed patterns is linear over GF(2). The common small codes are therefore put together from tables, a
table for every byte at every place, which costs a fifth of what segno takes; segno draws the others, and the fixed patterns.
"""

import re
from functools import cache, lru_cache
from typing import Any

from wenlv_desk.core.errors import UserError

QUIET = 4  # modules of white around the code, as the standard asks
# Versions 1 to 6 at correction M: blocks, bytes of data in each, bytes of correction in each (table 9 of the standard).
_SMALL = {1: (1, 16, 10), 2: (1, 28, 16), 3: (1, 44, 26), 4: (2, 32, 18), 5: (2, 43, 24), 6: (4, 27, 16)}
_HEAD = 2  # bytes of mode, length and end mark around the data
_PADS = (0xEC, 0x11)
_SHORTER = re.compile(r"[0-9A-Z $%*+\-./:]*")  # has a mode of its own
_POLYNOMIAL = 0x11D


@lru_cache(maxsize=64)
def operators(data: str) -> tuple[int, str]:
    """Modules across with the white border, and PDF operators filling the dark ones in a square of that side, y
    upwards.

    Version follows from the length, the mask from the version: trying all eight masks costs four times the rest and
    any mask can be read. Raises UserError when the text does not fit any version (over about 2,300 bytes).
    """
    said = data.encode()
    version = next((v for v, (blocks, each, _) in _SMALL.items() if len(said) <= blocks * each - _HEAD), 0)
    tabled = version and not _SHORTER.fullmatch(data)
    rows = _tables(version).rows(said) if tabled else _rows_of(_drawn(data).matrix)
    side = len(rows) + 2 * QUIET
    chunks, fill = (len(rows) + 7) // 8, -len(rows) % 8
    path = [
        _spans(chunk, at, y)
        for y, row in zip(range(side - QUIET - 1, -1, -1), rows, strict=False)
        for at, chunk in enumerate((row << fill).to_bytes(chunks))
        if chunk
    ]
    return side, "\n".join([*path, "f"])


def _drawn(data: str) -> Any:
    """The code as segno makes it."""
    import segno
    from segno.encoder import DataOverflowError

    mode, encoding = (None, None) if data.isascii() else ("byte", "utf-8")
    try:
        return segno.make_qr(data, error="m", mask=2, mode=mode, encoding=encoding, boost_error=False)
    except DataOverflowError:
        raise UserError(f"二维码内容太长（{len(data.encode())} 字节，最多约 2,300 字节），请缩短后再打印。") from None


def _rows_of(matrix: Any) -> list[int]:
    """Every row as a number, its leftmost module the highest bit."""
    return [int("".join("1" if module else "0" for module in row), 2) for row in matrix]


@lru_cache(maxsize=65_536)
def _spans(chunk: int, at: int, y: int) -> str:
    """The dark ones of the eight modules `at` in a row, the leftmost the highest bit, as rectangles."""
    runs = [run.span() for run in re.finditer("1+", f"{chunk:08b}")]
    return "\n".join(f"{QUIET + 8 * at + left} {y} {right - left} 1 re" for left, right in runs)


class _Tables:
    """What the modules of one version are made of."""

    def __init__(self, version: int) -> None:
        self._side = 17 + 4 * version
        self._blocks, self._data, self._check = _SMALL[version]
        self._division = _division(self._check)
        total = self._blocks * (self._data + self._check)
        order = _order(version)
        self._bits = [[1 << order[8 * at + bit] for bit in range(8)] for at in range(total)]
        self._bytes: list[dict[int, int]] = [{} for _ in range(total)]
        known = "a" * (self._blocks * self._data - _HEAD)
        drawn = sum(row << at * self._side for at, row in enumerate(_rows_of(_drawn(known).matrix)))
        self._fixed = drawn ^ self._placed(known.encode())

    def rows(self, said: bytes) -> list[int]:
        """The rows of the code of a text in bytes."""
        modules, side = self._fixed ^ self._placed(said), self._side
        return [modules >> at * side & (1 << side) - 1 for at in range(side)]

    def _placed(self, said: bytes) -> int:
        """The modules that a text sets, as one number, the first row in its lowest bits."""
        placed = 0
        for byte, known, bits in zip(self._codewords(said), self._bytes, self._bits, strict=True):
            if byte not in known:
                known[byte] = sum(module for bit, module in enumerate(bits) if byte << bit & 0x80)
            placed ^= known[byte]
        return placed

    def _codewords(self, said: bytes) -> list[int]:
        """Data and correction, the blocks taken by turns."""
        size = self._blocks * self._data
        head = (0x4 << 8 | len(said)) << 8 * len(said) | int.from_bytes(said)
        whole = (head << 4).to_bytes(len(said) + _HEAD)
        pads = size - len(whole)
        whole += bytes(_PADS * (pads // 2 + 1))[:pads]
        blocks = [whole[at : at + self._data] for at in range(0, size, self._data)]
        checks = [self._corrected(block) for block in blocks]
        return [byte for part in (blocks, checks) for column in zip(*part, strict=True) for byte in column]

    def _corrected(self, block: bytes) -> bytes:
        """Reed-Solomon: the remainder of the division by the generator."""
        rest, top = 0, 8 * (self._check - 1)
        low = (1 << top) - 1
        for byte in block:
            rest = (rest & low) << 8 ^ self._division[rest >> top ^ byte]
        return rest.to_bytes(self._check)


@cache
def _tables(version: int) -> _Tables:
    return _Tables(version)


def _order(version: int) -> list[int]:
    """The modules that hold data in the order in which they are filled, two columns by two, up and down: row * side + bit from
    the right."""
    side, found, up = 17 + 4 * version, [], True
    for right in [*range(side - 1, 6, -2), 5, 3, 1]:
        for y in range(side - 1, -1, -1) if up else range(side):
            found += [y * side + side - 1 - x for x in (right, right - 1) if not _is_fixed(x, y, side, version)]
        up = not up
    return found


def _is_fixed(x: int, y: int, side: int, version: int) -> bool:
    """Whether a module belongs to a pattern: the three corners with the format beside them, the lines, the small square."""
    corner = (x < 9 and (y < 9 or y >= side - 8)) or (x >= side - 8 and y < 9)
    square = version > 1 and abs(x - (side - 7)) <= 2 and abs(y - (side - 7)) <= 2
    return corner or square or x == 6 or y == 6


def _division(count: int) -> list[int]:
    """For every byte, what it leaves when divided by the generator of `count` bytes of correction."""
    power = [1]
    while len(power) < 255:
        power.append(power[-1] << 1 ^ (_POLYNOMIAL if power[-1] & 0x80 else 0))
    log = {value: at for at, value in enumerate(power)}

    def times(a: int, b: int) -> int:
        return power[(log[a] + log[b]) % 255] if a and b else 0

    generator = [1]
    for root in power[:count]:
        generator = [a ^ times(b, root) for a, b in zip([*generator, 0], [0, *generator], strict=True)]
    return [int.from_bytes(bytes(times(byte, part) for part in generator[1:])) for byte in range(256)]
