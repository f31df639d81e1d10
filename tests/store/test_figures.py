"""Figures counted in an office: today and on any past day, whole and split, with the rows behind them."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.builders import Maker
from tests.complaint.figures import COMPLAINT_FIGURES
from tests.conftest import Clock
from tests.store.acting import act, firm
from tests.throwaway import lay_complaints, open_with_complaints
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.figures import Figure, FigureSet, Ratio
from wenlv_desk.registries.review.campaign import ReviewCampaign
from wenlv_desk.registries.review.case import ReviewCase
from wenlv_desk.registries.review.vocabulary import CaseState, Conclusion, LicenceKind, ReviewMode
from wenlv_desk.store.desk import Clerk, Desk
from wenlv_desk.store.figures import FigureTable, RowsBehind, figures_as_of, read_scope, rows_behind
from wenlv_desk.store.office import Office
from wenlv_desk.store.undo import undo

LONG_AGO, MONDAY, TUESDAY, TODAY = date(2026, 11, 1), date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)


@pytest.fixture
def office(template: Path, tmp_path: Path, clock: Clock) -> Iterator[Office]:
    """An office that keeps complaints beside the program's own registers."""
    shutil.copytree(template, tmp_path / "data")
    lay_complaints(tmp_path / "data")
    opened = open_with_complaints(tmp_path / "data", clock)
    yield opened
    opened.close()


@pytest.fixture
def three(office: Office, maker: Maker, clock: Clock) -> list[int]:
    """On Monday two shops and three complaints; on Tuesday one is answered and one taken off; then it is Wednesday."""
    shops = [maker.record("operator", operator_name=name) for name in ("青屿书店", "新岸书刊社")]
    made = [
        maker.record(
            "complaint", operator_id=shop, complaint_no=f"投{n}", received_on=f"2026-11-{20 + n}", phone="13812348000"
        )
        for n, shop in enumerate((shops[0], shops[0], shops[1]), 1)
    ]
    registry = maker.registry("complaint")
    clock.now = datetime(2026, 11, 24, 17, 0)
    maker.perform("close", registry, made[0], answer="已责令整改")
    maker.perform("void", registry, made[2], why="重复")
    clock.now = datetime(2026, 11, 25, 9, 0)
    return made


def counted(office: Office, clerk: Clerk, day: date | None = None, group: str = "", **scope: Any) -> FigureTable:
    with office.desk(clerk) as desk:
        return figures_as_of(desk, COMPLAINT_FIGURES, scope, day, group)


def texts(table: FigureTable, group: str = "") -> list[str]:
    return [line.counted.text for line in table.lines if line.group == group]


def behind(office: Office, clerk: Clerk, ids: list[int], day: date | None = None) -> RowsBehind:
    with office.desk(clerk) as desk:
        return rows_behind(desk, COMPLAINT_FIGURES, ids, day)


def test_figures_stand_as_they_are_and_as_they_were(office: Office, clerk: Clerk, three: list[int]) -> None:
    assert texts(counted(office, clerk)) == ["2 件", "50.00 %  1/2", "3 天"]
    assert texts(counted(office, clerk, TODAY)) == texts(counted(office, clerk))
    assert texts(counted(office, clerk, TUESDAY)) == ["2 件", "50.00 %  1/2", "2 天"]
    assert texts(counted(office, clerk, MONDAY)) == ["3 件", "0.00 %  0/3", "1 天"]
    assert [counted(office, clerk, day).past for day in (None, TODAY, TUESDAY)] == [False, False, True]
    assert counted(office, clerk, MONDAY).rows == 3


def test_what_was_undone_is_undone_in_the_figures_and_stays_in_those_of_before(
    office: Office, clerk: Clerk, three: list[int]
) -> None:
    for _ in range(2):
        undo(office, clerk)
    assert texts(counted(office, clerk)) == ["3 件", "0.00 %  0/3", "3 天"]
    assert texts(counted(office, clerk, TUESDAY))[:2] == ["2 件", "50.00 %  1/2"]


def test_a_day_says_which_rows_it_counted_and_over_what(office: Office, clerk: Clerk, three: list[int]) -> None:
    rate = counted(office, clerk, TUESDAY).lines[1].counted
    assert (rate.rows, rate.whole) == ((three[0],), (three[0], three[1]))
    told = counted(office, clerk, TUESDAY, state=office.catalogue.registry("complaint").fields["state"].default)
    assert told.said == "状态 待办，截至 2026-11-24"
    assert texts(told)[0] == "1 件"


def test_figures_are_split_by_a_field_and_the_parts_add_up(office: Office, clerk: Clerk, three: list[int]) -> None:
    table = counted(office, clerk, MONDAY, "operator_id")
    assert (table.group, table.groups) == ("被投诉单位", ("合计", "新岸书刊社", "青屿书店"))
    assert [texts(table, group)[0] for group in table.groups] == ["3 件", "1 件", "2 件"]
    by_state = counted(office, clerk, None, "state")
    assert by_state.groups == ("合计", "待办", "办结")
    assert texts(by_state, "办结") == ["1 件", "100.00 %  1/1", "—"]


def test_the_rows_behind_a_figure_are_shown_as_they_stood(office: Office, clerk: Clerk, three: list[int]) -> None:
    then, now = behind(office, clerk, three[:1], MONDAY), behind(office, clerk, three[:1])
    assert then.labels == ("受理编号", "被投诉单位", "投诉事项", "收到日期", "状态", "投诉人电话")
    place = then.names.index("state")
    assert [rows.rows[0][1][place] for rows in (then, now)] == ["待办", "办结"]
    assert then.rows[0][1][-1] == "138****8000"
    assert [row_id for row_id, _ in behind(office, clerk, three, MONDAY).rows] == three
    assert behind(office, clerk, [], MONDAY).rows == ()


