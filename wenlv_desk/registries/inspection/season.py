"""Random inspections of a demonstration bureau: one task carried to its end, one under way, one to be drawn, and what they led to."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Text, select, type_coerce

from wenlv_desk.registries.inspection.check import InspectionCheck
from wenlv_desk.registries.inspection.item import InspectionItem
from wenlv_desk.registries.operator.records import OperatingStatus, Operator
from wenlv_desk.registries.past import Day, Past
from wenlv_desk.registries.staff.records import Staff

CHECK, TASK, DRAW, ORDER = "inspection_check", "inspection_task", "inspection_draw", "rectification"
SHOPS, PRINTERS = "CB-01", "YS-01"
WITNESSES = "苏若溪、覃志远"
DICE = "3156244136521463325142"
APPROVED = {"approver": "苏若溪"}
GOOD: Mapping[str, Any] = {"points": "全部合格", "result_code": "1", "sign_state": "SIGNED", "signer_name": "负责人"}
BAD: Mapping[str, Any] = {
    **GOOD,
    "points": "5 不合格：没有保存进销货清单；11 不合格：一具灭火器过期；其余合格",
    "result_code": "8",
    "disposal": "ORDERED",
}
REFUSED: Mapping[str, Any] = {
    **GOOD,
    "points": "全部合格",
    "sign_state": "REFUSED",
    "sign_note": "经营者外出，店员拒绝签字，社区网格员在场见证",
}
MEND: Mapping[str, Any] = {
    "problem": "没有保存进销货清单\n一具灭火器过期",
    "requirement": "补齐近两年进销货清单\n更换过期灭火器",
    "hazard_kind": "RECORDS",
    "legal_basis": "《出版物市场管理规定》第二十四条",
}
REVIEWER = "周建国"


class Inspections:
    """What has been made so far, by name."""

    def __init__(self, past: Past) -> None:
        self.past = past
        self.ids: dict[str, int] = {}

    def plan(self) -> None:
        """Plan the two years' work into the past."""
        self.past.plan(300, self.begin)
        self.past.plan(210, lambda day: self.task(day, "spring", "第一次出版物市场随机抽查", SHOPS, 20, (205, 180)))
        self.past.plan(206, self.draw_spring)
        for days_ago, steps in ((200, self.visit_spring), (195, self.review_spring), (188, self.publish_spring)):
            self.past.plan(days_ago, steps)
        self.past.plan(187, self.mend_spring)
        self.past.plan(26, lambda day: self.task(day, "autumn", "印刷企业秋季随机抽查", PRINTERS, 50, (20, -12)))
        self.past.plan(20, self.draw_autumn)
        self.past.plan(12, self.visit_autumn)
        self.past.plan(40, self.complaint)
        self.past.plan(16, self.extend_complaint)
        self.past.plan(30, self.patrols)
        self.past.plan(25, self.special)
        self.past.plan(9, self.self_checks)
        self.past.plan(3, lambda day: self.task(day, "winter", "第二次出版物市场随机抽查", SHOPS, 20, (2, -30)))

    def begin(self, day: Day) -> None:
        """The list is published, the plan approved and filed."""
        day.do("seed_items", "inspection_item")
        for item in _ids(day, InspectionItem, InspectionItem.item_code.is_not(None)):
            day.do("publish_item", "inspection_item", item)
        year = day.today.year
        plan = day.do(
            "create",
            "inspection_plan",
            title=f"{year}年度双随机抽查计划",
            plan_year=year,
            basis=f"青文旅发〔{year}〕1号",
        )
        self.ids["plan"] = plan
        day.do("approve_plan", "inspection_plan", plan, approver="苏若溪", approval_no=f"青文旅审〔{year}〕2号")
        day.do("file_plan", "inspection_plan", plan, filed_with="映海市文化和旅游局")
        day.do("publish_plan", "inspection_plan", plan)
        people = dict(_named(day, Staff, Staff.name))
        first = _firms(day, "BOOK_RETAIL")[0]
        day.do("create", "recusal", staff_id=people["翟明轩"], operator_id=first, cause="RELATIVE", note="本人申报")

    def task(self, day: Day, name: str, title: str, item: str, ratio: int, window: tuple[int, int]) -> None:
        """A task of the plan, approved."""
        first, last = (self.past.today - timedelta(ago) for ago in window)
        given = {
            "task_name": f"{first.year}年{title}",
            "plan_id": self.ids["plan"],
            "items": item,
            "ratio_percent": ratio,
        }
        self.ids[name] = day.do("create", TASK, **given, window_from=first, window_to=last)
        day.do("approve_task", TASK, self.ids[name], **APPROVED)

    def draw(self, day: Day, name: str, digits: str, source: str, said: str) -> None:
        """The three acts; the sheet is signed before there is a seed."""
        draw = day.do("commit", TASK, self.ids[name], source=source, source_said=said)
        _print(day, "draw_confirmation", DRAW, draw)
        day.do("seed", DRAW, draw, digits=digits, again=digits, witnesses=WITNESSES)
        day.do("run", DRAW, draw)

    def draw_spring(self, day: Day) -> None:
        """The first try was given up: the lottery named had been drawn already."""
        draw = day.do(
            "commit", TASK, self.ids["spring"], source="LOTTERY", source_said="双色球上期（误指已开奖的一期）"
        )
        day.do("abandon", DRAW, draw, why="指明的彩票期已经开奖，不能作种子", **APPROVED)
        self.draw(day, "spring", DICE, "DICE", "二十二枚骰子，在局会议室由办公室当场掷")

    def draw_autumn(self, day: Day) -> None:
        self.draw(day, "autumn", "030815222731709", "LOTTERY", "封存次日开奖的一期双色球（演示）")

    def checks(self, day: Day, name: str) -> list[int]:
        return _ids(day, InspectionCheck, InspectionCheck.task_id == self.ids[name])

    def visit(self, day: Day, check: int, said: Mapping[str, Any]) -> None:
        """Notify and enter the record of a visit on that day."""
        at = datetime.combine(day.today, time(8, 30))
        day.do("notify", CHECK, check)
        day.do("record", CHECK, check, **said, started_at=at, ended_at=at + timedelta(minutes=40))

    def visit_spring(self, day: Day) -> None:
        """Everybody is visited; one had moved away and the next ticket stood in."""
        first, *rest = self.checks(day, "spring")
        stand_in = day.do("replace_object", CHECK, first, why="已搬离登记地址，正在办理变更", **APPROVED)
        for place, check in enumerate([*rest, stand_in]):
            self.visit(day, check, (BAD, REFUSED, GOOD)[min(place, 2)])
        self.ids["mend"] = day.do("order_after_check", CHECK, rest[0], **MEND, days=15)

    def review_spring(self, day: Day) -> None:
        for check in self.checks(day, "spring")[1:]:
            day.by(REVIEWER).do("review", CHECK, check)

    def publish_spring(self, day: Day) -> None:
        for check in self.checks(day, "spring")[1:]:
            day.by(REVIEWER).do("publish", CHECK, check, channel="市政府门户网站")

    def mend_spring(self, day: Day) -> None:
        """What was ordered is mended, looked at again and crossed off; the task is put away."""
        day.do("submit", ORDER, self.ids["mend"], progress="清单已补齐，灭火器已更换")
        day.do("pass_recheck", ORDER, self.ids["mend"], recheck_by="单海燕、仇文博", note="清单齐全，灭火器有效")
        _print(day, "rectification_opinion", ORDER, self.ids["mend"])
        day.do("close_rectification", ORDER, self.ids["mend"])
        checks = self.checks(day, "spring")[1:]
        day.do("correct_publication", CHECK, checks[0], reason="整改后复查合格", result_note="整改后复查合格")
        for check in checks:
            day.do("close_check", CHECK, check)
        day.do("archive", TASK, self.ids["spring"])

    def visit_autumn(self, day: Day) -> None:
        """Some are visited, one is told, one waits."""
        first, second, third, *_ = self.checks(day, "autumn")
        self.visit(day, first, GOOD)
        self.visit(day, second, {**BAD, "points": "3 不合格：承印登记不全；其余合格", "problems": "承印登记不全"})
        given = {"problem": "承印登记不全", "requirement": "补齐登记簿", "hazard_kind": "RECORDS", "days": 9}
        day.do("order_after_check", CHECK, second, **given)
        day.do("notify", CHECK, third)

    def complaint(self, day: Day) -> None:
        """A complaint leads to a directed inspection, and that to an order."""
        self.task(day, "directed", "投诉举报定向检查", SHOPS, 100, (40, -40))
        day.do("send_back_task", TASK, self.ids["directed"], reason="改为定向")
        day.do("amend", TASK, self.ids["directed"], draw_kind="DIRECTED", check_kind="CASE", ratio_percent=None)
        day.do("approve_task", TASK, self.ids["directed"], **APPROVED)
        people = dict(_named(day, Staff, Staff.name))
        shop = _firms(day, "BOOK_RETAIL")[5]
        check = day.do(
            "name_operator", TASK, self.ids["directed"], operator=shop, cause="COMPLAINT", why="12345 工单反映",
            lead=people["单海燕"], second=people["仇文博"],
        )  # fmt: skip
        self.visit(day, check, BAD)
        self.ids["late"] = day.do("order_after_check", CHECK, check, **MEND, days=20)

    def extend_complaint(self, day: Day) -> None:
        given = {"due_on": day.today + timedelta(10), "why": "清单在外地仓库，正在邮寄", **APPROVED}
        day.do("extend", ORDER, self.ids["late"], **given)

    def patrols(self, day: Day) -> None:
        """Grid officers' visits: one fine, one reported."""
        people = dict(_named(day, Staff, Staff.name))
        firms = _firms(day, "A_SCENIC")
        at = datetime.combine(day.today - timedelta(1), time(19, 30))
        fine = {"officer": people["覃志远"], "visited_at": at, "seen": "值班在岗，通道畅通"}
        day.do("patrol", "operator", firms[0], **fine)
        bad = {**fine, "seen": "检票口一侧灭火器压力不足", "result": "ORDINARY", "action": "REPORTED"}
        day.do("patrol", "operator", firms[1], **bad)

    def special(self, day: Day) -> None:
        """A special campaign with self-checks."""
        given = {
            "title": f"{day.today.year}年互联网上网服务场所专项整治",
            "campaign_year": day.today.year,
            "period_from": day.today,
            "period_to": day.today + timedelta(60),
            "categories": "INTERNET_CAFE",
            "self_check_due": day.today + timedelta(15),
            "questions": "没有接纳未成年人\n实名登记并保存六十日\n消防通道畅通，没有锁闭\n没有超时营业",
        }
        self.ids["special"] = day.do("create", "special_campaign", **given)
        day.do("open_campaign", "special_campaign", self.ids["special"])

    def self_checks(self, day: Day) -> None:
        from wenlv_desk.registries.special.records import SelfCheck

        forms = _ids(day, SelfCheck, SelfCheck.campaign_id == self.ids["special"])
        for place, form in enumerate(forms[:2]):
            found = {"found": "后门堆有纸箱", "mended": "当天已清理"} if place else {}
            day.do("take_back", "self_check", form, signer_name="负责人", **found)
        if forms:
            day.by(REVIEWER).do("clear", "self_check", forms[0], verdict="材料齐全")


def _firms(day: Day, category: str) -> list[int]:
    """Firms in business of a trade."""
    trade = type_coerce(Operator.categories, Text).contains(f",{category},")
    return _ids(day, Operator, trade, Operator.operating_status == OperatingStatus.OPEN)


def _print(day: Day, paper: str, register: str, record_id: int) -> None:
    from wenlv_desk.issuing.issue import issue_paper

    issue_paper(day.office, day.clerk, {"paper": paper, "register": register, "records": str(record_id)})


def _ids(day: Day, record: Any, *which: Any) -> list[int]:
    with day.office.database.read() as session:
        return list(session.scalars(select(record.id).where(~record.voided, *which).order_by(record.id)))


def _named(day: Day, record: Any, name: Any) -> Sequence[tuple[str, int]]:
    with day.office.database.read() as session:
        return [(row[0], row[1]) for row in session.execute(select(name, record.id).where(~record.voided))]
