"""The three lists of a draw as rows of text: who can be drawn, who cannot and why, who inspects. Knows no Qt."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wenlv_desk.registries.inspection.inspectors import key_of
from wenlv_desk.registries.inspection.pool import Layer, Pool, identifier_of, strata_of
from wenlv_desk.registries.inspection.task import InspectionTask
from wenlv_desk.store.desk import Desk

FIT, UNFIT = "可派", "不可派"
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Lists:
    """Rows of the pool (stratum, name, identifier, grade, who does not go there), of the excluded (name, identifier, why) and
    of the inspectors (name, whether, why not); and the strata."""

    pool: Rows
    excluded: Rows
    people: Rows
    layers: tuple[Layer, ...]

    @property
    def wanted(self) -> int:
        return sum(layer.wanted for layer in self.layers)

    @property
    def fit(self) -> tuple[str, ...]:
        return tuple(name for name, word, _ in self.people if word == FIT)

    @property
    def unfit(self) -> tuple[str, ...]:
        return tuple(why for _, word, why in self.people if word == UNFIT)


NOBODY = Lists((), (), (), ())


def lists_now(desk: Desk, pool: Pool) -> Lists:
    """As it would be sealed at this moment."""
    titles = [layer.title for layer in pool.layers] or _titles(desk, pool.task)
    names = {key_of(one): one.name for one in pool.roster.fit}
    return Lists(
        tuple(
            (
                titles[one.stratum] if titles else "",
                one.operator.operator_name,
                one.identifier,
                one.operator.risk_grade.label,
                "、".join(names[key] for key in one.barred),
            )
            for one in pool.entries
        ),
        tuple((operator.operator_name, identifier_of(operator), why) for operator, why in pool.excluded),
        (
            *((one.name, FIT, "") for one in pool.roster.fit),
            *((one.name, UNFIT, bar.said) for one, bar in pool.roster.unfit),
        ),
        pool.layers,
    )


def _titles(desk: Desk, task: InspectionTask) -> list[str]:
    return [one.title for one in strata_of(desk, task)]


def lists_sealed(content: Mapping[str, Any], people: Mapping[str, str]) -> Lists:
    """As it was sealed; `people` are names by key, which the sealed document has masked."""
    strata = content["strata"]
    return Lists(
        tuple(
            (
                strata[one["stratum"]]["name"],
                one["name"],
                one["id"],
                one["grade"],
                "、".join(people.get(key, key) for key in one["barred"]),
            )
            for one in content["pool"]
        ),
        tuple((one["name"], one["id"], one["why"]) for one in content["excluded"]),
        (
            *((people.get(one["key"], one["name"]), FIT, "") for one in content["inspectors"]),
            *(_unfit(people.get(one["key"], one["name"]), one["why"]) for one in content["not_inspectors"]),
        ),
        tuple(Layer(one["name"], one["rule"], one["size"], one["wanted"]) for one in strata),
    )


def _unfit(name: str, rule: str) -> tuple[str, str, str]:
    return name, UNFIT, f"{name}：{rule}"
