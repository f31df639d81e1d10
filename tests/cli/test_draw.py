"""The draw at the shell: three acts, shown and saved at any time, given up with a trace, and checked by whoever has the file."""

import json
from pathlib import Path

import pytest

from tests.shelling import CommandLine, run_command

TASK = "年末出版物市场抽查"
DICE = "16234515263412635412"


@pytest.fixture
def office(bureau: CommandLine) -> CommandLine:
    """The demonstration bureau with one more approved task over its book shops."""
    given = {"--task_name": TASK, "--plan_id": "2026年度双随机抽查计划", "--items": "CB-01", "--wanted_count": 2}
    given |= {"--window_from": bureau.today, "--window_to": "2026-12-20", "--ratio_percent": ""}
    bureau("do", "inspection_task.create", *(word for pair in given.items() for word in pair))
    bureau("do", "inspection_task.approve_task", TASK)
    return bureau


def commit(office: CommandLine) -> str:
    done = office("draw", "commit", TASK, "--source", "DICE", "--said", "二十枚骰子")
    return str(done["code"])


def test_three_acts_and_a_record_that_verifies_without_the_folder(office: CommandLine, tmp_path: Path) -> None:
    code = commit(office)
    seeded = office("draw", "seed", TASK, "--digits", DICE, "--again", DICE, "--witnesses", "苏若溪")
    assert seeded["seed"] == DICE
    drawn = office("draw", "run", code.lower())
    assert len(drawn["drawn"]) == 2
    shown = office("draw", "show", TASK, "--out", tmp_path / "记录")
    assert len(shown["saved"]) == 3
    for path in shown["saved"]:
        if "封存" not in path:
            answer = run_command(["--json", "verify", path, "--code", code])
            assert answer.code == 0, answer.err
            assert answer.data["sound"] is True
            assert answer.data["pool"] >= 15
    record = next(Path(path) for path in shown["saved"] if "记录 " in Path(path).name)
    changed = tmp_path / "改过.json"
    changed.write_text(record.read_text("utf-8").replace("澄书堂", "澄书店", 1), "utf-8")
    answer = run_command(["verify", str(changed)])
    assert answer.code == 2
    assert "核对不符" in answer.err
    assert "封存后被改动过" in answer.err
    assert run_command(["verify", str(record), "--code", "0000-0000-0000-0000"]).code == 2
    assert office("check") == {"problems": []}


def test_a_draw_given_up_is_shown_with_the_next(office: CommandLine) -> None:
    first = commit(office)
    office("draw", "abandon", first, "--why", "漏列一家", "--approver", "苏若溪")
    second = commit(office)
    states = [(one["code"], one["state"]) for one in office("draw", "show", TASK)["draws"]]
    assert states == [(first, "已放弃"), (second, "已封存")]


def test_a_seed_typed_differently_is_refused(office: CommandLine) -> None:
    commit(office)
    said = office.refused("draw", "seed", TASK, "--digits", DICE, "--again", DICE[:-1] + "6", "--witnesses", "苏若溪")
    assert "第 20 位第一遍是 2，第二遍是 6" in said
    assert "现为“已封存”" in office.refused("draw", "run", TASK)


def test_a_rehearsal_says_what_it_is_and_leaves_nothing(office: CommandLine) -> None:
    made = office("draw", "rehearse", TASK)
    assert made["rehearsal"] is True
    assert len(made["drawn"]) == 2
    assert "【演练】不是抽取结果" in office.ask("draw", "rehearse", TASK).out
    assert "还没有抽取过，请先办 draw commit" in office.refused("draw", "show", TASK)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "读不出来"),
        (b"\xff\xfe\x00", "不是文字文件"),
        (b"[]", "应是一组项目"),
        (json.dumps({"format": "x"}).encode(), "缺少 commitment"),
    ],
)
def test_what_is_no_record_is_refused_in_words(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    answer = run_command(["verify", str(path)])
    assert answer.code == 2
    assert said in answer.err


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    answer = run_command(["verify", str(tmp_path / "没有.json")])
    assert (answer.code, "没有.json" in answer.err, "Traceback" in answer.err) == (2, True, False)
    assert "这是文件夹" in run_command(["verify", str(tmp_path)]).err
