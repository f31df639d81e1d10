"""The import page as a clerk uses it: a file in, columns, doubts decided, rows written, taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from tests.builders import dump
from tests.gui.walk import unnamed
from tests.shared_data import SHARED, needs_shared
from wenlv_desk.gui.frame.shell import Shell
from wenlv_desk.gui.importing.asking import AskText
from wenlv_desk.gui.importing.beside import BesideDialog
from wenlv_desk.gui.importing.planstep import PlanStep
from wenlv_desk.gui.importing.source import ACT, WHY, Act
from wenlv_desk.gui.kit import Kit
from wenlv_desk.gui.pages.import_ledger import FILE, MAP, PLAN, WRITTEN, ImportPage, open_import
from wenlv_desk.gui.seat import Seat, Ways
from wenlv_desk.gui.table import text_of
from wenlv_desk.ledger.model import Verdict
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.standards.credit_code import complete_code
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.gate import perform
from wenlv_desk.store.office import Office

GOOD = [complete_code(f"92370687MA{n:07d}") for n in range(1, 9)]
WRONG = GOOD[1][:-1] + ("A" if GOOD[1][-1] != "A" else "B")
HEADINGS = "序号,单位名称,信用代码,负责人,电话,地址,类别,店里的猫"


@pytest.fixture
def seat(kit: Kit, shell: Shell, office: Office, clerk: Clerk) -> Seat:
    shell.show()
    return Seat(kit, office, clerk, shell, Ways(show_page=shell.show_guest, close_page=shell.close_guest))


@pytest.fixture
def page(seat: Seat) -> ImportPage:
    return open_import(seat, seat.catalogue.registry("operator"))


Ledger = Callable[..., Path]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A CSV of the given rows below the usual headings."""

    def write(*rows: str, name: str = "台账.csv", headings: str = HEADINGS) -> Path:
        path = tmp_path / name
        path.write_text("\n".join([headings, *rows]), encoding="utf-8-sig")
        return path

    return write


def row(number: int, name: str, code: str, category: str = "出版物零售") -> str:
    return f"{number},{name},{code},解某,1380535{number:04d},海政路{number}号,{category},有"


def mapped(page: ImportPage, path: Path, qtbot: QtBot) -> None:
    page.open_file(path)
    qtbot.waitUntil(lambda: page.step == MAP, timeout=20000)


def planned(page: ImportPage, path: Path, qtbot: QtBot) -> PlanStep:
    mapped(page, path, qtbot)
    page.frame.next.click()
    qtbot.waitUntil(lambda: page.step == PLAN, timeout=20000)
    assert page.plan is not None
    plan = page.plan
    qtbot.waitUntil(lambda: plan.table.rows.source is not None, timeout=20000)
    return plan


def shown(plan: PlanStep, row_number: int, column: str) -> str:
    found = plan.table.rows.row(row_number)
    assert found is not None
    return text_of(found.cells[[one.name for one in plan.table.rows.columns].index(column)])


def answer(page: ImportPage, text: str, qtbot: QtBot) -> None:
    """Fill in the question that is open."""
    qtbot.waitUntil(lambda: bool(questions(page)), timeout=20000)
    (asked,) = questions(page)
    asked.edit.setText(text)
    assert asked.primary is not None
    asked.primary.click()


def questions(page: ImportPage) -> list[AskText]:
    return [one for one in page.window().findChildren(AskText) if one.isVisible()]


def decided(plan: PlanStep, verdict: Verdict, count: int, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: plan.summary.counts[verdict] == count, timeout=20000)


def operators(office: Office) -> int:
    with office.database.read() as session:
        return int(session.scalar(select(func.count(Operator.id)).where(~Operator.voided)) or 0)


# ① the file


def test_a_dropped_file_is_read_and_leads_to_its_columns(page: ImportPage, ledger: Ledger, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(ledger(row(1, "青禾书店", GOOD[0]))))])
    none = Qt.MouseButton.NoButton
    event = QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, none, Qt.KeyboardModifier.NoModifier)
    page.dropEvent(event)
    qtbot.waitUntil(lambda: page.step == MAP, timeout=20000)
    assert "台账.csv" in page.frame.facts.text()
    assert "共 1 行" in page.frame.facts.text()


def test_a_file_can_be_chosen_by_the_button(
    page: ImportPage, ledger: Ledger, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ledger(row(1, "青禾书店", GOOD[0]))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_named: (str(path), ""))
    page.choose_file()
    qtbot.waitUntil(lambda: page.step == MAP, timeout=20000)


