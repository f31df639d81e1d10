"""One suite over every operation of every register: journalled, undone exactly, refused where it does not belong."""

import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.builders import Maker, dump
from wenlv_desk.core.choices import Choice, Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.kinds import FilePath
from wenlv_desk.core.operations import Operation, Subject
from wenlv_desk.core.registry import Registry
from wenlv_desk.registries import catalogue
from wenlv_desk.registries.inspection.vocabulary import TaskState
from wenlv_desk.registries.opening import open_desk
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.pledge.vocabulary import PageState
from wenlv_desk.registries.review.vocabulary import CaseState
from wenlv_desk.store.check import check
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.gate import perform
from wenlv_desk.store.office import Office
from wenlv_desk.store.tables import JournalEntry
from wenlv_desk.store.undo import undo

CHINESE = re.compile(r"[\u4e00-\u9fff]")
EVERY = [(r, op) for r in catalogue().registries.values() for op in catalogue().operations_on(r).values()]
# Done once in the life of a folder, before the office of these tests was opened.
ONCE = {"seed", "bring_wordings"}
# States that a step done to something else leads to: 转逾期未审 of a campaign (tests/registries/test_review_case.py), a task that
# follows its draw and its checks (tests/registries/test_inspection_cycle.py), pages of a scan (tests/registries/test_pledge_filing.py).
ELSEWHERE: set[Choice] = {
    CaseState.OVERDUE,
    TaskState.DRAWN,
    TaskState.IN_PROGRESS,
    TaskState.RESULTS_IN,
    TaskState.REVIEWED,
    TaskState.PUBLISHED,
    PageState.FILED,
    PageState.DOUBLED,
    PageState.FOREIGN,
    PageState.BLANK,
}


def named(case: tuple[Registry, Operation]) -> str:
    return f"{case[0].name}.{case[1].name}"


# Attaching, detaching and revealing ask nothing of a register: a few stand for all.
ALIKE, SOME = {"attach", "detach", "reveal"}, {"operator", "publication_licence", "inspection_check", "pledge"}
JOURNALLED = [(r, op) for r, op in EVERY if op.name not in ONCE and (op.name not in ALIKE or r.name in SOME)]


@pytest.mark.parametrize("case", JOURNALLED, ids=named)
def test_every_operation_leads_where_it_says_is_journalled_and_undone_exactly(
    case: tuple[Registry, Operation], maker: Maker
) -> None:
    registry, op = case
    record_id = maker.ready(registry, op)
    given = maker.arguments(registry, op, record_id)
    before = dump(maker.office)
    done = maker.perform(op, registry, record_id, **given)
    with maker.office.database.read() as session:
        entry = session.get_one(JournalEntry, done.entry_id)
        assert (entry.operation, entry.clerk, entry.register) == (op.name, "林晓", registry.name)
        assert entry.title.startswith(op.title)
        if record_id is not None and op.to is not None:
            assert getattr(session.get_one(registry.record, record_id), op.state_field) is op.to
    changed = {name for name, rows in dump(maker.office).items() if rows != before[name]}
    assert changed == done.changed
    if op.undoable:
        undo(maker.office, maker.clerk, done.entry_id)
        assert dump(maker.office) == before
    else:
        with pytest.raises(UserError, match="不能撤销"):
            undo(maker.office, maker.clerk, done.entry_id)
    assert check(maker.office) == []


STEPS = [case for case in EVERY if case[1].when]


@pytest.mark.parametrize("case", [c for c in STEPS if c[1].state_field in c[0].typed_fields], ids=named)
def test_a_step_from_any_other_state_is_refused_with_the_state_and_the_remedy(
    case: tuple[Registry, Operation], maker: Maker
) -> None:
    registry, op = case
    states = type(op.when[0])
    for state in states:
        if state in op.when:
            continue
        record_id = maker.record(registry.name, **{op.state_field: state.label})
        before = dump(maker.office)
        with pytest.raises(UserError) as refused:
            maker.perform(op, registry, record_id, **maker.arguments(registry, op, record_id))
        assert f"现为“{state.label}”" in refused.value.message
        assert op.title in refused.value.message
        assert dump(maker.office) == before


