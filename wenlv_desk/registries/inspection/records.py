"""The registers of this folder, in the order of the rail and the card."""

from wenlv_desk.registries.inspection.check import (
    CHECKS,
    FINDINGS,
    PUBLICATIONS,
    REPLACEMENTS,
    CheckFinding,
    InspectionCheck,
    Publication,
    Replacement,
)
from wenlv_desk.registries.inspection.directory import (
    ABSENCES,
    RECUSALS,
    RISK_GRADINGS,
    Absence,
    Recusal,
    RiskGrading,
)
from wenlv_desk.registries.inspection.draw import DRAWS, InspectionDraw
from wenlv_desk.registries.inspection.item import (
    CHECK_POINTS,
    INSPECTION_ITEMS,
    ITEM_VERSIONS,
    CheckPoint,
    InspectionItem,
    ItemVersion,
)
from wenlv_desk.registries.inspection.task import (
    EXCLUSIONS,
    PLANS,
    STRATA,
    TASKS,
    Exclusion,
    InspectionPlan,
    InspectionTask,
    Stratum,
)

__all__ = [  # noqa: RUF022
    "CHECKS",
    "TASKS",
    "DRAWS",
    "PLANS",
    "INSPECTION_ITEMS",
    "CHECK_POINTS",
    "ITEM_VERSIONS",
    "STRATA",
    "EXCLUSIONS",
    "FINDINGS",
    "PUBLICATIONS",
    "REPLACEMENTS",
    "RISK_GRADINGS",
    "RECUSALS",
    "ABSENCES",
    "Absence",
    "CheckFinding",
    "CheckPoint",
    "Exclusion",
    "InspectionCheck",
    "InspectionDraw",
    "InspectionItem",
    "InspectionPlan",
    "InspectionTask",
    "ItemVersion",
    "Publication",
    "Recusal",
    "Replacement",
    "RiskGrading",
    "Stratum",
]
