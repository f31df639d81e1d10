"""The command line as a test uses it: words in, exit code, output and refusal out; and the demonstration bureau made once."""

import contextlib
import io
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from wenlv_desk.cli.main import main
from wenlv_desk.core.catalogue import Catalogue

TODAY = "2026-11-23"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ARGPARSE = re.compile(
    r"usage|positional|optional|options|show this|show program|error:|\brequired\b|Traceback", re.IGNORECASE
)


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))


def run_command(words: list[str], catalogue: Catalogue | None = None) -> Answer:
    """One call of the program in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(words, catalogue=catalogue)
        except SystemExit as end:  # --help and --version
            code = int(end.code or 0)
    return Answer(code, out.getvalue(), err.getvalue())


@dataclass
class CommandLine:
    """A clerk at the shell of one data folder, on one day; of the program's own catalogue unless another is given."""

    folder: Path
    today: str = TODAY
    clerk: str = "林晓"
    catalogue: Catalogue | None = None

    def ask(self, *words: object, today: str = "", clerk: str = "", as_json: bool = False) -> Answer:
        """The answer, whatever it is."""
        before = ["--data", str(self.folder), "--clerk", clerk or self.clerk, "--today", today or self.today]
        return run_command([*before, *(["--json"] if as_json else []), *map(str, words)], self.catalogue)

    def __call__(self, *words: object, code: int = 0, **more: Any) -> Any:
        """What the command says as JSON; it must end with `code`."""
        answer = self.ask(*words, as_json=True, **more)
        assert answer.code == code, answer.err or answer.out
        return answer.data

    def refused(self, *words: object, **more: Any) -> str:
        """The Chinese reason why a command is refused: on standard error only, one paragraph, no traceback."""
        answer = self.ask(*words, **more)
        assert answer.code == 2, answer.err or answer.out
        assert answer.out == ""
        assert CHINESE.search(answer.err)
        assert not ARGPARSE.search(answer.err), answer.err
        return answer.err.strip()

    def id_of(self, register: str, text: str) -> int:
        return int(self("show", register, text)["id"])


def bureau_in(folder: Path, *, today: str = TODAY) -> CommandLine:
    """A demonstration bureau made by the command."""
    made = CommandLine(folder, today)
    made("demo")
    return made


@pytest.fixture(scope="session")
def bureau_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a demonstration bureau, copied for every test that writes."""
    return bureau_in(tmp_path_factory.mktemp("bureau") / "template").folder


@pytest.fixture
def bureau(bureau_template: Path, tmp_path: Path) -> CommandLine:
    """A demonstration bureau of the test's own."""
    shutil.copytree(bureau_template, tmp_path / "演示 单位")
    return CommandLine(tmp_path / "演示 单位")


@pytest.fixture(scope="session")
def seen(bureau_template: Path) -> CommandLine:
    """A demonstration bureau that tests only look at."""
    return CommandLine(bureau_template)


@pytest.fixture
def shell(template: Path, tmp_path: Path) -> CommandLine:
    """The shell of an empty office."""
    shutil.copytree(template, tmp_path / "data")
    return CommandLine(tmp_path / "data")
