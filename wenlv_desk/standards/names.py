"""Names of firms and persons made comparable: width, blanks, brackets, dots; and how alike two firm names are.

What is compared is never what is stored or printed: a name stays as its owner writes it.
"""

import re
import unicodedata
from collections import Counter

from wenlv_desk.standards.typed import BLANK_OR_INVISIBLE, INVISIBLE

COMPOUND_SURNAMES = frozenset(
    re.findall(
        "..",
        "欧阳司马上官诸葛东方独孤南宫万俟闻人夏侯赫连皇甫尉迟公羊澹台公冶宗政濮阳淳于单于太叔申屠公孙仲孙轩辕令狐"
        "钟离宇文长孙慕容鲜于闾丘司徒司空亓官司寇拓跋端木百里呼延东郭南门羊舌微生第五西门左丘漆雕公西颛孙壤驷东野"
        "纳兰完颜耶律叶赫即墨",
    )
)

DOT = "·"  # U+00B7, between the parts of names of some nationalities
_DOTS = "•‧∙⋅・･ꞏ᛫●▪"
_BRACKETS = str.maketrans("[]{}〔〕【】〖〗《》〈〉「」『』", "()" * 9)
_SAME_TABLE: dict[str, str | None] = {
    **dict.fromkeys(_DOTS, DOT),
    **dict.fromkeys("‐‑‒–—―−﹣", "-"),
    **dict.fromkeys("\"'“”‘’`", None),
}
_SAME = str.maketrans(_SAME_TABLE)
_NO_BRACKETS = str.maketrans("", "", "()")
_WIDE = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"\u3000": " "})
_PERSON_DOTS = str.maketrans(dict.fromkeys(_DOTS + ".", DOT))

_PROVINCES = (
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 "
    "黑龙江 内蒙古 广西 西藏 宁夏 新疆 香港 澳门"
)
_PROVINCE = re.compile(
    f"^(?:{'|'.join(_PROVINCES.split())})(?:省|市|自治区|壮族自治区|回族自治区|维吾尔自治区)?(?=.{{4}})"
)
_REMARK = re.compile(r"\((?:集团|(?:特殊)?普通合伙|有限合伙|个体工商户|个人独资(?:企业)?|(?:原|曾用名)[^()]*)\)")
_FORM = re.compile(
    r"(?:股份有限公司|有限责任公司|有限公司|股份公司|个人独资企业|(?:普通|有限)合伙|集团|总公司|(?<!分)公司)+$"
)
_LEVEL = re.compile(r"(?<=..)[省市县区](?=.{2})")
_NUMERALS = re.compile(r"[0-9一二三四五六七八九十百]+")
_BRANCH = re.compile(r"分公司|分店|分社|分厂|门市部|营业部|服务网点|办事处")


def normal_name(text: str) -> str:
    """A name for comparing: half width, upper case, one form of brackets, dots and dashes, no blanks or quotes."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text.translate(_SAME))
    bare = BLANK_OR_INVISIBLE.sub("", plain.translate(_SAME).translate(_BRACKETS)).upper()
    # What was taken out may have kept a letter and its accent apart.
    return bare if unicodedata.is_normalized("NFKC", bare) else normal_name(bare)


def firm_key(name: str) -> str:
    """What sets a firm apart: its normal name without province, 市/县/区, remarks in brackets and legal form; never empty.

    海阳市新华书店有限公司, 山东海阳新华书店 and 山东省海阳市新华书店有限责任公司 share one key.
    """
    normal = normal_name(name)
    bare = _FORM.sub("", _REMARK.sub("", normal)).translate(_NO_BRACKETS)
    return _LEVEL.sub("", _PROVINCE.sub("", bare)) or normal


def firm_similarity(first: str, second: str) -> float:
    """From 0.0 (nothing in common) to 1.0 (equal after normalising); from 0.65 somebody should look.

    Equal keys give 0.97. Otherwise the shared pairs of neighbouring characters of the keys (Dice), less when the
    numerals differ (第一门市部, 第二门市部) or when only one is a branch.
    """
    normal_first, normal_second = normal_name(first), normal_name(second)
    if normal_first == normal_second:
        return 1.0 if normal_first else 0.0
    key_first, key_second = firm_key(first), firm_key(second)
    if _NUMERALS.findall(normal_first) != _NUMERALS.findall(normal_second):
        factor = 0.75
    else:
        factor = 1.0 if bool(_BRANCH.search(normal_first)) == bool(_BRANCH.search(normal_second)) else 0.75
    return factor * (0.97 if key_first == key_second else 0.97 * _dice(key_first, key_second))


def _dice(first: str, second: str) -> float:
    pairs_first, pairs_second = _pairs(first), _pairs(second)
    total = pairs_first.total() + pairs_second.total()
    return 2 * (pairs_first & pairs_second).total() / total if total else 0.0


def _pairs(text: str) -> Counter[str]:
    """Neighbouring characters, the first and the last counted with the edge so that short names still compare."""
    edged = f"^{text}$"
    return Counter(edged[index : index + 2] for index in range(len(edged) - 1))


def normal_person_name(text: str) -> str:
    """A person's name as it is stored: no blanks inside Chinese (张 三), one dot (买买提·艾力), half-width Latin.

    Characters themselves are never replaced, so a rare or compatibility character stays what the household register has.
    """
    plain = " ".join(INVISIBLE.sub("", text.translate(_WIDE)).split())
    if plain.isascii():
        return plain
    return plain.replace(" ", "").translate(_PERSON_DOTS).strip(DOT)
