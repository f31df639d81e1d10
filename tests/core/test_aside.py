"""The messages of a process on its own: none is lost, and whatever becomes of the process nobody waits for ever."""

import io
import queue
import subprocess
import sys
from collections.abc import Iterator

import pytest

from wenlv_desk.core.aside import Frames, open_frame, write_message

PATIENCE = 100  # tenths of a second
NUMBERS = "import sys\nfrom wenlv_desk.core.aside import write_message\nout = sys.stdout.buffer\n"


def started(code: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)


def everything(frames: Frames) -> Iterator[bytes]:
    for _ in range(PATIENCE):
        try:
            frame = frames.next()
        except queue.Empty:
            continue
        if frame is None:
            return
        yield frame
    pytest.fail("the end was never said")


def test_every_message_comes_and_then_the_end() -> None:
    with started(f"{NUMBERS}for n in range(50): write_message(out, (n,))") as child:
        frames = Frames(child)
        assert [open_frame(frame)[0] for frame in everything(frames)] == list(range(50))
        frames.close()  # the thread may still live: the end has been seen, there is no other to wait for
        frames.close()
    assert child.returncode == 0


def test_one_that_is_not_wanted_to_its_end_is_ended() -> None:
    with started(
        f"{NUMBERS}import itertools\nfor n in itertools.count(): write_message(out, (n,)); out.flush()"
    ) as child:
        frames = Frames(child)
        assert open_frame(next(everything(frames))) == (0,)
        frames.close()
    assert child.returncode != 0


def test_one_that_breaks_off_in_the_middle_of_a_message_has_ended() -> None:
    whole = io.BytesIO()
    write_message(whole, ("x" * 100,))
    with started(f"import sys; sys.stdout.buffer.write({whole.getvalue()[:-1]!r})") as child:
        frames = Frames(child)
        assert list(everything(frames)) == []
        frames.close()
