"""The plan says of every row what would happen to it and why, and writes nothing."""

from datetime import date

import pytest

from tests.ledger.desks import CLERK, CODE, OTHER_CODE, dump, mapped, planned, planned_table, table
from wenlv_desk.core.errors import UserError
from wenlv_desk.ledger.apply import apply_plan
from wenlv_desk.ledger.model import About, Plan, Verdict
from wenlv_desk.ledger.plan import PlanningStopped, plan_import
from wenlv_desk.standards.finding import Severity
from wenlv_desk.store.office import Office

NAMED = ["单位名称", "统一社会信用代码"]


def verdicts(plan: Plan) -> list[str]:
    return [row.verdict.label for row in plan.rows()]


def only(plan: Plan) -> str:
    (row,) = plan.rows()
    return row.why


@pytest.fixture
def on_file(office: Office) -> Office:
    """晨光书店 with a code, a phone and an address."""
    headings = [*NAMED, "联系电话", "地址", "备注"]
    apply_plan(office, CLERK, planned(office, headings, ["晨光书店", CODE, "13800138000", "海政路1号", "沿街"]))
    return office


def test_planning_writes_nothing(office: Office) -> None:
    before = dump(office)
    plan = planned(office, NAMED, ["新岸书店", CODE])
    assert verdicts(plan) == ["新增"]
    assert dump(office) == before


def test_counts_name_every_verdict(on_file: Office) -> None:
    plan = planned(on_file, NAMED, ["晨光书店", CODE], ["新岸书店", None], [None, OTHER_CODE], ["晨光书店", OTHER_CODE])
    assert {verdict.value: count for verdict, count in plan.counts().items()} == {
        "new": 1,
        "changed": 0,
        "same": 1,
        "doubtful": 1,
        "rejected": 1,
    }
    assert plan.to_write() == 1


def test_a_changed_row_shows_each_field_before_and_after_and_personal_ones_masked(on_file: Office) -> None:
    plan = planned(on_file, [*NAMED, "联系电话", "地址"], ["晨光书店", CODE, "13900139000", "海政路1号"])
    (row,) = plan.rows(Verdict.CHANGED)
    assert [(d.label, d.before, d.after) for d in row.differences] == [("联系电话", "138****8000", "139****9000")]


def test_a_blank_cell_erases_nothing_unless_the_clerk_says_so(on_file: Office) -> None:
    row = ["晨光书店", CODE, None]
    assert verdicts(planned(on_file, [*NAMED, "备注"], row)) == ["相同"]
    (cleared,) = planned(on_file, [*NAMED, "备注"], row, clear=True).rows()
    assert [(d.label, d.before, d.after) for d in cleared.differences] == [("备注", "沿街", "空")]


def test_a_required_field_cannot_be_cleared(on_file: Office) -> None:
    assert "单位名称必填，不能清空" in only(planned(on_file, NAMED, [None, CODE], clear=True))


def test_a_firm_without_its_code_is_known_by_its_name_and_gets_the_code(office: Office) -> None:
    apply_plan(office, CLERK, planned(office, NAMED, ["新岸书店", None]))
    (row,) = planned(office, NAMED, ["新岸书店", CODE]).rows()
    assert (row.verdict, row.differences[0].before, row.differences[0].after) == (Verdict.CHANGED, "空", CODE)


def test_the_same_name_with_another_code_is_a_doubt(on_file: Office) -> None:
    (row,) = planned(on_file, NAMED, ["晨光书店", OTHER_CODE]).rows()
    assert row.verdict is Verdict.DOUBTFUL
    assert CODE in row.why
    assert row.problems[0].candidates == (1,)


def test_the_same_code_with_an_unlike_name_is_a_doubt(on_file: Office) -> None:
    assert "是更名，还是统一社会信用代码填错" in only(planned(on_file, NAMED, ["海阳印刷厂", CODE]))


def test_the_same_code_with_a_like_name_is_a_change_of_name(on_file: Office) -> None:
    (row,) = planned(on_file, NAMED, ["晨光书店有限公司", CODE]).rows()
    assert (row.verdict, row.differences[0].after) == (Verdict.CHANGED, "晨光书店有限公司")


def test_a_like_name_with_the_same_phone_is_a_doubt_with_the_record_beside_it(on_file: Office) -> None:
    (row,) = planned(on_file, ["单位名称", "电话"], ["晨光书店（二店）", "13800138000"]).rows()
    assert row.problems[0].about is About.TWIN
    assert row.problems[0].candidates == (1,)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("370687199001010000", "末三位都是 0"),
        ("3.70687E+17", "丢失"),
        (370687199001010000, "末三位都是 0"),
        ("91110000600037341X", "第 18 位校验码应为 L，现为 X"),
    ],
)
def test_a_damaged_or_failing_code_waits_for_a_decision(office: Office, code: object, words: str) -> None:
    (row,) = planned(office, NAMED, ["新岸书店", code]).rows()
    assert row.verdict is Verdict.DOUBTFUL
    assert words in row.why


