"""抽取 in three acts (封存、录种子、抽取): sealed before the seed exists, drawn so that anyone can recompute it (domain 4.6).

A draw is never undone: what was given up stays on record with its reason, and the next one counts it.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import select

from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.operations import operation
from wenlv_desk.registries.inspection import proof
from wenlv_desk.registries.inspection.assigning import assign
from wenlv_desk.registries.inspection.check import InspectionCheck
from wenlv_desk.registries.inspection.draw import InspectionDraw
from wenlv_desk.registries.inspection.inspectors import key_of
from wenlv_desk.registries.inspection.planning import PLANNERS, always, item_blocks, live_draw
from wenlv_desk.registries.inspection.pool import Entry, Pool, identifier_of, pool_of, refuse_short
from wenlv_desk.registries.inspection.seeds import HOW, agreed
from wenlv_desk.registries.inspection.task import InspectionTask
from wenlv_desk.registries.inspection.verifier import html_of
from wenlv_desk.registries.inspection.vocabulary import CheckState, DrawKind, DrawState, SeedSource, TaskState
from wenlv_desk.registries.operator.records import OperatingStatus, Operator
from wenlv_desk.registries.staff.records import Staff
from wenlv_desk.standards.masks import mask_name
from wenlv_desk.store.attachments import attach_content
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.tables import Attachment


def commit_blocks(desk: Desk, task: InspectionTask) -> Iterator[str]:
    """What stands in the way of sealing the list of a task."""
    if task.draw_kind is not DrawKind.RANDOM:
        yield "这是定向检查任务，对象由“指名检查”确定，不抽取"
        return
    if (live := live_draw(desk, task)) is not None:
        yield f"{live.title}现为“{live.status.label}”，一个任务同时只有一次抽取"
    yield from item_blocks(desk, task)
    if task.window_to < desk.today:
        yield f"检查截止日 {task.window_to} 已经过去，请把任务退回修改"


def drawers(desk: Desk, task: InspectionTask) -> bool:
    """Whether it is time to draw."""
    return always(desk, task) and task.draw_kind is DrawKind.RANDOM


@operation(
    "封存名单",
    on=(InspectionTask,),
    by=PLANNERS,
    when=(TaskState.APPROVED,),
    blocks=commit_blocks,
    due=drawers,
    many=False,
    undoable=False,
)
def commit(
    desk: Desk,
    task: InspectionTask,
    *,
    source: Annotated[SeedSource, param("种子来源", help="封存时就要指明，封存后不能改")],
    source_said: Annotated[
        str,
        param("来源说明", kind=Text(255), help="如：二十枚骰子，由纪检组当场掷；或：双色球第2026138期，尚未开奖"),
    ],
) -> InspectionDraw:
    """First act: freeze who can be drawn, who cannot and why, the rules and the counts; the code goes on paper for signature."""
    pool = pool_of(desk, task)
    refuse_short(pool)
    attempt = task.draws + 1
    content = commitment_of(desk, pool, attempt, source, source_said)
    digest = proof.digest_of(content)
    draw = InspectionDraw(
        title=f"{task.task_no} 第 {attempt} 次抽取",
        task_id=task.id,
        attempt=attempt,
        status=DrawState.COMMITTED,
        code=proof.readable_code(digest),
        commitment_sha256=digest,
        pool_size=len(pool.entries),
        excluded_count=len(pool.excluded),
        wanted=pool.wanted,
        inspector_count=len(pool.roster.fit),
        source=source,
        source_said=source_said,
        committed_at=desk.now,
        committed_by=desk.clerk.name,
        seed_prefix=content["seed_prefix"],
    )
    desk.add(draw)
    task.draws = attempt
    keep_file(desk, draw, f"抽取前封存 {draw.code}.json", proof.canonical(content))
    desk.notes.append(f"名单已封存，封存码 {draw.code}。请打印“抽取前确认单”当场签字，再{HOW[source].rstrip('。')}")
    return draw


def commitment_of(desk: Desk, pool: Pool, attempt: int, source: SeedSource, said: str) -> dict[str, Any]:
    """The sealed document: everything the draw depends on but the seed, without personal data."""
    task = pool.task
    return {
        "format": proof.COMMITMENT_FORMAT,
        "office": str(desk.settings.get("bureau_name") or ""),
        "task": {
            "no": task.task_no or task.task_name,
            "name": task.task_name,
            "window": [task.window_from.isoformat(), task.window_to.isoformat()],
            "items": [
                {"code": one.item_code, "name": one.item_name, "version": str(one.list_version)} for one in pool.items
            ],
        },
        "attempt": attempt,
        "earlier": [_told(one) for one in _earlier(desk, task)],
        "committed_at": desk.now.isoformat(timespec="seconds"),
        "source": {"kind": source.label, "said": said},
        "seed_prefix": f"{task.task_no or task.task_name}/{attempt}/",
        "per_object": task.per_object,
        "strata": [
            {"name": one.title, "rule": one.rule, "size": one.size, "wanted": one.wanted} for one in pool.layers
        ],
        "pool": [_listed(one) for one in pool.entries],
        "excluded": [
            {"id": identifier_of(operator), "name": operator.operator_name, "why": why}
            for operator, why in pool.excluded
        ],
        "inspectors": [{"key": key, "name": mask_name(one.name)} for key, one in pool.roster.by_key.items()],
        "not_inspectors": [
            {"key": key_of(one), "name": mask_name(one.name), "why": bar.rule.label} for one, bar in pool.roster.unfit
        ],
    }


def _earlier(desk: Desk, task: InspectionTask) -> list[InspectionDraw]:
    mine = select(InspectionDraw).where(InspectionDraw.task_id == task.id)
    return list(desk.session.scalars(mine.order_by(InspectionDraw.attempt)))


def _told(draw: InspectionDraw) -> dict[str, Any]:
    return {
        "attempt": draw.attempt,
        "code": draw.code,
        "state": draw.status.label,
        "why": draw.why_abandoned or "",
        "committed_at": draw.committed_at.isoformat(timespec="seconds"),
    }


def _listed(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.identifier,
        "name": entry.operator.operator_name,
        "stratum": entry.stratum,
        "grade": entry.operator.risk_grade.label,
        "barred": list(entry.barred),
        "last": list(entry.last),
    }


def keep_file(desk: Desk, draw: InspectionDraw, name: str, text: str) -> str:
    """Keep a document of a draw under its digest and show it on the draw's card; returns the digest."""
    return attach_content(desk, draw, name, text.encode("utf-8"), "抽取的证明文件，可以公开").sha256


