"""Papers of the annual review: notices on the grid of official documents, forms to sign, and the tables handed in."""

from collections.abc import Callable, Sequence

from wenlv_desk.core.papers import paper
from wenlv_desk.core.reports import Sheet
from wenlv_desk.issuing.matter import Matter
from wenlv_desk.issuing.pages import SIGNED_FOR, delivery_form, notice, onto_blank, sheet_paper
from wenlv_desk.registries.review.campaign import ReviewCampaign
from wenlv_desk.registries.review.case import ReviewCase
from wenlv_desk.registries.review.places import next_place
from wenlv_desk.registries.review.tables import sheet_of
from wenlv_desk.registries.review.told import PLACEHOLDERS, placeholders
from wenlv_desk.registries.review.vocabulary import CampaignState, CaseState, Conclusion
from wenlv_desk.standards.dates import show_date_cn
from wenlv_desk.store.desk import Desk
from wenlv_desk.typeset import forms
from wenlv_desk.typeset.page import Document, Pair

RECEIVED = tuple(
    state
    for state in CaseState
    if state not in (CaseState.NOT_STARTED, CaseState.OVERDUE, CaseState.REMINDED, CaseState.EXEMPTED)
)
ACCEPTED = (
    CaseState.ACCEPTED,
    CaseState.UNDER_REVIEW,
    CaseState.PASSED,
    CaseState.STAMPED,
    CaseState.DEFERRED,
    CaseState.FAILED,
)
DECIDED = (CaseState.PASSED, CaseState.STAMPED, CaseState.DEFERRED, CaseState.FAILED)
RESULTS = {
    Conclusion.PASSED: "review_passed",
    Conclusion.DEFERRED: "review_deferred",
    Conclusion.FAILED: "review_failed",
}


@paper(
    "收件回执",
    on=(ReviewCase,),
    series="收",
    when=RECEIVED,
    number_field="receipt_no",
    data=placeholders,
    wordings=("review_receipt",),
    placeholders=PLACEHOLDERS,
)
def review_receipt(matter: Matter) -> Document:
    """What was handed in when, and by when the one notice must come."""
    return notice(matter, "review_receipt")


@paper(
    "一次性告知书",
    on=(ReviewCase,),
    series="告",
    when=(CaseState.CORRECTION,),
    number_field="notice_no",
    data=placeholders,
    wordings=("review_correction",),
    placeholders=PLACEHOLDERS,
)
def review_correction(matter: Matter) -> Document:
    """Everything that is missing, why, how to mend it, on what ground, until when (行政许可法 art. 32 (4))."""
    return notice(matter, "review_correction", SIGNED_FOR)


@paper(
    "受理通知书",
    on=(ReviewCase,),
    series="受",
    when=ACCEPTED,
    number_field="acceptance_no",
    data=placeholders,
    wordings=("review_acceptance",),
    placeholders=PLACEHOLDERS,
)
def review_acceptance(matter: Matter) -> Document:
    """That the case was accepted, with its limits."""
    return notice(matter, "review_acceptance", SIGNED_FOR)


@paper(
    "不予受理通知书",
    on=(ReviewCase,),
    series="不受",
    when=(CaseState.REJECTED,),
    number_field="result_no",
    data=placeholders,
    wordings=("review_intake_refusal",),
    placeholders=PLACEHOLDERS,
)
def review_intake_refusal(matter: Matter) -> Document:
    """That the case is not accepted, why, and where to go instead."""
    return notice(matter, "review_intake_refusal", SIGNED_FOR)


@paper(
    "年审结果通知",
    on=(ReviewCase,),
    series="审",
    when=DECIDED,
    number_field="result_no",
    data=placeholders,
    wordings=tuple(RESULTS.values()),
    placeholders=PLACEHOLDERS,
)
def review_result(matter: Matter) -> Document:
    """通过, 暂缓 or 不予通过, each with a wording of its own."""
    return notice(matter, RESULTS[Conclusion.of(matter.record.values["conclusion"])], SIGNED_FOR)


@paper(
    "书面催告",
    on=(ReviewCase,),
    series="催",
    when=(CaseState.REMINDED,),
    number_field="urging_no",
    data=placeholders,
    wordings=("review_urging",),
    placeholders=PLACEHOLDERS,
)
def review_urging(matter: Matter) -> Document:
    """A last term for a unit that did not come."""
    return notice(matter, "review_urging", SIGNED_FOR)


