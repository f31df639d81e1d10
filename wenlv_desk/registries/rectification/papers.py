"""Papers of a rectification: the order, the reminder, what the re-check came to, and how they were delivered."""

from wenlv_desk.core.papers import paper
from wenlv_desk.issuing.matter import Matter
from wenlv_desk.issuing.pages import SIGNED_FOR, delivery_form, notice
from wenlv_desk.registries.rectification.rectification import Rectification
from wenlv_desk.registries.rectification.told import PLACEHOLDERS, placeholders
from wenlv_desk.registries.rectification.vocabulary import RUNNING, RectificationState
from wenlv_desk.typeset.page import Document, Pair

RECHECKED = (RectificationState.VERIFIED, RectificationState.UNQUALIFIED)
ISSUED = (*RUNNING, RectificationState.VERIFIED, RectificationState.TRANSFERRED, RectificationState.CLOSED)


@paper(
    "责令限期整改通知书",
    on=(Rectification,),
    series="责改",
    when=RUNNING,
    number_field="document_no",
    data=placeholders,
    wordings=("rectification_order",),
    placeholders=PLACEHOLDERS,
)
def rectification_order(matter: Matter) -> Document:
    """What is wrong, what is to be done, by when, what follows otherwise, and where to appeal (行政处罚法 art. 28)."""
    return notice(matter, "rectification_order", SIGNED_FOR)


@paper(
    "整改复查意见书",
    on=(Rectification,),
    series="复查",
    when=RECHECKED,
    number_field="opinion_no",
    data=placeholders,
    wordings=("rectification_opinion",),
    placeholders=PLACEHOLDERS,
)
def rectification_opinion(matter: Matter) -> Document:
    """What the re-check found."""
    return notice(matter, "rectification_opinion", SIGNED_FOR)


@paper(
    "整改催促通知",
    on=(Rectification,),
    series="催改",
    when=RUNNING,
    data=placeholders,
    wordings=("rectification_reminder",),
    placeholders=PLACEHOLDERS,
)
def rectification_reminder(matter: Matter) -> Document:
    """That the deadline is near or over."""
    return notice(matter, "rectification_reminder", SIGNED_FOR)


@paper("整改送达回证", on=(Rectification,), series="送", when=ISSUED, data=placeholders)
def rectification_delivery(matter: Matter) -> Document:
    """Which papers of a rectification were delivered."""
    record, told = matter.record, matter.told
    issued = [("责令限期整改通知书", record["document_no"]), ("整改复查意见书", record["opinion_no"])]
    facts: list[Pair | tuple[str, str]] = [
        Pair("受送达人", told["单位名称"], wide=True),
        Pair("送达地点", told["经营场所"], wide=True),
        ("整改编号", told["整改编号"]),
    ]
    return delivery_form(matter, [one for one in issued if one[1]], facts)
