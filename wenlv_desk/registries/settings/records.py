"""设置 (settings): what differs between places is written here, not in the program (domain 12); and the category list (6.3)."""

from datetime import date

from sqlalchemy.orm import Mapped

from wenlv_desk.core.fields import Search, field
from wenlv_desk.core.kinds import Day, OneOf, Text
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Duplicate, Registry, Section
from wenlv_desk.core.trade_kinds import CreditCode, Phones
from wenlv_desk.registries.grid.vocabulary import PatrolCycle
from wenlv_desk.registries.settings import rules
from wenlv_desk.standards.licence_number import PRINTING_PATTERN, PUBLICATION_PATTERN


class BureauSettings(Record):
    """The one row of settings. Who issues, who handles and who supervises are three facts (domain 0.2)."""

    __tablename__ = "bureau_settings"

    bureau_name: Mapped[str] = field("本单位名称", kind=Text(64), help="如：某某市文化和旅游局")
    region_name: Mapped[str | None] = field("行政区划名称", kind=Text(32))
    division_code: Mapped[str | None] = field("行政区划代码", kind=Text(12), help="GB/T 2260 六位代码")
    publication_issuer: Mapped[str | None] = field(
        "出版物许可发证机关", kind=Text(64), help="照证上发证机关的全称，如：某某市新闻出版局"
    )
    publication_issuer_code: Mapped[str | None] = field("出版物发证机关代码", kind=CreditCode())
    printing_issuer: Mapped[str | None] = field("印刷许可发证机关", kind=Text(64))
    printing_issuer_code: Mapped[str | None] = field("印刷发证机关代码", kind=CreditCode())
    handling_body: Mapped[str | None] = field("承办单位", kind=Text(64), help="收件、审查、登记的单位")
    handling_body_code: Mapped[str | None] = field("承办单位代码", kind=CreditCode())
    supervising_body: Mapped[str | None] = field("监管单位", kind=Text(64), help="日常检查的单位")
    supervising_body_code: Mapped[str | None] = field("监管单位代码", kind=CreditCode())
    document_code: Mapped[str | None] = field("发文机关代字", kind=Text(16), help="如：×文旅，用于文号")
    contact_phone: Mapped[str | None] = field("窗口电话", kind=Phones())
    contact_address: Mapped[str | None] = field("窗口地址")
    office_hours: Mapped[str | None] = field("办公时间", kind=Text(64), default="8:30-11:30，13:30-17:00")
    closing_time: Mapped[str | None] = field(
        "当日收件截止", kind=Text(5), default="17:00", help="此后收件，从下一工作日起算"
    )
    publication_number_pattern: Mapped[str | None] = field(
        "出版物许可证编号式样",
        default=PUBLICATION_PATTERN,
        help="证号写法的规则（正则表达式），一般不用改；不符只提醒，不拒绝",
    )
    printing_number_pattern: Mapped[str | None] = field(
        "印刷许可证编号式样",
        default=PRINTING_PATTERN,
        help="证号写法的规则（正则表达式），一般不用改；不符只提醒，不拒绝",
    )
    publication_term_years: Mapped[int | None] = field("出版物许可有效年数", help="核发时的默认值，空白为不设默认")
    printing_term_years: Mapped[int | None] = field("印刷许可有效年数", help="核发时的默认值，空白为不设默认")
    common_end_date: Mapped[date | None] = field("统一截止日", kind=Day(), help="本地许可证统一到期的日子，没有则空白")
    renewal_days: Mapped[int | None] = field("延续提前天数", default=30, help="到期前多少天内申请的提醒（许可法50条）")
    draw_published_only: Mapped[bool | None] = field(
        "只抽已公布的事项", default=True, help="国办发〔2015〕58号：清单之外无检查"
    )
    draw_cooldown_months: Mapped[int | None] = field(
        "随机抽查间隔月数", help="同一事项抽过后几个月内不再抽；空白为不限"
    )
    checks_per_year: Mapped[int | None] = field(
        "每户每年检查上限", default=2, help="抽取和录入检查结果时核对；事项另有上限的按事项"
    )
    notice_required: Mapped[bool | None] = field("检查前须出具通知书", default=True)
    spare_grid_officer: Mapped[bool | None] = field("网格员回避所包保的单位", default=True)
    publish_within_days: Mapped[int | None] = field("检查结果公示时限（工作日）", default=20, help="自检查结束之日起")
    publish_channels: Mapped[str | None] = field(
        "公示渠道", kind=Text(255, size=24), default="政府门户网站、国家企业信用信息公示系统"
    )
    show_certificates: Mapped[bool | None] = field("公示表列执法证号", default=False)
    separate_publisher: Mapped[bool | None] = field("录入和公示审核须为两人", default=True)
    rectify_in_working_days: Mapped[bool | None] = field("整改期限按工作日", default=False, help="否则按自然日")
    recheck_by_two: Mapped[bool | None] = field("整改复查须两名执法人员", default=True)
    grid_target: Mapped[int | None] = field("每名网格员包保企业数", default=2, help="划分建议按此平衡")
    grid_most: Mapped[int | None] = field("包保企业超过几家提醒", default=3)
    fire_season_from: Mapped[str | None] = field(
        "防火期起", kind=Text(5), default="11-01", help="月-日；当地有规定的按规定改"
    )
    fire_season_to: Mapped[str | None] = field("防火期止", kind=Text(5), default="05-31", help="月-日")
    high_risk_from: Mapped[str | None] = field(
        "高火险期起", kind=Text(5), default="03-01", help="月-日；护林防火责任状里写明"
    )
    high_risk_to: Mapped[str | None] = field("高火险期止", kind=Text(5), default="04-30", help="月-日")
    fire_season_cycle: Mapped[PatrolCycle | None] = field(
        "防火期景区巡查频次", kind=OneOf(PatrolCycle), default=PatrolCycle.WEEKLY, help="A级景区在防火期内按此巡查"
    )
    pledge_needs_scan: Mapped[bool | None] = field("责任状生效须有扫描件", default=True)
    pledge_duplex: Mapped[bool | None] = field("责任状双面打印", default=True, help="每份从正面开始，单数页的背面留白")
    review_word: Mapped[str | None] = field("年审的叫法", kind=Text(16), default="年审", help="年审、年检或年度核验")


