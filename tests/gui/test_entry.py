from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from tests.gui.operators import code, compose, enter, enter_licence, enter_operators, judged, open_form, type_into
from tests.gui.walk import unnamed
from wenlv_desk.gui.entry.editors import LineEditor
from wenlv_desk.gui.entry.entry import EntryDialog
from wenlv_desk.gui.entry.formdata import DRAFT
from wenlv_desk.gui.entry.twins import TwinsDialog
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.dialogs import Dialog
from wenlv_desk.store.gate import perform
from wenlv_desk.store.memory import recall_all
from wenlv_desk.store.tables import JournalEntry


def stored(seat: Seat, record_id: int, name: str) -> Any:
    registry = seat.catalogue.registry("operator")
    with seat.office.database.read() as session:
        found = session.get(registry.record, record_id)
        return getattr(found, name)


def entries(seat: Seat) -> int:
    with seat.office.database.read() as session:
        return int(session.scalar(select(func.count(JournalEntry.id))) or 0)


def newest(seat: Seat) -> int:
    registry = seat.catalogue.registry("operator")
    with seat.office.database.read() as session:
        return int(session.scalar(select(func.max(registry.record.id))) or 0)


def save(dialog: EntryDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.performed):
        dialog.accept()


def drafts(seat: Seat) -> dict[str, Any]:
    with seat.office.database.read() as session:
        return recall_all(session, DRAFT, seat.clerk.name)


def said(dialog: EntryDialog, name: str) -> str:
    return "；".join(one.text for one in dialog.verdict.said if one.field == name)


def test_a_new_record_is_saved_as_typed(seat: Seat, qtbot: QtBot) -> None:
    dialog = open_form(seat, qtbot, "create")
    compose(dialog.form.boxes["operator_name"].editor, "海书香文化用品店")
    type_into(dialog, qtbot, uscc=code(1), established_on="2020年3月5日")
    save(dialog, qtbot)
    assert stored(seat, newest(seat), "operator_name") == "海书香文化用品店"
    assert stored(seat, newest(seat), "established_on").isoformat() == "2020-03-05"


def test_a_date_typed_in_any_usual_way_says_how_it_is_read(seat: Seat, qtbot: QtBot) -> None:
    dialog = open_form(seat, qtbot, "create")
    type_into(dialog, qtbot, established_on="2020.3.5")
    assert dialog.verdict.read_as["established_on"] == "2020-03-05"
    assert "读作 2020-03-05" in dialog.form.boxes["established_on"].editor.accessibleDescription()


def test_a_wrong_digit_is_named_marked_and_mended_by_its_button(seat: Seat, qtbot: QtBot) -> None:
    dialog = open_form(seat, qtbot, "create")
    right = code(1)
    wrong = right[:-1] + ("A" if right[-1] != "A" else "B")
    type_into(dialog, qtbot, operator_name="青屿书店", uscc=wrong)
    box = dialog.form.boxes["uscc"]
    assert "第 18 位" in said(dialog, "uscc")
    assert box.editor.property("wrong") is True
    mend = next(one for one in box.findChildren(QPushButton) if one.text() == f"改为 {right[-1]}")
    mend.click()
    judged(dialog, qtbot)
    assert box.editor.raw() == right
    assert said(dialog, "uscc") == ""


def test_a_wrong_digit_is_kept_only_with_a_reason(seat: Seat, qtbot: QtBot) -> None:
    dialog = open_form(seat, qtbot, "create")
    wrong = code(1)[:-1] + ("A" if code(1)[-1] != "A" else "B")
    type_into(dialog, qtbot, operator_name="青屿书店", uscc=wrong)
    dialog.accept()
    qtbot.waitUntil(lambda: "理由" in dialog.strip.text)
    assert dialog.reason.isVisible()
    assert newest(seat) == 0
    dialog.reason.setText("营业执照原件即为此号")
    save(dialog, qtbot)
    assert stored(seat, newest(seat), "uscc") == wrong


def test_what_is_missing_is_said_only_after_a_try_to_save(seat: Seat, qtbot: QtBot) -> None:
    dialog = open_form(seat, qtbot, "create")
    box = dialog.form.boxes["operator_name"]
    assert box.editor.property("wrong") is not True
    dialog.accept()
    qtbot.waitUntil(lambda: box.editor.property("wrong") is True)
    assert "必填" in box.editor.accessibleDescription()
    assert dialog.isVisible()


def test_amending_hands_over_only_what_was_changed(seat: Seat, qtbot: QtBot) -> None:
    (record,) = enter_operators(seat, "新岸书刊社")
    dialog = open_form(seat, qtbot, "amend", record)
    type_into(dialog, qtbot, township="留格庄镇")
    assert dialog.form.given() == {"township": "留格庄镇"}
    save(dialog, qtbot)
    assert stored(seat, record, "township") == "留格庄镇"
    assert stored(seat, record, "phone") == "13800130001"


