"""Printing: `print` issues a paper, shows how it would look, or prints an issued one again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenlv_desk.cli.context import Shell
from wenlv_desk.cli.lists import QUERY, RECORD, add_query, ids_of
from wenlv_desk.cli.parser import a_file_to_write
from wenlv_desk.core.errors import UserError, fault

if TYPE_CHECKING:
    from wenlv_desk.core.catalogue import Catalogue
    from wenlv_desk.core.papers import Paper
    from wenlv_desk.core.registry import Registry
    from wenlv_desk.store.desk import Clerk, Desk
    from wenlv_desk.store.office import Office


def add_commands(commands: Any) -> None:
    """Declare the commands of this module."""
    printing = commands.add_parser("print", help="出具文书并存为 PDF，或按编号重印")
    printing.add_argument("paper", metavar="文书", help="文书的种类（见 registers），或已出具文书的编号：原样重印")
    printing.add_argument("records", nargs="*", metavar="记录", help=f"{RECORD}；名册不写则为全部或筛选所得")
    printing.add_argument("--out", type=a_file_to_write(), required=True, metavar="文件", help="PDF 文件")
    printing.add_argument("--register", default="", metavar="台账", help="文书用于多本台账时指明台账")
    printing.add_argument("--copies", default="1", metavar="份数", help="份数，默认 1")
    printing.add_argument("--purpose", default="", metavar="用途", help="用途；重印时为原因")
    printing.add_argument("--blank-serial", default="", metavar="证号", help="套打所用空白证的流水号")
    printing.add_argument("--preview", action="store_true", help="只看样子，不编号、不归档")
    add_query(printing)
    printing.set_defaults(run=run_print)


def run_print(shell: Shell) -> int:
    """Issue a paper about records and write its PDF; the archive keeps the same bytes."""
    from wenlv_desk.issuing.issue import preview

    options = shell.options
    with shell.office() as office:
        clerk = shell.clerk(office)
        with office.desk(clerk) as desk:
            issued = _issued(desk, options.paper)
            if issued is None:
                paper = office.catalogue.paper(options.paper)
                registry = _register_of(office.catalogue, paper, options.register)
                ids = _ids(desk, registry, paper, options)
                if options.preview:
                    with _file_to_be(options.out) as file:
                        file.write_bytes(preview(desk, paper, registry, ids))
                    shell.say(f"样张已写入 {options.out}，没有编号", {"out": str(options.out)})
                    return 0
        with _file_to_be(options.out) as file:
            value = (
                _issue(office, clerk, paper, registry, ids, options)
                if issued is None
                else _again(office, clerk, issued, options)
            )
            _write(office, clerk, file, value)
        said = "已出具" if issued is None else "已重印"
        shell.say(
            f"{said} {value['number']}，共 {value['pages']} 页，写入 {options.out}", value | {"out": str(options.out)}
        )
    return 0


def _issue(
    office: "Office", clerk: "Clerk", paper: "Paper", registry: "Registry", ids: list[int], options: Any
) -> dict[str, Any]:
    from wenlv_desk.issuing.issue import issue_paper

    arguments = {
        "paper": paper.name,
        "register": registry.name,
        "records": ",".join(map(str, ids)),
        "copies": options.copies,
        "purpose": options.purpose,
        "blank_serial": options.blank_serial,
    }
    return dict(issue_paper(office, clerk, arguments).value)


def _again(office: "Office", clerk: "Clerk", paper_id: int, options: Any) -> dict[str, Any]:
    """Print an issued paper again: the archived bytes."""
    from wenlv_desk.store.gate import perform

    if given := [name for name in ("records", "register", "blank_serial", "preview", *QUERY) if getattr(options, name)]:
        raise UserError(f"“{options.paper}”是已出具的文书，按原样重印，不能再指定：{'、'.join(given)}")
    arguments = {"copies": options.copies, "why": options.purpose}
    return dict(perform(office, clerk, "reprint", "issued_paper", paper_id, arguments=arguments).value)


def _issued(desk: "Desk", text: str) -> int | None:
    """The issued paper of that number."""
    found = desk.lookup.find("issued_paper", text.strip()) if "〔" in text else ()
    return found[0] if found else None


def _register_of(catalogue: "Catalogue", paper: "Paper", named: str) -> "Registry":
    possible = [registry for registry in catalogue.registries.values() if paper.name in catalogue.papers_on(registry)]
    listed = "、".join(registry.name for registry in possible)
    if named:
        registry = catalogue.registry(named)
        if registry not in possible:
            raise UserError(f"“{paper.title}”不能用于{registry.title}，只用于：{listed}")
        return registry
    if len(possible) > 1:
        raise UserError(f"“{paper.title}”用于多本台账，请用 --register 指明：{listed}")
    return possible[0]


def _ids(desk: "Desk", registry: "Registry", paper: "Paper", options: Any) -> list[int]:
    """The records named; for a paper about many the list that the query gives."""
    if not options.records and not paper.many:
        raise UserError(f"请指明要打印“{paper.title}”的记录（{RECORD}）")
    return ids_of(desk, registry, options.records, options)


@contextmanager
def _file_to_be(path: Path) -> Iterator[Path]:
    """The file opened for writing before anything is numbered: a paper must not be numbered and then have nowhere to go."""
    there = path.exists()
    try:
        path.open("ab").close()
    except OSError as error:
        raise UserError(f"写不了“{path}”（{fault(error)}），没有编号。请换一个路径") from error
    try:
        yield path
    finally:
        if not there and path.stat().st_size == 0:  # nothing came of it
            path.unlink()


def _write(office: "Office", clerk: "Clerk", path: Path, value: dict[str, Any]) -> None:
    from wenlv_desk.issuing.issue import archived

    with office.desk(clerk) as desk:
        content = archived(desk, value["id"])
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UserError(
            f"写不了“{path}”（{fault(error)}）。文书已编号归档，换一个路径重印即可：print {value['number']} --out 文件"
        ) from error