def test_a_file_that_is_no_ledger_is_refused_by_name_and_another_is_asked_for(
    page: ImportPage, tmp_path: Path, qtbot: QtBot, seat: Seat
) -> None:
    path = tmp_path / "照片.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    page.open_file(path)
    qtbot.waitUntil(lambda: "照片.xlsx" in problem(page), timeout=20000)
    assert seat.kit.notices.current is None  # once is enough, and the next file must not stand beside it
    assert page.step == FILE


def test_long_samples_leave_the_boxes_of_the_mapping_in_sight(page: ImportPage, ledger: Ledger, qtbot: QtBot) -> None:
    mapped(page, ledger(row(1, "青禾书店", GOOD[0], category="很长的类别" * 60)), qtbot)
    combo = page.map.combo("信用代码")
    qtbot.waitUntil(lambda: combo.visibleRegion().boundingRect() == combo.rect())


def test_of_several_sheets_one_is_chosen(page: ImportPage, tmp_path: Path, qtbot: QtBot) -> None:
    import xlsxwriter

    path = tmp_path / "两张表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, count in (("上半年", 1), ("下半年", 2)):
            sheet = book.add_worksheet(name)
            for line, text in enumerate([HEADINGS, *(row(n, f"书店{n}", GOOD[n]) for n in range(count))]):
                for column, cell in enumerate(text.split(",")):
                    sheet.write_string(line, column, cell)
    page.open_file(path)
    qtbot.waitUntil(lambda: page.opened is not None, timeout=20000)
    assert page.step == FILE
    assert page.opened is not None
    assert [one.name for one in page.opened.usable] == ["上半年", "下半年"]
    page.take_sheet(1)
    qtbot.waitUntil(lambda: page.step == MAP, timeout=20000)
    assert "工作表“下半年”" in page.frame.facts.text()


@needs_shared
def test_a_workbook_with_a_password_asks_for_it_until_it_is_right(page: ImportPage, qtbot: QtBot) -> None:
    page.open_file(SHARED / "data" / "excel" / "msoffcrypto__example_password.xlsx")
    answer(page, "1234", qtbot)
    qtbot.waitUntil(lambda: bool(questions(page)) and questions(page)[0].edit.text() == "", timeout=20000)
    assert "密码不正确" in "".join(label.text() for label in questions(page)[0].findChildren(QLabel))
    answer(page, "Password1234_", qtbot)
    qtbot.waitUntil(lambda: page.opened is not None or "没有" in problem(page), timeout=20000)


def test_reading_can_be_cancelled_and_nothing_comes_of_it(
    page: ImportPage, ledger: Ledger, seat: Seat, qtbot: QtBot
) -> None:
    path = ledger(*(row(n, f"第{n}书店", "") for n in range(60_000)))
    page.open_file(path)
    page.files.stopped.emit()
    qtbot.waitUntil(lambda: not seat.kit.jobs._under_way, timeout=20000)
    assert page.step == FILE
    assert page.opened is None
    assert "已停止读取" in problem(page)


def problem(page: ImportPage) -> str:
    """What the first step says was wrong."""
    return "".join(one.text() for one in page.files.findChildren(QLabel) if one.property("part") == "problem")


# ② the columns


def test_every_column_stands_beside_samples_and_the_field_proposed(
    page: ImportPage, ledger: Ledger, qtbot: QtBot
) -> None:
    mapped(page, ledger(row(1, "青禾书店", GOOD[0])), qtbot)
    assert page.map.combo("信用代码").currentText() == "统一社会信用代码"
    assert page.map.combo("店里的猫").key == ""
    assert page.map._unmapped.text() == "不导入的列：店里的猫"


def test_a_column_given_to_another_field_takes_it_from_the_former_one(
    page: ImportPage, ledger: Ledger, qtbot: QtBot
) -> None:
    mapped(page, ledger(row(1, "青禾书店", GOOD[0])), qtbot)
    combo = page.map.combo("店里的猫")
    combo.setCurrentText("单位名称")
    combo._left()
    assert page.map.combo("单位名称").key == ""
    assert "没有列对应到必填" not in page.map._warning.text()
    assert page.proposed is not None
    assert page.proposed.mapping.column("店里的猫").field == "operator_name"
    page.map.combo("店里的猫").setCurrentText("没有这一项")
    page.map.combo("店里的猫")._left()
    assert page.map.combo("店里的猫").currentText() == "单位名称"


