"""Doing: `do`, `undo`, `print`, `check`."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenlv_desk.cli.context import Shell, record_of
from wenlv_desk.core.errors import UserError

if TYPE_CHECKING:
    from wenlv_desk.core.operations import Operation
    from wenlv_desk.core.registry import Registry


def add_commands(commands: Any) -> None:
    """Declare the commands of this module."""
    do = commands.add_parser("do", help="办理一项操作，如 do publication_licence.renew 证号 --applied_on 2026-03-01")
    do.add_argument("operation", metavar="REGISTER.OPERATION")
    do.add_argument("arguments", nargs=argparse.REMAINDER, metavar="[RECORD] --argument value")
    do.set_defaults(run=run_do)
    undo = commands.add_parser("undo", help="撤销上一步（或指定流水号的一步）")
    undo.add_argument("entry", nargs="?", type=int, metavar="ENTRY")
    undo.add_argument("--reason", default="", help="撤销的理由")
    undo.set_defaults(run=run_undo)
    printing = commands.add_parser("print", help="出具文书并存为 PDF")
    printing.add_argument("paper", metavar="PAPER")
    printing.add_argument("records", nargs="*", metavar="RECORD")
    printing.add_argument("--out", required=True, metavar="FILE", help="PDF 文件")
    printing.add_argument("--register", default="", help="文书用于多本台账时指明台账")
    printing.add_argument("--copies", type=int, default=1, help="份数")
    printing.add_argument("--purpose", default="", help="用途")
    printing.add_argument("--blank-serial", default="", help="套打所用空白证的流水号")
    printing.add_argument("--preview", action="store_true", help="只看样子，不编号、不归档")
    printing.set_defaults(run=run_print)
    check = commands.add_parser("check", help="检查数据库、流水链、每行摘要和归档文书")
    check.add_argument("--rebuild-index", action="store_true", help="先重建检索索引")
    check.set_defaults(run=run_check)


def run_do(shell: Shell) -> int:
    """Perform an operation whose arguments come from its declaration."""
    from wenlv_desk.core.operations import Subject
    from wenlv_desk.store.gate import perform

    register, _, name = shell.options.operation.partition(".")
    with shell.office() as office:
        registry = office.catalogue.registry(register)
        op = office.catalogue.operation(registry, name)
        options = _operation_parser(registry, op).parse_args(shell.options.arguments)
        clerk, record_id = shell.clerk(office), None
        if op.subject is Subject.RECORD:
            with office.desk(clerk) as desk:
                record_id = record_of(desk, registry, options.RECORD)
        given = {
            key: value
            for key, value in vars(options).items()
            if key not in ("RECORD", "why_anyway") and value is not None
        }
        done = perform(office, clerk, op, register, record_id, reason=options.why_anyway or "", arguments=given)
        notes = "".join(f"\n注意：{note}" for note in done.notes)
        shell.say(
            f"已办：{done.title}（流水 {done.entry_id}）{notes}",
            {"entry": done.entry_id, "title": done.title, "value": done.value, "notes": done.notes},
        )
    return 0


def _operation_parser(registry: "Registry", op: "Operation") -> argparse.ArgumentParser:
    from wenlv_desk.cli.main import ChineseParser
    from wenlv_desk.core.operations import Subject

    parser = ChineseParser(prog=f"wenlv-desk do {registry.name}.{op.name}", description=op.title, add_help=True)
    if op.subject is Subject.RECORD:
        parser.add_argument("RECORD", help="编号、证号或信用代码")
    taken = set()
    for field in op.parameters(registry):
        taken.add(field.name)
        needed = "（必填）" if field.required else ""
        parser.add_argument(f"--{field.name}", help=f"{field.label}{needed} {field.help}".strip().replace("%", "%%"))
    parser.add_argument(
        "--why-anyway", *([] if "reason" in taken else ["--reason"]), dest="why_anyway", help="有疑点仍照办的理由"
    )
    return parser


def run_undo(shell: Shell) -> int:
    """Undo the newest (or a named) entry of the journal."""
    from wenlv_desk.store.undo import undo

    with shell.office() as office:
        done = undo(office, shell.clerk(office), shell.options.entry, reason=shell.options.reason)
        shell.say(f"已{done.title}（流水 {done.entry_id}）", {"entry": done.entry_id, "title": done.title})
    return 0


def run_print(shell: Shell) -> int:
    """Issue a paper about records and write its PDF; the archive keeps the same bytes."""
    from wenlv_desk.issuing.issue import archived, preview
    from wenlv_desk.store.gate import perform

    options = shell.options
    with shell.office() as office:
        clerk, paper = shell.clerk(office), office.catalogue.paper(options.paper)
        registry = _register_of(office.catalogue, paper, options.register)
        with office.desk(clerk) as desk:
            ids = [record_of(desk, registry, text) for text in options.records] or _all_ids(desk, registry, paper)
            if options.preview:
                _write(Path(options.out), preview(desk, paper, registry, ids))
                shell.say(f"样张已写入 {options.out}，没有编号", {"out": options.out})
                return 0
        arguments = {
            "paper": paper.name,
            "register": registry.name,
            "records": ",".join(map(str, ids)),
            "copies": options.copies,
            "purpose": options.purpose,
            "blank_serial": options.blank_serial,
        }
        _check_writable(Path(options.out))
        done = perform(office, clerk, "issue", "issued_paper", arguments=arguments)
        with office.desk(clerk) as desk:
            _write(Path(options.out), archived(desk, done.value["id"]))
        shell.say(
            f"已出具 {done.value['number']}，共 {done.value['pages']} 页，写入 {options.out}",
            done.value | {"out": options.out},
        )
    return 0


def _register_of(catalogue: Any, paper: Any, named: str) -> Any:
    possible = [registry for registry in catalogue.registries.values() if paper.name in catalogue.papers_on(registry)]
    if named:
        return catalogue.registry(named)
    if len(possible) > 1:
        raise UserError(f"“{paper.title}”用于多本台账，请用 --register 指明：{'、'.join(r.name for r in possible)}")
    return possible[0]


def _all_ids(desk: Any, registry: Any, paper: Any) -> list[int]:
    from wenlv_desk.store.query import Listing, ListQuery

    if not paper.many:
        raise UserError(f"请指明要打印“{paper.title}”的记录（编号、证号或信用代码）")
    return list(Listing(desk.session, desk.catalogue, registry, ListQuery(), desk.today).ids())


def _check_writable(path: Path) -> None:
    """A paper must not be numbered and then have nowhere to go."""
    if not path.parent.is_dir() or path.is_dir():
        raise UserError(f"写不了“{path}”：文件夹不存在，或这是一个文件夹。没有编号，请换一个路径")


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UserError(f"写不了“{path}”（{error.strerror}），请换一个路径；已编号的文书可在文书档案里重印") from error


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
        shell.say("", {"problems": problems})
        sys.stderr.write("".join(f"{problem}\n" for problem in problems))
        return 2
    shell.say("检查完毕：数据库、流水链、每行摘要、附件、归档文书和检索索引都完好", {"problems": []})
    return 0
