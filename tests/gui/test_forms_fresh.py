import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository import ROOT

FORMS = sorted((ROOT / "ui").glob("*.ui"))
COMPILED = ROOT / "wenlv_desk" / "gui" / "forms"


def test_there_are_forms() -> None:
    assert FORMS


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_compiled_form_is_what_the_compiler_makes_of_its_source(form: Path) -> None:
    compiler = Path(sys.executable).with_name("pyside6-uic")
    made = subprocess.run([compiler, form], capture_output=True, check=True, encoding="utf-8").stdout
    assert (COMPILED / f"ui_{form.stem}.py").read_text(encoding="utf-8").rstrip() == made.rstrip()


def test_no_compiled_form_is_without_a_source() -> None:
    assert {path.stem.removeprefix("ui_") for path in COMPILED.glob("ui_*.py")} == {form.stem for form in FORMS}
