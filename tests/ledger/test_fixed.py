"""A ledger does not write to what stands for good: the list of a campaign that is over."""

import pytest

from tests.conftest import Perform
from tests.ledger.desks import CLERK, dump, planned
from wenlv_desk.core.errors import UserError
from wenlv_desk.ledger.apply import apply_plan
from wenlv_desk.store.office import Office

HEADINGS = ("所属批次", "序号", "材料名称", "形式")


@pytest.mark.parametrize("name", ["营业执照副本", "另一份材料"])
def test_a_ledger_neither_changes_nor_adds_to_the_list_of_a_campaign_that_is_over(
    office: Office, perform: Perform, name: str
) -> None:
    made = perform("from_model", "review_campaign", model="yantai_gaoxin_2026").value
    title = "2026年度出版物发行单位年度核验"
    perform("open", "review_campaign", made)
    perform("close", "review_campaign", made)
    plan = planned(office, HEADINGS, (title, "9", name, "电子件"), register="review_requirement")
    before = dump(office)
    with pytest.raises(UserError, match=r"第 2 行：.*已结束"):
        apply_plan(office, CLERK, plan)
    assert dump(office) == before
