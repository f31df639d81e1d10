"""What keys do to the ticks of a case: plain functions from materials and ticks to the next tick."""

from collections.abc import Mapping, Sequence

from wenlv_desk.registries.review.proposing import CounterMaterial
from wenlv_desk.registries.review.ticking import LACKING, Tick
from wenlv_desk.registries.review.vocabulary import MaterialState

ROUND = (MaterialState.COMPLETE, MaterialState.MISSING, MaterialState.DEFECTIVE, MaterialState.NOT_APPLICABLE)
Ticks = Mapping[int, Tick]


def turned(material: CounterMaterial, ticks: Ticks) -> Tick:
    """The next finding of a material: 齐全 first, then 缺, 不合格, 不适用 and round again."""
    untouched = material.position not in ticks and material.state is not MaterialState.COMPLETE
    at = -1 if untouched or material.state not in ROUND else ROUND.index(material.state)
    return found(material, ROUND[(at + 1) % len(ROUND)])


def found(material: CounterMaterial, state: MaterialState) -> Tick:
    """A finding with the usual words for it: 缺 is not brought along, 不合格 the first that is another defect."""
    usual = material.usual
    if state not in LACKING or not usual:
        return Tick(state)
    one = usual[1] if state is MaterialState.DEFECTIVE and len(usual) > 1 else usual[0]
    return Tick(state, one.defect, one.remedy)


def rest_complete(materials: Sequence[CounterMaterial], ticks: Ticks) -> dict[int, Tick]:
    """Everything nothing was said of yet is there: what is unchecked, and what was missing before this visit."""
    open_ones = (MaterialState.PENDING, *LACKING)
    fresh = [one for one in materials if one.position not in ticks and one.state in open_ones]
    return {**ticks, **{one.position: Tick(MaterialState.COMPLETE) for one in fresh}}


def said(text: str) -> str:
    """Typed words as a tick may hold them: what parts ticks from one another is written otherwise."""
    return text.replace("；", "，").replace(";", "，").replace("\n", " ").replace("＝", "－").replace("=", "－").strip()
