"""Tables about pledges: the preview of a batch, its list, how far the signing has come, whom to call, and what to sign again."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby

from sqlalchemy import select

from wenlv_desk.core.reports import NUMBER, Sheet, numbered, report
from wenlv_desk.registries.pledge.bundles import is_unread_file
from wenlv_desk.registries.pledge.changes import to_sign_again
from wenlv_desk.registries.pledge.coverage import Duty, duties_on, rate
from wenlv_desk.registries.pledge.planning import Plan, plan_batch
from wenlv_desk.registries.pledge.records import Pledge, PledgeBatch, PledgeKind, PledgePage, PledgeScan
from wenlv_desk.registries.pledge.vocabulary import KEPT, OUT
from wenlv_desk.store.desk import Desk


@report("拟签名单（预览）", on=(PledgeKind,))
def batch_preview(desk: Desk, kind: PledgeKind) -> Sheet:
    """Who would get a pledge in a batch drawn up today, who has one, who cannot and why."""
    return planned(plan_batch(desk, kind, desk.today.year), desk.today.year)


def planned(plan: Plan, year: int) -> Sheet:
    """A plan as a table: who gets one, who has one, who cannot and why."""
    rows = [(one.name, one.signatory, one.signer.name, "拟签", "") for one in plan.wanted]
    rows += [(name, "", "", "已有", number) for name, number in plan.has]
    rows += [(name, "", "", "不能签", why) for name, why in plan.cannot]
    columns = (NUMBER, ("乙方", 66), ("乙方签字人", 30), ("甲方签字人", 30), ("情况", 22), ("说明", 90))
    note = f"{plan.first} 至 {plan.last}：拟签 {len(plan.wanted)}，已有 {len(plan.has)}，不能签 {len(plan.cannot)}"
    return Sheet(f"{year}年度{plan.kind.kind_name}拟签名单", columns, numbered(rows), note)


@report("批次名册", on=(PledgeBatch,))
def batch_list(desk: Desk, batch: PledgeBatch) -> Sheet:
    """Every pledge of a batch, by number."""
    mine = select(Pledge).where(Pledge.batch_id == batch.id, ~Pledge.voided).order_by(Pledge.pledge_no)
    rows = [
        (
            one.pledge_no,
            one.party_b,
            one.b_signatory,
            one.a_signatory,
            one.grid_code,
            one.status.label,
            str(one.a_signed_on or ""),
            one.storage,
        )
        for one in desk.session.scalars(mine)
    ]
    columns = (NUMBER, ("编号", 36), ("乙方", 60), ("乙方签字人", 28), ("甲方签字人", 28), ("网格", 22), ("状态", 24))
    return Sheet(f"{batch.title}名册", (*columns, ("签订日期", 26), ("存放位置", 40)), numbered(rows))


@report("签订情况汇总表", on=(PledgeKind,))
def signing_summary(desk: Desk, kind: PledgeKind, *, day: date) -> Sheet:
    """应签, 已签 and 签订率 on a day, by leader, by grid, and altogether."""
    duties = duties_on(desk, kind, day)
    rows = [
        *_grouped("包保领导", duties, lambda one: one.leader or "（没有网格长）"),
        *_grouped("网格", duties, lambda one: one.grid or "（不在网格）"),
        ("合计", "", *_counted(duties)),
    ]
    columns = (NUMBER, ("按", 26), ("名称", 50), ("应签", 20), ("已签", 20), ("未签", 20), ("签订率", 26))
    note = f"应签：{day} 按规则应签的；已签：到这一天已登记双方签字、期限包含这一天的"
    return Sheet(f"{kind.kind_name}签订情况汇总表（{day}）", columns, numbered(rows), note)


def _grouped(by: str, duties: Sequence[Duty], key: Callable[[Duty], str]) -> list[tuple[str, ...]]:
    ordered = sorted(duties, key=key)
    return [(by, name, *_counted(list(some))) for name, some in groupby(ordered, key)]


def _counted(duties: Sequence[Duty]) -> tuple[str, str, str, str]:
    signed = sum(one.signed for one in duties)
    return str(len(duties)), str(signed), str(len(duties) - signed), rate(duties)


@report("未签订名单", on=(PledgeKind,), personal="operator")
def unsigned(desk: Desk, kind: PledgeKind, *, day: date) -> Sheet:
    """Who has not signed by a day, by leader and grid, with whom to call."""
    rows = [
        (one.leader, one.grid, one.officer, one.name, one.person, one.phone, one.pledge_no, one.state)
        for one in duties_on(desk, kind, day)
        if not one.signed
    ]
    columns = (
        NUMBER,
        ("包保领导", 28),
        ("网格", 22),
        ("网格员", 24),
        ("应签单位（人）", 56),
        ("负责人", 26),
        ("电话", 34),
    )
    return Sheet(
        f"{kind.kind_name}未签订名单（{day}）",
        (*columns, ("编号", 36), ("情况", 22)),
        numbered(rows),
        f"共 {len(rows)} 个",
    )


@report("需要重签名单", on=(PledgeBatch,))
def sign_again(desk: Desk, batch: PledgeBatch) -> Sheet:
    """The pledges of a batch that name somebody who is that no more."""
    found = [(one, why) for one, why in to_sign_again(desk) if one.batch_id == batch.id]
    rows = [(one.pledge_no, one.party_b, one.status.label, "；".join(why)) for one, why in found]
    columns = (NUMBER, ("编号", 40), ("乙方", 70), ("状态", 26), ("需要重签的原因", 120))
    return Sheet(f"{batch.title}需要重签名单", columns, numbered(rows))


@report("扫描归档结果", on=(PledgeScan,))
def filing_result(desk: Desk, scan: PledgeScan) -> Sheet:
    """What became of every page of a scan; then which pages of which pledges are still missing."""
    pages = select(PledgePage).where(PledgePage.scan_id == scan.id).order_by(PledgePage.place)
    listed = desk.session.scalars(pages).all()
    numbers = {one.id: one for one in desk.session.scalars(select(Pledge).where(Pledge.id.in_(_pledges(listed))))}
    rows = [
        (
            "文件" if is_unread_file(scan, one) else str(one.place),
            one.status.label,
            numbers[one.pledge_id].pledge_no if one.pledge_id else "",
            f"第 {one.page} 页，第 {one.copy_no} 份" if one.page else "",
            one.said,
        )
        for one in listed
    ]
    rows += [
        ("", "缺页", one.pledge_no, lacking, "请补扫") for one in numbers.values() if (lacking := missing(desk, one))
    ]
    columns = (NUMBER, ("扫描页", 20), ("处理", 30), ("责任状", 44), ("是哪一页", 44), ("说明", 100))
    return Sheet(f"{scan.file_name}归档结果", columns, numbered(rows))


def _pledges(pages: Sequence[PledgePage]) -> set[int]:
    return {one.pledge_id for one in pages if one.pledge_id is not None}


def missing(desk: Desk, pledge: Pledge) -> str:
    """The pages of a pledge that were not scanned in any copy, in words; empty where one copy is whole or nothing was scanned."""
    copy, lacking = lacking_pages(desk, pledge)
    return f"第 {copy} 份缺第 {'、'.join(map(str, lacking))} 页" if lacking else ""


def lacking_pages(desk: Desk, pledge: Pledge) -> tuple[int, tuple[int, ...]]:
    """The copy that is nearest to being whole, and which of its pages were not scanned; none where nothing is lacking."""
    if pledge.status not in OUT or not pledge.pages:
        return 0, ()
    there = select(PledgePage.copy_no, PledgePage.page).where(
        PledgePage.pledge_id == pledge.id, PledgePage.status.in_(KEPT)
    )
    copies: dict[int, set[int]] = {}
    for copy, page in desk.session.execute(there):
        copies.setdefault(copy or 0, set()).add(page or 0)
    if not copies:
        return 0, ()
    copy, held = max(copies.items(), key=lambda one: (len(one[1]), -one[0]))
    return copy, tuple(sorted(set(range(1, pledge.pages + 1)) - held))
