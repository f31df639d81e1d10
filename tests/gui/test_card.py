from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests import inspections
from tests.builders import Maker
from tests.gui.operators import dialogs, enter, enter_licence, enter_operators
from tests.gui.walk import unnamed
from wenlv_desk.gui.card.card import Card
from wenlv_desk.gui.card.dossier import Dossier, dossier_of
from wenlv_desk.gui.card.steps import next_step
from wenlv_desk.gui.card.tabs import Tabs
from wenlv_desk.gui.seat import Seat, at_desk
from wenlv_desk.gui.widgets.dialogs import Dialog
from wenlv_desk.store.gate import perform
from wenlv_desk.store.tables import JournalEntry


@pytest.fixture
def operator(seat: Seat) -> int:
    return enter_operators(seat, "新岸书刊社")[0]


@pytest.fixture
def card(seat: Seat, qtbot: QtBot) -> Card:
    made = Card(seat)
    qtbot.addWidget(made)
    made.resize(360, 620)
    made.show()
    return made


def dossier(seat: Seat, register: str, record_id: int) -> Dossier:
    return at_desk(seat.office, seat.clerk, dossier_of, seat.catalogue.registry(register), record_id)


def show(card: Card, register: str, record_id: int, qtbot: QtBot) -> Dossier:
    with qtbot.waitSignal(card.shown):
        card.show_record(card.seat.catalogue.registry(register), record_id)
    assert card.dossier is not None
    return card.dossier


def labels(card: Card) -> list[str]:
    return [one.text() for one in card.findChildren(QLabel)]


def press(card: Card, text: str) -> None:
    next(one for one in card.findChildren(QPushButton) if one.text().startswith(text)).click()


def test_a_licence_shows_the_card_of_its_operator(seat: Seat, operator: int) -> None:
    licence = enter_licence(seat, operator)
    found = dossier(seat, "publication_licence", licence)
    assert (found.hub.register, found.hub.id) == ("operator", operator)
    assert (found.focus.register, found.focus.id) == ("publication_licence", licence)
    owned = dict(found.owned)
    assert [sheet.id for sheet in owned["publication_licence"]] == [licence]


def test_what_waits_is_said_first(seat: Seat, operator: int) -> None:
    enter_licence(seat, operator, valid_to="2026-11-01")
    found = dossier(seat, "operator", operator)
    assert found.open
    assert found.open[0].tone == "red"
    assert "2026-11-01" in found.open[0].text or "新出发" in found.open[0].text


def test_an_open_item_leads_to_the_record_where_it_is_done(card: Card, operator: int, qtbot: QtBot) -> None:
    licence = enter_licence(card.seat, operator, valid_to="2026-11-01")
    show(card, "operator", operator, qtbot)
    with qtbot.waitSignal(card.record_wanted) as went:
        press(card, "看")
    assert went.args == ["publication_licence", licence]


def test_a_step_that_the_state_forbids_is_grey_and_says_why(seat: Seat, operator: int) -> None:
    found = dossier(seat, "publication_licence", enter_licence(seat, operator))
    verbs = {verb.name: verb for verb in found.verbs}
    assert verbs["change"].refused == ""
    assert "有效" in verbs["resume"].refused


def test_the_filled_button_is_the_next_sensible_step(seat: Seat, operator: int) -> None:
    licence = next_step(dossier(seat, "publication_licence", enter_licence(seat, operator)).verbs)
    firm = next_step(dossier(seat, "operator", operator).verbs)
    assert licence is not None
    assert licence.name == "renew"
    assert firm is not None
    assert firm.name == "amend"


@pytest.mark.parametrize(
    ("valid_to", "step"),
    [("2026-12-10", "renew"), ("2026-11-01", "cancel"), (None, "amend")],
    ids=["due", "lapsed", "without end"],
)
def test_the_filled_button_is_no_step_that_would_be_refused(
    seat: Seat, operator: int, valid_to: str | None, step: str
) -> None:
    found = next_step(dossier(seat, "publication_licence", enter_licence(seat, operator, valid_to=valid_to)).verbs)
    assert found is not None
    assert found.name == step


