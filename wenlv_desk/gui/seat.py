"""The clerk's seat: the office, the clerk and the window's kit, and the ways from one screen to another."""

import importlib
import importlib.util
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from wenlv_desk.core.catalogue import Catalogue
from wenlv_desk.core.operations import Operation
from wenlv_desk.core.papers import Paper
from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.jobs import Job
from wenlv_desk.gui.kit import Kit
from wenlv_desk.store.desk import Clerk, Desk
from wenlv_desk.store.gate import Done, perform
from wenlv_desk.store.memory import forget, remember
from wenlv_desk.store.office import Office

if TYPE_CHECKING:
    from types import ModuleType

T = TypeVar("T")
IMPORT_PAGE = "wenlv_desk.gui.pages.import_ledger"  # has open_import(seat, registry, path | None)
PRINT_DIALOG = (
    "wenlv_desk.gui.printing.printing"  # has open_print(seat, paper, registry, ids, options), open_reprint(seat, id)
)


@dataclass(frozen=True)
class Kept:
    """What a write of convenience (views, drafts) leaves: no register changed."""

    changed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Ways:
    """How a screen asks the window for another one; the window fills them in."""

    show_record: Callable[[Registry, int], object] = lambda _registry, _record_id: None
    show_list: Callable[[str, str], object] = lambda _register, _search: None  # a register's list, searched
    show_page: Callable[[QWidget, str], object] = lambda _page, _rail_item: (
        None
    )  # a guest page over the rail item's own
    close_page: Callable[[QWidget], object] = lambda _page: None
    show_rows: Callable[[Registry, Sequence[int], str], object] = lambda _registry, _ids, _title: (
        None
    )  # a register's list narrowed to these records, and what they are called


@dataclass(frozen=True)
class Seat:
    """Given to every page and dialog of the registers. Work runs in worker threads over desks of its own."""

    kit: Kit
    office: Office
    clerk: Clerk
    window: QWidget
    ways: Ways = field(default_factory=Ways)

    @property
    def catalogue(self) -> Catalogue:
        return self.office.catalogue

    def read(
        self,
        owner: QObject,
        work: Callable[..., T],
        *args: Any,
        then: Callable[[T], None],
        otherwise: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Run `work(desk, *args)` in a worker thread; `then(result)` in the window's."""
        return self.kit.jobs.read(owner, at_desk, self.office, self.clerk, work, *args, then=then, otherwise=otherwise)

    def perform(
        self,
        owner: QObject,
        operation: Operation | str,
        registry: Registry,
        record_id: int | None = None,
        *,
        version: int | None = None,
        reason: str = "",
        arguments: Mapping[str, Any] | None = None,
        then: Callable[[Done], None] | None = None,
        otherwise: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Perform an operation through the gate in the writing thread."""
        return self.kit.jobs.write(
            owner,
            perform,
            self.office,
            self.clerk,
            operation,
            registry.name,
            record_id,
            expected_version=version,
            reason=reason,
            arguments=dict(arguments or {}),
            then=then,
            otherwise=otherwise,
        )

    def keep(self, owner: QObject, kind: str, key: str, value: Mapping[str, Any] | None) -> Job:
        """Remember something of this clerk's (views, drafts) in the database; None forgets it."""
        return self.kit.jobs.write(owner, _keep, self.office, kind, self.clerk.name, key, value, self.office.clock())

    def open_import(self, registry: Registry, path: Path | None = None) -> None:
        """Open the import page for a register."""
        page = self._part(IMPORT_PAGE, "导入")
        if page is not None:
            page.open_import(self, registry, path)

    def open_print(
        self, paper: Paper, registry: Registry, ids: Sequence[int], options: Mapping[str, Any] | None = None
    ) -> None:
        """Open the print preview of a paper about records."""
        dialog = self._part(PRINT_DIALOG, "打印")
        if dialog is not None:
            dialog.open_print(self, paper, registry, list(ids), dict(options or {}))

    def open_reprint(self, paper_id: int) -> None:
        """Open an issued paper's archived pages, to print them again."""
        dialog = self._part(PRINT_DIALOG, "打印")
        if dialog is not None:
            dialog.open_reprint(self, paper_id)

    def _part(self, name: str, title: str) -> "ModuleType | None":
        if importlib.util.find_spec(name) is None:
            self.kit.notices.fail(f"这个版本没有装“{title}”部分，请用命令行办理或更新程序")
            return None
        return importlib.import_module(name)


def at_desk(office: Office, clerk: Clerk, work: Callable[..., T], *args: Any) -> T:
    """`work(desk, *args)` at a desk that only reads; for worker threads."""
    with office.desk(clerk) as desk:
        return work(desk, *args)


def _keep(office: Office, kind: str, owner: str, key: str, value: Mapping[str, Any] | None, at: datetime) -> Kept:
    with office.database.write() as session:
        if value is None:
            forget(session, kind, owner, key)
        else:
            remember(session, kind, owner, key, dict(value), at)
    return Kept()


__all__ = ["Desk", "Kept", "Seat", "Ways", "at_desk"]
