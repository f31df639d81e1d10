"""Counting days between a date column and a day inside a query, on every database."""

from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class _DaysAfter(FunctionElement[int]):
    inherit_cache = True
    name = "days_after"
    type = Integer()


def days_after(column: Any, day: Any) -> FunctionElement[int]:
    """Whole days from `day` (a date or another date column) to the column: negative before it, NULL where one is empty."""
    return _DaysAfter(column, literal(day, Date) if isinstance(day, date) else day)


@compiles(_DaysAfter)
def _standard(element: _DaysAfter, compiler: SQLCompiler, **kw: Any) -> str:
    column, day = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"({column} - {day})"


@compiles(_DaysAfter, "sqlite")
def _sqlite(element: _DaysAfter, compiler: SQLCompiler, **kw: Any) -> str:
    column, day = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"CAST(julianday({column}) - julianday({day}) AS INTEGER)"
