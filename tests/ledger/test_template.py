"""Blank templates: every field has its heading, hint and drop-down, and reading one back finds every field."""

from pathlib import Path

import openpyxl
import pytest

from tests.ledger.desks import CLERK, planned_table
from wenlv_desk.ledger.headings import known_headings, match
from wenlv_desk.ledger.model import Verdict
from wenlv_desk.ledger.reading import find_table, read_workbook
from wenlv_desk.ledger.template import save_template
from wenlv_desk.registries import catalogue
from wenlv_desk.store.office import Office

REGISTERS = [name for name, one in catalogue().registries.items() if one.typed and not one.single]


def template(office: Office, register: str, folder: Path) -> Path:
    path = folder / "模板.xlsx"
    with office.desk(CLERK) as desk:
        save_template(desk, office.catalogue.registry(register), path)
    return path


@pytest.mark.parametrize("register", REGISTERS)
def test_reading_a_template_back_finds_every_field(office: Office, tmp_path: Path, register: str) -> None:
    registry = office.catalogue.registry(register)
    book = read_workbook(template(office, register, tmp_path))
    (sheet,) = [sheet for sheet in book.sheets if sheet.visible]
    found = find_table(sheet, known=known_headings(office.catalogue, registry))
    mapping = match(office.catalogue, registry, found)
    assert set(mapping.mapped) == set(registry.typed_fields)
    assert mapping.unmapped == ()


def test_required_headings_are_marked_and_every_heading_has_a_hint(office: Office, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(template(office, "operator", tmp_path))["经营单位"]
    assert sheet["A1"].value == "*单位名称"
    assert all(cell.comment is not None for cell in sheet[1])
    assert "必填" in str(sheet["A1"].comment.text)


def test_choices_are_drop_downs_and_identifiers_text(office: Office, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(template(office, "operator", tmp_path))["经营单位"]
    columns = {str(cell.value).lstrip("*"): cell.column_letter for cell in sheet[1]}
    validated = "".join(str(rule.sqref) for rule in sheet.data_validations.dataValidation)
    for label in ("主体类型", "经营状态", "经营类别"):
        assert f"{columns[label]}2:{columns[label]}5001" in validated
    assert sheet.column_dimensions[columns["统一社会信用代码"]].width >= 21


def test_a_filled_template_imports(office: Office, tmp_path: Path) -> None:
    path = template(office, "operator", tmp_path)
    book = openpyxl.load_workbook(path)
    book["经营单位"]["A2"] = "新岸书店"
    book.save(path)
    (sheet,) = [sheet for sheet in read_workbook(path).sheets if sheet.visible]
    plan = planned_table(office, find_table(sheet))
    assert [row.verdict for row in plan.rows()] == [Verdict.NEW]
