"""Printing: `print` issues papers, shows how one would look, or prints issued ones again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenlv_desk.cli.batches import until_interrupted
from wenlv_desk.cli.context import Shell
from wenlv_desk.cli.lists import QUERY, RECORD, add_query, ids_of
from wenlv_desk.cli.parser import a_file_to_write
from wenlv_desk.core.errors import UserError, fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wenlv_desk.core.catalogue import Catalogue
    from wenlv_desk.core.papers import Paper
    from wenlv_desk.core.registry import Registry
    from wenlv_desk.store.desk import Clerk, Desk
    from wenlv_desk.store.office import Office

NAMED = 5  # papers that a remedy names one by one


def add_commands(commands: Any) -> None:
    """Declare the commands of this module."""
    printing = commands.add_parser("print", help="出具文书并存为 PDF，或按编号重印")
    printing.add_argument("paper", metavar="文书", help="文书的种类（见 registers），或已出具文书的编号：原样重印")
    printing.add_argument(
        "records", nargs="*", metavar="记录", help=f"{RECORD}；名册不写则为全部或筛选所得，其他文书写几个就各出一件"
    )
    printing.add_argument("--out", type=a_file_to_write(), required=True, metavar="文件", help="PDF 文件")
    printing.add_argument("--register", default="", metavar="台账", help="文书用于多本台账时指明台账")
    printing.add_argument("--copies", default="1", metavar="份数", help="份数，默认 1")
    printing.add_argument("--purpose", default="", metavar="用途", help="用途；重印时为原因")
    printing.add_argument("--blank-serial", default="", metavar="证号", help="套打所用空白证的流水号")
    printing.add_argument("--each", action="store_true", help="每条记录各编一号、各存一件，合成一个 PDF")
    printing.add_argument("--preview", action="store_true", help="只看样子，不编号、不归档")
    add_query(printing)
    printing.set_defaults(run=run_print)


def run_print(shell: Shell) -> int:
    """Issue papers and write their PDF, or print issued ones again; the archive keeps the same bytes."""
    with shell.office() as office:
        clerk, options = shell.clerk(office), shell.options
        with office.desk(clerk) as desk:
            issued = _issued(desk, options.paper)
            if issued is None:
                paper = office.catalogue.paper(options.paper)
                registry = _register_of(office.catalogue, paper, options.register)
                ids = _ids(desk, registry, paper, options)
        if issued is not None:
            return _print_again(shell, office, clerk, issued)
        if options.preview:
            return _preview(shell, office, clerk, paper, registry, ids)
        if options.each or (len(ids) > 1 and not paper.many):
            return _print_each(shell, office, clerk, paper, registry, ids)
        return _print_one(shell, office, clerk, paper, registry, ids)


def _preview(
    shell: Shell, office: "Office", clerk: "Clerk", paper: "Paper", registry: "Registry", ids: list[int]
) -> int:
    from wenlv_desk.issuing.issue import preview

    options = shell.options
    alone = options.each or not paper.many
    with _file_to_be(options.out) as file, office.desk(clerk) as desk:
        file.write_bytes(preview(desk, paper, registry, ids[:1] if alone else ids))
    only = f"（第一{registry.unit}，共 {len(ids)} {registry.unit}，各编一号）" if alone and len(ids) > 1 else ""
    shell.say(f"样张{only}已写入 {options.out}，没有编号", {"out": str(options.out)})
    return 0


def _print_one(
    shell: Shell, office: "Office", clerk: "Clerk", paper: "Paper", registry: "Registry", ids: list[int]
) -> int:
    with _file_to_be(shell.options.out) as file:
        value = _issue(office, clerk, paper, registry, ids, shell.options)
        _write(office, clerk, file, [value["id"]], [value["number"]])
    return _tell(shell, "已出具", value)


def _print_each(
    shell: Shell, office: "Office", clerk: "Clerk", paper: "Paper", registry: "Registry", ids: list[int]
) -> int:
    """A paper for each record, numbered one by one, in one file; 1 when some were left out, each named with the reason."""
    from wenlv_desk.cli.text import table
    from wenlv_desk.issuing.batch import issue_many

    options = shell.options
    if options.blank_serial:
        raise UserError("空白证号只能配一张空白证，请一件一件地打印")
    with _file_to_be(options.out) as file, until_interrupted() as progress:
        made = issue_many(
            office,
            clerk,
            paper,
            registry,
            ids,
            copies=_copies(options.copies),
            purpose=options.purpose or None,
            progress=progress,
        )
        numbers = [one.number for one in made.issued]
        if made.issued:
            _write(office, clerk, file, made.paper_ids, numbers)
    said = [f"已出具 {len(numbers)} 件" + (f"，不出具 {len(made.left_out)} {registry.unit}" if made.left_out else "")]
    if numbers:
        said[0] += f"：{_span(numbers)}，共 {sum(one.pages for one in made.issued)} 页，写入 {options.out}"
    if made.left_out:
        rows = [[str(one.record_id), f"{one.name} {one.code}".strip(), "；".join(one.reasons)] for one in made.left_out]
        said.append(table(["编号", registry.shown(registry.named_by)[0], "原因"], rows))
    data = {
        "numbers": numbers,
        "issued": [{"record": one.record_id, "id": one.paper_id, "number": one.number} for one in made.issued],
        "left_out": [{"id": one.record_id, "name": one.name, "reasons": one.reasons} for one in made.left_out],
        "stopped": made.stopped,
        "out": str(options.out) if numbers else None,
    }
    shell.say("\n".join(said), data)
    return 1 if made.left_out else 0


def _copies(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise UserError(f"份数“{text}”不是整数，请改正")
    return int(text)


def _span(numbers: "Sequence[str]") -> str:
    """First and last of a run of numbers."""
    return numbers[0] if len(numbers) == 1 else f"{numbers[0]} 至 {numbers[-1]}"


def _tell(shell: Shell, said: str, value: dict[str, Any]) -> int:
    out = shell.options.out
    shell.say(f"{said} {value['number']}，共 {value['pages']} 页，写入 {out}", value | {"out": str(out)})
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


def _print_again(shell: Shell, office: "Office", clerk: "Clerk", first: int) -> int:
    """Print issued papers again, in one file: the archived bytes."""
    from wenlv_desk.store.gate import perform

    options = shell.options
    if given := [name for name in ("register", "blank_serial", "preview", "each", *QUERY) if getattr(options, name)]:
        raise UserError(f"“{options.paper}”是已出具的文书，按原样重印，不能再指定：{'、'.join(given)}")
    with office.desk(clerk) as desk:
        ids = [first, *(_issued_or_refused(desk, text) for text in options.records)]
    arguments = {"copies": options.copies, "why": options.purpose}
    with _file_to_be(options.out) as file:
        values = [
            dict(perform(office, clerk, "reprint", "issued_paper", paper_id, arguments=arguments).value)
            for paper_id in dict.fromkeys(ids)
        ]
        numbers = [value["number"] for value in values]
        _write(office, clerk, file, [value["id"] for value in values], numbers)
    if len(values) == 1:
        return _tell(shell, "已重印", values[0])
    shell.say(f"已重印 {len(values)} 件，写入 {options.out}", {"numbers": numbers, "out": str(options.out)})
    return 0


def _issued_or_refused(desk: "Desk", text: str) -> int:
    found = _issued(desk, text)
    if found is None:
        raise UserError(f"“{text}”不是已出具文书的编号。重印几件时请都写编号，出具新的请写文书的种类")
    return found


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
    """The records named, else the list that the query gives; a paper about one is never issued to a whole register unasked."""
    if not options.records and not paper.many and not any(getattr(options, name) for name in QUERY):
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


def _write(office: "Office", clerk: "Clerk", path: Path, paper_ids: "Sequence[int]", numbers: "Sequence[str]") -> None:
    from wenlv_desk.issuing.batch import merged_archive

    with office.desk(clerk) as desk:
        content = merged_archive(desk, paper_ids)
    try:
        path.write_bytes(content)
    except OSError as error:
        again = f"print {' '.join(numbers)} --out 文件" if len(numbers) <= NAMED else "print 编号 编号 … --out 文件"
        raise UserError(
            f"写不了“{path}”（{fault(error)}）。{_span(numbers)}已编号归档，换一个路径重印即可：{again}"
        ) from error
