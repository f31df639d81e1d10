"""Asks the process that opens the files: one answer an item, in order, whatever becomes of the process."""

import contextlib
import marshal
import queue
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, BinaryIO, Final, cast

from wenlv_desk.core.aside import Frames, Message, command, environment, open_frame
from wenlv_desk.core.errors import UserError, fault
from wenlv_desk.scanning import refusals
from wenlv_desk.scanning.child import main
from wenlv_desk.scanning.model import Limits, Progress

CHILD_FLAG: Final = "--scan-child"

Item = tuple[object, ...]


class ScanStopped(UserError):  # noqa: N818 - the clerk asked for it
    """The clerk stopped the work."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__(f"已停止（{total} 中做了 {done}），后面的没有做。需要时重新导入即可")


@dataclass(frozen=True)
class Died:
    """The answer for an item at which the process ended, was ended, or which was given up: why, in Chinese."""

    why: str


def answers(task: str, items: Sequence[Item], *, limits: Limits, progress: Progress | None) -> Iterator[Message | Died]:
    """Lazily one answer for every item; where the process dies at one it is started again with the next.

    Raises ScanStopped when `progress` says stop, RuntimeError for a bug of ours in the process.
    """
    done, deaths = 0, 0
    while done < len(items):
        if deaths == limits.deaths:
            yield Died(refusals.GAVE_UP)
            done += 1
            continue
        with _for_errors() as errors:
            talk = _Talk(task, items, done, limits, progress)
            for answer in talk.run(errors):
                yield answer
                done += 1
            if done < len(items):
                yield Died(talk.why_it_ended(errors))
                done, deaths = done + 1, deaths + 1
    if progress:
        progress(len(items), len(items))


def _for_errors() -> IO[bytes]:
    try:
        return tempfile.TemporaryFile()
    except OSError as error:
        raise UserError(f"系统的临时文件夹写不进去（{fault(error)}），没有读扫描件，请检查磁盘空间和写权限") from error


@dataclass
class _Talk:
    """One life of the process: the items from `done` on."""

    task: str
    items: Sequence[Item]
    done: int
    limits: Limits
    progress: Progress | None
    code: int | None = 0
    late: bool = False

    def run(self, errors: IO[bytes]) -> Iterator[Message]:
        request = {
            "task": self.task,
            "items": list(self.items[self.done :]),
            "file_mb": self.limits.file_mb,
            "pages": self.limits.pages,
            "megapixels": self.limits.megapixels,
            "seconds": self.limits.seconds,
            "memory_mb": self.limits.memory_mb,
        }
        with subprocess.Popen(
            command(CHILD_FLAG, main.__module__),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        ) as child:
            stdin = cast(BinaryIO, child.stdin)
            with contextlib.suppress(BrokenPipeError), stdin:  # a child that died at once has its say below
                stdin.write(marshal.dumps(request))
            frames = Frames(child)
            try:
                while (frame := self._next(frames)) is not None:
                    self.done += 1
                    yield open_frame(frame)
            finally:
                frames.close()
        self.code = child.returncode

    def _next(self, frames: Frames) -> bytes | None:
        """The next answer; None when there are no more, or when it is too long in coming."""
        deadline = time.monotonic() + self.limits.seconds
        while True:
            if self.progress and self.progress(self.done, len(self.items)):
                raise ScanStopped(self.done, len(self.items))
            try:
                return frames.next()
            except queue.Empty:
                if time.monotonic() > deadline:
                    self.late = True
                    return None

    def why_it_ended(self, errors: IO[bytes]) -> str:
        """What the death of the process says of the page; a traceback of our own code is a bug and stays one."""
        errors.seek(0)
        said = errors.read(100_000).decode(errors="replace")
        if self.late or self.code == -24:  # SIGXCPU
            return refusals.too_slow(self.limits.seconds)
        if "MemoryError" in said or "bad_alloc" in said or "Out of memory" in said:
            return refusals.too_much_memory(self.limits.memory_mb)
        if self.code is not None and self.code > 0 and "Traceback" in said:
            raise RuntimeError(f"the scanning process ended with {self.code}:\n{said}")
        return refusals.DAMAGED_PAGE