def files_of(desk: Desk, draw: InspectionDraw) -> Iterator[tuple[str, bytes]]:
    """The documents of a draw that can be made public: the sealed list, the record, the page that checks it."""
    mine = (Attachment.register == InspectionDraw.__tablename__, Attachment.record_id == draw.id, ~Attachment.voided)
    for one in desk.session.scalars(select(Attachment).where(*mine).order_by(Attachment.id)):
        yield one.file_name, desk.files.get(one.sha256)


def commitment_kept(desk: Desk, draw: InspectionDraw) -> dict[str, Any]:
    """The sealed document of a draw, checked against its digest. Raises UserError when it is damaged or was changed."""
    content: dict[str, Any] = json.loads(desk.files.get(draw.commitment_sha256))
    if proof.readable_code(draw.commitment_sha256) != draw.code or content["seed_prefix"] != draw.seed_prefix:
        raise UserError(
            f"“{draw.title}”的登记与封存文件不一致，可能被绕过程序改过，没有抽取。请运行 wenlv-desk check 查明，从备份恢复"
        )
    return content


def seed_blocks(desk: Desk, draw: InspectionDraw) -> Iterator[str]:
    """The seed comes after the sealing; a clock set back would say otherwise."""
    if desk.now < draw.committed_at:
        yield f"电脑现在的时间 {desk.now:%Y-%m-%d %H:%M} 早于封存时间 {draw.committed_at:%Y-%m-%d %H:%M}，请先把时钟校准"


@operation(
    "录入种子",
    on=(InspectionDraw,),
    by=PLANNERS,
    when=(DrawState.COMMITTED,),
    to=DrawState.SEEDED,
    blocks=seed_blocks,
    due=always,
    many=False,
    undoable=False,
)
def seed(
    desk: Desk,
    draw: InspectionDraw,
    *,
    digits: Annotated[str, param("种子（第一遍）", kind=Text(400), help="当场读出的数字，按先后写")],
    again: Annotated[str, param("种子（第二遍）", kind=Text(400), help="换一个人再读一遍、再录一遍")],
    witnesses: Annotated[str, param("见证人", kind=Text(255), help="在场见证的人，用“、”隔开")],
) -> str:
    """Second act: the digits that dice, balls or a lottery gave, typed twice before witnesses. They cannot be changed afterwards."""
    draw.seed_digits = agreed(draw.source, digits, again)
    draw.witnesses, draw.seeded_at, draw.seeded_by = witnesses, desk.now, desk.clerk.name
    draw.status = DrawState.SEEDED
    return draw.seed_digits


def run_blocks(desk: Desk, draw: InspectionDraw) -> Iterator[str]:
    """The draw comes after the seed."""
    if draw.seeded_at is not None and desk.now < draw.seeded_at:
        yield f"电脑现在的时间 {desk.now:%Y-%m-%d %H:%M} 早于录种子的时间 {draw.seeded_at:%Y-%m-%d %H:%M}，请先把时钟校准"


