"""The catalogue: every register, operation, paper, report and set of figures that was declared, collected from a list of modules."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from types import ModuleType

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.figures import FigureSet
from wenlv_desk.core.open_items import Watch
from wenlv_desk.core.operations import Operation
from wenlv_desk.core.papers import Paper
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Registry
from wenlv_desk.core.reports import Report


@dataclass(frozen=True)
class Catalogue:
    """What the office keeps, does and prints; a plain value, so a test can make its own."""

    registries: dict[str, Registry] = field(default_factory=dict)
    operations: tuple[Operation, ...] = ()
    papers: dict[str, Paper] = field(default_factory=dict)
    watches: tuple[Watch, ...] = ()
    figures: dict[str, FigureSet] = field(default_factory=dict)
    reports: tuple[Report, ...] = ()

    def registry(self, name: str) -> Registry:
        """The register of that name or title."""
        for registry in self.registries.values():
            if name in (registry.name, registry.title):
                return registry
        raise UserError(f"没有“{name}”这个台账，可用：{'、'.join(self.registries)}")

    def registry_of(self, record: type[Record]) -> Registry:
        return self.registries[str(record.__tablename__)]

    def operations_on(self, registry: Registry) -> dict[str, Operation]:
        """The verbs of a register by name; its own before those that every register has."""
        found = [op for op in self.operations if op.applies(registry)]
        return {op.name: op for op in sorted(found, key=lambda op: not op.on)}

    def operation(self, registry: Registry, name: str) -> Operation:
        found = [op for op in self.operations if name in (op.name, op.title) and op.applies(registry)]
        if found:
            return min(found, key=lambda op: not op.on)
        raise UserError(f"{registry.title}没有“{name}”这个操作，可用：{'、'.join(self.operations_on(registry))}")

    def papers_on(self, registry: Registry) -> dict[str, Paper]:
        return {p.name: p for p in self.papers.values() if any(issubclass(registry.record, on) for on in p.on)}

    def paper(self, name: str) -> Paper:
        for paper in self.papers.values():
            if name in (paper.name, paper.title):
                return paper
        raise UserError(f"没有“{name}”这种文书，可用：{'、'.join(self.papers)}")

    def reports_on(self, registry: Registry) -> dict[str, Report]:
        """The tables that are handed in about a record of this register, by name."""
        return {one.name: one for one in self.reports if any(issubclass(registry.record, on) for on in one.on)}

    def report(self, registry: Registry, name: str) -> Report:
        reports = self.reports_on(registry)
        for one in reports.values():
            if name in (one.name, one.title):
                return one
        offered = "、".join(f"{one.name}（{one.title}）" for one in reports.values())
        raise UserError(f"{registry.title}没有“{name}”这种表，可用：{offered or '（没有）'}")

    def figure_set(self, name: str) -> FigureSet:
        """The set of figures of that name or title."""
        for one in self.figures.values():
            if name in (one.name, one.title):
                return one
        raise UserError(f"没有“{name}”这一组统计，可用：{'、'.join(self.figures) or '（还没有）'}")

    def watches_on(self, registry: Registry) -> tuple[Watch, ...]:
        """What is asked for the open items of a record."""
        return tuple(watch for watch in self.watches if any(issubclass(registry.record, on) for on in watch.on))

    def owned_by(self, registry: Registry) -> tuple[Registry, ...]:
        """The registers whose rows belong to a record of this one: the sections of its card."""
        return tuple(r for r in self.registries.values() if r.owner and r.owner.register == registry.name)


def collect(modules: Iterable[ModuleType]) -> Catalogue:
    """The declarations that stand at the top of the modules, in their order (that of `__all__` where there is one)."""
    found = [getattr(module, name) for module in modules for name in _names(module)]
    registries = {value.name: value for value in found if isinstance(value, Registry)}
    operations = {id(value): value for value in found if isinstance(value, Operation)}
    papers = {value.name: value for value in found if isinstance(value, Paper)}
    watches = {id(value): value for value in found if isinstance(value, Watch)}
    figures = {value.name: value for value in found if isinstance(value, FigureSet)}
    reports = {id(value): value for value in found if isinstance(value, Report)}
    return Catalogue(
        registries, tuple(operations.values()), papers, tuple(watches.values()), figures, tuple(reports.values())
    )


def _names(module: ModuleType) -> Iterable[str]:
    return getattr(module, "__all__", None) or [name for name in vars(module) if not name.startswith("__")]
