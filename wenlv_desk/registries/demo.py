"""A demonstration bureau (演示单位): invented firms and people, licences in every state, dates relative to today.

Everything is entered through the gate like a clerk's work, each step on its day of the past, so that history, undo, figures as of a day
and check have something to show.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import func, select

from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.inspection.season import Inspections
from wenlv_desk.registries.licence.vocabulary import CancelGround, PrintCategory, ReissueCause, WithdrawGround
from wenlv_desk.registries.opening import SYSTEM
from wenlv_desk.registries.past import Day, Past, done_ago
from wenlv_desk.registries.patrol.season import Patrols
from wenlv_desk.registries.pledge.season import Pledges
from wenlv_desk.registries.review.season import ENTERED_LATE, LATE, plan_reviews
from wenlv_desk.resources import resource
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.office import Office
from wenlv_desk.store.tables import JournalEntry

CLERK = Clerk("林晓", "窗口一")
ENTERED = 430  # days ago the ledger was typed in
Firm = tuple[int, dict[str, str]]
BUREAU = {
    "bureau_name": "青屿市文化和旅游局",
    "region_name": "青屿市",
    "publication_issuer": "青屿市新闻出版局",
    "printing_issuer": "映海市新闻出版局",
    "handling_body": "青屿市文化和旅游局",
    "supervising_body": "青屿市文化市场综合执法大队",
    "document_code": "青文旅",
    "contact_phone": "0535-3000000",
    "contact_address": "青屿市海政路1号政务服务中心二楼",
}
STAFF = (
    ("林晓", "审批服务科", "科员", "CLERK"),
    ("周建国", "审批服务科", "科长", "REVIEWER、CLERK"),
    ("单海燕", "综合执法大队", "中队长", "INSPECTOR"),
    ("仇文博", "综合执法大队", "执法员", "INSPECTOR"),
    ("翟明轩", "综合执法大队", "执法员", "INSPECTOR"),
    ("缪思远", "综合执法大队", "执法员", "INSPECTOR"),
    ("覃志远", "安全生产科", "科长", "SAFETY、GRID"),
    ("苏若溪", "局领导", "副局长", "HEAD"),
)


@dataclass(frozen=True)
class Story:
    """What becomes of one demonstration licence: issued and ending so many days from today (None: without end), then steps."""

    issued: int = -900
    ends: int | None = 900
    steps: tuple[tuple[str, dict[str, Any]], ...] = ()
    draft: bool = False


def fill(office: Office) -> dict[str, int]:
    """Fill an empty office; returns how many records of each register it made. UserError when something is there already."""
    with office.database.read() as session:
        if session.scalar(select(JournalEntry.id).where(JournalEntry.clerk != SYSTEM.name).limit(1)):
            raise UserError("这个数据文件夹里已经办过事项，不能再建演示单位，请换一个空文件夹（--data）")
    with office.database.at_one_go() as database:
        past = Past(replace(office, database=database), CLERK)
        _plan(past)
        past.happen()
    return _counts(office)


def _plan(past: Past) -> None:
    """Everything that happened, each on its day of the past."""
    past.plan(ENTERED, _bureau)
    publications, prints = _Licences("publication_licence"), _Licences("printing_licence")

    def enter(day: Day) -> None:
        firms = list(_operators(day, past.today))
        publications.firms = [one for one in firms if "BOOK_RETAIL" in one[1]["categories"]]
        prints.firms = [one for one in firms if one[1]["categories"].startswith(("PRINTER", "COPY_SHOP"))]

    past.plan(ENTERED, enter)
    publications.plan(past, _publication_stories(past.today), late=ENTERED_LATE)
    prints.plan(past, _printing_stories(past.today))
    plan_reviews(past, publications.ids, prints.ids)
    Inspections(past).plan()
    Pledges(past).plan()
    Patrols(past).plan()


def _bureau(day: Day) -> None:
    day.do("set_up", "bureau_settings", **BUREAU)
    for name, department, post, roles in STAFF:
        given = {"name": name, "org": BUREAU["bureau_name"], "department": department, "post": post, "roles": roles}
        given |= _certificate(name, day.today + timedelta(ENTERED)) if roles == "INSPECTOR" else {}
        day.do("create", "staff", **given)


def _certificate(name: str, today: date) -> dict[str, Any]:
    serial = sum(map(ord, name)) % 10000
    return {
        "enforcement_cert_no": f"演-{serial:04d}",
        "cert_valid_to": today + timedelta(500),
        "domains": "CULTURE、PRESS",
    }


def _operators(day: Day, today: date) -> Iterator[tuple[int, dict[str, str]]]:
    """Enter the firms of resources/demo/operators.csv; ids with their rows."""
    with resource("demo", "operators.csv").open(encoding="utf-8", newline="") as file:
        for place, row in enumerate(csv.DictReader(file), 1):
            given = {
                "operator_name": row["name"],
                "uscc": row["uscc"] or None,
                "entity_kind": row["entity_kind"],
                "categories": row["categories"],
                "grade": row["grade"] or None,
                "legal_representative": row["representative"],
                "phone": row["phone"],
                "address": row["address"],
                "township": row["township"],
                "established_on": today - timedelta(int(row["days_ago"])),
                "operating_status": row["status"],
                "risk_grade": row["risk"],
                "former_names": row["former_names"] or None,
                "archive_no": f"档-{place:03d}",
            }
            yield day.do("create", "operator", **given), row


def _publication_stories(today: date) -> list[Story]:
    """One story a book shop, in the order of the list; shops beyond the last story are simply in force."""
    ago = _ago(today)
    pending = {"applied_on": ago(45), "document_no": "青文旅受〔演〕3号"}
    stopped = {
        "suspended_from": ago(20),
        "suspended_to": ago(-40),
        "document_no": "青文旅罚〔演〕2号",
        "reason": "进货清单不全",
    }
    closed = {"cancelled_on": ago(60), "ground": CancelGround.DISSOLVED, "document_no": "青文旅注〔演〕1号"}
    punished = {"decided_on": ago(200), "document_no": "青文旅罚〔演〕1号", "reason": "发行非法出版物，情节严重"}
    annulled = {"decided_on": ago(90), "ground": WithdrawGround.DECEIT, "document_no": "青文旅撤〔演〕1号"}
    lost = {"reissued_on": ago(30), "cause": ReissueCause.LOST, "newspaper": "映海日报", "notice_on": ago(38)}
    renewed = {"applied_on": ago(15), "decided_on": ago(8), "valid_to": ago(-1850), "document_no": "青文旅延〔演〕4号"}
    moved = {
        "approved_on": ago(100),
        "business_premises": "望海街道文化街188号一层",
        "document_no": "青文旅变〔演〕6号",
    }
    return [
        Story(-1500, 520),
        Story(-1800, 20),
        Story(-1500, -40),
        Story(-1200, None),
        Story(-1780, 45),
        Story(-1740, 80),
        Story(-1460, -5, (("apply_renewal", pending),)),
        Story(-700, 1100, (("suspend", stopped),)),
        Story(-1000, 800, (("cancel", closed),)),
        Story(-900, 900, (("revoke", punished),)),
        Story(-800, 1000, (("withdraw", annulled),)),
        Story(draft=True),
        Story(-1100, 700, (("reissue", lost),)),
        Story(-1600, 30, (("renew", renewed),)),
        Story(-1300, 500, (("change", moved),)),
    ]


def _printing_stories(today: date) -> list[Story]:
    ago = _ago(today)
    stopped = {"suspended_from": ago(10), "document_no": "青文旅罚〔演〕5号", "reason": "承印登记不全"}
    closed = {"cancelled_on": ago(20), "ground": CancelGround.DISSOLVED}
    return [
        Story(-1200, 1500),
        Story(-2000, -12, (("apply_renewal", {"applied_on": ago(60)}),)),
        Story(-900, 600, (("suspend", stopped),)),
        Story(-1500, 45),
        Story(-1700, 20),
        Story(-800, -90),
        Story(-600, 1200),
        Story(-1400, 300, (("cancel", closed),)),
        Story(-1000, 80),
        Story(-500, None),
    ]


def _ago(today: date) -> Any:
    return lambda days: (today - timedelta(days)).isoformat()


class _Licences:
    """The licences of a register by place, entered and taken through their stories."""

    def __init__(self, register: str) -> None:
        self.register = register
        self.firms: list[Firm] = []
        self.ids: dict[int, int] = {}

    def plan(self, past: Past, stories: Sequence[Story], late: Sequence[int] = ()) -> None:
        """Those at the places `late` are entered later than the rest."""
        today = past.today
        past.plan(ENTERED, lambda day: self._enter(day, stories, today, set(range(len(self.firms))) - set(late)))
        past.plan(LATE, lambda day: self._enter(day, stories, today, late))
        for place, story in enumerate(stories):
            for name, arguments in story.steps:
                past.plan(done_ago(arguments, today), partial(self._step, name, place, arguments))

    def _enter(self, day: Day, stories: Sequence[Story], today: date, places: Iterable[int]) -> None:
        for place in places:
            operator_id, row = self.firms[place]
            story = stories[place] if place < len(stories) else Story(-400 - 31 * place, 300 + 90 * place)
            given = _common(operator_id, row, today, story) | _own(self.register, place, row)
            self.ids[place] = day.do("create", self.register, **given)

    def _step(self, name: str, place: int, arguments: dict[str, Any], day: Day) -> None:
        day.do(name, self.register, self.ids[place], **arguments)


def _common(operator_id: int, row: dict[str, str], today: date, story: Story) -> dict[str, Any]:
    day = None if story.draft else today + timedelta(story.issued)
    end = None if story.draft or story.ends is None else today + timedelta(story.ends)
    return {
        "operator_id": operator_id,
        "licensee_name": row["name"],
        "uscc": row["uscc"] or None,
        "legal_representative": row["representative"],
        "representative_role": "OWNER" if row["entity_kind"] == "个体工商户" else "LEGAL",
        "contact_phone": row["phone"],
        "business_premises": row["address"],
        "township": row["township"],
        "valid_from": day,
        "valid_to": end,
        "issue_date": day,
        "first_issue_date": day,
    }


def _own(register: str, place: int, row: dict[str, str]) -> dict[str, Any]:
    if register == "publication_licence":
        return {
            "licence_no": f"新出发鲁零字第示{place + 1:03d}号",
            "issuing_authority": BUREAU["publication_issuer"],
            "business_mode": "RETAIL",
            "publication_kinds": "BOOK、NEWSPAPER、PERIODICAL" if place % 3 else "BOOK、PERIODICAL、AUDIOVISUAL",
            "scope_text": "图书、报纸、期刊零售" if place % 3 else "图书、期刊、音像制品零售",
            "floor_area_m2": f"{40 + 17 * place}",
            "staff_count": 1 + place % 6,
            "ownership_kind": "PRIVATE",
        }
    copying = row["categories"] == "COPY_SHOP"
    kind = (
        PrintCategory.COPY_TYPING if copying else (PrintCategory.PACKAGING_PRINT, PrintCategory.OTHER_PRINT)[place % 2]
    )
    return {
        "licence_no": f"（鲁）印证字第示{place + 31:04d}号",
        "issuing_authority": BUREAU["printing_issuer"],
        "operator_kind": "INDIVIDUAL" if copying else "ENTERPRISE",
        "print_categories": kind.value,
        "scope_text": kind.label,
        "registered_address": row["address"],
        "plant_area_m2": f"{60 + 120 * place}",
        "issuing_level": "CITY",
    }


def _counts(office: Office) -> dict[str, int]:
    made = {}
    with office.database.read() as session:
        for registry in office.catalogue.registries.values():
            if count := session.scalar(select(func.count(registry.record.id))):
                made[registry.title] = count
    return made
