"""Lists out of the window: as filtered, whole, in full for a reason, and the blank template."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.builders import Maker
from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.frame.shell import Shell
from wenlv_desk.gui.importing.asking import AskText
from wenlv_desk.gui.kit import Kit
from wenlv_desk.gui.listing.exporting import TEXT, WORKBOOK, export_list, save_empty
from wenlv_desk.gui.listing.lists import ListSource, columns_of
from wenlv_desk.gui.seat import Seat
from wenlv_desk.ledger.reading import read_workbook
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.office import Office
from wenlv_desk.store.query import ListQuery
from wenlv_desk.store.tables import JournalEntry

COLUMNS = ("operator_name", "phone")


@pytest.fixture
def seat(kit: Kit, shell: Shell, office: Office, clerk: Clerk, tmp_path: Path) -> Seat:
    maker = Maker(office, clerk, tmp_path)
    for name, phone in (("青禾书店", "13805350001"), ("新岸书刊社", "13805350002")):
        maker.record("operator", operator_name=name, phone=phone)
    return Seat(kit, office, clerk, shell)


@pytest.fixture
def owner(shell: Shell) -> QWidget:
    return QWidget(shell)


@pytest.fixture
def operators(seat: Seat) -> Registry:
    return seat.catalogue.registry("operator")


def listed(seat: Seat, registry: Registry, search: str = "") -> ListSource:
    return ListSource(seat, registry, ListQuery(search=search), columns_of(registry))


def save_as(monkeypatch: pytest.MonkeyPatch, path: Path, pattern: str = WORKBOOK) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(path), pattern))


def told(seat: Seat, part: str, qtbot: QtBot) -> str:
    def there() -> bool:
        notice = seat.kit.notices.current
        return notice is not None and part in notice.text

    qtbot.waitUntil(there, timeout=20000)
    assert seat.kit.notices.current is not None
    return seat.kit.notices.current.text


def rows_of(path: Path) -> list[tuple[object, ...]]:
    return list(read_workbook(path).sheets[0].rows)


def test_a_list_is_exported_as_it_is_filtered_with_personal_data_masked(
    seat: Seat, owner: QWidget, operators: Registry, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_as(monkeypatch, tmp_path / "名单")
    export_list(owner, seat, operators, listed(seat, operators, "青禾"), COLUMNS, whole=False)
    assert told(seat, "已导出", qtbot) == "已导出 1 家到“名单.xlsx”，个人信息已遮盖"
    heading, first, *_ = rows_of(tmp_path / "名单.xlsx")
    assert heading == ("单位名称", "联系电话")
    assert first == ("青禾书店", "138****0001")


def test_the_whole_register_has_every_field_and_every_record(
    seat: Seat, owner: QWidget, operators: Registry, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_as(monkeypatch, tmp_path / "全部", TEXT)
    export_list(owner, seat, operators, listed(seat, operators, "青禾"), COLUMNS, whole=True)
    assert "已导出 2 家到“全部.csv”" in told(seat, "已导出", qtbot)
    heading = rows_of(tmp_path / "全部.csv")[0]
    assert len(heading) == len(operators.typed_fields)


def test_personal_data_in_full_needs_a_reason_and_is_journalled(
    seat: Seat, owner: QWidget, operators: Registry, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_as(monkeypatch, tmp_path / "完整")
    export_list(owner, seat, operators, listed(seat, operators, "青禾"), COLUMNS, whole=False, unmask=True)
    (dialog,) = owner.window().findChildren(AskText)
    assert dialog.primary is not None
    assert not dialog.primary.isEnabled()
    dialog.edit.setText("年审通知逐家打电话")
    dialog.primary.click()
    told(seat, "含完整个人信息", qtbot)
    assert rows_of(tmp_path / "完整.xlsx")[1] == ("青禾书店", "13805350001")
    with seat.office.database.read() as session:
        entry = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert entry is not None
    assert (entry.operation, entry.reason) == ("export_in_full", "年审通知逐家打电话")


def test_leaving_the_file_dialog_exports_nothing(
    seat: Seat, owner: QWidget, operators: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: ("", ""))
    export_list(owner, seat, operators, listed(seat, operators), COLUMNS, whole=False)
    save_empty(owner, seat, operators)
    assert seat.kit.notices.current is None
    assert not seat.kit.jobs._under_way


def test_the_blank_template_is_saved_and_its_folder_can_be_opened(
    seat: Seat, owner: QWidget, operators: Registry, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_as(monkeypatch, tmp_path / "模板")
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    save_empty(owner, seat, operators)
    told(seat, "空白模板已存为“模板.xlsx”", qtbot)
    assert seat.kit.notices.current is not None
    assert seat.kit.notices.current.action == "打开所在文件夹"
    seat.kit.notices._action.click()
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]


def test_a_folder_that_takes_no_file_is_said_in_words(
    seat: Seat, owner: QWidget, operators: Registry, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat.kit.faults.told.connect(seat.kit.notices.fail)
    save_as(monkeypatch, tmp_path / "没有这个文件夹" / "名单")
    export_list(owner, seat, operators, listed(seat, operators), COLUMNS, whole=False)
    assert "名单.xlsx" in told(seat, "名单.xlsx", qtbot)
