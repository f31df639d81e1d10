from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.gui.operators import compose, dialogs, enter_licence, enter_operators, names, page_of, settled
from tests.gui.walk import unnamed
from wenlv_desk.gui.frame.shell import Shell
from wenlv_desk.gui.listing.filters import EMPTY, Only, filter_options, is_vocabulary, views_of
from wenlv_desk.gui.pages.group import RegisterGroup, _tabbed
from wenlv_desk.gui.pages.register import RegisterPage
from wenlv_desk.gui.seat import Seat, at_desk
from wenlv_desk.gui.table import Marked, Tag
from wenlv_desk.store.gate import perform

FIRMS = ("海书香文化用品店", "青屿书店", "新岸书刊社", "风帆彩印有限公司")


@pytest.fixture
def firms(seat: Seat) -> list[int]:
    return enter_operators(seat, *FIRMS)


@pytest.fixture
def page(seat: Seat, firms: list[int], qtbot: QtBot) -> RegisterPage:
    return page_of(seat, "operator", qtbot)


def search(page: RegisterPage, text: str, qtbot: QtBot) -> None:
    page.filters.search.setFocus()
    page.filters.search.setText(text)
    qtbot.waitUntil(lambda: page.source.query.search == text)
    settled(page, qtbot)


def narrow(page: RegisterPage, name: str, *keys: str, qtbot: QtBot) -> None:
    page.filters.chips[name].choose(frozenset(keys))
    settled(page, qtbot)


def test_the_list_says_how_many_there_are(page: RegisterPage) -> None:
    assert names(page) == list(FIRMS)
    assert page._counts.text() == "共 4 家"


def test_a_search_marks_its_hits_and_says_how_many_it_left(page: RegisterPage, qtbot: QtBot) -> None:
    search(page, "书", qtbot)
    assert names(page) == list(FIRMS[:3])
    assert page._counts.text() == "共 4 家 · 筛出 3 家"
    row = page.table.rows.row(0)
    assert row is not None
    assert row.cells[0] == Marked("海书香文化用品店", ((1, 2),))


def test_pinyin_initials_find_and_mark(page: RegisterPage, qtbot: QtBot) -> None:
    search(page, "qysd", qtbot)
    row = page.table.rows.row(0)
    assert row is not None
    assert row.cells[0] == Marked("青屿书店", ((0, 4),))


def test_a_filter_takes_several_values_and_none_means_all(page: RegisterPage, qtbot: QtBot) -> None:
    narrow(page, "township", "方圆街道", qtbot=qtbot)
    assert names(page) == ["青屿书店", "风帆彩印有限公司"]
    narrow(page, "township", "方圆街道", "东村街道", qtbot=qtbot)
    assert len(names(page)) == 4
    narrow(page, "township", qtbot=qtbot)
    assert not page.filters.narrowed


def test_a_filter_finds_what_has_no_value(seat: Seat, page: RegisterPage, qtbot: QtBot) -> None:
    perform(seat.office, seat.clerk, "create", "operator", arguments={"operator_name": "无镇街的店"})
    narrow(page, "township", EMPTY.key, qtbot=qtbot)
    assert names(page) == ["无镇街的店"]


def test_vocabularies_are_offered_whole_and_other_values_as_they_occur(seat: Seat, firms: list[int]) -> None:
    registry = seat.catalogue.registry("operator")
    assert is_vocabulary(registry, "operating_status")
    assert not is_vocabulary(registry, "township")
    offered = at_desk(seat.office, seat.clerk, filter_options, registry, ("township", "operating_status"))
    assert [one.label for one in offered["township"]] == ["东村街道", "方圆街道", EMPTY.label]
    assert "营业" in [one.label for one in offered["operating_status"]]


def test_a_click_on_a_heading_sorts_and_a_second_one_turns_it(page: RegisterPage, qtbot: QtBot) -> None:
    at = [column.name for column in page.table.rows.columns].index("uscc")
    page.table.horizontalHeader().sectionClicked.emit(at)
    settled(page, qtbot)
    first = names(page)
    page.table.horizontalHeader().sectionClicked.emit(at)
    settled(page, qtbot)
    assert names(page) == first[::-1]


