"""The data folder: `desk` (the window), `backup` and `demo` (a demonstration bureau)."""

import gc
import os
import sys
from pathlib import Path
from typing import Any

from wenlv_desk.cli.context import Shell
from wenlv_desk.cli.parser import some_text
from wenlv_desk.core.errors import UserError

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")  # one of them is set wherever Qt finds a screen


def add_commands(commands: Any) -> None:
    """Declare the commands of this module."""
    desk = commands.add_parser("desk", help="打开窗口")
    desk.add_argument("--shot", metavar="文件", default="", help="打开后存一张画面就退出")
    desk.set_defaults(run=run_desk)
    backup = commands.add_parser("backup", help="备份数据库、附件和存档文书，并检验")
    backup.add_argument(
        "--to", type=some_text, metavar="文件夹", help="如移动硬盘上的文件夹；不写则存在数据文件夹的 backups 里"
    )
    backup.add_argument("--verify", type=some_text, metavar="文件", help="不备份，只检验一份备份")
    backup.set_defaults(run=run_backup)
    demo = commands.add_parser("demo", help="在空的数据文件夹里建一个演示单位（单位和人员均为虚构）")
    demo.set_defaults(run=run_demo)


def run_desk(shell: Shell) -> int:
    """Open the window on the data folder."""
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in SCREENS):
        raise UserError(
            "打不开窗口：这里没有屏幕（没有图形会话）。请在桌面上打开，或用其他命令办理，见 wenlv-desk --help"
        )
    gc.disable()  # what a start loads stays: the collector would walk it some twenty times; the window turns it on again
    try:
        from wenlv_desk.gui.app import run
    except ImportError as error:
        raise UserError(
            f"打不开窗口：缺少图形界面的系统组件（{error}）。请先运行 installer/open-demo.sh 安装"
        ) from error
    clerk, shot = shell.options.clerk or "", shell.options.shot
    return run(shell.folder, shell.clock, clerk=clerk, shot=shot, catalogue=shell.given)


def run_backup(shell: Shell) -> int:
    """Back up, or prove that an earlier backup is whole; exit code 2 when it is not."""
    from wenlv_desk.store.backup import back_up, verify_backup

    if shell.options.verify:
        made = Path(shell.options.verify)
    else:
        with shell.office() as office:
            made = back_up(office, Path(shell.options.to) if shell.options.to else None)
    if problems := verify_backup(made):
        raise UserError("；".join(problems))
    said = "是完好的备份" if shell.options.verify else "已备份并检验"
    shell.say(f"{said}：{made}", {"backup": str(made), "problems": []})
    return 0


def run_demo(shell: Shell) -> int:
    """Fill an empty data folder with invented firms and people."""
    from wenlv_desk.registries.demo import fill

    with shell.office() as office:
        counts = fill(office)
    said = "、".join(f"{title} {count}" for title, count in counts.items())
    shell.say(f"演示单位建好了：{said}。数据在 {shell.folder}", {"folder": str(shell.folder), "counts": counts})
    return 0
