"""The window is painted before anything heavy is imported; what is measured is a process of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

from tests.test_architecture import HEAVY, ROOT

PAINTED = """
import sys
from pathlib import Path
from wenlv_desk.gui import app
qt = app.make_application([])
shell = app.Shell(app.Memory(Path(sys.argv[1])))

def painted():
    print("at first paint:", *sorted({name.split(".")[0] for name in sys.modules}))
    shell.close()
    qt.quit()

shell.painted.connect(painted)
shell.show()
sys.exit(qt.exec())
"""

WHOLE = """
import sys
from datetime import datetime
from pathlib import Path
from wenlv_desk.gui.app import run
folder = Path(sys.argv[1])
sys.exit(run(folder, lambda: datetime(2026, 11, 23, 9, 0), clerk="林晓", shot=str(folder / "desk.png")))
"""


def start(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program, str(folder)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def test_the_window_is_painted_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    started = start(PAINTED, tmp_path)
    assert started.returncode == 0, started.stderr
    loaded = set(started.stdout.split())
    assert "PySide6" in loaded
    assert loaded & (HEAVY - {"PySide6"}) == set()


def test_a_start_shows_the_first_page_and_leaves_nothing_on_the_terminal(template: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(template, folder)
    started = start(WHOLE, folder)
    assert (started.returncode, started.stderr) == (0, "")
    assert not QImage(str(folder / "desk.png")).isNull()
    assert (folder / "window.ini").is_file()
