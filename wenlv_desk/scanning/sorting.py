"""Which page goes where: filed, doubled, unreadable or foreign, every page of a source in exactly one place."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from wenlv_desk.scanning.model import ScannedPage
from wenlv_desk.scanning.refusals import NOT_OURS
from wenlv_desk.standards.page_code import PageCode


@dataclass(frozen=True)
class Expected:
    """What was printed under a number: pages of one copy, copies, the digest on every page."""

    pages: int
    copies: int
    digest: str


@dataclass(frozen=True)
class Filed:
    """One copy of one number: its pages in order and which are missing."""

    number: str
    copy: int
    pages: tuple[ScannedPage, ...]
    missing: tuple[int, ...]

    @property
    def complete(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class Doubled:
    """A page that was there already; `kept` is the one filed, the first in the source."""

    page: ScannedPage
    kept: ScannedPage


@dataclass(frozen=True)
class Foreign:
    """A page with a code that is not expected here, and why in Chinese."""

    page: ScannedPage
    why: str


@dataclass(frozen=True)
class Sorted:
    """Copies by number and copy; the others in the order of the source."""

    filed: tuple[Filed, ...]
    doubled: tuple[Doubled, ...]
    unreadable: tuple[ScannedPage, ...]
    foreign: tuple[Foreign, ...]

    def copies_of(self, number: str) -> tuple[Filed, ...]:
        """The copies filed of one number."""
        return tuple(one for one in self.filed if one.number == number)


Known = Mapping[str, Expected] | Callable[[str], Expected | None]


def sort_pages(pages: Iterable[ScannedPage], expected: Known) -> Sorted:
    """Sort pages, handed in in any order, by what they say and what is expected under their number."""
    known = _remembered(expected.get if isinstance(expected, Mapping) else expected)
    kept: dict[tuple[str, int], dict[int, ScannedPage]] = {}
    doubled: list[Doubled] = []
    unreadable: list[ScannedPage] = []
    foreign: list[Foreign] = []
    for page in sorted(pages, key=lambda one: one.place.index):
        code = page.code
        if code is None and page.why != NOT_OURS:
            unreadable.append(page)
        elif code is None or (why := _mismatch(code, known(code.number))):
            foreign.append(Foreign(page, why if code else NOT_OURS))
        else:
            copy = kept.setdefault((code.number, code.copy), {})
            if copy.setdefault(code.page, page) is not page:
                doubled.append(Doubled(page, copy[code.page]))
    filed = tuple(_filed(*copy, found) for copy, found in sorted(kept.items()))
    return Sorted(filed, tuple(doubled), tuple(unreadable), tuple(foreign))


def _filed(number: str, copy: int, found: dict[int, ScannedPage]) -> Filed:
    ordered = tuple(page for _, page in sorted(found.items()))
    pages = ordered[0].code.pages if ordered[0].code else 0
    return Filed(number, copy, ordered, tuple(page for page in range(1, pages + 1) if page not in found))


def _mismatch(code: PageCode, expected: Expected | None) -> str:
    """Why a page is not one of those printed under its number, "" where it is."""
    if expected is None:
        return f"编号“{code.number}”没有登记，或不在这次应归档的范围内"
    if code.digest != expected.digest:
        return f"“{code.number}”的校验码与登记的不同：是另一年度、另一版本或作废前打印的"
    if code.pages != expected.pages:
        return f"“{code.number}”应有 {expected.pages} 页，这一页写的是共 {code.pages} 页"
    if code.copy > expected.copies:
        return f"“{code.number}”只印了 {expected.copies} 份，这一页写的是第 {code.copy} 份"
    return ""


def _remembered(ask: Callable[[str], Expected | None]) -> Callable[[str], Expected | None]:
    """Ask once a number."""
    answers: dict[str, Expected | None] = {}

    def known(number: str) -> Expected | None:
        if number not in answers:
            answers[number] = ask(number)
        return answers[number]

    return known
