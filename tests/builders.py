"""Valid records and arguments for every register and operation, made from the declarations; and a dump to compare states by.

A later register needs nothing here unless its rules tie fields together, or no clerk types into it; then one line in `VALUES`,
`ARGUMENTS`, `MAKERS` or `REACHED`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from tests import grids, inspections, rectifications, reviews
from wenlv_desk.core.choices import Choice
from wenlv_desk.core.fields import Field
from wenlv_desk.core.kinds import Amount, Day, FilePath, Many, Moment, OneOf, Reference, Text, Whole, YesNo
from wenlv_desk.core.operations import Operation, Subject
from wenlv_desk.core.papers import Paper
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Registry
from wenlv_desk.core.trade_kinds import CitizenNumber, CreditCode, DocumentNumber, LicenceNumber, Phones
from wenlv_desk.issuing.wording import PaperWording
from wenlv_desk.resources import resource
from wenlv_desk.standards import citizen_number, credit_code
from wenlv_desk.store.check import journalled_tables
from wenlv_desk.store.desk import Clerk, Desk
from wenlv_desk.store.gate import Done, perform
from wenlv_desk.store.images import image_of
from wenlv_desk.store.office import Office
from wenlv_desk.store.tables import Attachment

SOME_DAY = date(2026, 11, 20)

# Values that a register's rules tie together, by (register, field); everything else follows from the kind.
VALUES: Mapping[tuple[str, str], Any] = {
    ("publication_licence", "valid_to"): date(2026, 12, 31),
    ("printing_licence", "valid_to"): date(2026, 12, 31),
    ("printing_licence", "licence_no"): lambda n: f"（鲁）印证字第{n:05d}号",
    ("barred_person", "barred_until"): date(2036, 11, 20),
    ("staff", "cert_valid_to"): date(2028, 12, 31),
    ("printing_equipment", "made_year"): 2019,
    ("bureau_settings", "closing_time"): "17:00",
    ("bureau_settings", "publication_number_pattern"): "^.+$",
    ("bureau_settings", "printing_number_pattern"): "^.+$",
    ("category", "code"): lambda n: f"KIND_{n}",
    ("review_campaign", "title"): lambda n: f"2026年度核验{n}",
    ("review_campaign", "review_year"): 2026,
    ("review_campaign", "period_from"): date(2025, 1, 1),
    ("review_campaign", "period_to"): date(2025, 12, 31),
    ("review_campaign", "onsite_from"): date(2026, 11, 2),
    ("review_campaign", "new_take_part"): True,
    ("inspection_item", "item_code"): lambda n: f"CB-{n:02d}",
    ("inspection_item", "max_per_year"): 3,
    ("inspection_plan", "plan_year"): 2026,
    ("inspection_task", "wanted_count"): None,
    ("inspection_task", "window_to"): date(2026, 12, 18),
    ("inspection_stratum", "wanted_count"): None,
    ("special_campaign", "campaign_year"): 2026,
    ("pledge_kind", "prefix"): lambda n: f"AQ{n}",
    ("pledge_kind", "wording"): "pledge_work_safety",
    ("pledge_kind", "season_from"): "11-01",
    ("pledge_kind", "season_to"): "05-31",
    ("bureau_settings", "fire_season_from"): "11-01",
    ("bureau_settings", "fire_season_to"): "05-31",
    ("bureau_settings", "high_risk_from"): "03-01",
    ("bureau_settings", "high_risk_to"): "04-30",
    ("holiday_year", "year"): lambda n: f"{2027 + n}",
    ("holiday", "day"): lambda n: date(2027 + n, 2, 8),
}

# Arguments that an operation's guards tie together, by (operation, argument).
ARGUMENTS: Mapping[tuple[str, str], Any] = {
    ("issue", "valid_to"): date(2031, 11, 19),
    ("renew", "valid_to"): date(2031, 12, 31),
    ("renew", "applied_on"): SOME_DAY,
    ("reissue", "cause"): "损毁",
    ("reissue", "original_returned"): True,
    ("cancel", "ground"): "（三）法人或者其他组织依法终止",
    ("change_status", "operating_status"): "歇业",
    ("reword", "text"): "标题：通知书\n主送：{本单位}\n请于{日期}前来。",
    ("import_table", "path"): str(resource("calendars", "2026.json")),
    ("import_table", "reason"): "程序自带的有误",
    ("confirm_year", "reason"): "本年如此",
    ("from_model", "model"): "yantai_gaoxin_2026",
    ("check_materials", "materials"): "全部齐全",
    ("correct", "materials"): "全部齐全",
    ("settle", "materials"): "全部齐全",
    ("receive_and_accept", "materials"): "全部齐全",
    ("receive_and_notify", "materials"): "1 缺：来时未带；2 齐全",
    ("defer", "ground"): "01",
    ("defer", "until"): date(2026, 12, 31),
    ("refuse", "ground"): "01",
    ("reject", "ground"): "01",
}


@dataclass
class Maker:
    """Makes records through the gate, as a clerk would."""

    office: Office
    clerk: Clerk
    folder: Path
    serial: int = field(default=0)

    def perform(
        self, operation: str | Operation, registry: Registry, record_id: int | None = None, /, **given: Any
    ) -> Done:
        payload = given.pop("payload", None)
        return perform(self.office, self.clerk, operation, registry.name, record_id, arguments=given, payload=payload)

    def registry(self, name: str) -> Registry:
        return self.office.catalogue.registry(name)

    def record(self, register: str, **values: Any) -> int:
        """A new record with every field filled; `values` override."""
        registry = self.registry(register)
        if not registry.typed:
            return MAKERS[register](self)
        made = self.perform("create", registry, **{**self.values(registry, but=values), **values})
        return int(made.value)

    def values(self, registry: Registry, but: Collection[str] = ()) -> dict[str, Any]:
        """A value for every field a clerk may give but these; those of two calls share nothing that identifies."""
        self.serial += 1
        wanted = {name: declared for name, declared in registry.typed_fields.items() if name not in but}
        return {name: self.value(registry.name, declared) for name, declared in wanted.items()}

    def value(self, register: str, declared: Field) -> Any:
        if (register, declared.name) in VALUES:
            fixed = VALUES[(register, declared.name)]
            return fixed(self.serial) if callable(fixed) else fixed
        return self.of_kind(declared)

    def of_kind(self, declared: Field) -> Any:  # noqa: PLR0912 - one line a kind
        n = self.serial
        match declared.kind:
            case Text(limit=limit):
                return f"{declared.label}{n}甲"[-limit:]
            case CreditCode():
                return credit_code.complete_code(f"91370687MA{n:07d}")
            case CitizenNumber() | DocumentNumber():
                body = f"37068719900101{n:03d}"
                return body + citizen_number.check_character(body)
            case Phones():
                return f"1380013{n:04d}"
            case LicenceNumber():
                return f"新出发鲁零字第{n:05d}号"
            case Day():
                return SOME_DAY
            case Moment():
                return datetime(2026, 11, 20, 10, 30)
            case OneOf(choice=choice):
                return next(iter(choice)).label
            case Many() as many:
                return self.first_of(many)
            case Reference(register=other):
                return self.record(other)
            case YesNo():
                return False
            case Whole():
                return 3
            case Amount():
                return Decimal("12.50")
            case FilePath():
                return str(self.file())
        raise AssertionError(f"no sample for {declared.kind!r}: add one to tests/builders.py")

    def first_of(self, many: Many) -> str:
        """The first of a vocabulary or code list, which is begun where it is empty."""
        with self.office.desk(self.clerk) as desk:
            options = many.options(desk.lookup)
        return options[0][1] if options else self._begun(many)

    def _begun(self, many: Many) -> str:
        self.record(many.register)
        return self.first_of(many)

    def file(self) -> Path:
        path = self.folder / "证明.pdf"
        path.write_bytes(b"%PDF-1.7 evidence")
        return path

    def ready(self, registry: Registry, op: Operation) -> int | None:
        """A record in a state where the operation may be done; None for what is done to the register."""
        if op.subject is Subject.REGISTER:
            return None
        record_id = READY.get(registry.name, lambda _maker, _operation: None)(self, op.name)
        if record_id is None:
            record_id = self.standing(registry, op.state_field, op.when)
        if op.name == "restore":
            self.perform("void", registry, record_id, why="测试")
        if op.name == "detach":
            self.perform("attach", registry, record_id, path=str(self.file()))
        return record_id

    def standing(self, registry: Registry, state_field: str, when: Sequence[Choice], **values: Any) -> int:
        """A new record in the first of these states (any, where there are none); `values` override."""
        if when and registry.name in REACHED:
            record_id = REACHED[registry.name](self, when[0])
        else:
            state = {state_field: when[0].label} if when and state_field in registry.typed_fields else {}
            typed = {name: value for name, value in values.items() if registry.typed}
            record_id = self.record(registry.name, **state, **typed)
        if values and (not registry.typed or registry.name in REACHED):
            self.write(registry, record_id, **values)
        return record_id

    def printable(self, registry: Registry, paper: Paper, **values: Any) -> int:
        """A record that the paper can be issued about; `values` override."""
        return self.standing(registry, paper.state_field, paper.when, **values)

    def write(self, registry: Registry, record_id: int, **values: Any) -> None:
        """Write values into a record through the gate, past what a clerk may type."""

        def write(_desk: Desk, record: Record) -> None:
            for name, value in values.items():
                setattr(record, name, value)

        self.perform(Operation(title="测试改写", function=write), registry, record_id)

    def arguments(self, registry: Registry, op: Operation, record_id: int | None) -> dict[str, Any]:
        """Valid arguments: the required ones, those tied by guards, and for verbs that take values new values."""
        self.serial += 1
        given: dict[str, Any] = self._special(registry, op, record_id)
        for declared in op.arguments(registry):
            fixed = ARGUMENTS.get((op.name, declared.name))
            if fixed is not None:
                given[declared.name] = fixed
            elif declared.required and declared.name not in given:
                given[declared.name] = self.of_kind(declared)
        return given

    def _special(self, registry: Registry, op: Operation, record_id: int | None) -> dict[str, Any]:
        if op.takes_values and op.subject is Subject.REGISTER:
            return self.values(registry)
        if op.takes_values:
            names = [f.name for f in op.parameters(registry) if type(f.kind) is Text and f.name != registry.code]
            return {names[0]: f"改{self.serial}"}
        match op.name:
            case "reveal":
                return {"name": registry.named_by}
            case "detach":
                return {"attachment": self._newest_attachment()}
            case "issue" | "issue_each" if registry.name == "issued_paper":
                return {"paper": "operator_card", "register": "operator", "records": str(self.record("operator"))}
            case "import_ledger":
                return self._ledger(registry)
        return (
            inspections.arguments_for(self, op, record_id)
            or rectifications.arguments_for(self, op)
            or dict(grids.arguments_for(self, registry.name, op.name))
        )

    def _newest_attachment(self) -> int:
        with self.office.database.read() as session:
            return int(session.scalar(select(func.max(Attachment.id))) or 0)

    def _ledger(self, registry: Registry) -> dict[str, Any]:
        """A ledger of one row, planned."""
        from wenlv_desk.ledger.headings import match
        from wenlv_desk.ledger.plan import plan_import
        from wenlv_desk.ledger.reading.shape import Table, TableRow

        values = self.values(registry)
        with self.office.desk(self.clerk) as desk:
            kinds = {name: registry.fields[name].kind for name in values}
            read = {name: kinds[name].read(value, desk.context).value for name, value in values.items()}
            cells = tuple(kinds[name].show(value, desk.lookup) for name, value in read.items())
            headings = tuple(registry.fields[name].label for name in values)
            table = Table(headings, tuple(range(1, len(cells) + 1)), (TableRow(2, cells),), (), (1,))
            mapping = match(desk.catalogue, registry, table)
            plan = plan_import(desk, registry, table, mapping, file_name="台账.csv")
        assert plan.counts()["new"] == 1, [str(problem) for problem in plan.problems(0)]
        return {"file_name": "台账.csv", "payload": plan}


def _version(register: str) -> Callable[[Maker], int]:
    def make(maker: Maker) -> int:
        registry = maker.registry(register)
        licence = maker.record(register, status="有效")
        maker.perform("change", registry, licence, approved_on=SOME_DAY, licensee_name=f"改名{maker.serial}")
        return _newest(maker.office, maker.registry(f"{register}_version"))

    return make


def _paper(maker: Maker) -> int:
    registry = maker.registry("issued_paper")
    op = maker.office.catalogue.operation(registry, "issue")
    done = maker.perform(op, registry, **maker.arguments(registry, op, None))
    return int(done.value["id"])


def _blank(maker: Maker) -> int:
    maker.serial += 1
    registry = maker.registry("blank_use")
    done = maker.perform("spoil", registry, blank="publication_original", serial=f"A{maker.serial}", why="卡纸")
    return int(done.value)


def _wording(maker: Maker) -> int:
    """The next of the texts there are, in the bureau's own words."""
    maker.serial += 1
    registry = maker.registry("paper_wording")
    with maker.office.database.read() as session:
        rows = session.execute(select(PaperWording.id, PaperWording.text).where(~PaperWording.own)).all()
    row_id, text = rows[0]
    maker.perform("reword", registry, row_id, text=f"{text}\n本单位第{maker.serial}次改。")
    return int(row_id)


