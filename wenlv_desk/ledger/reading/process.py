"""Reads any ledger file, in a process of its own, so that no file can take the program down."""

import contextlib
import marshal
import os
import queue
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO, Final, cast

from wenlv_desk.core.aside import Frames, Message, command, environment, open_frame
from wenlv_desk.ledger.reading import refusals
from wenlv_desk.ledger.reading.child import main
from wenlv_desk.ledger.reading.model import Limits, Merge, Row, Sheet, Workbook
from wenlv_desk.ledger.reading.sniff import is_lock_file
from wenlv_desk.ledger.reading.wire import Column, Request, unpack_rows

Progress = Callable[[int, int], bool]
"""Called several times a second with the rows read and the rows of the sheets known so far; True means stop."""

CHILD_FLAG: Final = "--read-child"
_LIMITS: Final = Limits()
_TICK: Final = 0.1
_SLACK: Final = 6  # clock seconds allowed per processor second: a busy machine is no fault of the file
_MB: Final = 1024 * 1024


def read_workbook(
    path: str | Path, *, password: str | None = None, limits: Limits = _LIMITS, progress: Progress | None = None
) -> Workbook:
    """Everything the file holds, whatever its extension claims.

    Raises Unreadable (with its kinds PasswordNeeded and PasswordWrong) naming the file, the reason and the remedy, and
    ReadingStopped when `progress` says stop.
    """
    file = Path(path)
    size_mb = _size_of(file, limits) / _MB
    seconds = limits.seconds + limits.seconds_per_mb * size_mb
    request = Request(
        path=os.fspath(file.absolute()),
        password=password,
        cpu_seconds=max(1, round(seconds)),
        memory_mb=limits.memory_mb,
        unpacked_mb=limits.unpacked_mb,
        cells=limits.cells,
    )
    return _Reading(file.name, request, progress).run()


def _size_of(file: Path, limits: Limits) -> int:
    """The size in bytes of a file that can be opened. Raises Unreadable for the faults of the environment."""
    try:
        if file.is_dir():
            raise refusals.Unreadable(file.name, "这是文件夹。请选择里面的表格文件。")
        if file.exists() and not file.is_file():
            raise refusals.Unreadable(file.name, "这不是普通文件。请选择表格文件。")
        with file.open("rb") as stream:
            size = stream.seek(0, os.SEEK_END)
            stream.seek(0)
            head = stream.read(8)
    except FileNotFoundError as error:
        raise refusals.Unreadable(file.name, "文件不存在，可能已被移动、改名或删除。请重新选择。") from error
    except PermissionError as error:
        reason = "没有读取权限，或正被其他程序占用。请关闭正在打开它的 Excel 或 WPS；仍不行的，请联系管理员。"
        raise refusals.Unreadable(file.name, reason) from error
    except OSError as error:
        raise refusals.Unreadable(file.name, refusals.disk_fault(error)) from error
    _refuse_by_size(file.name, head, size, limits.file_mb)
    return size


def _refuse_by_size(name: str, head: bytes, size: int, file_mb: int) -> None:
    if is_lock_file(name, size, head):
        raise refusals.Unreadable(name, refusals.LOCK_FILE)
    if size == 0:
        raise refusals.Unreadable(name, refusals.EMPTY_FILE)
    if size > file_mb * _MB:
        raise refusals.Unreadable(name, refusals.too_large(size / _MB, file_mb))


@dataclass
class _Open:
    """A sheet of which rows are still coming."""

    heading: Message
    rows: list[Row] = field(default_factory=list)

    def close(self) -> Sheet:
        _, name, visible, first_line, first_column, merged, _, _ = self.heading
        return Sheet(
            cast(str, name),
            cast(bool, visible),
            tuple(self.rows),
            cast(int, first_line),
            cast(int, first_column),
            tuple(Merge(*edges) for edges in cast(list[tuple[int, int, int, int]], merged)),
        )


@dataclass
class _Reading:
    """One file on its way in."""

    name: str
    request: Request
    progress: Progress | None
    format: str = ""
    sheets: list[_Open] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refusal: refusals.Unreadable | None = None
    read: int = 0
    expected: int = 0

    def run(self) -> Workbook:
        with tempfile.TemporaryFile() as errors:
            code = self._converse(errors)
            if self.refusal:
                raise self.refusal
            if code != 0:
                errors.seek(0)
                raise self._why_it_ended(code, errors.read(100_000).decode(errors="replace"))
        sheets = tuple(sheet.close() for sheet in self.sheets)
        return Workbook(self.name, self.format, sheets, tuple(self.notes))

    def _converse(self, errors: IO[bytes]) -> int:
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        with subprocess.Popen(
            command(CHILD_FLAG, main.__module__),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environment(),
            creationflags=flags,
        ) as child:
            stdin = cast(BinaryIO, child.stdin)
            with contextlib.suppress(BrokenPipeError), stdin:  # a child that died at once has its say below
                stdin.write(marshal.dumps(dict(self.request)))
            frames = Frames(child)
            try:
                for frame in self._watched(frames):
                    self._take(open_frame(frame))
            finally:
                frames.close()
        return child.returncode

    def _watched(self, frames: Frames) -> Iterator[bytes]:
        """The frames as they come, looking at the clock and at the clerk in between."""
        deadline = time.monotonic() + self.request["cpu_seconds"] * _SLACK
        told = 0.0
        while True:
            now = time.monotonic()
            if now > deadline:
                raise refusals.Unreadable(self.name, refusals.too_slow(self.request["cpu_seconds"] * _SLACK))
            if self.progress and now - told > _TICK:
                told = now
                if self.progress(self.read, self.expected):
                    raise refusals.ReadingStopped(self.name)
            try:
                frame = frames.next()
            except queue.Empty:
                continue
            if frame is None:
                return
            yield frame

    def _take(self, message: Message) -> None:
        match message[0]:
            case "rows":
                self._add(unpack_rows(cast(list[Column], message[1])))
            case "blank":
                empty: Row = (None,) * cast(int, self.sheets[-1].heading[7])
                self._add([empty] * cast(int, message[1]))
            case "sheet":
                self.sheets.append(_Open(message))
                self.expected += cast(int, message[6])
            case "format":
                self.format = cast(str, message[1])
            case "note":
                self.notes.append(cast(str, message[1]))
            case "refused":
                kind = refusals.KINDS[cast(str, message[1])]
                self.refusal = kind(self.name, cast(str, message[2]))

    def _add(self, rows: list[Row]) -> None:
        self.sheets[-1].rows.extend(rows)
        self.read += len(rows)

    def _why_it_ended(self, code: int, errors: str) -> Exception:
        """What the death of the child says of the file; a traceback of our own code is a bug and stays one."""
        if code in (-24, -9):  # SIGXCPU, or SIGKILL one second later
            return refusals.Unreadable(self.name, refusals.too_slow(self.request["cpu_seconds"]))
        if "memory allocation of" in errors or "MemoryError" in errors or "capacity overflow" in errors:
            return refusals.Unreadable(self.name, refusals.too_large_for_memory(self.request["memory_mb"]))
        if code < 0 or "PanicException" in errors:
            return refusals.Unreadable(self.name, refusals.DAMAGED)
        return RuntimeError(f"the reading process ended with {code}:\n{errors}")
