"""The QR codes on a picture, by a cheap attempt and then by harder ones, and what they say of the page."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from wenlv_desk.scanning import refusals
from wenlv_desk.standards import page_code

if TYPE_CHECKING:
    from PIL.Image import Image

_LARGEST = 36_000_000  # pixels of an enlarged picture
_EDGE = 0.03  # of a side: shadows of the lid, punched holes
_INK = 24  # levels of grey between paper and the darkest place of what is still called blank
_MARGIN = 0.25  # of a code's side, kept around it when it is looked at by itself


class Code(NamedTuple):
    """A QR code: its text and by how many degrees it is turned clockwise, -180 to 180."""

    text: str
    angle: float


class Verdict(NamedTuple):
    """What a page's codes say of it: the text that names the page ("" with `why`), how to turn it, how it leans then."""

    text: str
    turn: int
    skew: float
    why: str


def codes_on(picture: "Image") -> tuple[Code, ...]:
    """Every code that the first successful attempt and those before it find on a grey picture, each once.

    An attempt is successful when one of the codes names a page. Without one a page costs all attempts, unless it is blank.
    """
    found: list[Code] = []
    for attempt in _attempts(picture):
        for code in attempt:
            if not any(_same(code, known) for known in found):
                found.append(code)
        if any(page_code.read(code.text) for code in found):
            break
    return tuple(found)


def judge(codes: Sequence[Code], *, blank: bool = False) -> Verdict:
    """Which page it is and how it lies; codes that contradict each other name no page."""
    pages = [code for code in codes if page_code.read(code.text)]
    best = (pages or list(codes) or [Code("", 0.0)])[0]
    turn, skew = turn_of(best.angle)
    why = ""
    if not codes:
        why = refusals.BLANK_PAGE if blank else refusals.NO_CODE
    elif not pages:
        why = refusals.NOT_OURS
    elif len({code.text for code in pages}) > 1:
        why = refusals.TWO_PAGES
    elif any(_apart(code.angle, best.angle) > 45 for code in pages):
        why = refusals.TWO_WAYS
    return Verdict("" if why else best.text, turn, skew, why)


def turn_of(angle: float) -> tuple[int, float]:
    """How far to turn clockwise (0, 90, 180, 270) what is turned by `angle` already, and what is left then."""
    quarters = round(angle / 90)
    return -quarters * 90 % 360, angle - quarters * 90


def is_blank(picture: "Image") -> bool:
    """Whether nothing stands on a grey picture, but for its edges."""
    small = picture.reduce(max(1, max(picture.size) // 500))
    wide, high = small.size
    x, y = math.ceil(wide * _EDGE), math.ceil(high * _EDGE)
    if wide <= 2 * x or high <= 2 * y:
        return False
    counts = small.crop((x, y, wide - x, high - y)).histogram()
    levels = [level for level, count in enumerate(counts) if count]
    return levels[-1] - levels[0] < _INK


def _attempts(picture: "Image") -> Iterator[list[Code]]:
    """From the cheapest to the dearest; which come after which was measured on degraded sheets (benchmarks/scans.py)."""
    from PIL.ImageFilter import GaussianBlur, UnsharpMask

    yield _read(picture)
    if is_blank(picture):
        return
    yield _read(picture.filter(GaussianBlur(1)))
    yield _read(picture.filter(UnsharpMask(2, 300, 0)))
    yield _by_themselves(picture)
    yield _enlarged(picture, 1.5)
    yield _read(picture.filter(GaussianBlur(1)).filter(UnsharpMask(4, 300, 0)))
    yield _enlarged(picture, 2, GaussianBlur(2))


def _read(picture: "Image", **options: Any) -> list[Code]:
    import zxingcpp

    # A QR code is found in any direction: `try_rotate` is for bar codes and only costs time.
    cheap = {"try_rotate": False, "try_invert": False, "try_downscale": False}
    found = zxingcpp.read_barcodes(
        picture,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        text_mode=zxingcpp.TextMode.Plain,
        **{**cheap, **options},
    )
    return [Code(one.text, _angle(one.position)) for one in found]


def _by_themselves(picture: "Image") -> list[Code]:
    """Codes that were seen but not read, each cut out, stretched to full contrast and enlarged."""
    import zxingcpp
    from PIL.ImageFilter import GaussianBlur, UnsharpMask
    from PIL.ImageOps import autocontrast

    seen = zxingcpp.read_barcodes(
        picture,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        try_rotate=False,
        try_invert=False,
        return_errors=True,
    )
    changes: tuple[Callable[[Image], Image], ...] = (
        lambda cut: cut,
        lambda cut: cut.filter(UnsharpMask(4, 200, 0)),
        lambda cut: cut.filter(GaussianBlur(1.4)),
    )
    for one in seen[:8]:
        cut = autocontrast(_cut_out(picture, _corners(one.position)))
        cut = cut.resize((cut.width * 2, cut.height * 2))
        for change in changes:
            for way in (zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram):
                if codes := _read(change(cut), binarizer=way):
                    return codes
    return []


def _cut_out(picture: "Image", corners: Iterable[tuple[int, int]]) -> "Image":
    across, down = zip(*corners, strict=True)
    margin = round(max(max(across) - min(across), max(down) - min(down), 40) * _MARGIN)
    left, top = max(0, min(across) - margin), max(0, min(down) - margin)
    right, foot = min(picture.width, max(across) + margin), min(picture.height, max(down) + margin)
    return picture.crop((left, top, max(right, left + 1), max(foot, top + 1)))


def _enlarged(picture: "Image", times: float, softened: Any = None) -> list[Code]:
    """Pictures that are large already are halved first: what is lost is grain."""
    while picture.width * picture.height * times**2 > _LARGEST:
        picture = picture.reduce(2)
    large = picture.resize((round(picture.width * times), round(picture.height * times)))
    return _read(large.filter(softened) if softened else large)


def _corners(position: Any) -> list[tuple[int, int]]:
    """Clockwise from the code's own upper left one."""
    points = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    return [(point.x, point.y) for point in points]


def _angle(position: Any) -> float:
    """By how much the upper and lower edges are turned clockwise, in degrees."""
    upper_left, upper_right, lower_right, lower_left = _corners(position)
    across = upper_right[0] - upper_left[0] + lower_right[0] - lower_left[0]
    down = upper_right[1] - upper_left[1] + lower_right[1] - lower_left[1]
    return math.degrees(math.atan2(down, across))


def _apart(one: float, other: float) -> float:
    """Degrees between two directions, 0 to 180."""
    return abs((one - other + 180) % 360 - 180)


def _same(one: Code, other: Code) -> bool:
    return one.text == other.text and _apart(one.angle, other.angle) <= 45
