"""Licences find their operator by code, then by name, in whatever words the ledger has; a missing one is entered once."""

from typing import Any

import pytest

from tests.ledger.desks import CLERK, CODE, OTHER_CODE, at_desk, dump, operators, planned
from wenlv_desk.ledger.apply import apply_plan
from wenlv_desk.ledger.model import About, Action, Decision, Plan, Verdict
from wenlv_desk.ledger.plan import decide, revise
from wenlv_desk.store.office import Office

HEADINGS = ["许可证编号", "单位名称", "统一社会信用代码", "法定代表人", "经营场所", "联系电话"]


def licence(number: int, name: str, code: str | None) -> list[Any]:
    return [f"新出发鲁零字第{number:03}号", name, code, "单某", f"海政路{number}号", None]


def licences(office: Office, *rows: list[Any], headings: list[str] = HEADINGS) -> Plan:
    return planned(office, headings, *rows, register="publication_licence")


@pytest.fixture
def shop(office: Office) -> Office:
    apply_plan(office, CLERK, planned(office, ["单位名称", "统一社会信用代码"], ["晨光书店", CODE]))
    return office


def test_the_operator_is_found_by_its_code_and_by_its_name(shop: Office) -> None:
    plan = licences(shop, licence(1, "晨光书店有限公司", CODE), licence(2, "晨光书店", None))
    assert [row.new_owner for row in plan.rows()] == ["", ""]
    apply_plan(shop, CLERK, plan)
    assert [row["operator_id"] for row in dump(shop)["publication_licence"].values()] == [1, 1]


def test_a_missing_operator_is_entered_once_for_all_its_licences(office: Office) -> None:
    plan = licences(office, licence(1, "新岸书店", CODE), licence(2, "新岸书店", None), licence(3, "海书香", None))
    assert [row.new_owner for row in plan.rows()] == ["新岸书店", "新岸书店", "海书香"]
    assert apply_plan(office, CLERK, plan).value["owners"] == 2
    assert [(firm["operator_name"], firm.get("uscc"), firm["operating_status"]) for firm in operators(office)] == [
        ("新岸书店", CODE, "OPEN"),
        ("海书香", None, "OPEN"),
    ]
    assert [row["operator_id"] for row in dump(office)["publication_licence"].values()] == [1, 1, 2]


def test_the_operator_of_a_rejected_row_is_not_entered(office: Office) -> None:
    plan = licences(office, [None, "新岸书店", CODE, "单某", "海政路1号", None])
    assert [row.verdict for row in plan.rows()] == [Verdict.REJECTED]
    assert apply_plan(office, CLERK, plan).value["owners"] == 0


def test_a_code_that_belongs_to_another_name_is_a_doubt(shop: Office) -> None:
    (row,) = licences(shop, licence(1, "海阳印刷厂", CODE)).rows()
    assert row.problems[0].about is About.OWNER
    assert "属于库中的“晨光书店”" in row.why


def test_the_same_name_with_another_code_is_a_doubt_and_accepted_another_operator(shop: Office) -> None:
    plan = licences(shop, licence(1, "晨光书店", OTHER_CODE))
    assert CODE in next(iter(plan.rows())).why
    with at_desk(shop) as desk:
        decide(desk, plan, 2, Decision(Action.ACCEPT, None, "重名"))
    apply_plan(shop, CLERK, plan)
    assert len(operators(shop)) == 2


def test_a_column_of_its_own_names_the_operator_outright(shop: Office) -> None:
    headings = [*HEADINGS, "所属经营单位"]
    plan = licences(
        shop,
        [*licence(1, "旧名书社", None), "晨光书店"],
        [*licence(2, "旧名书社", None), CODE],
        [*licence(3, "旧名书社", None), f"晨光书店（{CODE}）"],
        [*licence(4, "旧名书社", None), "晨光书店（#1）"],
        headings=headings,
    )
    assert list(plan.owner_ids.values()) == [1, 1, 1, 1]


def test_a_correction_of_the_name_changes_the_operator_to_be_entered(office: Office) -> None:
    plan = licences(office, licence(1, "新案书店", CODE), licence(2, "新岸书店", CODE))
    with at_desk(office) as desk:
        revise(desk, plan, 2, "单位名称", "新岸书店")
    assert [row.new_owner for row in plan.rows()] == ["新岸书店", "新岸书店"]


def test_a_licence_on_file_keeps_its_operator(shop: Office) -> None:
    apply_plan(shop, CLERK, licences(shop, licence(1, "晨光书店", CODE)))
    plan = licences(shop, licence(1, "晨光书社", None))
    (row,) = plan.rows()
    assert (row.verdict, row.new_owner) == (Verdict.CHANGED, "")
    assert [difference.field for difference in row.differences] == ["licensee_name"]


def test_a_licence_on_file_goes_to_another_operator_only_when_somebody_decides(shop: Office) -> None:
    apply_plan(shop, CLERK, planned(shop, ["单位名称"], ["新岸书店"]))
    apply_plan(shop, CLERK, licences(shop, licence(1, "晨光书店", None)))
    (row,) = licences(shop, licence(1, "新岸书店", None)).rows()
    assert row.verdict is Verdict.DOUBTFUL
    assert "是“晨光书店”，这一行是“新岸书店”" in row.why


def test_equipment_finds_its_licence_by_number_and_never_makes_one(office: Office) -> None:
    rows = ["印刷经营许可证编号", "单位名称", "法定代表人", "经营场所"]
    number = "（鲁）印证字37F001号"
    plan = planned(office, ["许可证编号", *rows[1:]], [number, "海阳印刷厂", "单某", "x"], register="printing_licence")
    apply_plan(office, CLERK, plan)
    registry = office.catalogue.registry("printing_equipment")
    label = registry.fields["licence_id"].label
    plan = planned(
        office,
        [label, "设备名称"],
        [number.replace("（", "(").replace("）", ")"), "胶印机"],
        ["没有的证", "胶印机"],
        register="printing_equipment",
    )
    assert [row.verdict for row in plan.rows()] == [Verdict.NEW, Verdict.REJECTED]


def test_the_state_of_a_licence_on_file_is_not_changed_by_an_import(office: Office) -> None:
    headings = [*HEADINGS, "登记状态"]
    apply_plan(office, CLERK, licences(office, [*licence(1, "新岸书店", None), "有效"], headings=headings))
    (row,) = licences(office, [*licence(1, "新岸书店", None), "注销"], headings=headings).rows()
    assert row.verdict is Verdict.SAME
    assert "须办手续才能改变" in row.why
