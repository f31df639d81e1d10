"""现在要处理 about random inspections: draws half done, checks not made, results not public, orders not given."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select

from wenlv_desk.core.open_items import OpenItem, open_items
from wenlv_desk.registries.inspection.check import CHECKS, SOON, InspectionCheck
from wenlv_desk.registries.inspection.draw import DRAWS, InspectionDraw
from wenlv_desk.registries.inspection.planning import live_draw
from wenlv_desk.registries.inspection.task import TASKS, InspectionTask
from wenlv_desk.registries.inspection.vocabulary import CheckState, Disposal, DrawKind, DrawState, Outcome, TaskState
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.rectification.rectification import Rectification
from wenlv_desk.store.desk import Desk

BEFORE = (CheckState.ASSIGNED, CheckState.NOTIFIED)
CLOSING = 7  # days before a window ends from which it is said
ENDED = (CheckState.CLOSED, CheckState.REPLACED, CheckState.CANCELLED)


@open_items(on=(InspectionDraw,))
def of_draw(desk: Desk, draw: InspectionDraw) -> Iterable[OpenItem]:
    """A draw that waits for its next act."""
    yield from _half_done(desk, draw)


@open_items(on=(InspectionTask,))
def of_task(desk: Desk, task: InspectionTask) -> Iterable[OpenItem]:
    """What waits about a task: its draw, and its checks that are late."""
    draw = live_draw(desk, task)
    if draw is not None:
        yield from _half_done(desk, draw)
    elif task.status is TaskState.APPROVED and task.draw_kind is DrawKind.RANDOM:
        yield OpenItem("抽取", "amber", f"已审批，还没有封存名单；检查 {task.window_from} 开始", TASKS.name, task.id)
    mine = (InspectionCheck.task_id == task.id, InspectionCheck.status.not_in(ENDED))
    for check in desk.session.scalars(select(InspectionCheck).where(*mine).order_by(InspectionCheck.id)):
        yield from _items(desk, check)


@open_items(on=(InspectionCheck,))
def of_check(desk: Desk, check: InspectionCheck) -> Iterable[OpenItem]:
    """What waits about one check."""
    if check.status not in ENDED:
        yield from _items(desk, check)


@open_items(on=(Operator,))
def of_operator(desk: Desk, operator: Operator) -> Iterable[OpenItem]:
    """What concerns a firm: that it is to be inspected, and what was found and is not settled; that bars a favourable decision."""
    mine = (InspectionCheck.operator_id == operator.id, InspectionCheck.status.not_in(ENDED))
    for check in desk.session.scalars(select(InspectionCheck).where(*mine).order_by(InspectionCheck.id)):
        if check.status in BEFORE:
            yield from _announced(desk, check)
        elif check.outcome is Outcome.ISSUE_FOUND and not _ordered(desk, check):
            yield _unsettled(check)


def _announced(desk: Desk, check: InspectionCheck) -> Iterator[OpenItem]:
    yield from (found := list(_not_made(desk, check)))
    if not found:
        window = f"{check.window_from} 至 {check.window_to}"
        yield _item(check, "检查", "amber", f"{check.status.label}，检查期间 {window}")


def _unsettled(check: InspectionCheck) -> OpenItem:
    """Something was found and no order given: with an order, the rectification says what is open and until when."""
    promised = check.disposal is Disposal.ORDERED
    said = f"发现问题，{'还没有下达责令整改' if promised else f'{check.status.label}，还没有办结'}"
    return _item(check, "检查", "red" if promised else "amber", said, bars=True)


def _half_done(desk: Desk, draw: InspectionDraw) -> Iterator[OpenItem]:
    days = (desk.today - draw.committed_at.date()).days
    since = f"{draw.committed_at:%Y-%m-%d} 封存" + (f"，已 {days} 天" if days > 0 else "")
    if draw.status is DrawState.COMMITTED:
        yield OpenItem(
            "抽取", "amber", f"{draw.title}：{since}，等{draw.source.label}，请录入种子", DRAWS.name, draw.id
        )
    elif draw.status is DrawState.SEEDED:
        yield OpenItem("抽取", "amber", f"{draw.title}：种子已录入，请抽取", DRAWS.name, draw.id)


def _items(desk: Desk, check: InspectionCheck) -> Iterator[OpenItem]:
    if check.status in BEFORE:
        yield from _not_made(desk, check)
    if check.status is CheckState.CHECKED:
        if check.disposal is Disposal.ORDERED and not _ordered(desk, check):
            yield _item(check, "整改", "red", "处理措施是责令改正，还没有下达")
        yield _item(check, "审核", "amber", _unreviewed(check))
    if check.publish_due is not None and check.published_on is None:
        left = (check.publish_due - desk.today).days
        mark = "（估）" if check.due_estimated else ""
        if left < 0:
            yield _item(check, "公示", "red", f"公示期限 {check.publish_due}{mark} 已过 {-left} 天，还没有公示")
        elif left <= SOON:
            yield _item(check, "公示", "amber", f"公示期限 {check.publish_due}{mark}，还有 {left} 天")


def _unreviewed(check: InspectionCheck) -> str:
    if check.withdrawn_on is not None:
        return f"公示已于 {check.withdrawn_on} 撤回，请更正后重新审核"
    return f"审核退回（{check.review_note}），请更正后再审核" if check.review_note else "结果已录入，等审核"


def _not_made(desk: Desk, check: InspectionCheck) -> Iterator[OpenItem]:
    left = (check.window_to - desk.today).days
    if check.lead_id is None:
        yield _item(check, "人员", "amber", "还没有指派检查人员")
    if left < 0:
        yield _item(check, "逾期", "red", f"检查期间 {check.window_to} 已过 {-left} 天，还没有检查")
    elif left <= CLOSING:
        yield _item(check, "检查", "amber", f"检查期间到 {check.window_to}，还有 {left} 天，{check.status.label}")


def _ordered(desk: Desk, check: InspectionCheck) -> bool:
    mine = (Rectification.check_id == check.id, ~Rectification.voided)
    return desk.session.scalar(select(Rectification.id).where(*mine).limit(1)) is not None


def _item(check: InspectionCheck, word: str, tone: str, said: str, *, bars: bool = False) -> OpenItem:
    return OpenItem(word, tone, f"{check.check_no} {check.unit_name}：{said}", CHECKS.name, check.id, bars)
