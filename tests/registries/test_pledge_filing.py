"""Signed scans file themselves: whole pledges are signed, everything else is listed, nothing is lost, nothing is filed twice."""

import random
from collections.abc import Callable
from datetime import date, datetime

import pytest
from PIL import Image, ImageFilter
from sqlalchemy import func, select

from tests import grids
from tests.builders import Maker, dump
from tests.conftest import Clock
from tests.registries.scans import Paper, Printed, code_on, pages, printed, states
from tests.registries.test_grid_operations import sheet
from tests.registries.test_pledges import do, pledges
from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.pledge.bundles import bundle_of
from wenlv_desk.registries.pledge.records import PledgeScan
from wenlv_desk.registries.pledge.vocabulary import PageState, PledgeState
from wenlv_desk.store.check import check
from wenlv_desk.store.tables import Attachment
from wenlv_desk.typeset.verify import opened

__all__ = ["printed"]


def test_a_heap_of_pages_files_itself_upright_and_in_order(printed: Printed) -> None:
    chance = random.Random(3)
    harm: list[Callable[[Paper], Paper]] = [
        lambda page: page.filter(ImageFilter.GaussianBlur(1.2)),
        lambda page: page.rotate(chance.uniform(-15, 15), expand=True, fillcolor=255),
        lambda page: page.transpose(Image.Transpose.ROTATE_90),
        lambda page: page.transpose(Image.Transpose.ROTATE_180),
        lambda page: page.point([20 + round(v * 0.3) for v in range(256)]),
        lambda page: page.resize((page.width * 3 // 4, page.height * 3 // 4)),
    ]
    heap = [harm[place % len(harm)](page) for place, page in enumerate(printed.every)]
    chance.shuffle(heap)
    scan = printed.file(heap, day=date(2026, 11, 23))
    assert {one.status for one in pages(printed.maker)} == {PageState.FILED}
    assert states(printed.maker) == [PledgeState.EFFECTIVE] * 3
    for place, one in enumerate(pledges(printed.maker)):
        with printed.maker.office.desk(printed.maker.clerk) as desk:
            content = desk.files.get(str(one.scan_sha256))
        with opened(content) as document:
            found = [code_on(page.render(scale=2.5, grayscale=True).to_pil().convert("L")) for page in document]
        assert [(code.page, turned) for code, turned in found if code] == [
            (number, 0) for number in range(1, len(printed.copy(place)) + 1)
        ]
    with printed.maker.office.database.read() as session:
        assert session.get_one(PledgeScan, scan).waiting_pages == 0
    assert check(printed.maker.office) == []


def test_missing_doubled_foreign_and_unreadable_pages_are_listed_and_nothing_is_lost(printed: Printed) -> None:
    maker = printed.maker
    first, *rest = printed.copy(0)
    white = Image.new("L", first.size, 255)
    torn = printed.torn(1)
    grids.firm(maker)
    scan = printed.file([first, first, white, torn, *printed.copy(2)])
    assert [one.status for one in pages(maker)][:4] == [
        PageState.FILED,
        PageState.DOUBLED,
        PageState.BLANK,
        PageState.UNREADABLE,
    ]
    with maker.office.database.read() as session:
        assert session.get_one(PledgeScan, scan).waiting_pages == 2  # backs of sheets ask for nobody
    assert states(maker)[:3] == [PledgeState.ISSUED, PledgeState.ISSUED, PledgeState.EFFECTIVE]
    told = sheet(maker, "pledge_scan", "filing_result", scan)
    assert told.rows[-1][2:5] == ("缺页", pledges(maker)[0].pledge_no, f"第 1 份缺第 {_list(2, len(rest) + 1)} 页")
    printed.file(rest, "补扫.pdf")
    assert states(maker)[0] is PledgeState.EFFECTIVE


def _list(first: int, last: int) -> str:
    return "、".join(map(str, range(first, last + 1)))


def test_a_page_of_another_year_or_wording_is_foreign(printed: Printed, maker: Maker) -> None:
    one = pledges(maker)[0]
    maker.write(maker.registry("pledge"), one.id, digest="0" * 64)
    gone = pledges(maker)[1]
    do(maker, "terminate", "pledge", gone.id, reason="注销")
    maker.write(maker.registry("pledge"), pledges(maker)[2].id, pledge_no="别的-2025-0001")
    printed.file([printed.copy(place)[0] for place in range(3)])
    said = [(row.status, row.said) for row in pages(maker)]
    assert {state for state, _ in said} == {PageState.FOREIGN}
    assert "文字与台账不同，可能是别的年度" in said[0][1]
    assert "已解除，不再归档" in said[1][1]
    assert "不在责任状台账里" in said[2][1]


def test_the_same_scan_is_filed_once_and_another_scan_of_it_is_doubled(printed: Printed, maker: Maker) -> None:
    printed.file(printed.copy(0))
    before = dump(maker.office)
    with pytest.raises(UserError, match="已归档过"):
        do(maker, "file_scans", "pledge", None, path=str(maker.folder / "扫描.pdf"))
    assert dump(maker.office) == before
    printed.file([*printed.copy(0), printed.copy(1)[0]], "再扫.pdf")
    assert [one.status for one in pages(maker)][-len(printed.copy(0)) - 1 : -1] == [PageState.DOUBLED] * len(
        printed.copy(0)
    )


def test_a_page_is_assigned_by_hand_and_completes_its_pledge(printed: Printed, maker: Maker) -> None:
    first, *rest = printed.copy(0)
    white = Image.new("L", first.size, 255)
    printed.file([*rest, white])
    page = pages(maker)[-1]
    number = pledges(maker)[0].pledge_no
    with pytest.raises(UserError, match="责任状“没有”不在台账里"):
        do(maker, "assign_page", "pledge_page", page.id, pledge_no="没有", number=1)
    with pytest.raises(UserError, match="已经有扫描页"):
        do(maker, "assign_page", "pledge_page", page.id, pledge_no=number, number=2)
    with pytest.raises(UserError, match="请核对页码和份数"):
        do(maker, "assign_page", "pledge_page", page.id, pledge_no=number, number=99)
    do(maker, "assign_page", "pledge_page", page.id, pledge_no=number, number=1)
    assert states(maker)[0] is PledgeState.EFFECTIVE


def test_photographs_in_a_folder_are_taken_in_the_order_of_their_numbers(printed: Printed, maker: Maker) -> None:
    folder = maker.folder / "照片"
    folder.mkdir()
    for number, page in enumerate(printed.copy(1), 9):
        page.convert("RGB").save(folder / f"IMG_{number}.jpg", quality=60)
    do(maker, "file_scans", "pledge", None, path=str(folder))
    assert [one.page for one in pages(maker)] == list(range(1, len(printed.copy(1)) + 1))
    assert states(maker)[1] is PledgeState.EFFECTIVE
    with maker.office.database.read() as session:
        kept = session.scalar(select(func.count()).where(Attachment.register == "pledge_scan"))
    assert kept == len(printed.copy(1))


def test_two_codes_of_different_pages_on_one_sheet_are_no_guess(printed: Printed, maker: Maker) -> None:
    one, other = printed.copy(0)[0].copy(), printed.copy(1)[0]
    box = (0, one.height - 600, one.width, one.height)
    one.paste(other.crop(box), box)
    printed.file([one])
    (page,) = pages(maker)
    assert page.status is PageState.UNREADABLE
    assert "同一页上有不同页的二维码" in page.said
    assert [row.id for row in pledges(maker) if row.status is PledgeState.EFFECTIVE] == []


def test_a_scan_signed_before_it_was_printed_signs_nothing(printed: Printed, maker: Maker) -> None:
    printed.file(printed.copy(0), day=date(2025, 11, 1))
    assert {one.status for one in pages(maker)} == {PageState.FILED}
    assert set(states(maker)) == {PledgeState.ISSUED}


def test_a_page_is_turned_by_quarters_only(printed: Printed, maker: Maker) -> None:
    printed.file([printed.torn(0)])
    (page,) = pages(maker)
    given = {"pledge_no": pledges(maker)[0].pledge_no, "number": 1}
    with pytest.raises(UserError, match="转正角度 45 不对"):
        do(maker, "assign_page", "pledge_page", page.id, turned=45, **given)
    do(maker, "assign_page", "pledge_page", page.id, turned=180, **given)
    (page,) = pages(maker)
    assert (page.status, page.turned) == (PageState.BY_HAND, 180)


def test_several_files_handed_in_together_are_one_scan(printed: Printed, maker: Maker) -> None:
    paths = []
    for at, one in enumerate(printed.copy(0)):
        paths.append(maker.folder / f"{at}.png")
        one.save(paths[-1])
    bundle = bundle_of(paths)
    assert [name for name, _ in bundle.originals] == [path.name for path in paths]
    assert bundle.name == f"0.png 等 {len(paths)} 个"
    assert [found.code.page for found in bundle.pages if found.code] == list(range(1, len(paths) + 1))


def test_a_date_before_one_pledge_was_printed_holds_up_no_other(printed: Printed, maker: Maker, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 25, 9, 0)
    one = pledges(maker)[0]
    maker.write(maker.registry("pledge"), one.id, issued_on=date(2026, 11, 25))
    path = str(printed.scan([*printed.copy(0), *printed.copy(1)]))
    done = maker.perform("file_scans", maker.registry("pledge"), path=path, signed_on=date(2026, 11, 24))
    assert states(maker)[:2] == [PledgeState.ISSUED, PledgeState.EFFECTIVE]
    assert any(f"{one.pledge_no}（{one.party_b}）页已齐，但签订日期 2026-11-24 早于" in note for note in done.notes)
    today = {"b_signed_on": date(2026, 11, 25), "a_signed_on": date(2026, 11, 25)}
    do(maker, "sign_both", "pledge", one.id, **today)  # its copy is attached already
    assert states(maker)[0] is PledgeState.EFFECTIVE
    do(maker, "take_back", "pledge_page", pages(maker)[0].id, reason="归错了")
    after = pledges(maker)[0]
    assert (after.status, after.scan_sha256, after.a_signed_on) == (PledgeState.ISSUED, None, None)
    assert check(maker.office) == []
