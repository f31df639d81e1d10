"""The architecture of docs/architecture.md, stated as tests over the source itself."""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.repository import ROOT

PACKAGE = ROOT / "wenlv_desk"
GENERATED = ("wenlv_desk/gui/forms/", "wenlv_desk/store/migrations/versions/")

# The exceptions, each with its reason.
BROAD_EXCEPT = {
    "cli/main.py": "presents errors: a bug becomes exit code 3 and a number to quote",
    "gui/errors.py": "presents errors: a bug is logged and shown once",
}
CLOCK = {
    "cli/main.py": "the shell's edge: hands the office its clock",
    "gui/app.py": "the window's edge: hands the office its clock",
}

MAX_FILE_LINES = 500
MAX_FUNCTION_LINES = 60
HEAVY = {
    "PySide6",
    "sqlalchemy",
    "alembic",
    "pypinyin",
    "openpyxl",
    "xlsxwriter",
    "reportlab",
    "pypdfium2",
    "docx",
    "docxtpl",
    "lxml",
    "jinja2",
}

BROAD = {"Exception", "BaseException"}
WAITS = {"processEvents", "sleep", "msleep", "usleep", "qWait", "qSleep"}
CLOCK_READS = {("date", "today"), ("datetime", "today"), ("datetime", "now"), ("datetime", "utcnow"), ("time", "time")}


def sources(*folders: str) -> dict[str, Path]:
    """Path below the repository to file, for every hand-written module of the folders."""
    found = {path.relative_to(ROOT).as_posix(): path for name in folders for path in (ROOT / name).rglob("*.py")}
    return {name: path for name, path in sorted(found.items()) if not name.startswith(GENERATED)}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Path below the package and syntax tree of every module of the program, generated forms included."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), tree(path)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0:
        return [node.module or ""]
    return []


def dotted(node: ast.expr) -> tuple[str, ...]:
    """`a.b.c` as ("a", "b", "c"); empty for anything that is not a plain chain of names."""
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Attribute) and (before := dotted(node.value)):
        return (*before, node.attr)
    return ()


def is_broad(node: ast.AST) -> bool:
    """`except:`, `except Exception`, the same in a tuple, and `suppress(Exception)`."""
    if isinstance(node, ast.ExceptHandler):
        kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        return any(kind is None or dotted(kind)[-1:] in {(name,) for name in BROAD} for kind in kinds)
    if isinstance(node, ast.Call) and dotted(node.func)[-1:] == ("suppress",):
        return any(dotted(argument)[-1:] in {(name,) for name in BROAD} for argument in node.args)
    return False


def imports_qt(node: ast.AST) -> bool:
    return any(name.split(".")[0] in {"PySide6", "shiboken6"} for name in imported(node))


def speaks_one_dialect(node: ast.AST) -> bool:
    """Importing a database's own module or dialect, or SQL written as text."""
    raw_sql = (
        isinstance(node, ast.ImportFrom) and node.module == "sqlalchemy" and "text" in {a.name for a in node.names}
    )
    modules = ("sqlite3", "psycopg", "sqlalchemy.dialects")
    return raw_sql or any(name == one or name.startswith(one + ".") for name in imported(node) for one in modules)


