"""放假安排: a year's table imported whole or typed in and confirmed, dates counted anew, one undo, and files that are none."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.builders import Maker, dump
from tests.conftest import Clock, Perform
from tests.reviews import case_in
from tests.shared_data import DATA, needs_shared
from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.calendar.days import calendar_of, missing_years
from wenlv_desk.registries.calendar.records import HOLIDAYS
from wenlv_desk.registries.review.vocabulary import CaseState
from wenlv_desk.standards.working_days import Calendar, counted, shipped_calendar
from wenlv_desk.store.check import check
from wenlv_desk.store.desk import Clerk, Desk
from wenlv_desk.store.office import Office
from wenlv_desk.store.undo import undo
from wenlv_desk.store.waiting import open_items_of

FESTIVALS = {
    "元旦": ("01-01", "01-02", "01-03"),
    "春节": ("02-05", "02-06", "02-07", "02-08", "02-09", "02-10", "02-11"),
    "劳动节": ("05-01", "05-02", "05-03"),
    "国庆节": ("10-01", "10-02", "10-03", "10-04", "10-05"),
}
OFF = [{"name": name, "date": f"2027-{day}", "isOffDay": True} for name, days in FESTIVALS.items() for day in days]
TABLE = {"year": 2027, "papers": [], "days": [*OFF, {"name": "春节", "date": "2027-02-14", "isOffDay": False}]}


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    def to_file(content: object = None, name: str = "2027.json", **more: object) -> str:
        path = tmp_path / name
        told = {**TABLE, **more} if content is None else content
        path.write_text(told if isinstance(told, str) else json.dumps(told, ensure_ascii=False), encoding="utf-8")
        return str(path)

    return to_file


def calendar(office: Office, clerk: Clerk) -> Calendar:
    with office.desk(clerk) as desk:
        return calendar_of(desk)


def type_in(perform: Perform, days: list[dict[str, Any]], year: str = "2027") -> int:
    """A year entered day by day, as a clerk without the file would."""
    owner = int(perform("create", "holiday_year", year=year).value)
    for one in days:
        kind = "放假" if one["isOffDay"] else "调休上班"
        perform("create", "holiday", holiday_year_id=owner, day=one["date"], kind=kind, name=one["name"])
    return owner


def test_until_a_table_comes_the_desk_counts_by_what_was_shipped(office: Office, clerk: Clerk) -> None:
    assert calendar(office, clerk) == shipped_calendar()
    assert not calendar(office, clerk).knows(2027)


def test_a_table_is_imported_whole_and_one_undo_takes_it_back(
    office: Office, clerk: Clerk, perform: Perform, write: Callable[..., str]
) -> None:
    before = dump(office)
    done = perform("import_table", "holiday_year", path=write(papers=["国办发明电〔2026〕9号"]))
    assert done.title == "导入放假安排 2027"
    assert done.notes == ("2027 年放假 18 天、调休上班 1 天；新登记 19 天，更正 0 天；没有要改动的期限",)
    known = calendar(office, clerk)
    assert known.knows(2027)
    assert counted(known, date(2027, 2, 4), 5).sentence == (
        "自 2027-02-04（星期四）次日起第 5 个工作日，即 2027-02-17（星期三）；"
        "跳过双休日、2月5日至11日春节放假；2月14日（星期日）调休上班，计入"
    )
    (year,) = dump(office)["holiday_year"].values()
    assert (year["document"], year["source"], year["complete"]) == ("国办发明电〔2026〕9号", "2027.json", True)
    undo(office, clerk, done.entry_id)
    assert dump(office) == before
    assert calendar(office, clerk) == shipped_calendar()
    assert check(office) == []


def test_a_year_that_is_complete_is_replaced_only_with_a_reason(
    office: Office, perform: Perform, write: Callable[..., str]
) -> None:
    perform("import_table", "holiday_year", path=write())
    before = dump(office)
    with pytest.raises(
        UserError, match=r"2027 年的放假安排已经录全（来源：2027\.json）。确要照这个文件导入，请写明理由"
    ):
        perform("import_table", "holiday_year", path=write())
    assert dump(office) == before
    amended = [one for one in OFF if one["date"] != "2027-01-03"]
    amended += [{"name": "春节", "date": "2027-02-14", "isOffDay": True}]
    done = perform("import_table", "holiday_year", reason="通知有更正", path=write(days=amended))
    said, left = done.notes
    assert said.startswith("2027 年放假 18 天、调休上班 0 天；新登记 0 天，更正 1 天；")
    assert "原已登记的仍然有效：2027-01-03 元旦放假；" in left


def test_a_shipped_year_wants_a_reason_and_says_what_stays(perform: Perform, write: Callable[..., str]) -> None:
    days = [{"name": "", "date": f"2026-{day}", "isOffDay": True} for day in ("01-01", "05-01", "05-02")]
    with pytest.raises(
        UserError, match=r"2026 年的放假安排程序自带.*10月1日、10月2日、10月3日没有列为放假.*只列了 3 天"
    ):
        perform("import_table", "holiday_year", path=write(year=2026, days=days))
    done = perform("import_table", "holiday_year", reason="试", path=write(year=2026, days=days))
    (left,) = [note for note in done.notes if "程序自带的仍然有效" in note]
    assert "2026-02-14上班、2026-02-16放假" in left
    assert "2026-02-15" not in left, "a Sunday is off whatever the file says"


def test_days_typed_in_count_at_once_and_are_confirmed_when_they_are_all(
    office: Office, clerk: Clerk, perform: Perform
) -> None:
    year = type_in(perform, OFF[:3])
    assert not calendar(office, clerk).is_working_day(date(2027, 1, 1))
    assert counted(calendar(office, clerk), date(2027, 3, 1), 1).deadline.missing_years == (2027,)
    with pytest.raises(UserError, match=r"5月1日.*没有列为放假；2027 年只列了 3 天放假，法定节假日有 13 天。请补录"):
        perform("confirm_year", "holiday_year", year)
    for one in OFF[3:]:
        perform("create", "holiday", holiday_year_id=year, day=one["date"], kind="放假", name=one["name"])
    done = perform("confirm_year", "holiday_year", year)
    assert done.notes == ("没有要改动的期限",)
    assert calendar(office, clerk).knows(2027)
    with pytest.raises(UserError, match="已经确认过；改了日子请办“重算期限”"):
        perform("confirm_year", "holiday_year", year)
    undo(office, clerk, done.entry_id)
    assert not calendar(office, clerk).knows(2027)


def test_what_is_off_the_lists_does_not_count(office: Office, clerk: Clerk, perform: Perform) -> None:
    year = type_in(perform, OFF)
    perform("confirm_year", "holiday_year", year)
    perform("void", "holiday", 1, why="录错")
    assert calendar(office, clerk).is_working_day(date(2027, 1, 1))
    perform("void", "holiday_year", year, why="录错")
    assert calendar(office, clerk) == shipped_calendar()


def test_a_typhoon_is_added_to_a_shipped_year(office: Office, clerk: Clerk, perform: Perform) -> None:
    year = perform("create", "holiday_year", year="2026").value
    perform("create", "holiday", holiday_year_id=year, day="2026-08-03", kind="放假", name="台风")
    assert "8月3日台风放假" in counted(calendar(office, clerk), date(2026, 7, 31), 1).sentence
    assert calendar(office, clerk).is_working_day(date(2026, 10, 10)), "what was shipped holds beside it"
    with pytest.raises(UserError, match="程序自带，不用确认；另登记了日子请办“重算期限”"):
        perform("confirm_year", "holiday_year", year)
    assert perform("recount", "holiday_year", year).notes == ("没有要改动的期限",)


def test_a_day_is_entered_once_by_its_own_year(perform: Perform) -> None:
    year = type_in(perform, OFF[:1])
    given = {"holiday_year_id": year, "day": "2027-01-01", "kind": "放假"}
    with pytest.raises(UserError, match="2027-01-01 元旦放假"):
        perform("create", "holiday", **given)
    with pytest.raises(UserError, match="“2027-01-01 元旦放假”已经登记，请打开它修改"):
        perform("create", "holiday", reason="确是另一天", **given)
    with pytest.raises(UserError, match="2029-01-01 与所属年份 2027 相差一年以上"):
        perform("create", "holiday", **{**given, "day": "2029-01-01"})
    perform("create", "holiday", **{**given, "day": "2026-12-31"})
    with pytest.raises(UserError, match="“27”不是年份，请写四位数字"):
        perform("create", "holiday_year", year="27")


def test_a_weekend_marked_off_is_only_remarked(office: Office, clerk: Clerk, perform: Perform) -> None:
    year = perform("create", "holiday_year", year="2027").value
    with office.desk(clerk) as desk:
        values = {"holiday_year_id": year, "day": date(2027, 2, 6), "kind": "OFF"}
        said = [p.message for rule in HOLIDAYS.rules for p in rule(values, desk.rule_context)]
    assert said == ["2027-02-06 本来就休息，请核对日期"]
    perform("create", "holiday", holiday_year_id=year, day="2027-02-06", kind="放假")


def test_the_year_to_come_is_missed_in_the_last_quarter_only(
    office: Office, clerk: Clerk, clock: Clock, perform: Perform, write: Callable[..., str]
) -> None:
    def missed(now: date) -> tuple[int, ...]:
        clock.now = clock.now.replace(now.year, now.month, now.day)
        with office.desk(clerk) as desk:
            return missing_years(desk)

    assert missed(date(2026, 9, 30)) == ()
    assert missed(date(2026, 10, 1)) == (2027,)
    assert missed(date(2027, 2, 1)) == (2027,)
    perform("create", "holiday_year", year="2026")
    with office.desk(clerk) as desk:
        registry = office.catalogue.registry("holiday_year")
        (item,) = open_items_of(desk, registry, desk.get(registry.record, 1))
        assert item.text == "未导入 2027 年放假安排，按周一至周五估算。国务院办公厅公布后请“导入放假安排”"
    perform("import_table", "holiday_year", path=write())
    assert missed(date(2027, 2, 1)) == ()


def test_every_register_that_keeps_dates_counts_them_anew(
    office: Office, perform: Perform, write: Callable[..., str]
) -> None:
    asked: list[bool] = []

    def counting(desk: Desk) -> int:
        asked.append(calendar_of(desk).knows(2027))
        return 12

    operators = office.catalogue.registry("operator")
    known = {**office.catalogue.registries, "operator": replace(operators, recount=counting)}
    office.catalogue = replace(office.catalogue, registries=known)
    done = perform("import_table", "holiday_year", path=write())
    assert any("已按现行安排重算期限：经营单位 12 家" in note for note in done.notes)
    perform("recount", "holiday_year", 1)
    assert asked == [True, True], "the calendar is the new one by the time dates are counted"


def test_the_limits_of_open_reviews_follow_a_table_that_came_and_one_undo_takes_both_back(
    office: Office, clerk: Clerk, clock: Clock, maker: Maker, perform: Perform, write: Callable[..., str]
) -> None:
    clock.now = datetime(2026, 12, 24, 9, 0)
    case = case_in(maker, CaseState.ACCEPTED, onsite_to=date(2027, 1, 31), legal_days=20)
    before = dump(office)
    assert (before["review_case"][case]["legal_due_on"], before["review_case"][case]["estimated"]) == (
        "2027-01-21",
        True,
    )
    done = perform("import_table", "holiday_year", path=write())
    assert "；已按现行安排重算期限：年审案件 1 件" in done.notes[0]
    after = dump(office)["review_case"][case]
    assert (after["legal_due_on"], after["estimated"]) == ("2027-01-22", False)
    undo(office, clerk, done.entry_id)
    assert dump(office) == before


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "不是 JSON 文件"),
        ("[" * 100_000, "不是 JSON 文件"),
        ("[]", "结构不对"),
        ({"year": 2027, "days": []}, "2027 年还没有一天安排"),
        ({"year": 1066, "days": [{"date": "1066-10-14", "isOffDay": True}]}, "“1066”不是年份"),
        ({"year": 2027, "days": [{"date": "2027-01-01"}]}, "格式不对"),
        ({"year": 2027, "days": [{"date": "2029-01-01", "isOffDay": True}]}, "却含有 2029-01-01"),
        ({"year": 2027, "days": [{"date": "2027-01-01", "isOffDay": True, "name": "元" * 33}]}, "超过 32 个字"),
        ({"year": 2027, "days": [{"date": "2027-01-01", "isOffDay": True, "name": "元\u0001旦"}]}, "控制字符"),
        ({"year": 2027, "papers": ["\u0001"], "days": OFF}, "依据文件（papers）含有控制字符"),
        (" " * (1024 * 1024 + 1), "超过 1 MB"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_chinese_and_nothing_is_written(
    office: Office, perform: Perform, write: Callable[..., str], content: object, says: str
) -> None:
    before = dump(office)
    with pytest.raises(UserError, match=says) as refused:
        perform("import_table", "holiday_year", path=write(content))
    assert "没有导入“2027.json”" in refused.value.message
    assert dump(office) == before


def test_a_file_that_cannot_be_read_is_named(perform: Perform, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"读不了文件“2027\.json”（文件或文件夹不存在）"):
        perform("import_table", "holiday_year", path=str(tmp_path / "2027.json"))
    with pytest.raises(UserError, match="读不了文件"):
        perform("import_table", "holiday_year", path=str(tmp_path))


@needs_shared
def test_a_published_file_gives_the_calendar_that_was_shipped(office: Office, clerk: Clerk, perform: Perform) -> None:
    path = DATA / "calendar" / "holiday-cn_2026.json"
    perform("import_table", "holiday_year", reason="核对", path=str(path))
    known = calendar(office, clerk)
    assert known.off == shipped_calendar().off
    assert known.names[date(2026, 4, 5)] == "清明节"
