"""One more register costs its declaration and nothing else: a throw-away one is driven through everything derived from it.

Its window stands in tests/gui/test_new_register.py, its folder and migration in tests/test_new_register_folder.py.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from tests.builders import Maker, dump
from tests.complaint.records import COMPLAINTS, Complaint
from tests.conftest import Clock
from tests.shelling import CommandLine
from tests.throwaway import lay_complaints, open_with_complaints, with_complaints
from wenlv_desk.core.errors import UserError
from wenlv_desk.ledger.apply import apply_plan
from wenlv_desk.ledger.export import export_listing, export_unmasked, whole
from wenlv_desk.ledger.headings import known_headings, propose
from wenlv_desk.ledger.model import Plan
from wenlv_desk.ledger.plan import plan_import
from wenlv_desk.ledger.reading import find_table, read_workbook
from wenlv_desk.ledger.rejected import save_rejected
from wenlv_desk.ledger.template import save_template
from wenlv_desk.registries.opening import open_desk
from wenlv_desk.store.check import check
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.journal import history_of
from wenlv_desk.store.office import Office
from wenlv_desk.store.query import Listing, ListQuery, ListRow
from wenlv_desk.store.undo import undo


@pytest.fixture
def office(template: Path, tmp_path: Path, clock: Clock) -> Iterator[Office]:
    """An office that keeps complaints beside the program's own registers."""
    shutil.copytree(template, tmp_path / "data")
    lay_complaints(tmp_path / "data")
    opened = open_with_complaints(tmp_path / "data", clock)
    yield opened
    opened.close()


@pytest.fixture
def complaint(maker: Maker) -> int:
    operator = maker.record("operator", operator_name="青屿书店")
    return maker.record(
        "complaint", operator_id=operator, complaint_no="投2026-7", matter="噪声扰民", phone="13812348000", state="待办"
    )


def listed(office: Office, clerk: Clerk, query: ListQuery) -> list[ListRow]:
    with office.desk(clerk) as desk:
        return Listing(desk.session, office.catalogue, COMPLAINTS, query, desk.today).top(0, 50)


def test_it_is_listed_with_what_it_refers_to_and_with_secrets_masked(
    office: Office, clerk: Clerk, complaint: int
) -> None:
    (row,) = listed(office, clerk, ListQuery(where={"state": ("OPEN",)}, sort=(("received_on", True),)))
    assert row.shown == {
        "complaint_no": "投2026-7",
        "operator_id": "青屿书店",
        "matter": "噪声扰民",
        "received_on": "2026-11-20",
        "state": "待办",
        "phone": "138****8000",
    }
    assert row.tones == {"state": "amber"}


@pytest.mark.parametrize("text", ["噪声", "zsrm", "zaosheng", "投2026", "8000", "声扰"])
def test_it_is_found_like_any_record(office: Office, clerk: Clerk, complaint: int, text: str) -> None:
    assert [row.id for row in listed(office, clerk, ListQuery(search=text))] == [complaint]


def test_its_fields_and_rules_refuse_in_chinese(maker: Maker) -> None:
    with pytest.raises(UserError, match="收到日期：2026-11-24 晚于今天，请改正"):
        maker.record("complaint", received_on="2026-11-24")
    with pytest.raises(UserError, match="库中没有“无名书店”"):
        maker.record("complaint", operator_id="无名书店")


def test_its_card_stands_on_the_card_of_its_owner(office: Office) -> None:
    operators = office.catalogue.registry("operator")
    assert COMPLAINTS in office.catalogue.owned_by(operators)


def operations() -> list[str]:
    return list(with_complaints().operations_on(COMPLAINTS))


def test_it_has_its_own_verb_and_those_of_every_register() -> None:
    own, *common = operations()
    assert own == "close"
    assert {"create", "amend", "void", "restore", "merge", "reveal", "attach", "import_ledger"} <= set(common)


@pytest.mark.parametrize("name", operations())
def test_every_verb_is_journalled_shown_in_the_history_and_undone(office: Office, maker: Maker, name: str) -> None:
    op = office.catalogue.operation(COMPLAINTS, name)
    record_id = maker.ready(COMPLAINTS, op)
    given = maker.arguments(COMPLAINTS, op, record_id)
    before = dump(office)
    done = maker.perform(op, COMPLAINTS, record_id, **given)
    if record_id is not None:
        assert history(office, record_id)[0] == done.title
    if op.undoable:
        undo(office, maker.clerk, done.entry_id)
        assert dump(office) == before
    assert check(office) == []


def history(office: Office, record_id: int) -> list[str]:
    with office.database.read() as session:
        return [entry.title for entry in history_of(session, "complaint", record_id)]


