"""The process that opens scans: takes one request on standard input, confines itself, gives one answer an item on standard output.

Started by `aside.py`. In a bundle without a Python interpreter the program itself is started with `--scan-child`
(`CHILD_FLAG`): its entry point must then return `main()` from here, before it imports or does anything else.
"""

import marshal
import sys
from collections.abc import Callable, Iterator
from typing import Any, TypedDict

from wenlv_desk.core.aside import Message, confine, write_message
from wenlv_desk.scanning.refusals import Refusal, disk_fault, too_much_memory


class Request(TypedDict):
    """What the parent asks for: a task, its items, and the fields of `Limits`."""

    task: str
    items: list[tuple[Any, ...]]
    file_mb: int
    pages: int
    megapixels: int
    seconds: int
    memory_mb: int


def main() -> int:
    """Serve one request; 0 also when answers are refusals."""
    request: Request = marshal.loads(sys.stdin.buffer.read())
    confine(request["memory_mb"])
    out = sys.stdout.buffer
    try:
        for answer in _answers(request):
            write_message(out, answer)
            out.flush()
    except BrokenPipeError:  # nobody listens any more
        sys.stderr.close()
    return 0


def _answers(request: Request) -> Iterator[Message]:
    from wenlv_desk.scanning import leaves, upright
    from wenlv_desk.scanning.shelf import Shelf

    tasks: dict[str, Callable[..., Message]] = {
        "survey": leaves.survey,
        "read": leaves.read,
        "write": upright.write,
        "show": leaves.show,
    }
    task = tasks[request["task"]]
    with Shelf(request["file_mb"], request["pages"], request["megapixels"]) as shelf:
        for item in request["items"]:
            _grant(request["seconds"])
            try:
                yield task(shelf, *item)
            except Refusal as refusal:
                yield "refused", refusal.reason
            except OSError as error:
                yield "refused", disk_fault(error)
            except MemoryError:
                yield "refused", too_much_memory(request["memory_mb"])


def _grant(seconds: int) -> None:
    """Let the system end this process when the next item takes more processor time, whether or not the parent still lives."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    granted = round(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (granted if most < 0 else min(granted, most), most))  # -1: no end
