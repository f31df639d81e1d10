import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.gui.operators import dialogs, names, settled
from tests.gui.walk import unnamed
from wenlv_desk.gui.frame.opening import CLERK_KEY, COUNTER_KEY
from wenlv_desk.gui.look.looks import Mode
from wenlv_desk.gui.pages.register import RegisterPage
from wenlv_desk.gui.pages.settings import Appearance, AtDesk, Bureau, Safety, SettingsPage
from wenlv_desk.gui.seat import Seat
from wenlv_desk.resources import resource
from wenlv_desk.store.gate import perform


@pytest.fixture
def page(seat: Seat, qtbot: QtBot) -> SettingsPage:
    made = SettingsPage(seat)
    qtbot.addWidget(made)
    made.resize(1200, 640)
    made.show()
    return made


def topic(page: SettingsPage, title: str) -> object:
    at = [one.title for one in page.topics].index(title)
    page.list.setCurrentRow(at)
    return page._made[at]


def test_the_bureau_is_shown_and_amended_here(seat: Seat, page: SettingsPage, qtbot: QtBot) -> None:
    perform(seat.office, seat.clerk, "set_up", "bureau_settings", arguments={"bureau_name": "某某市文化和旅游局"})
    seat.kit.jobs.changed.emit(frozenset({"bureau_settings"}))
    bureau = topic(page, "本单位")
    assert isinstance(bureau, Bureau)
    qtbot.waitUntil(lambda: any(one.text() == "某某市文化和旅游局" for one in bureau.findChildren(QLabel)))
    bureau.edit.click()
    qtbot.waitUntil(lambda: bool(dialogs(seat)))
    assert dialogs(seat)[0].data.operation == "amend"


def test_before_the_first_run_the_welcome_opens(seat: Seat, page: SettingsPage, qtbot: QtBot) -> None:
    bureau = topic(page, "本单位")
    assert isinstance(bureau, Bureau)
    qtbot.waitUntil(lambda: any("还没有填写本单位信息" in one.text() for one in bureau.findChildren(QLabel)))
    bureau.edit.click()
    qtbot.waitUntil(lambda: bool(dialogs(seat)))
    assert dialogs(seat)[0].data.operation == "set_up"


def test_colours_and_text_size_apply_at_once_and_are_kept(seat: Seat, page: SettingsPage) -> None:
    looks = topic(page, "外观")
    assert isinstance(looks, Appearance)
    looks.form.dark.click()
    looks.form.percent.setValue(150)
    assert seat.kit.looks.mode is Mode.DARK
    assert seat.kit.looks.percent == 150
    assert looks.form.shown.text() == "150 %"
    looks.form.usual.click()
    looks.form.light.click()
    assert seat.kit.memory.text("looks/mode") == "light"
    assert looks.form.percent.value() == 100


def test_the_clerk_of_this_computer_is_remembered(seat: Seat, page: SettingsPage) -> None:
    at_desk = topic(page, "经办人")
    assert isinstance(at_desk, AtDesk)
    at_desk.name.setText("周某")
    at_desk.counter.setText("窗口二")
    at_desk._keep()
    assert (seat.kit.memory.text(CLERK_KEY), seat.kit.memory.text(COUNTER_KEY)) == ("周某", "窗口二")


def test_a_backup_is_made_and_everything_is_checked(page: SettingsPage, qtbot: QtBot) -> None:
    safety = topic(page, "备份与检查")
    assert isinstance(safety, Safety)
    safety.backup.click()
    qtbot.waitUntil(lambda: safety.shown.text().startswith("已备份并验证"))
    safety.check.click()
    qtbot.waitUntil(lambda: "都完好" in safety.found.text())


def test_registers_without_a_rail_item_are_kept_here(seat: Seat, page: SettingsPage, qtbot: QtBot) -> None:
    categories = topic(page, "经营类别")
    assert isinstance(categories, RegisterPage)
    settled(categories, qtbot)
    assert names(categories)
    page.search(seat.catalogue.registry("category"), names(categories)[0])
    assert page.list.currentItem().text() == "经营类别"


def test_every_control_of_every_topic_has_a_name(page: SettingsPage) -> None:
    for one in page.topics:
        topic(page, one.title)
    assert unnamed(page) == []


def test_a_year_without_a_table_is_said_until_it_is_imported(
    seat: Seat, page: SettingsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: page.strip.text == "未导入 2027 年放假安排，按周一至周五估算。")
    page.strip._buttons[0].click()
    assert page.list.currentItem().text() == "放假安排年份"
    qtbot.waitUntil(lambda: bool(dialogs(seat)))
    dialog = dialogs(seat)[0]
    assert dialog.data.operation == "import_table"
    path = tmp_path / "2027.json"
    table = json.loads(resource("calendars", "2026.json").read_text(encoding="utf-8"))
    days = [one | {"date": one["date"].replace("2026", "2027")} for one in table["days"]]
    path.write_text(json.dumps({"year": 2027, "days": days}), encoding="utf-8")
    dialog.form.put({"path": str(path)})
    with qtbot.waitSignal(dialog.performed):
        dialog.accept()
    qtbot.waitUntil(page.strip.isHidden)


def test_what_belongs_to_a_register_kept_here_is_kept_here_too(seat: Seat, page: SettingsPage, qtbot: QtBot) -> None:
    titles = [one.title for one in page.topics]
    assert titles[4:6] == ["放假安排年份", "放假安排"]
    assert "印刷设备" not in titles, "a licence's card shows it"
    year = perform(seat.office, seat.clerk, "create", "holiday_year", arguments={"year": "2027"}).value
    given = {"holiday_year_id": year, "day": "2027-01-01", "kind": "放假"}
    day = perform(seat.office, seat.clerk, "create", "holiday", arguments=given).value
    page.show_record(seat.catalogue.registry("holiday"), int(day))
    assert page.list.currentItem().text() == "放假安排"
