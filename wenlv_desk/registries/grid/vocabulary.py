"""The closed vocabularies of grids (网格; domain 6)."""

from wenlv_desk.core.choices import Choice


class GridKind(Choice):
    """网格类型: A-grade scenic areas (A级景区) stand in grids under leaders of their own."""

    ORDINARY = "ORDINARY", "普通网格"
    EXCLUSIVE = "EXCLUSIVE", "专属网格"


class GridState(Choice):
    """Whether a grid is still used; a closed one keeps its history."""

    ACTIVE = "ACTIVE", "在用", "green"
    CLOSED = "CLOSED", "已撤销"


class PatrolCycle(Choice):
    """巡查频次要求: at least one visit to every firm of the grid in each span."""

    DAILY = "DAILY", "每日"
    WEEKLY = "WEEKLY", "每周"
    HALF_MONTHLY = "HALF_MONTHLY", "每半月"
    MONTHLY = "MONTHLY", "每月"
    QUARTERLY = "QUARTERLY", "每季"


class Load(Choice):
    """负荷: how many firms an officer answers for, against the bureau's settings."""

    NONE = "NONE", "无企业", "amber"
    FIT = "FIT", "合适", "green"
    OVER = "OVER", "超负荷", "red"
