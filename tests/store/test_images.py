"""Images: every column's value survives the journal, and a column added later changes no digest."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    insert,
    select,
)
from sqlalchemy.exc import StatementError

from wenlv_desk.core.choices import Role
from wenlv_desk.core.columns import ChoiceColumn, CodeSet, Scaled
from wenlv_desk.store.images import digest_of, dump, image_of, plain, values_of

TABLE = Table(
    "everything",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("words", String(255)),
    Column("number", Integer),
    Column("yes", Boolean),
    Column("day", Date),
    Column("moment", DateTime),
    Column("amount", Scaled(2)),
    Column("codes", CodeSet()),
    Column("role", ChoiceColumn(Role)),
    Column("free", JSON(none_as_null=True)),
)
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
trees = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | words,
    lambda inner: st.lists(inner) | st.dictionaries(words, inner),
)
rows = st.fixed_dictionaries(
    {
        "words": st.none() | words,
        "number": st.none() | st.integers(-(2**63), 2**63 - 1),
        "yes": st.none() | st.booleans(),
        "day": st.none() | st.dates(),
        "moment": st.none() | st.datetimes(),
        "amount": st.none() | st.decimals(-(10**14), 10**14, places=2),
        "codes": st.none() | st.lists(st.from_regex(r"[A-Z_0-9]+", fullmatch=True)).map(tuple),
        "role": st.none() | st.sampled_from(Role),
        "free": st.none() | st.dictionaries(words, trees),
    }
)


@given(rows)
def test_a_row_written_read_and_restored_is_the_same_row(values: dict[str, Any]) -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        TABLE.create(connection)
        connection.execute(insert(TABLE), {"id": 1, **values})
        stored = image_of(connection.execute(select(TABLE)).mappings().one())
        restored = values_of(TABLE, stored)
        assert restored == {"id": 1, **values}
        connection.execute(TABLE.delete())
        connection.execute(insert(TABLE), restored)
        again = image_of(connection.execute(select(TABLE)).mappings().one())
    engine.dispose()
    assert dump(again) == dump(stored)
    assert digest_of(again) == digest_of(stored)


def test_an_empty_column_added_later_changes_no_digest() -> None:
    before = {"id": 1, "words": "书店", "amount": Decimal("1.50")}
    assert digest_of(image_of(before)) == digest_of(image_of(before | {"later": None}))
    assert values_of(TABLE, image_of(before))["day"] is None


def test_an_amount_with_more_places_than_are_kept_is_never_cut_in_silence() -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        TABLE.create(connection)
        with pytest.raises(StatementError, match=r"12\.345"):
            connection.execute(insert(TABLE), {"id": 1, "amount": Decimal("12.345")})
    engine.dispose()


def test_different_values_have_different_images() -> None:
    assert plain(date(2026, 1, 5)) == "2026-01-05"
    assert plain(datetime(2026, 1, 5, 9, 30)) == "2026-01-05T09:30:00"
    assert digest_of({"yes": True}) != digest_of({"yes": 1})
    assert digest_of({"words": "1"}) != digest_of({"words": 1})
