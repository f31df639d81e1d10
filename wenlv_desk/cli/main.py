"""The command `wenlv-desk`: one parser, one place that presents errors, one exit code."""

import importlib
import io
import re
import sys
import traceback
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from wenlv_desk import __version__
from wenlv_desk.cli.context import Shell, a_date
from wenlv_desk.cli.parser import ChineseParser, some_text
from wenlv_desk.cli.text import harmless
from wenlv_desk.core.errors import UserError

if TYPE_CHECKING:
    from wenlv_desk.core.catalogue import Catalogue

MODULES = (
    "lists",
    "ledgers",
    "acts",
    "batches",
    "figures",
    "reports",
    "draws",
    "verifying",
    "pledges",
    "papers",
    "places",
)
QUOTED = 100  # characters of a value that a refusal repeats


def build_parser() -> ChineseParser:
    """The parser of the whole command line; building it loads neither Qt nor the database."""
    parser = ChineseParser(prog="wenlv-desk", description="文旅台账：县级文化和旅游局的台账、业务与文书")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}", help="显示版本")
    parser.add_argument("--data", type=some_text, metavar="文件夹", help="数据文件夹")
    parser.add_argument("--clerk", type=some_text, metavar="姓名", help="经办人")
    parser.add_argument("--today", type=a_date, metavar="日期", help="按这一天办理，如 2026-03-16")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    commands = parser.add_subparsers(dest="command", metavar="命令", parser_class=ChineseParser)
    for name in MODULES:
        importlib.import_module(f"wenlv_desk.cli.{name}").add_commands(commands)
    return parser


def main(argv: Sequence[str] | None = None, *, catalogue: "Catalogue | None" = None) -> int:
    """Run one command; returns 0 done, 1 done with rows or records left out, 2 refused, 3 a bug.

    `catalogue` is the program's own unless another is handed in.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    if words and words[0].startswith("--read-"):  # a bundled program reads ledgers by calling itself
        from wenlv_desk.ledger.reading import child

        return child.main()
    if words and words[0].startswith("--scan-"):  # and scans
        from wenlv_desk.scanning import child as scans

        return scans.main()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a character must not stop the work
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(words, catalogue)
    except UserError as error:
        sys.stderr.write(f"{harmless(_shortened(error.message))}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("已中断。没有办完的一步没有写入任何内容\n")
        return 2
    except Exception:  # noqa: BLE001 - the one place where the shell presents a bug
        traceback.print_exc()
        sys.stderr.write("程序出错，没有完成。请把上面的文字连同所用命令交给维护人员\n")
        return 3


def _run(words: list[str], catalogue: "Catalogue | None") -> int:
    for word in words:
        if "\0" in word or any(0xD800 <= ord(char) < 0xE000 for char in word):
            raise UserError(f"“{word}”里有不能识别的字符（不是 UTF-8 文字）。请改正；文件名如此的，请先给文件改名")
    options = build_parser().parse_args(words)
    if options.command is None:
        options = build_parser().parse_args([*words, "desk"])
    return int(options.run(Shell(options, datetime.now, catalogue)))


def _shortened(message: str) -> str:
    """The message with what it quotes kept to a length that can be read."""
    quoted = rf"(“[^“”]{{{QUOTED}}})[^“”]+(?=”)"
    return re.sub(quoted, lambda found: f"{found[1]}…（共 {len(found[0]) - 1} 字）", message)
