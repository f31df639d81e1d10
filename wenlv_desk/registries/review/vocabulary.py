"""The closed vocabularies of the annual review (domain 3)."""

from wenlv_desk.core.choices import Choice


class LicenceKind(Choice):
    """Which licences a campaign is about."""

    PUBLICATION = "PUBLICATION", "出版物经营许可证"
    PRINTING = "PRINTING", "印刷经营许可证"


class ReviewMode(Choice):
    """方式: 核验 puts a stamp on the duplicate, 报告 is verified and published (印刷业管理条例 art. 7)."""

    VERIFICATION = "VERIFICATION", "核验（盖章）"
    REPORT = "REPORT", "报告（公示）"


class CampaignState(Choice):
    """Where a campaign stands."""

    PREPARING = "PREPARING", "筹备"
    OPEN = "OPEN", "进行中", "green"
    CLOSED = "CLOSED", "已结束"


class NewCountedBy(Choice):
    """By which day a unit counts as new (新办)."""

    ISSUED = "ISSUED", "首次领证日期"
    ESTABLISHED = "ESTABLISHED", "成立日期"


class CaseState(Choice):
    """案件状态 (domain 3.2); 报告 has a shorter path of its own."""

    NOT_STARTED = "NOT_STARTED", "应审未报"
    RECEIVED = "RECEIVED", "已收件", "amber"
    CORRECTION = "CORRECTION", "已告知待补正", "amber"
    ACCEPTED = "ACCEPTED", "已受理", "amber"
    UNDER_REVIEW = "UNDER_REVIEW", "审核中", "amber"
    PASSED = "PASSED", "通过", "green"
    STAMPED = "STAMPED", "已盖章", "green"
    DEFERRED = "DEFERRED", "暂缓", "red"
    FAILED = "FAILED", "不予通过", "red"
    OVERDUE = "OVERDUE", "逾期未审", "red"
    REMINDED = "REMINDED", "已书面催告", "red"
    WITHDRAWN = "WITHDRAWN", "申请人撤回", "amber"
    REJECTED = "REJECTED", "不予受理"
    EXEMPTED = "EXEMPTED", "免审"
    REPORTED = "REPORTED", "已报告", "amber"
    DISPUTED = "DISPUTED", "内容不实待核", "red"
    VERIFIED = "VERIFIED", "已核实", "green"
    PUBLISHED = "PUBLISHED", "已公示", "green"
    CLOSED = "CLOSED", "办结"


class Conclusion(Choice):
    """结论, kept when the case is closed."""

    PASSED = "PASSED", "通过", "green"
    DEFERRED = "DEFERRED", "暂缓", "red"
    FAILED = "FAILED", "不予通过", "red"
    REPORTED = "REPORTED", "已报告", "green"
    EXEMPTED = "EXEMPTED", "免审"
    REJECTED = "REJECTED", "不予受理"
    MISSED = "MISSED", "逾期未审", "red"


class Outcome(Choice):
    """What a ground (事由) of a campaign can lead to."""

    DEFERRED = "DEFERRED", "暂缓"
    FAILED = "FAILED", "不予通过"
    REJECTED = "REJECTED", "不予受理"


class MaterialForm(Choice):
    """In which form a material is handed in."""

    ORIGINAL = "ORIGINAL", "原件"
    COPY = "COPY", "复印件"
    ELECTRONIC = "ELECTRONIC", "电子件"
    PHOTO = "PHOTO", "照片"


class Applies(Choice):
    """Of which units a material is asked for."""

    ALL = "ALL", "全部"
    ONLINE = "ONLINE", "网络发行单位"
    WHEN_CONCERNED = "WHEN_CONCERNED", "涉及时"


class MaterialState(Choice):
    """What the clerk found of a material."""

    PENDING = "PENDING", "未核对"
    COMPLETE = "COMPLETE", "齐全", "green"
    MISSING = "MISSING", "缺", "red"
    DEFECTIVE = "DEFECTIVE", "不合格", "amber"
    NOT_APPLICABLE = "NOT_APPLICABLE", "不适用"


class Channel(Choice):
    """提交渠道."""

    COUNTER = "COUNTER", "窗口"
    ONLINE = "ONLINE", "网上"
    POST = "POST", "邮寄"


class NationalState(Choice):
    """What the national review system (全国发行单位年度核验系统) shows; the program only keeps what the clerk saw there."""

    BLANK = "BLANK", "未填"
    SUBMITTED = "SUBMITTED", "已提交", "amber"
    APPROVED = "APPROVED", "已审核", "green"
    RETURNED = "RETURNED", "退回", "red"


class DeliveryWay(Choice):
    """送达方式."""

    DIRECT = "DIRECT", "直接送达"
    LEFT = "LEFT", "留置送达"
    POST = "POST", "邮寄送达"
    ENTRUSTED = "ENTRUSTED", "委托送达"
    ELECTRONIC = "ELECTRONIC", "电子送达"
    NOTICE = "NOTICE", "公告送达"


class PauseCause(Choice):
    """What a limit does not count (行政许可法 art. 45)."""

    HEARING = "HEARING", "听证"
    TENDER = "TENDER", "检验、检测、鉴定"
    EXPERT = "EXPERT", "专家评审"
    NOTICE = "NOTICE", "公示"


class Rating(Choice):
    """好差评: five levels."""

    BEST = "BEST", "非常满意", "green"
    GOOD = "GOOD", "满意", "green"
    FAIR = "FAIR", "基本满意"
    POOR = "POOR", "不满意", "red"
    WORST = "WORST", "非常不满意", "red"
