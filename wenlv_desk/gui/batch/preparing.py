"""What the dialog of a batch begins with, and its rows: plain data made in a worker thread. Knows no Qt but the cells of a list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wenlv_desk.core.catalogue import Catalogue
from wenlv_desk.core.operations import Operation
from wenlv_desk.core.papers import Paper
from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.entry.formdata import FormData, form_of
from wenlv_desk.gui.look.tokens import Tone
from wenlv_desk.gui.table import Column, Row, Tag
from wenlv_desk.store.batch import Able, Foreseen, LeftOut, Progress, foresee
from wenlv_desk.store.desk import Desk

ABLE, LEFT_OUT, DONE, NOT_DONE, NOT_ISSUED = "可办", "不办", "办好", "没有办", "没有出具"
TONES = {ABLE: Tone.GREEN, LEFT_OUT: Tone.AMBER, DONE: Tone.GREEN, NOT_DONE: Tone.AMBER, NOT_ISSUED: Tone.AMBER}


@dataclass(frozen=True)
class Prepared:
    """Who can be done, and the form of what is the same for all; no form where nobody can be done or nothing is asked."""

    foreseen: Foreseen
    form: FormData | None


def prepare(desk: Desk, registry: Registry, op: Operation, ids: Sequence[int], progress: Progress) -> Prepared:
    """Look at every record, and make the form; what it offers is what the first one that can be done is offered."""
    foreseen = foresee(desk, registry, op, ids, progress)
    if not foreseen.able or not op.parameters(registry):
        return Prepared(foreseen, None)
    made = form_of(desk, registry, op, foreseen.able[0].record_id, {})
    return Prepared(foreseen, replace(made, record_id=None, version=None, title=op.title, draft=None))


def papers_after(catalogue: Catalogue, registry: Registry, op: Operation) -> list[Paper]:
    """The papers that may be issued, one a record, of those that the operation was done to; what it leads to comes first."""
    possible = [
        paper
        for paper in catalogue.papers_on(registry).values()
        if paper.alone and not paper.blank and (not paper.when or op.to in paper.when)
    ]
    return sorted(possible, key=lambda paper: not paper.when or bool(set(paper.when) & set(op.when)))


def columns(registry: Registry) -> tuple[Column, ...]:
    """The list of a batch: what became of a record, which it is, and why."""
    coded = registry.code and registry.code != registry.named_by
    return (
        Column("state", "结果", 84, tag=True),
        Column("name", registry.shown(registry.named_by)[0], 190),
        *((Column("code", registry.shown(registry.code)[0], 170, tabular=True, muted=True),) if coded else ()),
        Column("why", "原因", 300, grows=True),
    )


def row(registry: Registry, one: Able | LeftOut, state: str, why: Sequence[str] = ()) -> Row:
    """A record of a batch as cells."""
    coded = registry.code and registry.code != registry.named_by
    return Row(one.record_id, (Tag(state, TONES[state]), one.name, *((one.code,) if coded else ()), "；".join(why)))
