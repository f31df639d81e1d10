"""当前状态 follows from the day: nobody ever sets it, so it is right on every day and lists filter by it."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import Maker
from tests.conftest import Clock, Perform
from tests.registries.licences import BOTH, issued, standing
from wenlv_desk.registries.licence.vocabulary import Standing
from wenlv_desk.store.office import Office
from wenlv_desk.store.query import Listing, ListQuery

TODAY = date(2026, 11, 23)
both = pytest.mark.parametrize("register", BOTH)


@both
@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (-1, "逾期未延续"),
        (0, "今天到期"),
        (1, "1 天后到期"),
        (20, "20 天后到期"),
        (30, "30 天后到期"),
        (31, "31 天后到期"),
        (45, "45 天后到期"),
        (80, "80 天后到期"),
        (90, "90 天后到期"),
        (91, "有效"),
    ],
)
def test_a_licence_in_force_says_how_long(office: Office, maker: Maker, register: str, days: int, shown: str) -> None:
    licence = issued(maker, register, valid_to=TODAY + timedelta(days))
    assert standing(office, register, licence) == shown


@both
def test_a_licence_without_end_is_long_term_for_ever(office: Office, maker: Maker, register: str, clock: Clock) -> None:
    licence = issued(maker, register, valid_to=None)
    clock.now = datetime(2099, 1, 1)
    assert standing(office, register, licence) == "长期"


@both
@pytest.mark.parametrize("state", ["停业整顿", "注销", "吊销", "撤销", "草稿"])
def test_another_state_is_shown_as_it_is_even_after_the_end(
    office: Office, maker: Maker, register: str, state: str
) -> None:
    licence = issued(maker, register, valid_to=date(2023, 1, 1), status=state)
    assert standing(office, register, licence) == state


@both
def test_a_renewal_applied_for_in_time_is_never_shown_as_lapsed(
    office: Office, maker: Maker, perform: Perform, clock: Clock, register: str
) -> None:
    licence = issued(maker, register, valid_to=date(2026, 12, 23))
    perform("apply_renewal", register, licence, applied_on="2026-11-23")
    assert standing(office, register, licence) == "30 天后到期"
    clock.now = datetime(2026, 12, 24, 9)
    assert standing(office, register, licence) == "视为准予延续—待确认"
    clock.now = datetime(2030, 1, 1, 9)
    assert standing(office, register, licence) == "视为准予延续—待确认"


@both
def test_a_renewal_applied_for_too_late_does_not_count_as_granted(
    office: Office, maker: Maker, perform: Perform, clock: Clock, register: str
) -> None:
    licence = issued(maker, register, valid_to=date(2026, 12, 22))
    done = perform("apply_renewal", register, licence, applied_on="2026-11-23")
    assert "只有 29 天，不足 30 天" in done.notes[0]
    clock.now = datetime(2026, 12, 23, 9)
    assert standing(office, register, licence) == "逾期未延续"


@both
def test_a_longer_notice_of_the_settings_reminds_and_takes_nothing_from_the_law(
    office: Office, maker: Maker, perform: Perform, clock: Clock, register: str
) -> None:
    perform("set_up", "bureau_settings", bureau_name="某某市文旅局", renewal_days="60")
    licence = issued(maker, register, valid_to=date(2027, 1, 1))
    (note,) = perform("apply_renewal", register, licence, applied_on="2026-11-23").notes
    assert note.endswith("距到期只有 39 天，不足 60 天")
    clock.now = datetime(2027, 1, 2, 9)
    assert standing(office, register, licence) == "视为准予延续—待确认"


def test_lists_filter_and_count_by_the_standing(office: Office, maker: Maker) -> None:
    soon = issued(maker, "publication_licence", valid_to=TODAY + timedelta(20))
    gone = issued(maker, "publication_licence", valid_to=TODAY - timedelta(20))
    issued(maker, "publication_licence")
    registry = maker.registry("publication_licence")
    with office.desk(maker.clerk) as desk:
        wanted = ListQuery(where={"standing": (Standing.DUE_30.value, Standing.LAPSED.value)})
        listing = Listing(desk.session, office.catalogue, registry, wanted, desk.today)
        assert list(listing.ids()) == [soon, gone]
        assert [row.tones["standing"] for row in listing.top(0, 9)] == ["amber", "red"]


def test_a_list_sorts_by_the_days_left(office: Office, maker: Maker) -> None:
    ids = [issued(maker, "publication_licence", valid_to=TODAY + timedelta(days)) for days in (80, -3, 20)]
    registry = maker.registry("publication_licence")
    with office.desk(maker.clerk) as desk:
        query = ListQuery(sort=(("days_left", False),))
        listing = Listing(desk.session, office.catalogue, registry, query, desk.today, names=("days_left",))
        assert [(row.id, row.values["days_left"]) for row in listing.top(0, 9)] == [
            (ids[1], -3),
            (ids[2], 20),
            (ids[0], 80),
        ]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.integers(-400, 400), later=st.integers(0, 400))
def test_the_standing_on_any_day_is_what_counting_by_hand_says(
    office: Office, maker: Maker, clock: Clock, days: int, later: int
) -> None:
    clock.now = datetime(2026, 11, 23, 9)
    licence = issued(maker, "printing_licence", valid_to=TODAY + timedelta(days), first_issue_date=None)
    clock.now = datetime(2026, 11, 23, 9) + timedelta(later)
    left = days - later
    if left < 0:
        expected = "逾期未延续"
    elif left <= 90:
        expected = f"{left} 天后到期" if left else "今天到期"
    else:
        expected = "有效"
    assert standing(office, "printing_licence", licence) == expected
