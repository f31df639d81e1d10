import logging
import sys
import threading

import pytest
from PySide6.QtCore import qWarning
from pytestqt.qtbot import QtBot

from wenlv_desk.core.errors import UserError
from wenlv_desk.gui.errors import Failed, Faults, attempt, fault_number


def raised(error: Exception) -> Exception:
    outcome = attempt(lambda: throw(error))
    assert isinstance(outcome, Failed)
    return outcome.error


def throw(error: Exception) -> None:
    raise error


def told_by(faults: Faults) -> list[str]:
    told: list[str] = []
    faults.told.connect(told.append)
    return told


def test_a_clerks_error_is_told_as_it_stands() -> None:
    faults = Faults()
    told = told_by(faults)
    faults.present(UserError("“新岸书刊社”已注销，请先恢复"))
    assert told == ["“新岸书刊社”已注销，请先恢复"]


def test_a_bug_is_logged_with_its_traceback_and_told_once_with_a_number(caplog: pytest.LogCaptureFixture) -> None:
    faults = Faults()
    told = told_by(faults)
    for key in ("a", "b"):
        faults.present(raised(KeyError(key)))
    assert len(told) == 1
    number = fault_number(raised(KeyError("c")))
    assert f"编号 {number}" in told[0]
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 2
    assert number in caplog.text
    assert "Traceback" in caplog.text
    assert "in throw" in caplog.text


def test_two_bugs_have_two_numbers() -> None:
    assert fault_number(raised(KeyError("a"))) != fault_number(raised(ValueError("a")))


def test_what_nobody_caught_is_presented_in_any_thread(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    faults = Faults()
    told = told_by(faults)
    before = sys.excepthook, threading.excepthook
    undo = faults.install()
    try:
        error = raised(RuntimeError("here"))
        sys.excepthook(type(error), error, error.__traceback__)
        thread = threading.Thread(target=throw, args=(LookupError("there"),))
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: len(told) == 2)
    finally:
        undo()
    assert (sys.excepthook, threading.excepthook) == before


def test_qts_messages_go_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    undo = Faults().install()
    try:
        qWarning("a layout has no parent")
    finally:
        undo()
    assert "a layout has no parent" in caplog.text


def test_an_interrupt_from_the_keyboard_is_no_bug(caplog: pytest.LogCaptureFixture) -> None:
    faults = Faults()
    told = told_by(faults)
    passed_on: list[type[BaseException]] = []
    before = sys.excepthook
    sys.excepthook = lambda kind, _error, _trace: passed_on.append(kind)
    undo = faults.install()
    try:
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    finally:
        undo()
        sys.excepthook = before
    assert passed_on == [KeyboardInterrupt]
    assert told == []
