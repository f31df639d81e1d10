"""The registers of this folder, in the order of the card."""

from wenlv_desk.registries.rectification.rectification import (
    DEADLINES,
    RECHECKS,
    RECTIFICATIONS,
    Deadline,
    Recheck,
    Rectification,
)

__all__ = ["DEADLINES", "RECHECKS", "RECTIFICATIONS", "Deadline", "Recheck", "Rectification"]
