"""Write resources/pinyin/readings.txt from pypinyin, so that the program needs neither the package nor its 350 ms.

A line is the readings of a group of characters (no tones, ü as v, the usual reading first) and the characters. A further reading
is listed where pypinyin's own phrases use it: at least twice, and in 2 % of the phrases with that character; that leaves out what
only dictionaries know. Readings of places that the phrases lack are added by hand.

    python installer/pinyin/build.py
"""

from collections import Counter, defaultdict
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "resources" / "pinyin" / "readings.txt"
LEAST_PHRASES = 2
LEAST_SHARE = 0.02
# 会计 单县 六安 番禺 蔚县 莘庄 乐陵 费县 涡阳 浒墅关 荥经 铅山 枞阳 象棋的车 卜姓
BY_HAND = dict(
    zip(
        "会单六番蔚莘乐费涡浒荥铅枞车卜",
        ("kuai", "shan", "lu", "pan", "yu", "xin", "lao", "bi", "guo", "xu", "ying", "yan", "zong", "ju", "bu"),
        strict=True,
    )
)
UNKNOWN_TO_PYPINYIN = {"𠮷": "ji"}  # stands for 吉 in names


def plain(reading: str) -> str:
    """A reading without its tone, as it is typed: lǜ becomes lv, ê becomes e."""
    from pypinyin.contrib.tone_convert import to_normal

    return to_normal(reading).replace("ü", "v").replace("ê", "e")


def used_in_phrases() -> dict[str, Counter[str]]:
    """Character to how many phrases use each of its readings."""
    from pypinyin.constants import PHRASES_DICT

    used: dict[str, Counter[str]] = defaultdict(Counter)
    without_tone: dict[str, str] = {}
    for phrase, readings in PHRASES_DICT.items():
        for char, (toned, *_) in zip(phrase, readings, strict=False):
            used[char][without_tone.setdefault(toned, plain(toned))] += 1
    return used


def readings_of(char: str, used: Counter[str]) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    usual = UNKNOWN_TO_PYPINYIN.get(char) or lazy_pinyin(char)[0].replace("ê", "e")
    least = max(LEAST_PHRASES, LEAST_SHARE * used.total())
    others = [reading for reading, count in used.most_common() if count >= least]
    return tuple(dict.fromkeys((usual, *others, *filter(None, [BY_HAND.get(char)]))))


def table() -> str:
    """The whole file as text."""
    from pypinyin.constants import PINYIN_DICT

    used = used_in_phrases()
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for char in sorted({*map(chr, PINYIN_DICT), *UNKNOWN_TO_PYPINYIN}):
        groups[readings_of(char, used[char])].append(char)
    return "".join(f"{','.join(readings)} {''.join(chars)}\n" for readings, chars in sorted(groups.items()))


if __name__ == "__main__":
    TARGET.write_text(table(), encoding="utf-8")
