"""Opening: `desk` (the window) and `demo` (a demonstration bureau)."""

from typing import Any

from wenlv_desk.cli.context import Shell
from wenlv_desk.core.errors import UserError


def add_commands(commands: Any) -> None:
    """Declare the commands of this module."""
    desk = commands.add_parser("desk", help="打开窗口")
    desk.add_argument("--shot", metavar="文件", default="", help="打开后存一张画面就退出")
    desk.set_defaults(run=run_desk)
    demo = commands.add_parser("demo", help="在空的数据文件夹里建一个演示单位（单位和人员均为虚构）")
    demo.set_defaults(run=run_demo)


def run_desk(shell: Shell) -> int:
    """Open the window on the data folder."""
    try:
        from wenlv_desk.gui.app import run
    except ImportError as error:
        raise UserError(
            f"打不开窗口：缺少图形界面的系统组件（{error}）。请先运行 installer/open-demo.sh 安装"
        ) from error
    return run(shell.folder, shell.clock, clerk=shell.options.clerk or "", shot=shell.options.shot)


def run_demo(shell: Shell) -> int:
    """Fill an empty data folder with invented firms and people."""
    from wenlv_desk.registries.demo import fill

    with shell.office() as office:
        counts = fill(office)
    said = "、".join(f"{title} {count}" for title, count in counts.items())
    shell.say(f"演示单位建好了：{said}。数据在 {shell.folder}", {"folder": str(shell.folder), "counts": counts})
    return 0