def test_its_steps_keep_to_its_workflow(maker: Maker, complaint: int) -> None:
    maker.perform("close", COMPLAINTS, complaint, answer="已责令整改")
    with pytest.raises(UserError, match="“投2026-7”现为“办结”，不能办“答复办结”"):
        maker.perform("close", COMPLAINTS, complaint, answer="再办")
    with pytest.raises(UserError, match="状态不能直接修改"):
        maker.perform("amend", COMPLAINTS, complaint, state="待办")


# ledgers


SMOKE = {
    "complaint_no": "投2026-8",
    "operator_id": "青屿书店",
    "matter": "油烟扰民",
    "received_on": "2026-11-21",
    "phone": "13900002222",
}
LATE = {"complaint_no": "投2026-9", "received_on": "2027-01-01"}
AGAIN = {"complaint_no": "投2026-7", "matter": "噪声扰民（补充）"}


def planned(office: Office, clerk: Clerk, path: Path) -> Plan:
    """What importing a file would do, as the program reads and maps it."""
    with office.desk(clerk) as desk:
        (sheet,) = [sheet for sheet in read_workbook(path).sheets if sheet.visible]
        table = find_table(sheet, known=known_headings(office.catalogue, COMPLAINTS))
        return plan_import(desk, COMPLAINTS, table, propose(desk, COMPLAINTS, table), file_name=path.name)


def counts(plan: Plan) -> dict[str, int]:
    return {verdict.value: count for verdict, count in plan.counts().items() if count}


@pytest.fixture
def exported(office: Office, clerk: Clerk, complaint: int, tmp_path: Path) -> Path:
    """Every field of every complaint, personal data in full."""
    path = tmp_path / "投诉举报.xlsx"
    assert export_unmasked(office, clerk, COMPLAINTS, ListQuery(), path, names=whole(COMPLAINTS)) == 1
    return path


def test_its_list_goes_out_as_shown_with_secrets_masked(
    office: Office, clerk: Clerk, complaint: int, tmp_path: Path
) -> None:
    path = tmp_path / "投诉举报.csv"
    with office.desk(clerk) as desk:
        listing = Listing(desk.session, office.catalogue, COMPLAINTS, ListQuery(), desk.today)
        assert export_listing(listing, path, clerk=clerk, at=desk.now) == 1
    heading, row, *_ = path.read_text("utf-8-sig").splitlines()
    assert heading == "受理编号,被投诉单位,投诉事项,收到日期,状态,投诉人电话"
    assert row == "投2026-7,青屿书店（91370687MA0000001T）,噪声扰民,2026-11-20,待办,138****8000"


def test_what_went_out_comes_back_without_a_difference(office: Office, clerk: Clerk, exported: Path) -> None:
    assert counts(planned(office, clerk, exported)) == {"same": 1}


def test_what_went_out_fills_an_empty_register_and_one_undo_takes_it_back(
    office: Office, clerk: Clerk, maker: Maker, complaint: int, exported: Path
) -> None:
    columns = [column.name for column in Complaint.__table__.columns if column.name not in ("id", "version", "voided")]
    original = row_of(office, complaint, columns)
    with office.database.read() as session:
        (entered,) = history_of(session, "complaint", complaint)
    undo(office, clerk, entered.id)
    before = dump(office)
    assert before["complaint"] == {}
    plan = planned(office, clerk, exported)
    assert counts(plan) == {"new": 1}
    done = apply_plan(office, clerk, plan)
    (back,) = dump(office)["complaint"]
    assert row_of(office, back, columns) == original
    undo(office, clerk, done.entry_id)
    assert dump(office) == before
    assert check(office) == []


def row_of(office: Office, record_id: int, columns: list[str]) -> dict[str, object]:
    row = dump(office)["complaint"][record_id]
    return {name: row.get(name) for name in columns}


def test_its_template_is_filled_in_and_what_is_wrong_is_given_back(
    office: Office, clerk: Clerk, complaint: int, tmp_path: Path
) -> None:
    path = tmp_path / "模板.xlsx"
    with office.desk(clerk) as desk:
        save_template(desk, COMPLAINTS, path)
    for row in (SMOKE, SMOKE | LATE, SMOKE | AGAIN):
        fill_in(path, **row)
    plan = planned(office, clerk, path)
    assert plan.unmapped == ()
    assert counts(plan) == {"new": 1, "changed": 1, "rejected": 1}
    (rejected,) = [row for row in plan.rows() if row.verdict.value == "rejected"]
    assert [problem.message for problem in rejected.problems] == ["收到日期：2027-01-01 晚于今天，请改正"]
    apply_plan(office, clerk, plan)
    assert [row.shown["matter"] for row in listed(office, clerk, ListQuery())] == ["噪声扰民（补充）", "油烟扰民"]
    save_rejected(plan, tmp_path / "退回.xlsx")
    assert "晚于今天" in str(openpyxl.load_workbook(tmp_path / "退回.xlsx").worksheets[0].cell(2, 9).value)