def test_a_failing_check_digit_offers_the_right_code(office: Office) -> None:
    (row,) = planned(office, NAMED, ["新岸书店", "91110000600037341X"]).rows()
    assert row.problems[0].suggestions == (CODE,)
    assert row.problems[0].position == 17


def test_an_ambiguous_date_offers_both_readings(office: Office) -> None:
    (row,) = planned(office, ["单位名称", "成立日期"], ["新岸书店", "03/04/07"]).rows()
    assert row.verdict is Verdict.DOUBTFUL
    assert len(row.problems[0].suggestions) >= 2


def test_a_word_outside_the_vocabulary_waits_and_a_translation_settles_it(office: Office) -> None:
    given = table(["单位名称", "经营状态"], ["新岸书店", "营业中"])
    (row,) = planned_table(office, given).rows()
    assert (row.verdict, row.problems[0].about) == (Verdict.DOUBTFUL, About.OPTION)
    registry = office.catalogue.registry("operator")
    mapping = mapped(office, "operator", given).with_word("operating_status", "营业中", "营业")
    with office.desk(CLERK) as desk:
        assert verdicts(plan_import(desk, registry, given, mapping, file_name="x")) == ["新增"]


def test_not_available_is_blank_and_said(office: Office) -> None:
    (row,) = planned(office, ["单位名称", "法人代表"], ["新岸书店", "N/A"]).rows()
    assert (row.verdict, row.values["legal_representative"]) == (Verdict.NEW, None)
    assert [(p.severity, p.message) for p in row.problems] == [(Severity.NOTE, "“N/A”视为空白")]


def test_a_masked_phone_never_overwrites_the_real_one(on_file: Office) -> None:
    (row,) = planned(on_file, [*NAMED, "联系电话"], ["晨光书店", CODE, "138****8000"]).rows()
    assert row.verdict is Verdict.SAME
    assert "遮掩过的号码" in row.why


def test_no_end_said_aloud_is_more_than_a_blank(office: Office) -> None:
    headings = ["许可证编号", "单位名称", "法定代表人", "经营场所", "有效期止"]
    first = ["新出发鲁零字第001号", "新岸书店", "单某", "海政路1号", date(2027, 4, 30)]
    apply_plan(office, CLERK, planned(office, headings, first, register="publication_licence"))
    blank = planned(office, headings, [*first[:4], None], register="publication_licence")
    aloud = planned(office, headings, [*first[:4], "长期"], register="publication_licence")
    assert verdicts(blank) == ["相同"]
    (row,) = aloud.rows()
    assert [(d.before, d.after) for d in row.differences] == [("2027-04-30", "长期")]


def test_a_row_that_comes_twice_is_the_same_and_a_differing_one_a_doubt(office: Office) -> None:
    plan = planned(office, [*NAMED, "备注"], ["甲店", CODE, "a"], ["甲店", CODE, "a"], ["甲店", CODE, "b"])
    rows = list(plan.rows())
    assert [row.verdict.label for row in rows] == ["新增", "相同", "存疑"]
    assert rows[1].why == "与第 2 行重复"
    assert rows[2].why == "与第 2 行是同一家（统一社会信用代码相同），但备注不同"


def test_two_firms_of_one_name_in_a_file_are_told_apart_by_their_codes(office: Office) -> None:
    plan = planned(office, NAMED, ["甲店", CODE], ["甲店", OTHER_CODE])
    assert verdicts(plan) == ["新增", "存疑"]
    assert list(plan.rows())[1].why == "与第 2 行单位名称相同，统一社会信用代码却不同"


def test_a_number_and_a_text_that_look_alike_are_read_each_as_it_is(office: Office) -> None:
    plan = planned(office, ["单位名称", "备注"], ["甲店", 1], ["乙店", True], ["丙店", 1.0], ["丁店", "1"])
    assert plan.columns["remark"] == ["1", "是", "1", "1"]


def test_the_register_rules_are_asked(office: Office) -> None:
    assert "晚于今天" in only(planned(office, ["单位名称", "成立日期"], ["新岸书店", "2099-01-01"]))


def test_nothing_mapped_is_refused_with_the_remedy(office: Office) -> None:
    with pytest.raises(UserError, match="没有一列能对应到经营单位"):
        planned(office, ["甲", "乙"], [1, 2])


def test_planning_can_be_stopped(office: Office) -> None:
    given = table(NAMED, ["新岸书店", CODE])
    registry, mapping = office.catalogue.registry("operator"), mapped(office, "operator", given)
    with office.desk(CLERK) as desk, pytest.raises(PlanningStopped, match="没有写入任何内容"):
        plan_import(desk, registry, given, mapping, file_name="x", progress=lambda _done, _total: True)
