"""Rows written column by column stand, are journalled and found exactly like rows written one by one."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from wenlv_desk.core.choices import Role
from wenlv_desk.store.bulk import as_columns, converted, digests_of
from wenlv_desk.store.images import digest_of, image_of
from wenlv_desk.store.search import ahead
from wenlv_desk.store.search.ahead import BATCH, WORTH, Plain, begin, made

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "id": st.integers(1, 10**9),
    "name": st.text(),
    "voided": st.booleans(),
    "count": st.none() | st.integers(),
    "area": st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=2),
    "day": st.none() | st.dates(),
    "at": st.none() | st.datetimes(),
    "role": st.none() | st.sampled_from(list(Role)),
    "codes": st.none() | st.lists(st.text(max_size=3)).map(tuple),
    "nothing": st.none(),
}


@given(st.lists(st.fixed_dictionaries(VALUES), max_size=5))
def test_digests_by_column_are_those_of_the_images(rows: list[dict[str, Any]]) -> None:
    assert digests_of(as_columns(rows, list(VALUES))) == [digest_of(image_of(row)) for row in rows]


def test_a_value_is_converted_once_and_alike_numbers_are_told_apart() -> None:
    asked: list[Any] = []

    def shown(value: Any) -> str:
        asked.append(value)
        return repr(value)

    assert converted(["a", "b", "a"], shown) == ["'a'", "'b'", "'a'"]
    assert asked == ["a", "b"]
    assert converted([1, True, 1.0], shown) == ["1", "True", "1.0"]
    assert converted([date(2026, 1, 1), datetime(2026, 1, 1)], shown) == [
        "datetime.date(2026, 1, 1)",
        "datetime.datetime(2026, 1, 1, 0, 0)",
    ]
    assert converted([Decimal("1.0"), None], shown) == ["Decimal('1.0')", "None"]


def texts(count: int) -> list[Plain]:
    return [(number, (f"海阳第{number}书店",), (f"1380000{number:04}",), ("单某",)) for number in range(1, count + 1)]


def test_another_process_makes_the_same_documents_and_tokens() -> None:
    given_texts = texts(WORTH)
    batches = list(begin(given_texts)())
    assert len(batches) == WORTH // BATCH
    assert [row for rows, _ in batches for row in rows] == made(given_texts)[0]
    assert list(map(words, (row for _, rows in batches for row in rows))) == list(map(words, made(given_texts)[1]))


def words(row: tuple[int, str]) -> tuple[int, frozenset[str]]:
    """A row of tokens, whatever their order."""
    return row[0], frozenset(row[1].split())


def test_few_records_are_made_here() -> None:
    ((documents, _),) = begin(texts(3))()
    assert documents == made(texts(3))[0]


def test_what_a_process_that_ended_left_out_is_made_here(monkeypatch: Any) -> None:
    monkeypatch.setattr(ahead.sys, "executable", "/bin/false")
    given_texts = texts(WORTH)
    assert [row for rows, _ in begin(given_texts)() for row in rows] == made(given_texts)[0]
