"""Pinyin of firms and people: the shipped table is pypinyin's, and surnames are read as surnames."""

import csv
import runpy
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from tests.shared_data import DATA, needs_shared
from wenlv_desk.resources import resource
from wenlv_desk.standards.pinyin import initials, readings, syllables

BUILD = Path(__file__).resolve().parents[2] / "installer" / "pinyin" / "build.py"


def test_the_usual_reading_of_every_character_is_that_of_pypinyin() -> None:
    from pypinyin import lazy_pinyin
    from pypinyin.constants import PINYIN_DICT

    ours = readings()
    assert len(PINYIN_DICT) > 41_000
    theirs = {char: lazy_pinyin(char)[0].replace("ê", "e") for char in map(chr, PINYIN_DICT)}
    assert {char: (ours[char][0], reading) for char, reading in theirs.items() if ours[char][0] != reading} == {}


def test_the_shipped_table_is_what_its_script_writes() -> None:
    assert runpy.run_path(str(BUILD))["table"]() == resource("pinyin", "readings.txt").read_text(encoding="utf-8")


def test_every_reading_is_typed_with_plain_letters() -> None:
    assert {syllable for group in readings().values() for syllable in group if not syllable.isascii()} == set()


@needs_shared
def test_every_character_of_the_national_list_outside_gbk_has_a_reading() -> None:
    with (DATA / "strings" / "tgscc8105_outside_gbk.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = {cell for row in csv.reader(file) for cell in row}
    characters = {cell for cell in cells if len(cell) == 1 and unicodedata.category(cell) == "Lo"}
    assert len(characters) == 276
    assert characters - readings().keys() == set()


@pytest.mark.parametrize(
    ("block", "least"), [((0x4E00, 0x9FA5), 20_892), ((0x3400, 0x4DB5), 5_700), ((0x20000, 0x2A6D6), 14_000)]
)
def test_the_blocks_of_han_are_covered_as_far_as_anyone_knows(block: tuple[int, int], least: int) -> None:
    assert sum(chr(point) in readings() for point in range(block[0], block[1] + 1)) >= least


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("单雄信", "shan xiong xin"),
        ("仇英", "qiu ying"),
        ("解晓东", "xie xiao dong"),
        ("查良镛", "zha liang yong"),
        ("曾国藩", "zeng guo fan"),
        ("朴树", "piao shu"),
        ("区大为", "ou da wei"),
        ("盖叫天", "ge jiao tian"),
        ("覃海洋", "qin hai yang"),
        ("翟天临", "zhai tian lin"),
        ("缪昌文", "miao chang wen"),
        ("万俟明", "mo qi ming"),
        ("尉迟恭", "yu chi gong"),
        ("单于红", "chan yu hong"),
        ("澹台明", "tan tai ming"),
        ("王单", "wang dan"),
    ],
)
def test_a_person_is_read_by_surname_first(name: str, expected: str) -> None:
    assert " ".join(syllables(name, person=True)) == expected


@needs_shared
def test_every_surname_of_the_shared_list_is_read_as_it_says() -> None:
    with (DATA / "pinyin" / "surnames_overtrue.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    toneless = {
        surname: "".join(
            c for c in unicodedata.normalize("NFD", toned).replace("ü", "v") if not unicodedata.combining(c)
        )
        for surname, toned, *_ in rows
    }
    assert len(toneless) == 84
    assert {surname: " ".join(syllables(surname + "明", person=True)[:-1]) for surname in toneless} == toneless


def test_a_firm_keeps_the_usual_readings() -> None:
    assert syllables("单县仇家书店")[:3] == ("dan", "xian", "chou")
    assert initials("新华书店") == "xhsd"


def test_letters_and_digits_pass_in_lower_case_and_marks_are_left_out() -> None:
    assert syllables("3D（影）·KTV") == ("3", "d", "ying", "k", "t", "v")
    assert initials("文旅（北京）有限公司") == "wlbjyxgs"
    assert syllables("") == ()
    assert initials("") == ""


def test_rare_characters_beyond_the_basic_plane_are_read() -> None:
    assert syllables("𬭎䶮𠮷") == ("hong", "yan", "ji")


def test_reading_a_name_does_not_import_pypinyin() -> None:
    ask = (
        "import sys; from wenlv_desk.standards.pinyin import initials; initials('单县书店'); "
        "sys.exit(any(name.startswith('pypinyin') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", ask], check=False).returncode == 0
