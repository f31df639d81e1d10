"""Masks for personal data (个人信息保护法 art. 6, minimum scope): what lists, exports and public copies show."""

import re

from wenlv_desk.standards.names import COMPOUND_SURNAMES

_MOBILE = re.compile(r"(?<!\d)((?:86)?1\d{2})\d{4}(\d{4})(?!\d)", re.ASCII)
_LANDLINE = re.compile(r"(?<![\d-])((?:0\d{2,3}-?)?[2-9]\d{2,3})\d{4}((?:-\d{1,6})?)(?![\d-])", re.ASCII)
_SERVICE = re.compile(r"[48]00-?\d{3}-?\d{4}", re.ASCII)
_LONG = re.compile(r"\d{6,}(?![\d*])", re.ASCII)


def mask_citizen_number(shown: str) -> str:
    """370687199001010010 as 370***********0010; of another document the first and last two characters stay."""
    if len(shown) in (15, 18):
        tail = 4 if len(shown) == 18 else 3
        return f"{shown[:3]}{'*' * (len(shown) - 3 - tail)}{shown[-tail:]}"
    if len(shown) <= 4:
        return "*" * len(shown)
    return f"{shown[:2]}{'*' * (len(shown) - 4)}{shown[-2:]}"


def mask_phones(shown: str) -> str:
    """138****8000 for every number of the text joined by 、, 0535-668**** for landlines; 12345 and 400 numbers are public."""
    return "、".join(part if _SERVICE.fullmatch(part) else _mask_phone(part) for part in shown.split("、"))


def _mask_phone(shown: str) -> str:
    masked = _LANDLINE.sub(_hide_end, _MOBILE.sub(r"\1****\2", shown))
    # A number of another shape (mistyped, abroad) is somebody's too.
    return _LONG.sub(lambda found: found[0][:3] + "*" * (len(found[0]) - 3), masked)


def _hide_end(found: re.Match[str]) -> str:
    return f"{found[1]}****" + re.sub(r"\d{1,6}", "****", found[2])


def mask_name(shown: str) -> str:
    """张三 as 张*, 欧阳修 as 欧阳*, 张三丰 as 张**; a single character stays."""
    name = shown.strip()
    keep = 2 if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else 1
    return name[:keep] + "*" * (len(name) - keep)
