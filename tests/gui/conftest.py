"""Windows without a screen: offscreen, Qt's warnings are errors, nothing of the clerk's own settings is touched."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from wenlv_desk.gui.app import make_application
from wenlv_desk.gui.frame.shell import Shell
from wenlv_desk.gui.kit import Kit
from wenlv_desk.gui.look.fonts import load_rare_fonts
from wenlv_desk.gui.memory import Memory
from wenlv_desk.gui.seat import Seat
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.office import Office


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Warnings of Qt fail the test; what the screenless platform cannot do is no warning."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(scope="session", autouse=True)
def application(qapp: QApplication) -> QApplication:
    app = make_application([])
    load_rare_fonts()
    return app


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path)


@pytest.fixture
def shell(qtbot: QtBot, memory: Memory) -> Iterator[Shell]:
    window = Shell(memory)
    qtbot.addWidget(window)
    yield window
    window.close()


@pytest.fixture
def kit(shell: Shell) -> Kit:
    return shell.kit


@pytest.fixture
def seat(shell: Shell, office: Office, clerk: Clerk) -> Seat:
    """The clerk's seat in a shown window on an office of the test's own; jobs end before the office is closed."""
    shell.resize(1366, 768)
    shell.show()
    return Seat(shell.kit, office, clerk, shell)
