"""Who may inspect whom: certificates, fields, duty and recusals, with the rule that bars named (domain 4.5, 4.6 no. 5)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import or_, select

from wenlv_desk.core.choices import Choice, Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.grid.answering import answers_of
from wenlv_desk.registries.inspection.directory import Absence, Recusal
from wenlv_desk.registries.inspection.item import InspectionItem
from wenlv_desk.registries.inspection.listing import items_of
from wenlv_desk.registries.inspection.task import InspectionTask
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.settings.reading import setting_of
from wenlv_desk.registries.staff.records import Domain, Staff, StaffStatus
from wenlv_desk.store.desk import Desk


class Rule(Choice):
    """What keeps somebody from inspecting, in the order in which it is most easily mended."""

    GRID = "GRID", "网格员回避所包保的单位"
    AWAY = "AWAY", "离岗"
    OFF_DUTY = "OFF_DUTY", "不在岗"
    CERTIFICATE = "CERTIFICATE", "执法证"
    FIELD = "FIELD", "执法领域"
    EXPERT = "EXPERT", "外聘专家"
    RECUSED = "RECUSED", "回避"


REMEDIES = {
    Rule.GRID: "在“设置”里关掉“网格员回避所包保的单位”，或先调整这家单位的网格员",
    Rule.AWAY: "把检查期间改到他们回岗以后（任务“退回修改”）",
    Rule.OFF_DUTY: "在“人员”里更正在岗状态",
    Rule.CERTIFICATE: "换发或补登执法证有效期，或把检查截止日提前到有效期以内",
    Rule.FIELD: "在“人员”里补登执法领域，或把任务按领域拆开",
    Rule.EXPERT: "专家不能计入检查人员，请增加持证人员",
    Rule.RECUSED: "回避不能放宽，请商请其他单位增派持证人员并登记到“人员”",
}


@dataclass(frozen=True)
class Bar:
    """One thing that keeps an inspector from a task or from one object."""

    rule: Rule
    said: str


@dataclass(frozen=True)
class Roster:
    """The directory of inspectors (执法检查人员名录库) for one task: who may go anywhere, who may not at all, and who not where."""

    fit: tuple[Staff, ...]
    unfit: tuple[tuple[Staff, Bar], ...]
    recusals: Mapping[tuple[int, int], str]  # (staff, operator) -> why
    grid_officers: Mapping[int, int]  # operator -> its own grid officer, where he is spared

    @cached_property
    def by_key(self) -> Mapping[str, Staff]:
        return {key_of(one): one for one in self.fit}

    def bars(self, operator: Operator) -> dict[str, Bar]:
        """Who of the fit may not go to this operator, and why."""
        found: dict[str, Bar] = {}
        for one in self.fit:
            if why := self.recusals.get((one.id, operator.id)):
                found[key_of(one)] = Bar(Rule.RECUSED, f"{one.name}回避（{why}）")
            elif one.id == self.grid_officers.get(operator.id):
                found[key_of(one)] = Bar(Rule.GRID, f"{one.name}是这家单位的网格员")
        return found

    def admissible(self, operator: Operator) -> list[Staff]:
        barred = self.bars(operator)
        return [one for one in self.fit if key_of(one) not in barred]


def key_of(one: Staff) -> str:
    """What stands for an inspector in a draw that is made public: no name, no certificate."""
    return team_keys([one.id])[0]


def team_keys(ids: Sequence[int]) -> list[str]:
    """The keys of members of the staff by their ids."""
    return [f"R{one}" for one in ids]


def roster_of(desk: Desk, task: InspectionTask, items: Sequence[InspectionItem]) -> Roster:
    """Everybody with a certificate or the role of inspector, judged for the task's window and fields."""
    everybody = desk.session.scalars(select(Staff).where(~Staff.voided).order_by(Staff.id)).all()
    listed = [one for one in everybody if one.enforcement_cert_no or Role.INSPECTOR.value in (one.roles or ())]
    away = absences_between(desk, task.window_from, task.window_to)
    wanted = {item.domain for item in items}
    judged = [(one, next(_bars(one, task, wanted, away), None)) for one in listed]
    return Roster(
        tuple(one for one, bar in judged if bar is None),
        tuple((one, bar) for one, bar in judged if bar is not None),
        recusals_between(desk, task.window_from, task.window_to),
        _grid_officers(desk) if setting_of(desk, "spare_grid_officer") else {},
    )


def _grid_officers(desk: Desk) -> Mapping[int, int]:
    answers = answers_of(desk).firms_on(desk.today)
    return {firm: one.officer_id for firm, one in answers.items() if one.officer_id is not None}


