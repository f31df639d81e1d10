"""The first run: an empty folder becomes a desk with its categories, and the bureau says once who it is."""

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.builders import Maker, dump
from tests.conftest import Clock, Perform
from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.opening import needs_set_up, open_desk
from wenlv_desk.registries.settings.operations import shipped_categories
from wenlv_desk.registries.settings.records import Category
from wenlv_desk.store.check import check
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.office import Office
from wenlv_desk.store.tables import JournalEntry

DOMAIN_CODES = (
    "A_SCENIC RURAL_TOUR STAR_HOTEL TRAVEL_AGENCY HOMESTAY INTERNET_CAFE KTV ARCADE PERFORMANCE_VENUE TROUPE PERF_AGENCY ART_DEALER "
    "SCRIPT_ENT ESPORTS_HOTEL BOOK_RETAIL PRINTER COPY_SHOP CINEMA BROADCAST HERITAGE PUBLIC_CULTURE ART_EXAM TRAINING SPORTS"
)


def test_an_empty_folder_becomes_a_desk_in_one_journalled_step(tmp_path: Path, clock: Clock) -> None:
    office = open_desk(tmp_path / "新" / "数据", clock=clock)
    with office.database.read() as session:
        (entry,) = session.scalars(select(JournalEntry))
        assert (entry.title, entry.clerk, entry.undoable) == ("建立初始类别 经营类别", "系统", False)
        codes = session.scalars(select(Category.code).order_by(Category.position)).all()
    assert codes == DOMAIN_CODES.split()
    assert check(office) == []
    office.close()


def test_opening_again_enters_nothing(office: Office, clock: Clock) -> None:
    before = dump(office)
    again = open_desk(office.folder, clock=clock)
    assert dump(again) == before
    again.close()


def test_a_category_list_that_was_emptied_is_not_filled_again(office: Office, maker: Maker, clock: Clock) -> None:
    registry = maker.registry("category")
    for number in range(1, len(shipped_categories()) + 1):
        maker.perform("void", registry, number, why="改用本地类别")
    again = open_desk(office.folder, clock=clock)
    with again.desk(maker.clerk) as desk:
        assert desk.lookup.options("category") == ()
    again.close()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "数据").write_text("是个文件")
    with pytest.raises(UserError, match="建不起来"):
        open_desk(tmp_path / "数据", clock=clock)


def test_the_bureau_is_asked_until_it_has_said_who_it_is(office: Office, perform: Perform) -> None:
    assert needs_set_up(office)
    perform("set_up", "bureau_settings", bureau_name="某某市文化和旅游局", document_code="某文旅")
    assert not needs_set_up(office)
    with office.desk(Clerk("读")) as desk:
        assert (desk.settings["document_code"], desk.settings["closing_time"]) == ("某文旅", "17:00")
    with pytest.raises(UserError, match="已经设置过，请在“设置”里修改"):
        perform("set_up", "bureau_settings", bureau_name="另一个局")
    perform("amend", "bureau_settings", 1, bureau_name="某某市文旅局")


def test_before_the_first_run_the_defaults_hold(office: Office) -> None:
    with office.desk(Clerk("读")) as desk:
        assert (desk.settings["renewal_days"], desk.settings["bureau_name"]) == (30, None)


def test_only_an_administrator_says_who_the_bureau_is(office: Office) -> None:
    from wenlv_desk.store.gate import perform

    clerk = Clerk("林晓", roles=frozenset({Role.CLERK}))
    with pytest.raises(UserError, match="须由管理员办理"):
        perform(office, clerk, "set_up", "bureau_settings", arguments={"bureau_name": "某局"})


def test_the_code_of_a_category_stays_while_its_name_may_change(maker: Maker, perform: Perform) -> None:
    with pytest.raises(UserError, match="代码不能直接修改"):
        perform("amend", "category", 1, code="SCENIC")
    perform("amend", "category", 1, label="A级景区景点")


def test_a_renamed_category_is_shown_under_its_new_name_everywhere(
    office: Office, maker: Maker, perform: Perform
) -> None:
    from wenlv_desk.store.query import Listing, ListQuery

    operator = maker.record("operator", categories="A级旅游景区")
    perform("amend", "category", 1, label="A级景区景点")
    with office.desk(maker.clerk) as desk:
        registry = maker.registry("operator")
        (row,) = Listing(desk.session, office.catalogue, registry, ListQuery(), desk.today).by_ids([operator])
        assert row.shown["categories"] == "A级景区景点"
