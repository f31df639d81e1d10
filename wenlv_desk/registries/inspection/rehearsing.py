"""演练: what a draw of a task would come to with any digits. It writes nothing and its tickets are never those of a draw."""

import random
from dataclasses import dataclass

from wenlv_desk.registries.inspection import proof
from wenlv_desk.registries.inspection.drawing import commitment_of
from wenlv_desk.registries.inspection.inspectors import shortage
from wenlv_desk.registries.inspection.pool import Layer, pool_of
from wenlv_desk.registries.inspection.task import InspectionTask
from wenlv_desk.registries.inspection.vocabulary import SeedSource
from wenlv_desk.store.desk import Desk

REHEARSAL = "演练"


@dataclass(frozen=True)
class Line:
    """One object as a rehearsal drew it."""

    stratum: str
    rank: int
    name: str
    ticket: str
    team: str


@dataclass(frozen=True)
class Rehearsal:
    """The pool as it would be sealed today, and one possible outcome; `short` says where too few inspectors are."""

    task: str
    pool: tuple[tuple[str, str, str, str], ...]  # identifier, name, grade, stratum
    excluded: tuple[tuple[str, str], ...]  # name, why
    layers: tuple[Layer, ...]
    inspectors: tuple[str, ...]
    unfit: tuple[str, ...]
    short: tuple[str, ...]
    drawn: tuple[Line, ...]

    @property
    def wanted(self) -> int:
        return sum(layer.wanted for layer in self.layers)


def rehearse(desk: Desk, task_id: int, chance: random.Random) -> Rehearsal:
    """Seal, seed and draw on trial: nothing is written, and the seed's prefix says 演练 so that no draw has these tickets."""
    task = desk.get(InspectionTask, task_id)
    pool = pool_of(desk, task)
    short = tuple(said for entry in pool.entries if (said := shortage(pool.roster, entry.operator, task.per_object)))
    drawn: tuple[Line, ...] = ()
    if not short:
        sealed = commitment_of(desk, pool, task.draws + 1, SeedSource.DICE, REHEARSAL)
        sealed["seed_prefix"] = f"{REHEARSAL}/{sealed['seed_prefix']}"
        result = proof.carry_out(sealed, "".join(str(chance.randint(1, 6)) for _ in range(40)))
        names = {one["id"]: one["name"] for one in sealed["pool"]}
        people = {key: one.name for key, one in pool.roster.by_key.items()}
        drawn = tuple(
            Line(
                pool.layers[one["stratum"]].title,
                one["rank"],
                names[one["id"]],
                one["ticket"],
                "、".join(people[key] for key in one["team"]),
            )
            for one in result["drawn"]
        )
    return Rehearsal(
        task.task_name,
        tuple(
            (e.identifier, e.operator.operator_name, e.operator.risk_grade.label, pool.layers[e.stratum].title)
            for e in pool.entries
        ),
        tuple((operator.operator_name, why) for operator, why in pool.excluded),
        pool.layers,
        tuple(one.name for one in pool.roster.fit),
        tuple(bar.said for _, bar in pool.roster.unfit),
        short,
        drawn,
    )
