"""The closed vocabularies of responsibility pledges (责任状; domain 5)."""

from wenlv_desk.core.choices import Choice


class PledgeState(Choice):
    """状态 (domain 5.4); that a pledge in force has run out (到期) follows from the day and is not stored."""

    DRAFT = "DRAFT", "拟签", "amber"
    ISSUED = "ISSUED", "已下发", "amber"
    SIGNED_B = "SIGNED_B", "乙方已签", "amber"
    EFFECTIVE = "EFFECTIVE", "双方已签", "green"
    TERMINATED = "TERMINATED", "解除"
    SUPERSEDED = "SUPERSEDED", "变更重签"


class PledgeStanding(Choice):
    """当前状态: the state, and for what is signed on both sides whether its time has come or run out."""

    DRAFT = "DRAFT", "拟签", "amber"
    ISSUED = "ISSUED", "已下发", "amber"
    SIGNED_B = "SIGNED_B", "乙方已签", "amber"
    TO_COME = "TO_COME", "未到期限"
    IN_FORCE = "IN_FORCE", "生效", "green"
    EXPIRED = "EXPIRED", "到期"
    TERMINATED = "TERMINATED", "解除"
    SUPERSEDED = "SUPERSEDED", "变更重签"


class Assessment(Choice):
    """考核结果."""

    EXCELLENT = "EXCELLENT", "优秀", "green"
    PASSED = "PASSED", "合格", "green"
    FAILED = "FAILED", "不合格", "red"
    VETOED = "VETOED", "一票否决", "red"


class WhoWithWhom(Choice):
    """签订双方: which rule says who signs with whom."""

    LEADER_SCENIC = "LEADER_SCENIC", "分管领导与景区"
    BUREAU_FIRM = "BUREAU_FIRM", "局与企业"
    HEAD_OFFICER = "HEAD_OFFICER", "科室负责人与网格员"


class BatchState(Choice):
    """签订批次."""

    DRAFT = "DRAFT", "拟定", "amber"
    ISSUED = "ISSUED", "已下发", "green"
    CLOSED = "CLOSED", "已结束"


class PageState(Choice):
    """What became of a page of a scan."""

    FILED = "FILED", "已归档", "green"
    BY_HAND = "BY_HAND", "人工归档", "green"
    DOUBLED = "DOUBLED", "重复", "amber"
    UNREADABLE = "UNREADABLE", "未识别", "red"
    FOREIGN = "FOREIGN", "不属本局责任状", "red"
    BLANK = "BLANK", "空白页"
    RETURNED = "RETURNED", "已退回", "amber"
    SET_ASIDE = "SET_ASIDE", "已核不归档"


OUT = (PledgeState.ISSUED, PledgeState.SIGNED_B)
"""A pledge that was given out and waits to be signed."""
KEPT = (PageState.FILED, PageState.BY_HAND)
"""A page that is its pledge's."""
WAITING = (PageState.UNREADABLE, PageState.FOREIGN, PageState.DOUBLED, PageState.RETURNED)
"""A page that a clerk has to look at."""
