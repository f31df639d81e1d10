"""Signing, ending, signing again and assessing a pledge (domain 5.4)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Reference, Text
from wenlv_desk.core.operations import operation
from wenlv_desk.registries.pledge.changes import changes_of, signed_by_head
from wenlv_desk.registries.pledge.drawing_up import always, chosen, write_down
from wenlv_desk.registries.pledge.planning import Planned, answer_for, gone, party_of, pledge_for
from wenlv_desk.registries.pledge.records import Pledge, PledgeBatch, PledgeKind
from wenlv_desk.registries.pledge.vocabulary import OUT, Assessment, PledgeState
from wenlv_desk.registries.pledge.word_file import KEEPERS
from wenlv_desk.registries.settings.reading import setting_of
from wenlv_desk.registries.staff.records import Staff
from wenlv_desk.store.attachments import Evidence, keep_evidence
from wenlv_desk.store.desk import Desk

FILERS = (Role.SAFETY, Role.HEAD, Role.CLERK, Role.GRID)
STANDING = (PledgeState.DRAFT, *OUT, PledgeState.EFFECTIVE)
BEST, PASSED = 100, 80
SCAN = "签字扫描件"


def refuse_signing_day(desk: Desk, pledge: Pledge, what: str, day: date) -> None:
    """A day of signing is not to come, and not before the sheet was printed."""
    if day > desk.today:
        raise UserError(f"没有登记：{what} {day} 还没有到，请改正")
    if pledge.issued_on is not None and day < pledge.issued_on:
        raise UserError(f"没有登记：{what} {day} 早于下发日期 {pledge.issued_on}，请核对是不是上一年的责任状")


def signed_today(desk: Desk, pledge: Pledge) -> Mapping[str, Any]:
    return {"b_signed_on": pledge.b_signed_on or desk.today, "a_signed_on": desk.today}


@operation(
    "登记乙方签字",
    on=(Pledge,),
    by=FILERS,
    when=(PledgeState.ISSUED,),
    to=PledgeState.SIGNED_B,
    due=lambda _desk, _one: False,
)
def sign_b(
    desk: Desk,
    pledge: Pledge,
    *,
    b_signed_on: Annotated[date | None, param("乙方签字日期", help="不填为今天")] = None,
) -> None:
    """Party B has signed; the sheet is on its way to party A."""
    day = b_signed_on or desk.today
    refuse_signing_day(desk, pledge, "乙方签字日期", day)
    pledge.status, pledge.b_signed_on = PledgeState.SIGNED_B, day


@operation(
    "登记双方签订",
    on=(Pledge,),
    by=FILERS,
    when=OUT,
    to=PledgeState.EFFECTIVE,
    due=always,
    suggest=signed_today,
    many=False,
    evidence=True,
)
def sign_both(
    desk: Desk,
    pledge: Pledge,
    *,
    b_signed_on: Annotated[date, param("乙方签字日期")],
    a_signed_on: Annotated[date, param("甲方签字日期")],
    place: Annotated[str | None, param("签订地点", kind=Text(128))] = None,
    storage: Annotated[str | None, param("存放位置", kind=Text(128), help="如：安全生产科 2026 年第 3 盒")] = None,
    path: Evidence = None,
) -> None:
    """Both have signed, with date and scan (by the settings): the pledge is in force for its period."""
    sign_with_scan(desk, pledge, b_signed_on, a_signed_on, path)
    pledge.place, pledge.storage = place or pledge.place, storage or pledge.storage


def sign_with_scan(desk: Desk, pledge: Pledge, b_signed_on: date, a_signed_on: date, path: str | None) -> None:
    """Put a pledge in force, with what proves it. UserError for dates that cannot be, and where a scan is asked for."""
    for what, day in (("乙方签字日期", b_signed_on), ("甲方签字日期", a_signed_on)):
        refuse_signing_day(desk, pledge, what, day)
    kept = keep_evidence(desk, pledge, path, SCAN)
    if kept is None and pledge.scan_sha256 is None and setting_of(desk, "pledge_needs_scan"):
        raise UserError(
            f"没有登记：{pledge.pledge_no} 还没有签字扫描件。请附上扫描件，或用“归档扫描件”自动归档；"
            "不要求扫描件的，在设置里改“责任状生效须有扫描件”"
        )
    if kept is not None:
        pledge.scan_sha256 = kept.sha256
    take_effect(pledge, b_signed_on, a_signed_on)


def take_effect(pledge: Pledge, b_signed_on: date, a_signed_on: date) -> None:
    pledge.status, pledge.b_signed_on, pledge.a_signed_on = PledgeState.EFFECTIVE, b_signed_on, a_signed_on


@operation(
    "解除",
    on=(Pledge,),
    by=KEEPERS,
    when=STANDING,
    to=PledgeState.TERMINATED,
    danger=True,
    evidence=True,
    undoable=False,  # another may have been drawn up in its place since: 补拟 gives a new one
)
def terminate(
    desk: Desk,
    pledge: Pledge,
    *,
    reason: Annotated[str, param("解除原因", kind=Text(255), help="如：企业已注销；拟错作废")],
    path: Evidence = None,
) -> None:
    """End a pledge before its time; its number and its text stay."""
    pledge.status, pledge.ended_on, pledge.ended_why = PledgeState.TERMINATED, desk.today, reason
    keep_evidence(desk, pledge, path, "解除依据")


def what_changed(desk: Desk, pledge: Pledge) -> Mapping[str, Any]:
    said = "；".join(changes_of(desk, pledge))
    return {"reason": said[:255]} if said else {}


@operation(
    "变更重签",
    on=(Pledge,),
    by=KEEPERS,
    when=(*OUT, PledgeState.EFFECTIVE),
    to=PledgeState.SUPERSEDED,
    suggest=what_changed,
    due=lambda desk, pledge: bool(changes_of(desk, pledge)),
    many=False,
    undoable=False,
)
def re_sign(
    desk: Desk,
    pledge: Pledge,
    *,
    reason: Annotated[str, param("重签原因", kind=Text(255), help="如：负责人变更")],
    signer: Annotated[
        int | None,
        param("甲方签字人", kind=Reference("staff"), help="不填：原由网格长签的由现在的网格长签，原来选定的不变"),
    ] = None,
) -> Pledge:
    """Draw up a new pledge with the names of today in place of this one, which keeps its text and its scan."""
    one = _of_today(desk, pledge, signer)
    batch, kind = desk.get(PledgeBatch, pledge.batch_id), desk.get(PledgeKind, pledge.kind_id)
    (made,) = write_down(desk, batch, kind, [one], follows_id=pledge.id)
    made.area, made.place, made.valid_to = pledge.area, pledge.place, pledge.valid_to
    running = pledge.valid_from <= desk.today <= pledge.valid_to
    made.valid_from = desk.today if running else pledge.valid_from
    pledge.status, pledge.ended_on, pledge.ended_why = PledgeState.SUPERSEDED, desk.today, reason
    desk.notes.append(f"新拟 {made.pledge_no}，请“下发”、打印、签字")
    return made


def _of_today(desk: Desk, pledge: Pledge, signer: int | None) -> Planned:
    """Both parties as they are named today. Who was chosen to sign for the bureau still does, unless he has left."""
    kind, party = desk.get(PledgeKind, pledge.kind_id), party_of(pledge)
    leader = chosen(desk, signer)
    if leader is None and pledge.a_signer_id is not None and not signed_by_head(desk, pledge):
        before = desk.get(Staff, pledge.a_signer_id)
        leader = None if gone(before) else before
    made = pledge_for(desk, kind, party, answer_for(desk, party), leader)
    if isinstance(made, str):
        raise UserError(f"没有办理：{pledge.party_b}{made}")
    return made


def already_assessed(_desk: Desk, pledge: Pledge) -> Iterator[str]:
    if pledge.assessed_on is not None:
        yield f"{pledge.assessed_on} 已考核，改判请先撤销那一次"


@operation("考核", on=(Pledge,), by=KEEPERS, when=(PledgeState.EFFECTIVE,), blocks=already_assessed)
def assess(
    desk: Desk,
    pledge: Pledge,
    *,
    score: Annotated[int | None, param("考核得分", help="0 到 100")] = None,
    assessment: Annotated[Assessment, param("考核结果")],
    assessed_on: Annotated[date | None, param("考核日期", help="不填为今天")] = None,
) -> None:
    """Say how well a pledge was kept. Who is vetoed (一票否决) or failed does not have the marks of who passed."""
    day = assessed_on or desk.today
    if day > desk.today:
        raise UserError(f"没有登记：考核日期 {day} 还没有到，请改正")
    if pledge.a_signed_on is not None and day < pledge.a_signed_on:
        raise UserError(f"没有登记：考核日期 {day} 早于签订日期 {pledge.a_signed_on}，请改正")
    if score is not None and not 0 <= score <= BEST:
        raise UserError(f"没有登记：得分 {score} 不在 0 到 {BEST} 之间，请改正")
    if score is not None and (score >= PASSED) is not (assessment in (Assessment.EXCELLENT, Assessment.PASSED)):
        desk.notes.append(f"请核对：{score} 分，结果是“{assessment.label}”；自带范本以 {PASSED} 分为合格")
    pledge.score, pledge.assessment, pledge.assessed_on = score, assessment, day