def _bars(one: Staff, task: InspectionTask, wanted: set[Domain], away: Mapping[int, str]) -> Iterator[Bar]:
    if one.is_expert:
        yield Bar(Rule.EXPERT, f"{one.name}是外聘专家，只协助检查，不计入两人")
    if one.status is not StaffStatus.ON_DUTY:
        yield Bar(Rule.OFF_DUTY, f"{one.name}{one.status.label}")
    if not one.enforcement_cert_no:
        yield Bar(Rule.CERTIFICATE, f"{one.name}没有登记执法证号")
    elif one.cert_valid_to is None:
        yield Bar(Rule.CERTIFICATE, f"{one.name}没有登记执法证有效期")
    elif one.cert_valid_to < task.window_to:
        yield Bar(Rule.CERTIFICATE, f"{one.name}的执法证 {one.cert_valid_to} 到期，早于检查截止日 {task.window_to}")
    if lacking := wanted.difference(one.domains or ()):
        labels = "、".join(domain.label for domain in Domain if domain in lacking)
        yield Bar(Rule.FIELD, f"{one.name}的执法领域不含{labels}")
    if one.id in away:
        yield Bar(Rule.AWAY, f"{one.name}{away[one.id]}")


def absences_between(desk: Desk, first: date, last: date) -> dict[int, str]:
    """Who is away on some day of the window: 休假 2026-11-20 至 2026-11-30."""
    touching = (Absence.away_from <= last, or_(Absence.away_to.is_(None), Absence.away_to >= first))
    found = desk.session.scalars(select(Absence).where(*touching, ~Absence.voided).order_by(Absence.id))
    return {one.staff_id: f"{one.kind.label} {one.away_from} 至 {one.away_to or '未定'}" for one in found}


def recusals_between(desk: Desk, first: date, last: date) -> dict[tuple[int, int], str]:
    """Who does not inspect whom on some day of the window."""
    touching = (
        or_(Recusal.since.is_(None), Recusal.since <= last),
        or_(Recusal.until.is_(None), Recusal.until >= first),
    )
    found = desk.session.scalars(select(Recusal).where(*touching, ~Recusal.voided).order_by(Recusal.id))
    return {(one.staff_id, one.operator_id): one.cause.label for one in found}


def refuse_unfit_team(desk: Desk, task: InspectionTask, operator: Operator, team: Sequence[Staff]) -> None:
    """Refuse a team named by hand that breaks a rule, saying which."""
    if len({one.id for one in team}) < task.per_object:
        raise UserError(
            f"没有办理：检查人员须 {task.per_object} 人以上（行政处罚法第四十二条），现在只有 {len(team)} 人"
        )
    roster = roster_of(desk, task, items_of(desk, task.items))
    barred = roster.bars(operator)
    said = [bar.said for one, bar in roster.unfit if one in team]
    said += [barred[key_of(one)].said for one in team if key_of(one) in barred]
    known = {one.id for one in roster.fit} | {one.id for one, _ in roster.unfit}
    said += [f"{one.name}没有执法证，不能参加行政检查" for one in team if one.id not in known]
    if said:
        raise UserError(f"没有办理：{'；'.join(said)}。请改派")


def shortage(roster: Roster, operator: Operator, wanted: int) -> str:
    """Why too few may inspect an operator, rule by rule, and the nearest way out; empty where there are enough."""
    admissible, barred = roster.admissible(operator), roster.bars(operator)
    if len(admissible) >= wanted:
        return ""
    bars = [*barred.values(), *(bar for _, bar in roster.unfit)]
    names = f"（{'、'.join(one.name for one in admissible)}）" if admissible else ""
    why = "；".join(bar.said for bar in bars) or "人员名录里没有其他持证人员"
    short = wanted - len(admissible)
    return (
        f"“{operator.operator_name}”要派 {wanted} 人，只有 {len(admissible)} 人可派{names}：{why}。"
        f"最近的办法：{_nearest(bars, short)}"
    )


def _nearest(bars: Sequence[Bar], short: int) -> str:
    """The most easily mended rule that alone gives enough people; else more people."""
    for rule in Rule:
        if sum(bar.rule is rule for bar in bars) >= short and rule not in (Rule.RECUSED, Rule.EXPERT):
            return REMEDIES[rule]
    mendable = [rule for rule in Rule if any(bar.rule is rule for bar in bars)]
    if len(mendable) > 1 and any(rule not in (Rule.RECUSED, Rule.EXPERT) for rule in mendable):
        return "；并且".join(REMEDIES[rule] for rule in mendable if rule not in (Rule.RECUSED, Rule.EXPERT))
    return REMEDIES[Rule.RECUSED]
