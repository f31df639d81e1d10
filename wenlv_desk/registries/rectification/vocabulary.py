"""The closed vocabularies of rectification (限期整改; domain 4.11)."""

from wenlv_desk.core.choices import Choice


class Source(Choice):
    """From what a rectification comes."""

    RANDOM = "RANDOM", "双随机检查"
    DIRECTED = "DIRECTED", "定向检查"
    PATROL = "PATROL", "网格巡查"
    CAMPAIGN = "CAMPAIGN", "专项整治"
    COMPLAINT = "COMPLAINT", "投诉举报"
    REVIEW = "REVIEW", "年审"


class HazardKind(Choice):
    """问题类别."""

    LICENCE = "LICENCE", "证照"
    BUSINESS = "BUSINESS", "经营行为"
    CONTENT = "CONTENT", "出版物内容"
    RECORDS = "RECORDS", "台账制度"
    FIRE = "FIRE", "消防"
    ELECTRIC = "ELECTRIC", "用电"
    FOREST = "FOREST", "护林防火"
    FACILITY = "FACILITY", "设施设备"
    OTHER = "OTHER", "其他"


class Level(Choice):
    """问题等级: a major one is listed and supervised (安全生产法 art. 41)."""

    ORDINARY = "ORDINARY", "一般"
    MAJOR = "MAJOR", "重大", "red"


class RectificationState(Choice):
    """Where a rectification stands; 逾期 is derived from the date, so nothing hides it."""

    OPEN = "OPEN", "已下达", "amber"
    SUBMITTED = "SUBMITTED", "企业已报整改", "amber"
    UNQUALIFIED = "UNQUALIFIED", "复查不合格", "red"
    VERIFIED = "VERIFIED", "复查合格", "green"
    TRANSFERRED = "TRANSFERRED", "已移交", "amber"
    CLOSED = "CLOSED", "已销号"


class Standing(Choice):
    """期限情况 of a rectification today."""

    ENDED_IN_TIME = "ENDED_IN_TIME", "按期完成", "green"
    ENDED_LATE = "ENDED_LATE", "逾期完成", "amber"
    HANDED_OVER = "HANDED_OVER", "已移交"
    RUNNING = "RUNNING", "期限内", "green"
    AGAIN = "AGAIN", "逾期后再限期", "red"
    SOON = "SOON", "快到期", "amber"
    OVERDUE = "OVERDUE", "逾期未完成", "red"


class DeadlineCause(Choice):
    """Why a deadline was set."""

    FIRST = "FIRST", "首次下达"
    RECOUNTED = "RECOUNTED", "按放假安排重算"
    EXTENDED = "EXTENDED", "批准延期", "amber"
    AGAIN = "AGAIN", "复查不合格再限期", "red"


class RecheckResult(Choice):
    """复查结论."""

    QUALIFIED = "QUALIFIED", "合格", "green"
    UNQUALIFIED = "UNQUALIFIED", "不合格", "red"


RUNNING = (RectificationState.OPEN, RectificationState.SUBMITTED, RectificationState.UNQUALIFIED)
