"""The annual review: 10,000 cases made by 启动, against sqlite3 writing the same rows; 1,000 result notices, against bare reportlab.

Ours judges every licence and says why it is in, numbers, journals and indexes the cases; and lays out, proves, numbers and archives the
notices, one file each. The floors write the same rows into a plain table, and draw the same texts into a file each.
"""

import sqlite3
import tempfile
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import select

from benchmarks._canvas import bare, parts_of
from benchmarks._turns import ROUNDS, by_turns
from benchmarks.registration_pages import CLERK, NOW, licence_values
from wenlv_desk.core.operations import Operation, Subject
from wenlv_desk.issuing.batch import issue_many
from wenlv_desk.issuing.matter import gather_each
from wenlv_desk.registries.demo import BUREAU
from wenlv_desk.registries.licence.publication import PublicationLicence
from wenlv_desk.registries.licence.vocabulary import Status
from wenlv_desk.registries.opening import open_desk
from wenlv_desk.registries.review.case import ReviewCase
from wenlv_desk.registries.review.vocabulary import CaseState, Conclusion
from wenlv_desk.store.checks import check_record
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.gate import perform
from wenlv_desk.store.office import Office
from wenlv_desk.typeset.flow import lay_out

CASES = 10_000
NOTICES = 1000
PAPER = "review_result"
AIM_ROLLED, AIM_NOTICES = 5.0, 2.0


def run() -> list[dict[str, Any]]:
    """Two rows; ours and the floor by turns, the best of three."""
    with tempfile.TemporaryDirectory() as made:
        office = open_desk(Path(made) / "office", clock=lambda: NOW)
        _licences(office)
        rolled = _rolled(office, Path(made))
        noticed = _noticed(office)
        office.close()
    return [rolled, noticed]


def _bulk(office: Office, register: str, function: Any) -> None:
    perform(office, CLERK, Operation(title="备数据", function=function, subject=Subject.REGISTER), register)


def _licences(office: Office) -> None:
    perform(office, CLERK, "set_up", "bureau_settings", arguments=BUREAU)
    firm = {"operator_name": "青禾书店", "address": "海政路1号", "phone": "13800000000"}
    operator = perform(office, CLERK, "create", "operator", arguments=firm).value

    def fill(desk: Desk, registry: Any) -> None:
        first = check_record(registry, licence_values(operator, 0), desk.context, desk.rule_context).values
        own = ("licence_no", "licensee_name", "legal_representative", "contact_phone", "business_premises")
        rows = []
        for number in range(CASES):
            values = licence_values(operator, number)
            rows.append(first | {name: values[name] for name in own} | {"status": Status.ACTIVE})
        desk.insert_many(PublicationLicence, rows)

    _bulk(office, "publication_licence", fill)


def _rolled(office: Office, folder: Path) -> dict[str, Any]:
    campaigns = [
        perform(
            office,
            CLERK,
            "from_model",
            "review_campaign",
            arguments={"model": "yantai_gaoxin_2026", "title": f"第{n}批"},
        ).value
        for n in range(ROUNDS)
    ]
    waiting, turn = iter(campaigns), count()
    perform(office, CLERK, "open", "review_campaign", warm := _small(office))
    rows = _case_rows(office, warm)

    def ours() -> None:
        made = perform(office, CLERK, "open", "review_campaign", next(waiting)).value["made"]
        if made != CASES:
            raise SystemExit(f"only {made} of {CASES} cases were made")

    ours_s, floor_s = by_turns(ours, lambda: _written(rows, folder / f"floor{next(turn)}.sqlite"))
    work = f"{CASES:,} annual review cases rolled out"
    return {"work": work, "ours_s": ours_s, "floor_s": floor_s, "ratio": ours_s / floor_s, "aim": AIM_ROLLED}


def _small(office: Office) -> int:
    """A campaign whose rows the floor writes."""
    given = {"model": "yantai_gaoxin_2026", "title": "样批"}
    return int(perform(office, CLERK, "from_model", "review_campaign", arguments=given).value)


def _case_rows(office: Office, campaign: int) -> list[tuple[Any, ...]]:
    with sqlite3.connect(office.folder / "wenlv.sqlite") as database:
        return database.execute("SELECT * FROM review_case WHERE campaign_id = ?", (campaign,)).fetchall()


def _written(rows: list[tuple[Any, ...]], file: Path) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    columns = ", ".join(f"c{number}" for number in range(1, len(rows[0])))
    connection.execute(f"CREATE TABLE review_case (id INTEGER PRIMARY KEY, {columns})")
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(f"INSERT INTO review_case VALUES ({', '.join('?' * len(rows[0]))})", rows)
    connection.execute("COMMIT")
    connection.close()


def _noticed(office: Office) -> dict[str, Any]:
    with office.database.read() as session:
        ids = list(session.scalars(select(ReviewCase.id).order_by(ReviewCase.id).limit(NOTICES * ROUNDS)))
    passed = {"status": CaseState.PASSED, "conclusion": Conclusion.PASSED, "received_at": NOW}
    passed |= {"accepted_on": NOW.date(), "decided_on": date(2026, 11, 23), "decided_by": CLERK.name}
    _bulk(office, "review_case", lambda desk, _registry: desk.update_many(ReviewCase, dict.fromkeys(ids, passed)))
    paper, registry = office.catalogue.paper(PAPER), office.catalogue.registry("review_case")
    portions = iter([ids[start : start + NOTICES] for start in range(0, len(ids), NOTICES)])
    drawn = _laid_out(office, ids[:NOTICES])

    def ours() -> None:
        issued = len(issue_many(office, CLERK, paper, registry, next(portions)).issued)
        if issued != NOTICES:
            raise SystemExit(f"only {issued} of {NOTICES} notices were issued")

    ours_s, floor_s = by_turns(ours, lambda: [bare(sheets, parts) for sheets, parts in drawn])
    pages = sum(len(sheets) for sheets, _ in drawn)
    row = {"work": f"{NOTICES:,} result notices issued, a file each", "ours_s": ours_s, "floor_s": floor_s}
    return row | {"ratio": ours_s / floor_s, "aim": AIM_NOTICES, "pages_per_s": pages / ours_s}


def _laid_out(office: Office, ids: list[int]) -> list[tuple[Any, Any]]:
    """Every notice as it is drawn, for the floor."""
    paper, registry = office.catalogue.paper(PAPER), office.catalogue.registry("review_case")
    assert paper.data is not None
    made = []
    with office.desk(CLERK) as desk:
        for row_id, matter in gather_each(desk, registry, ids, {}).items():
            said = replace(matter, number="青文旅审〔2026〕1号", told=paper.data(desk, (row_id,)))
            sheets = lay_out(paper.function(said))
            made.append((sheets, parts_of(sheets)))
    return made
