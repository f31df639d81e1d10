"""Looking: `registers`, `list`, `show`, `history`."""

import argparse
from typing import TYPE_CHECKING, Any

from wenlv_desk.cli.context import Shell, a_pair, pairs, record_of, table

if TYPE_CHECKING:
    from wenlv_desk.core.registry import Registry
    from wenlv_desk.store.desk import Desk
    from wenlv_desk.store.query import ListQuery


def add_commands(commands: Any) -> None:
    """Declare the commands of this module."""
    registers = commands.add_parser("registers", help="列出所有台账及其项目、操作和文书")
    registers.set_defaults(run=run_registers)
    listing = commands.add_parser("list", help="列出一本台账")
    listing.add_argument("register", metavar="REGISTER")
    add_query(listing)
    listing.add_argument("--limit", type=int, default=50, help="最多列几条，0 为全部")
    listing.set_defaults(run=run_list)
    show = commands.add_parser("show", help="看一条记录的全部内容")
    show.add_argument("register", metavar="REGISTER")
    show.add_argument("record", metavar="RECORD", help="编号、证号或信用代码")
    show.set_defaults(run=run_show)
    history = commands.add_parser("history", help="看一条记录的来龙去脉")
    history.add_argument("register", metavar="REGISTER")
    history.add_argument("record", metavar="RECORD", help="编号、证号或信用代码")
    history.set_defaults(run=run_history)


def add_query(parser: argparse.ArgumentParser) -> None:
    """The options that narrow a list, shared with `export`."""
    parser.add_argument("--search", default="", metavar="TEXT", help="名称、拼音、证号、电话的任何一段")
    parser.add_argument(
        "--where", type=a_pair, action="append", default=[], metavar="FIELD=VALUE", help="可重复；同一项多个值为“或”"
    )
    parser.add_argument("--sort", action="append", default=[], metavar="FIELD", help="排序，前加 - 为倒序")
    parser.add_argument("--voided", action="store_true", help="连同已移出台账的")


def query_of(desk: "Desk", registry: "Registry", options: argparse.Namespace) -> "ListQuery":
    """The list query that the options ask for; values may be given as codes or as labels."""
    from wenlv_desk.core.kinds import Reference
    from wenlv_desk.store.query import ListQuery

    where: dict[str, tuple[str, ...]] = {}
    for text, value in options.where:
        name = text if text in {c.name for c in registry.computed} else registry.field(text).name
        kind = registry.shown(name)[1]
        codes = {label: code for code, label in kind.options(desk.lookup)}
        code = (
            str(record_of(desk, desk.catalogue.registry(kind.register), value))
            if isinstance(kind, Reference)
            else codes.get(value, value)
        )
        where[name] = (*where.get(name, ()), code)
    sort = tuple((registry.field(name.lstrip("-")).name, name.startswith("-")) for name in options.sort)
    return ListQuery(options.search, where, sort, options.voided)


def run_registers(shell: Shell) -> int:
    """Print every register with its fields, operations and papers."""
    from wenlv_desk.registries import catalogue

    book = catalogue()
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
                "arguments": e.arguments,
            }
            for e in entries
        ]
        rows = [[str(e.id), f"{e.at:%Y-%m-%d %H:%M:%S}", e.clerk, e.title, e.reason] for e in entries]
        shell.say(table(["流水号", "时间", "经办人", "事项", "理由"], rows), data)
    return 0
