"""Closed vocabularies: a code that is stored and a Chinese label that is shown."""

from enum import StrEnum
from typing import Self


class Choice(StrEnum):
    """Declared as `ACTIVE = "ACTIVE", "有效"`; a further string names the tone of its tag (red, amber, green, neutral)."""

    label: str
    tone: str

    def __new__(cls, code: str, label: str, tone: str = "neutral") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.tone = tone
        return member

    @classmethod
    def of(cls, code: str) -> Self:
        """The member with that code; a code no longer known is a bug."""
        member = cls._value2member_map_[code]
        assert isinstance(member, cls)
        return member


class Role(Choice):
    """Who may perform an operation (角色); one person may hold several."""

    CLERK = "CLERK", "录入员"
    REVIEWER = "REVIEWER", "审核员"
    HEAD = "HEAD", "负责人"
    INSPECTOR = "INSPECTOR", "执法人员"
    GRID = "GRID", "网格员"
    SAFETY = "SAFETY", "安全生产科"
    ADMIN = "ADMIN", "管理员"
    AUDITOR = "AUDITOR", "审计员"
