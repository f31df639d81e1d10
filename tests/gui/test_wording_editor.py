"""The editor of wordings: pages drawn while typing, problems said in place, placeholders by keys, saving and going back."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.conftest import Clock
from tests.gui.pledging import pledges_template
from tests.gui.walk import unnamed
from tests.windows import CTRL, Key, Window, opened
from wenlv_desk.gui.entry.acting import open_screen
from wenlv_desk.gui.widgets.dialogs import Dialog
from wenlv_desk.gui.wording.editor import FINE, TYPED, WordingPage
from wenlv_desk.gui.wording.reading import tried, view_of
from wenlv_desk.issuing.wording import PaperWording
from wenlv_desk.typeset.wording import shipped

__all__ = ["pledges_template"]
FIRE, CORRECTION = "pledge_forest_fire", "review_correction"


@pytest.fixture
def window(pledges_template: Path, tmp_path: Path, clock: Clock, qtbot: QtBot) -> Iterator[Window]:
    folder = tmp_path / "范本 单位"
    shutil.copytree(pledges_template / "data", folder)
    with opened(qtbot, folder, clock) as made:
        yield made


def wording(window: Window, code: str) -> PaperWording:
    with window.office.database.read() as session:
        return session.scalars(select(PaperWording).where(PaperWording.code == code)).one()


def editor(window: Window, code: str = FIRE) -> WordingPage:
    catalogue = window.office.catalogue
    registry = catalogue.registry("paper_wording")
    open_screen(window.desktop.seat, registry, catalogue.operation(registry, "reword"), wording(window, code).id)
    page = window.found(WordingPage)
    settled(window, page)
    return page


def settled(window: Window, page: WordingPage) -> None:
    window.until(lambda: not page.pending and page.tried is not None)


def write(window: Window, page: WordingPage, text: str) -> None:
    page.edit.setPlainText(text)
    settled(window, page)


def test_the_step_of_the_card_opens_the_editor_with_the_pages_drawn(window: Window) -> None:
    window.desktop.show_list("paper_wording", "护林防火")
    window.until(lambda: window.page.registry.name == "paper_wording")
    window.settled()
    window.click("修改文字", window.card)
    page = window.found(WordingPage)
    settled(window, page)
    assert page.problem.text == FINE
    window.until(lambda: page.paper.count > 1 and page.paper.page.pixmap().height() > 100)
    assert page.edit.hasFocus()
    assert not page.save_button.isEnabled()
    assert unnamed(page) == []
    window.key(Key.Key_Escape)
    window.until(lambda: not window.shown(WordingPage))


def test_every_shipped_wording_is_shown_with_samples(window: Window) -> None:
    catalogue = window.office.catalogue
    registry = catalogue.registry("paper_wording")
    op = catalogue.operation(registry, "reword")
    with window.office.desk(window.desktop.seat.clerk) as desk:
        for one in desk.session.scalars(select(PaperWording)):
            found = tried(view_of(desk, registry, op, one.id), one.text, desk.now)
            assert found.problem == "", f"{one.code}: {found.problem}"
            assert found.pdf.startswith(b"%PDF")


def test_an_unknown_placeholder_is_said_with_its_line_and_leads_there(window: Window) -> None:
    page = editor(window)
    text = shipped(FIRE).replace("{责任区域}", "{责任区}")
    write(window, page, text)
    line = next(at for at, one in enumerate(text.split("\n"), 1) if "{责任区}" in one)
    assert "责任区域" in page.problem.text
    assert page.edit.extraSelections()[0].cursor.blockNumber() == line - 1  # type: ignore[attr-defined]
    window.click(f"到第 {line} 行", page)
    assert page.edit.textCursor().blockNumber() == line - 1
    assert page.changed.text() == TYPED


def test_a_missing_clause_is_said_and_cannot_be_saved(window: Window) -> None:
    page = editor(window)
    write(window, page, shipped(FIRE).replace("五、期限", "五、其他"))
    assert "缺少“期限”一条" in page.problem.text
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: page.saving is None)
    window.until(lambda: "缺少“期限”" in page.strip.text)
    assert not wording(window, FIRE).own


def test_placeholders_are_put_in_by_keys(window: Window) -> None:
    page = editor(window, CORRECTION)
    page.edit.setPlainText("标题：告知书\n正文{")
    page.edit.go_to(2)
    window.key(Key.Key_F4)
    assert page.places.hasFocus()
    page.places.setCurrentRow(page.view.known.index("单位名称") if page.view else 0)
    window.key(Key.Key_Return)
    assert page.edit.toPlainText() == "标题：告知书\n正文{单位名称}"
    assert page.edit.hasFocus()
    settled(window, page)
    assert page.problem.text == FINE


def test_it_is_saved_and_given_back_what_came_with_the_program(window: Window) -> None:
    page = editor(window)
    write(window, page, shipped(FIRE).replace("护林防火责任状", "森林防火责任状"))
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: wording(window, FIRE).own)
    settled(window, page)
    window.until(lambda: page.changed.text() == "本单位改过")
    assert not page.save_button.isEnabled()
    window.click("恢复自带文字", page)
    window.until(lambda: bool(window.shown(Dialog)))
    window.click("恢复", window.shown(Dialog)[-1])
    window.until(lambda: not wording(window, FIRE).own)
    settled(window, page)
    window.until(lambda: page.edit.toPlainText() == shipped(FIRE).strip())


def test_leaving_with_something_typed_asks_and_a_draft_is_offered_again(window: Window) -> None:
    page = editor(window)
    window.type("改")
    window.key(Key.Key_Escape)
    window.until(lambda: any("不保存" in one.windowTitle() for one in window.shown(Dialog)))
    window.key(Key.Key_Escape)
    assert page.begun
    assert page.drafts is not None
    page.drafts.keep()
    page.drafts = None  # as if the program had been killed
    page._close()
    window.until(lambda: not window.shell.findChildren(WordingPage))
    again = editor(window)
    assert again.strip.topic == "restore"
    window.click("恢复草稿", again)
    assert again.edit.toPlainText().startswith("改")
    settled(window, again)
