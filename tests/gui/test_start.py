"""The window is painted before anything heavy is imported; what is measured is a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from tests.test_architecture import HEAVY, ROOT

START = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from wenlv_desk.gui.app import run

def ready(shell):
    print("at first paint:", *sorted({name.split(".")[0] for name in sys.modules}))
    shell.close()
    QApplication.quit()

sys.exit(run(Path(sys.argv[1]), ready))
"""


def start(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", START, str(folder)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def test_the_window_is_painted_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    started = start(tmp_path)
    assert started.returncode == 0, started.stderr
    loaded = set(started.stdout.split())
    assert "PySide6" in loaded
    assert loaded & (HEAVY - {"PySide6"}) == set()


def test_starting_leaves_nothing_on_the_terminal_and_the_settings_in_the_data_folder(tmp_path: Path) -> None:
    started = start(tmp_path)
    assert started.stderr == ""
    assert (tmp_path / "window.ini").is_file()
