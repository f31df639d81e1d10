"""Annual reviews of a demonstration bureau: last year's, closed; this year's, with every outcome; the printers' reports, begun."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from wenlv_desk.registries.past import Day, Past
from wenlv_desk.registries.review.case import ReviewCase
from wenlv_desk.registries.review.rolling import ID_FIELD
from wenlv_desk.registries.review.vocabulary import LicenceKind

CAMPAIGN, CASE = "review_campaign", "review_case"
ALL = {"materials": "全部齐全"}
SOME = {"materials": "1-2 齐全；3 缺：来时未带＝请携带许可证副本原件；4 齐全；5 不合格：缺店内照片＝请补交店内照片二张"}
REST = {"materials": "3 齐全；5 齐全"}
Steps = Sequence[tuple[str, Mapping[str, Any]]]
ACCEPTED: Steps = (("receive", ALL), ("accept", {}))
SETTLED: Steps = (("settle", ALL), ("stamp", {}), ("close", {"rating": "非常满意"}))

ENTERED_LATE = range(15, 20)  # book shops that were missing from the ledger when the season began
LATE = 9  # days ago they were entered, and their cases made
ENDED = 11  # days ago those who had not come became overdue
YEAR = 365
BEGUN = 45

# Book shop by its place in the ledger -> [(days ago, steps)]. Who is not named here has not come.
THIS_YEAR: Mapping[int, Sequence[tuple[int, Steps]]] = {
    0: [(38, SETTLED)],
    1: [(20, (("settle", ALL),))],
    2: [(10, (("urge", {}),))],
    4: [
        (30, (("receive_and_notify", SOME),)),
        (27, (("correct", REST), ("accept", {}), ("examine", {}))),
        (26, (("pass_case", {}), ("stamp", {}))),
    ],
    5: [
        (25, ACCEPTED),
        (
            22,
            (
                ("examine", {"no_violations": False}),
                ("defer", {"ground": "01", "demand": "行政处罚履行完毕后提交整改报告"}),
            ),
        ),
    ],
    6: [
        (33, ACCEPTED),
        (31, (("examine", {"conditions_met": False}), ("refuse", {"ground": "03", "said": "经营场所已停业"}))),
    ],
    7: [(24, ACCEPTED), (19, (("examine", {}), ("defer", {"ground": "06", "demand": "停业整顿期满后提交整改报告"})))],
    12: [(37, SETTLED), (5, (("reopen", {"reason": "群众反映登记的经营面积与实际不符，重新核查"}),))],
    13: [(35, (("exempt", {"reason": "本年度刚换发新证，按通知免审"}),))],
    14: [(12, (("receive", ALL),)), (8, (("withdraw", {"reason": "营业执照正在变更，办好再来"}),))],
    15: [(6, (("receive", {"materials": "1-2 齐全"}),))],
    16: [(4, (("receive_and_notify", SOME),))],
    17: [(2, (("receive_and_accept", ALL),))],
}
# Last year two did not come, of whom the second has closed down since, and one need not have come.
MISSED_LAST_YEAR = (2, 8)
LAST_YEAR: Mapping[int, Steps] = {5: (("receive", ALL), ("reject", {"ground": "01"}))}
REPORTS: Mapping[int, Sequence[tuple[int, Steps]]] = {
    0: [(15, (("report", ALL), ("verify", {}))), (7, (("publish", {"published_where": "市政府门户网站"}),))],
    3: [(10, (("report", ALL), ("verify", {})))],
    6: [(6, (("report", ALL), ("dispute", {"note": "填报的年产值与税务数据相差较大"})))],
    8: [(1, (("report", ALL),))],
}
PAPERS = (  # days ago, paper, book shop
    (30, "review_correction", 4),
    (22, "review_result", 5),
    (20, "review_result", 1),
    (10, "review_urging", 2),
    (4, "review_correction", 16),
    (2, "review_acceptance", 17),
)


class Season:
    """One campaign with its cases, planned into the past."""

    def __init__(self, past: Past, licences: Mapping[int, int], kind: LicenceKind) -> None:
        self.past, self.licences, self.kind = past, licences, kind
        self.campaign = 0

    def begin(self, days_ago: int, model: str, *, onsite: tuple[int, int]) -> None:
        """Make the campaign from a model with days of its own, and open it."""
        first, last = (self.past.today - timedelta(ago) for ago in onsite)

        def work(day: Day) -> None:
            year = first.year
            name = "出版物发行单位年度核验" if self.kind is LicenceKind.PUBLICATION else "印刷企业年度报告"
            self.campaign = day.do("from_model", CAMPAIGN, model=model, title=f"{year}年度{name}")
            given = {"review_year": year, "onsite_from": first, "onsite_to": last, "online_deadline": None}
            given |= {"period_from": date(year - 1, 1, 1), "period_to": date(year - 1, 12, 31)}
            day.do(
                "amend", CAMPAIGN, self.campaign, **given, include_issued_by=None, basis_doc_no=f"青文旅发〔{year}〕3号"
            )
            day.do("open", CAMPAIGN, self.campaign)

        self.past.plan(days_ago, work)

    def cast(self, stories: Mapping[int, Sequence[tuple[int, Steps]]]) -> None:
        """Plan what becomes of the licences named by place."""
        for place, story in stories.items():
            for days_ago, steps in story:
                self.past.plan(days_ago, partial(self.walk, place, steps))

    def walk(self, place: int, steps: Steps, day: Day) -> None:
        """Take the case of a licence through steps on one day."""
        case_id = self.case(day, place)
        for operation, given in steps:
            until = {"until": day.today + timedelta(90)} if operation == "defer" else {}
            day.do(operation, CASE, case_id, **given, **until)

    def case(self, day: Day, place: int) -> int:
        """The case of a licence."""
        mine = getattr(ReviewCase, ID_FIELD[self.kind]) == self.licences[place]
        with day.office.database.read() as session:
            found = select(ReviewCase.id).where(ReviewCase.campaign_id == self.campaign, mine)
            return int(session.scalars(found).one())

    def open_cases(self, day: Day) -> Iterator[int]:
        """The places that have a case."""
        mine = getattr(ReviewCase, ID_FIELD[self.kind])
        with day.office.database.read() as session:
            held = set(session.scalars(select(mine).where(ReviewCase.campaign_id == self.campaign)))
        yield from (place for place, licence in self.licences.items() if licence in held)


def plan_reviews(past: Past, book_shops: Mapping[int, int], printers: Mapping[int, int]) -> None:
    """Plan the seasons; the licences by place are known once they have been entered."""
    _last_year(Season(past, book_shops, LicenceKind.PUBLICATION))
    this_year = Season(past, book_shops, LicenceKind.PUBLICATION)
    this_year.begin(BEGUN, "yantai_gaoxin_2026", onsite=(40, ENDED + 1))
    this_year.cast(THIS_YEAR)
    past.plan(ENDED, lambda day: day.do("mark_overdue", CAMPAIGN, this_year.campaign))
    past.plan(LATE, lambda day: _supplement(day, this_year.campaign))
    for days_ago, paper, place in PAPERS:
        past.plan(days_ago, partial(_issue, this_year, place, paper))
    reports = Season(past, printers, LicenceKind.PRINTING)
    reports.begin(20, "printing_report", onsite=(18, -40))
    reports.cast(REPORTS)


def _last_year(season: Season) -> None:
    season.begin(BEGUN + YEAR, "yantai_gaoxin_2026", onsite=(40 + YEAR, ENDED + 1 + YEAR))

    def review(day: Day) -> None:
        for place in season.open_cases(day):
            if place not in MISSED_LAST_YEAR:
                season.walk(place, LAST_YEAR.get(place, SETTLED), day)

    season.past.plan(30 + YEAR, review)
    season.past.plan(ENDED + YEAR, lambda day: day.do("mark_overdue", CAMPAIGN, season.campaign))
    season.past.plan(ENDED - 1 + YEAR, lambda day: day.do("close", CAMPAIGN, season.campaign))


def _supplement(day: Day, campaign: int) -> None:
    """The time is extended for the shops that were missing from the ledger."""
    day.do(
        "amend", CAMPAIGN, campaign, onsite_to=day.today + timedelta(LATE + 20), remark="补充通知：漏登的单位延期核验"
    )
    day.do("roll_out", CAMPAIGN, campaign)


def _issue(season: Season, place: int, paper: str, day: Day) -> None:
    from wenlv_desk.issuing.issue import issue_paper

    issue_paper(day.office, day.clerk, {"paper": paper, "register": CASE, "records": str(season.case(day, place))})
