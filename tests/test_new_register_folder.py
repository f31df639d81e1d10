"""What one more register costs, to the letter: its folder, a line in the list, a generated migration, and no edit anywhere else.

A copy of the program gets exactly these three and is run: by the command, by the program's own generic suites, and on the data
folder of the program as it was before.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository import ROOT
from tests.shelling import TODAY
from wenlv_desk.store.migrate import head

SUITES = (
    "tests/test_registries.py",
    "tests/test_operations.py",
    "tests/ledger/test_round_trip.py",
    "tests/ledger/test_template.py",
)
SUITES_OF_THE_WINDOW = ("tests/gui/test_every_form.py",)


def run(program: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python on the copy: its folder comes before any installed program."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=program,
        env=os.environ | {"PYTHONPATH": str(program), "PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy, with the register's folder, its line and its migration."""
    copy = tmp_path_factory.mktemp("program")
    for name in ("wenlv_desk", "tests"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "complaint"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    (copy / "resources").symlink_to(ROOT / "resources", target_is_directory=True)
    registries = copy / "wenlv_desk" / "registries"
    (registries / "complaint").mkdir()
    for part in (ROOT / "tests" / "complaint").glob("*.py"):
        text = part.read_text("utf-8").replace("tests.complaint", "wenlv_desk.registries.complaint")
        (registries / "complaint" / part.name).write_text(text, encoding="utf-8")
    listing = registries / "__init__.py"
    text, lines = re.subn(r"(?m)^(FOLDERS = \([^)]*),\n\)$", r'\1, "complaint")', listing.read_text("utf-8"))
    assert lines == 1
    listing.write_text(text, encoding="utf-8")
    made = run(copy, "-m", "wenlv_desk.registries.schema", "keep complaints")
    assert (made.returncode, made.stdout.split()[-1:]) == (0, [number()]), made.stderr
    return copy


def number() -> str:
    """The number the next migration gets."""
    return f"{int(head()) + 1:04d}"


def test_the_generated_migration_makes_its_table_and_touches_no_other(program: Path) -> None:
    (made,) = (program / "wenlv_desk" / "store" / "migrations" / "versions").glob(f"{number()}_*.py")
    text = made.read_text("utf-8")
    assert re.findall(r"op\.(?:create|drop)_table\(\s*['\"](\w+)", text) == ["complaint"]
    assert {*re.findall(r"batch_alter_table\(['\"](\w+)", text)} <= {"complaint"}


def test_the_migrations_lead_to_the_models_with_it(program: Path) -> None:
    told = run(
        program, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_schema.py", "-k", "what_the_models_say"
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert "2 passed" in told.stdout


@pytest.mark.parametrize("suites", [SUITES, SUITES_OF_THE_WINDOW], ids=["desk", "window"])
def test_the_generic_suites_take_it_in_by_themselves(program: Path, suites: tuple[str, ...]) -> None:
    told = run(program, "-m", "pytest", "-q", "-p", "no:cacheprovider", *suites, "-k", "complaint")
    assert told.returncode == 0, told.stdout + told.stderr
    passed = re.search(r"(\d+) passed", told.stdout)
    assert passed is not None
    assert int(passed[1]) >= 3


def test_a_data_folder_of_the_program_before_is_brought_along_and_kept_by_it(
    program: Path, template: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(template, folder)

    def ask(*words: str) -> str:
        command = ["-m", "wenlv_desk", "--data", str(folder), "--clerk", "林晓", "--today", TODAY, *words]
        told = run(program, *command)
        assert told.returncode == 0, told.stderr
        return told.stdout

    ask("do", "operator.create", "--operator_name", "青屿书店")
    words = ("--complaint_no", "投2026-7", "--operator_id", "青屿书店", "--matter", "噪声扰民", "--received_on", TODAY)
    ask("do", "complaint.create", *words)
    assert "投2026-7" in ask("list", "complaint", "--search", "zsrm")
    assert "撤销：新增" in ask("undo")
    assert "共 0 件" in ask("list", "complaint")
    assert "都完好" in ask("check")
    assert list((folder / "backups").glob("*升级前*"))
