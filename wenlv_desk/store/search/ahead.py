"""Documents and tokens (索引词) of very many new records, made in a process of their own while the caller writes the rows.

A process of this package's own, not `multiprocessing`: that would run the caller's main module a second time.
"""

import marshal
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import IO

from wenlv_desk.store.search.documents import document
from wenlv_desk.store.search.grams import tokens
from wenlv_desk.store.search.interface import Plain, SearchText

WORTH = 20_000  # records below which starting a process takes longer than it saves
BATCH = 5_000
LENGTH = 8  # bytes that say how long a frame is

Made = tuple[list[tuple[int, str, str, str]], list[tuple[int, str]]]  # rows of documents, rows of tokens


def made(batch: Sequence[Plain]) -> Made:
    """The documents of a batch and their tokens."""
    documents = [document(SearchText(*plain)) for plain in batch]
    return [(*one,) for one in documents], [(one.id, tokens(one)) for one in documents]


def begin(texts: Sequence[Plain]) -> Callable[[], Iterator[Made]]:
    """Start making them; the function returned gives them batch by batch, in order."""
    batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    if len(texts) < WORTH or getattr(sys, "frozen", False):  # a bundled program has no interpreter to start
        return lambda: map(made, batches)
    work = _Work(batches)
    Thread(target=work.ask, daemon=True).start()
    return work.collected


class _Work:
    """Batches shared by two processes: the other one takes them from the front, this one, when it has to wait, from the back."""

    def __init__(self, batches: Sequence[Sequence[Plain]]) -> None:
        self._batches = batches
        self._waiting = deque(range(len(batches)))
        self._fed: SimpleQueue[int] = SimpleQueue()
        self._frames: SimpleQueue[bytes] = SimpleQueue()

    def collected(self) -> Iterator[Made]:
        """The batches as they are made, in order."""
        done: dict[int, Made] = {}
        ended = False
        for place, batch in enumerate(self._batches):
            while place not in done and not ended:
                ended = not self._take(done)
            yield done.pop(place) if place in done else made(batch)

    def _take(self, done: dict[int, Made]) -> bool:
        """Take what the other process has made, or make one here; False when it has ended and left some out."""
        if self._frames.empty() and self._steal(done):
            return True
        frame = self._frames.get()
        if frame:
            done[self._fed.get()] = marshal.loads(frame)
        return bool(frame)

    def _steal(self, done: dict[int, Made]) -> bool:
        try:
            place = self._waiting.pop()
        except IndexError:
            return False
        done[place] = made(self._batches[place])
        return True

    def ask(self) -> None:
        """Hand batches to a process and pass on what it answers; an empty frame says that no more will come."""
        root = os.fspath(Path(__file__).parents[3])
        paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
        command = [sys.executable, "-c", f"from {__name__} import serve; serve()"]
        try:
            with subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": paths}
            ) as process:
                assert process.stdin is not None
                assert process.stdout is not None
                Thread(target=self._feed, args=(process.stdin,), daemon=True).start()
                while frame := _read(process.stdout):
                    self._frames.put(frame)
        finally:
            self._frames.put(b"")

    def _feed(self, stream: IO[bytes]) -> None:
        try:
            with stream:
                while self._waiting:
                    place = self._waiting.popleft()
                    self._fed.put(place)
                    _write(stream, marshal.dumps(list(self._batches[place])))
        except (BrokenPipeError, IndexError):
            return  # the process has ended, which its silence says already; or the last batch was taken meanwhile


def _write(stream: IO[bytes], frame: bytes) -> None:
    stream.write(len(frame).to_bytes(LENGTH, "little") + frame)
    stream.flush()


def _read(stream: IO[bytes]) -> bytes:
    return stream.read(int.from_bytes(stream.read(LENGTH), "little"))


def serve() -> None:
    """What the process does: a frame in, a frame out, until nothing more comes."""
    while frame := _read(sys.stdin.buffer):
        _write(sys.stdout.buffer, marshal.dumps(made(marshal.loads(frame))))
