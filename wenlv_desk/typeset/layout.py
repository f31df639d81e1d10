"""Measures of paper and type, each with the clause it comes from; presets for forms, rosters and official documents
(公文)."""

from dataclasses import dataclass

MM = 72 / 25.4  # points in a millimetre

# Names of type sizes in points (字号), as word processors and printers in China use them.
SIZES = {
    "初号": 42.0, "小初": 36.0, "一号": 26.0, "小一": 24.0, "二号": 22.0, "小二": 18.0, "三号": 16.0, "小三": 15.0,
    "四号": 14.0, "小四": 12.0, "五号": 10.5, "小五": 9.0, "六号": 7.5,
}  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """A sheet and where its text area lies: all in mm; `pitch` is the distance of body lines in points."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    size: float = SIZES["五号"]
    pitch: float = 16.0

    @property
    def body_width(self) -> float:
        """Width of the text area in mm."""
        return self.width - self.left - self.right

    @property
    def body_height(self) -> float:
        """Height of the text area in mm."""
        return self.height - self.top - self.bottom

    def turned(self) -> "Layout":
        """The same margins on the sheet laid on its long side."""
        return Layout(
            self.height, self.width, self.top, self.right, self.bottom, self.left, size=self.size, pitch=self.pitch
        )


# Clear, dense forms of the office: not official documents, so no standard binds them (domain: 8.1, last line).
FORM = Layout(210, 297, 16, 16, 18, 16)
ROSTER = Layout(297, 210, 14, 12, 15, 12, size=SIZES["小五"], pitch=12.5)
WIDE_ROSTER = Layout(420, 297, 14, 12, 15, 12, size=SIZES["小五"], pitch=12.5)  # A3, for tables of many columns
# GB/T 9704-2012, 5.2.1 (天头 37, 订口 28, 版心 156 x 225 mm) and 5.2.3 (22 lines of 28 characters, 3号仿宋): 225 mm /
# 22 lines.
OFFICIAL = Layout(210, 297, 37, 26, 35, 28, size=SIZES["三号"], pitch=225 * MM / 22)
# 28 characters of 16 pt need 158 mm and the text area has 156: the size that fits exactly 28.
OFFICIAL_BODY_SIZE = 156 * MM / 28
SEAL_DIAMETER = 42.0  # mm, seals of county organs (国发〔1999〕25号)
