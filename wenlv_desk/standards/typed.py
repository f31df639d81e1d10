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
        return BLANK_OR_INVISIBLE.sub("", unicodedata.normalize("NFKC", raw))
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    return str(raw)
