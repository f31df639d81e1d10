"""What a sheet that is being entered comes to: which results fit its points, what is missing in which box, what is handed to the gate.

The gate decides by the rules of `inspection.checking`; what is said here is said earlier, and beside the box. Knows no Qt.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from wenlv_desk.gui.checking.reading import CheckView, record_fields
from wenlv_desk.gui.checking.times import EXAMPLE, read_day, read_moment
from wenlv_desk.registries.inspection.checking import CLOSES_ALONE, written
from wenlv_desk.registries.inspection.vocabulary import FOUND_BAD, Disposal, PointConclusion, ResultCode, SignState
from wenlv_desk.registries.operator.records import OperatingStatus

POINTS = "points"
WHOLE = "全部合格"  # where a check has no points of its own
ALL_SEEN = (ResultCode.NONE_FOUND, *FOUND_BAD)  # results that only somebody who looked at every point can find
CHANGES_FIRM = (ResultCode.GONE, ResultCode.UNREACHABLE)
Found = tuple[PointConclusion, str]


@dataclass(frozen=True)
class Entry:
    """The sheet as it stands: what was found of each point, and the texts and codes of the boxes."""

    points: Mapping[int, Found] = field(default_factory=dict)
    boxes: Mapping[str, str] = field(default_factory=dict)

    def box(self, name: str) -> str:
        return self.boxes.get(name, "").strip()

    @property
    def bad(self) -> list[int]:
        return [at for at, (conclusion, _) in self.points.items() if conclusion is PointConclusion.BAD]

    @property
    def unseen(self) -> list[int]:
        return [at for at, (conclusion, _) in self.points.items() if conclusion is PointConclusion.PENDING]

    @property
    def result(self) -> ResultCode | None:
        return ResultCode.of(self.box("result_code")) if self.box("result_code") else None


def fitting(entry: Entry) -> tuple[ResultCode, ...]:
    """The results that fit the points: with a bad one something was found, without one only where the problem is written."""
    if entry.bad:
        return tuple(code for code in ResultCode if code not in CLOSES_ALONE)
    return tuple(code for code in ResultCode if code not in FOUND_BAD or entry.box("problems"))


def proposed(entry: Entry) -> ResultCode | None:
    """What it comes to where nothing is bad; what is found otherwise the clerk says."""
    clean = bool(entry.points) and not entry.bad and not entry.unseen and not entry.box("problems")
    return ResultCode.NONE_FOUND if clean else None


def problems_of(points: Mapping[int, Found]) -> str:
    """What is written of each bad point, joined."""
    notes = (note.strip() for _, (one, note) in sorted(points.items()) if one is PointConclusion.BAD)
    return "；".join(note for note in notes if note)


def wants_disposal(entry: Entry) -> bool:
    """Whether the result needs one (domain 4.7)."""
    return entry.result is not None and entry.result not in CLOSES_ALONE


def wrong(entry: Entry, view: CheckView) -> list[tuple[str, str]]:
    """What keeps the sheet from being saved: the box and the sentence, in the order of the boxes."""
    return [*_points(entry), *_times(entry, view), *_result(entry), *_signature(entry), *_reason(entry, view)]


def _points(entry: Entry) -> Iterator[tuple[str, str]]:
    for at in entry.bad:
        if not entry.points[at][1].strip():
            yield POINTS, f"第 {at} 项不合格，请写明问题"
    if entry.unseen and (entry.result is None or entry.result in ALL_SEEN):
        named = "、".join(str(at) for at in sorted(entry.unseen)[:6])
        yield POINTS, f"第 {named} 项还没有标；其余都没有问题的按 0"


def _times(entry: Entry, view: CheckView) -> Iterator[tuple[str, str]]:
    first, last = view.window
    day = read_day(entry.box("day"), view.near)
    if day is None:
        yield "day", "请写检查日期，如 2026-11-23 或 11-23"
        return
    if not first <= day <= last:
        yield "day", f"检查日期 {day} 不在检查期间 {first} 至 {last} 内，请核对纸质记录"
    start, end = (read_moment(entry.box("day"), entry.box(name), view.near) for name in ("start", "end"))
    for name, label, at in (("start", "开始", start), ("end", "结束", end)):
        if at is None:
            yield name, f"请写检查{label}时间，{EXAMPLE}"
    if start is not None and end is not None:
        yield from _order(start, end, view)


def _order(start: datetime, end: datetime, view: CheckView) -> Iterator[tuple[str, str]]:
    if end < start:
        yield "end", f"检查结束 {end:%H:%M} 早于开始 {start:%H:%M}，请改正"
    elif end > view.now:
        yield "end", f"检查结束 {end:%Y-%m-%d %H:%M} 晚于现在，请改正"


def _result(entry: Entry) -> Iterator[tuple[str, str]]:
    result, disposal = entry.result, entry.box("disposal")
    if result is None:
        yield "result_code", "请选检查结果"
        return
    if result in FOUND_BAD and not entry.bad and not entry.box("problems"):
        yield "problems", f"结果是“{result.label}”，请写明存在问题，或标出不合格的要点"
    if wants_disposal(entry) and disposal in ("", Disposal.NONE.value):
        yield "disposal", f"结果是“{result.label}”，请选处理措施"
    if wants_disposal(entry) and disposal == Disposal.OTHER.value and not entry.box("disposal_note"):
        yield "disposal_note", "处理措施是“其他”，请写处理说明"
    if result is ResultCode.GONE and entry.box("operating_status") in ("", OperatingStatus.OPEN.value):
        yield "operating_status", f"结果是“{result.label}”，请选经营状态改为什么"


def _signature(entry: Entry) -> Iterator[tuple[str, str]]:
    state = SignState.of(entry.box("sign_state") or SignState.SIGNED.value)
    if state is SignState.SIGNED and not entry.box("signer_name"):
        yield "signer_name", "请填签字人"
    if state is not SignState.SIGNED and not entry.box("sign_note"):
        yield "sign_note", f"被检查单位{state.label}，请写明事由和见证人"


def _reason(entry: Entry, view: CheckView) -> Iterator[tuple[str, str]]:
    if any(one.name == "reason" for one in view.form.fields) and not entry.box("reason"):
        yield "reason", "请写更正原因"


def arguments(entry: Entry, view: CheckView) -> dict[str, str]:
    """The sheet as the operation takes it; boxes that do not belong to what was found stay out."""
    given = {name: entry.box(name) for name in (*record_fields(), "reason") if entry.box(name)}
    start, end = (read_moment(entry.box("day"), entry.box(name), view.near) for name in ("start", "end"))
    assert start is not None
    assert end is not None
    given |= {"started_at": start.isoformat(" "), "ended_at": end.isoformat(" ")}
    given[POINTS] = written(entry.points) if entry.points else WHOLE
    signed = entry.box("sign_state") == SignState.SIGNED.value
    out = {
        "disposal": not wants_disposal(entry),
        "disposal_note": not wants_disposal(entry),
        "signer_name": not signed,
        "sign_note": signed,
        "operating_status": entry.result not in CHANGES_FIRM,
    }
    return {name: text for name, text in given.items() if not out.get(name, False)}


# Where a refusal of the gate belongs, by words it says; the first that is found counts.
SPOKEN = (
    ("检查结束", "end"),
    ("检查时间", "day"),
    ("执法证", "day"),
    ("检查开始", "start"),
    ("处理措施", "disposal"),
    ("处理说明", "disposal_note"),
    ("经营状态", "operating_status"),
    ("存在问题", "problems"),
    ("签字人", "signer_name"),
    ("事由和见证人", "sign_note"),
    ("检查地点", "place"),
    ("现场情况", "situation"),
    ("更正原因", "reason"),
    ("要点", POINTS),
    ("项不合格", POINTS),
    ("检查结果", "result_code"),
)


def box_of(message: str) -> str:
    """The box that a refusal is about; empty where it is about the check as a whole."""
    return next((name for spoken, name in SPOKEN if spoken in message), "")
