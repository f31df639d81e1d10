"""Blank templates (空白模板): the headings of a register with drop-downs, hints and text format for identifiers."""

from pathlib import Path

from wenlv_desk.core.registry import Registry
from wenlv_desk.store.desk import Desk


def save_template(desk: Desk, registry: Registry, path: Path) -> None:
    """Write the blank workbook of a register."""
    raise NotImplementedError
