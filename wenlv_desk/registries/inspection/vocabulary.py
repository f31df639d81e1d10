"""The closed vocabularies of random inspection (双随机、一公开; domain 4)."""

from wenlv_desk.core.choices import Choice


class ItemClass(Choice):
    """事项类别: what is 重点 may be drawn in full."""

    GENERAL = "GENERAL", "一般检查事项"
    KEY = "KEY", "重点检查事项"


class Method(Choice):
    """抽查方式."""

    ON_SITE = "ON_SITE", "现场检查"
    IN_WRITING = "IN_WRITING", "书面检查"
    ONLINE = "ONLINE", "网络检查"
    SAMPLING = "SAMPLING", "抽样检查"
    SPECIALIST = "SPECIALIST", "委托专业机构核查"


class ItemState(Choice):
    """Where an item of the list (抽查事项清单) stands: only what is published is drawn."""

    DRAFT = "DRAFT", "拟定", "amber"
    PUBLISHED = "PUBLISHED", "已公布", "green"
    RETIRED = "RETIRED", "已停用"


class PlanState(Choice):
    """年度抽查计划."""

    DRAFT = "DRAFT", "拟定", "amber"
    APPROVED = "APPROVED", "已审批", "green"
    CLOSED = "CLOSED", "已结束"


class DrawKind(Choice):
    """抽查类型: drawn at random, or named for a reason (domain 4.6 no. 7); the figures never mix the two."""

    RANDOM = "RANDOM", "不定向（随机抽取）"
    DIRECTED = "DIRECTED", "定向（指名检查）"


class JointKind(Choice):
    """Whether other departments take part."""

    INTERNAL = "INTERNAL", "部门内部"
    JOINT = "JOINT", "跨部门联合"


class CheckKind(Choice):
    """检查类别 of 国办发〔2024〕54号."""

    DAILY = "DAILY", "日常检查"
    SPECIAL = "SPECIAL", "专项检查"
    CASE = "CASE", "个案检查"


class DirectedCause(Choice):
    """Why a firm is named instead of drawn (触发式检查)."""

    COMPLAINT = "COMPLAINT", "投诉举报"
    LEAD = "LEAD", "案件线索"
    TRANSFER = "TRANSFER", "上级交办或部门移送"
    FOLLOW_UP = "FOLLOW_UP", "整改回头看"
    CAMPAIGN = "CAMPAIGN", "专项整治"
    KEY = "KEY", "重点监管"


class TaskState(Choice):
    """抽查任务 (domain 4.9)."""

    PLANNED = "PLANNED", "计划", "amber"
    APPROVED = "APPROVED", "已审批", "amber"
    DRAWN = "DRAWN", "已抽取", "amber"
    IN_PROGRESS = "IN_PROGRESS", "检查中", "amber"
    RESULTS_IN = "RESULTS_IN", "结果录入完", "amber"
    REVIEWED = "REVIEWED", "已审核", "green"
    PUBLISHED = "PUBLISHED", "已公示", "green"
    ARCHIVED = "ARCHIVED", "已归档"
    CANCELLED = "CANCELLED", "已作废"


class DrawState(Choice):
    """One draw in three acts (封存、录种子、抽取); an abandoned one stays on record."""

    COMMITTED = "COMMITTED", "已封存", "amber"
    SEEDED = "SEEDED", "已录种子", "amber"
    DRAWN = "DRAWN", "已抽取", "green"
    ABANDONED = "ABANDONED", "已放弃", "red"


class SeedSource(Choice):
    """Where the seed comes from, named when the list is sealed: nothing the desk controls."""

    DICE = "DICE", "当场掷骰子"
    BALLS = "BALLS", "当场摇号码球"
    LOTTERY = "LOTTERY", "封存时指明的一期彩票开奖号码"


class CheckState(Choice):
    """检查: one firm in one task (domain 4.9)."""

    ASSIGNED = "ASSIGNED", "待检查", "amber"
    NOTIFIED = "NOTIFIED", "已通知", "amber"
    CHECKED = "CHECKED", "已检查", "amber"
    REVIEWED = "REVIEWED", "已审核", "green"
    PUBLISHED = "PUBLISHED", "已公示", "green"
    CLOSED = "CLOSED", "办结"
    REPLACED = "REPLACED", "已替换"
    CANCELLED = "CANCELLED", "已取消"


