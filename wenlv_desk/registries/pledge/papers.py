"""Papers of pledges: the pledge itself in all its copies, one or a whole batch; the reminder to sign; the tables that are handed in."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.papers import paper
from wenlv_desk.issuing.matter import Matter
from wenlv_desk.issuing.pages import notice, sheet_paper
from wenlv_desk.registries.pledge.records import Pledge, PledgeBatch, PledgeKind
from wenlv_desk.registries.pledge.saying import as_printed, told
from wenlv_desk.registries.pledge.tables import signing_summary, unsigned
from wenlv_desk.registries.pledge.vocabulary import OUT, PledgeState
from wenlv_desk.registries.pledge.word_file import stamped
from wenlv_desk.registries.settings.reading import office_told
from wenlv_desk.standards.dates import show_date_cn
from wenlv_desk.store.desk import Desk
from wenlv_desk.typeset.binding import Bound, bound_bytes
from wenlv_desk.typeset.page import Document
from wenlv_desk.typeset.pledge import PLACEHOLDERS, pledge_part
from wenlv_desk.typeset.render import render
from wenlv_desk.typeset.volume import Part

FROZEN = (*OUT, PledgeState.EFFECTIVE, PledgeState.TERMINATED, PledgeState.SUPERSEDED)
WORDINGS = (
    "pledge_forest_fire",
    "pledge_work_safety",
    "pledge_fire_safety",
    "pledge_ideology",
    "pledge_integrity",
    "pledge_empty",
)
URGING = (
    "乙方",
    "责任状种类",
    "责任状编号",
    "签订截止",
    "份数",
    "乙方签字人",
    "期限起",
    "期限止",
    "网格员",
    "窗口电话",
    "文号",
    "本单位",
    "日期",
)


def parts_of(pledges: Sequence[Pledge]) -> list[Part]:
    """Pledges with all their copies, in the order given; the group of the bookmarks is the grid and its officer."""
    if lacking := [one.pledge_no for one in pledges if not one.text]:
        raise UserError(
            f"{lacking[0]} 等 {len(lacking)} 份没有可以打印的文字：没有下发的请先“下发”，补录的请看所附的扫描件"
        )
    return [pledge_part(as_printed(one), copies=one.copies, group=_group(one)) for one in pledges]


def bound_of(desk: Desk, pledges: Iterable[Pledge]) -> Iterator[Bound]:
    """The same where some were filled from the bureau's own Word file: a PDF for every copy, made as it is asked for."""
    for one in pledges:
        if one.body_sha256 is None:
            (part,) = parts_of([one])
            copies = tuple(render(Document(part.title, (page,))) for page in part.copies)
        else:
            body = desk.files.get(one.body_sha256)
            copies = tuple(stamped(one, body, copy) for copy in range(1, one.copies + 1))
        yield Bound(f"{one.pledge_no} {one.party_b}", copies, _group(one))


def _group(one: Pledge) -> str:
    return " ".join(part for part in (one.grid_code or "不在网格", one.officer_name) if part)


def _one(desk: Desk, ids: Sequence[int]) -> bytes | list[Part]:
    pledge = desk.get(Pledge, ids[0])
    if pledge.body_sha256 is None:
        return parts_of([pledge])
    return bound_bytes(bound_of(desk, [pledge]), title=pledge.pledge_no)


def batch_pledges(desk: Desk, batch_id: int) -> list[Pledge]:
    """The pledges of a batch that are printed: given out and not ended, in grid order."""
    mine = (Pledge.batch_id == batch_id, Pledge.status.in_((*OUT, PledgeState.EFFECTIVE)), ~Pledge.voided)
    listed = desk.session.scalars(select(Pledge).where(*mine)).all()
    return sorted(listed, key=lambda one: (one.grid_code or "～", one.officer_name or "", one.pledge_no))


def _document(title: str, parts: Sequence[Part]) -> Document:
    pages = tuple(page for part in parts for page in part.copies)
    return Document(title, pages, each_apart=True)


@paper("责任状", on=(Pledge,), series="责", when=FROZEN, data=_one, wordings=WORDINGS, placeholders=PLACEHOLDERS)
def pledge_sheet(matter: Matter) -> Document | bytes:
    """One pledge in all its copies, as it was frozen."""
    if isinstance(matter.told, bytes):
        return matter.told
    return _document(f"责任状 {matter.record.code}", matter.told)


def _urged(desk: Desk, ids: Sequence[int]) -> dict[str, Any]:
    one = desk.get(Pledge, ids[0])
    said, office = told(desk, one), office_told(desk)
    sign_by = desk.get(PledgeBatch, one.batch_id).sign_by or desk.today
    return {
        **{name: said[name] for name in URGING if name in said},
        "责任状种类": desk.get(PledgeKind, one.kind_id).kind_name,
        "签订截止": show_date_cn(sign_by),
        "窗口电话": office["窗口电话"],
        "本单位": office["本单位"],
        "日期": show_date_cn(desk.today),
    }


@paper("催签通知", on=(Pledge,), series="催签", when=OUT, data=_urged, wordings=("urging_pledge",), placeholders=URGING)
def pledge_urging(matter: Matter) -> Document:
    """That a pledge is still to be signed, by when, and by whom."""
    return notice(matter, "urging_pledge")


def _summary(desk: Desk, ids: Sequence[int]) -> Any:
    return signing_summary.made(desk, desk.get(PledgeKind, ids[0]))


@paper("签订情况汇总表", on=(PledgeKind,), series="表", data=_summary)
def pledge_summary(matter: Matter) -> Document:
    """How far the signing of a kind has come."""
    return sheet_paper(matter)


def _unsigned(desk: Desk, ids: Sequence[int]) -> Any:
    return unsigned.made(desk, desk.get(PledgeKind, ids[0]))


@paper("未签订名单", on=(PledgeKind,), series="表", data=_unsigned)
def pledge_unsigned(matter: Matter) -> Document:
    """Who has not signed, with whom to call."""
    return sheet_paper(matter)