# How rows come to be in registers that no clerk types into.
MAKERS: Mapping[str, Callable[[Maker], int]] = {
    "publication_licence_version": _version("publication_licence"),
    "printing_licence_version": _version("printing_licence"),
    "issued_paper": _paper,
    "blank_use": _blank,
    "paper_wording": _wording,
    "inspection_draw": inspections.draw,
    "inspection_check": inspections.fresh_check,
    "inspection_item_version": inspections.item_version,
    "check_finding": inspections.finding,
    "publication_entry": inspections.publication,
    "inspection_replacement": inspections.replacement,
    "risk_grading": inspections.grading,
    "rectification": rectifications.rectification,
    "rectification_deadline": rectifications.deadline,
    "rectification_recheck": rectifications.recheck,
    "patrol": rectifications.patrol,
    "pledge": grids.pledge,
    "pledge_batch": grids.batch,
    "pledge_scan": grids.scan,
    "pledge_page": grids.page,
    "self_check": rectifications.self_check,
    "review_case": reviews.fresh_case,
    "review_material": reviews.material,
    "review_pause": reviews.pause,
}

# How a record of a register that no clerk types into comes into a state, by register: (maker, state) -> its id.
REACHED: Mapping[str, Callable[[Maker, Choice], int]] = {
    "review_campaign": reviews.campaign_in,
    "review_case": reviews.case_in,
    "inspection_item": inspections.item_in,
    "inspection_plan": inspections.plan_in,
    "inspection_task": inspections.task_in,
    "inspection_draw": inspections.draw_in,
    "inspection_check": inspections.check_in,
    "rectification": rectifications.rectification_in,
    "special_campaign": rectifications.campaign_in,
    "grid": grids.grid_in,
    "pledge": grids.pledge_in,
    "pledge_batch": grids.batch_in,
    "pledge_page": grids.page_in,
    "self_check": rectifications.self_check_in,
}

# A record for a step that asks for more than a state, by register: (maker, operation) -> its id, None where the state is enough.
READY: Mapping[str, Callable[[Maker, str], int | None]] = {
    "review_case": reviews.case_for,
    "operator": lambda maker, op: grids.ready(maker, "operator", op) or rectifications.operator_for(maker, op),
    "grid": lambda maker, op: grids.ready(maker, "grid", op),
    "staff": lambda maker, op: grids.ready(maker, "staff", op),
    "pledge_kind": lambda maker, op: grids.ready(maker, "pledge_kind", op),
    "pledge_batch": lambda maker, op: grids.ready(maker, "pledge_batch", op),
    "inspection_check": rectifications.check_for,
    "inspection_task": inspections.task_for,
}


def _newest(office: Office, registry: Registry) -> int:
    with office.database.read() as session:
        return int(session.scalars(select(registry.record.id).order_by(registry.record.id.desc())).first() or 0)


def dump(office: Office) -> dict[str, dict[int, dict[str, Any]]]:
    """Every row of everything the journal watches, as plain images by table and id."""
    with office.database.read() as session:
        return {
            table.name: {row["id"]: image_of(row) for row in session.execute(select(table)).mappings()}
            for _, table in journalled_tables(office.catalogue)
        }
