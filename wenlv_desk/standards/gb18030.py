"""GB 18030-2022 where Python's codec still follows the edition of 2000: 19 pairs of code points have changed places.

The 2022 edition gives ḿ, eight components of characters (龴 to 龻) and ten vertical punctuation marks the two-byte codes that
had stood for characters of the private use area; those took over the four-byte codes.
"""

import re

# Two-byte code, character of the 2022 edition, private character that Python still gives for it.
_MOVED = (
    ("A8BC", "\u1e3f", "\ue7c7"),
    ("FE59", "\u9fb4", "\ue81e"),
    ("FE61", "\u9fb5", "\ue826"),
    ("FE66", "\u9fb6", "\ue82b"),
    ("FE67", "\u9fb7", "\ue82c"),
    ("FE6D", "\u9fb8", "\ue832"),
    ("FE7E", "\u9fb9", "\ue843"),
    ("FE90", "\u9fba", "\ue854"),
    ("FEA0", "\u9fbb", "\ue864"),
    ("A6D9", "\ufe10", "\ue78d"),
    ("A6DA", "\ufe12", "\ue78e"),
    ("A6DB", "\ufe11", "\ue78f"),
    ("A6DC", "\ufe13", "\ue790"),
    ("A6DD", "\ufe14", "\ue791"),
    ("A6DE", "\ufe15", "\ue792"),
    ("A6DF", "\ufe16", "\ue793"),
    ("A6EC", "\ufe17", "\ue794"),
    ("A6ED", "\ufe18", "\ue795"),
    ("A6F3", "\ufe19", "\ue796"),
)
# A later Python may have taken the new edition over: only what its codec still gets wrong is exchanged.
_STALE = [(new, old) for code, new, old in _MOVED if bytes.fromhex(code).decode("gb18030") == old]
_EXCHANGE = str.maketrans({one: other for new, old in _STALE for one, other in ((new, old), (old, new))})
_MOVED_CHARACTER = re.compile(f"[{''.join(map(chr, _EXCHANGE))}]") if _EXCHANGE else re.compile("(?!)")


def decode(data: bytes) -> str:
    """Text of GB 18030-2022 (and so of GBK and GB 2312); UnicodeDecodeError names the first bad byte."""
    return _exchanged(data.decode("gb18030"))


def encode(text: str) -> bytes:
    """Bytes of GB 18030-2022; every character but lone surrogates has a code."""
    return _exchanged(text).encode("gb18030")


def _exchanged(text: str) -> str:
    """Most texts hold none of the characters that moved: looking is twenty times faster than translating."""
    return text.translate(_EXCHANGE) if _MOVED_CHARACTER.search(text) else text
