"""Doing an operation from the window: its form is read and opened, or it is done at once where there is nothing to fill in."""

import importlib
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from wenlv_desk.core.operations import Operation, Subject
from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.entry.entry import EntryDialog
from wenlv_desk.gui.entry.formdata import FormData, Raw, form_of, taken_over
from wenlv_desk.gui.look.tokens import Tone
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.dialogs import confirm
from wenlv_desk.gui.widgets.notices import Notice
from wenlv_desk.issuing.issue import reprint
from wenlv_desk.store.gate import Done

DRAW_PAGE: Final = "wenlv_desk.gui.pages.draw"
CHECK_PAGE: Final = "wenlv_desk.gui.pages.check_entry"
MOVING: Final = "wenlv_desk.gui.gridding.moving"
FILING_PAGE: Final = "wenlv_desk.gui.pages.scan_filing"
# Steps with a screen of their own instead of a form, by register and operation: a module that has
# open_screen(seat, operation, register, record). Loaded when it is first needed.
SCREENS: Final[Mapping[tuple[str, str], str]] = {
    ("inspection_task", "commit"): DRAW_PAGE,
    ("inspection_draw", "seed"): DRAW_PAGE,
    ("inspection_draw", "run"): DRAW_PAGE,
    ("inspection_check", "record"): CHECK_PAGE,
    ("inspection_check", "correct_record"): CHECK_PAGE,
    ("grid", "appoint"): MOVING,
    ("grid", "hand_over"): MOVING,
    ("grid", "assign"): MOVING,
    ("operator", "join_grid"): MOVING,
    ("operator", "leave_grid"): MOVING,
    ("staff", "hand_over_all"): MOVING,
    ("pledge_kind", "draw_up"): "wenlv_desk.gui.pledging.drawing_up",
    ("pledge", "file_scans"): FILING_PAGE,
    ("pledge_page", "assign_page"): FILING_PAGE,
    ("paper_wording", "reword"): "wenlv_desk.gui.wording.editor",
}


class View(NamedTuple):
    """What a card leads to that is no step: what it is called, and a module that has open_view(seat, record)."""

    title: str
    module: str
    button: bool = False  # beside the steps, not only in the menu


VIEWS: Final[Mapping[str, View]] = {
    "operator": View("某日情况", "wenlv_desk.gui.gridding.firmday"),
    "pledge_kind": View("签订情况", "wenlv_desk.gui.pledging.coverage", button=True),
    "pledge_batch": View("打印整批", "wenlv_desk.gui.pledging.printing", button=True),
    "pledge_scan": View("逐页处理", FILING_PAGE, button=True),
}


def open_screen(seat: Seat, registry: Registry, op: Operation, record_id: int | None) -> bool:
    """Open the step's own screen; false where it has none."""
    module = SCREENS.get((registry.name, op.name))
    if module is None or (record_id is None and op.subject is Subject.RECORD):
        return False
    importlib.import_module(module).open_screen(seat, op.name, registry.name, record_id)
    return True


def open_view(seat: Seat, register: str, record_id: int) -> None:
    """Open what the register's card leads to."""
    importlib.import_module(VIEWS[register].module).open_view(seat, record_id)


def open_entry(
    seat: Seat,
    registry: Registry,
    op: Operation,
    record_id: int | None = None,
    *,
    given: Raw | None = None,
    fill: Raw | None = None,
    then: Callable[[Done], object] | None = None,
) -> None:
    """Read what the form begins with and open it. `given` are raw values to begin with, `fill` goes into its blank fields."""

    def show(data: FormData) -> None:
        dialog = EntryDialog(seat, registry, op, data)
        if fill:
            dialog.form.put({name: raw for name, raw in fill.items() if data.raw.get(name) in ("", [], None)})
        dialog.performed.connect(lambda done: tell_done(seat, done))
        dialog.merge_wanted.connect(lambda twin, typed: _merge(seat, registry, twin, typed))
        if then is not None:
            dialog.performed.connect(then)
        dialog.open()

    seat.read(seat.window, form_of, registry, op, record_id, dict(given or {}), then=show)


def _merge(seat: Seat, registry: Registry, twin: int, typed: Raw) -> None:
    open_entry(seat, registry, seat.catalogue.operation(registry, "amend"), twin, fill=typed)


def act(seat: Seat, registry: Registry, op: Operation, record_id: int, *, named: str, version: int | None) -> None:
    """Do an operation on a record: on its own screen, with its form where it has parameters, else at once, asking first where it is grave."""
    if op is reprint:  # its form is the preview
        seat.open_reprint(record_id)
        return
    if open_screen(seat, registry, op, record_id):
        return
    if op.parameters(registry):
        open_entry(seat, registry, op, record_id)
        return

    def do() -> None:
        seat.perform(seat.window, op, registry, record_id, version=version, then=lambda done: tell_done(seat, done))

    if op.danger:
        undo = "办后可按 Ctrl Z 撤销。" if op.undoable else ""
        confirm(
            seat.window,
            seat.kit.looks,
            f"{op.title}“{named}”？",
            op.title,
            do,
            will=[f"{registry.title}“{named}”将被{op.title}。"],
            undo=undo,
        )
    else:
        do()


def tell_done(seat: Seat, done: Done) -> None:
    """Say what was done, and what the operation wants noticed."""
    seat.kit.notices.tell(f"已办：{done.title}")
    for note in done.notes:
        seat.kit.notices.show_notice(Notice(note, Tone.AMBER))


def enter_owned(seat: Seat, registry: Registry, owner_id: int, then: Callable[[Done], object] | None = None) -> None:
    """Open the form of a new record that belongs to a record on file, filled with what it takes over."""
    owner = registry.owner
    assert owner is not None
    create = seat.catalogue.operation(registry, "create")

    def with_owner(raw: dict[str, object]) -> None:
        open_entry(seat, registry, create, given={**raw, owner.field: owner_id}, then=then)

    seat.read(seat.window, taken_over, registry, owner_id, then=with_owner)
