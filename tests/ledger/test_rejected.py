"""Rows left out are saved with their reasons, and the saved workbook is read again like the file they came from."""

from datetime import date
from pathlib import Path

from tests.ledger.desks import CODE, at_desk, mapped, planned, planned_table, table
from wenlv_desk.ledger.headings import known_headings
from wenlv_desk.ledger.model import Action, Decision, Verdict
from wenlv_desk.ledger.plan import decide, plan_import, revise
from wenlv_desk.ledger.reading import Table, find_table, read_workbook
from wenlv_desk.ledger.rejected import save_rejected
from wenlv_desk.store.office import Office

HEADINGS = ["序号", "单位名称", "信用代码", "成立日期", "注册资金"]
FAILING = "91110000600037341X"


def read_back(office: Office, path: Path) -> Table:
    known = known_headings(office.catalogue, office.catalogue.registry("operator"))
    return find_table(read_workbook(path).sheets[0], known=known)


def test_every_row_left_out_is_saved_with_its_line_and_reason(office: Office, tmp_path: Path) -> None:
    plan = planned(
        office,
        HEADINGS,
        [1, "晨光书店", CODE, date(2020, 1, 2), 50],
        [2, None, None, date(2020, 1, 3), 60],
        [3, "新岸书店", FAILING, None, 1.5],
        [4, "海书香", None, None, None],
    )
    with at_desk(office) as desk:
        decide(desk, plan, 5, Decision(Action.SKIP, None, "已关门"))
    path = tmp_path / "退回.xlsx"
    assert save_rejected(plan, path) == 3
    saved = read_back(office, path)
    assert saved.headings == (*HEADINGS, "原行号", "原因")
    assert [row.cells[:6] for row in saved.rows] == [
        (2, None, None, date(2020, 1, 3), 60, 3),
        (3, "新岸书店", FAILING, None, 1.5, 4),
        (4, "海书香", None, None, None, 5),
    ]
    reasons = [str(row.cells[6]) for row in saved.rows]
    assert "单位名称必填" in reasons[0]
    assert "第 18 位校验码应为 L" in reasons[1]
    assert "手工指定不导入（已关门）" in reasons[2]


def test_nothing_left_out_makes_no_file(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "退回.xlsx"
    assert save_rejected(planned(office, HEADINGS, [1, "晨光书店", CODE, None, None]), path) == 0
    assert not path.exists()


def test_a_corrected_workbook_of_rejected_rows_imports(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "退回.xlsx"
    plan = planned(office, HEADINGS, [1, None, FAILING, None, None])
    with at_desk(office) as desk:
        revise(desk, plan, 2, "uscc", CODE)
    save_rejected(plan, path)
    again = planned_table(office, read_back(office, path))
    assert again.unmapped == ("注册资金",)
    assert again.columns["uscc"] == [CODE]
    with at_desk(office) as desk:
        revise(desk, again, 2, "operator_name", "晨光书店")
    assert [row.verdict for row in again.rows()] == [Verdict.NEW]


def test_the_mapping_of_the_file_is_proposed_for_its_rejected_rows(office: Office, tmp_path: Path) -> None:
    registry = office.catalogue.registry("operator")
    given = table(["店招", "信用代码"], [None, FAILING])
    mapping = mapped(office, "operator", given).assign(registry, "店招", "operator_name")
    with at_desk(office) as desk:
        plan = plan_import(desk, registry, given, mapping, file_name="x")
    path = tmp_path / "退回.xlsx"
    save_rejected(plan, path)
    assert mapped(office, "operator", read_back(office, path)).shape == mapping.shape
