"""Figures from the shell: today and on a past day, by year and by group, with the rows behind, as a workbook and on paper."""

import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tests.builders import Maker
from tests.complaint.figures import COMPLAINT_FIGURES
from tests.conftest import Clock
from tests.shelling import CommandLine
from tests.throwaway import lay_complaints, open_with_complaints, with_complaints
from wenlv_desk.store.desk import Clerk
from wenlv_desk.typeset.verify import extract_text


@pytest.fixture
def shell(template: Path, tmp_path: Path, clock: Clock, clerk: Clerk) -> CommandLine:
    """An office with three complaints of Monday, one of them answered on Tuesday; it is Wednesday."""
    folder = tmp_path / "data"
    shutil.copytree(template, folder)
    lay_complaints(folder)
    office = open_with_complaints(folder, clock)
    maker = Maker(office, clerk, tmp_path)
    shops = [maker.record("operator", operator_name=name) for name in ("青屿书店", "新岸书刊社")]
    made = [
        maker.record(
            "complaint", operator_id=shop, complaint_no=f"投{n}", received_on="2026-11-20", phone="13812348000"
        )
        for n, shop in enumerate((shops[0], shops[0], shops[1]), 1)
    ]
    clock.now = datetime(2026, 11, 24, 10, 0)
    maker.perform("close", maker.registry("complaint"), made[0], answer="已责令整改")
    office.close()
    return CommandLine(folder, today="2026-11-25", catalogue=with_complaints())


def values(told: dict[str, list[dict[str, str]]]) -> list[str]:
    return [one["value"] for one in told["figures"]]


def test_figures_are_told_with_their_definitions_today_and_of_a_past_day(shell: CommandLine) -> None:
    assert values(shell("figures", "complaints")) == ["3 件", "33.33 %  1/3", "5 天"]
    past = shell("figures", "投诉", "--as-of", "2026-11-23")
    assert (values(past), past["as_of"], past["past"]) == (["3 件", "0.00 %  0/3", "3 天"], "2026-11-23", True)
    said = shell.ask("figures", "complaints").out
    assert "投诉统计：截至 2026-11-25，共 3 条" in said
    assert "办结的投诉 ÷ 收到的投诉" in said


def test_figures_are_narrowed_and_split(shell: CommandLine) -> None:
    assert values(shell("figures", "complaints", "--where", "被投诉单位=青屿书店"))[:2] == ["2 件", "50.00 %  1/2"]
    split = shell("figures", "complaints", "--by", "被投诉单位")["figures"]
    assert [(one["group"], one["value"]) for one in split if one["name"] == "received"] == [
        ("合计", "3 件"),
        ("新岸书刊社", "1 件"),
        ("青屿书店", "2 件"),
    ]


def test_the_rows_behind_a_figure_are_listed_as_they_stood(shell: CommandLine) -> None:
    now = shell("figures", "complaints", "--rows", "办结率")
    assert [(row["complaint_no"], row["state"]) for row in now["behind"]] == [
        ("投1", "办结"),
        ("投2", "待办"),
        ("投3", "待办"),
    ]
    assert now["figures"][1]["ids"] == [now["behind"][0]["id"]]
    then = shell("figures", "complaints", "--rows", "办结率", "--as-of", "2026-11-23")
    assert {row["state"] for row in then["behind"]} == {"待办"}
    assert {row["phone"] for row in then["behind"]} == {"138****8000"}
    assert "【办结率】33.33 %  1/3" in shell.ask("figures", "complaints", "--rows", "办结率").out


def test_figures_are_saved_as_a_workbook_with_the_groups_and_the_rows(shell: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "统计.xlsx"
    shell("figures", "complaints", "--by", "state", "--rows", "closed_rate", "--out", path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["统计", "按状态", "办结率"]
    rate = [cell.value for cell in book["统计"][3]]
    assert rate == ["办结率", "33.33 %  1/3", 1, 3, "办结的投诉 ÷ 收到的投诉"]
    assert [row[0].value for row in book["按状态"]] == ["状态", "合计", "待办", "办结"]
    assert [row[1].value for row in book["办结率"]] == ["计入", "是", "否", "否"]
    below = [str(row[0].value) for row in book["统计"].iter_rows(min_row=6)]
    assert below[0] == "投诉统计：截至 2026-11-25，共 3 条"
    assert below[1].startswith("导出时间：2026-11-25")


def test_figures_are_printed_with_their_definitions(shell: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "统计.pdf"
    shell("figures", "complaints", "--as-of", "2026-11-23", "--out", path)
    text = extract_text(path.read_bytes())[0]
    for wanted in ("投诉统计表", "截至 2026-11-23", "0.00 %", "办结的投诉 ÷ 收到的投诉"):
        assert wanted in text


def test_the_review_of_a_year_is_told_today_and_as_of_a_past_day(seen: CommandLine) -> None:
    today = seen("figures", "review", "--year", 2026)
    cases = seen("list", "review_case", "--where", "review_year=2026", "--limit", 0)["rows"]
    assert today["rows"] == len(cases)
    (passed,) = [one for one in today["figures"] if one["name"] == "passed"]
    assert sorted(passed["ids"]) == sorted(row["id"] for row in cases if row["conclusion"] in ("通过", "已报告"))
    before = seen("figures", "review", "--year", 2026, "--as-of", "2026-11-10")
    assert (before["past"], before["as_of"]) == (True, "2026-11-10")
    assert 0 < before["rows"] <= today["rows"]
    assert before["figures"] != today["figures"]


def test_without_a_name_the_sets_are_listed(shell: CommandLine) -> None:
    told = [one for one in shell("figures") if one["name"] == "complaints"]
    assert told == [{"name": "complaints", "title": "投诉", "figures": ["received", "closed_rate", "waiting"]}]
    assert COMPLAINT_FIGURES.title in shell.ask("figures").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nix",), ["没有“nix”这一组统计", "complaints"]),
        (("complaints", "--year", "2026"), ["没有年度", "--where"]),
        (("complaints", "--where", "state=办结", "--where", "状态=待办"), ["“状态”写了两次"]),
        (("complaints", "--where", "matter=噪声"), ["不能按“投诉事项”划分", "被投诉单位、状态"]),
        (("complaints", "--where", "state=关了"), ["状态", "待办、办结"]),
        (("complaints", "--by", "phone"), ["不能按“投诉人电话”划分"]),
        (("complaints", "--as-of", "2026-12-01"), ["2026-12-01 还没有到"]),
        (("complaints", "--as-of", "2020-01-01"), ["流水从 2026-11-23 开始"]),
        (("complaints", "--as-of", "昨天"), ["“昨天”不是日期"]),
        (("complaints", "--rows", "参审率"), ["没有“参审率”", "收到、办结率、待办天数"]),
        (("complaints", "--out", "x.doc"), [".xlsx 或 .pdf"]),
        (("complaints", "--rows", "收到", "--out", "x.pdf"), ["去掉 --rows"]),
    ],
)
def test_what_is_asked_wrongly_is_refused(shell: CommandLine, words: tuple[str, ...], said: list[str]) -> None:
    refused = shell.refused("figures", *words)
    assert [one for one in said if one not in refused] == []
    assert not Path("x.pdf").exists()
