"""The sample of 600 real firms: every row is accounted for, and the second import changes nothing."""

from tests.ledger.desks import CLERK, at_desk, dump, mapped
from tests.shared_data import DATA, needs_shared
from wenlv_desk.ledger.apply import apply_plan
from wenlv_desk.ledger.headings import HeadingMap, known_headings
from wenlv_desk.ledger.model import About, Plan, Verdict
from wenlv_desk.ledger.options import unknown_words
from wenlv_desk.ledger.plan import accept_all, plan_import
from wenlv_desk.ledger.reading import Table, find_table, read_workbook
from wenlv_desk.store.check import check
from wenlv_desk.store.office import Office
from wenlv_desk.store.undo import undo

SAMPLE = DATA / "enterprises" / "culture_market_sample_600.csv"


def sample(office: Office) -> Table:
    known = known_headings(office.catalogue, office.catalogue.registry("operator"))
    return find_table(read_workbook(SAMPLE).sheets[0], known=known)


def translated(office: Office, given: Table) -> HeadingMap:
    """The mapping with every word the categories do not know given the likeliest of ours."""
    mapping = mapped(office, "operator", given)
    with at_desk(office) as desk:
        for unknown in unknown_words(desk, office.catalogue.registry("operator"), given, mapping):
            mapping = mapping.with_word(
                unknown.field, unknown.text, unknown.suggestions[0] if unknown.suggestions else ""
            )
    return mapping


def plan_of(office: Office, given: Table) -> Plan:
    with at_desk(office) as desk:
        registry, mapping = office.catalogue.registry("operator"), translated(office, given)
        return plan_import(desk, registry, given, mapping, file_name=SAMPLE.name)


@needs_shared
def test_every_row_is_accounted_for_and_what_is_not_taken_is_said(office: Office) -> None:
    plan = plan_of(office, sample(office))
    assert len(plan) == 600
    assert plan.unmapped == ("企业类型", "注册资金", "所在省份", "地区", "源文件", "源行号")
    assert sum(plan.counts().values()) == 600
    assert plan.counts()[Verdict.REJECTED] == 0
    assert [row.line for row in plan.rows(Verdict.DOUBTFUL)] == [207, 548]
    assert all("旧注册号" in row.why for row in plan.rows(Verdict.DOUBTFUL))


@needs_shared
def test_importing_it_twice_changes_nothing_and_one_undo_takes_it_back(office: Office) -> None:
    empty = dump(office)
    given = sample(office)
    plan = plan_of(office, given)
    with at_desk(office) as desk:
        assert accept_all(desk, plan, About.VALUE, "旧号照登，已约换照") == 2
    assert apply_plan(office, CLERK, plan).value["new"] == 600
    again = plan_of(office, given)
    assert again.counts()[Verdict.SAME] == 600
    assert check(office) == []
    undo(office, CLERK)
    assert dump(office) == empty
