"""Rows that were not imported, saved as a workbook with the reason of each, ready to correct and import again."""

from pathlib import Path

from wenlv_desk.ledger.model import Plan


def save_rejected(plan: Plan, path: Path) -> int:
    """Write the rejected, doubtful and skipped rows with their original cells; returns how many (no file for 0)."""
    raise NotImplementedError
