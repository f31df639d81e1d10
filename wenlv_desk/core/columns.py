"""Column types that SQLite and PostgreSQL store alike: code sets as text, decimals as scaled integers, choices as codes."""

from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from wenlv_desk.core.choices import Choice


class CodeSet(TypeDecorator[tuple[str, ...]]):
    """A tuple of codes stored as `,A,B,` so that `LIKE '%,A,%'` asks for a member on every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else "," + "".join(f"{code}," for code in value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:  # noqa: ARG002
        return None if value is None else tuple(code for code in value.split(",") if code)


class Scaled(TypeDecorator[Decimal]):
    """A decimal with a fixed number of places, stored as an integer: exact, and it sorts."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, places: int = 2) -> None:
        super().__init__()
        self.places = places

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        if value is None:
            return None
        scaled = Decimal(value).scaleb(self.places)
        if scaled != int(scaled):
            raise ValueError(f"{value} has more than the {self.places} places that are kept")
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        return None if value is None else Decimal(value).scaleb(-self.places)


class ChoiceColumn(TypeDecorator[Choice]):
    """A member of a `Choice`, stored as its code; a code no longer known is an error that names it."""

    impl = String(32)
    cache_ok = True

    def __init__(self, choice: type[Choice]) -> None:
        super().__init__()
        self.choice = choice

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else self.choice._value2member_map_[str(value)].value

    def process_result_value(self, value: str | None, dialect: Dialect) -> Choice | None:  # noqa: ARG002
        if value is None:
            return None
        member = self.choice._value2member_map_[value]
        assert isinstance(member, Choice)
        return member
