"""Every page of a scan goes to exactly one place, and where it goes does not depend on the order it is handed in."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.scanning.sheets import code
from wenlv_desk.registries.pledge.sorting import Expected, Found, Sorted, sort_pages
from wenlv_desk.registries.pledge.vocabulary import PageState
from wenlv_desk.scanning import refusals
from wenlv_desk.standards.page_code import PageCode

PAGES, COPIES = 3, 2
EXPECTED = {code(n).number: Expected(PAGES, COPIES, code(n).digest) for n in range(1, 5)}
FILED, DOUBLED, FOREIGN = PageState.FILED, PageState.DOUBLED, PageState.FOREIGN
UNREADABLE, BLANK = PageState.UNREADABLE, PageState.BLANK


def scanned(*codes: PageCode | str) -> list[Found]:
    """Pages in this order; a text stands for a page without a code of ours and says why."""
    return [
        Found(at, 0, one if isinstance(one, PageCode) else None, one if isinstance(one, str) else "")
        for at, one in enumerate(codes, 1)
    ]


def page(number: int, page: int = 1, copy: int = 1) -> PageCode:
    return code(number, page, PAGES, copy)


def states(found: list[Sorted]) -> list[PageState]:
    return [one.state for one in found]


def test_pages_in_any_order_are_filed_as_what_their_codes_say() -> None:
    codes = (page(2, 2), page(1, 3), page(1, 1), page(1, 1, copy=2))
    found = sort_pages(scanned(*codes), EXPECTED)
    assert [one.code for one in found] == list(codes)
    assert found[1].said == f"{code(1).number} 第 1 份第 3 页"


def test_of_two_scans_of_a_page_the_first_is_filed_and_the_other_listed() -> None:
    found = sort_pages(reversed(scanned(page(1), page(1, 2), page(1), page(1))), EXPECTED)
    assert [(one.found.place, one.state) for one in found] == [(1, FILED), (2, FILED), (3, DOUBLED), (4, DOUBLED)]
    assert found[2].code is None
    assert found[2].said == f"{code(1).number} 第 1 份第 1 页已有扫描页"


def test_a_page_that_was_filed_before_is_doubled_and_so_is_another_copy_of_what_is_signed() -> None:
    before = replace(EXPECTED[code(1).number], taken=frozenset({(1, 2)}))
    signed = replace(EXPECTED[code(2).number], signed=True)
    known = {code(1).number: before, code(2).number: signed}
    found = sort_pages(scanned(page(1, 2), page(1, 1), page(1, 2, copy=2), page(2, 1, copy=2)), known)
    assert states(found) == [DOUBLED, FILED, FILED, DOUBLED]
    assert found[3].said == f"{code(2).number} 已归档签订，这是第 2 份"


def test_foreign_pages_say_what_is_wrong_with_them() -> None:
    over = {code(4).number: replace(EXPECTED[code(4).number], over="解除")}
    last_year = replace(page(1), digest="0" * 12)
    strange = (code(99), last_year, replace(page(2), pages=9), page(3, copy=3), page(4), refusals.NOT_OURS)
    found = sort_pages(scanned(*strange), EXPECTED | over)
    said = ("不在责任状台账里", "可能是别的年度", "每份 3 页", "只有 2 份", "已解除，不再归档", "不是本系统")
    for one, why in zip(found, said, strict=True):
        assert one.state is FOREIGN
        assert why in one.said
        assert one.code is None


def test_what_cannot_be_read_is_listed_with_its_reason() -> None:
    whys = (refusals.NO_CODE, refusals.TWO_PAGES, refusals.DAMAGED_PAGE)
    assert [(one.state, one.said) for one in sort_pages(scanned(*whys), EXPECTED)] == [(UNREADABLE, w) for w in whys]


EVERY = [page(n, at, copy) for n in range(1, 5) for at in range(1, PAGES + 1) for copy in range(1, COPIES + 1)]
OURS = st.sampled_from(EVERY)
STRANGE = st.sampled_from(
    [
        *(code(number, 1, PAGES) for number in range(50, 60)),
        *(replace(one, digest="f" * 12) for one in EVERY),
        *(replace(one, copy=3) for one in EVERY),
        *(replace(one, pages=PAGES + 1) for one in EVERY),
        refusals.NOT_OURS,
    ]
)
UNREAD = st.sampled_from(
    (refusals.NO_CODE, refusals.BLANK_PAGE, refusals.TWO_PAGES, refusals.TWO_WAYS, refusals.DAMAGED_PAGE)
)


@given(st.lists(OURS, unique=True, max_size=24), st.lists(STRANGE, max_size=8), st.lists(UNREAD, max_size=5), st.data())
def test_any_shuffle_sorts_into_the_same(
    ours: list[PageCode], strange: list[PageCode | str], unread: list[str], data: st.DataObject
) -> None:
    again = data.draw(st.lists(st.sampled_from(ours), max_size=8)) if ours else []
    pages = scanned(*data.draw(st.permutations([*ours, *again, *strange, *unread])))
    found = sort_pages(data.draw(st.permutations(pages)), EXPECTED)

    assert [one.found for one in found] == pages
    filed = [one.code for one in found if one.code is not None]
    assert len(filed) == len(set(filed))
    assert set(filed) == set(ours)
    counted = {state: states(found).count(state) for state in (DOUBLED, FOREIGN, UNREADABLE, BLANK)}
    blank = unread.count(refusals.BLANK_PAGE)
    assert counted == {DOUBLED: len(again), FOREIGN: len(strange), UNREADABLE: len(unread) - blank, BLANK: blank}
    first = {one.found.code: one.found.place for one in found if one.state is FILED}
    assert all(first[one.found.code] < one.found.place for one in found if one.state is DOUBLED)
    assert found == sort_pages(pages, EXPECTED)
