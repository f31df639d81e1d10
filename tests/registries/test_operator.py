"""Operators: a name changes with its date and is still found, and who is gone leaves the supervised list."""

from datetime import date

import pytest

from tests.builders import Maker
from tests.conftest import Perform
from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.licence.records import PublicationLicence
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.store.office import Office
from wenlv_desk.store.query import Listing, ListQuery


def get(office: Office, maker: Maker, record_id: int) -> Operator:
    with office.desk(maker.clerk) as desk:
        return desk.get(Operator, record_id)


def test_former_names_add_up_and_each_still_finds_the_firm(office: Office, maker: Maker, perform: Perform) -> None:
    record_id = maker.record("operator", operator_name="新岸书报社", former_names=None)
    perform("rename", "operator", record_id, new_name="栖云书吧", renamed_on="2026-11-01")
    perform("rename", "operator", record_id, new_name="澄书堂", renamed_on="2026-11-20")
    assert get(office, maker, record_id).former_names == "新岸书报社、栖云书吧"
    registry = maker.registry("operator")
    with office.desk(maker.clerk) as desk:
        for text in ("书报", "栖云", "澄书"):
            hits = Listing(desk.session, office.catalogue, registry, ListQuery(search=text), desk.today)
            assert list(hits.ids()) == [record_id], text


def test_taking_an_old_name_again_leaves_it_out_of_the_former_ones(
    office: Office, maker: Maker, perform: Perform
) -> None:
    record_id = maker.record("operator", operator_name="甲书店", former_names=None)
    for name in ("乙书店", "甲书店"):
        perform("rename", "operator", record_id, new_name=name, renamed_on="2026-11-20")
    assert get(office, maker, record_id).former_names == "乙书店"


def test_the_licences_keep_the_name_printed_on_them(office: Office, maker: Maker, perform: Perform) -> None:
    record_id = maker.record("operator", operator_name="新岸书报社")
    licence = maker.record("publication_licence", operator_id=record_id, licensee_name="新岸书报社")
    perform("rename", "operator", record_id, new_name="新岸书刊社", renamed_on="2026-11-01")
    with office.desk(maker.clerk) as desk:
        assert desk.get(PublicationLicence, licence).licensee_name == "新岸书报社"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"new_name": "新岸 书刊社", "renamed_on": "2026-11-01"}, "与现名“新岸书刊社”相同"),
        ({"new_name": "澄书堂", "renamed_on": "2026-12-01"}, "晚于今天"),
    ],
)
def test_a_name_change_that_is_none_or_lies_ahead_is_refused(
    maker: Maker, perform: Perform, given: dict[str, str], said: str
) -> None:
    record_id = maker.record("operator", operator_name="新岸书刊社")
    with pytest.raises(UserError, match=said):
        perform("rename", "operator", record_id, **given)


def test_who_moves_away_leaves_the_list_and_who_opens_again_comes_back(
    office: Office, maker: Maker, perform: Perform
) -> None:
    record_id = maker.record("operator", delisted_on=None, delist_reason=None)
    perform("change_status", "operator", record_id, operating_status="迁出", changed_on="2026-11-01", reason="迁往邻市")
    gone = get(office, maker, record_id)
    assert (gone.delisted_on, gone.delist_reason) == (date(2026, 11, 1), "迁往邻市")
    with pytest.raises(UserError, match="经营状态已经是“迁出”"):
        perform("change_status", "operator", record_id, operating_status="迁出", changed_on="2026-11-02", reason="再")
    perform("change_status", "operator", record_id, operating_status="营业", changed_on="2026-11-20", reason="迁回")
    assert get(office, maker, record_id).delisted_on is None
