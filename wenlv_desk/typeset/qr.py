"""QR codes (GB/T 18284) as drawing operators: the same text gives the same code, error correction M."""

import re
from functools import lru_cache

from wenlv_desk.core.errors import UserError

_DARK = re.compile(b"\x01+")
QUIET = 4  # modules of white around the code, as the standard asks


@lru_cache(maxsize=64)
def operators(data: str) -> tuple[int, str]:
    """Modules across with the white border, and PDF operators filling the dark ones in a square of that side, y
    upwards.

    Version follows from the length, the mask from the version: trying all eight masks costs four times the rest and
    any mask can be read. Raises UserError when the text does not fit any version (over about 2,300 bytes).
    """
    import segno
    from segno.encoder import DataOverflowError

    try:
        code = segno.make_qr(
            data,
            error="m",
            mask=2,
            mode=None if data.isascii() else "byte",
            encoding=_encoding(data),
            boost_error=False,
        )
    except DataOverflowError:
        raise UserError(f"二维码内容太长（{len(data.encode())} 字节，最多约 2,300 字节），请缩短后再打印。") from None
    side = len(code.matrix) + 2 * QUIET
    spans: list[str] = []
    for down, row in enumerate(code.matrix):
        y = side - QUIET - 1 - down
        runs = [run.span() for run in _DARK.finditer(row)]
        spans += [f"{QUIET + start} {y} {end - start} 1 re" for start, end in runs]
    return side, "\n".join([*spans, "f"])


def _encoding(data: str) -> str | None:
    return None if data.isascii() else "utf-8"