def test_a_saved_view_brings_filters_sorting_and_columns_back(seat: Seat, page: RegisterPage, qtbot: QtBot) -> None:
    narrow(page, "township", "方圆街道", qtbot=qtbot)
    page.table.plan.show(frozenset({"operator_name", "township"}))
    page.filters.keep("方圆的")
    registry = page.registry
    qtbot.waitUntil(lambda: "方圆的" in at_desk(seat.office, seat.clerk, views_of, registry))
    page.filters.reset()
    page.table.plan.show(frozenset({"operator_name", "uscc"}))
    settled(page, qtbot)
    assert len(names(page)) == 4
    menu = page.filters.views_menu(at_desk(seat.office, seat.clerk, views_of, registry))
    next(action for action in menu.actions() if action.text() == "方圆的").trigger()
    settled(page, qtbot)
    assert names(page) == ["青屿书店", "风帆彩印有限公司"]
    assert page.table.plan.shown() == {"operator_name", "township"}
    assert page.filters.views.text() == "视图：方圆的 ▾"


def test_voided_records_come_only_when_asked_for(
    seat: Seat, page: RegisterPage, firms: list[int], qtbot: QtBot
) -> None:
    perform(seat.office, seat.clerk, "void", "operator", firms[0], arguments={"why": "重复"})
    page.refresh()
    qtbot.waitUntil(lambda: len(names(page)) == 3)
    page.filters.voided.click()
    settled(page, qtbot)
    assert len(names(page)) == 4
    at = [column.name for column in page.table.rows.columns].index("operating_status")
    row = page.table.rows.row(0)
    assert row is not None
    assert row.cells[at] == Tag("已移出")


def test_personal_data_is_masked_in_the_list(page: RegisterPage) -> None:
    at = [column.name for column in page.table.rows.columns].index("phone")
    row = page.table.rows.row(0)
    assert row is not None
    assert row.cells[at] == "138****0001"


def test_every_field_can_be_shown_as_a_column(page: RegisterPage) -> None:
    offered = {column.name for column in page.table.rows.columns}
    assert set(page.registry.fields) <= offered


def test_an_empty_list_says_what_to_do_next(seat: Seat, qtbot: QtBot) -> None:
    page = page_of(seat, "operator", qtbot)
    qtbot.waitUntil(page.table.empty.isVisible)
    assert page.table.empty.accessibleName() == page.registry.empty_hint


def test_a_search_without_hits_offers_to_clear_it(page: RegisterPage, qtbot: QtBot) -> None:
    search(page, "没有这一家", qtbot)
    assert "没有符合条件" in page.table.empty.accessibleName()


def test_what_another_window_wrote_is_shown_after_f5(seat: Seat, page: RegisterPage, qtbot: QtBot) -> None:
    perform(seat.office, seat.clerk, "create", "operator", arguments={"operator_name": "别处登记的店"})
    page.activateWindow()
    QTest.keyClick(page, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: "别处登记的店" in names(page))


def test_a_record_entered_here_appears_at_once_and_its_card_opens(seat: Seat, page: RegisterPage, qtbot: QtBot) -> None:
    page.enter_new()
    qtbot.waitUntil(lambda: bool(dialogs(seat)))
    dialog = dialogs(seat)[0]
    compose(dialog.form.boxes["operator_name"].editor, "新来的书店")
    with qtbot.waitSignal(dialog.performed):
        dialog.accept()
    qtbot.waitUntil(lambda: "新来的书店" in names(page))
    qtbot.waitUntil(lambda: page.card.dossier is not None and page.card.dossier.hub.title == "新来的书店")


def test_the_row_of_a_new_record_is_the_current_one(seat: Seat, page: RegisterPage, qtbot: QtBot) -> None:
    page.table.setFocus()
    page.enter_new()
    qtbot.waitUntil(lambda: bool(dialogs(seat)))
    dialog = dialogs(seat)[0]
    compose(dialog.form.boxes["operator_name"].editor, "新来的书店")
    with qtbot.waitSignal(dialog.performed) as performed:
        dialog.accept()
    qtbot.waitUntil(lambda: page.table.current_id == performed.args[0].value)