def test_amending_to_the_code_of_another_firm_is_said_at_the_field(seat: Seat, qtbot: QtBot) -> None:
    _, record = enter_operators(seat, "新岸书刊社", "青屿书店")
    dialog = open_form(seat, qtbot, "amend", record)
    type_into(dialog, qtbot, uscc=code(1))
    assert "与库中“新岸书刊社”的相同" in said(dialog, "uscc")
    assert dialog.verdict.wants_reason


def test_a_phone_stands_masked_until_it_is_asked_for_and_asking_is_journalled(seat: Seat, qtbot: QtBot) -> None:
    (record,) = enter_operators(seat, "新岸书刊社")
    dialog = open_form(seat, qtbot, "amend", record)
    editor = dialog.form.boxes["phone"].editor
    assert "****" in str(editor.raw())
    before = entries(seat)
    dialog.form.reveal_wanted.emit("phone")
    qtbot.waitUntil(lambda: editor.raw() == "13800130001")
    assert entries(seat) == before + 1
    assert dialog.form.changed() == {}


def test_a_masked_number_is_given_away_by_no_remark(seat: Seat, qtbot: QtBot) -> None:
    record = enter(seat, "operator", operator_name="新岸书刊社", phone="1380013")
    dialog = open_form(seat, qtbot, "amend", record)
    shown = [one.text() for one in dialog.findChildren(QLabel)]
    assert said(dialog, "phone")
    assert not [text for text in shown if "1380013" in text]
    assert "phone" not in dialog.verdict.read_as


def test_a_second_press_while_saving_does_nothing(seat: Seat, qtbot: QtBot) -> None:
    dialog = open_form(seat, qtbot, "create")
    type_into(dialog, qtbot, operator_name="澄书堂")
    before = entries(seat)
    with qtbot.waitSignal(dialog.performed):
        dialog.accept()
        dialog.accept()
        dialog.accept()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert entries(seat) == before + 1


def test_a_firm_on_file_is_shown_beside_and_another_one_needs_a_reason(seat: Seat, qtbot: QtBot) -> None:
    enter_operators(seat, "海书香文化用品店")
    dialog = open_form(seat, qtbot, "create")
    type_into(dialog, qtbot, operator_name="海书香文化用品店（二店）", phone="13800130001")
    assert "海书香文化用品店" in dialog.strip.text
    dialog.accept()
    twins = waited(seat, TwinsDialog, qtbot)
    assert twins.primary is not None
    assert not twins.primary.isEnabled()
    twins.reason.setText("同一地址的分店，另有执照")
    with qtbot.waitSignal(dialog.performed):
        twins.accept()
    assert newest(seat) == 2


def test_merging_into_the_firm_on_file_fills_its_blanks_for_review(seat: Seat, qtbot: QtBot) -> None:
    (record,) = enter_operators(seat, "海书香文化用品店")
    dialog = open_form(seat, qtbot, "create")
    type_into(dialog, qtbot, operator_name="海书香文化用品店", uscc=code(1), address="海政路 1 号")
    dialog.accept()
    twins = waited(seat, TwinsDialog, qtbot)
    next(one for one in twins.findChildren(QPushButton) if one.text().startswith("合并")).click()
    qtbot.waitUntil(lambda: any(one.data.record_id == record for one in visible(seat, EntryDialog)))
    amend = next(one for one in visible(seat, EntryDialog) if one.data.record_id == record)
    assert amend.form.changed() == {"address": "海政路 1 号"}
    judged(amend, qtbot)
    save(amend, qtbot)
    assert stored(seat, record, "address") == "海政路 1 号"
    assert newest(seat) == record


def test_being_overtaken_shows_what_changed_and_keeps_what_was_typed(seat: Seat, qtbot: QtBot) -> None:
    (record,) = enter_operators(seat, "新岸书刊社")
    dialog = open_form(seat, qtbot, "amend", record)
    type_into(dialog, qtbot, township="留格庄镇")
    perform(seat.office, seat.clerk, "amend", "operator", record, arguments={"address": "新地址 9 号"})
    dialog.accept()
    qtbot.waitUntil(lambda: "新地址 9 号" in dialog.strip.text)
    judged(dialog, qtbot)
    assert dialog.form.boxes["township"].editor.raw() == "留格庄镇"
    save(dialog, qtbot)
    assert stored(seat, record, "township") == "留格庄镇"
    assert stored(seat, record, "address") == "新地址 9 号"


def test_a_refused_save_names_the_field_and_brings_it_into_sight(seat: Seat, qtbot: QtBot) -> None:
    (operator,) = enter_operators(seat, "新岸书刊社")
    licence = enter_licence(seat, operator)
    dialog = open_form(seat, qtbot, "change", licence, "publication_licence")
    dialog.activateWindow()
    box = dialog.form.boxes["approved_on"]
    assert box.visibleRegion().boundingRect() != box.rect()
    dialog.accept()
    qtbot.waitUntil(lambda: dialog.strip.text == "红色的项目改正后才能保存：核准日期。")
    qtbot.waitUntil(lambda: box.visibleRegion().boundingRect() == box.rect())
    assert dialog.focusWidget() is box.editor


