"""The filled button of a card, over every register that has a workflow and every state of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import REACHED, Maker
from wenlv_desk.core.choices import Choice
from wenlv_desk.core.operations import Operation, Subject
from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.card.dossier import AMEND, Dossier, dossier_of
from wenlv_desk.gui.card.steps import next_step
from wenlv_desk.registries.inspection.vocabulary import CheckState, DrawState, TaskState
from wenlv_desk.registries.rectification.vocabulary import RectificationState
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.office import Office

WANTED: dict[str, dict[Choice, str]] = {
    "inspection_task": {
        TaskState.PLANNED: "approve_task",
        TaskState.APPROVED: "commit",
        TaskState.PUBLISHED: "archive",
    },
    "inspection_draw": {DrawState.COMMITTED: "seed", DrawState.SEEDED: "run"},
    "inspection_check": {
        CheckState.ASSIGNED: "notify",
        CheckState.NOTIFIED: "record",
        CheckState.CHECKED: "review",
        CheckState.REVIEWED: "publish",
        CheckState.PUBLISHED: "close_check",
    },
    "rectification": {
        RectificationState.OPEN: "submit",
        RectificationState.UNQUALIFIED: "submit",
        RectificationState.SUBMITTED: "pass_recheck",
        RectificationState.VERIFIED: "close_rectification",
        RectificationState.TRANSFERRED: "close_rectification",
    },
}


@pytest.fixture
def maker(office: Office, clerk: Clerk, tmp_path: Path) -> Maker:
    return Maker(office, clerk, tmp_path)


def cards(maker: Maker, registry: Registry) -> Iterator[tuple[Choice, Dossier]]:
    """A card of each state."""
    states = next(type(op.when[0]) for op in steps_of(maker, registry).values() if op.when)
    for state in states:
        record_id = REACHED[registry.name](maker, state)
        with maker.office.desk(maker.clerk) as desk:
            yield state, dossier_of(desk, registry, record_id)


def steps_of(maker: Maker, registry: Registry) -> dict[str, Operation]:
    found = maker.office.catalogue.operations_on(registry)
    return {name: op for name, op in found.items() if op.subject is Subject.RECORD}


@pytest.mark.parametrize("register", WANTED)
def test_it_is_the_step_the_office_does_next_and_none_where_all_is_done(maker: Maker, register: str) -> None:
    found = {state: next_step(card.verbs) for state, card in cards(maker, maker.registry(register))}
    assert {state: verb.name for state, verb in found.items() if verb is not None} == WANTED[register]


@pytest.mark.parametrize("register", [name for name in REACHED if name not in WANTED])
def test_it_can_be_done_now_and_is_nothing_grave_unless_the_register_says_that_it_is_due(
    maker: Maker, register: str
) -> None:
    registry = maker.registry(register)
    steps = steps_of(maker, registry)
    for state, card in cards(maker, registry):
        verb = next_step(card.verbs)
        if verb is None:
            continue
        assert not verb.refused
        assert not verb.danger or steps[verb.name].due is not None, (state, verb.name)
        if verb.name == AMEND:
            assert any(state in op.when and not op.danger for op in steps.values()), state


def test_a_step_that_the_state_forbids_does_not_stand_beside_those_that_can_be_done(maker: Maker) -> None:
    registry = maker.registry("inspection_check")
    replaced = REACHED["inspection_check"](maker, CheckState.REPLACED)
    with maker.office.desk(maker.clerk) as desk:
        card = dossier_of(desk, registry, replaced)
    assert [verb.name for verb in card.verbs if verb.here] == []
    assert all(verb.refused for verb in card.verbs)
