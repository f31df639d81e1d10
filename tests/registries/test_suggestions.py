"""What the forms of 核发 and 延续 begin with: today, and the term that the bureau has set."""

from datetime import date

import pytest

from tests.builders import Maker
from tests.conftest import Perform
from tests.registries.licences import get, issued
from wenlv_desk.registries.licence.issuing import suggest_issue, suggest_renewal
from wenlv_desk.store.office import Office

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("settings", "end"),
    [
        ({}, None),
        ({"publication_term_years": 5}, date(2031, 11, 22)),
        ({"publication_term_years": 5, "common_end_date": "2030-12-31"}, date(2030, 12, 31)),
        ({"publication_term_years": 5, "common_end_date": "2026-01-01"}, date(2031, 11, 22)),
        ({"printing_term_years": 5}, None),
    ],
)
def test_issuing_begins_today_for_the_term_of_the_settings(
    office: Office, maker: Maker, perform: Perform, settings: dict[str, object], end: date | None
) -> None:
    perform("set_up", "bureau_settings", bureau_name="某局", **settings)
    draft = get(office, "publication_licence", maker.record("publication_licence", status="草稿"))
    with office.desk(maker.clerk) as desk:
        assert suggest_issue(desk, draft) == {"issued_on": TODAY, "valid_from": TODAY, "valid_to": end}


def test_renewing_begins_where_the_old_term_ends(office: Office, maker: Maker, perform: Perform) -> None:
    perform("set_up", "bureau_settings", bureau_name="某局", printing_term_years=3)
    record_id = issued(maker, "printing_licence", valid_to=date(2027, 2, 28))
    perform("apply_renewal", "printing_licence", record_id, applied_on="2026-11-20")
    with office.desk(maker.clerk) as desk:
        assert suggest_renewal(desk, get(office, "printing_licence", record_id)) == {
            "decided_on": TODAY,
            "applied_on": date(2026, 11, 20),
            "valid_from": date(2027, 3, 1),
            "valid_to": date(2030, 2, 28),
        }
