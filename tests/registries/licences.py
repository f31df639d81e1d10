"""Licences in the states that tests begin from."""

from datetime import date
from typing import Any

from tests.builders import Maker
from wenlv_desk.registries.licence.records import Licence, PrintingLicence, PublicationLicence
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.office import Office
from wenlv_desk.store.query import Listing, ListQuery

BOTH = ("publication_licence", "printing_licence")
KINDS: dict[str, type[Licence]] = {"publication_licence": PublicationLicence, "printing_licence": PrintingLicence}


def issued(maker: Maker, register: str, *, valid_to: date | None = date(2027, 12, 31), **values: Any) -> int:
    """A licence issued on 1 March 2022, valid to the end of next year unless said otherwise."""
    day = date(2022, 3, 1)
    dates = {"issue_date": day, "first_issue_date": day, "valid_from": day, "valid_to": valid_to}
    return maker.record(register, **{"status": "有效", **dates, **values})


def get(office: Office, register: str, record_id: int) -> Licence:
    with office.desk(Clerk("读")) as desk:
        return desk.get(KINDS[register], record_id)


def standing(office: Office, register: str, record_id: int) -> str:
    """当前状态 as the list shows it."""
    with office.desk(Clerk("读")) as desk:
        registry = office.catalogue.registry(register)
        listing = Listing(desk.session, office.catalogue, registry, ListQuery(), desk.today, names=("standing",))
        (row,) = listing.by_ids([record_id])
        return row.shown["standing"]
