"""What the settings say: a value (its declared default where it is empty), and what notices say of the bureau."""

from typing import Any

from wenlv_desk.registries.settings.records import SETTINGS
from wenlv_desk.store.desk import Desk


def setting_of(desk: Desk, name: str) -> Any:
    """The value of a setting by its field's name."""
    value = desk.settings.get(name)
    return SETTINGS.fields[name].default if value is None else value


def office_told(desk: Desk) -> dict[str, str]:
    """What every notice may say of the bureau, by placeholder."""
    said = {name: str(value or "") for name, value in desk.settings.items()}
    bureau = said.get("bureau_name", "")
    return {
        "本单位": bureau,
        "承办单位": said.get("handling_body") or bureau,
        "窗口地址": said.get("contact_address", ""),
        "窗口电话": said.get("contact_phone", ""),
        "办公时间": said.get("office_hours", ""),
        "年审": said.get("review_word") or "年审",
        "复议机关说明": f"{said.get('region_name') or '本级'}人民政府",
    }
