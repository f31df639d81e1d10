"""The program as processes of its own: several at once, killed, short of disk."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.repository import ROOT

START = "import sys; from wenlv_desk.cli.main import main; sys.exit(main())"


def start(
    folder: Path, *words: object, prelude: str = "", environment: dict[str, str] | None = None, **more: Any
) -> "subprocess.Popen[str]":
    """The command in a process; `prelude` is Python that runs in it first."""
    arguments = ["--data", str(folder), "--clerk", "林晓", "--today", "2026-11-23", "--json", *map(str, words)]
    options: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8"}
    return subprocess.Popen(
        [sys.executable, "-c", f"{prelude}\n{START}", *arguments],
        cwd=ROOT,
        env=os.environ | (environment or {}),
        **(options | more),
    )


def run(folder: Path, *words: object, **more: Any) -> "subprocess.CompletedProcess[str]":
    """The command in a process, ended."""
    process = start(folder, *words, **more)
    out, err = process.communicate(timeout=100)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def all_of(processes: Sequence["subprocess.Popen[str]"]) -> list[tuple[int, str, str]]:
    """Exit code, output and refusal of each, when all have ended."""
    return [(process.returncode, out, err) for process in processes for out, err in [process.communicate(timeout=100)]]
