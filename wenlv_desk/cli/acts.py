"""Doing: `do`, `undo`, `check`."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from wenlv_desk.cli.context import Shell, record_of
from wenlv_desk.cli.lists import RECORD
from wenlv_desk.cli.parser import ChineseParser, a_number
from wenlv_desk.core.errors import UserError

if TYPE_CHECKING:
    from wenlv_desk.core.catalogue import Catalogue
    from wenlv_desk.core.operations import Operation
    from wenlv_desk.core.registry import Registry
    from wenlv_desk.store.desk import Desk

WHY = "why_anyway"


def add_commands(commands: Any) -> None:
    """Declare the commands of this module."""
    do = commands.add_parser("do", help="办理一项操作，如 do operator.rename 记录 --new_name 名称")
    do.add_argument("operation", metavar="台账.操作", help="如 operator.rename；有哪些见 registers")
    do.add_argument(
        "arguments", nargs=argparse.REMAINDER, metavar="[记录] --项目 值", help="各项见 do 台账.操作 --help"
    )
    do.set_defaults(run=run_do)
    undo = commands.add_parser("undo", help="撤销上一步（或指定流水号的一步）")
    undo.add_argument("entry", nargs="?", type=a_number, metavar="流水号", help="见 history；不写则撤销本人最近的一步")
    undo.add_argument("--reason", default="", metavar="理由", help="撤销的理由")
    undo.set_defaults(run=run_undo)
    check = commands.add_parser("check", help="检查数据库、流水链、每行摘要和归档文书")
    check.add_argument("--rebuild-index", action="store_true", help="先重建检索索引")
    check.set_defaults(run=run_check)


def run_do(shell: Shell) -> int:
    """Perform an operation whose arguments come from its declaration."""
    from wenlv_desk.core.operations import Subject
    from wenlv_desk.store.gate import perform

    with shell.office() as office:
        registry, op = operation_named(office.catalogue, shell.options.operation)
        options = operation_parser(registry, op).parse_args(shell.options.arguments)
        clerk, record_id = shell.clerk(office), None
        with office.desk(clerk) as desk:
            if op.subject is Subject.RECORD:
                record_id = record_of(desk, registry, options.RECORD)
            given = given_by(desk, registry, op, options)
        done = perform(office, clerk, op, registry.name, record_id, reason=getattr(options, WHY) or "", arguments=given)
        value = f"\n{done.value}" if isinstance(done.value, str) else ""
        notes = "".join(f"\n注意：{note}" for note in done.notes)
        shell.say(
            f"已办：{done.title}（流水 {done.entry_id}）{value}{notes}",
            {"entry": done.entry_id, "title": done.title, "value": done.value, "notes": done.notes},
        )
    return 0


def operation_named(catalogue: "Catalogue", text: str) -> tuple["Registry", "Operation"]:
    """The register and the verb that REGISTER.OPERATION names."""
    register, dot, name = text.partition(".")
    if not dot or not name:
        raise UserError(f"“{text}”应写成 台账.操作，如 operator.rename；有哪些见 wenlv-desk registers")
    registry = catalogue.registry(register)
    return registry, catalogue.operation(registry, name)


def given_by(desk: "Desk", registry: "Registry", op: "Operation", options: argparse.Namespace) -> dict[str, Any]:
    """The arguments that were given by name; another record may be named like a RECORD."""
    from wenlv_desk.core.kinds import Reference

    given: dict[str, Any] = {}
    for field in op.parameters(registry):
        text = getattr(options, field.name)
        if text is None:
            continue
        if isinstance(field.kind, Reference) and text.strip():
            given[field.name] = record_of(desk, desk.catalogue.registry(field.kind.register), text)
        else:
            given[field.name] = text
    return given


def operation_parser(registry: "Registry", op: "Operation") -> ChineseParser:
    """The parser of one operation's arguments, with their labels."""
    from wenlv_desk.core.operations import Subject

    parser = ChineseParser(prog=f"wenlv-desk do {registry.name}.{op.name}", description=f"{registry.title}：{op.title}")
    if op.subject is Subject.RECORD:
        parser.add_argument("RECORD", metavar="记录", help=RECORD)
    add_parameters(parser, registry, op)
    return parser


def add_parameters(parser: ChineseParser, registry: "Registry", op: "Operation") -> None:
    """The options that an operation's arguments make."""
    taken = set()
    for field in op.parameters(registry):
        taken.add(field.name)
        said = "；".join(["必填"] * field.required + [field.help] * bool(field.help))
        parser.add_argument(f"--{field.name}", metavar=field.label, help=said.replace("%", "%%"))
    also = [] if "reason" in taken else ["--reason"]
    parser.add_argument("--why-anyway", *also, dest=WHY, metavar="理由", help="有疑点仍照办的理由")


def run_undo(shell: Shell) -> int:
    """Undo the newest (or a named) entry of the journal."""
    from wenlv_desk.store.undo import undo

    with shell.office() as office:
        done = undo(office, shell.clerk(office), shell.options.entry, reason=shell.options.reason)
        shell.say(f"已{done.title}（流水 {done.entry_id}）", {"entry": done.entry_id, "title": done.title})
    return 0


def run_check(shell: Shell) -> int:
    """Check everything that can be checked; exit code 2 when something is wrong."""
    from wenlv_desk.issuing.check import check_archive
    from wenlv_desk.store.check import check
    from wenlv_desk.store.indexing import rebuild_index

    with shell.office() as office:
        if shell.options.rebuild_index:
            rebuild_index(office)
        problems = check(office)
        with office.desk(shell.clerk(office)) as desk:
            problems += check_archive(desk)
    if problems:
        if shell.options.json:
            shell.say("", {"problems": problems})
        sys.stderr.write("".join(f"{problem}\n" for problem in problems))
        return 2
    shell.say("检查完毕：数据库、流水链、每行摘要、附件、归档文书和检索索引都完好", {"problems": []})
    return 0
