"""The closed vocabularies of licences (domain 1.8 to 2.9)."""

from wenlv_desk.core.choices import Choice


class Status(Choice):
    """状态: what operations have made of a licence. Lapsed is no state; it follows from the date (`Standing`)."""

    DRAFT = "DRAFT", "草稿"
    ACTIVE = "ACTIVE", "有效", "green"
    SUSPENDED = "SUSPENDED", "停业整顿", "red"
    CANCELLED = "CANCELLED", "注销"
    REVOKED = "REVOKED", "吊销", "red"
    WITHDRAWN = "WITHDRAWN", "撤销"


class Standing(Choice):
    """当前状态: the state as it stands today, with the days to its end."""

    LAPSED = "LAPSED", "逾期未延续", "red"
    DEEMED = "DEEMED", "视为准予延续—待确认", "amber"
    DUE_30 = "DUE_30", "30 天内到期", "amber"
    DUE_60 = "DUE_60", "60 天内到期", "amber"
    DUE_90 = "DUE_90", "90 天内到期", "amber"
    VALID = "VALID", "有效", "green"
    LONG_TERM = "LONG_TERM", "长期", "green"
    SUSPENDED = "SUSPENDED", "停业整顿", "red"
    DRAFT = "DRAFT", "草稿"
    CANCELLED = "CANCELLED", "注销"
    REVOKED = "REVOKED", "吊销", "red"
    WITHDRAWN = "WITHDRAWN", "撤销"


class RepresentativeRole(Choice):
    """负责人类型."""

    LEGAL = "LEGAL", "法定代表人"
    PRINCIPAL = "PRINCIPAL", "主要负责人"
    OWNER = "OWNER", "经营者"


class DocumentType(Choice):
    """证件类型 of a person."""

    CITIZEN = "CITIZEN", "居民身份证"
    PASSPORT = "PASSPORT", "护照"
    HK_MACAO = "HK_MACAO", "港澳居民来往内地通行证"
    TAIWAN = "TAIWAN", "台湾居民来往大陆通行证"
    FOREIGN = "FOREIGN", "外国人永久居留证"
    OTHER = "OTHER", "其他"


class OwnershipKind(Choice):
    """经济性质, in the words of the yearly review form (发行单位年度核验登记表, 2018)."""

    XINHUA = "XINHUA", "新华书店系统"
    PRESS = "PRESS", "出版系统"
    POST = "POST", "邮政系统"
    STATE = "STATE", "其他国有或国有控股"
    PRIVATE = "PRIVATE", "民营或民营控股"
    FOREIGN = "FOREIGN", "外资企业"
    OTHER = "OTHER", "其他"


class BusinessMode(Choice):
    """经营方式."""

    WHOLESALE = "WHOLESALE", "批发"
    RETAIL = "RETAIL", "零售"
    RENTAL = "RENTAL", "出租"


class PublicationKind(Choice):
    """出版物种类."""

    BOOK = "BOOK", "图书"
    NEWSPAPER = "NEWSPAPER", "报纸"
    PERIODICAL = "PERIODICAL", "期刊"
    AUDIOVISUAL = "AUDIOVISUAL", "音像制品"
    ELECTRONIC = "ELECTRONIC", "电子出版物"


class PrintOperatorKind(Choice):
    """印刷经营者 is an enterprise or an individual (印刷业管理条例 art. 10)."""

    ENTERPRISE = "ENTERPRISE", "企业"
    INDIVIDUAL = "INDIVIDUAL", "个人"


class PrintCategory(Choice):
    """经营种类 (印刷业管理条例 arts. 10, 11, 15; domain 2.2)."""

    PUBLICATION_PRINT = "PUBLICATION_PRINT", "出版物印刷"
    PACKAGING_PRINT = "PACKAGING_PRINT", "包装装潢印刷品印刷"
    OTHER_PRINT = "OTHER_PRINT", "其他印刷品印刷"
    PREPRESS_BINDING = "PREPRESS_BINDING", "排版、制版、装订专项"
    COPY_TYPING = "COPY_TYPING", "复印、打印、影印"
    DIGITAL_PRINT = "DIGITAL_PRINT", "数字印刷"
    INTERNAL_PRESS = "INTERNAL_PRESS", "单位内部设立印刷厂（所）"


OPEN_TO_INDIVIDUALS = frozenset({PrintCategory.OTHER_PRINT, PrintCategory.COPY_TYPING})


class IssuingLevel(Choice):
    """发证层级."""

    PROVINCE = "PROVINCE", "省"
    CITY = "CITY", "市"
    COUNTY = "COUNTY", "县（受委托）"


class FiveSystem(Choice):
    """五项管理制度 (印刷业管理条例 arts. 5, 39)."""

    VERIFICATION = "VERIFICATION", "承印验证"
    REGISTRATION = "REGISTRATION", "承印登记"
    CUSTODY = "CUSTODY", "印刷品保管"
    DELIVERY = "DELIVERY", "印刷品交付"
    DESTRUCTION = "DESTRUCTION", "残次品销毁"


class SpecialItem(Choice):
    """Printing that asks for proof from the client (印刷业管理条例 arts. 26, 30 to 32)."""

    SECRET = "SECRET", "保密"
    TICKET = "TICKET", "票证"
    TRADEMARK = "TRADEMARK", "商标"
    RELIGIOUS = "RELIGIOUS", "宗教"


class ChangeItem(Choice):
    """变更事项."""

    NAME = "NAME", "单位名称"
    REPRESENTATIVE = "REPRESENTATIVE", "法定代表人（负责人）"
    PREMISES = "PREMISES", "经营场所"
    SCOPE = "SCOPE", "经营范围"
    NUMBER = "NUMBER", "证号"
    TERM = "TERM", "有效期"
    OTHER = "OTHER", "其他"


class VersionEvent(Choice):
    """Why a licence has a further version."""

    CHANGE = "CHANGE", "变更"
    RENEWAL = "RENEWAL", "延续"
    REISSUE = "REISSUE", "补领"


class ReissueCause(Choice):
    """补领原因 (新闻出版许可证管理办法)."""

    LOST = "LOST", "遗失"
    DAMAGED = "DAMAGED", "损毁"


class CancelGround(Choice):
    """注销事由, 行政许可法 art. 70."""

    EXPIRED = "EXPIRED", "（一）有效期届满未延续"
    INCAPABLE = "INCAPABLE", "（二）公民死亡或者丧失行为能力"
    DISSOLVED = "DISSOLVED", "（三）法人或者其他组织依法终止"
    REMOVED = "REMOVED", "（四）许可依法被撤销、撤回，或者许可证件依法被吊销"
    FORCE_MAJEURE = "FORCE_MAJEURE", "（五）因不可抗力导致许可事项无法实施"
    OTHER = "OTHER", "（六）法律、法规规定的其他情形"


class WithdrawGround(Choice):
    """撤销依据: 行政许可法 art. 69, 出版管理条例 art. 52."""

    OFFICIAL_FAULT = "OFFICIAL_FAULT", "许可法69条一款：滥用职权、超越职权、违反程序或对不具备条件者准予"
    DECEIT = "DECEIT", "许可法69条二款：以欺骗、贿赂等不正当手段取得"
    UNQUALIFIED = "UNQUALIFIED", "出版管理条例52条：不再具备条件，限期改正仍不符合"
