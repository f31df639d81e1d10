"""Journey 1 in the window: a ledger comes in — columns matched, every row accounted for, corrected in place, written, taken back."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from tests.builders import dump
from tests.ledger.reading_samples import xlsx
from tests.windows import CTRL, WINDOW, Key, Window
from wenlv_desk.gui.importing.planstep import PlanStep
from wenlv_desk.gui.importing.searchcombo import SearchCombo
from wenlv_desk.gui.pages.import_ledger import MAP, PLAN, WRITTEN, ImportPage
from wenlv_desk.ledger.model import Verdict
from wenlv_desk.store.check import check

pytestmark = WINDOW
TITLE = ["青屿市文化市场经营单位台账（2024年）", None, None, None, None, None]
HEADINGS = ["序号", "门店招牌", "信用代码", "负责人", "电话", "营业状态"]
ROWS: list[list[Any]] = [
    [1, "甲书店", "92370687MA3C6RFJ27", "王一", 13800130001, "营业"],
    [2, "乙网吧", None, "李二", "0535-3000001", "开着"],
    [3, None, None, "无名", None, "营业"],
    [4, "丁影城", 9.13706870987654e17, "赵四", "13800130004", "营业"],
    [5, "戊书店", None, "孙五", "138001300", "停业"],
    [6, "山海书局", "91990087MADG699420", "仇佳怡", "13900009999", "营业"],
]


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The clerk's old ledger, which the file dialog gives."""
    path = xlsx(tmp_path / "我的 台账.xlsx", [TITLE, HEADINGS, *ROWS])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_named: (str(path), ""))
    return path


def mapped(window: Window) -> ImportPage:
    """The file chosen and read, its columns proposed."""
    window.go("经营单位")
    window.click("导入…", window.page)
    page = window.found(ImportPage)
    window.key(Key.Key_O, CTRL)
    window.until(lambda: page.step == MAP)
    return page


def choose(window: Window, combo: SearchCombo, text: str) -> None:
    """Type an option's words into a box and leave it by Tab."""
    edit = combo.lineEdit()
    assert isinstance(edit, QLineEdit)
    window.put(edit, text)
    edit.completer().popup().hide()
    combo.setFocus()
    window.key(Key.Key_Tab)
    assert combo.currentText() == text


def planned(window: Window, page: ImportPage) -> PlanStep:
    """What will happen to every row."""
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: page.step == PLAN and page.plan is not None)
    plan = page.plan
    assert plan is not None
    loaded(window, plan)
    return plan


def loaded(window: Window, plan: PlanStep) -> None:
    window.until(lambda: plan.table.rows.source is not None and not plan.table.rows.loading)


def counts(plan: PlanStep) -> dict[str, int]:
    return {verdict.value: count for verdict, count in plan.summary.counts.items() if count}


def correct(window: Window, plan: PlanStep, verdict: Verdict, line: int, field: str, text: str) -> None:
    """Choose a row among those of a verdict and type over one of its fields in the panel below."""
    before = counts(plan)
    window.click(verdict.label, plan)
    loaded(window, plan)
    window.until(lambda: str(line) in [row[0] for row in window.rows(plan.table)])
    at = [row[0] for row in window.rows(plan.table)].index(str(line))
    plan.table.setFocus()
    window.key(Key.Key_Home)
    for _ in range(at):
        window.key(Key.Key_Down)
    window.until(lambda: plan.panel.view is not None and plan.panel.view.row.line == line)
    (edit,) = [one for one in window.shown(QLineEdit, plan.panel) if one.accessibleName() == f"{field}，文件中"]
    window.put(edit, text)
    window.key(Key.Key_Return)
    window.until(lambda: counts(plan) != before)


def test_the_first_ledger_comes_in_row_by_row_and_is_taken_back(
    window: Window, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(window.office)
    page = mapped(window)
    assert "表头在第 2 行" in page.frame.facts.text()
    assert page.map.combo("信用代码").currentText() == "统一社会信用代码"
    choose(window, page.map.combo("门店招牌"), "单位名称")
    choose(window, page.map.combo("营业状态"), "经营状态")
    (word,) = wait_for_words(window, page)
    choose(window, word, "营业")
    plan = planned(window, page)
    assert counts(plan) == {"new": 2, "changed": 1, "doubtful": 2, "rejected": 1}

    correct(window, plan, Verdict.REJECTED, 5, "单位名称", "丙歌厅")
    correct(window, plan, Verdict.DOUBTFUL, 6, "统一社会信用代码", "")
    assert counts(plan) == {"new": 4, "changed": 1, "doubtful": 1}
    assert dump(window.office) == before

    rejects = tmp_path / "退回.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(rejects), ""))
    window.click("另存退回的行", page)
    window.until(lambda: "退回.xlsx" in window.notice)
    assert [row[1].value for row in openpyxl.load_workbook(rejects).worksheets[0].iter_rows(min_row=2)] == ["戊书店"]

    window.click("写入 5 行", page)
    window.until(lambda: page.step == WRITTEN)
    assert "已写入 5 行到经营单位" in window.said(page)
    window.click("看列表", page)
    window.until(lambda: window.page._counts.text() == "共 73 家")
    window.search("bgt")
    assert window.names() == ["丙歌厅"]
    window.search("9999")
    window.select("山海书局")  # in the search field Ctrl+Z would take back what was typed
    assert window.undo() == "撤销“导入台账 经营单位”？"
    assert dump(window.office) == before
    assert check(window.office) == []


def wait_for_words(window: Window, page: ImportPage) -> list[SearchCombo]:
    """The boxes for words of the file that are none of ours."""

    def boxes() -> list[SearchCombo]:
        return [one for one in window.shown(SearchCombo, page.map) if "“开着”" in one.accessibleName()]

    window.until(lambda: bool(boxes()))
    return boxes()


def test_the_same_file_again_is_matched_by_itself_and_changes_nothing(window: Window, ledger: Path) -> None:
    page = mapped(window)
    choose(window, page.map.combo("门店招牌"), "单位名称")
    planned(window, page)
    window.click("写入", page)
    window.until(lambda: page.step == WRITTEN)
    window.click("看列表", page)
    before = dump(window.office)
    again = mapped(window)
    assert again.map.combo("门店招牌").currentText() == "单位名称"
    plan = planned(window, again)
    assert set(counts(plan)) <= {"same", "doubtful", "rejected"}
    assert counts(plan)["same"] >= 2
    assert not again.frame.next.isEnabled()
    window.click("离开", again)
    assert dump(window.office) == before


def test_leaving_before_writing_leaves_everything_as_it_was(window: Window, ledger: Path) -> None:
    before = dump(window.office)
    page = mapped(window)
    planned(window, page)
    window.click("离开", page)
    window.until(lambda: not window.shown(ImportPage))
    assert window.page._counts.text() == "共 69 家"
    assert dump(window.office) == before
