"""检查: notice, record and correction of one check, entered from the paper that two inspectors and the firm signed (domain 4.9, 4.10)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.operations import operation
from wenlv_desk.registries.inspection.assigning import findings_of, team_of
from wenlv_desk.registries.inspection.check import CheckFinding, InspectionCheck
from wenlv_desk.registries.inspection.item import InspectionItem
from wenlv_desk.registries.inspection.listing import items_of
from wenlv_desk.registries.inspection.planning import always, refuse_future
from wenlv_desk.registries.inspection.pool import TRIGGERED, over_cap
from wenlv_desk.registries.inspection.progress import advance
from wenlv_desk.registries.inspection.publishing import set_publish_due
from wenlv_desk.registries.inspection.vocabulary import (
    FOUND_BAD,
    OUTCOMES,
    CheckState,
    Disposal,
    PointConclusion,
    ResultCode,
    SignState,
)
from wenlv_desk.registries.marking import DIVIDES, Mark, read_marks, short
from wenlv_desk.registries.operator.operations import change_status
from wenlv_desk.registries.operator.records import OperatingStatus, Operator
from wenlv_desk.registries.settings.reading import setting_of
from wenlv_desk.store.attachments import Evidence, keep_evidence
from wenlv_desk.store.desk import Desk

RECORDERS = (Role.INSPECTOR, Role.REVIEWER, Role.HEAD)
CLOSES_ALONE = (ResultCode.NONE_FOUND, ResultCode.NO_ACTIVITY)  # domain 4.7: the others need their disposal
MOST = 500  # characters of a finding's note
EXAMPLE = "“3 不合格：没有进销货清单”或“全部合格”"


def team_blocks(_desk: Desk, check: InspectionCheck) -> Iterator[str]:
    """行政处罚法 art. 42: at least two."""
    if check.second_id is None:
        yield "检查人员不足两人，请先办“指派检查人员”"


@operation(
    "通知检查",
    on=(InspectionCheck,),
    by=RECORDERS,
    when=(CheckState.ASSIGNED,),
    to=CheckState.NOTIFIED,
    blocks=team_blocks,
    due=always,
)
def notify(
    desk: Desk,
    check: InspectionCheck,
    *,
    notified_on: Annotated[date | None, param("通知日期", help="不填为今天")] = None,
    approval_no: Annotated[str | None, param("检查审批文号", kind=Text(64), help="不填用任务的审批文号")] = None,
) -> None:
    """Announce the check; the paper is 检查通知书."""
    day = notified_on or desk.today
    refuse_future(desk, "通知日期", day)
    check.status, check.notified_on = CheckState.NOTIFIED, day
    check.approval_no = approval_no or check.approval_no
    advance(desk, check.task_id)


def recording_blocks(desk: Desk, check: InspectionCheck) -> Iterator[str]:
    """What stands in the way of entering a check's result."""
    yield from team_blocks(desk, check)
    if check.status is CheckState.ASSIGNED and setting_of(desk, "notice_required"):
        yield "还没有通知检查（设置里要求先出具检查通知书），请先办“通知检查”"
    if check.cause not in TRIGGERED:
        capped = over_cap(desk, items_of_check(desk, check), check.check_year, but=check.id)
        if why := capped.get(check.operator_id):
            yield f"{why}，不能再查；确须检查的，以投诉举报、线索或交办另立定向任务"


def items_of_check(desk: Desk, check: InspectionCheck) -> Sequence[InspectionItem]:
    return items_of(desk, check.items or ())


def as_it_was(desk: Desk, check: InspectionCheck) -> Mapping[str, Any]:
    """What the form of a check begins with."""
    names = ("place", "situation", "problems", "result_code", "disposal", "disposal_note", "sign_state", "signer_name")
    known = {name: getattr(check, name) for name in (*names, "sign_note", "helpers", "started_at", "ended_at")}
    known["points"] = written({one.position: (one.conclusion, one.note or "") for one in findings_of(desk, check)})
    if check.signer_name is None:
        known["signer_name"] = check.legal_representative
    return {name: value for name, value in known.items() if value is not None}


Started = Annotated[datetime, param("检查开始", help="如 2026-12-01 09:30")]
Ended = Annotated[datetime, param("检查结束")]
Place = Annotated[str | None, param("检查地点", kind=Text(255))]
Points = Annotated[
    str, param("检查要点", kind=Text(20000, block=True), help="如：全部合格；3 不合格：没有进销货清单；9 不适用")
]
Situation = Annotated[str | None, param("现场情况", kind=Text(4000, block=True))]
Problems = Annotated[str | None, param("存在问题", kind=Text(4000, block=True), help="空白则由不合格的要点连成")]
Result = Annotated[ResultCode, param("检查结果")]
Handling = Annotated[Disposal | None, param("处理措施")]
HandlingNote = Annotated[str | None, param("处理说明", kind=Text(500))]
Sign = Annotated[SignState, param("签字情况")]
Signer = Annotated[str | None, param("签字人", kind=Text(64))]
SignNote = Annotated[str | None, param("拒签和见证说明", kind=Text(255), help="拒签、不在场时写明事由和见证人")]
Helpers = Annotated[str | None, param("协助专家", kind=Text(255))]
ScanNo = Annotated[str | None, param("扫码记录号", kind=Text(64))]
NewStatus = Annotated[
    OperatingStatus | None, param("经营状态改为", help="结果为已关闭停业、注销等时，把经营单位的状态一并改过来")
]


