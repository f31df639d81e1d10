"""Leaving the draw page, its papers and its public record, and the page in large text."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.gui.inspecting import Inspecting, draw_template
from tests.gui.test_draw_page import desk, enter_seed, seal, stands
from tests.gui.walk import unnamed
from tests.windows import CTRL, Key
from wenlv_desk.gui.drawing.reading import Act
from wenlv_desk.gui.pages.draw import DrawPage
from wenlv_desk.gui.printing.printing import PrintDialog
from wenlv_desk.gui.widgets.dialogs import Dialog
from wenlv_desk.registries.inspection.verifying import verify

__all__ = ["desk", "draw_template"]


def test_leaving_asks_only_where_something_was_typed(desk: Inspecting) -> None:
    page = desk.draw_page()
    seal(desk, page)
    desk.keys("123")
    desk.keys(Key.Key_Escape)
    desk.until(lambda: bool(desk.window.shown(Dialog)))
    asked = desk.window.found(Dialog)
    assert asked.windowTitle() == "不录入就离开？"
    QTest.keyClick(asked, Key.Key_Escape)
    assert page.isVisible()
    page.seed.first.clear()
    desk.window.click("返回", page)
    desk.until(lambda: not desk.window.shown(DrawPage))


# papers and files


def test_the_code_is_copied_and_the_sheet_is_shown_before_it_is_printed(desk: Inspecting) -> None:
    page = desk.draw_page()
    seal(desk, page)
    desk.keys(Key.Key_F8)
    desk.until(lambda: QGuiApplication.clipboard().text() == desk.draws()[0].code)
    desk.keys(Key.Key_F6)
    desk.until(lambda: bool(desk.window.shown(PrintDialog)))
    assert "抽取前确认单" in desk.window.found(PrintDialog).windowTitle()


def test_the_public_record_is_saved_as_two_files_that_prove_themselves(
    desk: Inspecting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = desk.draw_page()
    seal(desk, page)
    enter_seed(desk, page)
    stands(desk, page, Act.RUN)
    desk.enter()
    stands(desk, page, Act.OVER)
    out = tmp_path / "公开 记录"
    out.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_named: str(out))
    desk.keys(Key.Key_F9)
    desk.until(lambda: "公开记录已存为" in desk.notice)
    names = sorted(path.suffix for path in out.iterdir())
    assert names == [".html", ".json"]
    (record,) = out.glob("*.json")
    assert verify(record.read_text(encoding="utf-8"), desk.draws()[0].code).sound
    desk.keys(Key.Key_F6)
    desk.until(lambda: bool(desk.window.shown(PrintDialog)))
    assert "抽取结果确认单" in desk.window.found(PrintDialog).windowTitle()


# looks


def test_every_control_has_a_name_and_the_page_fits_in_large_text(desk: Inspecting) -> None:
    page = desk.draw_page()
    desk.window.desktop.seat.kit.looks.resize(200)
    for act in (Act.SEAL, Act.SEED, Act.RUN, Act.OVER):
        stands(desk, page, act)
        assert unnamed(page) == []
        assert page.minimumSizeHint().width() <= 800
        assert page.columns.stacked
        assert page.columns.widget().width() <= page.columns.viewport().width()
        if act is Act.SEAL:
            seal(desk, page)
        elif act is Act.SEED:
            enter_seed(desk, page)
        elif act is Act.RUN:
            desk.keys(Key.Key_Return, CTRL)
    desk.window.desktop.seat.kit.looks.resize(90)
    desk.until(lambda: not page.columns.stacked)