def reads_clock(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and dotted(node.func)[-2:] in CLOCK_READS


def waits(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom) and node.module == "time":
        return any(alias.name == "sleep" for alias in node.names)
    return isinstance(node, ast.Attribute) and node.attr in WAITS


def places(matches: Callable[[ast.AST], bool], *, outside: tuple[str, ...]) -> dict[str, list[int]]:
    """Module to the lines where `matches(node)` is true; not in modules that start with one of `outside`."""
    found = {
        name: [getattr(node, "lineno", 0) for node in ast.walk(module) if matches(node)]
        for name, module in modules()
        if not name.startswith(outside)
    }
    return {name: lines for name, lines in found.items() if lines}


def run_python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_imports_point_one_way() -> None:
    contract = run_python("-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache")
    assert contract.returncode == 0, contract.stdout + contract.stderr


def test_only_the_window_knows_qt() -> None:
    assert places(imports_qt, outside=("gui/",)) == {}


def test_what_only_one_database_understands_stays_in_the_store() -> None:
    assert places(speaks_one_dialect, outside=("store/",)) == {}


def test_nothing_waits_by_sleeping_or_by_turning_the_event_loop() -> None:
    assert places(waits, outside=()) == {}


def test_only_the_places_that_present_errors_catch_everything() -> None:
    assert places(is_broad, outside=tuple(BROAD_EXCEPT)) == {}


def test_only_the_clock_reads_the_time() -> None:
    assert places(reads_clock, outside=tuple(CLOCK)) == {}


@pytest.mark.parametrize(
    ("matches", "line"),
    [
        (imports_qt, "from PySide6.QtCore import Qt"),
        (imports_qt, "import PySide6.QtGui"),
        (speaks_one_dialect, "import sqlite3"),
        (speaks_one_dialect, "from sqlalchemy.dialects.sqlite import insert"),
        (speaks_one_dialect, "from sqlalchemy import select, text"),
        (waits, "QApplication.processEvents()"),
        (waits, "app().processEvents()"),
        (waits, "time.sleep(1)"),
        (waits, "from time import sleep"),
        (waits, "QThread.msleep(1)"),
        (is_broad, "try: f()\nexcept: g()"),
        (is_broad, "try: f()\nexcept Exception as error: g()"),
        (is_broad, "try: f()\nexcept (OSError, BaseException): g()"),
        (is_broad, "with contextlib.suppress(Exception): f()"),
        (reads_clock, "day = date.today()"),
        (reads_clock, "day = datetime.date.today()"),
        (reads_clock, "now = datetime.now(UTC)"),
    ],
)
def test_the_rules_above_recognise_what_they_forbid(matches: Callable[[ast.AST], bool], line: str) -> None:
    assert any(matches(node) for node in ast.walk(ast.parse(line)))


@pytest.mark.parametrize(
    ("matches", "line"),
    [
        (imports_qt, "from wenlv_desk.core import fields"),
        (speaks_one_dialect, "from sqlalchemy import select"),
        (waits, "queue.get(timeout=1)"),
        (is_broad, "try: f()\nexcept (OSError, UserError): g()"),
        (reads_clock, "day = desk.today"),
    ],
)
def test_the_rules_above_leave_honest_code_alone(matches: Callable[[ast.AST], bool], line: str) -> None:
    assert not any(matches(node) for node in ast.walk(ast.parse(line)))


def test_every_type_ignore_names_what_it_ignores() -> None:
    bare = re.compile(r"#\s*type:\s*ignore(?!\[)")
    found = [name for name, path in sources("wenlv_desk").items() if bare.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_pdfs_are_opened_where_one_thread_at_a_time_may() -> None:
    """PDFium called from two threads at once corrupts memory, and the process ends later, elsewhere."""
    free = ("wenlv_desk/typeset/verify.py", "wenlv_desk/scanning/")  # where the lock is, and a process of its own
    opening = {
        f"{name}:{node.lineno}"
        for name, path in sources("wenlv_desk", "tests").items()
        if not name.startswith(free)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "PdfDocument"
    }
    assert opening == set()


def test_files_are_short() -> None:
    lengths = {name: len(path.read_text("utf-8").splitlines()) for name, path in sources("wenlv_desk", "tests").items()}
    assert {name: count for name, count in lengths.items() if count > MAX_FILE_LINES} == {}


def test_functions_are_short() -> None:
    long = {
        f"{name}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for name, path in sources("wenlv_desk", "tests", "benchmarks").items()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None
    }
    assert {where: count for where, count in long.items() if count > MAX_FUNCTION_LINES} == {}


def test_help_is_shown_without_loading_qt_or_the_database() -> None:
    ask = (
        "import sys\n"
        "from wenlv_desk.cli.main import main\n"
        "try:\n    main(['--help'])\n"
        "finally:\n    print('loaded:', *sorted({name.split('.')[0] for name in sys.modules}))\n"
    )
    shown = run_python("-c", ask)
    assert shown.returncode == 0, shown.stderr
    loaded = set(shown.stdout.splitlines()[-1].split()[1:])
    assert "argparse" in loaded
    assert loaded.isdisjoint(HEAVY), sorted(loaded.intersection(HEAVY))
