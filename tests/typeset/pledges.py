"""A pledge as the tests of this package fill it, and what stands where on its sheets."""

from collections.abc import Mapping

from wenlv_desk.typeset.ink import ASCENT, Sheet
from wenlv_desk.typeset.pledge import CODE, Party, Pledge, fill_pledge
from wenlv_desk.typeset.wording import Value, shipped, shipped_codes

KINDS = tuple(code for code in shipped_codes() if code.startswith(CODE))
BUREAU, FIRM = "青屿市文化和旅游局", "青屿市望海山风景名胜区管理服务有限公司"
VALUES = {
    "年度": "2026",
    "责任状编号": "HLFH-2026-0003",
    "甲方": BUREAU,
    "乙方": FIRM,
    "责任区域": "望海山景区林地及周边，东至环山路，西至水库大坝，南至游客中心，北至山脊线",
    "期限起": "2026年11月1日",
    "期限止": "2027年5月31日",
    "防火期": "2026年11月1日至2027年5月31日",
    "高火险期": "2027年3月1日至4月30日",
    "网格编号": "WG-07",
    "网格员": "周宁",
    "份数": "两",
}
PATTERN = "HLFH-2026-0003|{page}/{pages}|{copy}|a1b2c3d4e5f6"

Box = tuple[float, float, float, float]


def pledge(kind: str = "pledge_forest_fire", *, code: str = PATTERN, **values: Value) -> Pledge:
    """A shipped kind, filled; `values` take the place of the usual ones."""
    return pledge_of(shipped(kind), {**VALUES, **values}, code)


def pledge_of(text: str, values: Mapping[str, Value] = VALUES, code: str = PATTERN) -> Pledge:
    """A wording, filled."""
    firm = values["乙方"]
    assert isinstance(firm, str)
    other = Party(firm, "王㼆", "总经理", "13800138000")
    return Pledge("HLFH-2026-0003", fill_pledge(text, values), Party(BUREAU, "林晓", "副局长"), other, code)


def boxes(sheet: Sheet) -> list[Box]:
    """Left, top, right and bottom of every line of writing, in points; generous by a half character at the right."""
    return [
        (text.x, text.y - ASCENT * text.size, text.x + (len(text.text) + 0.5) * text.size, text.y + 0.2 * text.size)
        for text in sheet.texts
    ]


def codes(sheet: Sheet) -> list[Box]:
    """Left, top, right and bottom of every code."""
    return [(code.x, code.y, code.x + code.size, code.y + code.size) for code in sheet.codes]


def apart(one: Box, other: Box) -> bool:
    """Whether two areas do not touch."""
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
