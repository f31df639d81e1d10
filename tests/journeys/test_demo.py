"""The demonstration bureau has what a clerk must be shown, on whatever day it is made."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.shelling import TODAY, CommandLine, bureau_in
from wenlv_desk.standards import credit_code

LICENCES = ("publication_licence", "printing_licence")


def rows(desk: CommandLine, register: str, *words: str) -> list[dict[str, Any]]:
    return list(desk("list", register, "--limit", 0, *words)["rows"])


def cards(desk: CommandLine, register: str) -> list[dict[str, Any]]:
    return [desk("show", register, row["id"]) for row in rows(desk, register)]


def days(count: int, today: str = TODAY) -> str:
    return (date.fromisoformat(today) + timedelta(count)).isoformat()


def test_it_has_69_operators_over_ten_categories_and_five_scenic_areas(seen: CommandLine) -> None:
    categories = Counter(one for row in rows(seen, "operator") for one in row["categories"].split("、"))
    assert seen("list", "operator")["total"] == 69
    assert len(categories) >= 10
    assert categories["A级旅游景区"] == 5
    grades = [
        seen("show", "operator", row["id"])["grade"] for row in rows(seen, "operator", "--where", "categories=A_SCENIC")
    ]
    assert all(set(grade) == {"A"} for grade in grades)


def test_its_licences_are_in_every_state(seen: CommandLine) -> None:
    publication = {card["status"] for card in cards(seen, "publication_licence")}
    assert publication == {"草稿", "有效", "停业整顿", "注销", "吊销", "撤销"}
    assert {"有效", "停业整顿", "注销"} <= {card["status"] for card in cards(seen, "printing_licence")}


@pytest.mark.parametrize("register", LICENCES)
@pytest.mark.parametrize("ahead", [20, 45, 80])
def test_its_licences_end_in_20_45_and_80_days(seen: CommandLine, register: str, ahead: int) -> None:
    assert seen("list", register, "--where", f"valid_to={days(ahead)}")["total"] >= 1


@pytest.mark.parametrize("register", LICENCES)
def test_one_is_without_end_one_lapsed_and_one_waits_for_its_renewal(seen: CommandLine, register: str) -> None:
    standings = Counter(row["standing"] for row in rows(seen, register))
    assert standings["长期"] == 1
    assert standings["逾期未延续"] == 1
    assert standings["视为准予延续—待确认"] == 1


def test_it_has_a_firm_without_code_a_rare_name_and_former_names(seen: CommandLine) -> None:
    assert seen("list", "operator", "--where", "uscc=")["total"] == 1
    people = "".join(row["legal_representative"] for row in rows(seen, "operator"))
    assert any(ord(char) > 0xFFFF for char in people)
    assert seen("list", "operator", "--search", "半岛图书发行")["rows"][0]["operator_name"] == "半岛书城有限公司"


def test_its_codes_hold_and_its_settings_are_said(seen: CommandLine) -> None:
    assert seen("show", "bureau_settings", 1)["bureau_name"]
    assert seen("check") == {"problems": []}
    codes = [row["uscc"] for row in rows(seen, "operator") if row["uscc"]]
    assert [code for code in codes if not credit_code.is_sound_code(code)] == []


def test_its_reviews_have_every_outcome(seen: CommandLine) -> None:
    cases = Counter(row["status"] for row in rows(seen, "review_case", "--where", "review_year=2026"))
    wanted = (
        "应审未报 已收件 已告知待补正 已受理 审核中 通过 已盖章 办结 暂缓 不予通过 逾期未审 已书面催告 申请人撤回 免审"
    )
    assert set(wanted.split()) <= set(cases)
    assert {"已报告", "内容不实待核", "已核实", "已公示"} <= set(cases)
    campaigns = {row["title"]: row["status"] for row in rows(seen, "review_campaign")}
    assert campaigns["2025年度出版物发行单位年度核验"] == "已结束"
    now = "2026年度出版物发行单位年度核验"
    assert campaigns[now] == "进行中"
    (twice,) = seen("report", "review_campaign", now, "twice")["rows"]
    assert twice["单位名称"] == "新岸书刊社"
    assert twice["催告书编号"]
    (near,) = rows(seen, "review_case", "--where", "status=已收件")
    assert days(0) <= near["notice_due"] <= days(4)


def overdue(desk: CommandLine, today: str = TODAY) -> list[dict[str, Any]]:
    return list(desk("report", "bureau_settings", 1, "overdue_patrols", today=today)["rows"])


def test_its_officers_are_round_in_time_but_for_about_a_tenth(seen: CommandLine) -> None:
    late, visited = overdue(seen), {row["unit_name"] for row in rows(seen, "patrol")}
    assert 0.05 <= len(late) / len(visited) <= 0.15
    assert {row["上次巡查"] == "从未" for row in late} == {True, False}
    assert all("景区" not in row["企业"] for row in late)


@pytest.mark.parametrize("today", ["1999-02-28", "2024-02-29", "2099-12-31"])
def test_its_days_follow_the_day_it_is_made(tmp_path: Path, today: str) -> None:
    desk = bureau_in(tmp_path / "甲 乙", today=today)
    for register in LICENCES:
        for ahead in (20, 45, 80):
            assert desk("list", register, "--where", f"valid_to={days(ahead, today)}")["total"] >= 1
    assert overdue(desk, today)
    standings = {row["standing"] for register in LICENCES for row in rows(desk, register)}
    assert len({row["review_year"] for row in cards(desk, "review_campaign")}) == 2
    assert {"20 天后到期", "45 天后到期", "80 天后到期", "长期", "逾期未延续", "视为准予延续—待确认"} <= standings


def test_it_tells_how_many_it_made(tmp_path: Path) -> None:
    told = CommandLine(tmp_path / "data")("demo")
    assert told["folder"] == str(tmp_path / "data")
    assert told["counts"]["经营单位"] == 69


@pytest.mark.parametrize(
    "first",
    [
        ["do", "operator.create", "--operator_name", "真书店"],
        ["do", "staff.create", "--name", "真人"],
        ["do", "bureau_settings.set_up", "--bureau_name", "真局"],
    ],
)
def test_it_never_mixes_with_what_is_there(shell: CommandLine, first: list[str]) -> None:
    shell(*first)
    before = [shell("list", name) for name in ("operator", "staff", "bureau_settings")]
    assert "请换一个空文件夹" in shell.refused("demo")
    assert [shell("list", name) for name in ("operator", "staff", "bureau_settings")] == before
