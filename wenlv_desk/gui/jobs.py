"""Work off the window's thread: reads overlap, writes queue, results come back to a living widget.

A job gets plain arguments and returns plain data. What a write changed is announced once, by table name.
"""

import threading
import time
import weakref
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wenlv_desk.core.errors import UserError
from wenlv_desk.gui.errors import Failed, attempt

_READERS: Final = 3
_TICK: Final = 0.1  # seconds between two reports of progress that are worth showing

T = TypeVar("T")


class Written(Protocol):
    """What a write returns: anything that says which tables changed."""

    @property
    def changed(self) -> frozenset[str]: ...


W = TypeVar("W", bound=Written)


@dataclass(frozen=True)
class Running:
    """How far a long job has come; `total` is 0 where it is not known."""

    title: str
    done: int
    total: int


class Progress:
    """Handed to long work as an argument: call it with what is done and the total; True means stop."""

    def __init__(self, title: str, report: Callable[["Progress", Running], None]) -> None:
        self.title = title
        self._report = report
        self._stop = threading.Event()
        self._told = 0.0

    def __call__(self, done: int, total: int) -> bool:
        now = time.monotonic()
        if now - self._told >= _TICK or done == total:
            self._told = now
            self._report(self, Running(self.title, done, total))
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask the work to end early; it decides where it can."""
        self._stop.set()


class Job:
    """One piece of work under way; held by Jobs until its result has come."""

    def __init__(
        self,
        owner: QObject,
        then: Callable[[Any], None] | None,
        otherwise: Callable[[Exception], None] | None,
        *,
        writes: bool,
    ) -> None:
        self._owner = weakref.ref(owner)
        self.then, self.otherwise, self.writes = then, otherwise, writes
        self.progress: tuple[Progress, ...] = ()
        self.future: Future[None] | None = None
        self._busy: tuple[QWidget, ...] = ()
        self._forgotten = False

    @property
    def wanted(self) -> bool:
        """Whether the widget that asked still lives and still wants the result."""
        owner = self._owner()
        return not self._forgotten and owner is not None and shiboken6.isValid(owner)

    def busy(self, *widgets: QWidget) -> "Job":
        """Disable these until the work has ended, so that a second click does nothing."""
        self._busy = tuple(one for one in widgets if one.isEnabled())
        for one in self._busy:
            one.setEnabled(False)
        return self

    def forget(self) -> None:
        """The result is no longer wanted; work that has not begun is not begun."""
        self._forgotten = True
        for one in self.progress:
            one.stop()
        if self.future is not None:
            self.future.cancel()

    def release(self) -> None:
        for one in self._busy:
            if shiboken6.isValid(one):
                one.setEnabled(True)


class Jobs(QObject):
    """The one object that starts threads. Its signals come in the window's thread."""

    changed = Signal(object)  # frozenset[str]: tables that a write changed
    running = Signal(object)  # Running of the long job under way, None when there is none
    _ended = Signal(object, object)
    _reported = Signal(object, object)

    def __init__(self, present: Callable[[BaseException], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.present = present
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="read")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="write")
        self._under_way: set[Job] = set()
        self._closed = False
        self._ended.connect(self._deliver)
        self._reported.connect(self._show)

    def progress(self, title: str) -> Progress:
        """A progress callback to hand to long work; it is shown in the status bar, where it can be stopped."""
        return Progress(title, self._reported.emit)

    def read(
        self,
        owner: QObject,
        work: Callable[..., T],
        *args: Any,
        then: Callable[[T], None],
        otherwise: Callable[[Exception], None] | None = None,
        **named: Any,
    ) -> Job:
        """Run `work(*args, **named)` beside other reads; `then(result)` if the owner still lives.

        An error goes to `otherwise` if given, else it is presented.
        """
        return self._start(self._readers, Job(owner, then, otherwise, writes=False), work, args, named)

    def write(
        self,
        owner: QObject,
        work: Callable[..., W],
        *args: Any,
        then: Callable[[W], None] | None = None,
        otherwise: Callable[[Exception], None] | None = None,
        **named: Any,
    ) -> Job:
        """Like `read`, but one after the other in the order they were asked for, and what changed is announced."""
        return self._start(self._writer, Job(owner, then, otherwise, writes=True), work, args, named)

    def stop(self) -> None:
        """Ask every long job to end early."""
        for job in tuple(self._under_way):
            for one in job.progress:
                one.stop()

    def close(self) -> None:
        """Wait for the writes that were asked for, drop the reads. Nothing is delivered or begun afterwards."""
        self._closed = True
        self.stop()
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)
        for job in self._under_way:
            job.forget()

    def _start(
        self, pool: ThreadPoolExecutor, job: Job, work: Callable[..., Any], args: tuple[Any, ...], named: dict[str, Any]
    ) -> Job:
        if self._closed:  # a timer of a window that is going away
            job.forget()
            return job
        job.progress = tuple(one for one in (*args, *named.values()) if isinstance(one, Progress))
        self._under_way.add(job)
        job.future = pool.submit(self._run, job, partial(work, *args, **named))
        job.future.add_done_callback(lambda future: self._drop(job) if future.cancelled() else None)
        return job

    def _drop(self, job: Job) -> None:
        self._under_way.discard(job)
        job.release()

    def _run(self, job: Job, work: Callable[[], Any]) -> None:
        self._ended.emit(job, attempt(work))

    def _deliver(self, job: Job, outcome: Any) -> None:
        self._drop(job)
        if job.progress:
            self.running.emit(None)
        if isinstance(outcome, Failed):
            self._fail(job, outcome.error)
            return
        if job.writes and outcome.changed:
            self.changed.emit(outcome.changed)
        if job.then is not None and job.wanted:
            job.then(outcome)

    def _fail(self, job: Job, error: Exception) -> None:
        if job.otherwise is not None and job.wanted:
            job.otherwise(error)
        elif job.wanted or job.writes or not isinstance(error, UserError):
            self.present(error)  # a write that failed is told even when its window is gone

    def _show(self, progress: Progress, running: Running) -> None:
        if any(progress in job.progress for job in self._under_way):
            self.running.emit(running)
