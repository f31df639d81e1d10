"""Work on foreign files in a process of its own, so that none of them can take the program down: starting it, confining it, its messages.

Messages are length-prefixed marshal. Marshal carries plain data only and the sender is our own process, never the file.
"""

import marshal
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

Message = tuple[object, ...]

_LENGTH: Final = 8
_TICK: Final = 0.1  # seconds
_WAITING: Final = 8  # frames held before the process has to wait


def command(flag: str, module: str) -> list[str]:
    """How to start the process that runs `module`.main(): a bundled program has no interpreter and starts itself with `flag`."""
    if getattr(sys, "frozen", False):
        return [sys.executable, flag]
    return [sys.executable, "-c", f"import sys; from {module} import main; sys.exit(main())"]


def environment() -> dict[str, str]:
    """The process must find this very package, also in a checkout that is not installed."""
    package_root = os.fspath(Path(__file__).parents[2])
    paths = [package_root, *filter(None, [os.environ.get("PYTHONPATH")])]
    # One arena: a second one, for a second thread, would reserve 64 MB of its memory.
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "MALLOC_ARENA_MAX": "1"}


def confine(memory_mb: int, cpu_seconds: int | None = None) -> None:
    """Let the system end this process when it takes more (None: as much as it likes). Windows has no such limits: there the clock alone watches."""
    if sys.platform == "win32":
        return
    import resource

    memory = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    if cpu_seconds is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def write_message(stream: BinaryIO, message: Message) -> None:
    """Send one message of plain data."""
    body = marshal.dumps(cast(Any, message))
    stream.write(len(body).to_bytes(_LENGTH, "big"))
    stream.write(body)


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next message still packed, or None when the sender is gone (also in the middle of a message)."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    size = int.from_bytes(head, "big")
    body = stream.read(size)
    return body if len(body) == size else None


def open_frame(frame: bytes) -> Message:
    """Unpack what `read_frame` gave."""
    message: Message = marshal.loads(frame)
    return message


class Frames:
    """The frames that a process sends, read by a thread of their own so that whoever waits for one can look at the clock."""

    def __init__(self, child: "subprocess.Popen[bytes]") -> None:
        self._child = child
        self._frames: queue.Queue[bytes | None] = queue.Queue(_WAITING)
        self._ended = False
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        try:
            while (frame := read_frame(cast(BinaryIO, self._child.stdout))) is not None:
                self._frames.put(frame)
        finally:
            self._frames.put(None)

    def next(self) -> bytes | None:
        """The next frame, None after the last; raises queue.Empty when a tenth of a second has brought nothing."""
        frame = self._frames.get(timeout=_TICK)
        self._ended = frame is None
        return frame

    def close(self) -> None:
        """End a process that has not said everything, and let the thread see the end."""
        if not self._ended:
            self._child.kill()
            while self._frames.get() is not None:
                pass
