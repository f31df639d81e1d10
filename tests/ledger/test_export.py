"""Lists leave as Excel and CSV as they are filtered and sorted: as what they are, masked, signed, and with nothing alive in them."""

import csv
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from tests.ledger.desks import CLERK, CODE, OTHER_CODE, planned
from wenlv_desk.core.errors import UserError
from wenlv_desk.ledger.apply import apply_plan
from wenlv_desk.ledger.export import ExportStopped, export_listing, export_unmasked, whole
from wenlv_desk.ledger.reading import find_table, read_workbook
from wenlv_desk.store.office import Office
from wenlv_desk.store.query import Listing, ListQuery
from wenlv_desk.store.tables import JournalEntry

HEADINGS = ["单位名称", "统一社会信用代码", "联系电话", "成立日期", "备注"]
NAMES = ("operator_name", "uscc", "phone", "established_on", "remark")


@pytest.fixture
def shops(office: Office) -> Office:
    rows = [
        ["晨光书店", CODE, "13800138000", date(2020, 1, 2), "=cmd|' /C calc'!A0"],
        ["新岸书店", OTHER_CODE, None, None, None],
    ]
    apply_plan(office, CLERK, planned(office, HEADINGS, *rows))
    return office


def export(office: Office, path: Path, query: ListQuery | None = None, names: Sequence[str] = NAMES) -> int:
    with office.database.read() as session:
        registry = office.catalogue.registry("operator")
        today = office.clock().date()
        listing = Listing(session, office.catalogue, registry, query or ListQuery(), today, names=names)
        return export_listing(listing, path, clerk=CLERK, at=office.clock())


def lines_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def sheet_of(path: Path) -> Any:
    return openpyxl.load_workbook(path).active


def test_a_workbook_holds_texts_dates_and_a_frozen_heading(shops: Office, tmp_path: Path) -> None:
    assert export(shops, tmp_path / "a.xlsx") == 2
    sheet = sheet_of(tmp_path / "a.xlsx")
    assert [cell.value for cell in sheet[1]] == HEADINGS
    assert sheet.freeze_panes == "A2"
    assert (sheet["B2"].value, sheet["B2"].data_type, sheet["B2"].number_format) == (CODE, "s", "@")
    assert (sheet["D2"].value.date(), sheet["D2"].number_format) == (date(2020, 1, 2), "yyyy-mm-dd")
    assert sheet.column_dimensions["A"].width > 20


def test_no_formula_comes_alive(shops: Office, tmp_path: Path) -> None:
    export(shops, tmp_path / "a.xlsx")
    export(shops, tmp_path / "a.csv")
    assert sheet_of(tmp_path / "a.xlsx")["E2"].data_type == "s"
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
    assert lines_of(tmp_path / "a.csv")[1][4] == "'=cmd|' /C calc'!A0"


@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_a_word_that_would_make_a_total_of_the_row_is_read_back_as_itself(
    office: Office, tmp_path: Path, extension: str
) -> None:
    row = ["晨光书店", CODE, None, date(2020, 1, 2), "合计"]
    apply_plan(office, CLERK, planned(office, HEADINGS, row, ["新岸书店", OTHER_CODE, None, None, None]))
    path = tmp_path / f"a.{extension}"
    export(office, path, names=("uscc", "established_on", "remark", "phone"))
    found = find_table(read_workbook(path).sheets[0])
    assert [str(one.cells[0]) for one in found.rows] == [CODE, OTHER_CODE]


def test_the_last_line_says_when_by_whom_and_how_many(shops: Office, tmp_path: Path) -> None:
    for name in ("a.xlsx", "a.csv"):
        export(shops, tmp_path / name)
        found = find_table(read_workbook(tmp_path / name).sheets[0])
        assert len(found.rows) == 2
        ((_, said),) = found.skipped
        assert "导出时间：2026-11-23 09:00" in said
        assert "林晓（窗口一）" in said
    assert lines_of(tmp_path / "a.csv")[-1] == ["导出时间：2026-11-23 09:00　导出人：林晓（窗口一）　共 2 家"]


def test_the_list_leaves_as_filtered_and_sorted(shops: Office, tmp_path: Path) -> None:
    query = ListQuery(sort=(("operator_name", True),))
    export(shops, tmp_path / "a.csv", query)
    assert [line[0] for line in lines_of(tmp_path / "a.csv")[1:3]] == ["晨光书店", "新岸书店"]
    assert export(shops, tmp_path / "b.csv", ListQuery(search="新岸")) == 1


def test_personal_data_is_masked(shops: Office, tmp_path: Path) -> None:
    export(shops, tmp_path / "a.csv")
    assert lines_of(tmp_path / "a.csv")[1][2] == "138****8000"


def test_personal_data_in_full_is_journalled_before_it_is_written(shops: Office, tmp_path: Path) -> None:
    registry = shops.catalogue.registry("operator")
    path = tmp_path / "全.csv"
    assert export_unmasked(shops, CLERK, registry, ListQuery(search="晨光"), path, names=NAMES, reason="上报") == 1
    assert lines_of(path)[1][2] == "13800138000"
    with shops.database.read() as session:
        entry = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
        assert entry is not None
        assert (entry.operation, entry.reason, entry.undoable) == ("export_in_full", "上报", False)
        assert entry.arguments == {"file_name": "全.csv", "rows": 1, "what": "查找“晨光”"}


def test_a_whole_export_has_every_field_that_can_be_imported(shops: Office, tmp_path: Path) -> None:
    registry = shops.catalogue.registry("operator")
    export(shops, tmp_path / "a.csv", names=whole(registry))
    assert lines_of(tmp_path / "a.csv")[0] == [field.label for field in registry.typed_fields.values()]


def test_an_export_that_is_stopped_leaves_no_file(shops: Office, tmp_path: Path) -> None:
    registry = shops.catalogue.registry("operator")
    for name in ("a.csv", "a.xlsx"):
        with shops.database.read() as session:
            listing = Listing(session, shops.catalogue, registry, ListQuery(), shops.clock().date(), names=NAMES)
            with pytest.raises(ExportStopped):
                export_listing(
                    listing, tmp_path / name, clerk=CLERK, at=shops.clock(), progress=lambda _done, _total: True
                )
    assert list(tmp_path.glob("*.csv")) + list(tmp_path.glob("*.xlsx")) == []


def test_a_place_that_cannot_be_written_is_said_in_words(shops: Office, tmp_path: Path) -> None:
    for name in ("a.csv", "a.xlsx"):
        with pytest.raises(UserError, match=f"“{name}”写不进去"):
            export(shops, tmp_path / "没有" / name)


def test_an_empty_list_still_has_its_heading(office: Office, tmp_path: Path) -> None:
    assert export(office, tmp_path / "a.csv") == 0
    assert lines_of(tmp_path / "a.csv")[0] == HEADINGS
