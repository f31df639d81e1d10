"""A review under way: a small bureau on the first day on the spot, its campaign begun; made once, copied per test."""

import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from tests.conftest import Clock
from wenlv_desk.registries.opening import open_desk
from wenlv_desk.registries.review.case import ReviewCase
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.gate import perform
from wenlv_desk.store.office import Office

FIRST_DAY = datetime(2026, 1, 26, 9, 0)
MODEL = "yantai_gaoxin_2026"
DECIDER = Clerk("周建国", "窗口一")
BUREAU = {
    "bureau_name": "青屿市文化和旅游局",
    "region_name": "青屿市",
    "handling_body": "青屿市文化和旅游局",
    "document_code": "青文旅",
    "contact_phone": "0535-3000000",
    "contact_address": "青屿市海政路1号",
}
CLEAN, OTHER, LAPSED, STOPPED, TOO_NEW, NONE = (
    "海书香文化用品店",
    "栖云图书馆书吧",
    "新岸书刊社",
    "东港书报亭",
    "新开张书屋",
    "恒达纸塑包装有限公司",
)
ISSUED, LASTS = date(2023, 3, 1), date(2028, 2, 29)
FIRMS: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
    (CLEAN, "92990087MADX43107H", "翟志远", "13900001035", {}),
    (OTHER, "12990087MADW10304C", "曹志远", "13900001036", {}),
    (LAPSED, "91990087MADF131558", "王㼆", "13900001037", {"valid_to": date(2025, 12, 17)}),
    (STOPPED, "92990087MADY19626K", "缪子轩", "13900001038", {}),
    (
        TOO_NEW,
        "92990087MADH39701M",
        "朱丽华",
        "13900001039",
        dict.fromkeys(("issue_date", "first_issue_date", "valid_from"), date(2026, 1, 5)),
    ),
)


def bureau_before_season(folder: Path) -> Path:
    """A bureau with firms and licences, without a campaign."""
    office = open_desk(folder, clock=Clock(FIRST_DAY))
    perform(office, DECIDER, "set_up", "bureau_settings", arguments=BUREAU)
    for number, (name, code, person, phone, more) in enumerate(FIRMS, 1):
        _licence(office, _firm(office, name, code, person, phone), f"新出发鲁零字第示{number:03d}号", more)
    _firm(office, NONE, "91990087MADL77138P", "郑若溪", "13800002001")
    office.close()
    return folder


def _firm(office: Office, name: str, code: str, person: str, phone: str) -> dict[str, Any]:
    same = {"uscc": code, "legal_representative": person}
    given = {**same, "operator_name": name, "phone": phone}
    made = perform(office, DECIDER, "create", "operator", arguments=given).value
    return {**same, "operator_id": made, "licensee_name": name, "contact_phone": phone}


def _licence(office: Office, firm: dict[str, Any], number: str, more: dict[str, Any]) -> None:
    given = {
        **firm,
        "licence_no": number,
        "representative_role": "LEGAL",
        "business_premises": "青屿市海政路1号",
        "issuing_authority": "青屿市新闻出版局",
        "business_mode": "RETAIL",
        "publication_kinds": "BOOK",
        "scope_text": "图书零售",
        "ownership_kind": "PRIVATE",
        "issue_date": ISSUED,
        "first_issue_date": ISSUED,
        "valid_from": ISSUED,
        "valid_to": LASTS,
    }
    made = perform(office, DECIDER, "create", "publication_licence", arguments=given | more).value
    if firm["licensee_name"] == STOPPED:
        stop = {"suspended_from": "2026-01-06", "document_no": "青文旅罚〔2026〕2号", "reason": "进货清单不全"}
        perform(office, DECIDER, "suspend", "publication_licence", made, arguments=stop)


def begin_season(office: Office, model: str = MODEL) -> int:
    """A campaign from a model, begun; its id."""
    made = perform(office, DECIDER, "from_model", "review_campaign", arguments={"model": model}).value
    perform(office, DECIDER, "open", "review_campaign", made)
    return int(made)


def season_in(folder: Path) -> Path:
    """The bureau with the review under way."""
    office = open_desk(bureau_before_season(folder), clock=Clock(FIRST_DAY))
    begin_season(office)
    office.close()
    return folder


def copy_of(template: Path, tmp_path: Path) -> Path:
    """A copy of a test's own."""
    shutil.copytree(template, tmp_path / "年审 单位")
    return tmp_path / "年审 单位"


def case_of(office: Office, name: str) -> int:
    """The case of a firm by its name."""
    with office.database.read() as session:
        return session.scalars(select(ReviewCase.id).where(ReviewCase.licensee_name == name)).one()
