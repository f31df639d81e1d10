"""Looking: `registers`, `list`, `show`, `history`."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from wenlv_desk.cli.context import Shell, record_of
from wenlv_desk.cli.parser import a_number, a_pair
from wenlv_desk.cli.text import pairs, table
from wenlv_desk.core.errors import UserError

if TYPE_CHECKING:
    from wenlv_desk.core.registry import Registry
    from wenlv_desk.store.desk import Desk
    from wenlv_desk.store.query import ListQuery


REGISTER = "台账的名称，如 operator 或 经营单位"
RECORD = "编号、证号、信用代码或全名"
QUERY = ("search", "where", "sort", "voided")


def add_commands(commands: Any) -> None:
    """Declare the commands of this module."""
    registers = commands.add_parser("registers", help="列出所有台账及其项目、操作和文书")
    registers.set_defaults(run=run_registers)
    listing = commands.add_parser("list", help="列出一本台账")
    listing.add_argument("register", metavar="台账", help=REGISTER)
    add_query(listing)
    listing.add_argument("--limit", type=a_number, default=50, metavar="条数", help="最多列几条，0 为全部")
    listing.set_defaults(run=run_list)
    show = commands.add_parser("show", help="看一条记录的全部内容")
    show.add_argument("register", metavar="台账", help=REGISTER)
    show.add_argument("record", metavar="记录", help=RECORD)
    show.set_defaults(run=run_show)
    history = commands.add_parser("history", help="看一条记录的来龙去脉")
    history.add_argument("register", metavar="台账", help=REGISTER)
    history.add_argument("record", metavar="记录", help=RECORD)
    history.set_defaults(run=run_history)


def add_query(parser: argparse.ArgumentParser) -> None:
    """The options that narrow a list, shared with `export`."""
    parser.add_argument("--search", default="", metavar="文字", help="名称、拼音、证号、电话的任何一段")
    parser.add_argument(
        "--where",
        type=a_pair,
        action="append",
        default=[],
        metavar="项目=值",
        help="可重复；同一项多个值为“或”；值留空表示没有填的",
    )
    parser.add_argument("--sort", action="append", default=[], metavar="项目", help="按此排序，前加 - 为倒序，可重复")
    parser.add_argument("--voided", action="store_true", help="连同已移出台账的")


def query_of(desk: "Desk", registry: "Registry", options: argparse.Namespace) -> "ListQuery":
    """The list query that the options ask for; values may be given as codes or as labels."""
    from wenlv_desk.store.query import ListQuery

    where: dict[str, tuple[str, ...]] = {}
    for text, value in options.where:
        name = _shown_name(registry, text)
        where[name] = (*where.get(name, ()), _code(desk, registry, name, value))
    sort = tuple((_shown_name(registry, text.removeprefix("-")), text.startswith("-")) for text in options.sort)
    return ListQuery(options.search, where, sort, options.voided)


def ids_of(desk: "Desk", registry: "Registry", records: Sequence[str], options: argparse.Namespace) -> list[int]:
    """The records that are named, each once, else the list that the query options give, which must hold some."""
    from wenlv_desk.store.query import Listing

    if records:
        if any(getattr(options, name) for name in QUERY):
            raise UserError("写了记录就不能再写 --search、--where、--sort、--voided，请只用一种办法选定")
        return list(dict.fromkeys(record_of(desk, registry, text) for text in records))
    found = Listing(desk.session, desk.catalogue, registry, query_of(desk, registry, options), desk.today).ids()
    if not found:
        raise UserError(f"没有选中任何{registry.title}，什么也没有办，请放宽筛选")
    return list(found)


def _shown_name(registry: "Registry", text: str) -> str:
    """The name of the field or computed value of that name or label."""
    for computed in registry.computed:
        if text in (computed.name, computed.label):
            return computed.name
    return registry.field(text).name


def _code(desk: "Desk", registry: "Registry", name: str, value: str) -> str:
    """A wanted value as lists take it; "" stands for what nobody filled in. A value that no record can have is refused."""
    from wenlv_desk.core.kinds import Many, Reference, YesNo

    label, kind = registry.shown(name)
    if not value:
        return ""
    if isinstance(kind, Reference):
        return str(record_of(desk, desk.catalogue.registry(kind.register), value))
    reading = kind.read(value, desk.context)
    if reading.value is None:
        if reading.problem:
            raise UserError(f"--where {label}：{reading.problem}")
        return ""  # 长期, 无: what stands for nothing
    if isinstance(kind, YesNo):
        return "是" if reading.value else "否"
    if isinstance(kind, Many):
        if len(reading.value) > 1:
            raise UserError(f"--where {label}：一次写一个值，多个值请写多个 --where")
        return str(reading.value[0])
    return str(reading.value)


def run_registers(shell: Shell) -> int:
    """Print every register with its fields, operations and papers."""
    book = shell.catalogue
    data = [
        {
            "name": registry.name,
            "title": registry.title,
            "fields": {field.name: field.label for field in registry.fields.values()},
            "operations": {op.name: op.title for op in book.operations_on(registry).values()},
            "papers": {paper.name: paper.title for paper in book.papers_on(registry).values()},
        }
        for registry in book.registries.values()
    ]
    rows = [[str(d["name"]), str(d["title"]), "、".join(d["operations"]), "、".join(d["papers"])] for d in data]
    shell.say(table(["台账", "名称", "操作", "文书"], rows), data)
    return 0


def run_list(shell: Shell) -> int:
    """Print a register's rows as the list window shows them."""
    from wenlv_desk.store.query import Listing

    with shell.office() as office, office.desk(shell.clerk(office)) as desk:
        registry = office.catalogue.registry(shell.options.register)
        listing = Listing(desk.session, office.catalogue, registry, query_of(desk, registry, shell.options), desk.today)
        total = listing.count()
        rows = listing.top(0, shell.options.limit or max(total, 1))
        labels = [registry.shown(name)[0] for name in listing.names]
        text = table(
            ["编号", *labels],
            [[str(row.id), *(row.shown[n].replace("\n", " ") for n in listing.names)] for row in rows],
        )
        data = {"total": total, "rows": [{"id": row.id} | dict(row.shown) for row in rows]}
        shell.say(f"{text}\n共 {total} {registry.unit}，列出 {len(rows)} {registry.unit}", data)
    return 0


