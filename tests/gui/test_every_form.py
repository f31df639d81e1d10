"""Every register's form shows and saves every field, every operation's dialog shows every parameter: nothing here names a register."""

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.builders import Maker
from tests.gui.operators import open_form, type_into
from tests.gui.walk import unnamed
from wenlv_desk.core.operations import Subject
from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.entry.formdata import raw_of
from wenlv_desk.gui.seat import Seat
from wenlv_desk.registries import catalogue

TYPED = [name for name, registry in catalogue().registries.items() if registry.typed]
VERBS = [
    (registry.name, op.name)
    for registry in catalogue().registries.values()
    for op in catalogue().operations_on(registry).values()
    if op.subject is Subject.RECORD and op.parameters(registry) and op.on
]


@pytest.fixture
def maker(seat: Seat, tmp_path: Path) -> Maker:
    return Maker(seat.office, seat.clerk, tmp_path)


def raws(seat: Seat, registry: Registry, values: dict[str, Any]) -> dict[str, Any]:
    """Values as an editor would hold them."""
    with seat.office.desk(seat.clerk) as desk:
        read = {name: registry.fields[name].kind.read(value, desk.context).value for name, value in values.items()}
        return {name: raw_of(registry.fields[name].kind, value, desk) for name, value in read.items()}


def shown(seat: Seat, registry: Registry, record_id: int) -> dict[str, Any]:
    with seat.office.desk(seat.clerk) as desk:
        record = desk.get(registry.record, record_id)
        return {name: raw_of(one.kind, getattr(record, name), desk) for name, one in registry.typed_fields.items()}


@pytest.mark.parametrize("register", TYPED)
def test_a_form_shows_and_saves_every_field(seat: Seat, maker: Maker, qtbot: QtBot, register: str) -> None:
    registry = seat.catalogue.registry(register)
    typed = raws(seat, registry, maker.values(registry))
    dialog = open_form(seat, qtbot, "create", register=register)
    assert set(dialog.form.boxes) == set(registry.typed_fields)
    type_into(dialog, qtbot, **typed)
    assert dialog.form.raw() == typed
    dialog.reason.setText("测试")
    with qtbot.waitSignal(dialog.performed) as done:
        dialog.accept()
    kept = shown(seat, registry, done.args[0].value)
    assert {name: kept[name] for name in typed} == typed


@pytest.mark.parametrize("register", [name for name in TYPED if not catalogue().registries[name].lasting])
def test_amending_shows_what_is_on_file_and_changes_nothing_by_itself(
    seat: Seat, maker: Maker, qtbot: QtBot, register: str
) -> None:
    registry = seat.catalogue.registry(register)
    if registry.single:
        maker.perform("set_up", registry, **maker.values(registry))
        record = 1
    else:
        record = maker.record(register)
    dialog = open_form(seat, qtbot, "amend", record, register=register)
    assert dialog.form.changed() == {}
    on_file = shown(seat, registry, record)
    masked = dialog.data.hidden
    assert {n: r for n, r in dialog.form.raw().items() if n not in masked} == {
        n: r for n, r in on_file.items() if n not in masked
    }
    assert unnamed(dialog) == []


@pytest.mark.parametrize(("register", "operation"), VERBS)
def test_an_operations_dialog_shows_every_parameter(
    seat: Seat, maker: Maker, qtbot: QtBot, register: str, operation: str
) -> None:
    registry = seat.catalogue.registry(register)
    op = seat.catalogue.operation(registry, operation)
    dialog = open_form(seat, qtbot, operation, maker.ready(registry, op), register=register)
    assert set(dialog.form.boxes) == {one.name for one in op.parameters(registry)}
    assert unnamed(dialog) == []
