"""Checking a published draw: `verify`; it opens no database."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenlv_desk.cli.context import Shell
from wenlv_desk.cli.parser import some_text
from wenlv_desk.cli.text import harmless, table
from wenlv_desk.core.errors import UserError, fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wenlv_desk.registries.inspection.verifying import Verdict

LARGEST = 200 * 1024 * 1024


def add_commands(commands: Any) -> None:
    """Declare the commands of this module."""
    verify = commands.add_parser("verify", help="核对一份公开的抽取记录（.json 或 .html），不用数据文件夹")
    verify.add_argument("file", type=Path, metavar="文件", help="抽取记录")
    verify.add_argument("--code", type=some_text, metavar="封存码", help="签字的抽取前确认单上的封存码，一并比对")
    verify.set_defaults(run=run_verify)


def run_verify(shell: Shell) -> int:
    """Say whether a record is sound; exit code 2 and what differs where it is not."""
    from wenlv_desk.registries.inspection.verifying import CAN, CANNOT, record_in, verify

    found = verify(record_in(read(shell.options.file)), shell.options.code or "")
    lines = [f"{'核对无误' if found.sound else '核对不符'}：{shell.options.file.name}"]
    if found.record is not None:
        lines += _story(found.record)
    data = {"sound": found.sound, "findings": found.findings} | _data(found)
    if found.sound:
        shell.say("\n".join([*lines, CAN, CANNOT]), data)
        return 0
    if shell.options.json:
        shell.say("", data)
    sys.stderr.write(harmless("\n".join([lines[0], *(f"  {one}" for one in found.findings)])) + "\n")
    return 2


def read(path: Path) -> str:
    """The text of a file. UserError for one that is none."""
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a device may never end
            raise UserError(f"“{path.name}”不是文件，没有核对")
        if path.stat().st_size > LARGEST:
            raise UserError(f"“{path.name}”超过 {LARGEST // 1048576} MB，不是抽取记录，没有核对")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UserError(f"读不了“{path}”（{fault(error)}），请核对文件名") from error
    except UnicodeDecodeError as error:
        raise UserError(f"“{path.name}”不是文字文件（UTF-8），不是抽取记录，没有核对") from error


def _story(record: "Mapping[str, Any]") -> list[str]:
    """The draw in a few lines."""
    from wenlv_desk.standards.consistent_sampler import shown

    sealed = record["commitment"]
    names = {one["id"]: one["name"] for one in sealed["pool"]}
    people = {one["key"]: f"{one['name']}({one['key']})" for one in sealed["inspectors"]}
    rows = [
        [
            str(place),
            names.get(one["id"], ""),
            one["id"],
            shown(one["ticket"]),
            "、".join(people.get(key, key) for key in one["team"]),
        ]
        for place, one in enumerate(record["result"]["drawn"], 1)
    ]
    return [
        f"{sealed['office']}　{sealed['task']['name']}（{sealed['task']['no']}）第 {sealed['attempt']} 次抽取",
        f"封存码 {record['code']}，名单 {len(sealed['pool'])} 户，排除 {len(sealed['excluded'])} 户",
        f"种子 {record['seed']['digits']}（{sealed['source']['kind']}：{sealed['source']['said']}）",
        table(["序号", "单位", "代码", "票号", "检查人员"], rows),
    ]


def _data(found: "Verdict") -> dict[str, Any]:
    if found.record is None:
        return {}
    sealed = found.record["commitment"]
    drawn = [one["id"] for one in found.record["result"]["drawn"]]
    return {"task": sealed["task"]["no"], "code": found.record["code"], "pool": len(sealed["pool"]), "drawn": drawn}
