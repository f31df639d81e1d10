"""Unified social credit code (统一社会信用代码, GB 32100-2015) and organisation code (组织机构代码, GB 11714-1997).

A failing check digit warns and never refuses: codes with one have been published by the registers themselves.
"""

import re
from operator import mul

from wenlv_desk.standards.finding import Reading, Severity
from wenlv_desk.standards.registration_number import check_problem, is_registration_number
from wenlv_desk.standards.typed import LOST_DIGITS, lost_digits, typed_text, zeroed_tail

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I O S V Z
LENGTH = 18

_VALUE = {char: value for value, char in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, position, 31) for position in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_SHAPE = re.compile(rf"[1-9ANY][1-9A][0-9]{{6}}[{ALPHABET}]{{10}}", re.ASCII)
_ALNUM = re.compile(r"[0-9A-Z]+", re.ASCII)
_DASHES = str.maketrans("", "", "-‐‑‒–—−·'\"")
_LOOKALIKE = str.maketrans("IOSVZ", "105U2")

# First character: who registers; second: what is registered (GB 32100-2015 table 1 and its later additions).
_DEPARTMENTS = {
    "1": ("机构编制", {"1": "机关", "2": "事业单位", "3": "群众团体"}),
    "2": ("外交", {}),
    "3": (
        "司法行政",
        {"1": "律师执业机构", "2": "公证处", "3": "基层法律服务所", "4": "司法鉴定机构", "5": "仲裁委员会"},
    ),
    "4": ("文化", {"1": "外国在华文化中心"}),
    "5": ("民政", {"1": "社会团体", "2": "民办非企业单位", "3": "基金会"}),
    "6": ("旅游", {"1": "外国旅游部门常驻代表机构", "2": "港澳台旅游部门常驻代表机构"}),
    "7": ("宗教", {"1": "宗教活动场所", "2": "宗教院校"}),
    "8": ("工会", {"1": "基层工会"}),
    "9": ("市场监督管理", {"1": "企业", "2": "个体工商户", "3": "农民专业合作社"}),
    "A": ("中央军委改革和编制办公室", {"1": "军队事业单位"}),
    "N": ("农业农村", {"1": "组级集体经济组织", "2": "村级集体经济组织", "3": "乡镇级集体经济组织"}),
    "Y": ("其他", {}),
}


def check_character(body: str) -> str:
    """The 18th character for the first 17; KeyError when one is outside `ALPHABET`."""
    return ALPHABET[-sum(map(mul, map(_VALUE.__getitem__, body), _WEIGHTS)) % 31]


def complete_code(body: str) -> str:
    """A valid code from its first 17 characters; ValueError when they cannot begin one."""
    if not _SHAPE.fullmatch(f"{body}0"):
        raise ValueError(f"{body!r} is not the first 17 characters of a credit code")
    return body + check_character(body)


def organisation_check_character(body: str) -> str:
    """The 9th character of an organisation code for its first 8 (GB 11714: digits and letters, A=10 to Z=35)."""
    remainder = 11 - sum(int(char, 36) * weight for char, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)) % 11
    return "X" if remainder == 10 else str(remainder % 11)


def is_organisation_code(code: str) -> bool:
    """Whether the nine characters end in their own check character."""
    return len(code) == 9 and _ALNUM.fullmatch(code) is not None and organisation_check_character(code[:8]) == code[8]


def holder_kind(code: str) -> str | None:
    """What the first two characters say is registered (企业、个体工商户、事业单位…), None when they say nothing."""
    department = _DEPARTMENTS.get(code[:1])
    return department[1].get(code[1:2]) if department else None


def kind_problem(code: str, stated: str) -> str | None:
    """Advisory: the code belongs to another kind of holder (主体类型) than the one stated; None when they may agree."""
    kind = holder_kind(code)
    stated = stated.strip()
    if kind is None or not stated or stated == "其他" or kind.startswith(stated[:2]) or stated.startswith(kind[:2]):
        return None
    return f"主体类型填的是“{stated}”，但信用代码以 {code[:2]} 开头，登记的是{kind}，请核对"


def is_sound_code(text: str) -> bool:
    """Whether `read_credit_code` has nothing to say about a text and gives it back as it is."""
    return _SHAPE.fullmatch(text) is not None and check_character(text[:17]) == text[17] and not zeroed_tail(text)


