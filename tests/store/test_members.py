"""A list of certain records, be they more than a statement takes parameters."""

from tests.store.acting import LINXIAO, act
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.store.office import Office
from wenlv_desk.store.query import Listing, ListQuery


def counted(office: Office, query: ListQuery) -> tuple[int, list[int]]:
    with office.desk(LINXIAO) as desk:
        registry = office.catalogue.registry("operator")
        listing = Listing(desk.session, office.catalogue, registry, query, desk.today)
        return listing.count(), list(listing.ids())


def test_a_list_holds_only_the_records_that_are_asked_for(office: Office) -> None:
    names = [{"operator_name": f"店{n}", "township": "东村街道" if n % 2 else "方圆街道"} for n in range(60_000)]
    ids = list(act(office, lambda desk: desk.insert_many(Operator, names)).value)
    wanted = tuple(ids[:50_000])
    assert counted(office, ListQuery(only=wanted)) == (50_000, list(wanted))
    assert counted(office, ListQuery(only=(ids[7], 999_999, ids[3]))) == (2, [ids[3], ids[7]])
    assert counted(office, ListQuery(only=())) == (0, [])
    narrowed = ListQuery(only=tuple(ids[:4]), where={"township": ("东村街道",)})
    assert counted(office, narrowed) == (2, [ids[1], ids[3]])
    assert counted(office, ListQuery())[0] == 60_000
