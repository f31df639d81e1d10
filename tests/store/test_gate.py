"""The one gate: right, state and version are checked, everything or nothing is written, and two counters never overwrite each other."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.builders import SOME_DAY, Maker, dump
from tests.conftest import Perform
from wenlv_desk.core.errors import OvertakenError, UserError
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.gate import perform as gate
from wenlv_desk.store.office import Office
from wenlv_desk.store.tables import JournalEntry


def entries(office: Office) -> int:
    with office.database.read() as session:
        return session.scalar(select(func.count(JournalEntry.id))) or 0


def test_what_is_refused_leaves_no_trace(office: Office, maker: Maker, perform: Perform) -> None:
    licence = maker.record("publication_licence", status="有效")
    before, count = dump(office), entries(office)
    with pytest.raises(UserError, match="晚于今天"):
        perform("change", "publication_licence", licence, approved_on="2027-01-01", licensee_name="新名")
    assert (dump(office), entries(office)) == (before, count)


def test_a_bug_in_an_operation_leaves_no_trace_either(office: Office, clerk: Clerk, maker: Maker) -> None:
    from wenlv_desk.core.operations import operation

    @operation("出错", on=(Operator,))
    def stumble(desk: object, record: Operator) -> None:
        record.operator_name = "写了一半"
        raise ZeroDivisionError

    record_id = maker.record("operator")
    before = dump(office)
    with pytest.raises(ZeroDivisionError):
        gate(office, clerk, stumble, "operator", record_id)
    assert dump(office) == before


def test_the_second_counter_is_told_who_wrote_what_in_between(office: Office, maker: Maker) -> None:
    record_id = maker.record("operator", operator_name="青屿书店")
    seen = 1
    other = Clerk("王芳", "窗口二")
    gate(office, other, "amend", "operator", record_id, expected_version=seen, arguments={"township": "东村街道"})
    before = dump(office)
    with pytest.raises(OvertakenError) as refused:
        gate(office, maker.clerk, "amend", "operator", record_id, expected_version=seen, arguments={"township": "方圆"})
    assert "王芳（窗口二）09:00:00 已办“修改 青屿书店”" in refused.value.message
    assert "没有写入" in refused.value.message
    assert dump(office) == before


def test_the_version_grows_with_every_write_and_only_then(office: Office, maker: Maker, perform: Perform) -> None:
    record_id = maker.record("operator")
    amended = perform("amend", "operator", record_id, township="东村街道")
    perform("reveal", "operator", record_id, name="phone")
    with office.desk(maker.clerk) as desk:
        assert desk.get(Operator, record_id).version == amended.entry_id


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"approved_on": "2026年2月30日"}, "核准日期：“2026年2月30日”"),
        ({}, "核准日期：“核准日期”必填"),
        ({"approved_on": "2026-11-01", "colour": "红"}, "没有“colour”这一项"),
        ({"approved_on": "2026-11-20"}, "没有填写任何变更内容"),
    ],
)
def test_bad_arguments_are_refused_by_name(
    maker: Maker, perform: Perform, arguments: dict[str, str], said: str
) -> None:
    licence = maker.record("publication_licence", status="有效")
    with pytest.raises(UserError) as refused:
        perform("change", "publication_licence", licence, **arguments)
    assert said in refused.value.message


def test_what_was_given_stands_in_the_journal(office: Office, maker: Maker, perform: Perform) -> None:
    operator = maker.record("operator")
    done = perform("rename", "operator", operator, new_name="新岸图书社", renamed_on="2026-11-02", reason="换照")
    with office.database.read() as session:
        entry = session.get_one(JournalEntry, done.entry_id)
        assert entry.arguments == {"new_name": "新岸图书社", "renamed_on": "2026-11-02"}
        assert (entry.reason, entry.counter, str(entry.at)) == ("换照", "窗口一", "2026-11-23 09:00:00")


def test_a_record_that_is_gone_is_named(perform: Perform) -> None:
    with pytest.raises(UserError, match="经营单位中没有编号为 99 的记录"):
        perform("void", "operator", 99, why="测试")


def test_a_step_without_a_record_asks_for_one(perform: Perform) -> None:
    with pytest.raises(UserError, match="请先选定一条经营单位记录"):
        perform("void", "operator", why="测试")


def test_an_unknown_step_is_refused_with_those_there_are(perform: Perform) -> None:
    with pytest.raises(UserError, match="经营单位没有“fly”这个操作，可用：rename"):
        perform("fly", "operator", 1)


def test_evidence_is_kept_in_the_same_step(office: Office, maker: Maker, tmp_path: Path) -> None:
    from wenlv_desk.store.tables import Attachment

    licence = maker.record("publication_licence", status="有效")
    registry = maker.registry("publication_licence")
    maker.perform("change", registry, licence, approved_on=SOME_DAY, licensee_name="新名", path=str(maker.file()))
    with office.database.read() as session:
        kept = session.scalars(select(Attachment)).one()
        assert (kept.register, kept.record_id, kept.file_name) == ("publication_licence", licence, "证明.pdf")
        assert office.files.get(kept.sha256) == b"%PDF-1.7 evidence"


def test_unreadable_evidence_stops_the_step(office: Office, maker: Maker, tmp_path: Path) -> None:
    licence = maker.record("publication_licence", status="有效")
    before = dump(office)
    registry = maker.registry("publication_licence")
    missing = str(tmp_path / "没有.pdf")
    with pytest.raises(UserError, match=r"读不了文件“没有\.pdf”"):
        maker.perform("change", registry, licence, approved_on=SOME_DAY, licensee_name="新名", path=missing)
    assert dump(office) == before
