"""1,000 registration pages (登记信息页) issued as one PDF, against a bare reportlab canvas drawing the same glyphs.

Ours reads the records, lays them out, proves every character, takes the number, archives and journals.
"""

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks._canvas import bare, parts_of
from benchmarks._turns import by_turns
from wenlv_desk.issuing.matter import gather
from wenlv_desk.registries.opening import open_desk
from wenlv_desk.standards.credit_code import complete_code
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.gate import perform
from wenlv_desk.store.office import Office
from wenlv_desk.typeset.breaking import break_lines
from wenlv_desk.typeset.flow import lay_out
from wenlv_desk.typeset.fonts import drawn_as
from wenlv_desk.typeset.page import Document
from wenlv_desk.typeset.qr import operators

CLERK = Clerk("林晓")
NOW = datetime(2026, 11, 23, 9)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英"
_RARE = ("䶮", "㛃", "𬱖", "𠮷", "𬭎")
PAGES = 1000
AIM = 2.0


def run() -> list[dict[str, Any]]:
    """One row: seconds of ours and of the floor (best of three, taken in turns), their ratio and the aim."""
    with tempfile.TemporaryDirectory() as folder:
        office = open_desk(Path(folder), clock=lambda: NOW)
        ids = _licences(office)
        sheets = lay_out(_document(office, ids))
        drawn = parts_of(sheets)
        ours, floor = by_turns(lambda: _ours(office, ids), lambda: bare(sheets, drawn))
        office.close()
    work = f"{PAGES:,} registration pages issued as one PDF ({len(sheets):,} sheets)"
    return [{"work": work, "ours_s": ours, "floor_s": floor, "ratio": ours / floor, "aim": AIM}]


def _licences(office: Office) -> list[int]:
    """Invented bookshops' licences; every fifth has a rare name."""
    firm = {"operator_name": "青禾书店", "address": "海政路1号", "phone": "13800000000"}
    operator = perform(office, CLERK, "create", "operator", arguments=firm).value
    return [
        perform(office, CLERK, "create", "publication_licence", arguments=licence_values(operator, n)).value
        for n in range(PAGES)
    ]


def licence_values(operator: int, number: int) -> dict[str, Any]:
    person = _SURNAMES[number % 20] + (_RARE[number // 5 % 5] if number % 5 == 0 else _GIVEN[number % 23])
    return {
        "operator_id": operator,
        "licence_no": f"新出发鲁零字第示{number + 1:05}号",
        "licensee_name": f"青禾市{person}书店（个体工商户）",
        "uscc": complete_code(f"92990087MA3T{number:05}"),
        "legal_representative": person,
        "representative_role": "OWNER",
        "contact_phone": f"139{number:08}",
        "business_premises": f"青禾市海政路{number + 1}号（滨河商业广场二期B座3层317—319室，原新华书店东侧）",
        "township": "望海街道",
        "business_mode": "RETAIL",
        "publication_kinds": "BOOK、NEWSPAPER、PERIODICAL",
        "scope_text": "图书、报纸、期刊零售",
        "valid_from": "2022-05-01",
        "valid_to": "2027-04-30",
        "issue_date": "2022-05-01",
        "issuing_authority": "青禾市新闻出版局",
        "floor_area_m2": f"{number % 300 + 20}.00",
        "staff_count": number % 9 + 1,
        "archive_no": f"CBW-2026-{number:04}",
    }


def _document(office: Office, ids: list[int]) -> Document:
    with office.desk(CLERK) as desk:
        matter = gather(desk, office.catalogue.registry("publication_licence"), ids, "青文旅登〔2026〕1号")
        made = office.catalogue.paper("licence_registration").function(matter)
        assert isinstance(made, Document)
        return made


def _ours(office: Office, ids: list[int]) -> object:
    """The whole operation from nothing: what an earlier round remembered of layout and codes is forgotten."""
    break_lines.cache_clear()
    drawn_as.cache_clear()
    operators.cache_clear()
    arguments = {"paper": "licence_registration", "register": "publication_licence", "records": ",".join(map(str, ids))}
    return perform(office, CLERK, "issue", "issued_paper", arguments=arguments)
