"""Text as it was typed or stands in a cell, made comparable: half width (NFKC), no blanks, no invisible marks."""

import re
import unicodedata

# Soft hyphen, zero-width marks, byte order mark and direction marks come along when text is copied from the web.
INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
BLANK_OR_INVISIBLE = re.compile(f"(?:\\s|{INVISIBLE.pattern})+")


def typed_text(raw: object) -> str:
    """A cell as half-width text without any blank: None is "", 15.0 is "15", a float keeps what Python shows of it."""
    if isinstance(raw, str):
        if raw.isascii() and raw.isalnum():
            return raw
        text = BLANK_OR_INVISIBLE.sub("", unicodedata.normalize("NFKC", raw))
        # What was taken out may have kept a letter and its accent apart.
        return text if unicodedata.is_normalized("NFKC", text) else typed_text(text)
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    return str(raw)


# What a spreadsheet shows of a long number it took for a quantity: 3.70687E+17, or 3.70687e17 in a CSV.
SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E[-+]?\d{1,3}", re.ASCII | re.IGNORECASE)
LOST_DIGITS = "表格把号码存成了数字，第 15 位以后已经丢失，请按原件重新录入"


def lost_digits(raw: object, text: str) -> bool:
    """Whether an identifier of more than 15 digits went through a spreadsheet's number, which keeps 15."""
    return (isinstance(raw, float) and abs(raw) >= 1e15) or SCIENTIFIC.fullmatch(text) is not None


def zeroed_tail(text: str) -> bool:
    """Whether 18 digits end in 000, as a spreadsheet leaves them (one genuine number in a thousand does too)."""
    return text.endswith("000") and text.isdigit()
