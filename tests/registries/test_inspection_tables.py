"""The public lists: in the columns asked for, without anything that is nobody's business; the figures never mix drawn and named."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from tests import inspections, rectifications
from tests.builders import Maker
from tests.conftest import Clock
from tests.registries.test_inspection_cycle import row
from tests.registries.test_inspection_draw import do
from wenlv_desk.core.reports import Sheet
from wenlv_desk.ledger.reading import read_workbook
from wenlv_desk.registries.handing_in import save_sheet
from wenlv_desk.registries.inspection.task import InspectionTask
from wenlv_desk.registries.inspection.vocabulary import CheckState, DrawState
from wenlv_desk.registries.operator.records import OperatingStatus
from wenlv_desk.store.figures import figures_as_of, rows_behind
from wenlv_desk.typeset.preview import page_sizes
from wenlv_desk.typeset.verify import extract_text

SECRETS = ("13812348000", "仇小满", "反映销售盗版图书", "不要外传", "单海燕", "执法证号", "表兄")
PUBLIC = ("public_items", "public_plan", "public_tasks", "upload", "task_public", "task_pool")


def busy(maker: Maker) -> tuple[int, int, int]:
    """A task with a published check, full of what must not be public; its plan, itself, the check."""
    inspections.inspector(maker, name="单海燕")
    inspections.shop(maker, legal_representative="仇小满", phone="13812348000")
    check = inspections.check_in(maker, CheckState.NOTIFIED, shops=0, inspectors=1)
    do(maker, "record", "inspection_check", check, **inspections.GOOD)
    maker.write(maker.registry("inspection_check"), check, remark="不要外传", why_directed="反映销售盗版图书")
    inspections.walk(maker, "inspection_check", check, (("review", {}), ("publish", {})))
    task = inspections.task_of(maker, check)
    with maker.office.database.read() as session:
        plan = session.get_one(InspectionTask, task).plan_id
    assert plan is not None
    return plan, task, check


def sheet(maker: Maker, name: str, plan: int, task: int) -> Sheet:
    with maker.office.desk(maker.clerk) as desk:
        register = (
            "inspection_plan"
            if name in ("public_items", "public_plan", "public_tasks", "upload")
            else "inspection_task"
        )
        registry = maker.registry(register)
        found: Sheet = desk.catalogue.report(registry, name).function(
            desk, desk.get(registry.record, plan if register == "inspection_plan" else task)
        )
        return found


def said(found: Sheet) -> str:
    return "\n".join([found.title, found.note, *("|".join(cells) for cells in found.rows)])


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_table_holds_nothing_that_is_nobodys_business(maker: Maker, name: str) -> None:
    plan, task, _ = busy(maker)
    found = sheet(maker, name, plan, task)
    assert found.rows
    assert [word for word in SECRETS if word in said(found)] == []


def test_the_office_own_table_has_people_and_certificates_in_full(maker: Maker) -> None:
    plan, task, _ = busy(maker)
    found = said(sheet(maker, "task_summary", plan, task))
    assert "单海燕" in found
    assert "执法证号" in found
    assert "内部使用" in found
    maker.write(maker.registry("bureau_settings"), 1, show_certificates=True)
    assert "执法证号" in said(sheet(maker, "task_public", plan, task))


def test_the_upload_has_the_columns_of_the_national_system(maker: Maker) -> None:
    plan, task, check = busy(maker)
    maker.write(maker.registry("inspection_plan"), plan, upstream_plan_no="37130020221331")
    found = sheet(maker, "upload", plan, task)
    headings = [heading for heading, _ in found.columns]
    seven = ["抽查计划编号", "抽查计划名称", "抽查任务编号", "抽查任务名称", "抽查类型", "抽查机关", "抽查完成日期"]
    assert headings[1:8] == seven
    assert headings[-2:] == ["抽查事项", "抽查结果"]
    (line,) = found.rows
    assert line[1] == "37130020221331"
    assert line[7] == "2026-11-23"
    assert line[8] == row(maker, check).unit_name
    assert line[-1] == "未发现问题"


def test_what_is_withdrawn_is_public_no_more(maker: Maker) -> None:
    plan, task, check = busy(maker)
    do(maker, "withdraw_publication", "inspection_check", check, reason="结果有误")
    assert sheet(maker, "upload", plan, task).rows == ()
    assert sheet(maker, "task_public", plan, task).rows == ()


def test_a_correction_bears_its_day(maker: Maker) -> None:
    plan, task, check = busy(maker)
    do(maker, "correct_publication", "inspection_check", check, reason="整改后复查合格")
    found = sheet(maker, "task_public", plan, task)
    (line,) = found.rows
    assert dict(zip([heading for heading, _ in found.columns], line, strict=True))["更正日期"] == "2026-11-23"
    assert "2026-11-23；2026-11-23 更正" in said(sheet(maker, "task_summary", plan, task))


def test_a_task_in_public_says_how_often_it_was_drawn_and_whom_somebody_stands_in_for(maker: Maker) -> None:
    made = inspections.task(maker, shops=6)
    draw = do(maker, "commit", "inspection_task", made, **inspections.SEAL)
    inspections.walk(maker, "inspection_draw", draw, inspections.OF_DRAW[DrawState.DRAWN])
    do(maker, "abandon", "inspection_draw", draw, **inspections.GIVEN_UP)
    draw = do(maker, "commit", "inspection_task", made, **inspections.SEAL)
    inspections.walk(maker, "inspection_draw", draw, inspections.OF_DRAW[DrawState.DRAWN])
    first, second = inspections.checks_of(maker, draw)
    do(maker, "replace_object", "inspection_check", first, why="已停业", approver="苏若溪")
    do(maker, "cancel_check", "inspection_check", second, why="任务调整", approver="苏若溪")
    with maker.office.database.read() as session:
        plan = session.get_one(InspectionTask, made).plan_id
    found = sheet(maker, "public_tasks", plan or 0, made)
    line = dict(zip([heading for heading, _ in found.columns], found.rows[0], strict=True))
    names = ("名单户数", "抽查户数", "已检查", "替换户数", "取消户数", "抽取次数")
    assert [line[name] for name in names] == ["6", "2", "0", "1", "1", "2"]


def test_the_list_is_as_it_stands_until_it_is_sealed_and_then_as_it_was_sealed(maker: Maker) -> None:
    made = inspections.task(maker, shops=3)
    closed = inspections.shop(maker, operator_name="歇了业的书店", operating_status="歇业")
    now = sheet(maker, "task_pool", 0, made)
    assert [line[5] for line in now.rows] == ["可抽"] * 3 + ["排除"]
    assert "还没有封存" in now.note
    assert "全部对象：抽 2 户，3 户里抽 2 户" in now.note
    do(maker, "commit", "inspection_task", made, **inspections.SEAL)
    maker.write(maker.registry("operator"), closed, operator_name="后来的名称", operating_status=OperatingStatus.OPEN)
    inspections.shop(maker, operator_name="后来的书店")
    sealed = sheet(maker, "task_pool", 0, made)
    assert [line[1:] for line in sealed.rows[:3]] == [line[1:] for line in now.rows[:3]]
    assert [sealed.rows[3][1], sealed.rows[3][6]] == ["歇了业的书店", "经营状态为歇业"]
    assert len(sealed.rows) == 4
    assert "封存码" in sealed.note


def test_a_list_that_cannot_be_drawn_from_is_shown_with_the_reason(maker: Maker) -> None:
    made = inspections.task(maker, shops=1, wanted_count=5)
    found = sheet(maker, "task_pool", 0, made)
    assert len(found.rows) == 1
    assert "要抽 5 户，只有 1 户可抽" in found.note


@pytest.mark.parametrize("ending", ["xlsx", "csv", "pdf"])
def test_a_public_file_does_not_say_who_made_it(maker: Maker, tmp_path: Path, ending: str) -> None:
    plan, task, _ = busy(maker)
    path = tmp_path / f"公示.{ending}"
    for name, public in (("task_public", True), ("task_summary", False)):
        save_sheet(maker.office, maker.clerk, sheet(maker, name, plan, task), path)
        assert (maker.clerk.name in words(path)) is not public
        assert "2026-11-23" in words(path)


def words(path: Path) -> str:
    """What a file says, whatever its kind."""
    if path.suffix == ".xlsx":
        return str(read_workbook(path).sheets[0].rows)
    if path.suffix == ".csv":
        return path.read_bytes().decode("utf-8-sig")
    return "".join(extract_text(path.read_bytes()))


def test_on_paper_no_number_is_broken_and_a_long_table_says_first_what_it_is(maker: Maker, tmp_path: Path) -> None:
    columns = (("序号", 11.0), ("单位", 90.0), ("统一社会信用代码", 12.0), ("备注", 200.0), ("执法证号", 6.0))
    rows = tuple((str(n), "海风书店", f"91370687MA{n:07d}X", "长" * 60, f"15068{n:06d}、") for n in range(60))
    save_sheet(maker.office, maker.clerk, Sheet("汇总表", columns, rows, "说明在前"), tmp_path / "表.pdf")
    first, *rest = extract_text((tmp_path / "表.pdf").read_bytes())
    assert "说明在前" in first
    assert rest
    assert all("执法证号" in "".join(text.split()) for text in rest)
    whole = "".join((first, *rest))
    assert [row[2] for row in rows if row[2] not in whole] == []
    assert [row[4] for row in rows if row[4] not in whole] == []


def test_a_table_of_many_columns_lies_on_a_larger_sheet(maker: Maker, tmp_path: Path) -> None:
    for many, width in ((8, 297), (16, 420)):
        columns = tuple((f"第{n}列", 30.0) for n in range(many))
        path = tmp_path / f"{many}.pdf"
        save_sheet(maker.office, maker.clerk, Sheet("表", columns, (("甲",) * many,)), path)
        assert round(page_sizes(path.read_bytes())[0][0]) == width


def test_a_title_that_no_tab_may_bear_is_written_all_the_same(maker: Maker, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    save_sheet(maker.office, maker.clerk, Sheet("'A/B[1]：任务*?", (("单位", 30.0),), (("=1+1",),)), path)
    assert read_workbook(path).sheets[0].rows[0][0] == "'A/B[1]：任务*?"


def figures(maker: Maker, name: str, day: date | None = None, group: str = "") -> dict[str, str]:
    with maker.office.desk(maker.clerk) as desk:
        table = figures_as_of(desk, desk.catalogue.figure_set(name), {}, day, group)
        return {f"{line.group}{line.figure.label}": line.counted.text for line in table.lines}


def test_drawn_and_named_are_counted_apart_and_as_of_any_day(maker: Maker, clock: Clock) -> None:
    order = rectifications.after_check(maker)
    named = inspections.named_check(maker)
    people = {"lead": inspections.inspector(maker), "second": inspections.inspector(maker)}
    do(maker, "name_team", "inspection_check", named, **people)
    inspections.walk(maker, "inspection_check", named, inspections.CHECKED)
    before = figures(maker, "inspection")
    assert (before["抽查户数"], before["指名户数"], before["检查户次"]) == ("1 户", "1 户", "2 户次")
    assert (before["抽查完成率"], before["问题发现率（随机）"]) == ("100.00 %  1/1", "100.00 %  1/1")
    assert (before["发现问题户次"], before["责令整改户次"]) == ("1 户次", "1 户次")
    assert (before["整改完成率"], before["按期整改率"]) == ("0.00 %  0/1", "—  0/0")
    clock.now = datetime(2026, 12, 5, 9)
    people_ = "、".join(name for name in (people_named(maker, people["lead"]), people_named(maker, people["second"])))
    do(maker, "pass_recheck", "rectification", order, recheck_by=people_, note="好了")
    now, then = figures(maker, "inspection"), figures(maker, "inspection", date(2026, 11, 23))
    assert (now["整改完成率"], now["按期整改率"]) == ("100.00 %  1/1", "100.00 %  1/1")
    assert then == before


def people_named(maker: Maker, staff: int) -> str:
    with maker.office.database.read() as session:
        return str(session.get_one(maker.registry("staff").record, staff).name)  # type: ignore[attr-defined]


def test_late_publication_is_counted_from_the_day_it_is_late(maker: Maker, clock: Clock) -> None:
    inspections.check_in(maker, CheckState.CHECKED)
    assert figures(maker, "inspection")["公示及时率"] == "—  0/0"
    clock.now = datetime(2026, 12, 22, 9)
    assert figures(maker, "inspection")["公示及时率"] == "0.00 %  0/1"
    assert figures(maker, "inspection", date(2026, 12, 1))["公示及时率"] == "—  0/0"


def test_figures_split_by_inspector_item_and_trade_with_the_rows_behind(maker: Maker) -> None:
    check = inspections.check_in(maker, CheckState.CHECKED)
    for group in ("lead_id", "items", "categories", "township", "outcome"):
        counted = figures(maker, "inspection", None, group)
        assert sum(text == "1 户次" for label, text in counted.items() if label.endswith("检查户次")) >= 2, counted
    with maker.office.desk(maker.clerk) as desk:
        found = desk.catalogue.figure_set("inspection")
        line = figures_as_of(desk, found, {}).line(found.figure("检查户次"))
        assert line.counted.rows == (check,)
        assert rows_behind(desk, found, line.counted.behind).rows[0][0] == check


def test_coverage_counts_the_firms_that_were_reached(maker: Maker, clock: Clock) -> None:
    inspections.check_in(maker, CheckState.CHECKED, shops=4)
    assert figures(maker, "coverage")["一年覆盖率"] == "25.00 %  1/4"
    assert figures(maker, "coverage")["从未检查"] == "3 户"
    clock.now = datetime(2028, 6, 1, 9)
    now = figures(maker, "coverage")
    assert (now["一年覆盖率"], now["三年覆盖率"]) == ("0.00 %  0/4", "25.00 %  1/4")


def test_what_waits_is_said_of_task_check_and_firm(maker: Maker, clock: Clock) -> None:
    made = inspections.draw(maker)
    with maker.office.database.read() as session:
        task = session.scalars(select(maker.registry("inspection_draw").record.task_id)).one()  # type: ignore[attr-defined]
    assert any("请录入种子" in one for one in waiting(maker, "inspection_task", task))
    inspections.walk(maker, "inspection_draw", made, (("seed", inspections.SEEDS),))
    assert any("种子已录入，请抽取" in one for one in waiting(maker, "inspection_draw", made))
    do(maker, "run", "inspection_draw", made)
    check = inspections.checks_of(maker, made)[0]
    clock.now = datetime(2026, 12, 20, 9)
    for register, record in (("inspection_check", check), ("operator", row(maker, check).operator_id)):
        assert any("检查期间 2026-12-18 已过 2 天，还没有检查" in one for one in waiting(maker, register, record))


def waiting(maker: Maker, register: str, record_id: int) -> list[str]:
    with maker.office.desk(maker.clerk) as desk:
        registry = maker.registry(register)
        found = desk.get(registry.record, record_id)
        return [one.text for watch in desk.catalogue.watches_on(registry) for one in watch.function(desk, found)]
