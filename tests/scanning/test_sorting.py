"""Every page of a scan goes to exactly one place, and where it goes does not depend on the order it was scanned in."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.scanning.sheets import code
from wenlv_desk.scanning import Expected, Place, ScannedPage, Sorted, SourceFile, refusals, sort_pages
from wenlv_desk.standards.page_code import PageCode

FILE = SourceFile(Path("扫描.pdf"), "pdf", 1000)
PAGES, COPIES = 3, 2
EXPECTED = {code(n).number: Expected(PAGES, COPIES, code(n).digest) for n in range(1, 5)}


def scanned(*codes: PageCode | str) -> list[ScannedPage]:
    """Pages in this order; a text stands for a page without a code of ours and says why."""
    return [
        ScannedPage(
            Place(FILE, at, at),
            texts=() if one in ("", refusals.NO_CODE) else (str(one),),
            code=one if isinstance(one, PageCode) else None,
            why=one if isinstance(one, str) else "",
        )
        for at, one in enumerate(codes)
    ]


def page(number: int, page: int = 1, copy: int = 1) -> PageCode:
    return code(number, page, PAGES, copy)


def everything(found: Sorted) -> list[int]:
    """The index of every page, wherever it went."""
    return sorted(
        one.place.index
        for one in (
            *(page for filed in found.filed for page in filed.pages),
            *(doubled.page for doubled in found.doubled),
            *found.unreadable,
            *(foreign.page for foreign in found.foreign),
        )
    )


def test_pages_are_put_in_order_by_number_and_copy() -> None:
    found = sort_pages(
        scanned(page(2, 2), page(1, 3), page(1, 1), page(2, 1), page(1, 2), page(1, 1, copy=2)), EXPECTED
    )
    assert [(one.number[-1], one.copy, [page.place.index for page in one.pages]) for one in found.filed] == [
        ("1", 1, [2, 4, 1]),
        ("1", 2, [5]),
        ("2", 1, [3, 0]),
    ]
    assert [one.missing for one in found.filed] == [(), (2, 3), (3,)]
    assert [one.complete for one in found.filed] == [True, False, False]
    assert [one.copy for one in found.copies_of(code(1).number)] == [1, 2]


def test_of_two_scans_of_a_page_the_first_is_kept_and_the_other_listed() -> None:
    found = sort_pages(reversed(scanned(page(1), page(1, 2), page(1), page(1))), EXPECTED)
    assert [one.place.index for one in found.filed[0].pages] == [0, 1]
    assert [(one.page.place.index, one.kept.place.index) for one in found.doubled] == [(2, 0), (3, 0)]


def test_foreign_pages_say_what_is_wrong_with_them() -> None:
    last_year = replace(page(1), digest="0" * 12)
    strange = scanned(code(99), last_year, replace(page(2), pages=9), page(3, copy=3), refusals.NOT_OURS)
    found = sort_pages(strange, EXPECTED.get)
    assert [one.page.place.index for one in found.foreign] == [0, 1, 2, 3, 4]
    for foreign, said in zip(
        found.foreign, ("没有登记", "另一年度", "应有 3 页", "只印了 2 份", "不是本系统"), strict=True
    ):
        assert said in foreign.why
    assert (found.filed, found.doubled, found.unreadable) == ((), (), ())


def test_what_cannot_be_read_is_listed_with_its_reason() -> None:
    found = sort_pages(scanned(refusals.NO_CODE, refusals.TWO_PAGES, refusals.DAMAGED_PAGE), EXPECTED)
    assert [one.why for one in found.unreadable] == [refusals.NO_CODE, refusals.TWO_PAGES, refusals.DAMAGED_PAGE]


def test_a_number_is_asked_for_once() -> None:
    asked: list[str] = []
    sort_pages(
        scanned(page(1), page(1, 2), code(99), code(99)), lambda number: asked.append(number) or EXPECTED.get(number)
    )
    assert asked == [code(1).number, code(99).number]


OURS = st.builds(page, st.integers(1, 4), st.integers(1, PAGES), st.integers(1, COPIES))
STRANGE = st.one_of(
    st.builds(lambda number, at: code(number, at, PAGES), st.integers(50, 60), st.integers(1, PAGES)),
    st.builds(lambda one: replace(one, digest="f" * 12), OURS),
    st.builds(lambda one: replace(one, copy=3), OURS),
    st.builds(lambda one: replace(one, pages=PAGES + 1), OURS),
    st.just(refusals.NOT_OURS),
)
UNREAD = st.sampled_from(
    (refusals.NO_CODE, refusals.BLANK_PAGE, refusals.TWO_PAGES, refusals.TWO_WAYS, refusals.DAMAGED_PAGE)
)


@given(st.lists(OURS, unique=True, max_size=24), st.lists(STRANGE, max_size=8), st.lists(UNREAD, max_size=5), st.data())
def test_any_shuffle_sorts_into_the_same(
    ours: list[PageCode], strange: list[PageCode | str], unread: list[str], data: st.DataObject
) -> None:
    again = data.draw(st.lists(st.sampled_from(ours), max_size=8)) if ours else []
    order = data.draw(st.permutations([*ours, *again, *strange, *unread]))
    pages = scanned(*order)
    found = sort_pages(data.draw(st.permutations(pages)), EXPECTED)

    assert everything(found) == list(range(len(pages)))
    filed = {(one.number, one.copy): [page.code and page.code.page for page in one.pages] for one in found.filed}
    copies = sorted({(one.number, one.copy) for one in ours})
    assert list(filed) == copies
    for number, copy in copies:
        here = sorted(one.page for one in ours if (one.number, one.copy) == (number, copy))
        assert filed[number, copy] == here
    for one in found.filed:
        assert sorted([*one.missing, *filed[one.number, one.copy]]) == [1, 2, 3]
    assert len(found.doubled) == len(again)
    assert all(one.page.code == one.kept.code and one.kept.place.index < one.page.place.index for one in found.doubled)
    assert len(found.foreign) == len(strange)
    assert len(found.unreadable) == len(unread)
    assert found == sort_pages(pages, EXPECTED)
