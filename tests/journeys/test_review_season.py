"""Journey: a season of the annual review at the shell — from last year's rules to the summary, with papers, figures and tables."""

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_printing import text_of
from tests.shelling import CommandLine
from wenlv_desk.ledger.reading import read_workbook

LAST = "2026年度出版物发行单位年度核验"
NOW = "2027年度出版物发行单位年度核验"
DAY = "2027-10-20"
ALL = ("--materials", "全部齐全")


class Season:
    """One campaign at the shell."""

    def __init__(self, desk: CommandLine, folder: Path) -> None:
        self.desk, self.folder = desk, folder

    def cases(self, *words: str) -> list[dict[str, Any]]:
        return list(self.desk("list", "review_case", "--where", f"campaign_id={NOW}", "--limit", 0, *words)["rows"])

    def case(self, name: str) -> int:
        (found,) = [row for row in self.cases() if row["licensee_name"] == name]
        return int(found["id"])

    def do(self, verb: str, name: str, *words: str, **more: Any) -> Any:
        return self.desk("do", f"review_case.{verb}", self.case(name), *words, **more)

    def refused(self, verb: str, name: str, *words: str, **more: Any) -> str:
        return self.desk.refused("do", f"review_case.{verb}", self.case(name), *words, **more)

    def state(self, name: str) -> str:
        return str(self.desk("show", "review_case", self.case(name))["status"])

    def printed(self, paper: str, name: str, **more: Any) -> str:
        out = self.folder / f"{paper} {name}.pdf"
        self.desk("print", paper, self.case(name), "--out", out, **more)
        return text_of(out)

    def figures(self, *words: str, **more: Any) -> dict[str, str]:
        told = self.desk("figures", "review", "--year", "2027", *words, **more)
        return {one["label"]: one["value"] for one in told["figures"]}


@pytest.fixture
def season(bureau: CommandLine, tmp_path: Path) -> Season:
    """This year's campaign after last year's rules, begun."""
    desk = CommandLine(bureau.folder, DAY, "周建国")
    desk("do", "review_campaign.next_year", LAST, "--basis_doc_no", "青文旅发〔2027〕3号")
    desk("do", "review_campaign.open", NOW)
    return Season(desk, tmp_path)


def test_a_season_from_roll_out_to_summary(season: Season) -> None:
    whole = len(season.cases())
    assert whole >= 10
    assert season.figures()["应审"] == f"{whole} 件"
    desk = season.desk

    season.do("settle", "海书香文化用品店", *ALL)
    assert "通过" in season.printed("review_result", "海书香文化用品店")
    season.do("stamp", "海书香文化用品店")
    season.do("close", "海书香文化用品店", "--rating", "满意")
    assert season.state("海书香文化用品店") == "办结"

    season.do("receive_and_notify", "石岬中学书店", "--materials", "1-2 齐全；3 缺；4 齐全；5 不合格：缺店内照片")
    notice = season.printed("review_correction", "石岬中学书店")
    assert "缺店内照片" in notice
    assert "（估）" in notice  # nobody has published the holidays of 2027
    assert "现为“已告知待补正”" in season.refused("accept", "石岬中学书店")

    season.do("receive_and_accept", "半岛书城有限公司", *ALL)
    season.do("examine", "半岛书城有限公司", "--no_violations", "否")
    assert "有违法违规记录" in season.refused("pass_case", "半岛书城有限公司")
    season.do("defer", "半岛书城有限公司", "--ground", "01", "--until", "2027-12-31")
    assert "暂缓" in season.printed("review_result", "半岛书城有限公司")

    rest = [row["id"] for row in season.cases("--where", "status=应审未报")]
    told = desk("batch", "review_case.settle", *rest[:3], *ALL, "--dry-run", code=1)
    assert "2026-12-13 到期，未见延续申请" in str(told["left_out"])
    done = desk("batch", "review_case.settle", *rest[:3], *ALL, code=1)
    assert [one["id"] for one in done["done"]] == told["able"] != []

    later = {"today": "2027-10-26"}
    season.do("correct", "石岬中学书店", "--materials", "3 齐全；5 齐全", **later)
    for verb in ("accept", "examine", "pass_case"):
        season.do(verb, "石岬中学书店", **later)

    after = season.figures(**later)
    assert after["已来办理"] == f"{3 + len(told['able'])} 件"
    assert after["通过"] == f"{2 + len(told['able'])} 件"
    assert after["暂缓"] == "1 件"
    assert season.figures("--as-of", "2027-10-20", **later)["通过"] == f"{1 + len(told['able'])} 件"

    end(season, whole)


def end(season: Season, whole: int) -> None:
    """Past the last day: who has not come is urged, and the tables are handed in."""
    late = {"today": "2027-12-14"}
    desk, missing = season.desk, len(season.cases("--where", "status=应审未报"))
    desk("do", "review_campaign.mark_overdue", NOW, **late)
    overdue = [row["licensee_name"] for row in season.cases("--where", "status=逾期未审")]
    assert len(overdue) == missing
    assert "还没有出具" in season.refused("refuse", overdue[0], "--ground", "01", **late)
    season.do("urge", overdue[0], **late)
    assert overdue[0] in season.printed("review_urging", overdue[0], **late)
    assert "没办完" in desk.refused("do", "review_campaign.close", NOW, **late)

    out = season.folder / "未参审.xlsx"
    assert desk("report", "review_campaign", NOW, "missed", "--out", out, **late)["rows"] == missing
    assert [row[2] for row in read_workbook(out).sheets[0].rows[2 : 2 + missing]].count(overdue[0]) == 1
    total = desk("report", "review_campaign", NOW, "summary", **late)["rows"][-1]
    assert (total["应审"], total["逾期未审"], total["暂缓"]) == (str(whole), str(missing), "1")
    desk("print", "review_summary", NOW, "--out", season.folder / "汇总.pdf", **late)
    assert "合计" in text_of(season.folder / "汇总.pdf")
    assert desk("check", **late) == {"problems": []}


def test_who_may_decide_and_who_may_reopen(season: Season) -> None:
    season.desk(
        "do", "staff.amend", "苏若溪", "--roles", "ADMIN、HEAD"
    )  # from here on rights are as the staff register says
    assert "林晓没有这项权限" in season.refused("settle", "海书香文化用品店", *ALL, clerk="林晓")
    season.do("receive_and_accept", "海书香文化用品店", *ALL, clerk="林晓")
    season.do("examine", "海书香文化用品店", clerk="林晓")
    season.do("pass_case", "海书香文化用品店")
    season.do("stamp", "海书香文化用品店", clerk="林晓")
    season.do("close", "海书香文化用品店", clerk="林晓")
    assert "不能办“盖章”" in season.refused("stamp", "海书香文化用品店")
    assert "周建国没有这项权限" in season.refused("reopen", "海书香文化用品店", "--reason", "复查")
    season.do("reopen", "海书香文化用品店", "--reason", "复查", clerk="苏若溪")
    assert season.state("海书香文化用品店") == "审核中"
