"""Documents and tokens (索引词) of very many new records, made in a process of their own while the caller writes the rows.

A process of this package's own, not `multiprocessing`: that would run the caller's main module a second time.
"""

import marshal
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import IO

from wenlv_desk.store.search.documents import document
from wenlv_desk.store.search.grams import tokens
from wenlv_desk.store.search.interface import SearchText

WORTH = 20_000  # records below which starting a process takes longer than it saves
BATCH = 5_000
LENGTH = 8  # bytes that say how long a frame is

Plain = tuple[int, tuple[str, ...], tuple[str, ...], tuple[str, ...]]
Made = tuple[list[tuple[int, str, str, str]], list[tuple[int, str]]]  # rows of documents, rows of tokens


def made(batch: Sequence[Plain]) -> Made:
    """The documents of a batch and their tokens."""
    documents = [document(SearchText(*plain)) for plain in batch]
    return [(*one,) for one in documents], [(one.id, tokens(one)) for one in documents]


def begin(texts: Sequence[SearchText]) -> Callable[[], Iterator[Made]]:
    """Start making them; the function returned gives them batch by batch, in order."""
    plain = [(text.record_id, text.names, text.codes, text.people) for text in texts]
    batches = [plain[start : start + BATCH] for start in range(0, len(plain), BATCH)]
    if len(texts) < WORTH or getattr(sys, "frozen", False):  # a bundled program has no interpreter to start
        return lambda: map(made, batches)
    frames: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_ask, args=(batches, frames), daemon=True).start()
    return lambda: _collected(frames, batches)


def _collected(frames: "SimpleQueue[bytes]", batches: Sequence[Sequence[Plain]]) -> Iterator[Made]:
    ended = False
    for batch in batches:
        frame = b"" if ended else frames.get()
        ended = not frame
        yield marshal.loads(frame) if frame else made(batch)  # the process was ended from outside: then it is done here


def _ask(batches: Sequence[Sequence[Plain]], frames: "SimpleQueue[bytes]") -> None:
    """Hand the batches to a process and pass on what it answers; an empty frame says that no more will come."""
    root = os.fspath(Path(__file__).parents[3])
    paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-c", f"from {__name__} import serve; serve()"]
    try:
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": paths}
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            Thread(target=_feed, args=(process.stdin, batches), daemon=True).start()
            while frame := _read(process.stdout):
                frames.put(frame)
    finally:
        frames.put(b"")


def _feed(stream: IO[bytes], batches: Sequence[Sequence[Plain]]) -> None:
    try:
        with stream:
            for batch in batches:
                _write(stream, marshal.dumps(list(batch)))
    except BrokenPipeError:
        return  # the process has ended, which its silence says already


def _write(stream: IO[bytes], frame: bytes) -> None:
    stream.write(len(frame).to_bytes(LENGTH, "little") + frame)
    stream.flush()


def _read(stream: IO[bytes]) -> bytes:
    return stream.read(int.from_bytes(stream.read(LENGTH), "little"))


def serve() -> None:
    """What the process does: a frame in, a frame out, until nothing more comes."""
    while frame := _read(sys.stdin.buffer):
        _write(sys.stdout.buffer, marshal.dumps(made(marshal.loads(frame))))