@dataclass(frozen=True)
class Sheet:
    """What the signed paper says."""

    started_at: datetime
    ended_at: datetime
    points: str
    result_code: ResultCode
    sign_state: SignState
    place: str | None
    situation: str | None
    problems: str | None
    disposal: Disposal | None
    disposal_note: str | None
    signer_name: str | None
    sign_note: str | None
    helpers: str | None
    scan_record_no: str | None
    operating_status: OperatingStatus | None


@operation(
    "录入检查结果",
    on=(InspectionCheck,),
    by=RECORDERS,
    when=(CheckState.NOTIFIED, CheckState.ASSIGNED),
    to=CheckState.CHECKED,
    blocks=recording_blocks,
    suggest=as_it_was,
    due=always,
    many=False,
    evidence=True,
)
def record(  # noqa: PLR0913 - one argument a box of the paper
    desk: Desk,
    check: InspectionCheck,
    *,
    started_at: Started,
    ended_at: Ended,
    points: Points,
    result_code: Result,
    sign_state: Sign,
    place: Place = None,
    situation: Situation = None,
    problems: Problems = None,
    disposal: Handling = None,
    disposal_note: HandlingNote = None,
    signer_name: Signer = None,
    sign_note: SignNote = None,
    helpers: Helpers = None,
    scan_record_no: ScanNo = None,
    operating_status: NewStatus = None,
    path: Evidence = None,
) -> None:
    """Enter what the signed record says. Anything but "no problem" needs its disposal; who refused to sign needs a witness."""
    sheet = Sheet(
        started_at, ended_at, points, result_code, sign_state, place, situation, problems, disposal, disposal_note,
        signer_name, sign_note, helpers, scan_record_no, operating_status,
    )  # fmt: skip
    enter(desk, check, sheet)
    check.status, check.recorded_by, check.recorded_on = CheckState.CHECKED, desk.clerk.name, desk.today
    keep_evidence(desk, check, path, "检查记录")
    advance(desk, check.task_id)


@operation(
    "更正检查记录",
    on=(InspectionCheck,),
    by=RECORDERS,
    when=(CheckState.CHECKED,),
    suggest=as_it_was,
    many=False,
    evidence=True,
)
def correct_record(  # noqa: PLR0913 - as above
    desk: Desk,
    check: InspectionCheck,
    *,
    reason: Annotated[str, param("更正原因", kind=Text(255))],  # noqa: ARG001 - the journal keeps it
    started_at: Started,
    ended_at: Ended,
    points: Points,
    result_code: Result,
    sign_state: Sign,
    place: Place = None,
    situation: Situation = None,
    problems: Problems = None,
    disposal: Handling = None,
    disposal_note: HandlingNote = None,
    signer_name: Signer = None,
    sign_note: SignNote = None,
    helpers: Helpers = None,
    scan_record_no: ScanNo = None,
    operating_status: NewStatus = None,
    path: Evidence = None,
) -> None:
    """Mend what was entered wrongly before it is reviewed; the journal keeps what stood there, and why."""
    sheet = Sheet(
        started_at, ended_at, points, result_code, sign_state, place, situation, problems, disposal, disposal_note,
        signer_name, sign_note, helpers, scan_record_no, operating_status,
    )  # fmt: skip
    enter(desk, check, sheet)
    keep_evidence(desk, check, path, "更正检查记录")


def enter(desk: Desk, check: InspectionCheck, sheet: Sheet) -> None:
    """Check what the paper says as a whole, and write it."""
    _refuse_times(desk, check, sheet)
    bad = mark_points(desk, check, sheet.points)
    _refuse_result(sheet, bad)
    _refuse_signature(sheet)
    check.started_at, check.ended_at, check.place = sheet.started_at, sheet.ended_at, sheet.place or check.premises
    check.situation = sheet.situation
    check.problems = sheet.problems or "；".join(one.note or one.text for one in bad) or None
    check.bad_points, check.result_code, check.outcome = len(bad), sheet.result_code, OUTCOMES[sheet.result_code]
    check.disposal, check.disposal_note = sheet.disposal or Disposal.NONE, sheet.disposal_note
    check.sign_state, check.sign_note = sheet.sign_state, sheet.sign_note
    check.signer_name = sheet.signer_name if sheet.sign_state is SignState.SIGNED else None
    check.helpers = sheet.helpers
    check.scan_record_no = sheet.scan_record_no or check.scan_record_no
    set_publish_due(desk, check)
    _follow(desk, check, sheet)


