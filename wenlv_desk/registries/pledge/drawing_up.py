"""拟定: pledges written down with their numbers, and 下发: what they say frozen, so that it can be printed and signed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Reference, Text
from wenlv_desk.core.operations import Subject, operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.registries.grid.records import Grid
from wenlv_desk.registries.pledge.kinds import shipped_kinds
from wenlv_desk.registries.pledge.planning import Plan, Planned, gone, named, plan_batch
from wenlv_desk.registries.pledge.records import Pledge, PledgeBatch, PledgeKind
from wenlv_desk.registries.pledge.saying import freeze_wording
from wenlv_desk.registries.pledge.vocabulary import BatchState, PledgeState
from wenlv_desk.registries.pledge.word_file import KEEPERS, Body, bodies_of, freeze_body
from wenlv_desk.registries.settings.reading import office_told
from wenlv_desk.registries.staff.records import Staff
from wenlv_desk.store.desk import Desk

Year = Annotated[int, param("年度", help="期限从哪一年开始")]
Signer = Annotated[int | None, param("甲方签字人", kind=Reference("staff"), help="不填由各企业的网格长签")]


def chosen(desk: Desk, signer: int | None) -> Staff | None:
    """Who was chosen to sign for the bureau; UserError where he has left."""
    person = desk.get(Staff, signer) if signer else None
    if person is not None and gone(person):
        raise UserError(f"没有办理：{person.name}已离岗，不能代表甲方签字，请另选甲方签字人")
    return person


def always(_desk: Desk, _record: Any) -> bool:
    return True


@operation("取用自带种类", subject=Subject.REGISTER, on=(PledgeKind,), by=KEEPERS)
def take_kinds(desk: Desk, registry: Registry) -> int:
    """Enter the kinds that come with the program; those whose name is there are left alone."""
    there = set(desk.session.scalars(select(PledgeKind.kind_name)))
    fresh = [row for row in shipped_kinds() if row["kind_name"] not in there]
    if not fresh:
        raise UserError(f"自带的{registry.title}都已在台账里，不必再取用")
    for row in fresh:
        desk.add(PledgeKind(**row))
    return len(fresh)


def this_year(desk: Desk, _kind: PledgeKind) -> Mapping[str, Any]:
    return {"year": desk.today.year}


def not_used(_desk: Desk, kind: PledgeKind) -> Iterator[str]:
    if not kind.in_use:
        yield f"“{kind.kind_name}”已停用"


@operation(
    "拟定一批", on=(PledgeKind,), by=KEEPERS, suggest=this_year, blocks=not_used, due=always, many=False, undoable=False
)
def draw_up(
    desk: Desk,
    kind: PledgeKind,
    *,
    year: Year,
    signer: Signer = None,
    sign_by: Annotated[date | None, param("签订截止")] = None,
) -> PledgeBatch:
    """Draw a batch up: a pledge with a number for everybody who should sign and has none.

    Numbers have no gaps: what was drawn up in error is ended (解除) and keeps its number.
    """
    if not 1990 <= year <= 2199:
        raise UserError(f"没有拟定：“{year}”不是年度，请写四位年份，如 {desk.today.year}")
    plan = plan_batch(desk, kind, year, chosen(desk, signer))
    _refuse_empty(kind, plan)
    batch = PledgeBatch(
        title=_title(desk, kind, year),
        kind_id=kind.id,
        pledge_year=year,
        valid_from=plan.first,
        valid_to=plan.last,
        made_on=desk.today,
        sign_by=sign_by,
    )
    desk.add(batch)
    write_down(desk, batch, kind, plan.wanted)
    _tell(desk, plan)
    return batch


def _refuse_empty(kind: PledgeKind, plan: Plan) -> None:
    if plan.wanted:
        return
    if plan.cannot:
        raise UserError(f"没有拟定：应签的 {plan.due} 个里没有一个能签：{named(plan.cannot)}")
    if plan.has:
        raise UserError(f"没有拟定：应签的 {plan.due} 个都已有“{kind.kind_name}”，见 {plan.has[0][1]} 等")
    raise UserError(f"没有拟定：没有应签“{kind.kind_name}”的对象，请核对种类里的企业类别和网格台账")


def _tell(desk: Desk, plan: Plan) -> None:
    desk.notes.append(f"拟定 {len(plan.wanted)} 份；已有 {len(plan.has)} 份；不能签 {len(plan.cannot)} 个")
    if plan.cannot:
        desk.notes.append(f"不能签：{named(plan.cannot)}")


def _title(desk: Desk, kind: PledgeKind, year: int) -> str:
    base = f"{year}年度{kind.kind_name}"
    taken = set(desk.session.scalars(select(PledgeBatch.title).where(PledgeBatch.title.startswith(base))))
    return next(t for n in range(1, len(taken) + 2) if (t := base if n == 1 else f"{base}（第{n}批）") not in taken)


def write_down(
    desk: Desk, batch: PledgeBatch, kind: PledgeKind, wanted: Sequence[Planned], **more: Any
) -> list[Pledge]:
    """Pledges as drafts, numbered in the order given."""
    numbers = desk.next_numbers(f"pledge:{kind.prefix}", len(wanted), batch.pledge_year)
    bureau = office_told(desk)["本单位"]
    made = []
    for number, one in zip(numbers, wanted, strict=True):
        operator = one.party[1] if one.party[0] == "operator" else None
        pledge = Pledge(
            pledge_no=f"{kind.prefix}-{batch.pledge_year}-{number:04d}",
            batch_id=batch.id,
            kind_id=kind.id,
            pledge_year=batch.pledge_year,
            valid_from=batch.valid_from,
            valid_to=batch.valid_to,
            party_a=bureau,
            a_signer_id=one.signer.id,
            a_signatory=one.signer.name,
            a_post=one.signer.post,
            operator_id=operator,
            b_staff_id=None if operator else one.party[1],
            party_b=one.name,
            b_signatory=one.signatory,
            b_post=one.post,
            b_phone=one.phone,
            area=kind.area,
            copies=kind.copies,
            **_grid(desk, one),
            **more,
        )
        desk.add(pledge)
        made.append(pledge)
    return made


def _grid(desk: Desk, one: Planned) -> dict[str, str | None]:
    """The grid and its people as they are now, by name."""
    ids = (one.answer.head_id, one.answer.officer_id)
    head, officer = (desk.get(Staff, who).name if who else None for who in ids)
    code = desk.get(Grid, one.answer.grid_id).grid_code if one.answer.grid_id else None
    return {"grid_code": code, "head_name": head, "officer_name": officer}


@operation(
    "补拟", on=(PledgeBatch,), by=KEEPERS, when=(BatchState.DRAFT, BatchState.ISSUED), many=False, undoable=False
)
def add_to_batch(desk: Desk, batch: PledgeBatch, *, signer: Signer = None) -> int:
    """Draw up what has become due since: new firms, and those that could not sign before."""
    kind = desk.get(PledgeKind, batch.kind_id)
    plan = plan_batch(desk, kind, batch.pledge_year, chosen(desk, signer))
    _refuse_empty(kind, plan)
    write_down(desk, batch, kind, plan.wanted)
    _tell(desk, plan)
    return len(plan.wanted)


@operation(
    "整批下发",
    on=(PledgeBatch,),
    by=KEEPERS,
    when=(BatchState.DRAFT, BatchState.ISSUED),
    due=lambda desk, one: bool(drafts(desk, one)),
    prepare=lambda desk, batch: bodies_of(desk, drafts(desk, batch)),
    to=BatchState.ISSUED,
    many=False,
    undoable=False,
)
def issue_batch(desk: Desk, batch: PledgeBatch) -> int:
    """Freeze what every draft of a batch says, so that it can be printed. What is printed is what stands from then on."""
    waiting = drafts(desk, batch)
    if not waiting:
        raise UserError(f"没有下发：“{batch.title}”里没有拟签的责任状")
    for one in waiting:
        issue(desk, one)
    batch.status, batch.issued_on = BatchState.ISSUED, batch.issued_on or desk.today
    desk.notes.append(f"下发 {len(waiting)} 份，请用“打印整批”印出（每份一式 {waiting[0].copies} 份）")
    return len(waiting)


def drafts(desk: Desk, batch: PledgeBatch) -> list[Pledge]:
    mine = (Pledge.batch_id == batch.id, Pledge.status == PledgeState.DRAFT, ~Pledge.voided)
    return list(desk.session.scalars(select(Pledge).where(*mine).order_by(Pledge.id)))


def issue(desk: Desk, pledge: Pledge) -> None:
    """Freeze one and give it out."""
    kind = desk.get(PledgeKind, pledge.kind_id)
    if kind.word_sha256 is None:
        freeze_wording(desk, kind, pledge)
    else:
        ready: Mapping[int, Body] = desk.payload or {}
        freeze_body(desk, kind, pledge, ready.get(pledge.id))
    pledge.status, pledge.issued_on = PledgeState.ISSUED, desk.today


@operation("结束批次", on=(PledgeBatch,), by=KEEPERS, when=(BatchState.ISSUED,), to=BatchState.CLOSED, many=False)
def close_batch(desk: Desk, batch: PledgeBatch) -> None:  # noqa: ARG001
    """The batch is over; what was not signed stays on the lists of what is missing."""
    batch.status = BatchState.CLOSED


@operation(
    "下发",
    on=(Pledge,),
    by=KEEPERS,
    when=(PledgeState.DRAFT,),
    to=PledgeState.ISSUED,
    due=always,
    prepare=lambda desk, pledge: bodies_of(desk, [pledge]),
    undoable=False,
)
def issue_one(desk: Desk, pledge: Pledge) -> None:
    """The same for one pledge; the batch is given out with the last of them."""
    issue(desk, pledge)
    batch = desk.get(PledgeBatch, pledge.batch_id)
    desk.session.flush()
    if batch.status is BatchState.DRAFT and not drafts(desk, batch):
        batch.status, batch.issued_on = BatchState.ISSUED, desk.today


def as_drafted(_desk: Desk, one: Pledge) -> Mapping[str, Any]:
    names = ("a_post", "b_signatory", "b_post", "b_phone", "area", "place", "valid_from", "valid_to")
    return {name: value for name in names if (value := getattr(one, name)) is not None}


@operation("修改拟签内容", on=(Pledge,), by=KEEPERS, when=(PledgeState.DRAFT,), suggest=as_drafted, many=False)
def revise(  # noqa: PLR0913 - one argument a box of the form
    desk: Desk,
    pledge: Pledge,
    *,
    b_signatory: Annotated[str, param("乙方签字人", kind=Text(64))],
    b_post: Annotated[str | None, param("乙方职务", kind=Text(64))] = None,
    b_phone: Annotated[str | None, param("乙方电话", kind=Text(64))] = None,
    signer: Annotated[int | None, param("甲方签字人", kind=Reference("staff"), help="不填不变")] = None,
    a_post: Annotated[str | None, param("甲方职务", kind=Text(64))] = None,
    area: Annotated[str | None, param("责任区域", kind=Text(255))] = None,
    place: Annotated[str | None, param("签订地点", kind=Text(128))] = None,
    valid_from: Annotated[date, param("期限起")],
    valid_to: Annotated[date, param("期限止")],
) -> None:
    """Change a draft before it is printed."""
    if valid_to <= valid_from:
        raise UserError(f"没有保存：期限止 {valid_to} 不晚于期限起 {valid_from}，请改正")
    if (person := chosen(desk, signer)) is not None:
        pledge.a_signer_id, pledge.a_signatory = person.id, person.name
    pledge.b_signatory, pledge.b_post, pledge.b_phone = b_signatory, b_post, b_phone
    pledge.a_post, pledge.area, pledge.place = a_post, area, place
    pledge.valid_from, pledge.valid_to = valid_from, valid_to
