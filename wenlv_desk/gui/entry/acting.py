"""Doing an operation from the window: its form is read and opened, or it is done at once where there is nothing to fill in."""

from collections.abc import Callable

from wenlv_desk.core.operations import Operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.entry.entry import EntryDialog
from wenlv_desk.gui.entry.formdata import FormData, Raw, form_of, taken_over
from wenlv_desk.gui.look.tokens import Tone
from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.dialogs import confirm
from wenlv_desk.gui.widgets.notices import Notice
from wenlv_desk.issuing.issue import reprint
from wenlv_desk.store.gate import Done


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
    """Do an operation on a record: with its form where it has parameters, else at once, asking first where it is grave."""
    if op is reprint:  # its form is the preview
        seat.open_reprint(record_id)
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