@paper("送达回证", on=(ReviewCase,), series="送", when=(*RECEIVED, CaseState.REMINDED), data=placeholders)
def review_delivery(matter: Matter) -> Document:
    """Which papers were delivered how, to whom, by which two (送达回证)."""
    record, told = matter.record, matter.told
    names = ("receipt_no", "notice_no", "acceptance_no", "result_no", "urging_no")
    issued = [(record.labels[name].removesuffix("编号"), record[name]) for name in names if record[name]]
    facts: list[Pair | tuple[str, str]] = [
        Pair("受送达人", told["单位名称"], wide=True),
        Pair("送达地点", told["经营场所"], wide=True),
        ("案件编号", told["案件编号"]),
    ]
    return delivery_form(matter, issued, facts)


@paper("领证签收单", on=(ReviewCase,), series="领", when=(CaseState.STAMPED, CaseState.CLOSED), data=placeholders)
def review_collection(matter: Matter) -> Document:
    """That the stamped duplicate was handed back, and to whom."""
    record, told = matter.record, matter.told
    basics = forms.pairs(
        [
            Pair("单位名称", told["单位名称"], wide=True),
            (told["许可证名称"], told["许可证编号"]),
            ("案件编号", told["案件编号"]),
            ("领取证件", "许可证副本 1 份"),
            ("结果通知", record["result_no"]),
            ("领取人证件号", ""),
            ("领取人电话", ""),
        ]
    )
    page = forms.form(
        "领证签收单",
        [forms.section("领取内容", basics)],
        office=told["本单位"],
        number=matter.number,
        date=told["日期"],
        sign=("领取人", "发证经办人"),
        note=f"领取人已当面核对许可证的编号、名称、经营场所、有效期和{told['年审']}记录。代为领取的，应当出示委托书和本人证件。",
    )
    return forms.document(f"领证签收单 {record.title}", page)


@paper(
    "年审记录页（套打）",
    on=(ReviewCase,),
    series="记",
    blank="review_page",
    fresh=False,
    when=(CaseState.STAMPED, CaseState.CLOSED),
    data=next_place,
)
def review_page(matter: Matter) -> Document:
    """This year's record onto the duplicate, at its next free place."""
    record = matter.record
    day = record.values["stamped_on"]
    values = {
        "review_year": record["review_year"],
        "conclusion": record["conclusion"],
        "stamped_on": show_date_cn(day) if day else "",
        "officer": record["stamped_by"],
    }
    return onto_blank(matter, matter.told.blank, values, matter.told.place)


def _table_of(name: str) -> Callable[[Desk, Sequence[int]], Sheet]:
    def data(desk: Desk, ids: Sequence[int]) -> Sheet:
        return sheet_of(desk, name, ids[0])

    return data


BEGUN = (CampaignState.OPEN, CampaignState.CLOSED)


@paper("年审情况汇总表", on=(ReviewCampaign,), series="表", when=BEGUN, data=_table_of("summary"))
def review_summary(matter: Matter) -> Document:
    """The campaign in figures, by township."""
    return sheet_paper(matter)


@paper("未参审名单", on=(ReviewCampaign,), series="表", when=BEGUN, data=_table_of("missed"))
def review_missed(matter: Matter) -> Document:
    """Who has not come."""
    return sheet_paper(matter)


@paper("暂缓名单", on=(ReviewCampaign,), series="表", when=BEGUN, data=_table_of("deferred"))
def review_deferred_list(matter: Matter) -> Document:
    """Who was put off, why, until when."""
    return sheet_paper(matter)


@paper("连续未审名单", on=(ReviewCampaign,), series="表", when=BEGUN, data=_table_of("twice"))
def review_twice(matter: Matter) -> Document:
    """Who missed two running years, for the study of 注销."""
    return sheet_paper(matter)


@paper("催审电话单", on=(ReviewCampaign,), series="表", when=BEGUN, data=_table_of("calls"))
def review_calls(matter: Matter) -> Document:
    """Who is to be called, with phones and room for the answer."""
    return sheet_paper(matter)


@paper("应审范围", on=(ReviewCampaign,), series="表", data=_table_of("scope"))
def review_scope(matter: Matter) -> Document:
    """Every licence, in or out, and why."""
    return sheet_paper(matter)