def read_credit_code(raw: object) -> Reading[str]:
    """18 characters in upper case; blanks and hyphens removed. Old registration numbers are kept and named as such."""
    if isinstance(raw, str) and _SHAPE.fullmatch(raw):
        text = raw
    else:
        typed = typed_text(raw)
        text = typed.upper().translate(_DASHES)
        if lost_digits(raw, typed) or lost_digits(raw, text):  # -5e-324 without its hyphens is 5E324
            return Reading(None, f"“{typed}”：{LOST_DIGITS}", Severity.DOUBT)
        if not text:
            return Reading(None)
        if not _SHAPE.fullmatch(text):
            return _misshapen(text)
    expected = check_character(text[:17])
    if text[17] == expected:
        if zeroed_tail(text) and not is_organisation_code(text[8:17]):
            return Reading(text, "末三位都是 0，可能被表格改过，请对照执照核对", Severity.WARN, 15)
        return Reading(text)
    if zeroed_tail(text):
        return Reading(None, f"末三位都是 0 且校验不符：{LOST_DIGITS}", Severity.DOUBT, 15)
    return _failing(text, expected)


def _failing(text: str, expected: str) -> Reading[str]:
    """The last character is not the one that fits; a small l typed for 1 is seen when it explains that."""
    ones = text.replace("L", "1")
    if ones != text and check_character(ones[:17]) == ones[17] and is_organisation_code(ones[8:17]):
        position = text.index("L")
        problem = f"第 18 位校验码不符；第 {position + 1} 位的字母 L 是否应为数字 1，即 {ones}"
        return Reading(text, problem, Severity.WARN, position, (ones,))
    return Reading(text, _check_problem(text, expected), Severity.WARN, 17, (text[:17] + expected,))


def _check_problem(text: str, expected: str) -> str:
    problem = f"第 18 位校验码应为 {expected}，现为 {text[17]}"
    if not is_organisation_code(text[8:17]):
        return f"{problem}；第 9 至 17 位的主体标识码也不符合自身校验，错字多半在这一段，请对照执照核对"
    return f"{problem}，请对照执照核对第 1 至 8 位和第 18 位"


def _misshapen(text: str) -> Reading[str]:
    if not _ALNUM.fullmatch(text):
        position = next(index for index, char in enumerate(text) if not _ALNUM.fullmatch(char))
        return Reading(None, f"“{text}”含有“{text[position]}”，不是信用代码", Severity.REJECT, position)
    if is_registration_number(text):
        problem = check_problem(text)
        remark = f"这是 {len(text)} 位旧注册号，不是 18 位统一社会信用代码，请向经营者索取新代码"
        return Reading(text, f"{remark}；{problem}" if problem else remark, Severity.WARN)
    if len(text) > LENGTH:
        return Reading(None, f"信用代码应为 18 位，现有 {len(text)} 位，多 {len(text) - LENGTH} 位", Severity.REJECT)
    if len(text) < LENGTH:
        return Reading(text, _short_problem(text), Severity.WARN)
    return _wrong_character(text)


def _short_problem(text: str) -> str:
    if is_organisation_code(text):
        return "这是 9 位组织机构代码，不是 18 位统一社会信用代码，请向经营者索取新代码"
    if len(text) == 15 and is_organisation_code(text[6:]):
        return "这是 15 位旧税务登记号，不是 18 位统一社会信用代码，请向经营者索取新代码"
    return f"信用代码应为 18 位，现有 {len(text)} 位，少 {LENGTH - len(text)} 位，请对照执照核对"


def _wrong_character(text: str) -> Reading[str]:
    """18 letters and digits, one of which cannot stand where it stands."""
    position, rule = _first_offence(text)
    better = text.translate(_LOOKALIKE)
    suggestions = (better,) if better != text and not read_credit_code(better).problem else ()
    problem = f"第 {position + 1} 位“{text[position]}”有误：{rule}"
    if suggestions:
        problem += f"，是否为 {better}"
    return Reading(text, problem, Severity.DOUBT, position, suggestions)


def _first_offence(text: str) -> tuple[int, str]:
    for position, char in enumerate(text):
        if char not in _VALUE:
            return position, "信用代码不用字母 I、O、S、V、Z"
        if 2 <= position < 8 and not char.isdigit():
            return position, "第 3 至 8 位是行政区划代码，只能是数字"
    if text[0] not in _DEPARTMENTS:
        return 0, "第 1 位是登记管理部门，只能是 1 至 9、A、N、Y"
    return 1, "第 2 位是机构类别，只能是 1 至 9 或 A"
