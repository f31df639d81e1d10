"""Grids and pledges at the shell: the ledger as of a day, a batch as one file, signed scans filed."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenlv_desk.cli.context import Shell, a_date, record_of
from wenlv_desk.cli.parser import ChineseParser, a_file_to_write, some_text
from wenlv_desk.cli.reports import hand_over
from wenlv_desk.core.errors import UserError

if TYPE_CHECKING:
    from wenlv_desk.store.office import Office


def add_commands(commands: Any) -> None:
    """Declare the commands of this module."""
    ledger = commands.add_parser("ledger-of-grids", help="网格划分台账：任何一天谁负责哪家企业；可存为 Excel、CSV、PDF")
    ledger.add_argument("--as-of", type=a_date, metavar="日期", help="哪一天，如 2026-06-30；不写则为今天")
    ledger.add_argument(
        "--out", type=a_file_to_write(".xlsx", ".csv", ".pdf"), metavar="文件", help="存为 .xlsx、.csv 或 .pdf"
    )
    ledger.add_argument("--reason", default="", metavar="理由", help="台账含完整电话，记入流水的理由")
    ledger.set_defaults(run=run_ledger)
    pledge = commands.add_parser("pledge", help="责任状：整批打印，归档签字扫描件")
    steps = pledge.add_subparsers(
        dest="step", metavar="步骤", help="整批打印，或归档扫描件", parser_class=ChineseParser, required=True
    )
    batch = steps.add_parser("batch", help="把一批责任状印成一个 PDF：按网格排，带书签，每份一式几份")
    batch.add_argument("batch", metavar="批次", help="签订批次的编号或名称")
    batch.add_argument("--out", type=a_file_to_write(".pdf"), required=True, metavar="文件", help="存为 .pdf")
    batch.set_defaults(run=run_batch)
    file_scans = steps.add_parser("file-scans", help="归档签字扫描件：多页 PDF、照片，或装照片的文件夹")
    file_scans.add_argument("files", nargs="+", type=some_text, metavar="文件", help="PDF、照片或文件夹，可写多个")
    file_scans.add_argument("--signed-on", type=a_date, metavar="日期", help="双方签字的日期；不写则为今天")
    file_scans.set_defaults(run=run_file_scans)


def run_ledger(shell: Shell) -> int:
    """The ledger of grids as of a day: a report on the settings, of which there is one record."""
    from sqlalchemy import select

    with shell.office() as office:
        registry = office.catalogue.registry("bureau_settings")
        with office.desk(shell.clerk(office)) as desk:
            settings = desk.session.scalar(select(registry.record.id).limit(1))
        if settings is None:
            raise UserError("还没有填写本单位信息，请先用“do bureau_settings.set_up”填写")
        hand_over(shell, office, registry, "grid_ledger", settings)
    return 0


def run_batch(shell: Shell) -> int:
    """A whole batch as one file."""
    from wenlv_desk.registries.pledge.printing import print_batch

    with shell.office() as office:
        clerk = shell.clerk(office)
        with office.desk(clerk) as desk:
            batch = record_of(desk, office.catalogue.registry("pledge_batch"), shell.options.batch)
        written = print_batch(office, clerk, batch, shell.options.out)
        assert written is not None
    data = {"pledges": len(written.sheets), "sides": written.sides, "out": str(shell.options.out)}
    shell.say(f"{len(written.sheets)} 份责任状，共 {written.sides} 面，写入 {shell.options.out}", data)
    return 0


def run_file_scans(shell: Shell) -> int:
    """Every file by itself: one that is refused does not hold the others up."""
    failed = 0
    told: list[dict[str, Any]] = []
    with shell.office() as office:
        for name in shell.options.files:
            said = _file_one(shell, office, name)
            failed += "error" in said
            told.append(said)
    lines = [f"{one['file']}：{one.get('error') or one['said']}" for one in told]
    if failed == len(told):
        raise UserError("\n".join(lines))
    shell.say("\n".join(lines), {"files": told})
    return 1 if failed else 0


def _file_one(shell: Shell, office: "Office", name: str) -> dict[str, Any]:
    from wenlv_desk.registries.pledge.bundles import bundle_of
    from wenlv_desk.store.gate import perform

    arguments = {"path": name, "signed_on": shell.options.signed_on}
    try:
        bundle = bundle_of(Path(name))
        done = perform(office, shell.clerk(office), "file_scans", "pledge", arguments=arguments, payload=bundle)
    except UserError as error:
        return {"file": name, "error": error.message}
    return {"file": name, "scan": done.value, "said": "；".join(done.notes)}
