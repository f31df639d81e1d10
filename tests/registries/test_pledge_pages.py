"""A page that was filed wrongly is taken back: its pledge waits to be signed again, and nothing of what happened is lost."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.builders import Maker, dump
from tests.registries.scans import Printed, pages, printed, states
from tests.registries.test_pledges import do, one, pledges
from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.pledge.records import Pledge, PledgePage, PledgeScan
from wenlv_desk.registries.pledge.vocabulary import PageState, PledgeState
from wenlv_desk.store.check import check
from wenlv_desk.store.gate import Done
from wenlv_desk.store.tables import Attachment, JournalEntry
from wenlv_desk.store.undo import undo

__all__ = ["printed"]

DAY = date(2026, 11, 23)


def take_back(maker: Maker, page: PledgePage, reason: str = "没有签字") -> Done:
    return maker.perform("take_back", maker.registry("pledge_page"), page.id, reason=reason)


def page_of(maker: Maker, copy: int, page: int) -> PledgePage:
    return next(row for row in pages(maker) if (row.copy_no, row.page) == (copy, page))


def scans_of(maker: Maker, pledge: Pledge) -> list[bool]:
    """Whether each file ever attached to a pledge was withdrawn."""
    mine = select(Attachment).where(Attachment.register == "pledge", Attachment.record_id == pledge.id)
    with maker.office.database.read() as session:
        return [row.voided for row in session.scalars(mine.order_by(Attachment.id))]


def signing(maker: Maker) -> tuple[PledgeState, date | None, date | None, bool]:
    """What the first pledge says of its signing, and whether it has a scan."""
    first = pledges(maker)[0]
    return first.status, first.b_signed_on, first.a_signed_on, first.scan_sha256 is not None


def test_a_page_taken_back_puts_its_pledge_back_and_can_be_assigned_again(printed: Printed, maker: Maker) -> None:
    scan = printed.file(printed.copy(0))
    before = dump(maker.office)
    done = take_back(maker, page_of(maker, 1, 2))
    number = pledges(maker)[0].pledge_no
    assert done.notes == (f"{number} 退回“已下发”，签订日期和签字扫描件一并撤下",)
    assert signing(maker) == (PledgeState.ISSUED, None, None, False)
    assert scans_of(maker, pledges(maker)[0]) == [True]
    row = pages(maker)[1]
    assert (row.status, row.pledge_id, row.page, row.copy_no) == (PageState.RETURNED, None, None, None)
    assert row.said == f"原归 {number} 第 1 份第 2 页，退回：没有签字"
    with maker.office.database.read() as session:
        counted = session.get_one(PledgeScan, scan)
        assert (counted.filed, counted.waiting_pages) == (len(printed.copy(0)) - 1, 1)
    do(maker, "assign_page", "pledge_page", row.id, pledge_no=number, number=2)
    assert signing(maker) == (PledgeState.EFFECTIVE, DAY, DAY, True)
    assert scans_of(maker, pledges(maker)[0]) == [True, False]
    assert check(maker.office) == []
    with maker.office.database.read() as session:
        counted = session.get_one(PledgeScan, scan)
        assert (counted.filed, counted.waiting_pages) == (len(printed.copy(0)) - 1, 0)
    take_back(maker, pages(maker)[1])
    undo(maker.office, maker.clerk)
    undo(maker.office, maker.clerk, _entry_of(maker, "assign_page"))
    undo(maker.office, maker.clerk, done.entry_id)
    assert dump(maker.office) == before


def _entry_of(maker: Maker, operation: str) -> int:
    with maker.office.database.read() as session:
        return int(session.scalars(select(JournalEntry.id).where(JournalEntry.operation == operation)).one())


def test_what_was_assigned_to_the_wrong_pledge_goes_to_the_right_one(printed: Printed, maker: Maker) -> None:
    printed.file([printed.torn(0)])
    wrong, right = pledges(maker)[1], pledges(maker)[0]
    do(maker, "assign_page", "pledge_page", pages(maker)[0].id, pledge_no=wrong.pledge_no, number=1)
    take_back(maker, pages(maker)[0], "归错了单位")
    assert states(maker) == [PledgeState.ISSUED] * 3
    do(maker, "assign_page", "pledge_page", pages(maker)[0].id, pledge_no=right.pledge_no, number=1)
    printed.file(printed.copy(0)[1:], "其余.pdf")
    printed.file(printed.copy(1), "另一家.pdf")
    assert states(maker)[:2] == [PledgeState.EFFECTIVE] * 2


def test_what_party_b_signed_before_stays_signed(printed: Printed, maker: Maker) -> None:
    do(maker, "sign_b", "pledge", pledges(maker)[0].id, b_signed_on=DAY)
    printed.file(printed.copy(0))
    assert signing(maker) == (PledgeState.EFFECTIVE, DAY, DAY, True)
    take_back(maker, page_of(maker, 1, 1))
    assert signing(maker) == (PledgeState.SIGNED_B, DAY, None, False)


def test_a_second_copy_that_is_whole_keeps_the_pledge_in_force(printed: Printed, maker: Maker) -> None:
    printed.file([*printed.copy(0), *printed.copy(0, 2)])
    first = pledges(maker)[0].scan_sha256
    done = take_back(maker, page_of(maker, 1, 1))
    assert "另一份页齐，仍为“双方已签”" in done.notes[0]
    assert signing(maker) == (PledgeState.EFFECTIVE, DAY, DAY, True)
    assert pledges(maker)[0].scan_sha256 != first
    take_back(maker, page_of(maker, 2, 1))
    assert signing(maker) == (PledgeState.ISSUED, None, None, False)
    assert scans_of(maker, pledges(maker)[0]) == [True, True]


def test_a_page_of_a_copy_that_it_is_not_in_force_by_changes_nothing_of_the_pledge(
    printed: Printed, maker: Maker
) -> None:
    printed.file([*printed.copy(0), printed.copy(0, 2)[0]])
    take_back(maker, page_of(maker, 2, 1))
    assert signing(maker) == (PledgeState.EFFECTIVE, DAY, DAY, True)
    printed.file([printed.copy(1)[0]], "一页.pdf")
    second = pledges(maker)[1].id
    do(maker, "sign_both", "pledge", second, b_signed_on=DAY, a_signed_on=DAY, path=str(maker.file()))
    take_back(maker, pages(maker)[-1])
    assert one(maker, second).status is PledgeState.EFFECTIVE
    assert scans_of(maker, one(maker, second)) == [False]


def test_nothing_is_taken_back_from_what_is_ended_or_assessed(printed: Printed, maker: Maker) -> None:
    printed.file([*printed.copy(0), *printed.copy(1), *printed.copy(2)])
    ended, signed_again, assessed = (row.id for row in pledges(maker)[:3])
    do(maker, "terminate", "pledge", ended, reason="注销")
    do(maker, "re_sign", "pledge", signed_again, reason="负责人变更")
    do(maker, "assess", "pledge", assessed, assessment="合格")
    said = {ended: "已解除，扫描页随它存档", signed_again: "已变更重签，扫描页随它存档", assessed: "请先撤销考核"}
    before = dump(maker.office)
    for row in pages(maker):
        with pytest.raises(UserError, match=said[row.pledge_id or 0]):
            take_back(maker, row)
    assert dump(maker.office) == before
