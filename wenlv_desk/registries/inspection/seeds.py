"""种子: digits from a source that nobody at the desk controls, typed twice (domain 4.6 no. 4)."""

import re

from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.inspection.vocabulary import SeedSource
from wenlv_desk.standards.typed import typed_text

LEAST = {SeedSource.DICE: 20, SeedSource.BALLS: 12, SeedSource.LOTTERY: 6}  # 52, 40 and at least 20 bits
MOST = 200
_ALLOWED = {
    SeedSource.DICE: re.compile("[1-6]"),
    SeedSource.BALLS: re.compile("[0-9]"),
    SeedSource.LOTTERY: re.compile("[0-9]"),
}
_BETWEEN = re.compile(r"[\s,，、;；:：.+＋|/\-—_]+")
HOW = {
    SeedSource.DICE: "至少掷 20 次，每次 1 到 6，按先后写下",
    SeedSource.BALLS: "至少摇 12 次，每次 0 到 9，放回再摇，按先后写下",
    SeedSource.LOTTERY: "照公告的开奖号码从左到右写，公告写两位的写两位（如 03），共至少 6 个数字",
}


def digits_in(text: str) -> str:
    """What was typed, without what may stand between the digits."""
    return _BETWEEN.sub("", typed_text(text))


def wrong_place(source: SeedSource, digits: str) -> int | None:
    """The place, from 0, of the first character that the source cannot give."""
    allowed = _ALLOWED[source]
    return next((at for at, char in enumerate(digits) if not (char.isascii() and allowed.fullmatch(char))), None)


def read_digits(source: SeedSource, text: str) -> str:
    """The digits as typed, without what stands between them. Raises UserError that names the place and the remedy."""
    digits = digits_in(text)
    if (at := wrong_place(source, digits)) is not None:
        raise UserError(f"种子第 {at + 1} 位“{digits[at]}”不对：{source.label}，{HOW[source]}，请对照原始记录改正")
    if len(digits) < LEAST[source]:
        raise UserError(f"种子只有 {len(digits)} 位，太短：{HOW[source]}")
    if len(digits) > MOST:
        raise UserError(f"种子有 {len(digits)} 位，最多 {MOST} 位，请核对是否重复粘贴")
    return digits


def agreed(source: SeedSource, first: str, second: str) -> str:
    """The seed, typed twice the same. Raises UserError that says where the two differ."""
    one, two = read_digits(source, first), read_digits(source, second)
    if one == two:
        return one
    for place, (a, b) in enumerate(zip(one, two, strict=False), 1):
        if a != b:
            raise UserError(f"两遍输入不一致：第 {place} 位第一遍是 {a}，第二遍是 {b}。没有录入，请对照原始记录重输")
    raise UserError(f"两遍输入不一致：第一遍 {len(one)} 位，第二遍 {len(two)} 位。没有录入，请对照原始记录重输")
