"""Codes of administrative divisions, their names by year and who followed them (GB/T 2260)."""

import csv
import runpy

import pytest

from tests.repository import ROOT
from tests.shared_data import DATA, needs_shared
from wenlv_desk.standards.finding import Severity
from wenlv_desk.standards.regions import (
    children,
    find_region,
    full_name,
    is_known_prefecture,
    is_known_province,
    read_region,
    successors,
)


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("370687", None, "山东省烟台市海阳市"),
        ("370687", 1995, None),
        ("370629", 1995, "山东省烟台市海阳县"),
        ("370684", 2019, "山东省烟台市蓬莱市"),
        ("370684", 2020, None),
        ("372129", 1982, "山东省烟台地区海阳县"),
        ("120110", 1991, "天津市东郊区"),
        ("120110", 1992, "天津市东丽区"),
        ("370000", None, "山东省"),
        ("370600", None, "山东省烟台市"),
        ("379004", 1988, "山东省莱芜市"),
    ],
)
def test_a_code_has_the_name_of_its_year(code: str, year: int | None, name: str | None) -> None:
    assert full_name(code, year) == name


def test_an_abolished_code_keeps_its_last_name() -> None:
    assert full_name("370684") == "山东省烟台市蓬莱市"


def test_successors_are_followed_to_the_codes_of_today() -> None:
    assert successors("372133") == ("371082",)  # 荣成县 → 荣成县 → 荣成市, twice under a new prefecture
    assert successors("370634") == ("370614",)
    assert successors("370687") == ("370687",)
    assert successors("999999") == ()


def test_a_code_in_force_is_read_as_it_stands() -> None:
    assert read_region("３７０６ 87") == read_region(370687) == read_region("370687")
    assert read_region("370687").problem is None


def test_an_abolished_code_is_kept_with_its_successor_named() -> None:
    reading = read_region("370684")
    assert (reading.value, reading.severity, reading.suggestions) == ("370684", Severity.WARN, ("370614",))
    assert "蓬莱市已于 2020 年" in (reading.problem or "")
    assert "370614 山东省烟台市蓬莱区" in (reading.problem or "")


def test_an_unknown_code_warns_and_anything_else_is_no_code() -> None:
    assert read_region("371234").severity is Severity.WARN
    assert read_region("海阳市").severity is Severity.REJECT
    assert read_region(None).problem is None


def test_children_are_one_level_below_and_in_force() -> None:
    names = [region.name for region in children("370600")]
    assert "蓬莱区" in names
    assert "蓬莱市" not in names
    assert "烟台市" not in names
    assert "仙桃市" in [region.name for region in children("420000")], (
        "counties without a prefecture hang on the province"
    )


def test_prefixes_are_known_from_the_whole_history() -> None:
    assert is_known_province("370687")
    assert not is_known_province("990426")
    assert is_known_prefecture("440401")
    assert not is_known_prefecture("111111")


@needs_shared
def test_the_shipped_table_is_what_the_builder_makes_of_the_source() -> None:
    build = runpy.run_path(str(ROOT / "installer" / "regions" / "build.py"))
    source = (DATA / "regions" / "gbt2260_history_result.csv").read_text(encoding="utf-8-sig")
    assert build["TARGET"].read_text(encoding="utf-8") == build["compact"](source)


@needs_shared
def test_names_and_upper_levels_agree_with_every_row_of_the_history() -> None:
    with (DATA / "regions" / "gbt2260_history.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = [
        row["code"]
        for row in rows
        if full_name(row["code"], int(row["start_year"])) != row["parents"].replace("/", "") + row["name"]
    ]
    assert len(rows) == 6823
    assert wrong == []


@needs_shared
@pytest.mark.parametrize("year", [2019, 2024])
def test_the_official_lists_of_counties_agree_with_the_history(year: int) -> None:
    for line in (DATA / "regions" / f"gbt2260_{year}.txt").read_text(encoding="utf-8").splitlines():
        code, name = line.split()
        region = find_region(code, year)
        assert region is not None, (year, line)
        assert region.name == name