@pytest.mark.parametrize("case", EVERY, ids=named)
def test_every_operation_speaks_chinese(case: tuple[Registry, Operation]) -> None:
    registry, op = case
    assert CHINESE.search(op.title)
    assert op.by
    for declared in op.arguments(registry):
        assert CHINESE.search(declared.label), declared.name
        assert not declared.help or CHINESE.search(declared.help)


@pytest.mark.parametrize("case", [case for case in EVERY if case[1].evidence], ids=named)
def test_a_step_that_rests_on_a_document_takes_it_along(case: tuple[Registry, Operation]) -> None:
    registry, op = case
    assert any(isinstance(declared.kind, FilePath) for declared in op.arguments(registry))


@pytest.mark.parametrize("registry", catalogue().registries.values(), ids=lambda r: r.name)
def test_the_verbs_of_a_register_are_told_apart(registry: Registry) -> None:
    operations = catalogue().operations_on(registry).values()
    titles = [op.title for op in operations]
    assert len(titles) == len(set(titles))
    for op in operations:
        labels = [declared.label for declared in op.parameters(registry)]
        assert len(labels) == len(set(labels)), (op.name, labels)


@pytest.mark.parametrize("registry", catalogue().registries.values(), ids=lambda r: r.name)
def test_every_state_of_a_workflow_can_be_reached(registry: Registry) -> None:
    steps = [op for op in catalogue().operations_on(registry).values() if op.when]
    for name in {op.state_field for op in steps}:
        mine = [op for op in steps if op.state_field == name]
        start = registry.fields[name].default or mine[0].when[0]
        reached = {start} | ELSEWHERE.intersection(type(start))
        for _ in mine:
            reached |= {op.to for op in mine if op.to and reached.intersection(op.when)}
        assert reached == set(type(start))


@pytest.fixture(scope="module")
def untouched(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office for refusals: they write nothing."""
    folder = tmp_path_factory.mktemp("untouched") / "data"
    shutil.copytree(template, folder)
    opened = open_desk(folder, clock=lambda: datetime(2026, 11, 23, 9, 0))
    yield opened
    opened.close()


@pytest.mark.parametrize("case", EVERY, ids=named)
def test_who_has_no_role_for_it_is_refused_and_told_who_may(
    case: tuple[Registry, Operation], untouched: Office
) -> None:
    registry, op = case
    stranger = Clerk("无权", roles=frozenset(set(Role) - set(op.by)))
    if not stranger.roles:
        pytest.skip("every role may do it")
    with pytest.raises(UserError, match=op.by[0].label):
        perform(untouched, stranger, op, registry.name, 1)


# The gate refuses, whatever the verb: of those that every register has one register's are enough.
OFF_THE_LISTS = [
    (r, op)
    for r, op in EVERY
    if op.subject is Subject.RECORD and not op.on_voided and (op.on or r.name == Operator.__tablename__)
]


@pytest.mark.parametrize("case", OFF_THE_LISTS, ids=named)
def test_nothing_is_done_to_a_record_off_the_lists(case: tuple[Registry, Operation], maker: Maker) -> None:
    registry, op = case
    if "void" not in catalogue().operations_on(registry):
        pytest.skip("records of this register are never taken off")
    record_id = maker.ready(registry, op)
    given = maker.arguments(registry, op, record_id)
    try:
        maker.perform("void", registry, record_id, why="测试")
    except UserError:
        assert registry.fixed is not Registry.fixed, "only what stands fast stays on the lists"
        pytest.skip("in the state that the step asks for, the record is not taken off")
    with pytest.raises(UserError, match="已移出台账"):
        maker.perform(op, registry, record_id, **given)
