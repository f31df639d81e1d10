"""What every command shares: the office opened as the options say, the clerk, the records named, and how results are printed."""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenlv_desk.cli.text import harmless
from wenlv_desk.core.errors import UserError, fault

if TYPE_CHECKING:
    from wenlv_desk.core.catalogue import Catalogue
    from wenlv_desk.core.registry import Registry
    from wenlv_desk.store.desk import Clerk, Desk
    from wenlv_desk.store.office import Office


YEARS = range(1949, 2200)
IDS = 10  # digits from which a number is a code and no id


@dataclass(frozen=True)
class Shell:
    """One call of the command: its options, and the clock and catalogue that were handed in."""

    options: argparse.Namespace
    now: Callable[[], datetime]
    given: "Catalogue | None" = None  # the program's own where none was handed in

    @property
    def folder(self) -> Path:
        return Path(self.options.data) if self.options.data else default_folder()

    def clock(self) -> datetime:
        """The moment, on the day that --today names."""
        now = self.now()
        return datetime.combine(self.options.today, now.time()) if self.options.today else now

    @property
    def catalogue(self) -> "Catalogue":
        """What the office keeps, does and prints."""
        from wenlv_desk.registries import catalogue

        return self.given or catalogue()

    @contextmanager
    def office(self) -> Iterator["Office"]:
        """The data folder, opened and brought up to date."""
        from wenlv_desk.registries.opening import open_desk

        url = os.environ.get("WENLV_DESK_DATABASE", "")
        office = open_desk(self.folder, clock=self.clock, url=url, catalogue=self.catalogue)
        try:
            yield office
        finally:
            office.close()

    def clerk(self, office: "Office") -> "Clerk":
        """Who is at the keyboard: --clerk, else the name the system knows; rights as the staff register says."""
        from wenlv_desk.registries.staff.clerks import sign_in

        return sign_in(
            office,
            self.options.clerk or _user(),
            counter=os.uname().nodename if hasattr(os, "uname") else "本机",
        )

    def say(self, text: str, data: Any) -> None:
        """Print for people, or with --json the same as data."""
        told = _as_json(data) if self.options.json else harmless(text)
        try:
            sys.stdout.write(told + "\n")
            sys.stdout.flush()
        except BrokenPipeError:  # the reader has seen enough (| head); the work is done all the same
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise UserError(f"命令已经执行，但结果写不出去：{fault(error)}") from error


def _as_json(data: Any) -> str:
    """JSON that any terminal can carry: escapes where the encoding is not UTF-8."""
    utf_8 = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"
    return json.dumps(data, ensure_ascii=not utf_8, indent=1, default=str, allow_nan=False)


def _user() -> str:
    """The name the system knows."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError) as error:
        raise UserError("系统里查不到当前用户的姓名，请用 --clerk 指明经办人") from error


def default_folder() -> Path:
    """Where data lie when nothing else is said: WENLV_DESK_DATA, else the user's own data folder."""
    if told := os.environ.get("WENLV_DESK_DATA"):
        return Path(told)
    base = os.environ.get("APPDATA") or os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "wenlv-desk"


def a_date(text: str) -> date:
    """The type of the option --today: 2026-03-16, in years for which the program can count back and forth."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2026-03-16") from error
    if day.year not in YEARS:
        raise argparse.ArgumentTypeError(f"“{text}”的年份不在 {YEARS[0]} 到 {YEARS[-1]} 之间，请改正")
    return day


def record_of(desk: "Desk", registry: "Registry", text: str) -> int:
    """The id of the record that a RECORD names: its id, code (licence number, credit code, year) or exact name."""
    from wenlv_desk.store.duplicates import same_code

    text = text.strip()
    if not text:
        raise UserError(f"没有指明是哪一{registry.unit}{registry.title}，请写编号、证号、信用代码或全名")
    short = text.isascii() and text.isdigit() and len(text) < IDS
    if short and desk.session.get(registry.record, int(text)) is not None:
        return int(text)
    found = list(desk.lookup.find(registry.name, text)) or same_code(desk.session, registry, text, desk.context)
    if short and not found:
        return desk.get(registry.record, int(text)).id
    if not found:
        raise UserError(
            f"{registry.title}中没有“{text}”，请用编号、证号、信用代码或全名指明；已移出台账的只能用编号指明"
        )
    if len(found) > 1:
        raise UserError(
            f"{registry.title}中有 {len(found)} 个“{text}”（编号 {'、'.join(map(str, found))}），请用编号指明"
        )
    return found[0]