@operation(
    "抽取",
    on=(InspectionDraw,),
    by=PLANNERS,
    when=(DrawState.SEEDED,),
    to=DrawState.DRAWN,
    blocks=run_blocks,
    due=always,
    many=False,
    undoable=False,
)
def run(desk: Desk, draw: InspectionDraw) -> dict[str, Any]:
    """Third act: tickets, the smallest of each stratum, and two inspectors for each; the record is kept and can be made public."""
    content = commitment_kept(desk, draw)
    assert draw.seed_digits is not None
    assert draw.seeded_at is not None
    result = proof.carry_out(content, draw.seed_digits)
    text = record_text(content, draw, result, desk.now)
    task = desk.get(InspectionTask, draw.task_id)
    checks = _make_checks(desk, task, draw, content, result)
    draw.status, draw.drawn_at, draw.drawn_by = DrawState.DRAWN, desk.now, desk.clerk.name
    draw.drawn_count = len(checks)
    draw.record_sha256 = keep_file(desk, draw, f"抽取记录 {draw.code}.json", text)
    keep_file(desk, draw, f"抽取核对 {draw.code}.html", html_of(text))
    task.status = TaskState.DRAWN
    desk.notes += [f"“{one}”现在不在营业，请在它的检查上办“替换对象”" for one in _closed(desk, checks)]
    return {"drawn": len(checks), "code": draw.code, "record": draw.record_sha256}


def record_text(content: dict[str, Any], draw: InspectionDraw, result: dict[str, Any], at: datetime) -> str:
    """The record of a draw as it is published: names of witnesses masked."""
    assert draw.seed_digits is not None
    assert draw.seeded_at is not None
    people = [mask_name(part) for part in (draw.witnesses or "").replace("，", "、").split("、") if part.strip()]
    record = proof.record_of(
        content,
        digits=draw.seed_digits,
        entered_at=draw.seeded_at.isoformat(timespec="seconds"),
        witnesses=people,
        drawn_at=at.isoformat(timespec="seconds"),
        result=result,
    )
    return proof.canonical(record)


def _make_checks(
    desk: Desk, task: InspectionTask, draw: InspectionDraw, content: dict[str, Any], result: dict[str, Any]
) -> list[InspectionCheck]:
    """A check for every object drawn, in the order in which they were drawn."""
    known = operators_by_identifier(desk, [one["id"] for one in content["pool"]])
    made = []
    for one in result["drawn"]:
        team = [desk.get(Staff, int(key.removeprefix("R"))) for key in one["team"]]
        more = {
            "draw_id": draw.id,
            "stratum": content["strata"][one["stratum"]]["name"],
            "rank": one["rank"],
            "ticket": one["ticket"],
        }
        made.append(assign(desk, task, desk.get(Operator, known[one["id"]]), team, **more))
    return made


def operators_by_identifier(desk: Desk, identifiers: list[str]) -> dict[str, int]:
    """The operators of a sealed list by their identifiers. Raises UserError for one that is not found any more."""
    found = {
        identifier_of(one): one.id for one in desk.session.scalars(select(Operator).order_by(Operator.voided.desc()))
    }
    if gone := [one for one in identifiers if one not in found]:
        raise UserError(
            f"封存名单里的 {'、'.join(gone[:3])} 在经营单位台账里找不到了，可能封存后改了代码，没有抽取。请先改回，或放弃这次抽取"
        )
    return found


def _closed(desk: Desk, checks: list[InspectionCheck]) -> Iterator[str]:
    for check in checks:
        operator = desk.get(Operator, check.operator_id)
        if operator.voided or operator.operating_status is not OperatingStatus.OPEN:
            yield check.unit_name


def abandon_blocks(desk: Desk, draw: InspectionDraw) -> Iterator[str]:
    """A draw is given up only before somebody was told or inspected."""
    begun = (
        InspectionCheck.draw_id == draw.id,
        InspectionCheck.status.not_in((CheckState.ASSIGNED, CheckState.REPLACED, CheckState.CANCELLED)),
    )
    names = desk.session.scalars(select(InspectionCheck.unit_name).where(*begun).limit(3)).all()
    if names:
        yield f"“{'、'.join(names)}”已经通知或检查，不能放弃；个别单位有变化的办“替换对象”"


@operation(
    "放弃抽取",
    on=(InspectionDraw,),
    by=(Role.HEAD,),
    when=(DrawState.COMMITTED, DrawState.SEEDED, DrawState.DRAWN),
    to=DrawState.ABANDONED,
    blocks=abandon_blocks,
    danger=True,
    many=False,
    undoable=False,
)
def abandon(
    desk: Desk,
    draw: InspectionDraw,
    *,
    why: Annotated[str, param("放弃原因", kind=Text(255), help="随以后的抽取记录一并公开")],
    approver: Annotated[str, param("批准的负责人", kind=Text(64))],
) -> None:
    """Give a draw up. It stays on record, and every later draw of the task tells of it."""
    draw.status, draw.why_abandoned, draw.abandon_approver = DrawState.ABANDONED, why, approver
    draw.abandoned_at, draw.abandoned_by = desk.now, desk.clerk.name
    task = desk.get(InspectionTask, draw.task_id)
    for check in desk.session.scalars(select(InspectionCheck).where(InspectionCheck.draw_id == draw.id)):
        if check.status is CheckState.ASSIGNED:
            check.status, check.cancelled_why = CheckState.CANCELLED, f"抽取放弃：{why}"[:255]
    if task.status is TaskState.DRAWN:
        task.status = TaskState.APPROVED
