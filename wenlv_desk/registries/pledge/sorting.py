"""Which page of a scan goes where: filed, doubled, unreadable or foreign, every page in exactly one place. No database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from wenlv_desk.registries.pledge.vocabulary import PageState
from wenlv_desk.scanning.model import ScannedPage
from wenlv_desk.scanning.refusals import BLANK_PAGE, NO_CODE, NOT_OURS
from wenlv_desk.standards.page_code import PageCode

_WITHOUT_CODE = {
    NOT_OURS: PageState.FOREIGN,
    BLANK_PAGE: PageState.BLANK,
}  # the backs of sheets; anything else is looked at


@dataclass(frozen=True)
class Found:
    """A page as it was read: its place in the scan from 1, how far it must be turned to stand upright, its code, or why none was read."""

    place: int
    turned: int
    code: PageCode | None
    said: str = ""


@dataclass(frozen=True)
class Expected:
    """What was given out under a number: pages of one copy, copies, the digest on every page.

    `over` is what became of it where none of its pages are filed any more; `signed` where one copy of it is whole;
    `taken` are the (copy, page) that were filed before.
    """

    pages: int
    copies: int
    digest: str
    over: str = ""
    signed: bool = False
    taken: frozenset[tuple[int, int]] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Sorted:
    """What a page is, and what is said of it; `code` is that of the page it is filed as."""

    found: Found
    state: PageState
    said: str

    @property
    def code(self) -> PageCode | None:
        return self.found.code if self.state is PageState.FILED else None


def found_on(pages: Iterable[ScannedPage]) -> tuple[Found, ...]:
    """What was read, without the thumbnails."""
    return tuple(Found(one.place.index + 1, one.turn, one.code, one.why) for one in pages)


def sort_pages(pages: Iterable[Found], expected: Mapping[str, Expected]) -> list[Sorted]:
    """Sort pages, handed in in any order, into the order of the scan; of two scans of a page the first is filed."""
    taken = {(number, *page) for number, one in expected.items() for page in one.taken}
    made = []
    for found in sorted(pages, key=lambda one: one.place):
        state, said = _judged(found, expected, taken)
        if state is PageState.FILED and found.code is not None:
            taken.add(_place_of(found.code))
        made.append(Sorted(found, state, said))
    return made


def _place_of(code: PageCode) -> tuple[str, int, int]:
    return code.number, code.copy, code.page


def _judged(found: Found, expected: Mapping[str, Expected], taken: set[tuple[str, int, int]]) -> tuple[PageState, str]:
    code = found.code
    if code is None:
        return _WITHOUT_CODE.get(found.said, PageState.UNREADABLE), found.said or NO_CODE
    known = expected.get(code.number)
    if known is None:
        return PageState.FOREIGN, f"{code.number} 不在责任状台账里"
    if why := _mismatch(code, known):
        return PageState.FOREIGN, why
    if _place_of(code) in taken:
        return PageState.DOUBLED, f"{named(*_place_of(code))}已有扫描页"
    if known.signed:
        return PageState.DOUBLED, f"{code.number} 已归档签订，这是第 {code.copy} 份"
    return PageState.FILED, named(*_place_of(code))


def named(number: str, copy: int, page: int) -> str:
    """A page of a pledge in the clerk's words."""
    return f"{number} 第 {copy} 份第 {page} 页"


def _mismatch(code: PageCode, known: Expected) -> str:
    """Why a page is not one of those printed under its number, "" where it is."""
    if code.digest != known.digest:
        return f"{code.number} 的文字与台账不同，可能是别的年度或旧版的纸张"
    if code.pages != known.pages:
        return f"{code.number} 每份 {known.pages} 页，这一页写的是共 {code.pages} 页"
    if code.copy > known.copies:
        return f"{code.number} 只有 {known.copies} 份，没有第 {code.copy} 份"
    return f"{code.number} 已{known.over}，不再归档" if known.over else ""