class Outcome(Choice):
    """What a check came to; follows from its result code."""

    NO_ISSUE = "NO_ISSUE", "无问题", "green"
    ISSUE_FOUND = "ISSUE_FOUND", "有问题", "red"
    UNREACHABLE = "UNREACHABLE", "无法联系", "red"
    OBSTRUCTED = "OBSTRUCTED", "不配合", "red"
    GONE = "GONE", "已不经营"


class ResultCode(Choice):
    """检查结果, in the labels of the national list (domain 4.7)."""

    NONE_FOUND = "1", "未发现问题", "green"
    NOT_DISCLOSED = "2", "未按规定公示应当公示的信息", "red"
    FALSE_DISCLOSURE = "3", "公示信息隐瞒真实情况、弄虚作假", "red"
    UNREACHABLE = "4", "通过登记的住所（经营场所）无法联系", "red"
    CORRECTED = "5", "发现问题已责令改正", "amber"
    OBSTRUCTED = "6", "不配合检查情节严重", "red"
    NO_ACTIVITY = "7", "未发现开展本次抽查涉及的经营活动"
    PENDING = "8", "发现问题待后续处理", "amber"
    GONE = "9", "已关闭停业、注销、被吊销或者迁出"


class Disposal(Choice):
    """处理措施 (domain 4.7)."""

    NONE = "NONE", "无需后续处置"
    STOPPED = "STOPPED", "停止检查"
    ORDERED = "ORDERED", "责令改正", "amber"
    HANDED_OVER = "HANDED_OVER", "发现案件线索移交", "red"
    INFORMED = "INFORMED", "抄告相关部门", "amber"
    OTHER = "OTHER", "其他"


class PointConclusion(Choice):
    """What was found of one check point (检查要点)."""

    PENDING = "PENDING", "未检查"
    GOOD = "GOOD", "合格", "green"
    BAD = "BAD", "不合格", "red"
    NOT_APPLICABLE = "NOT_APPLICABLE", "不适用"


class SignState(Choice):
    """How the firm signed the record (安全生产法 art. 68: a refusal is noted down)."""

    SIGNED = "SIGNED", "签字"
    REFUSED = "REFUSED", "拒签", "red"
    ABSENT = "ABSENT", "负责人不在场", "amber"


class ReplacementKind(Choice):
    """What was replaced after a draw."""

    OBJECT = "OBJECT", "检查对象"
    INSPECTOR = "INSPECTOR", "检查人员"


class PublicationEvent(Choice):
    """What happened to a published result."""

    PUBLISHED = "PUBLISHED", "公示", "green"
    CORRECTED = "CORRECTED", "更正", "amber"
    WITHDRAWN = "WITHDRAWN", "撤回", "red"


class PublishLight(Choice):
    """公示时限的红绿灯."""

    DONE = "DONE", "按期公示", "green"
    DONE_LATE = "DONE_LATE", "逾期公示", "amber"
    RUNNING = "RUNNING", "待公示", "green"
    SOON = "SOON", "快到期", "amber"
    LATE = "LATE", "逾期未公示", "red"


class GradingSource(Choice):
    """Where a risk grade comes from."""

    OWN = "OWN", "本单位评定"
    PLATFORM = "PLATFORM", "上级平台推送"
    CREDIT = "CREDIT", "信用部门共享"


class AbsenceKind(Choice):
    """Why a member of the staff is not on duty."""

    LEAVE = "LEAVE", "休假"
    SICK = "SICK", "病假"
    SECONDED = "SECONDED", "借调"
    TRAINING = "TRAINING", "培训"
    OTHER = "OTHER", "其他"


class RecusalCause(Choice):
    """回避的理由 (行政处罚法 art. 43)."""

    RELATIVE = "RELATIVE", "近亲属"
    INTEREST = "INTEREST", "有利害关系"
    FORMER = "FORMER", "曾在该单位任职"
    OTHER = "OTHER", "其他可能影响公正的关系"


FOUND_BAD = (ResultCode.NOT_DISCLOSED, ResultCode.FALSE_DISCLOSURE, ResultCode.CORRECTED, ResultCode.PENDING)
OUTCOMES = {
    ResultCode.NONE_FOUND: Outcome.NO_ISSUE,
    ResultCode.NO_ACTIVITY: Outcome.NO_ISSUE,
    ResultCode.UNREACHABLE: Outcome.UNREACHABLE,
    ResultCode.OBSTRUCTED: Outcome.OBSTRUCTED,
    ResultCode.GONE: Outcome.GONE,
    **dict.fromkeys(FOUND_BAD, Outcome.ISSUE_FOUND),
}
