"""Doing a selection: foreseen with every reason, done record by record, never half, nothing left out in silence."""

from dataclasses import replace
from datetime import date
from time import perf_counter

import pytest
from sqlalchemy import event

from tests.builders import Maker, dump
from tests.conftest import Perform
from tests.store.acting import LINXIAO, act, firm, licence
from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.operations import Operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.registries.licence.printing import PrintingLicence
from wenlv_desk.registries.licence.vocabulary import Status
from wenlv_desk.store.batch import GONE, STOPPED, UNSEEN, BatchDone, Foreseen, foresee, run_batch
from wenlv_desk.store.check import check
from wenlv_desk.store.desk import Clerk, Desk
from wenlv_desk.store.office import Office

RESUME = {"resumed_on": "2026-11-20", "reason": "整改完毕"}


@pytest.fixture
def registry(office: Office) -> Registry:
    return office.catalogue.registry("printing_licence")


@pytest.fixture
def suspend(office: Office, registry: Registry) -> Operation:
    return office.catalogue.operation(registry, "suspend")


@pytest.fixture
def resume(office: Office, registry: Registry) -> Operation:
    return office.catalogue.operation(registry, "resume")


@pytest.fixture
def three(office: Office) -> list[int]:
    """Two licences that are suspended and between them one that is not."""

    def work(desk: Desk) -> list[int]:
        operator = firm()
        desk.add(operator)
        return [
            desk.add(licence(operator, f"印证字{n}号", status=state, suspended_from=date(2026, 11, 1))).id
            for n, state in enumerate((Status.SUSPENDED, Status.ACTIVE, Status.SUSPENDED), 1)
        ]

    return list(act(office, work).value)


def seen(office: Office, registry: Registry, op: Operation, ids: list[int]) -> Foreseen:
    with office.desk(LINXIAO) as desk:
        return foresee(desk, registry, op, ids)


def reasons(of: Foreseen | BatchDone) -> dict[int, tuple[str, ...]]:
    return {one.record_id: one.reasons for one in of.left_out}


def test_who_can_be_done_and_who_cannot_is_foreseen_in_the_order_of_the_list(
    office: Office, registry: Registry, resume: Operation, three: list[int], perform: Perform
) -> None:
    perform("void", "printing_licence", three[0], why="重复")
    found = seen(office, registry, resume, [99, three[2], three[1], three[0], three[2]])
    assert [(one.record_id, one.name, one.code) for one in found.able] == [(three[2], "新岸书刊社", "印证字3号")]
    assert list(reasons(found)) == [99, three[1], three[0]]
    assert reasons(found)[99] == (GONE,)
    assert reasons(found)[three[1]][0].startswith("现为“有效”，不能办“恢复”。现在可以办：")
    assert reasons(found)[three[0]][0].startswith("已移出台账，不能办“恢复”")


def test_everything_that_stands_in_the_way_is_listed(
    office: Office, registry: Registry, resume: Operation, three: list[int]
) -> None:
    barred = replace(resume, blocks=lambda desk, record: ("未交罚款", "未签责任状") if record.id == three[0] else ())
    found = seen(office, registry, barred, three)
    assert [one.record_id for one in found.able] == [three[2]]
    assert reasons(found)[three[0]] == ("未交罚款", "未签责任状")


def test_a_selection_is_done_one_entry_a_record(
    office: Office, registry: Registry, resume: Operation, three: list[int], clerk: Clerk
) -> None:
    told: list[tuple[int, int]] = []
    done = run_batch(
        office, clerk, resume, registry, three, RESUME, progress=lambda at, of: bool(told.append((at, of)))
    )
    assert done.ids == (three[0], three[2])
    assert len({one.entry_id for one in done.done}) == 2
    assert [one.title for one in done.done] == ["恢复 新岸书刊社"] * 2
    assert done.changed >= {"printing_licence"}
    assert not done.stopped
    assert "现为“有效”" in reasons(done)[three[1]][0]
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    with office.desk(clerk) as desk:
        assert {desk.get(PrintingLicence, one).status for one in three} == {Status.ACTIVE}
    assert check(office) == []


def test_stopping_leaves_whole_records_and_names_those_not_reached(
    office: Office, registry: Registry, resume: Operation, three: list[int], clerk: Clerk
) -> None:
    done = run_batch(office, clerk, resume, registry, [three[0], three[2]], RESUME, progress=lambda at, _of: at == 1)
    assert (done.ids, done.stopped) == ((three[0],), True)
    assert reasons(done) == {three[2]: (STOPPED,)}
    with office.desk(clerk) as desk:
        assert desk.get(PrintingLicence, three[2]).status is Status.SUSPENDED