def test_a_lapsed_licence_with_an_application_in_its_term_is_renewed(seat: Seat, operator: int) -> None:
    licence = enter_licence(seat, operator, valid_to="2026-11-01")
    given = {"applied_on": "2026-10-20"}
    perform(seat.office, seat.clerk, "apply_renewal", "publication_licence", licence, arguments=given)
    found = next_step(dossier(seat, "publication_licence", licence).verbs)
    assert found is not None
    assert found.name == "renew"


def test_a_suspended_licence_comes_back_when_its_term_is_over(seat: Seat, operator: int) -> None:
    licence = enter_licence(seat, operator)
    given = {"suspended_from": "2026-10-01", "suspended_to": "2026-11-01", "document_no": "某文罚〔2026〕1号"}
    why = {"reason": "超范围经营"}
    perform(seat.office, seat.clerk, "suspend", "publication_licence", licence, arguments=given | why)
    found = next_step(dossier(seat, "publication_licence", licence).verbs)
    assert found is not None
    assert found.name == "resume"


def test_a_voided_record_can_only_be_brought_back(seat: Seat, operator: int) -> None:
    perform(seat.office, seat.clerk, "void", "operator", operator, arguments={"why": "重复"})
    found = dossier(seat, "operator", operator)
    assert [verb.name for verb in found.verbs if not verb.refused] == ["restore"]
    assert found.hub.state == "已移出台账"


def test_history_says_what_changed_from_what_to_what(seat: Seat, operator: int) -> None:
    perform(seat.office, seat.clerk, "amend", "operator", operator, arguments={"township": "留格庄镇"}, reason="搬迁")
    newest = dossier(seat, "operator", operator).history[0]
    assert newest.reason == "搬迁"
    assert [(one.label, one.before, one.after) for one in newest.changes] == [("乡镇街道", "东村街道", "留格庄镇")]


def test_history_tells_what_was_done_about_the_record_without_changing_it(seat: Seat, operator: int) -> None:
    perform(seat.office, seat.clerk, "reveal", "operator", operator, arguments={"name": "phone"})
    assert dossier(seat, "operator", operator).history[0].title == "查看完整信息 新岸书刊社"


def test_a_page_for_each_is_printed_from_the_card_of_one(seat: Seat, operator: int) -> None:
    found = dossier(seat, "publication_licence", enter_licence(seat, operator))
    names = [one.name for one in found.printable]
    assert "licence_registration" in names
    assert "licence_roster" not in names


def test_history_keeps_personal_data_masked(seat: Seat, operator: int) -> None:
    perform(seat.office, seat.clerk, "amend", "operator", operator, arguments={"phone": "13900139000"})
    (change,) = dossier(seat, "operator", operator).history[0].changes
    assert (change.before, change.after) == ("138****0001", "139****9000")


def test_a_masked_phone_is_shown_whole_on_a_click_and_journalled(card: Card, operator: int, qtbot: QtBot) -> None:
    show(card, "operator", operator, qtbot)
    masked = next(one for one in card.findChildren(QPushButton) if one.text() == "138****0001")
    masked.click()
    qtbot.waitUntil(lambda: masked.text() == "13800130001")
    with card.seat.office.database.read() as session:
        last = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert last is not None
    assert last.operation == "reveal"


def test_a_file_is_attached_opened_as_a_copy_and_taken_off(
    card: Card, operator: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    scan = tmp_path / "营业执照.pdf"
    scan.write_bytes(b"%PDF-1.7 scan")
    opened: list[QUrl] = []
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(scan)], ""))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    show(card, "operator", operator, qtbot)
    with qtbot.waitSignal(card.shown):
        press(card, "添加附件")
    press(card, "营业执照.pdf")
    qtbot.waitUntil(lambda: bool(opened))
    copy = Path(opened[0].toLocalFile())
    assert copy.read_bytes() == scan.read_bytes()
    assert copy != scan
    press(card, "移除")
    question = next(one for one in card.window().findChildren(Dialog) if one.isVisible())
    assert question.primary is not None
    with qtbot.waitSignal(card.shown):
        question.primary.click()
    assert card.dossier is not None
    assert card.dossier.attachments == ()