def test_a_save_the_office_refused_still_leaves_a_draft(seat: Seat, qtbot: QtBot) -> None:
    (operator,) = enter_operators(seat, "新岸书刊社")
    licence = enter_licence(seat, operator)
    dialog = open_form(seat, qtbot, "renew", licence, "publication_licence")
    type_into(dialog, qtbot, decided_on="2026-11-20", applied_on="")
    dialog.accept()
    qtbot.waitUntil(lambda: "没有办理" in dialog.strip.text)
    assert dialog.drafts._soon.isActive()


def test_a_draft_survives_a_crash_and_is_offered(seat: Seat, qtbot: QtBot) -> None:
    dialog = open_form(seat, qtbot, "create")
    type_into(dialog, qtbot, operator_name="没写完的书店")
    dialog.drafts.keep()
    qtbot.waitUntil(lambda: bool(drafts(seat)))
    dialog.hide()  # the program ends without leaving the form
    again = open_form(seat, qtbot, "create")
    assert "草稿" in again.strip.text
    again.strip.acted.emit("restore")
    assert again.form.boxes["operator_name"].editor.raw() == "没写完的书店"
    judged(again, qtbot)
    save(again, qtbot)
    qtbot.waitUntil(lambda: not drafts(seat))


def test_leaving_asks_only_when_something_was_typed(seat: Seat, qtbot: QtBot) -> None:
    dialog = open_form(seat, qtbot, "create")
    dialog.reject()
    qtbot.waitUntil(lambda: not titled(seat, "不保存就离开？") and not visible(seat, EntryDialog))
    dialog = open_form(seat, qtbot, "create")
    type_into(dialog, qtbot, operator_name="写了一半")
    dialog.reject()
    assert dialog.isVisible()
    question = titled(seat, "不保存就离开？")[0]
    assert question.primary is not None
    question.primary.click()
    qtbot.waitUntil(lambda: not visible(seat, EntryDialog))


def test_enter_moves_to_the_next_field_and_ctrl_s_saves(seat: Seat, qtbot: QtBot) -> None:
    dialog = open_form(seat, qtbot, "create")
    dialog.activateWindow()
    name = dialog.form.boxes["operator_name"].editor
    name.setFocus()
    compose(name, "山海书局")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.form.boxes["uscc"].editor
    judged(dialog, qtbot)
    with qtbot.waitSignal(dialog.performed):
        QTest.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert newest(seat) == 1


def test_a_licence_entered_for_a_firm_takes_over_what_the_firm_says(seat: Seat, qtbot: QtBot) -> None:
    (record,) = enter_operators(seat, "新岸书刊社")
    dialog = open_form(seat, qtbot, "create", register="publication_licence")
    picker = dialog.form.boxes["operator_id"].editor
    picker.put(record, "新岸书刊社")  # type: ignore[union-attr]
    picker.picked.emit(record)  # type: ignore[union-attr]
    name = dialog.form.boxes["licensee_name"].editor
    qtbot.waitUntil(lambda: name.raw() == "新岸书刊社")
    assert dialog.form.boxes["uscc"].editor.raw() == code(1)


def test_a_record_is_found_by_typing_and_chosen_with_enter(seat: Seat, qtbot: QtBot) -> None:
    first, _ = enter_operators(seat, "新岸书刊社", "青屿书店")
    dialog = open_form(seat, qtbot, "create", register="publication_licence")
    picker = dialog.form.boxes["operator_id"].editor
    assert isinstance(picker, LineEditor)
    picker.setFocus()
    QTest.keyClicks(picker, "xasks")
    qtbot.waitUntil(lambda: bool(picker.property("takesEnter")))
    QTest.keyClick(picker, Qt.Key.Key_Return)
    assert picker.raw() == first
    assert picker.text() == "新岸书刊社"


@pytest.mark.parametrize("operation", ["create", "rename"])
def test_every_control_of_a_form_has_a_name(seat: Seat, qtbot: QtBot, operation: str) -> None:
    record = None if operation == "create" else enter(seat, "operator", operator_name="东港书报亭")
    assert unnamed(open_form(seat, qtbot, operation, record)) == []


def visible(seat: Seat, kind: type[Dialog]) -> list[Any]:
    return [one for one in seat.window.findChildren(kind) if one.isVisible()]


def waited(seat: Seat, kind: type[Dialog], qtbot: QtBot) -> Any:
    qtbot.waitUntil(lambda: bool(visible(seat, kind)))
    return visible(seat, kind)[0]


def titled(seat: Seat, title: str) -> list[Dialog]:
    return [one for one in visible(seat, Dialog) if one.windowTitle() == title]


def test_a_step_begins_with_what_it_suggests(seat: Seat, qtbot: QtBot) -> None:
    (operator,) = enter_operators(seat, "新岸书刊社")
    licence = enter_licence(seat, operator, valid_to="2026-12-10")
    dialog = open_form(seat, qtbot, "renew", licence, register="publication_licence")
    begun = dialog.form.raw()
    assert (begun["decided_on"], begun["valid_from"]) == ("2026-11-23", "2026-12-11")
    assert dialog.form.changed() == {}
    assert dialog.form.given()["valid_from"] == "2026-12-11"