SETTINGS = Registry(
    record=BureauSettings,
    title="设置",
    unit="份",
    named_by="bureau_name",
    identity=(("bureau_name",),),
    columns=("bureau_name", "region_name", "publication_issuer", "printing_issuer"),
    sections=(
        Section(
            "本单位",
            ("bureau_name", "region_name", "division_code", "document_code", "contact_phone", "contact_address"),
        ),
        Section(
            "三个主体",
            (
                "publication_issuer",
                "publication_issuer_code",
                "printing_issuer",
                "printing_issuer_code",
                "handling_body",
                "handling_body_code",
                "supervising_body",
                "supervising_body_code",
            ),
        ),
        Section("窗口", ("office_hours", "closing_time", "review_word")),
        Section(
            "双随机",
            (
                "draw_published_only",
                "draw_cooldown_months",
                "checks_per_year",
                "notice_required",
                "spare_grid_officer",
                "publish_within_days",
                "publish_channels",
                "show_certificates",
                "separate_publisher",
            ),
        ),
        Section("限期整改", ("rectify_in_working_days", "recheck_by_two")),
        Section(
            "网格和责任状",
            (
                "grid_target",
                "grid_most",
                "fire_season_from",
                "fire_season_to",
                "high_risk_from",
                "high_risk_to",
                "fire_season_cycle",
                "pledge_needs_scan",
                "pledge_duplex",
            ),
        ),
        Section("证号式样（只提醒）", ("publication_number_pattern", "printing_number_pattern")),
        Section("期限", ("publication_term_years", "printing_term_years", "common_end_date", "renewal_days")),
    ),
    rules=(
        rules.patterns_are_patterns,
        rules.numbers_make_sense,
        rules.closing_time_is_a_time,
        rules.season_days_are_days,
    ),
    single=True,
    icon="settings",
    empty_hint="还没有填写本单位信息。",
)


class Category(Record):
    """One kind of supervised unit; the code is what records store."""

    __tablename__ = "category"

    code: Mapped[str] = field("代码", kind=Text(32), initial=True, help="登记后不再改，名称和顺序可以改")
    label: Mapped[str] = field("名称", kind=Text(32), search=Search.NAME, aliases=("类别", "类别名称"))
    aliases: Mapped[str | None] = field(
        "别名", kind=Text(255, size=30), help="台账里的其他叫法，多个用“、”隔开；导入时据此对应"
    )
    position: Mapped[int | None] = field("顺序", aliases=("序号",))
    core_document: Mapped[str | None] = field("核心证照", kind=Text(64))
    ours: Mapped[bool | None] = field("由本单位监管", default=True)


CATEGORIES = Registry(
    record=Category,
    title="经营类别",
    unit="类",
    named_by="label",
    code="code",
    identity=(("code",),),
    columns=("position", "code", "label", "aliases", "core_document", "ours"),
    sections=(Section("类别", ("code", "label", "aliases", "position", "core_document", "ours")),),
    rules=(rules.codes_are_plain, rules.labels_are_single),
    duplicates=Duplicate(same=("code", "label")),
    mergeable=False,
    rail=False,
    empty_hint="还没有经营类别。",
)