def test_a_program_is_refused_as_attachment_in_words(
    card: Card, operator: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    program = tmp_path / "setup.exe"
    program.write_bytes(b"MZ")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(program)], ""))
    show(card, "operator", operator, qtbot)
    with qtbot.waitSignal(card.seat.kit.faults.told) as told:
        press(card, "添加附件")
    assert "setup.exe" in told.args[0]


def test_another_licence_is_entered_from_the_card(card: Card, operator: int, qtbot: QtBot) -> None:
    from tests.gui.operators import dialogs

    show(card, "operator", operator, qtbot)
    press(card, "新增出版物经营许可证")
    qtbot.waitUntil(lambda: bool(dialogs(card.seat)))
    form = dialogs(card.seat)[0].form
    assert form.boxes["operator_id"].editor.raw() == operator
    assert form.boxes["licensee_name"].editor.raw() == "新岸书刊社"


def test_an_operation_without_parameters_is_done_at_once(card: Card, operator: int, qtbot: QtBot) -> None:
    seat = card.seat
    perform(seat.office, seat.clerk, "void", "operator", operator, arguments={"why": "重复"})
    show(card, "operator", operator, qtbot)
    with qtbot.waitSignal(card.shown):
        press(card, "恢复到台账")
    assert card.dossier is not None
    assert not card.dossier.hub.voided


def test_the_card_says_when_its_record_is_gone(card: Card, operator: int, qtbot: QtBot) -> None:
    card.show_record(card.seat.catalogue.registry("operator"), operator + 99)
    qtbot.waitUntil(lambda: any("没有编号为" in text for text in labels(card)))


def test_every_control_of_the_card_has_a_name(card: Card, operator: int, qtbot: QtBot) -> None:
    show(card, "publication_licence", enter_licence(card.seat, operator), qtbot)
    assert unnamed(card) == []


def test_the_first_record_of_what_belongs_to_the_chosen_row_is_entered_from_its_card(
    seat: Seat, card: Card, operator: int, qtbot: QtBot
) -> None:
    enter_operators(seat, "另一家")
    arguments = {
        "licence_no": "（鲁）印证字37F001号",
        "operator_id": operator + 1,
        "licensee_name": "另一家",
        "legal_representative": "王某",
        "business_premises": "海政路 1 号",
    }
    licence = enter(seat, "printing_licence", **arguments)
    assert licence != operator + 1, "else its id could be taken for the operator's"
    show(card, "printing_licence", licence, qtbot)
    press(card, "印刷设备 0")
    press(card, "新增印刷设备")
    qtbot.waitUntil(lambda: bool(dialogs(seat)))
    assert dialogs(seat)[0].form.raw()["licence_id"] == licence


def test_tabs_of_which_there_is_nothing_yet_wait_behind_more(card: Card, operator: int, qtbot: QtBot) -> None:
    enter_licence(card.seat, operator)
    show(card, "operator", operator, qtbot)
    tabs = card.findChild(Tabs)
    assert tabs is not None
    seen = [one.text() for one in tabs.findChildren(QPushButton) if one.isVisible()]
    assert seen[:3] == ["现在", "出版物 1", "印刷 0"], "a printing licence can be entered from here"
    assert "年审案件 0" not in seen
    assert seen[-1] == "更多 ▾"
    tabs.open("review_case")
    assert any(one.text() == "名下还没有年审案件。" and one.isVisible() for one in card.findChildren(QLabel))
    with qtbot.waitSignal(card.shown):
        card.refresh()
    again = card.findChild(Tabs)
    assert again is not None
    assert [one.text() for one in again.findChildren(QPushButton) if one.isChecked()] == ["年审案件 0"]


def test_a_row_with_a_name_of_its_own_is_named_and_stands_with_its_state(
    card: Card, maker: Maker, qtbot: QtBot
) -> None:
    task = inspections.task(maker)
    found = show(card, "inspection_task", task, qtbot)
    assert found.focus.title in labels(card)
    assert found.hub.title in card.accessibleDescription()
    assert card.accessibleDescription().endswith(found.hub.state)