def test_without_a_column_for_what_is_required_a_warning_says_so(
    page: ImportPage, ledger: Ledger, qtbot: QtBot
) -> None:
    mapped(page, ledger(row(1, "青禾书店", GOOD[0])), qtbot)
    combo = page.map.combo("单位名称")
    combo.setCurrentIndex(0)
    combo._take(0)
    assert "单位名称" in page.map._warning.text()


def test_a_word_of_the_file_is_given_one_of_ours(page: ImportPage, ledger: Ledger, qtbot: QtBot) -> None:
    from wenlv_desk.gui.importing.searchcombo import SearchCombo

    path = ledger(row(1, "青禾书店", GOOD[0], "小书摊儿"), row(2, "新岸书店", GOOD[1], "小书摊儿"))
    mapped(page, path, qtbot)
    (combo,) = [one for one in page.map.findChildren(SearchCombo) if "小书摊儿" in one.accessibleName()]
    combo.setCurrentText("出版物零售")
    combo._left()
    page.frame.next.click()
    qtbot.waitUntil(lambda: page.step == PLAN, timeout=20000)
    assert page.plan is not None
    assert page.plan.summary.counts[Verdict.NEW] == 2


# ③ the plan


@pytest.fixture
def doubtful(page: ImportPage, ledger: Ledger, qtbot: QtBot) -> PlanStep:
    """One good row, one with a wrong check digit, one without a name."""
    path = ledger(row(1, "青禾书店", GOOD[0]), row(2, "东港书报亭", WRONG), row(3, "", GOOD[2]))
    plan = planned(page, path, qtbot)
    qtbot.waitUntil(lambda: plan.table.row_count() == 1, timeout=20000)
    return plan


def test_the_plan_counts_its_rows_and_begins_with_the_doubtful_ones(doubtful: PlanStep, page: ImportPage) -> None:
    chips = [chip.text() for chip in doubtful._chips.values()]
    assert chips == ["全部 3", "新增 1", "变更 0", "相同 0", "存疑 1", "退回 1"]
    assert shown(doubtful, 0, "#line") == "3"
    assert "第 18 位校验码应为" in shown(doubtful, 0, WHY)
    assert shown(doubtful, 0, ACT) == f"改为 {GOOD[1][-1]}"
    assert page.frame.next.text() == "写入 1 行"


def test_the_wrong_digit_is_set_off_in_red(doubtful: PlanStep) -> None:
    found = doubtful.table.rows.row(0)
    assert found is not None
    cell = next(one for one in found.cells if text_of(one) == WRONG)
    assert getattr(cell, "wrong", False)
    assert getattr(cell, "spans", ()) == ((17, 18),)


