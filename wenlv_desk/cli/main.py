"""The command `wenlv-desk`: one parser, one place that presents errors, one exit code."""

import argparse
import importlib
import re
import sys
import traceback
from collections.abc import Sequence
from datetime import datetime
from typing import NoReturn

from wenlv_desk import __version__
from wenlv_desk.cli.context import Shell, a_date
from wenlv_desk.core.errors import UserError

MODULES = ("lists", "ledgers", "acts", "places")

SAID = (  # what argparse says -> what a clerk reads
    (r"the following arguments are required: (.*)", r"缺少：\1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument (.*?): invalid choice: '?(.*?)'? \(choose from (.*)\)", r"\1 没有“\2”，可用：\3"),
    (r"argument (.*?): expected one argument", r"\1 后面要跟一个值"),
    (r"argument (.*?): invalid int value: (.*)", r"\1 要填整数，不能是 \2"),
    (r"argument (.*?): (.*)", r"\1：\2"),
)


class ChineseParser(argparse.ArgumentParser):
    """A parser that refuses in Chinese."""

    def error(self, message: str) -> NoReturn:
        for pattern, words in SAID:
            if re.fullmatch(pattern, message, re.DOTALL):
                message = re.sub(pattern, words, message, flags=re.DOTALL)
                break
        raise UserError(f"命令写法不对：{message}。用 {self.prog} --help 查看写法")


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; building it loads neither Qt nor the database."""
    parser = ChineseParser(prog="wenlv-desk", description="文旅台账：县级文化和旅游局的台账、业务与文书")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument("--data", metavar="DIR", help="数据文件夹")
    parser.add_argument("--clerk", metavar="NAME", help="经办人")
    parser.add_argument("--today", type=a_date, metavar="DATE", help="按这一天办理，如 2026-03-16")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=ChineseParser)
    for name in MODULES:
        importlib.import_module(f"wenlv_desk.cli.{name}").add_commands(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 done, 1 done with rows rejected, 2 refused, 3 a bug."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words and words[0].startswith("--read-"):  # a bundled program reads ledgers by calling itself
        from wenlv_desk.ledger.reading import child

        return child.main()
    try:
        options = build_parser().parse_args(words)
        if options.command is None:
            options = build_parser().parse_args([*words, "desk"])
        return int(options.run(Shell(options, datetime.now)))
    except UserError as error:
        sys.stderr.write(f"{error.message}\n")
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 2
    except Exception:  # noqa: BLE001 - the one place where the shell presents a bug
        traceback.print_exc()
        sys.stderr.write("程序出错，没有完成。请把上面的文字连同所用命令交给维护人员\n")
        return 3