def test_a_day_that_cannot_be_counted_is_refused_with_the_days_that_can(
    office: Office, clerk: Clerk, three: list[int]
) -> None:
    with pytest.raises(UserError, match=r"2026-11-26 还没有到（今天是 2026-11-25）.*请改日期"):
        counted(office, clerk, date(2026, 11, 26))
    with pytest.raises(UserError, match=r"流水从 2026-11-23 开始，2026-11-01 还没有任何登记"):
        counted(office, clerk, LONG_AGO)


def test_what_was_entered_afterwards_under_that_day_is_said(
    office: Office, clerk: Clerk, three: list[int], maker: Maker, clock: Clock
) -> None:
    assert counted(office, clerk, MONDAY).notes == ()
    clock.now = datetime(2026, 11, 23, 10, 0)
    maker.record("complaint", received_on="2026-11-20")
    clock.now = datetime(2026, 11, 25, 10, 0)
    table = counted(office, clerk, MONDAY)
    assert texts(table)[0] == "3 件"
    assert table.notes == ("另有 1 步业务记在 2026-11-23 或以前，却是在那以后才录入的，当时还不知道，没有计入",)
    assert texts(counted(office, clerk))[0] == "3 件"


def test_what_the_set_knows_nothing_of_is_refused_with_what_it_knows(
    office: Office, clerk: Clerk, three: list[int]
) -> None:
    with pytest.raises(UserError, match="不能按“投诉事项”划分，可用：被投诉单位、状态"):
        counted(office, clerk, matter="噪声")
    with pytest.raises(UserError, match="不能按“收到日期”划分，可用：被投诉单位、状态"):
        counted(office, clerk, None, "received_on")


def test_a_scope_is_read_as_a_form_reads_it(office: Office, clerk: Clerk, three: list[int]) -> None:
    with office.desk(clerk) as desk:
        read = read_scope(desk, COMPLAINT_FIGURES, {"状态": "办结", "operator_id": "青屿书店"})
        assert texts(figures_as_of(desk, COMPLAINT_FIGURES, read))[0] == "1 件"
        for given, said in (({"状态": "关了"}, "状态：“关了”不在可选范围"), ({"没有": "1"}, "没有“没有”这一项")):
            with pytest.raises(UserError, match=said):
                read_scope(desk, COMPLAINT_FIGURES, given)


# ten thousand cases


CASES = FigureSet(
    name="cases",
    title="年审案件",
    record=ReviewCase,
    figures=(
        Figure(
            "pass_rate",
            "通过率",
            "通过的 ÷ 应审的",
            Ratio(lambda r: r["conclusion"] is Conclusion.PASSED, lambda r: True),
        ),
    ),
    scope=("licence_kind",),
    groups=("township",),
    year="review_year",
)
OUTCOMES = {Conclusion.PASSED: 7186, Conclusion.DEFERRED: 110, Conclusion.FAILED: 82}


def a_season(desk: Desk) -> list[int]:
    """7,378 cases of 2016, none of them decided, and as many of the year before."""
    operator = desk.add(firm())
    made: list[int] = []
    for year in (2015, 2016):
        day = date(year, 3, 1)
        campaign = ReviewCampaign(
            title=f"{year} 年度核验",
            review_year=year,
            licence_kind=LicenceKind.PUBLICATION,
            review_mode=ReviewMode.VERIFICATION,
            period_from=date(year - 1, 1, 1),
            period_to=date(year - 1, 12, 31),
            onsite_from=day,
            onsite_to=day,
        )
        case = {
            "campaign_id": desk.add(campaign).id,
            "review_year": year,
            "licence_kind": LicenceKind.PUBLICATION,
            "review_mode": ReviewMode.VERIFICATION,
            "operator_id": operator.id,
            "licensee_name": "新岸书刊社",
            "licence_no": "1",
            "legal_representative": "王禾",
            "township": "东村街道",
        }
        numbers = range(sum(OUTCOMES.values()))
        made = desk.insert_many(ReviewCase, [case | {"case_no": f"{year}-{number}"} for number in numbers])
    return made


def test_the_known_answer_is_found_as_of_its_day(office: Office, clerk: Clerk, clock: Clock) -> None:
    ids = iter(act(office, a_season).value)
    decided = {next(ids): outcome for outcome, count in OUTCOMES.items() for _ in range(count)}
    clock.now = datetime(2026, 11, 24, 9, 0)
    changes = {one: {"conclusion": outcome, "status": CaseState.CLOSED} for one, outcome in decided.items()}
    act(office, lambda desk: desk.update_many(ReviewCase, changes))
    clock.now = datetime(2026, 11, 25, 9, 0)
    act(office, lambda desk: desk.update_many(ReviewCase, {one: {"conclusion": None} for one in decided}))
    with office.desk(clerk) as desk:
        scope = read_scope(desk, CASES, {"年审年度": "2016"})
        found = [figures_as_of(desk, CASES, scope, day).lines[0].counted.text for day in (MONDAY, TUESDAY, None)]
        split = figures_as_of(desk, CASES, scope, TUESDAY, "township")
    assert found == ["0.00 %  0/7378", "97.40 %  7186/7378", "0.00 %  0/7378"]
    assert split.groups == ("合计", "东村街道")
