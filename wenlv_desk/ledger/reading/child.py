"""The reading process: takes one request on standard input, confines itself, streams the result to standard output.

Started by `process.py`. In a bundle without a Python interpreter the program itself is started with `--read-child`
(`CHILD_FLAG`): its entry point must then return `main()` from here, before it imports or does anything else.
"""

import gc
import marshal
import sys
from collections.abc import Iterator
from typing import BinaryIO

from wenlv_desk.core.aside import Message, confine, write_message
from wenlv_desk.ledger.reading.refusals import Refusal, disk_fault, too_large_for_memory
from wenlv_desk.ledger.reading.wire import Request


def main() -> int:
    """Serve one request; 0 also when the answer is a refusal."""
    request: Request = marshal.loads(sys.stdin.buffer.read())
    confine(request["memory_mb"], request["cpu_seconds"])
    gc.disable()  # a short life and no cycles; the collector would walk every row again and again
    out = sys.stdout.buffer
    for message in _answer(request):
        _send(out, message)
    return 0


def _send(out: BinaryIO, message: Message) -> None:
    write_message(out, message)
    out.flush()


def _answer(request: Request) -> Iterator[Message]:
    from wenlv_desk.ledger.reading.formats import messages

    try:
        yield from messages(request)
    except Refusal as refusal:
        yield "refused", refusal.kind, refusal.reason
    except OSError as error:
        yield "refused", "unreadable", disk_fault(error)
    except MemoryError:
        yield "refused", "unreadable", too_large_for_memory(request["memory_mb"])
