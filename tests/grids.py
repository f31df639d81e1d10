"""Grids and pledges for tests: a grid with its people, firms in it, a batch given out."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from tests import inspections
from tests.issuing.words import of_file, responsibility
from wenlv_desk.core.choices import Choice
from wenlv_desk.core.records import Record
from wenlv_desk.registries.grid.records import GridPost
from wenlv_desk.registries.pledge.bundles import Bundle
from wenlv_desk.registries.pledge.records import Pledge, PledgePage
from wenlv_desk.registries.pledge.sorting import Found
from wenlv_desk.registries.pledge.vocabulary import BatchState, PageState, PledgeState
from wenlv_desk.standards.page_code import DIGEST_DIGITS, PageCode

if TYPE_CHECKING:
    from tests.builders import Maker

EARLY = date(2026, 1, 1)


def officer(maker: "Maker", **values: Any) -> int:
    return maker.record("staff", **({"status": "在岗", "enforcement_cert_no": None, "roles": "网格员"} | values))


def grid(maker: "Maker", *, posted: bool = True, **values: Any) -> int:
    """A grid in use; with a head and an officer since the beginning of the year."""
    made = maker.record("grid", **values)
    if posted:
        given = {"head": officer(maker), "officer": officer(maker), "valid_from": EARLY}
        maker.perform("appoint", maker.registry("grid"), made, **given)
    return made


def grid_in(maker: "Maker", state: Choice) -> int:
    made = grid(maker)
    if state.value == "CLOSED":
        maker.perform("close_grid", maker.registry("grid"), made, reason="合并")
    return made


def firm(maker: "Maker", grid_id: int | None = None, **values: Any) -> int:
    """A shop in business, in a grid since the beginning of the year."""
    made = inspections.shop(maker, **values)
    put(maker, made, grid_id or grid(maker))
    return made


def put(maker: "Maker", operator: int, grid_id: int, day: date = EARLY) -> None:
    maker.perform("join_grid", maker.registry("operator"), operator, grid=grid_id, valid_from=day)


def answering_for(maker: "Maker", operator: int, staff: int) -> None:
    """Put a firm into a grid of this officer, whoever he is by now."""
    made = grid(maker)
    maker.write(maker.registry("grid_post"), _newest(maker, GridPost), officer_id=staff)
    put(maker, operator, made)


def _newest(maker: "Maker", record: type[Record]) -> int:
    with maker.office.database.read() as session:
        return int(session.scalar(select(func.max(record.id))) or 0)


def kind(maker: "Maker", **values: Any) -> int:
    """Work safety between the bureau and every firm in business."""
    given = {
        "prefix": f"AQ{maker.serial}",
        "wording": "pledge_work_safety",
        "parties": "局与企业",
        "categories": None,
        "season_from": None,
        "season_to": None,
        "copies": 2,
        "in_use": True,
    }
    return maker.record("pledge_kind", **(given | values))


def batch(maker: "Maker", **values: Any) -> int:
    """A batch drawn up for one firm."""
    firm(maker)
    made = maker.perform("draw_up", maker.registry("pledge_kind"), kind(maker, **values), year=2026)
    return int(made.value)


def batch_in(maker: "Maker", state: Choice) -> int:
    made = batch(maker)
    if state is not BatchState.DRAFT:
        maker.perform("issue_batch", maker.registry("pledge_batch"), made)
    if state is BatchState.CLOSED:
        maker.perform("close_batch", maker.registry("pledge_batch"), made)
    return made


def pledges_of(maker: "Maker", batch_id: int) -> list[int]:
    with maker.office.database.read() as session:
        return list(session.scalars(select(Pledge.id).where(Pledge.batch_id == batch_id).order_by(Pledge.id)))


def pledge(maker: "Maker") -> int:
    return pledges_of(maker, batch(maker))[0]


def pledge_in(maker: "Maker", state: Choice) -> int:
    made, registry = pledge(maker), maker.registry("pledge")
    if state is PledgeState.TERMINATED:
        maker.perform("terminate", registry, made, reason="注销")
    elif state is not PledgeState.DRAFT:
        maker.perform("issue_one", registry, made)
        _beyond(maker, made, state)
    return made


def _beyond(maker: "Maker", made: int, state: Choice) -> None:
    registry = maker.registry("pledge")
    if state is PledgeState.SIGNED_B:
        maker.perform("sign_b", registry, made)
    elif state is PledgeState.EFFECTIVE:
        sign(maker, made)
    elif state is PledgeState.SUPERSEDED:
        maker.perform("re_sign", registry, made, reason="负责人变更")


def sign(maker: "Maker", made: int) -> None:
    day = maker.office.clock().date()
    given = {"b_signed_on": day, "a_signed_on": day, "path": str(maker.file())}
    maker.perform("sign_both", maker.registry("pledge"), made, **given)


def bundle(maker: "Maker", *pages: Found) -> Bundle:
    """A scan with a page that cannot be read, unless pages are given."""
    maker.serial += 1
    content = f"%PDF-1.7 {maker.serial}".encode()
    return Bundle(
        f"扫描{maker.serial}.pdf", f"{maker.serial:064d}", (("扫描.pdf", content),), pages or (Found(1, 0, None),)
    )


def scan(maker: "Maker") -> int:
    made = maker.perform("file_scans", maker.registry("pledge"), path="扫描.pdf", payload=bundle(maker))
    return int(made.value)


def page(maker: "Maker") -> int:
    """A page of a scan that waits to be assigned."""
    made = scan(maker)
    with maker.office.database.read() as session:
        return int(session.scalars(select(PledgePage.id).where(PledgePage.scan_id == made)).first() or 0)


def filed_page(maker: "Maker") -> int:
    """A page that filed itself; the others of its pledge are not scanned yet."""
    made = pledge_in(maker, PledgeState.ISSUED)
    with maker.office.desk(maker.clerk) as desk:
        one = desk.get(Pledge, made)
        code = PageCode(one.pledge_no, 1, one.pages or 0, 1, str(one.digest)[:DIGEST_DIGITS])
    given = bundle(maker, Found(1, 0, code))
    maker.perform("file_scans", maker.registry("pledge"), path="扫描.pdf", payload=given)
    return _newest(maker, PledgePage)


def page_in(maker: "Maker", state: Choice) -> int:
    registry = maker.registry("pledge_page")
    made = filed_page(maker) if state in (PageState.FILED, PageState.RETURNED) else page(maker)
    match state:
        case PageState.RETURNED:
            maker.perform("take_back", registry, made, reason="归错了")
        case PageState.BY_HAND:
            maker.perform("assign_page", registry, made, **arguments_for(maker, "pledge_page", "assign_page"))
        case PageState.SET_ASIDE:
            maker.perform("set_aside", registry, made, reason="空白页")
        case PageState.DOUBLED | PageState.FOREIGN | PageState.BLANK:
            maker.write(registry, made, status=state)
    return made


def ready(maker: "Maker", register: str, operation: str) -> int | None:
    """A record for a step that asks for more than a state."""
    match (register, operation):
        case ("grid", "appoint"):
            return grid(maker, posted=False)
        case ("operator", "leave_grid"):
            return firm(maker)
        case ("staff", "hand_over_all"):
            made = officer(maker)
            given = {"officer": made, "valid_from": EARLY}
            maker.perform("appoint", maker.registry("grid"), grid(maker, posted=False), **given)
            return made
        case ("pledge_kind", "draw_up"):
            firm(maker)
            return kind(maker)
        case ("pledge_kind", "enter_signed"):
            return kind(maker)
        case ("pledge_kind", "drop_word"):
            made, registry = kind(maker), maker.registry("pledge_kind")
            maker.perform("bring_word", registry, made, **arguments_for(maker, "pledge_kind", "bring_word"))
            return made
        case ("pledge_batch", "add_to_batch"):
            made = batch(maker)
            firm(maker)
            return made
    return None


def arguments_for(maker: "Maker", registry: str, operation: str) -> Mapping[str, Any]:
    """Arguments that the guards tie together."""
    match (registry, operation):
        case ("grid", "appoint") | ("grid", "hand_over"):
            return {"officer": officer(maker)}
        case ("grid", "assign"):
            return {"operator": inspections.shop(maker)}
        case ("operator", "join_grid"):
            return {"grid": grid(maker)}
        case ("grid", "divide"):
            shop, place = inspections.shop(maker), grid(maker)
            with maker.office.desk(maker.clerk) as desk:
                name = desk.get(maker.registry("operator").record, shop).operator_name  # type: ignore[attr-defined]
                code = desk.get(maker.registry("grid").record, place).grid_code  # type: ignore[attr-defined]
            return {"plan": f"{name} => {code}"}
        case ("pledge_kind", "draw_up"):
            return {"year": 2026}
        case ("pledge_kind", "enter_signed"):
            day = maker.office.clock().date()
            signed = {"b_signed_on": day, "a_signed_on": day, "path": str(maker.file())}
            return {"operator": firm(maker), "year": day.year, **signed}
        case ("pledge_kind", "bring_word"):
            return {"path": str(of_file(maker.folder / "责任状.docx", responsibility())), "payload": 2}
        case ("pledge", "file_scans"):
            return {"path": "扫描.pdf", "payload": bundle(maker)}
        case ("pledge", "revise"):
            return {"valid_from": date(2026, 1, 1), "valid_to": date(2026, 12, 31)}
        case ("pledge", "sign_both"):
            day = maker.office.clock().date()
            return {"b_signed_on": day, "a_signed_on": day, "path": str(maker.file())}
        case ("pledge_page", "assign_page"):
            made = pledge_in(maker, PledgeState.ISSUED)
            with maker.office.desk(maker.clerk) as desk:
                return {"pledge_no": desk.get(Pledge, made).pledge_no, "number": 1}
    return {}
