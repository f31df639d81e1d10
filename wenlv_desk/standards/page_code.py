"""What the QR code on a printed page says (页码二维码), so that a scan of it can be filed: number, page of pages, copy, digest.

    HLFH-2026-0003|2/3|1|a1b2c3d4e5f6

The digest is the beginning of the SHA-256 of whatever the sheets of that number say: a page of another year or of another
wording under the same number is found by it.
"""

import re
from dataclasses import dataclass

DIGEST_DIGITS = 12
LONGEST_NUMBER = 64  # characters

_NUMBER = r"[^|\s](?:[^|\r\n\t]*[^|\s])?"
_SHAPE = re.compile(
    rf"({_NUMBER})\|([1-9]\d{{0,2}})/([1-9]\d{{0,2}})\|([1-9]\d?)\|([0-9a-f]{{{DIGEST_DIGITS}}})", re.ASCII
)


@dataclass(frozen=True, order=True)
class PageCode:
    """One printed page; `page`, `pages` (to 999) and `copy` (to 99) count from 1, `digest` is 12 small hexadecimal digits.

    Raises ValueError for what could not be read back from paper: a number that is empty, over 64 characters or holds `|`,
    a page beyond the last.
    """

    number: str
    page: int
    pages: int
    copy: int
    digest: str

    def __post_init__(self) -> None:
        if _parts(self.text()) != (self.number, self.page, self.pages, self.copy, self.digest):
            raise ValueError(f"not a page's code: {self.text()!r}")

    def text(self) -> str:
        """What is printed."""
        return f"{self.number}|{self.page}/{self.pages}|{self.copy}|{self.digest}"


def read(text: str) -> PageCode | None:
    """The page a code says it is, None for any other text: nothing is trimmed, turned into small letters or guessed."""
    parts = _parts(text)
    return PageCode(*parts) if parts else None


def _parts(text: str) -> tuple[str, int, int, int, str] | None:
    found = _SHAPE.fullmatch(text)
    if found is None:
        return None
    number, digest = found[1], found[5]
    page, pages, copy = int(found[2]), int(found[3]), int(found[4])
    if page > pages or len(number) > LONGEST_NUMBER or not number.isprintable():
        return None
    return number, page, pages, copy, digest
