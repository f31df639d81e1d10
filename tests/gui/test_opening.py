from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import Clock
from tests.gui.operators import dialogs, enter_operators
from tests.gui.walk import unnamed
from wenlv_desk.gui.entry.formdata import DRAFT
from wenlv_desk.gui.frame.backing import backup_today, said
from wenlv_desk.gui.frame.desktop import Desktop
from wenlv_desk.gui.frame.failing import FailedPage
from wenlv_desk.gui.frame.opening import Opening
from wenlv_desk.gui.frame.shell import Shell
from wenlv_desk.gui.frame.signing import ClerkDialog
from wenlv_desk.gui.pages.group import RegisterGroup
from wenlv_desk.gui.seat import Seat
from wenlv_desk.registries.calendar.days import is_working
from wenlv_desk.store.gate import perform
from wenlv_desk.store.office import Office


def furnished(seat: Seat, shell: Shell, qtbot: QtBot, *, first_run: bool = False) -> Desktop:
    desktop = Desktop(shell, seat.office, seat.clerk)
    with qtbot.waitSignal(desktop.ready):
        desktop.furnish(first_run=first_run)
    return desktop


def opened(shell: Shell, folder: Path, clock: Clock, name: str = "林晓") -> Opening:
    shell.show()
    opening = Opening(shell, folder, clock, name)
    opening.start()
    return opening


def test_the_rail_follows_the_catalogue(seat: Seat, shell: Shell, qtbot: QtBot) -> None:
    desktop = furnished(seat, shell, qtbot)
    titles = [page.title for page in desktop.pages()]
    assert titles[:3] == ["经营单位", "窗口", "许可证"]
    assert titles[-1] == "设置"


def test_the_window_says_who_where_and_when(seat: Seat, shell: Shell, qtbot: QtBot) -> None:
    furnished(seat, shell, qtbot)
    assert shell.top._clerk.text() == "林晓（窗口一）"
    assert shell.top._day.text().startswith("2026年11月23日 星期一")
    qtbot.waitUntil(lambda: shell.top._day.text() == "2026年11月23日 星期一 · 工作日")


def test_a_day_off_the_bureau_enters_is_said_at_once(seat: Seat, shell: Shell, qtbot: QtBot) -> None:
    furnished(seat, shell, qtbot)
    year = perform(seat.office, seat.clerk, "create", "holiday_year", arguments={"year": "2026"}).value
    given = {"holiday_year_id": year, "day": "2026-11-23", "kind": "放假", "name": "暴雪"}
    seat.perform(shell, "create", seat.catalogue.registry("holiday"), arguments=given)
    qtbot.waitUntil(lambda: shell.top._day.text() == "2026年11月23日 星期一 · 休息日")


def test_a_day_of_a_year_without_a_table_is_not_guessed(seat: Seat, shell: Shell, clock: Clock, qtbot: QtBot) -> None:
    clock.now = datetime(2050, 1, 4, 9, 0)
    furnished(seat, shell, qtbot)
    with seat.office.desk(seat.clerk) as desk:
        assert is_working(desk, clock.now.date()) is None
    assert shell.top._day.text() == "2050年1月4日 星期二"


def test_a_record_found_anywhere_opens_on_its_own_page(seat: Seat, shell: Shell, qtbot: QtBot) -> None:
    enter_operators(seat, "青屿书店")
    desktop = furnished(seat, shell, qtbot)
    desktop.show_record(seat.catalogue.registry("category"), 1)
    assert shell.rail._buttons["settings"].isChecked()
    desktop.show_record(seat.catalogue.registry("operator"), 1)
    page = shell.open_page("operator")
    assert isinstance(page, RegisterGroup)
    qtbot.waitUntil(lambda: page.current.card.dossier is not None)


def test_the_first_run_asks_for_the_bureau_and_once_only(seat: Seat, shell: Shell, qtbot: QtBot) -> None:
    furnished(seat, shell, qtbot, first_run=True)
    qtbot.waitUntil(lambda: bool(dialogs(seat)))
    dialog = dialogs(seat)[0]
    assert dialog.data.operation == "set_up"
    dialog.form.put({"bureau_name": "某某市文化和旅游局"})
    with qtbot.waitSignal(dialog.performed):
        dialog.accept()
    qtbot.waitUntil(lambda: "某某市文化和旅游局" in shell.status._database.text())


def test_a_draft_left_by_a_crash_is_offered_at_the_start(seat: Seat, shell: Shell, qtbot: QtBot) -> None:
    seat.keep(
        shell,
        DRAFT,
        "operator:create:0",
        {"raw": {"operator_name": "没写完"}, "title": "新增 · 经营单位", "at": "昨天"},
    )
    desktop = furnished(seat, shell, qtbot)
    qtbot.waitUntil(lambda: (notice := seat.kit.notices.current) is not None and "草稿" in notice.text)
    notice = seat.kit.notices.current
    assert notice is not None
    assert notice.do is not None
    notice.do()
    qtbot.waitUntil(lambda: bool(dialogs(seat)))
    assert desktop.seat.clerk.name == "林晓"
    assert "草稿" in dialogs(seat)[0].strip.text


def test_the_days_first_start_makes_a_backup_and_says_so(office: Office, clock: Clock) -> None:
    assert backup_today(office) == "最近一次可用备份 今天 09:00（已验证）"
    made = list(office.backups.glob("*.sqlite"))
    backup_today(office)
    assert list(office.backups.glob("*.sqlite")) == made
    clock.now = datetime(2026, 11, 24, 8, 30)
    assert said(made[0], clock.now) == "最近一次可用备份 昨天 09:00（已验证）"
    assert backup_today(office) == "最近一次可用备份 今天 08:30（已验证）"


def test_a_folder_that_does_not_open_says_why_and_can_be_tried_again(
    shell: Shell, tmp_path: Path, clock: Clock, qtbot: QtBot
) -> None:
    bad = tmp_path / "坏"
    bad.mkdir()
    (bad / "wenlv.sqlite").write_bytes(b"this is no database, only words" * 100)
    opening = opened(shell, bad, clock)
    with qtbot.waitSignal(opening.failed) as failed:
        pass
    assert "不是文旅台账的数据库" in failed.args[0]
    page = shell.findChild(FailedPage)
    assert page is not None
    (bad / "wenlv.sqlite").unlink()
    with qtbot.waitSignal(opening.ready, timeout=20000):
        page.again.emit()


def test_a_name_the_staff_register_does_not_know_is_asked_for(
    seat: Seat, shell: Shell, clock: Clock, qtbot: QtBot
) -> None:
    arguments = {"name": "周某", "roles": ("ADMIN",)}
    perform(seat.office, seat.clerk, "create", "staff", arguments=arguments)
    opening = opened(shell, seat.office.folder, clock, "外人")
    qtbot.waitUntil(lambda: any(one.isVisible() for one in shell.findChildren(ClerkDialog)))
    dialog = shell.findChildren(ClerkDialog)[0]
    with qtbot.waitSignal(opening.ready):
        dialog.accept()
    assert shell.top._clerk.text().startswith("周某")


def test_every_control_of_the_window_has_a_name(seat: Seat, shell: Shell, qtbot: QtBot) -> None:
    enter_operators(seat, "青屿书店")
    desktop = furnished(seat, shell, qtbot)
    for page in desktop.pages():
        shell.open_page(page.name)
    assert unnamed(shell) == []
    assert isinstance(QApplication.instance(), QApplication)
