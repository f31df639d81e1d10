"""Grids and pledges of a demonstration bureau: officers and leaders, grids divided by the proposal, a hand-over, two batches of pledges."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from wenlv_desk.registries.grid.dividing import plan_text, proposal_of
from wenlv_desk.registries.past import Day, Past
from wenlv_desk.registries.pledge.records import Pledge, PledgeKind
from wenlv_desk.registries.pledge.vocabulary import PledgeState

GRID, KIND, BATCH = "grid", "pledge_kind", "pledge_batch"
SECTION = "安全生产科"
LEADERS = ("毕朝晖", "丛培林", "隋玉珍", "邴立群", "苗春雨")
OFFICERS = (
    "于海宁", "曲晓燕", "迟文涛",
    "姜一帆", "宫雪梅", "初建新", "栾永强", "矫丽娜", "慕容清", "逄志刚", "万秋实", "尉迟明", "盖亚男", "车向阳", "衣俊杰",
    "战红旗", "柳青青", "谭咏梅", "乔振东", "冷冰洁", "鞠文静", "牟中原", "兰天明", "房伟业", "戚小光", "左思齐", "甘露露",
    "褚时雨", "薄海涛", "路遥知",
)  # fmt: skip
DEVISED = "青文旅发〔演〕5号"


class Pledges:
    """What has been made so far."""

    def __init__(self, past: Past) -> None:
        self.past = past
        self.staff: dict[str, int] = {}
        self.grids: list[int] = []
        self.batches: dict[str, int] = {}

    def plan(self) -> None:
        """Plan the work into the past."""
        self.past.plan(150, self.people)
        self.past.plan(148, self.divide)
        self.past.plan(60, self.hand_over)
        self.past.plan(24, self.draw_up)
        self.past.plan(10, self.sign)

    def people(self, day: Day) -> None:
        for name, post, department in (
            *((one, "副局长", "局领导") for one in LEADERS),
            *((one, "网格员", f"基层工作{n % 6 + 1}组") for n, one in enumerate(OFFICERS)),
        ):
            roles = "HEAD" if post == "副局长" else "GRID"
            phone = f"1386380{len(self.staff):04d}"
            given = {"name": name, "department": department, "post": post, "roles": roles, "phone": phone}
            self.staff[name] = day.do("create", "staff", **given)

    def divide(self, day: Day) -> None:
        """A grid a leader for the scenic areas, one an officer for everybody else; then the proposal is accepted as it is."""
        for n, name in enumerate(LEADERS, 1):
            self._grid(day, f"ZS-{n:02d}", f"第{n}专属网格", "EXCLUSIVE", (name, OFFICERS[n - 1]))
        for n, name in enumerate(OFFICERS, 1):
            self._grid(day, f"WG-{n:02d}", f"第{n}网格", "ORDINARY", (LEADERS[n % 5], name))
        with day.office.desk(day.clerk) as desk:
            text = plan_text(desk, proposal_of(desk))
        day.do("divide", GRID, plan=text, doc_no=DEVISED, approved_by="苏若溪")

    def _grid(self, day: Day, code: str, name: str, kind: str, people: tuple[str, str]) -> None:
        given = {"grid_code": code, "grid_name": name, "grid_kind": kind, "section": SECTION}
        made = day.do("create", GRID, **given)
        head, officer = (self.staff[one] for one in people)
        day.do("appoint", GRID, made, head=head, officer=officer, doc_no=DEVISED, approved_by="苏若溪")
        self.grids.append(made)

    def hand_over(self, day: Day) -> None:
        """One officer leaves; a colleague takes everything over and has too much."""
        given = {"successor": self.staff["迟文涛"], "reason": "退休", "approved_by": "苏若溪"}
        day.do("hand_over_all", "staff", self.staff["路遥知"], **given)

    def draw_up(self, day: Day) -> None:
        day.do("take_kinds", KIND)
        for prefix, signer in (("HLFH", None), ("AQSC", self.staff[LEADERS[0]])):
            with day.office.database.read() as session:
                kind = session.scalars(select(PledgeKind.id).where(PledgeKind.prefix == prefix)).one()
            more: dict[str, Any] = {"signer": signer} if signer else {}
            year = self._year(day.today, prefix)
            until = self.past.today + timedelta(6)
            made = day.do("draw_up", KIND, kind, year=year, sign_by=until, **more)
            day.do("issue_batch", BATCH, made)
            self.batches[prefix] = made

    @staticmethod
    def _year(today: date, prefix: str) -> int:
        """The season that is, or the one that comes next."""
        return today.year if prefix != "HLFH" or today.month > 5 else today.year - 1

    def sign(self, day: Day) -> None:
        """Half of them came back signed, without a scan yet: of some party A has signed, too."""
        with day.office.database.read() as session:
            out = session.scalars(
                select(Pledge.id).where(Pledge.status == PledgeState.ISSUED).order_by(Pledge.pledge_no)
            ).all()
        for one in out[: len(out) // 2]:
            day.do("sign_b", "pledge", one)
