"""Whether a column is one of very many numbers: handed over as one value, for databases count the parameters of a statement."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import Boolean, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class _OneOf(FunctionElement[bool]):
    inherit_cache = True
    name = "one_of"
    type = Boolean()


def one_of(column: Any, numbers: Collection[int]) -> FunctionElement[bool]:
    """Whether the column holds one of the numbers, be they a hundred thousand."""
    return _OneOf(column, literal(json.dumps(list(numbers))))


@compiles(_OneOf)
def _standard(element: _OneOf, compiler: SQLCompiler, **kw: Any) -> str:
    column, listed = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{column} IN (SELECT CAST(value AS INTEGER) FROM json_array_elements_text(CAST({listed} AS json)))"


@compiles(_OneOf, "sqlite")
def _sqlite(element: _OneOf, compiler: SQLCompiler, **kw: Any) -> str:
    column, listed = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({listed}))"