def test_a_card_that_the_filters_leave_out_leaves_no_row_marked(
    page: RegisterPage, firms: list[int], qtbot: QtBot
) -> None:
    search(page, "青屿", qtbot)
    qtbot.waitUntil(lambda: page.table.current_id == firms[1])
    page.show_record(firms[3])
    qtbot.waitUntil(lambda: page.card.dossier is not None and page.card.dossier.hub.title == FIRMS[3])
    page.table.setFocus()
    page.refresh()
    settled(page, qtbot)
    assert page.table.current_id is None
    assert page.table.chosen_count() == 0
    assert page.card.dossier is not None
    assert page.card.dossier.hub.title == FIRMS[3]
    search(page, "", qtbot)
    qtbot.waitUntil(lambda: page.table.current_id == firms[0])


def test_enter_opens_the_form_of_the_row(seat: Seat, page: RegisterPage, qtbot: QtBot) -> None:
    page.table.go_to(2)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(dialogs(seat)))
    assert dialogs(seat)[0].data.record_id == 2


def test_the_filtered_list_is_exported_with_its_visible_columns(
    seat: Seat, page: RegisterPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    target = tmp_path / "单位.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    search(page, "书", qtbot)
    page._export(False)
    qtbot.waitUntil(lambda: (notice := seat.kit.notices.current) is not None and "已导出 3 家" in notice.text)
    rows = list(load_workbook(target).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert rows[0][0] == "单位名称"
    assert rows[1][0] == "海书香文化用品店"


def test_registers_of_one_group_share_a_page(seat: Seat, firms: list[int], qtbot: QtBot) -> None:
    enter_licence(seat, firms[0])
    registries = tuple(seat.catalogue.registry(name) for name in ("publication_licence", "printing_licence"))
    group = RegisterGroup(seat, "许可证", registries)
    qtbot.addWidget(group)
    group.show()
    settled(group.current, qtbot)
    assert names(group.current)
    group.show_record(registries[1], 1)
    assert group.current.registry is registries[1]
    again = RegisterGroup(seat, "许可证", registries)
    qtbot.addWidget(again)
    assert again.current.registry is registries[1]


def test_tab_takes_the_registers_of_a_group_before_their_list(seat: Seat, shell: Shell, qtbot: QtBot) -> None:
    registries = tuple(seat.catalogue.registry(name) for name in ("publication_licence", "printing_licence"))
    group = RegisterGroup(seat, "许可证", registries)
    shell.show_guest(group, "")
    spoken = [one.accessibleName() for one in _tabbed(group.current) if not one.isHidden()]
    assert spoken[:3] == ["出版物经营许可证", "印刷经营许可证", "导入…"]


def test_every_control_of_the_page_has_a_name(page: RegisterPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.card.dossier is not None)
    assert unnamed(page) == []


def test_the_list_is_narrowed_to_certain_records_and_widened_again(
    page: RegisterPage, firms: list[int], qtbot: QtBot
) -> None:
    narrow(page, "township", "东村街道", qtbot=qtbot)
    page.filters.show_only(Only("办结率", (firms[0], firms[2])))
    settled(page, qtbot)
    assert names(page) == [FIRMS[0], FIRMS[2]]
    assert page._counts.text() == "共 4 家 · 筛出 2 家"
    assert page.filters.only.text() == "只看：办结率 ×"
    search(page, "新岸", qtbot)
    assert names(page) == [FIRMS[2]]
    page.filters.only.click()
    settled(page, qtbot)
    assert page.source.query.only is None
    page.filters.show_only(Only("办结率", ()))
    settled(page, qtbot)
    assert names(page) == []
    page.filters.clear.click()
    settled(page, qtbot)
    assert names(page) == list(FIRMS)
    assert page.filters.only.isHidden()
