"""Doing a selection from the shell: named or found, tried first, told record by record."""

import functools
import os
import signal

import pytest

from tests.shelling import CommandLine
from wenlv_desk.registries.operator.operations import change_status

REST = ("--operating_status", "歇业", "--changed_on", "2026-11-20", "--reason", "电话核实")


def resting(shell: CommandLine) -> list[str]:
    rows = shell("list", "operator", "--where", "operating_status=歇业", "--limit", 0)["rows"]
    return sorted(row["operator_name"] for row in rows)


def test_a_dry_run_says_who_would_be_done_and_does_nothing(bureau: CommandLine) -> None:
    before = resting(bureau)
    told = bureau("batch", "operator.change_status", "--where", "township=青屿街道", "--dry-run")
    assert told["able"] == [row["id"] for row in bureau("list", "operator", "--where", "township=青屿街道")["rows"]]
    assert (told["done"], told["left_out"], resting(bureau)) == ([], [], before)
    said = bureau.ask("batch", "operator.change_status", "山海书局", "--dry-run").out
    assert "可办“经营状态变更” 1 家，没有办理" in said


def test_records_named_are_done_one_entry_each_and_undone_one_by_one(bureau: CommandLine) -> None:
    before = resting(bureau)
    done = bureau("batch", "operator.change_status", "山海书局", 1, "山海书局", *REST)["done"]
    assert len({one["entry"] for one in done}) == 2
    assert len(resting(bureau)) == len(before) + 2
    for _ in done:
        bureau("undo")
    assert resting(bureau) == before
    assert bureau("check") == {"problems": []}


def test_who_was_left_out_is_listed_with_the_reason_and_the_code_says_so(bureau: CommandLine) -> None:
    bureau("do", "operator.change_status", "山海书局", *REST)
    number = bureau.id_of("operator", "山海书局")
    answer = bureau.ask("batch", "operator.change_status", "山海书局", 1, *REST)
    assert answer.code == 1
    assert "已办“经营状态变更” 1 家，不办 1 家" in answer.out
    (line,) = [line for line in answer.out.splitlines() if line.startswith(f"{number} ")]
    assert "山海书局" in line
    assert "歇业" in line
    told = bureau("batch", "operator.change_status", "山海书局", "--dry-run")
    assert told["able"] == [number]


def test_a_record_that_is_off_the_list_is_foreseen(bureau: CommandLine) -> None:
    bureau("do", "operator.void", 1, "--why", "重复")
    told = bureau("batch", "operator.change_status", 1, 2, *REST, code=1)
    assert [one["id"] for one in told["done"]] == [2]
    assert told["left_out"][0]["id"] == 1
    assert "已移出台账" in told["left_out"][0]["reasons"][0]


def test_ctrl_c_ends_between_two_records_and_the_result_is_told(
    bureau: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = change_status.function

    @functools.wraps(own)
    def interrupted(*given: object, **named: object) -> object:
        os.kill(os.getpid(), signal.SIGINT)
        return own(*given, **named)

    monkeypatch.setitem(vars(change_status), "function", interrupted)
    told = bureau("batch", "operator.change_status", "--where", "township=青屿街道", *REST, code=1)
    assert (len(told["done"]), told["stopped"]) == (1, True)
    assert {one["reasons"][0] for one in told["left_out"]} == {"没有办：办到这里之前停止了"}
    assert bureau("check") == {"problems": []}


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("operator.change_status",), ["请指明要办“经营状态变更”的记录", "--where"]),
        (("operator.change_status", "山海书局", "--search", "书"), ["写了记录就不能再写 --search"]),
        (("operator.change_status", "--search", "没有这样的店", *REST), ["没有选中任何经营单位", "放宽筛选"]),
        (("operator.change_status", "没有这家", *REST), ["没有“没有这家”"]),
        (("operator.change_status", "山海书局"), ["新经营状态", "没有办"]),
        (("operator.rename", "山海书局"), ["“经营单位·名称变更”不能批量办理"]),
        (("operator.create",), ["不能批量办理"]),
        (("operator", "山海书局"), ["台账.操作"]),
    ],
)
def test_what_is_asked_wrongly_is_refused(seen: CommandLine, words: tuple[str, ...], named: list[str]) -> None:
    said = seen.refused("batch", *words)
    assert [one for one in named if one not in said] == []
