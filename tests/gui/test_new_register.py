"""The throw-away register in the real window: rail, list, filters, form, card, ledgers in and out, undo. Nothing was told of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.builders import Maker, dump
from tests.complaint.records import COMPLAINTS
from tests.conftest import Clock
from tests.gui.walk import unnamed
from tests.throwaway import lay_complaints, open_with_complaints, with_complaints
from tests.windows import CTRL, Key, Window, opened
from wenlv_desk.gui.frame.rail import RailButton
from wenlv_desk.gui.pages.import_ledger import MAP, PLAN, WRITTEN, ImportPage
from wenlv_desk.ledger.model import Verdict
from wenlv_desk.store.check import check
from wenlv_desk.store.desk import Clerk

ENTERED = [
    ["投2026-1", "青屿书店", "噪声扰民", "2026-11-20", "待办", "138****8000"],
    ["投2026-2", "新岸书刊社", "占道经营", "2026-11-21", "办结", ""],
]


@pytest.fixture
def window(template: Path, tmp_path: Path, clock: Clock, clerk: Clerk, qtbot: QtBot) -> Iterator[Window]:
    """The window of an office that keeps complaints and has two."""
    folder = tmp_path / "data"
    shutil.copytree(template, folder)
    lay_complaints(folder)
    office = open_with_complaints(folder, clock)
    maker = Maker(office, clerk, tmp_path)
    maker.perform("set_up", maker.registry("bureau_settings"), bureau_name="青屿市文化和旅游局")
    for name in ("青屿书店", "新岸书刊社"):
        maker.record("operator", operator_name=name)
    for no, operator, matter, day, state, phone in ENTERED:
        given = {"complaint_no": no, "matter": matter, "received_on": day, "state": state}
        maker.record("complaint", operator_id=operator, phone=phone and "13812348000", complainant=None, **given)
    office.close()
    with opened(qtbot, folder, clock, catalogue=with_complaints()) as made:
        made.go("投诉举报")
        yield made


def test_it_has_its_place_on_the_rail_and_its_list(window: Window) -> None:
    assert "投诉举报" in [one.page.title for one in window.shown(RailButton)]
    assert sorted(window.rows()) == ENTERED
    assert window.page._counts.text() == "共 2 件"
    assert unnamed(window.page) == []


def test_its_list_is_searched_filtered_and_sorted(window: Window) -> None:
    window.search("zsrm")
    assert window.names() == ["投2026-1"]
    window.search("")
    window.tick(window.page.filters.chips["state"], "办结")
    window.settled()
    assert window.names() == ["投2026-2"]
    assert window.page._counts.text() == "共 2 件 · 筛出 1 件"
    window.click("清除筛选", window.page)
    window.settled()
    window.sort("收到日期")
    assert window.names() == ["投2026-1", "投2026-2"]
    window.sort("收到日期")
    assert window.names() == ["投2026-2", "投2026-1"]


def test_it_is_found_from_the_one_field(window: Window) -> None:
    window.key(Key.Key_K, CTRL)
    window.type("zdjy")
    window.until(lambda: any(hit.record_id for hit in window.desktop.results.hits()))
    assert [(hit.register, hit.text) for hit in window.desktop.results.hits() if hit.record_id] == [
        ("complaint", "投2026-2")
    ]


def test_its_form_marks_what_is_wrong_saves_amends_and_is_taken_back(window: Window) -> None:
    before = dump(window.office)
    window.key(Key.Key_N, CTRL)
    form = window.form()
    assert set(form.form.boxes) == set(COMPLAINTS.typed_fields)
    window.fill(form, complaint_no="投2026-3", operator_id="qysd", matter="油烟扰民", received_on="2026.11.24")
    box = form.form.boxes["received_on"]
    assert box.editor.property("wrong") is True
    assert "2026-11-24 晚于今天，请改正" in window.said(box)
    window.click("保存", form)
    window.until(lambda: "红色的项目" in form.strip.text)
    assert dump(window.office) == before
    window.fill(form, received_on="2026.11.22", phone="13912340000")
    assert "读作 2026-11-22" in window.said(box)
    made = window.save(form)
    window.until(lambda: "投2026-3" in window.names())

    window.select("投2026-3")
    window.page.table.setFocus()
    window.key(Key.Key_Return)
    form = window.form()
    assert form.form.boxes["phone"].editor.raw() == "139****0000"
    assert not form.form.boxes["state"].editor.isEnabled()
    window.fill(form, matter="油烟扰民，夜间尤甚")
    window.save(form)
    row = dump(window.office)["complaint"][made]
    assert (row["matter"], row["phone"]) == ("油烟扰民，夜间尤甚", "13912340000")
    assert window.undo() == "撤销“修改 投2026-3（投诉举报）”？"
    assert window.undo() == "撤销“新增 投2026-3（投诉举报）”？"
    assert dump(window.office) == before


def test_its_card_does_its_verb_and_tells_its_history(window: Window) -> None:
    window.select("投2026-1")
    dossier = window.card.dossier
    assert dossier is not None
    assert (dossier.hub.title, dossier.focus.register) == ("青屿书店", "complaint")
    window.click("答复办结", window.card)
    form = window.form()
    window.fill(form, answer="已责令整改")
    window.save(form)
    window.until(lambda: "办结" in window.said(window.card))
    window.click("历史", window.card)
    assert "答复办结 投2026-1" in window.said(window.card)
    assert "状态：待办 → 办结" in window.said(window.card)
    (verb,) = [one for one in window.card.dossier.verbs if one.name == "close"] if window.card.dossier else []
    assert "现为“办结”" in verb.refused
    window.go("经营单位")
    window.select("青屿书店")
    window.click("投诉举报 1", window.card)
    assert "已责令整改" not in window.said(window.card)
    assert "投2026-1" in window.said(window.card)


def test_its_ledger_goes_out_and_comes_in_and_is_taken_back(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, path = dump(window.office), tmp_path / "投诉.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(path), ""))
    window.choose("导出", "导出全部字段", within=window.page)
    window.until(lambda: "已导出 2 件" in window.notice)
    text = path.read_text("utf-8-sig")
    path.write_text(text.replace("投2026-1", "投2026-8").replace("占道经营", "占道经营，屡教不改"), "utf-8-sig")

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_named: (str(path), ""))
    window.click("导入…", window.page)
    page = window.found(ImportPage)
    window.click("选择文件", page)
    window.until(lambda: page.step == MAP)
    assert page.map._unmapped.text() == "每一列都有对应。"
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: page.step == PLAN and page.plan is not None)
    assert page.plan is not None
    assert {v: n for v, n in page.plan.summary.counts.items() if n} == {Verdict.NEW: 1, Verdict.CHANGED: 1}
    window.click("写入 2 行", page)
    window.until(lambda: page.step == WRITTEN)
    window.click("看列表", page)
    window.settled()
    assert sorted(window.names()) == ["投2026-1", "投2026-2", "投2026-8"]
    assert window.undo() == "撤销“导入台账 投诉举报”？"
    assert dump(window.office) == before
    assert check(window.office) == []