def test_who_was_changed_meanwhile_is_left_out_with_what_happened(
    office: Office, registry: Registry, resume: Operation, three: list[int], clerk: Clerk, perform: Perform
) -> None:
    found = seen(office, registry, resume, three)
    perform("amend", "printing_licence", three[0], remark="电话改了")
    done = run_batch(office, clerk, resume, registry, three, RESUME, versions=found.versions)
    assert done.ids == (three[2],)
    assert "已办“修改" in reasons(done)[three[0]][0]


def test_an_argument_that_is_wrong_for_all_is_refused_before_anything_is_done(
    office: Office, registry: Registry, resume: Operation, three: list[int], clerk: Clerk
) -> None:
    before = dump(office)
    with pytest.raises(UserError, match="“恢复”没有办：恢复日期"):
        run_batch(office, clerk, resume, registry, three, {})
    assert dump(office) == before


def test_whoever_may_not_do_it_may_not_do_it_to_many(
    office: Office, registry: Registry, resume: Operation, three: list[int]
) -> None:
    auditor = Clerk("旁人", roles=frozenset({Role.AUDITOR}))
    with office.desk(auditor) as desk, pytest.raises(UserError, match="旁人没有这项权限"):
        foresee(desk, registry, resume, three)
    with pytest.raises(UserError, match="旁人没有这项权限"):
        run_batch(office, auditor, resume, registry, three, RESUME)


def test_what_differs_from_record_to_record_is_not_done_to_many(office: Office, registry: Registry) -> None:
    for name in ("issue", "change", "amend", "import_ledger"):
        op = office.catalogue.operation(registry, name)
        with office.desk(LINXIAO) as desk, pytest.raises(UserError, match="不能批量办理"):
            foresee(desk, registry, op, [1])


def test_a_fault_of_the_database_ends_the_batch_and_says_so_of_the_rest(
    office: Office, registry: Registry, resume: Operation, three: list[int], clerk: Clerk
) -> None:
    def say(connection: object, _record: object) -> None:
        connection.execute("PRAGMA query_only=ON")  # type: ignore[attr-defined]

    office.database.close()
    event.listen(office.database.engine, "connect", say)
    done = run_batch(office, clerk, resume, registry, three, RESUME)
    event.remove(office.database.engine, "connect", say)
    office.database.close()
    assert (done.ids, done.stopped) == ((), True)
    first, *rest = (reasons(done)[one][0] for one in three)
    assert first.startswith("数据库文件是只读的")
    assert all(one.startswith("没有办：前面出了故障（数据库文件是只读的") for one in rest)


@pytest.fixture
def many(office: Office) -> list[int]:
    """Ten thousand licences, every tenth of them suspended."""

    def work(desk: Desk) -> list[int]:
        operator = desk.add(firm())
        table = [
            {
                "operator_id": operator.id,
                "licence_no": f"印证字{n}号",
                "licence_no_normalized": f"印证字{n}号",
                "status": Status.SUSPENDED if n % 10 == 0 else Status.ACTIVE,
                "licensee_name": f"店{n}",
                "legal_representative": "王禾",
                "business_premises": "温泉路一号",
            }
            for n in range(10_000)
        ]
        return desk.insert_many(PrintingLicence, table)

    return list(act(office, work).value)


def test_ten_thousand_are_foreseen_by_few_statements_and_can_be_stopped(
    office: Office, registry: Registry, resume: Operation, many: list[int]
) -> None:
    asked: list[str] = []
    event.listen(office.database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    began = perf_counter()
    found = seen(office, registry, resume, many)
    took = perf_counter() - began
    assert (len(found.able), len(found.left_out)) == (1000, 9000)
    assert len(asked) <= 25
    assert took < 10, "it takes about one second"
    with office.desk(LINXIAO) as desk:
        cut = foresee(desk, registry, resume, many, lambda at, _of: at >= 500)
    assert (len(cut.able), len(cut.left_out)) == (50, 9950)
    assert cut.left_out[-1].reasons == (UNSEEN,)
    assert cut.left_out[-1].name == "店9999"


def test_every_verb_that_is_offered_for_many_asks_for_nothing_of_one_record(office: Office) -> None:
    offered = {
        (one.name, op.name)
        for one in office.catalogue.registries.values()
        for op in office.catalogue.operations_on(one).values()
        if op.for_many
    }
    assert ("printing_licence", "resume") in offered
    assert ("operator", "change_status") in offered
    assert not offered & {("operator", "rename"), ("printing_licence", "issue"), ("operator", "void")}


def test_every_verb_for_many_is_done_to_a_selection_as_to_one(office: Office, maker: Maker, clerk: Clerk) -> None:
    """The same arguments serve both."""
    for one in office.catalogue.registries.values():
        for op in office.catalogue.operations_on(one).values():
            if not op.for_many:
                continue
            record_id = maker.ready(one, op)
            assert record_id is not None
            given = maker.arguments(one, op, record_id)
            assert run_batch(office, clerk, op, one, [record_id], given).ids == (record_id,), (one.name, op.name)
