"""The parser of the command line: help and refusals in Chinese, nothing abbreviated, nothing given twice in silence."""

import argparse
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from wenlv_desk.cli.text import cut, width
from wenlv_desk.core.errors import UserError, fault

SAID = (  # what argparse says -> what a clerk reads
    (r"the following arguments are required: (.*)", r"缺少：\1"),
    (
        r"unrecognized arguments: (--(?:data|clerk|today|json)\b.*)",
        r"--data、--clerk、--today、--json 要写在命令前面：\1",
    ),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument (.*?): invalid choice: '?(.*?)'? \(choose from (.*)\)", r"没有“\2”这个\1，可用：\3"),
    (r"argument (.*?): expected one argument", r"\1 后面要跟一个值（值以“--”开头的，写成 \1=值）"),
    (r"argument (.*?): ignored explicit argument '(.*)'", r"\1 后面不带值，不能写“\2”"),
    (r"argument (.*?): (.*)", r"\1：\2"),
)


class Once(argparse.Action):
    """Keeps one value; the same option a second time is refused, for one of the two would be dropped in silence."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option_string: Any = None
    ) -> None:
        assert isinstance(parser, ChineseParser)
        if option_string and self.dest in parser.given:
            raise argparse.ArgumentError(self, "写了两次，只能写一次")
        parser.given.add(self.dest)
        setattr(namespace, self.dest, values)


class ChineseParser(argparse.ArgumentParser):
    """A parser that explains and refuses in Chinese. It reads one command line and is thrown away."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**(more | {"add_help": False, "allow_abbrev": False}))
        self.given: set[str] = set()
        self.register("action", None, Once)
        self.register("action", "store", Once)
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        for pattern, words in SAID:
            if re.fullmatch(pattern, message, re.DOTALL):
                message = re.sub(pattern, words, message, count=1, flags=re.DOTALL)
                message = re.sub(r"'?, '?|：'|'$", lambda cut: "、" if "," in cut[0] else cut[0].strip("'"), message)
                break
        raise UserError(f"命令写法不对：{message}。用 {self.prog} --help 查看写法")

    def _parse_optional(self, arg_string: str) -> Any:
        """A value may begin with one dash (`--sort -到期`, `--limit -5`): only two make an option."""
        if re.match(r"-(?!-)", arg_string) and arg_string not in self._option_string_actions:
            return None
        return super()._parse_optional(arg_string)

    def format_usage(self) -> str:
        """用法：the program, what must be given, and that there are options."""
        positional = [_name(action) for action in self._actions if not action.option_strings]
        needed = [_invocation(action) for action in self._actions if action.option_strings and action.required]
        return f"用法：{' '.join([self.prog, *positional, *needed])} [选项]\n"

    def format_help(self) -> str:
        """The whole help; aligned for a terminal, where a Chinese character is two cells wide."""
        commands = [action for action in self._actions if isinstance(action, argparse._SubParsersAction)]
        named = [action for action in self._actions if not action.option_strings and action not in commands]
        options = [action for action in self._actions if action.option_strings]
        parts = [self.format_usage(), f"{self.description}\n" if self.description else ""]
        parts += [
            _block("命令", [(one.dest, one.help or "") for one in action._get_subactions()]) for action in commands
        ]
        parts += [_block("参数", [(_name(action), _help(action)) for action in named])]
        parts += [_block("选项", [(_invocation(action), _help(action)) for action in options])]
        return "\n".join(part for part in parts if part)


def _name(action: argparse.Action) -> str:
    return str(action.metavar or action.dest)


def _help(action: argparse.Action) -> str:
    return (action.help or "") % {}  # argparse wants per cent signs doubled


def _invocation(action: argparse.Action) -> str:
    value = [] if action.nargs == 0 else [_name(action)]
    return " ".join([", ".join(action.option_strings), *value])


def _block(title: str, rows: Sequence[tuple[str, str]]) -> str:
    """A titled list of names and what they mean; long meanings go on under themselves."""
    if not rows:
        return ""
    room = max(60, shutil.get_terminal_size().columns)
    column = min(max(width(name) for name, _ in rows), 34)
    lines = [f"{title}："]
    for name, meaning in rows:
        first, *more = cut(meaning, room - column - 5)
        lines.append(f"  {name}{' ' * max(column - width(name), 0)}  {first}".rstrip())
        lines += [" " * (column + 4) + line for line in more]
    return "\n".join(lines) + "\n"


def some_text(text: str) -> str:
    """The type of options that must not be empty: an unset variable of a script must not mean “the usual”."""
    if not text.strip():
        raise argparse.ArgumentTypeError("不能是空的")
    return text


def a_file_to_write(*suffixes: str) -> Callable[[str], Path]:
    """The type of files that are written: not a folder, and where `suffixes` are given, of one of those kinds."""

    def read(text: str) -> Path:
        path = Path(text)
        try:
            folder = not path.name or path.is_dir()
        except OSError as error:
            raise argparse.ArgumentTypeError(f"写不了“{text}”（{fault(error)}），请换一个路径") from error
        if folder:
            raise argparse.ArgumentTypeError(f"“{text}”是文件夹，请写明文件名")
        if suffixes and path.suffix.lower() not in suffixes:
            raise argparse.ArgumentTypeError(f"“{path.name}”的扩展名不对，只能存为 {' 或 '.join(suffixes)}")
        return path

    return read


def a_pair(text: str) -> tuple[str, str]:
    """The type of NAME=VALUE options."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise argparse.ArgumentTypeError(f"“{text}”应写成 名称=值")
    return name, value


def a_number(text: str) -> int:
    """The type of counts and entry numbers: 0 or more, and no more than a database counts to."""
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise argparse.ArgumentTypeError(f"“{text}”不行，要填 0 到 999999999 的整数")
    return int(text)