def _refuse_times(desk: Desk, check: InspectionCheck, sheet: Sheet) -> None:
    start, end = sheet.started_at, sheet.ended_at
    if end < start:
        raise UserError(f"没有录入：检查结束 {end:%Y-%m-%d %H:%M} 早于检查开始 {start:%Y-%m-%d %H:%M}，请改正")
    if end > desk.now:
        raise UserError(f"没有录入：检查结束 {end:%Y-%m-%d %H:%M} 晚于现在，请改正")
    if not check.window_from <= start.date() <= end.date() <= check.window_to:
        raise UserError(
            f"没有录入：检查时间 {start:%Y-%m-%d} 至 {end:%Y-%m-%d} 不在检查期间 {check.window_from} 至 {check.window_to} 内，请核对纸质记录"
        )
    for one in team_of(desk, check):
        if one.cert_valid_to is not None and one.cert_valid_to < end.date():
            raise UserError(
                f"没有录入：{one.name}的执法证 {one.cert_valid_to} 已到期，检查日 {end.date()} 不能参加。请核对，或登记换发后的有效期"
            )


def mark_points(desk: Desk, check: InspectionCheck, said: str) -> list[CheckFinding]:
    """Write the conclusions of the points; returns those that are 不合格. UserError for one without words or not looked at."""
    findings = findings_of(desk, check)
    labels = [one.label for one in PointConclusion]
    marks = read_marks(said, labels, [one.position for one in findings], thing="检查要点", example=EXAMPLE)
    if marks.rest is not None and marks.rest.word == PointConclusion.BAD.label:
        raise UserError("“不合格”要逐项写明问题，请写成“3 不合格：没有进销货清单”")
    for one in findings:
        mark = marks.by_position.get(one.position)
        if mark is None and one.conclusion is PointConclusion.PENDING:
            mark = marks.rest
        if mark is not None:
            _mark(one, mark)
    desk.session.flush()
    return [one for one in findings if one.conclusion is PointConclusion.BAD]


def _mark(finding: CheckFinding, mark: Mark) -> None:
    conclusion = next(one for one in PointConclusion if one.label == mark.word)
    if conclusion is PointConclusion.BAD and not mark.said:
        raise UserError(f"{mark.where}不合格，请写明问题，如“{finding.position} 不合格：没有进销货清单”")
    finding.conclusion, finding.note = conclusion, short(mark.where, mark.said, MOST) or None


def written(marks: Mapping[int, tuple[PointConclusion, str]]) -> str:
    """Conclusions as the lines that `mark_points` reads."""
    lines = []
    for position, (conclusion, note) in sorted(marks.items()):
        said = DIVIDES.sub("，", note)
        lines.append(f"{position} {conclusion.label}" + (f"：{said}" if said else ""))
    return "\n".join(lines)


def _refuse_result(sheet: Sheet, bad: Sequence[CheckFinding]) -> None:
    """The result fits the points; all but 1 and 7 need their disposal (domain 4.7)."""
    code = sheet.result_code
    if bad and code in CLOSES_ALONE:
        raise UserError(f"没有录入：有 {len(bad)} 条要点不合格，结果不能是“{code.label}”，请改选结果或更正要点")
    if code in FOUND_BAD and not bad and not sheet.problems:
        raise UserError(f"没有录入：结果是“{code.label}”，请写明存在问题，或标出不合格的要点")
    if code not in CLOSES_ALONE and sheet.disposal in (None, Disposal.NONE):
        raise UserError(f"没有录入：结果是“{code.label}”，请选处理措施（责令改正、移交、抄告等）")
    if sheet.disposal is Disposal.OTHER and not sheet.disposal_note:
        raise UserError("没有录入：处理措施是“其他”，请写处理说明")
    if code is ResultCode.GONE and sheet.operating_status in (None, OperatingStatus.OPEN):
        raise UserError(f"没有录入：结果是“{code.label}”，请选“经营状态改为”（停业、歇业、注销、迁出或查无下落）")


def _refuse_signature(sheet: Sheet) -> None:
    if sheet.sign_state is SignState.SIGNED and not sheet.signer_name:
        raise UserError("没有录入：被检查单位已签字，请填签字人")
    if sheet.sign_state is not SignState.SIGNED and not sheet.sign_note:
        raise UserError(f"没有录入：被检查单位{sheet.sign_state.label}，请写明事由和见证人（安全生产法第六十八条）")


def _follow(desk: Desk, check: InspectionCheck, sheet: Sheet) -> None:
    """What the result does to the firm's own record, and what must follow."""
    if sheet.operating_status is not None:
        operator = desk.get(Operator, check.operator_id)
        if operator.operating_status is not sheet.operating_status:
            why = f"检查 {check.check_no}：{sheet.result_code.label}"
            change_status.function(
                desk, operator, operating_status=sheet.operating_status, changed_on=sheet.ended_at.date(), reason=why
            )
    elif sheet.result_code is ResultCode.UNREACHABLE:
        desk.notes.append("无法联系：核实后请在经营单位上办“经营状态变更”（查无下落）")
    if sheet.disposal is Disposal.ORDERED:
        desk.notes.append("处理措施是责令改正，请接着办“责令整改”，写明期限并出具通知书")
