"""Journey: a random inspection at the shell — from the rehearsal to the closed file, with papers, orders, publication and figures —
and what a kill or a second program does to a draw."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_faults import holding
from tests.journeys.test_printing import text_of
from tests.processes import all_of, run, start
from tests.shelling import TODAY, CommandLine, run_command

TASK = "2026年第二次出版物市场随机抽查"  # of the demonstration: approved, not drawn
DICE = "31562441365214633251"
KILL = "os.kill(os.getpid(), signal.SIGKILL)"
SEED = ("--digits", DICE, "--again", DICE, "--witnesses", "苏若溪、覃志远")


def commit(bureau: CommandLine) -> str:
    said = ("--source", "DICE", "--said", "二十枚骰子，由办公室当场掷")
    return str(bureau("draw", "commit", TASK, *said)["code"])


def checks(bureau: CommandLine) -> list[dict[str, Any]]:
    return list(bureau("list", "inspection_check", "--where", f"task_id={TASK}", "--limit", 0)["rows"])


def test_from_the_rehearsal_to_the_closed_file(bureau: CommandLine, tmp_path: Path) -> None:
    assert bureau("draw", "rehearse", TASK)["wanted"] == 4
    code = commit(bureau)
    draw = bureau("list", "inspection_draw", "--search", code)["rows"][0]["id"]
    sheet = bureau("print", "draw_confirmation", draw, "--out", tmp_path / "前.pdf")
    assert code in text_of(tmp_path / "前.pdf")
    assert sheet["number"].startswith("青文旅封〔2026〕")
    bureau("draw", "seed", code, *SEED)
    drawn = bureau("draw", "run", code)["drawn"]
    bureau("print", "draw_result", draw, "--out", tmp_path / "果.pdf")
    printed = text_of(tmp_path / "果.pdf")
    assert all(one["unit"] in printed for one in drawn)

    first, second, *_ = checks(bureau)
    for one in (first, second):
        bureau("do", "inspection_check.notify", one["id"])
        bureau("print", "check_notice", one["id"], "--out", tmp_path / f"通知{one['id']}.pdf")
    assert second["unit_name"] in text_of(tmp_path / f"通知{second['id']}.pdf")
    at = (
        "--started_at",
        f"{TODAY} 08:00",
        "--ended_at",
        f"{TODAY} 08:30",
        "--sign_state",
        "签字",
        "--signer_name",
        "甲",
    )
    bureau("do", "inspection_check.record", first["id"], *at, "--points", "全部合格", "--result_code", "1")
    bad = ("--points", "4 不合格：没有查验供货方许可证；其余合格", "--result_code", "8")
    assert "请选处理措施" in bureau.refused("do", "inspection_check.record", second["id"], *at, *bad)
    bureau("do", "inspection_check.record", second["id"], *at, *bad, "--disposal", "责令改正")
    mend = ("--problem", "没有查验供货方许可证", "--requirement", "建立查验制度", "--hazard_kind", "经营行为")
    order = bureau("do", "inspection_check.order_after_check", second["id"], *mend, "--days", 10)["value"]
    bureau("print", "rectification_order", order, "--out", tmp_path / "责令.pdf")
    assert "2026" in text_of(tmp_path / "责令.pdf")

    for one in (first, second):
        assert "录入和审核须为两人" in bureau.refused("do", "inspection_check.review", one["id"])
        bureau("do", "inspection_check.review", one["id"], clerk="周建国")
        bureau("do", "inspection_check.publish", one["id"], clerk="周建国")
    assert "销号或移交后才能办结" in bureau.refused("do", "inspection_check.close_check", second["id"])
    bureau("do", "rectification.pass_recheck", order, "--recheck_by", "单海燕、仇文博", "--note", "制度已建立")
    bureau("do", "rectification.close_rectification", order)
    bureau("do", "inspection_check.close_check", second["id"])
    bureau("report", "inspection_plan", 1, "upload", "--out", tmp_path / "上传.csv")
    assert second["unit_name"] in (tmp_path / "上传.csv").read_text("utf-8-sig")
    figures = {
        one["name"]: one["value"] for one in bureau("figures", "inspection", "--where", f"task_id={TASK}")["figures"]
    }
    assert (figures["drawn"], figures["drawn_checked"], figures["mended"]) == ("4 户", "2 户次", "100.00 %  1/1")
    assert bureau("check") == {"problems": []}


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
@pytest.mark.parametrize("function", ["_make_checks", "keep_file"])
def test_a_kill_in_the_middle_of_the_draw_and_the_next_try_draws_the_same(
    bureau: CommandLine, tmp_path: Path, function: str
) -> None:
    code = commit(bureau)
    bureau("draw", "seed", code, *SEED)
    killed = run(
        bureau.folder, "draw", "run", code, prelude=holding("wenlv_desk.registries.inspection.drawing", function, KILL)
    )
    assert killed.returncode == -signal.SIGKILL
    assert bureau("draw", "show", code)["state"] == "已录种子"
    assert checks(bureau) == []
    assert bureau("check") == {"problems": []}
    drawn = bureau("draw", "run", code)["drawn"]
    saved = bureau("draw", "show", code, "--out", tmp_path)["saved"]
    page = next(path for path in saved if path.endswith(".html"))
    found = run_command(["--json", "verify", page, "--code", code])
    assert found.data["sound"] is True
    assert len(found.data["drawn"]) == len(drawn) == 4


def test_two_programs_that_draw_at_once_draw_once(bureau: CommandLine) -> None:
    code = commit(bureau)
    bureau("draw", "seed", code, *SEED)
    ended = all_of([start(bureau.folder, "draw", "run", code) for _ in range(3)])
    assert sorted(one[0] for one in ended) == [0, 2, 2], ended
    assert all("现为“已抽取”" in one[2] for one in ended if one[0] == 2)
    assert len(checks(bureau)) == 4
    assert bureau("check") == {"problems": []}