def test_a_click_on_the_rows_button_mends_the_cell_and_the_row_is_looked_at_again(
    doubtful: PlanStep, page: ImportPage, qtbot: QtBot
) -> None:
    at = doubtful.table.act_area(0).center()
    QTest.mouseClick(doubtful.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    decided(doubtful, Verdict.NEW, 2, qtbot)
    assert page.frame.next.text() == "写入 2 行"


def test_a_doubtful_row_is_kept_as_it_stands_for_a_reason_and_that_can_be_taken_back(
    doubtful: PlanStep, page: ImportPage, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: doubtful.panel.view is not None, timeout=20000)
    assert doubtful.panel.view is not None
    doubtful._ask_accept(doubtful.panel.view)
    answer(page, "执照上就是这样印的", qtbot)
    decided(doubtful, Verdict.NEW, 2, qtbot)
    doubtful.show_verdict(None)
    qtbot.waitUntil(lambda: doubtful.table.row_count() == 3, timeout=20000)
    assert shown(doubtful, 1, WHY).startswith("已定：照此登记（执照上就是这样印的）")
    assert shown(doubtful, 1, ACT) == "撤回"
    doubtful.table.press_act(1)
    decided(doubtful, Verdict.DOUBTFUL, 1, qtbot)


def test_an_empty_reason_decides_nothing(doubtful: PlanStep, page: ImportPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: doubtful.panel.view is not None, timeout=20000)
    assert doubtful.panel.view is not None
    doubtful._ask_accept(doubtful.panel.view)
    (dialog,) = page.window().findChildren(AskText)
    dialog.edit.setText("   ")
    assert dialog.primary is not None
    assert not dialog.primary.isEnabled()
    dialog.reject()
    assert doubtful.summary.counts[Verdict.DOUBTFUL] == 1


def test_all_rows_with_one_sort_of_problem_are_kept_for_one_reason(
    page: ImportPage, ledger: Ledger, qtbot: QtBot
) -> None:
    path = ledger(*(row(n, f"第{n}书店", GOOD[n][:-1] + ("A" if GOOD[n][-1] != "A" else "B")) for n in range(1, 6)))
    plan = planned(page, path, qtbot)
    ((about, field, count),) = plan.sorts()
    assert (plan.sort_title(about, field), count) == ("统一社会信用代码内容可疑", 5)
    plan._ask_all(about, field)
    answer(page, "原台账如此", qtbot)
    decided(plan, Verdict.NEW, 5, qtbot)
    assert plan.accept_sorts.isHidden()


def test_a_row_can_be_left_out(doubtful: PlanStep, page: ImportPage, qtbot: QtBot) -> None:
    doubtful.show_verdict(Verdict.NEW)
    view = doubtful.panel
    qtbot.waitUntil(lambda: view.view is not None and view.view.row.verdict is Verdict.NEW, timeout=20000)
    doubtful.panel.skipped.emit()
    qtbot.waitUntil(lambda: doubtful.summary.to_write == 0, timeout=20000)
    assert not page.frame.next.isEnabled()


def test_a_cell_is_mended_in_place_in_the_list(doubtful: PlanStep, qtbot: QtBot) -> None:
    doubtful.show_verdict(Verdict.REJECTED)
    qtbot.waitUntil(lambda: shown_line(doubtful) == "4", timeout=20000)
    names = [one.name for one in doubtful.table.rows.columns]
    doubtful.table.edit_cell(doubtful.table.rows.index(0, names.index("operator_name")))
    assert doubtful.table.cell_edit is not None
    doubtful.table.cell_edit.setText("补上名称书店")
    QTest.keyClick(doubtful.table.cell_edit, Qt.Key.Key_Return)
    decided(doubtful, Verdict.REJECTED, 0, qtbot)
    assert doubtful.summary.counts[Verdict.NEW] == 2


def shown_line(plan: PlanStep) -> str:
    found = plan.table.rows.row(0)
    return text_of(found.cells[0]) if found is not None else ""


def test_a_cell_is_mended_in_the_panel(doubtful: PlanStep, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "uscc" in doubtful.panel._edits, timeout=20000)
    edit: QLineEdit = doubtful.panel._edits["uscc"]
    edit.setText(GOOD[1])
    QTest.keyClick(edit, Qt.Key.Key_Return)
    decided(doubtful, Verdict.NEW, 2, qtbot)


def test_what_would_change_is_shown_field_by_field(
    page: ImportPage, ledger: Ledger, office: Office, clerk: Clerk, qtbot: QtBot
) -> None:
    given = {"operator_name": "青禾书店", "uscc": GOOD[0], "address": "旧街1号", "categories": "出版物零售"}
    perform(office, clerk, "create", "operator", arguments=given)
    plan = planned(page, ledger(row(1, "青禾书店", GOOD[0])), qtbot)
    assert plan.summary.counts[Verdict.CHANGED] == 1
    qtbot.waitUntil(lambda: plan.panel.view is not None, timeout=20000)
    assert "地址：旧街1号 → 海政路1号" in shown(plan, 0, WHY)
    assert plan.panel.view is not None
    change = next(one for one in plan.panel.view.fields if one.name == "address")
    assert (change.stored, change.given, change.becomes) == ("旧街1号", "海政路1号", "海政路1号")


def test_a_firm_that_may_be_one_on_file_is_looked_at_side_by_side(
    page: ImportPage, ledger: Ledger, office: Office, clerk: Clerk, qtbot: QtBot
) -> None:
    given = {
        "operator_name": "海书香文化用品店",
        "uscc": GOOD[0],
        "address": "海政路3号",
        "phone": "13805350003",
        "categories": "出版物零售",
    }
    perform(office, clerk, "create", "operator", arguments=given)
    plan = planned(page, ledger(row(3, "海书香文化用品店（二店）", "")), qtbot)
    qtbot.waitUntil(lambda: plan.table.row_count() == 1, timeout=20000)
    assert shown(plan, 0, ACT) == "并排看"
    plan.table.press_act(0)
    found: list[BesideDialog] = []
    qtbot.waitUntil(
        lambda: bool(found.extend(page.window().findChildren(BesideDialog)) or found),  # type: ignore[func-returns-value]
        timeout=20000,
    )
    dialog = found[0]
    assert dialog.primary is not None
    assert not dialog.primary.isEnabled()
    dialog.reason.setText("电话核实是同一家")
    dialog._choosers[0].click()
    decided(plan, Verdict.DOUBTFUL, 0, qtbot)
    assert plan.summary.counts[Verdict.NEW] == 0


def test_two_readings_of_a_date_are_offered_to_choose_from(page: ImportPage, ledger: Ledger, qtbot: QtBot) -> None:
    path = ledger(f"晨光文具书店,{GOOD[0]},03/04/07", headings="单位名称,信用代码,成立日期")
    plan = planned(page, path, qtbot)
    qtbot.waitUntil(lambda: plan.panel.view is not None, timeout=20000)
    assert shown(plan, 0, ACT) == "选一个 ▾"
    assert plan.panel.view is not None
    from wenlv_desk.gui.importing.source import next_step

    offer = next_step(plan.panel.view.row)
    assert offer is not None
    assert offer.act is Act.CHOOSE
    plan._act(plan.panel.view, offer, QPoint(0, 0))
    from PySide6.QtWidgets import QMenu

    (menu,) = [one for one in plan.findChildren(QMenu) if one.accessibleName() == "可选的值"]
    menu.actions()[0].trigger()
    decided(plan, Verdict.DOUBTFUL, 0, qtbot)
    menu.close()


# ④ written


def test_writing_is_one_step_and_undoing_it_restores_everything(
    doubtful: PlanStep, page: ImportPage, office: Office, qtbot: QtBot
) -> None:
    before = dump(office)
    page.frame.next.click()
    page.frame.next.click()
    qtbot.waitUntil(lambda: page.step == WRITTEN, timeout=20000)
    assert operators(office) == 1
    assert page.result is not None
    assert page.result.heading.text() == "已写入 1 行到经营单位"
    page.result.undo.click()
    qtbot.waitUntil(lambda: page.result is not None and "已撤销这次导入" in page.result.heading.text(), timeout=20000)
    assert dump(office) == before


def test_nothing_is_written_before_the_last_step(doubtful: PlanStep, page: ImportPage, office: Office) -> None:
    assert operators(office) == 0
    page.leave()
    assert operators(office) == 0


def test_rows_left_out_are_saved_with_their_reasons(
    doubtful: PlanStep, page: ImportPage, seat: Seat, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wenlv_desk.ledger.reading import read_workbook

    path = tmp_path / "退回.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(path), ""))
    assert not page.frame.save.isHidden()
    page.frame.save.click()
    qtbot.waitUntil(lambda: seat.kit.notices.current is not None, timeout=20000)
    assert seat.kit.notices.current is not None
    assert seat.kit.notices.current.text.startswith("2 行连同原因存为“退回.xlsx”")
    heading, *rows = read_workbook(path).sheets[0].rows
    assert heading[-1] == "原因"
    assert len(rows) == 2


def test_the_same_file_again_changes_nothing(
    page: ImportPage, ledger: Ledger, office: Office, qtbot: QtBot, seat: Seat
) -> None:
    path = ledger(row(1, "青禾书店", GOOD[0]))
    planned(page, path, qtbot)
    page.frame.next.click()
    qtbot.waitUntil(lambda: page.step == WRITTEN, timeout=20000)
    again = open_import(seat, seat.catalogue.registry("operator"))
    plan = planned(again, path, qtbot)
    assert plan.summary.counts[Verdict.SAME] == 1
    assert not again.frame.next.isEnabled()


def test_the_earlier_steps_can_be_gone_back_to(doubtful: PlanStep, page: ImportPage, qtbot: QtBot) -> None:
    page.frame.back.click()
    assert page.step == MAP
    page.frame.back.click()
    assert page.step == FILE


def test_every_control_of_every_step_has_a_name(doubtful: PlanStep, page: ImportPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: doubtful.panel.view is not None, timeout=20000)
    assert unnamed(page) == []


def test_a_long_plan_fetches_only_what_is_in_sight(page: ImportPage, ledger: Ledger, qtbot: QtBot) -> None:
    headings = "单位名称,信用代码"
    path = ledger(*(f"第{n}书店,{complete_code(f'92370687MB{n:07d}')}" for n in range(20_000)), headings=headings)
    plan = planned(page, path, qtbot)
    qtbot.waitUntil(lambda: plan.table.row_count() == 20_000, timeout=60000)
    plan.table.scrollToBottom()
    qtbot.waitUntil(lambda: plan.table.rows.row(19_999) is not None, timeout=60000)
    assert len(plan.table.rows._pages) < 10
