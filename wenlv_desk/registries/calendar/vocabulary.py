"""The closed vocabularies of the working-day calendar."""

from wenlv_desk.core.choices import Choice


class DayKind(Choice):
    """What a day is that its weekday does not say."""

    OFF = "OFF", "放假", "green"
    WORKED = "WORKED", "调休上班", "amber"


class YearStanding(Choice):
    """Whether limits over a year are counted or estimated."""

    KNOWN = "KNOWN", "已录全", "green"
    SHIPPED = "SHIPPED", "程序自带", "green"
    UNDER_WAY = "UNDER_WAY", "未录全", "amber"
