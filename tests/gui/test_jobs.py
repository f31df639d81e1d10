import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from wenlv_desk.core.errors import UserError
from wenlv_desk.gui.jobs import Jobs, Progress, Running


@dataclass(frozen=True)
class Done:
    value: str
    changed: frozenset[str] = frozenset()


@pytest.fixture
def presented() -> list[BaseException]:
    return []


@pytest.fixture
def jobs(presented: list[BaseException]) -> Iterator[Jobs]:
    made = Jobs(presented.append)
    yield made
    made.close()


@pytest.fixture
def owner() -> QObject:
    return QObject()


def deleted(owner: QObject) -> None:
    import shiboken6

    shiboken6.delete(owner)


def test_a_result_comes_back_in_the_windows_thread(jobs: Jobs, owner: QObject, qtbot: QtBot) -> None:
    seen: list[tuple[int, bool]] = []
    jobs.read(
        owner,
        lambda a, b: (a + b, threading.current_thread()),
        2,
        b=3,
        then=lambda r: seen.append((r[0], r[1] is threading.main_thread())),
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(5, False)]


def test_reads_overlap(jobs: Jobs, owner: QObject, qtbot: QtBot) -> None:
    meeting, met = threading.Barrier(2, timeout=20), []
    for _ in range(2):
        jobs.read(owner, meeting.wait, then=met.append)
    qtbot.waitUntil(lambda: len(met) == 2)


def test_writes_wait_for_one_another_in_the_order_they_were_asked_for(jobs: Jobs, owner: QObject, qtbot: QtBot) -> None:
    at_work, most, order = [], [], []

    def work(number: int) -> Done:
        at_work.append(number)
        most.append(len(at_work))
        order.append(number)
        at_work.remove(number)
        return Done(str(number))

    done: list[str] = []
    for number in range(20):
        jobs.write(owner, work, number, then=lambda result: done.append(result.value))
    qtbot.waitUntil(lambda: len(done) == 20)
    assert order == list(range(20))
    assert max(most) == 1


def test_a_read_does_not_wait_for_a_write(jobs: Jobs, owner: QObject, qtbot: QtBot) -> None:
    go, read = threading.Event(), []
    jobs.write(owner, lambda: (go.wait(20), Done(""))[1])
    jobs.read(owner, lambda: 1, then=read.append)
    qtbot.waitUntil(lambda: read == [1])
    go.set()


def test_what_a_write_changed_is_announced_once(jobs: Jobs, owner: QObject, qtbot: QtBot) -> None:
    announced: list[frozenset[str]] = []
    jobs.changed.connect(announced.append)
    tables, done = frozenset({"operator", "journal"}), []
    jobs.write(owner, lambda: Done("", tables), then=done.append)
    jobs.write(owner, lambda: Done("nothing"), then=done.append)
    qtbot.waitUntil(lambda: len(done) == 2)
    assert announced == [tables]


def test_a_read_never_announces_a_change(jobs: Jobs, owner: QObject, qtbot: QtBot) -> None:
    announced, done = [], []
    jobs.changed.connect(announced.append)
    jobs.read(owner, lambda: Done("", frozenset({"operator"})), then=done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert announced == []


def test_a_widget_that_is_gone_is_not_called(jobs: Jobs, qtbot: QtBot) -> None:
    gone, here, go, called = QObject(), QObject(), threading.Event(), []
    jobs.read(gone, go.wait, 20, then=lambda _: called.append("gone"))
    deleted(gone)
    go.set()
    jobs.write(here, lambda: Done("x"), then=lambda _: called.append("here"))
    qtbot.waitUntil(lambda: not jobs._under_way)
    assert called == ["here"]


def test_a_write_that_failed_is_told_even_when_its_window_is_gone(
    jobs: Jobs, presented: list[BaseException], qtbot: QtBot
) -> None:
    gone, go = QObject(), threading.Event()
    error = UserError("磁盘已满，请腾出空间后重试")

    def work() -> Done:
        go.wait(20)
        raise error

    jobs.write(gone, work)
    deleted(gone)
    go.set()
    qtbot.waitUntil(lambda: presented == [error])


def test_an_error_goes_to_the_one_who_asked_for_it_and_else_is_presented(
    jobs: Jobs, owner: QObject, presented: list[BaseException], qtbot: QtBot
) -> None:
    taken: list[Exception] = []
    jobs.read(owner, int, "x", then=lambda _: None, otherwise=taken.append)
    jobs.read(owner, int, "y", then=lambda _: None)
    qtbot.waitUntil(lambda: bool(taken) and bool(presented))
    assert "'x'" in str(taken[0])
    assert "'y'" in str(presented[0])


def test_a_forgotten_read_brings_nothing(jobs: Jobs, owner: QObject, qtbot: QtBot) -> None:
    go, called = threading.Event(), []
    job = jobs.read(owner, go.wait, 20, then=called.append)
    job.forget()
    go.set()
    qtbot.waitUntil(lambda: not jobs._under_way)
    assert called == []


def test_a_read_that_had_not_begun_is_dropped_when_forgotten(jobs: Jobs, owner: QObject, qtbot: QtBot) -> None:
    go, begun = threading.Event(), []
    for _ in range(3):
        jobs.read(owner, go.wait, 20, then=lambda _: None)
    button = QPushButton()
    qtbot.addWidget(button)
    late = jobs.read(owner, begun.append, 1, then=lambda _: None).busy(button)
    late.forget()
    assert button.isEnabled()
    go.set()
    qtbot.waitUntil(lambda: not jobs._under_way)
    assert begun == []


def test_long_work_says_how_far_it_is_and_can_be_stopped(jobs: Jobs, owner: QObject, qtbot: QtBot) -> None:
    shown: list[Running | None] = []
    jobs.running.connect(shown.append)
    begun, done = threading.Event(), []

    def work(progress: Progress) -> int:
        for row in range(1, 1_000_000_000):
            begun.set()
            if progress(row, 0):
                return row
        return -1

    jobs.read(owner, work, jobs.progress("读取台账"), then=done.append)
    qtbot.waitUntil(lambda: any(one is not None for one in shown))
    jobs.stop()
    qtbot.waitUntil(lambda: bool(done))
    assert done[0] > 0
    assert isinstance(shown[0], Running)
    assert shown[0].title == "读取台账"
    assert shown[-1] is None


def test_a_second_click_does_nothing_while_the_first_is_at_work(jobs: Jobs, owner: QObject, qtbot: QtBot) -> None:
    go, clicks = threading.Event(), []
    button = QPushButton("核发")
    qtbot.addWidget(button)

    def click() -> None:
        clicks.append(1)
        jobs.write(owner, lambda: (go.wait(20), Done(""))[1]).busy(button)

    button.clicked.connect(click)
    button.click()
    button.click()
    assert len(clicks) == 1
    go.set()
    qtbot.waitUntil(button.isEnabled)


def test_closing_waits_for_the_writes_that_were_asked_for(presented: list[BaseException], owner: QObject) -> None:
    jobs, written = Jobs(presented.append), []

    def work(number: int) -> Done:
        written.append(number)
        return Done("")

    for number in range(5):
        jobs.write(owner, work, number)
    jobs.close()
    assert written == [0, 1, 2, 3, 4]