def fill_in(template: Path, **cells: str) -> None:
    """Type a row below what stands in a template; cells by field."""
    book = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    headings = [str(cell.value).removeprefix("*") for cell in sheet[1]]
    line = 2 + sum(sheet.cell(at, 1).value is not None for at in range(2, sheet.max_row + 1))
    for name, cell in cells.items():
        sheet.cell(line, headings.index(COMPLAINTS.fields[name].label) + 1, cell)
    book.save(template)


# the command line


@pytest.fixture
def shell(office: Office, complaint: int) -> CommandLine:
    """A clerk at the shell of that office."""
    office.close()
    return CommandLine(office.folder, catalogue=with_complaints())


def test_the_shell_knows_it_with_its_fields_and_verbs(shell: CommandLine) -> None:
    (told,) = [one for one in shell("registers") if one["name"] == "complaint"]
    assert told["title"] == "投诉举报"
    assert told["fields"]["received_on"] == "收到日期"
    assert told["operations"]["close"] == "答复办结"


def test_the_shell_lists_filters_and_finds_it(shell: CommandLine) -> None:
    for words in ((), ("--search", "zsrm"), ("--where", "state=待办"), ("--where", "被投诉单位=青屿书店")):
        told = shell("list", "投诉举报", *words)
        assert [(row["complaint_no"], row["phone"]) for row in told["rows"]] == [("投2026-7", "138****8000")]
    assert shell("list", "complaint", "--where", "state=办结")["total"] == 0


def test_the_shell_enters_amends_and_answers_it_shows_it_and_takes_it_back(shell: CommandLine) -> None:
    words = ("--complaint_no", "投2026-8", "--operator_id", "青屿书店", "--matter", "油烟扰民")
    assert "收到日期" in shell.refused("do", "complaint.create", *words)
    assert "晚于今天" in shell.refused("do", "complaint.create", *words, "--received_on", "2026-11-24")
    shell("do", "complaint.create", *words, "--received_on", "2026年11月22日")
    shell("do", "complaint.amend", "投2026-8", "--complainant", "单某")
    shell("do", "complaint.close", "投2026-8", "--answer", "已清洗烟道")
    shown = shell("show", "complaint", "投2026-8")
    assert [shown[name] for name in ("received_on", "complainant", "state", "answer")] == [
        "2026-11-22",
        "单某",
        "办结",
        "已清洗烟道",
    ]
    assert [one["id"] for one in shell("show", "operator", "青屿书店")["complaint"]] == [1, 2]
    titles = [entry["title"].split(" ")[0] for entry in shell("history", "complaint", "投2026-8")]
    assert titles == ["答复办结", "修改", "新增"]
    assert "现为“办结”，不能办“答复办结”" in shell.refused("do", "complaint.close", "投2026-8", "--answer", "再办")
    for _ in titles:
        shell("undo")
    assert shell("list", "complaint")["total"] == 1
    assert shell("check") == {"problems": []}


def test_the_shell_takes_its_ledgers_out_and_in(shell: CommandLine, tmp_path: Path) -> None:
    out, blank = tmp_path / "投诉.xlsx", tmp_path / "模板.xlsx"
    assert shell("export", "complaint", out, "--all-fields", "--unmask")["rows"] == 1
    told = shell("import", "complaint", out)
    assert (told["same"], told["rows"], told["entry"], told["unmapped"]) == (1, 1, None, [])
    shell("template", "complaint", blank)
    fill_in(blank, **SMOKE)
    assert shell("import", "complaint", blank)["new"] == 1
    assert shell("list", "complaint", "--search", "油烟")["total"] == 1
    assert shell("undo")["title"] == "撤销：导入台账 投诉举报"
    assert shell("list", "complaint")["total"] == 1


# what it leaves alone


def test_a_program_without_it_still_opens_the_folder(office: Office, clock: Clock, complaint: int) -> None:
    plain = open_desk(office.folder, clock=clock)
    assert check(plain) == []
    plain.close()


def test_nothing_of_the_program_knows_it() -> None:
    package = Path(__file__).resolve().parents[1] / "wenlv_desk"
    naming = [path for path in package.rglob("*.py") if re.search("complaint_no", path.read_text("utf-8"))]
    assert naming == []


def test_its_rows_are_checked_like_any(office: Office, complaint: int) -> None:
    with office.database.write() as session:
        table = Complaint.__table__
        assert session.scalar(select(Complaint.id)) == complaint
        session.execute(table.update().values(matter="改过"))  # type: ignore[attr-defined]
    assert "投诉举报第 1 号被程序以外的途径改动过" in check(office)
