"""The tables of an annual review at the shell: listed, shown, narrowed, written as a workbook, and who took phones is kept."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.shelling import CommandLine
from wenlv_desk.ledger.reading import read_workbook
from wenlv_desk.typeset.verify import extract_text

CAMPAIGN = "2026年度甲区核验"


@pytest.fixture
def begun(bureau: CommandLine) -> CommandLine:
    bureau("do", "review_campaign.from_model", "--model", "yantai_gaoxin_2026", "--title", CAMPAIGN)
    bureau("do", "review_campaign.open", CAMPAIGN)
    return bureau


def test_the_tables_of_a_campaign_are_listed(begun: CommandLine) -> None:
    assert begun("report", "review_campaign", CAMPAIGN)["scope"] == "应审范围"
    assert "没有“总表”这种表，可用：summary（年审情况汇总表）" in begun.refused(
        "report", "review_campaign", CAMPAIGN, "总表"
    )
    assert "经营类别没有报表" in begun.refused("report", "category", "1")


def test_why_a_licence_is_in_or_out_is_said_in_a_sentence(begun: CommandLine) -> None:
    for state, said in (("注销", "不参加：许可证已于"), ("有效", "应审：持有许可证")):
        number = begun("list", "publication_licence", "--where", f"status={state}")["rows"][0]["licence_no"]
        (row,) = begun("report", "review_campaign", CAMPAIGN, "应审范围", "--search", number)["rows"]
        assert row["是否参加及理由"].startswith(said)
    assert "没有含“无此证”的行" in begun.refused("report", "review_campaign", CAMPAIGN, "scope", "--search", "无此证")


def test_the_summary_adds_up(begun: CommandLine) -> None:
    *towns, whole = begun("report", "review_campaign", CAMPAIGN, "summary")["rows"]
    cases = begun("list", "review_case", "--where", f"campaign_id={CAMPAIGN}")["total"]
    assert whole["乡镇街道"] == "合计"
    assert int(whole["应审"]) == cases > 1
    assert sum(int(town["应审"]) for town in towns) == cases


def test_a_table_is_written_as_a_workbook_of_texts(begun: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "未参审 名单.xlsx"
    told = begun("report", "review_campaign", CAMPAIGN, "missed", "--out", out)
    title, heading, first, *_ = read_workbook(out).sheets[0].rows
    assert title[0] == told["title"] == f"{CAMPAIGN}未参审名单"
    assert heading[:3] == ("序号", "案件编号", "单位名称")
    assert str(first[1]).startswith("NS-CB-2026-")
    assert told["rows"] == begun("list", "review_case", "--where", f"campaign_id={CAMPAIGN}")["total"]
    assert "只能存为 .xlsx 或 .csv 或 .pdf" in begun.refused(
        "report", "review_campaign", CAMPAIGN, "missed", "--out", "名单.doc"
    )


def test_a_table_is_written_as_csv_in_which_nothing_comes_alive_and_as_pdf(begun: CommandLine, tmp_path: Path) -> None:
    begun("report", "review_campaign", CAMPAIGN, "missed", "--out", tmp_path / "名单.csv")
    content = (tmp_path / "名单.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    heading, first, *_ = content.decode("utf-8-sig").splitlines()
    assert heading.startswith("序号,案件编号,单位名称")
    assert "NS-CB-2026-" in first
    told = begun("report", "review_campaign", CAMPAIGN, "missed", "--out", tmp_path / "名单.pdf")
    pages = extract_text((tmp_path / "名单.pdf").read_bytes())
    assert told["title"] in "".join(pages[0].split())


def test_phones_leave_with_an_entry_in_the_journal(begun: CommandLine, tmp_path: Path) -> None:
    before = begun("check")
    out = tmp_path / "电话单.xlsx"
    begun("report", "review_campaign", CAMPAIGN, "calls", "--out", out, "--reason", "催审")
    phones = [str(row[5]) for row in read_workbook(out).sheets[0].rows[2:5]]
    assert all(phone.isdigit() for phone in phones)
    assert begun("check") == before == {"problems": []}
    with closing(sqlite3.connect(begun.folder / "wenlv.sqlite")) as database:
        last = database.execute("select title, reason from journal_entry order by id desc limit 1").fetchone()
    assert last == ("导出完整信息 年审案件", "催审")
