"""What every command shares: the office opened as the options say, the clerk, the records named, and how results are printed."""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenlv_desk.core.errors import UserError

if TYPE_CHECKING:
    from wenlv_desk.core.registry import Registry
    from wenlv_desk.store.desk import Clerk, Desk
    from wenlv_desk.store.office import Office


@dataclass(frozen=True)
class Shell:
    """One call of the command: its options and the clock that was handed in."""

    options: argparse.Namespace
    now: Callable[[], datetime]

    @property
    def folder(self) -> Path:
        return Path(self.options.data) if self.options.data else default_folder()

    def clock(self) -> datetime:
        """The moment, on the day that --today names."""
        now = self.now()
        return datetime.combine(self.options.today, now.time()) if self.options.today else now

    @contextmanager
    def office(self) -> Iterator["Office"]:
        """The data folder, opened and brought up to date."""
        from wenlv_desk.registries.opening import open_desk

        office = open_desk(self.folder, clock=self.clock, url=os.environ.get("WENLV_DESK_DATABASE", ""))
        try:
            yield office
        finally:
            office.close()

    def clerk(self, office: "Office") -> "Clerk":
        """Who is at the keyboard: --clerk, else the name the system knows; rights as the staff register says."""
        from wenlv_desk.registries.staff.clerks import sign_in

        return sign_in(
            office,
            self.options.clerk or getpass.getuser(),
            counter=os.uname().nodename if hasattr(os, "uname") else "本机",
        )

    def say(self, text: str, data: Any) -> None:
        """Print for people, or with --json the same as data."""
        sys.stdout.write(
            (json.dumps(data, ensure_ascii=False, indent=1, default=str) if self.options.json else text) + "\n"
        )


def default_folder() -> Path:
    """Where data lie when nothing else is said: WENLV_DESK_DATA, else the user's own data folder."""
    if told := os.environ.get("WENLV_DESK_DATA"):
        return Path(told)
    base = os.environ.get("APPDATA") or os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "wenlv-desk"


def a_date(text: str) -> date:
    """The type of date options: 2026-03-16."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2026-03-16") from error


def a_pair(text: str) -> tuple[str, str]:
    """The type of NAME=VALUE options."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise argparse.ArgumentTypeError(f"“{text}”应写成 名称=值")
    return name, value


def record_of(desk: "Desk", registry: "Registry", text: str) -> int:
    """The id of the record that a RECORD names: its id, code (licence number, credit code) or exact name."""
    from wenlv_desk.store.duplicates import same_code

    if text.isascii() and text.isdigit() and len(text) < 10:
        return desk.get(registry.record, int(text)).id
    found = list(desk.lookup.find(registry.name, text)) or same_code(desk.session, registry, text)
    if not found:
        raise UserError(f"{registry.title}中没有“{text}”，请用编号、证号、信用代码或全名指明")
    if len(found) > 1:
        raise UserError(
            f"{registry.title}中有 {len(found)} 个“{text}”（编号 {'、'.join(map(str, found))}），请用编号指明"
        )
    return found[0]


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns aligned for a terminal, where a Chinese character is two cells wide."""
    lines = [headings, *rows]
    widths = [max(width(line[place]) for line in lines) for place in range(len(headings))]
    return "\n".join(
        "  ".join(cell + " " * (w - width(cell)) for cell, w in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def width(text: str) -> int:
    """Terminal cells a text takes."""
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def pairs(items: Mapping[str, str]) -> str:
    """Label and text, one a line; empty ones are left out."""
    longest = max((width(label) for label in items), default=0)
    return "\n".join(label + " " * (longest - width(label) + 2) + text for label, text in items.items() if text)
