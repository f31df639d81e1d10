"""The calendar at the shell: a table imported, a year named by its number, days taken in as a ledger."""

import json
from pathlib import Path

from tests.shelling import CommandLine

OFF = (
    "01-01",
    "02-05",
    "02-08",
    "02-09",
    "02-10",
    "02-11",
    "04-05",
    "05-01",
    "05-02",
    "10-01",
    "10-02",
    "10-03",
    "10-04",
)


def test_a_table_is_imported_and_its_year_goes_by_its_number(shell: CommandLine, tmp_path: Path) -> None:
    days = [{"name": "假日", "date": f"2027-{day}", "isOffDay": True} for day in OFF]
    path = tmp_path / "2027.json"
    path.write_text(json.dumps({"year": 2027, "days": days}), encoding="utf-8")
    told = shell("do", "holiday_year.import_table", "--path", path)
    assert told["title"] == "导入放假安排 2027"
    assert told["notes"] == ["2027 年放假 13 天、调休上班 0 天；新登记 13 天，更正 0 天；没有要改动的期限"]
    year = shell("show", "holiday_year", "2027")
    assert (year["id"], year["standing"], year["days"]) == (1, "已录全", "13")
    assert "已经录全" in shell.refused("do", "holiday_year.import_table", "--path", path)
    assert shell("do", "holiday_year.import_table", "--path", path, "--reason", "再核对")["entry"]
    assert "已经确认过" in shell.refused("do", "holiday_year.confirm_year", "2027")
    assert "没有编号为 2028 的记录" in shell.refused("do", "holiday_year.recount", "2028")
    shell("undo")
    shell("undo")
    assert shell("list", "holiday")["total"] == 0


def test_days_come_as_a_ledger_and_the_year_is_confirmed(shell: CommandLine, tmp_path: Path) -> None:
    shell("do", "holiday_year.create", "--year", "2027")
    lines = ["年份,日期,类别,名称", *(f"2027,2027-{day},放假,假日" for day in OFF), "2027,2027-02-14,调休上班,春节"]
    path = tmp_path / "放假.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert shell("import", "holiday", path)["new"] == len(OFF) + 1
    assert shell("import", "holiday", path)["same"] == len(OFF) + 1
    assert shell("do", "holiday_year.confirm_year", "2027")["title"] == "确认已录全 2027"
    assert shell("show", "holiday", "2027-02-14")["title"] == "2027-02-14 春节调休上班"
    assert shell("check") == {"problems": []}
