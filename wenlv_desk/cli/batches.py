"""Doing a selection: `batch`."""

import argparse
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from wenlv_desk.cli.acts import WHY, add_parameters, given_by, operation_named
from wenlv_desk.cli.context import Shell
from wenlv_desk.cli.lists import QUERY, RECORD, add_query, ids_of
from wenlv_desk.cli.parser import ChineseParser
from wenlv_desk.cli.text import table
from wenlv_desk.core.errors import UserError

if TYPE_CHECKING:
    from wenlv_desk.core.operations import Operation
    from wenlv_desk.core.registry import Registry
    from wenlv_desk.store.batch import BatchDone, Foreseen, LeftOut


def add_commands(commands: Any) -> None:
    """Declare the commands of this module."""
    batch = commands.add_parser(
        "batch", help="对选定的多条办理同一项操作，如 batch printing_licence.resume --where 状态=停业整顿 …"
    )
    batch.add_argument("operation", metavar="台账.操作", help="如 printing_licence.resume；有哪些见 registers")
    batch.add_argument(
        "arguments", nargs=argparse.REMAINDER, metavar="[记录…] --项目 值", help="各项见 batch 台账.操作 --help"
    )
    batch.set_defaults(run=run_batch_command)


def batch_parser(registry: "Registry", op: "Operation") -> ChineseParser:
    """The parser of a selection and of what is done to it."""
    name = f"wenlv-desk batch {registry.name}.{op.name}"
    parser = ChineseParser(prog=name, description=f"{registry.title}：批量{op.title}，逐{registry.unit}生效")
    parser.add_argument("RECORDS", nargs="*", metavar="记录", help=f"{RECORD}；不写记录的用 --search、--where 选定")
    add_query(parser)
    parser.add_argument("--dry-run", action="store_true", help="只看哪些能办、哪些不办和原因，不办理")
    add_parameters(parser, registry, op)
    return parser


def run_batch_command(shell: Shell) -> int:
    """Do an operation to the records named or found; 1 when some were left out, with their reasons."""
    from wenlv_desk.store.batch import check_for_many, foresee, run_batch

    with shell.office() as office:
        registry, op = operation_named(office.catalogue, shell.options.operation)
        check_for_many(registry, op)
        options = batch_parser(registry, op).parse_args(shell.options.arguments)
        if not options.RECORDS and not any(getattr(options, name) for name in QUERY):
            raise UserError(f"请指明要办“{op.title}”的记录（{RECORD}），或用 --search、--where 选定")
        clerk = shell.clerk(office)
        with office.desk(clerk) as desk:
            ids = ids_of(desk, registry, options.RECORDS, options)
            seen = foresee(desk, registry, op, ids)
            given = given_by(desk, registry, op, options)
        if options.dry_run or not seen.able:
            return _tell(shell, registry, op, ids, seen, None)
        able, reason = [one.record_id for one in seen.able], getattr(options, WHY) or ""
        with until_interrupted() as progress:
            done = run_batch(
                office, clerk, op, registry, able, given, versions=seen.versions, reason=reason, progress=progress
            )
        return _tell(shell, registry, op, ids, seen, done)


@contextmanager
def until_interrupted() -> Iterator[Callable[[int, int], bool]]:
    """A progress callback that says stop once Ctrl+C was pressed: the record at hand is finished, and the result is told."""
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():  # only there can a signal be heard
        yield lambda _done, _total: False
        return
    former = signal.signal(signal.SIGINT, lambda *_: asked.set())
    try:
        yield lambda _done, _total: asked.is_set()
    finally:
        signal.signal(signal.SIGINT, former)


def _tell(
    shell: Shell,
    registry: "Registry",
    op: "Operation",
    ids: Sequence[int],
    seen: "Foreseen",
    done: "BatchDone | None",
) -> int:
    """Print what was done, or would be, and everything left out in the order of the selection."""
    places = {row_id: place for place, row_id in enumerate(ids)}
    left_out = sorted((*seen.left_out, *(done.left_out if done else ())), key=lambda one: places[one.record_id])
    count = f"{len(done.done) if done else len(seen.able)} {registry.unit}"
    lines = [f"已办“{op.title}” {count}" if done else f"可办“{op.title}” {count}，没有办理"]
    lines[0] += f"，不办 {len(left_out)} {registry.unit}" if left_out else ""
    lines += [f"注意：{one.title}：{note}" for one in (done.done if done else ()) for note in one.notes]
    if left_out:
        lines.append(table(["编号", registry.shown(registry.named_by)[0], "原因"], [_row(one) for one in left_out]))
    data = {
        "able": [one.record_id for one in seen.able],
        "done": [
            {"id": one.record_id, "entry": one.entry_id, "title": one.title, "value": one.value, "notes": one.notes}
            for one in (done.done if done else ())
        ],
        "left_out": [{"id": one.record_id, "name": one.name, "reasons": one.reasons} for one in left_out],
        "stopped": bool(done and done.stopped),
    }
    shell.say("\n".join(lines), data)
    return 1 if left_out else 0


def _row(one: "LeftOut") -> list[str]:
    return [str(one.record_id), f"{one.name} {one.code}".strip(), "；".join(one.reasons)]
