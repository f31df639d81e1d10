"""Every kind reads what it shows, whatever stands in the value; and nothing that stands in a cell makes it fall over."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wenlv_desk.core.choices import Choice, Role
from wenlv_desk.core.kinds import (
    Amount,
    Context,
    Day,
    FilePath,
    Kind,
    Many,
    Moment,
    Offered,
    OneOf,
    Reference,
    Text,
    Whole,
    YesNo,
    plain_text,
    unprintable,
)
from wenlv_desk.core.trade_kinds import CitizenNumber, CreditCode, DocumentNumber, LicenceNumber, Phones
from wenlv_desk.standards import citizen_number, credit_code
from wenlv_desk.standards.finding import Severity

TODAY = date(2026, 11, 23)
NAMES = {1: "新岸书刊社", 2: "青屿书店", 3: "青屿书店"}
CODES = (("BOOK_RETAIL", "出版物零售"), ("PERF_AGENCY", "演出经纪机构、个体演员"), ("KTV", "歌舞娱乐场所"))


class Shelf:
    """Two registers by heart: operators by name, categories by code."""

    def label(self, register: str, key: int | str) -> str:
        return NAMES[int(key)]

    def has(self, register: str, key: int) -> bool:
        return key in NAMES

    def words(self, register: str) -> Mapping[str, str]:
        return {"书店": "BOOK_RETAIL"}

    def options(self, register: str) -> Sequence[tuple[str, str]]:
        return CODES

    def find(self, register: str, text: str) -> Sequence[int]:
        return tuple(key for key, name in NAMES.items() if name == text)


SHELF = Shelf()
CONTEXT = Context(TODAY, SHELF)

ANY_CHARACTER = st.characters(exclude_categories=["Cs"])
HOSTILE = st.sampled_from(
    [
        "=1+1",
        "@SUM(A1)",
        "\ufeff证",
        "\u202e反",
        "𬱖𠮷䶮㛃",
        "a\u0301",
        "‘’",
        "\x00",
        "\u200b",
        "1e309",
        "９１３７",
        "'; DROP TABLE",
    ]
)
TEXTS = st.text(ANY_CHARACTER, max_size=40) | HOSTILE
CELLS = st.one_of(
    TEXTS,
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.decimals(allow_nan=False, allow_infinity=False, places=3),
)


def printable(text: str) -> bool:
    return unprintable(text) is None


LINES = TEXTS.map(lambda text: " ".join(text.split()).strip()).filter(lambda text: bool(text) and printable(text))
BLOCKS = st.lists(LINES, min_size=1, max_size=4).map("\n".join)
CREDIT = st.tuples(
    st.sampled_from(["91", "92", "11", "12", "52", "A1", "N2", "Y1"]),
    st.sampled_from(["370687", "110000"]),
    st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9),
).map(lambda parts: credit_code.complete_code("".join(parts)))
CITIZEN = st.tuples(
    st.sampled_from(["370687", "110105"]),
    st.dates(date(1930, 1, 1), date(2010, 12, 31)).map(lambda day: f"{day:%Y%m%d}"),
    st.integers(0, 999).map(lambda serial: f"{serial:03d}"),
).map(lambda parts: "".join(parts) + citizen_number.check_character("".join(parts)))
MOBILE = st.integers(13000000000, 19999999999).map(str)


def some_of(codes: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """A non-empty set of codes in their own order, as `Many` keeps them."""
    chosen = st.sets(st.sampled_from(codes), min_size=1)
    return chosen.map(lambda chosen: tuple(code for code in codes if code in chosen))


VALUES: list[tuple[str, Kind, st.SearchStrategy[Any]]] = [
    ("a line of text", Text(400), LINES),
    ("a block of text", Text(4000, block=True), BLOCKS),
    ("a whole number", Whole(), st.integers(-(10**13), 10**13)),
    ("an amount", Amount(2, "万元"), st.decimals(-(10**11), 10**11, places=2)),
    ("a day", Day(), st.dates(date(1900, 1, 1), date(2099, 12, 31))),
    ("a day or 长期", Day(none_text="长期"), st.none() | st.dates(date(1900, 1, 1), date(2099, 12, 31))),
    ("a moment", Moment(), st.datetimes().map(lambda at: at.replace(microsecond=0, fold=0))),
    ("yes or no", YesNo(), st.booleans()),
    ("one of a choice", OneOf(Role), st.sampled_from(list(Role))),
    ("what an operation offers", Offered(), st.sampled_from(["01", "yantai_gaoxin_2026"])),
    ("several of a choice", Many(Role), some_of([role.value for role in Role])),
    ("several of a code list", Many(register="category"), some_of([code for code, _ in CODES])),
    ("another record", Reference("operator"), st.just(1)),
    ("a credit code", CreditCode(), CREDIT),
    ("a citizen number", CitizenNumber(), CITIZEN),
    ("a document number", DocumentNumber(), CITIZEN | st.from_regex(r"[A-Z][0-9]{8}", fullmatch=True)),
    ("phones", Phones(), st.lists(MOBILE, min_size=1, max_size=3, unique=True).map("、".join)),
    ("a licence number", LicenceNumber(), st.integers(1, 99999).map(lambda n: f"（鲁）印证字第 {n:05d} 号")),
]


def test_a_moment_on_the_minute_is_shown_without_seconds() -> None:
    at = datetime(2026, 11, 23, 8, 30)
    assert Moment().show(at, SHELF) == "2026-11-23 08:30"
    assert Moment().show(at.replace(second=5), SHELF) == "2026-11-23 08:30:05"


@pytest.mark.parametrize(("kind", "values"), [case[1:] for case in VALUES], ids=[case[0] for case in VALUES])
def test_what_is_shown_reads_as_the_same_value(kind: Kind, values: st.SearchStrategy[Any]) -> None:
    @given(values)
    def reads_back(value: Any) -> None:
        reading = kind.read(kind.show(value, SHELF), CONTEXT)
        assert reading.value == value
        assert reading.severity in (None, Severity.WARN)  # a licence number of the same digits throughout is doubted
        assert kind.read(kind.export(value, SHELF), CONTEXT).value == value

    reads_back()


@pytest.mark.parametrize("kind", [case[1] for case in VALUES], ids=[case[0] for case in VALUES])
def test_no_cell_makes_reading_fail_and_what_was_read_stays_what_it_is(kind: Kind) -> None:
    @example(-5e-324)  # once read as the code 5E324
    @given(CELLS)
    def survives(cell: Any) -> None:
        reading = kind.read(cell, CONTEXT)
        assert (reading.problem is None) == (reading.severity is None)
        if reading.value is not None:
            assert reading.severity is not Severity.REJECT
            assert kind.read(kind.show(reading.value, SHELF), CONTEXT).value == reading.value

    survives()


def test_every_kind_of_the_program_is_tried_above() -> None:
    def below(kind: type[Kind]) -> set[type[Kind]]:
        return {kind}.union(*(below(sub) for sub in kind.__subclasses__()))

    of_program = {kind for kind in below(Kind) if kind.__module__.startswith("wenlv_desk.")}
    assert of_program - {type(case[1]) for case in VALUES} == {Kind, FilePath}


def test_a_name_that_several_records_bear_is_doubtful_and_offers_them() -> None:
    reading = Reference("operator").read("青屿书店", CONTEXT)
    assert (reading.value, reading.severity, reading.suggestions) == (None, Severity.DOUBT, (2, 3))


def test_a_name_that_no_record_bears_is_refused_with_the_remedy() -> None:
    reading = Reference("operator").read("无名书店", CONTEXT)
    assert reading.severity is Severity.REJECT
    assert reading.problem == "库中没有“无名书店”，请先登记或改正写法"


def test_a_label_that_holds_a_separator_is_read_whole() -> None:
    kind = Many(register="category")
    assert kind.read("演出经纪机构、个体演员", CONTEXT).value == ("PERF_AGENCY",)


def test_a_control_character_is_refused_and_named() -> None:
    reading = Text().read("甲\x07乙", CONTEXT)
    assert reading.severity is Severity.REJECT
    assert "U+0007" in str(reading.problem)


def test_a_line_break_in_a_line_becomes_a_space_and_is_said() -> None:
    reading = Text().read("海政路\n1号", CONTEXT)
    assert (reading.value, reading.severity) == ("海政路 1号", Severity.NOTE)


def test_a_text_beyond_the_limit_is_refused_with_both_lengths() -> None:
    reading = Text(5).read("一二三四五六", CONTEXT)
    assert reading.problem == "共 6 个字，超过 5 字的上限，请缩短或写入备注"


@pytest.mark.parametrize("blank", [None, "", "  ", "—", "/", "N/A", "无"])
@pytest.mark.parametrize("kind", [Amount(), Day(), CreditCode(), Phones(), OneOf(Role), Many(Role)])
def test_what_people_write_for_nothing_is_nothing(kind: Kind, blank: Any) -> None:
    reading = kind.read(blank, CONTEXT)
    assert (reading.value, reading.problem) == (None, None)


def test_a_cell_becomes_text_without_inventing_anything() -> None:
    assert [plain_text(raw) for raw in (None, True, 15.0, 0.1, date(2026, 1, 5), datetime(2026, 1, 5))] == [
        "",
        "是",
        "15",
        "0.1",
        "2026-01-05",
        "2026-01-05",
    ]


def test_more_decimals_than_the_field_keeps_are_refused() -> None:
    assert Amount(2).read(Decimal("1.005"), CONTEXT).severity is Severity.REJECT


class Colour(Choice):
    """For the next test."""

    RED = "RED", "红", "red"


def test_a_choice_reads_its_code_and_its_label_and_names_what_may_stand_there() -> None:
    kind = OneOf(Colour)
    assert kind.read("红", CONTEXT).value is kind.read("RED", CONTEXT).value is Colour.RED
    assert kind.read("绿", CONTEXT).problem == "“绿”不在可选范围（红）内，请改正"
