"""The check finds what was done behind the program's back: in a row, a journal entry, a file, the index or the database itself."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.builders import Maker
from tests.conftest import Perform
from tests.store.acting import act, firm
from wenlv_desk.core.errors import UserError
from wenlv_desk.store.check import check
from wenlv_desk.store.indexing import rebuild_index
from wenlv_desk.store.office import Office


def behind_the_back(office: Office, statement: str) -> None:
    with office.database.write() as session:
        session.execute(text(statement))


@pytest.fixture
def at_work(office: Office, maker: Maker, perform: Perform) -> Office:
    """An office with two operators, a licence that was changed, and an attachment."""
    first = maker.record("operator", operator_name="青屿书店")
    maker.record("operator", operator_name="澄书堂")
    licence = maker.record("publication_licence", operator_id=first, status="有效")
    perform("change", "publication_licence", licence, approved_on="2026-11-20", licensee_name="青屿书局")
    perform("attach", "operator", first, path=str(maker.file()))
    return office


def test_an_office_at_work_is_sound(at_work: Office) -> None:
    assert check(at_work) == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE operator SET address = '别处' WHERE id = 1", "经营单位第 1 号被程序以外的途径改动过"),
        ("UPDATE publication_licence SET voided = 1", "出版物经营许可证第 1 号被程序以外的途径改动过"),
        ("DELETE FROM operator WHERE id = 2", "经营单位第 2 号被程序以外的途径删除"),
        ("UPDATE attachment SET file_name = '假.pdf'", "附件第 1 号被程序以外的途径改动过"),
        (
            "INSERT INTO category (version, voided, code, label, ours) VALUES (1, 0, 'X', '假', 1)",
            "不是由本程序写入的",
        ),
        ("UPDATE journal_entry SET clerk = '王芳' WHERE id = 3", "流水第 3 号“新增 澄书堂”被程序以外的途径改动过"),
        ("UPDATE journal_entry SET reason = '补的' WHERE id = 5", "流水第 5 号"),
        ("UPDATE journal_row SET digest = 'x' WHERE entry_id = 4", "流水第 4 号"),
        ("DELETE FROM journal_row WHERE entry_id = 3", "流水第 3 号“新增 澄书堂”被程序以外的途径改动过"),
        ("DELETE FROM journal_entry WHERE id = (SELECT max(id) FROM journal_entry)", "流水末尾缺少记录"),
    ],
)
def test_an_edit_behind_the_programs_back_is_found(at_work: Office, statement: str, said: str) -> None:
    behind_the_back(at_work, "PRAGMA defer_foreign_keys = ON")
    if statement.startswith("DELETE FROM journal_entry"):
        behind_the_back(at_work, "DELETE FROM journal_row WHERE entry_id = (SELECT max(id) FROM journal_entry)")
    behind_the_back(at_work, statement)
    assert any(said in problem for problem in check(at_work)), check(at_work)


def test_a_changed_file_and_a_missing_one_are_named(at_work: Office) -> None:
    (stored,) = [path for path in (at_work.folder / "files").rglob("*") if path.is_file()]
    stored.write_bytes(b"something else")
    assert check(at_work) == [
        f"附件“证明.pdf”：文件 {stored.name[:12]}… 的内容与登记时不一致，可能被改动或损坏，请从备份恢复"
    ]
    stored.unlink()
    assert check(at_work) == [f"附件“证明.pdf”：文件 {stored.name[:12]}… 不在数据文件夹里，请从备份恢复"]


def test_an_index_that_fell_behind_is_found_and_mended(at_work: Office) -> None:
    behind_the_back(at_work, "DELETE FROM search_operator WHERE id = 1")
    problems = check(at_work)
    assert problems
    assert all(problem.startswith("经营单位的检索索引与台账不一致") for problem in problems)
    rebuild_index(at_work)
    assert check(at_work) == []


def test_a_damaged_database_file_is_named(at_work: Office) -> None:
    at_work.database.close()
    path = Path(str(at_work.database.url.database))
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 8192] = b"\xff" * 8192
    path.write_bytes(content)
    try:
        problems = check(at_work)
    except UserError as error:
        problems = [error.message]
    assert any("损坏" in problem for problem in problems)


def test_a_check_beside_another_counters_work_finds_nothing_wrong(at_work: Office) -> None:
    """Proving the search index counts as a write: what others do meanwhile must not look like damage."""

    def one_more(number: int) -> None:
        act(at_work, lambda desk: desk.add(firm(f"书店{number}")))

    with ThreadPoolExecutor(3) as pool:
        writing = pool.map(one_more, range(30))
        assert [problem for _ in range(4) for problem in check(at_work)] == []
        assert len(list(writing)) == 30
