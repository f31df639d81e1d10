"""Corrections and decisions: made in place, checked again at once together with the rows they clash with."""

import pytest

from tests.ledger.desks import CLERK, CODE, OTHER_CODE, at_desk, operators, planned
from wenlv_desk.core.errors import UserError
from wenlv_desk.ledger.apply import apply_plan
from wenlv_desk.ledger.model import About, Action, Decision, Plan, Verdict
from wenlv_desk.ledger.plan import accept_all, decide, revise
from wenlv_desk.store.office import Office

NAMED = ["单位名称", "统一社会信用代码"]
FAILING = "91110000600037341X"


def verdicts(plan: Plan) -> list[str]:
    return [row.verdict.label for row in plan.rows()]


def test_a_corrected_cell_is_checked_again(office: Office) -> None:
    plan = planned(office, NAMED, ["新岸书店", FAILING])
    with at_desk(office) as desk:
        revise(desk, plan, 2, "uscc", CODE)
    (row,) = plan.rows()
    assert (row.verdict, row.cells["uscc"], row.problems) == (Verdict.NEW, CODE, ())


def test_a_cell_without_a_column_can_be_filled_in(office: Office) -> None:
    plan = planned(office, ["统一社会信用代码"], [CODE])
    assert verdicts(plan) == ["退回"]
    with at_desk(office) as desk:
        revise(desk, plan, 2, "单位名称", "新岸书店")
    assert verdicts(plan) == ["新增"]


def test_a_correction_frees_the_row_it_clashed_with(office: Office) -> None:
    plan = planned(office, NAMED, ["甲店", CODE], ["乙店", CODE])
    assert verdicts(plan) == ["新增", "存疑"]
    with at_desk(office) as desk:
        revise(desk, plan, 2, "uscc", OTHER_CODE)
    assert verdicts(plan) == ["新增", "新增"]


def test_skipping_a_row_lets_its_repetition_stand(office: Office) -> None:
    plan = planned(office, NAMED, ["甲店", CODE], ["甲店", CODE])
    with at_desk(office) as desk:
        decide(desk, plan, 2, Decision(Action.SKIP))
        assert [row.written for row in plan.rows()] == [False, True]
        decide(desk, plan, 2, None)
    assert verdicts(plan) == ["新增", "相同"]


def test_accepting_needs_a_reason_which_is_kept(office: Office) -> None:
    plan = planned(office, NAMED, ["新岸书店", FAILING])
    with at_desk(office) as desk:
        with pytest.raises(UserError, match="第 2 行照此登记，请写明理由"):
            decide(desk, plan, 2, Decision(Action.ACCEPT))
        decide(desk, plan, 2, Decision(Action.ACCEPT, None, "执照原件如此"))
    assert verdicts(plan) == ["新增"]
    apply_plan(office, CLERK, plan)
    assert operators(office)[0]["uscc"] == FAILING


def test_an_accepted_cell_that_could_not_be_read_stays_empty(office: Office) -> None:
    plan = planned(office, NAMED, ["新岸书店", "3.7E+17"])
    with at_desk(office) as desk:
        decide(desk, plan, 2, Decision(Action.ACCEPT, None, "以后补"))
    apply_plan(office, CLERK, plan)
    assert "uscc" not in operators(office)[0]


def test_what_is_required_cannot_be_accepted_empty(office: Office) -> None:
    plan = planned(office, NAMED, [None, FAILING])
    with at_desk(office) as desk, pytest.raises(UserError, match="单位名称必填。请先改正"):
        decide(desk, plan, 2, Decision(Action.ACCEPT, None, "就这样"))
    assert verdicts(plan) == ["退回"]


def test_by_the_record_on_file_keeps_what_identifies_it(office: Office) -> None:
    apply_plan(office, CLERK, planned(office, [*NAMED, "备注"], ["晨光书店", CODE, "旧"]))
    plan = planned(office, [*NAMED, "备注"], ["晨光书店", OTHER_CODE, "新"])
    with at_desk(office) as desk:
        with pytest.raises(UserError, match="请从列出的库中记录里选一条"):
            decide(desk, plan, 2, Decision(Action.SAME_AS, 99, "同一家"))
        decide(desk, plan, 2, Decision(Action.SAME_AS, 1, "同一家"))
    apply_plan(office, CLERK, plan)
    (firm,) = operators(office)
    assert (firm["uscc"], firm["remark"]) == (CODE, "新")


def test_a_name_clash_accepted_is_another_firm(office: Office) -> None:
    apply_plan(office, CLERK, planned(office, NAMED, ["晨光书店", CODE]))
    plan = planned(office, NAMED, ["晨光书店", OTHER_CODE])
    with at_desk(office) as desk:
        decide(desk, plan, 2, Decision(Action.ACCEPT, None, "确是另一家"))
    apply_plan(office, CLERK, plan)
    assert sorted(firm["uscc"] for firm in operators(office)) == sorted([CODE, OTHER_CODE])


def test_all_of_one_sort_are_accepted_at_once_and_others_left(office: Office) -> None:
    plan = planned(
        office,
        [*NAMED, "经营状态"],
        ["甲店", FAILING, "营业"],
        ["乙店", None, "营业中"],
        ["丙店", None, "营业中"],
    )
    with at_desk(office) as desk:
        assert plan.problem_counts() == {(About.VALUE, "uscc"): 1, (About.OPTION, "operating_status"): 2}
        assert accept_all(desk, plan, About.OPTION, "留空待核") == 2
        with pytest.raises(UserError, match="请写明理由"):
            accept_all(desk, plan, About.VALUE, " ")
    assert verdicts(plan) == ["存疑", "新增", "新增"]


def test_a_line_that_is_no_data_row_is_refused(office: Office) -> None:
    plan = planned(office, NAMED, ["甲店", CODE])
    with at_desk(office) as desk, pytest.raises(UserError, match="文件第 1 行不是数据行"):
        decide(desk, plan, 1, None)
