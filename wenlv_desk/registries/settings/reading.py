"""A setting's value; one that was left empty, or came with a newer program, has its declared default."""

from typing import Any

from wenlv_desk.registries.settings.records import SETTINGS
from wenlv_desk.store.desk import Desk


def setting_of(desk: Desk, name: str) -> Any:
    """The value of a setting by its field's name."""
    value = desk.settings.get(name)
    return SETTINGS.fields[name].default if value is None else value