def run_show(shell: Shell) -> int:
    """Print one record with what belongs to it."""
    from wenlv_desk.issuing.matter import gather

    with shell.office() as office, office.desk(shell.clerk(office)) as desk:
        registry = office.catalogue.registry(shell.options.register)
        record = gather(desk, registry, [record_of(desk, registry, shell.options.record)], "").record
        data: dict[str, Any] = {"id": record.id} | dict(record.texts)
        parts = [pairs({record.labels[name]: text for name, text in record.texts.items()})]
        for name, children in record.owned.items():
            title = office.catalogue.registry(name).title
            data[name] = [{"id": child.id} | dict(child.texts) for child in children]
            parts += [
                f"\n【{title}】{child.title}\n" + pairs({child.labels[n]: t for n, t in child.texts.items()})
                for child in children
            ]
        shell.say("\n".join(parts), data)
    return 0


def _masked(registry: "Registry", arguments: dict[str, Any]) -> dict[str, Any]:
    """What an operation was given, personal data masked as in lists."""

    def shown(name: str, value: Any) -> Any:
        if isinstance(value, dict):
            return _masked(registry, value)
        field = registry.fields.get(name)
        return field.kind.mask(str(value)) if field and field.secret and value is not None else value

    return {name: shown(name, value) for name, value in arguments.items()}


def run_history(shell: Shell) -> int:
    """Print who did what to a record, newest first."""
    from wenlv_desk.store.journal import history_of

    with shell.office() as office, office.desk(shell.clerk(office)) as desk:
        registry = office.catalogue.registry(shell.options.register)
        entries = history_of(desk.session, registry.name, record_of(desk, registry, shell.options.record))
        data = [
            {
                "entry": e.id,
                "at": e.at,
                "clerk": e.clerk,
                "counter": e.counter,
                "title": e.title,
                "reason": e.reason,
                "arguments": _masked(registry, e.arguments),
            }
            for e in entries
        ]
        rows = [[str(e.id), f"{e.at:%Y-%m-%d %H:%M:%S}", e.clerk, e.title, e.reason] for e in entries]
        shell.say(table(["流水号", "时间", "经办人", "事项", "理由"], rows), data)
    return 0
