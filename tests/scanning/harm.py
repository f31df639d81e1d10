"""What copiers, cameras and coffee do to a sheet: grey pictures in, grey pictures out, all chance from the source given."""

import io
import math
import random
from collections.abc import Callable, Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.scanning.sheets import HEIGHT, LOOK, WIDTH, Look

Harm = Callable[[Image.Image, random.Random], Image.Image]
Point = tuple[float, float]


def blurred(picture: Image.Image, chance: random.Random) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(chance.uniform(1.0, 2.0)))


def tilted(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Laid askew on the glass: what lies beyond the glass is cut off."""
    return picture.rotate(chance.uniform(-15, 15), Image.Resampling.BICUBIC, fillcolor=255)


def tilted_whole(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Laid askew on a larger glass."""
    return picture.rotate(chance.uniform(-15, 15), Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def turned(picture: Image.Image, degrees: int) -> Image.Image:
    """Clockwise by quarters."""
    ways = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    return picture.transpose(ways[degrees]) if degrees in ways else picture


def darkened(picture: Image.Image, chance: random.Random) -> Image.Image:
    least, most = chance.uniform(5, 20), chance.uniform(60, 110)
    return picture.point([round(least + (most - least) * v / 255) for v in range(256)])


def faint(picture: Image.Image, chance: random.Random) -> Image.Image:
    """A dying toner cartridge: little contrast, on grey recycled paper."""
    paper = chance.uniform(170, 230)
    ink = paper - chance.uniform(30, 60)
    return picture.point([round(ink + (paper - ink) * v / 255) for v in range(256)])


def coarse(picture: Image.Image, chance: random.Random) -> Image.Image:
    """150 dpi."""
    return picture.resize((picture.width * 3 // 4, picture.height * 3 // 4), Image.Resampling.BOX)


def squeezed(picture: Image.Image, chance: random.Random) -> Image.Image:
    return as_jpeg(picture, 40)


def as_jpeg(picture: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    again = Image.open(out)
    again.load()
    return again


def noisy(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Grain; Pillow's own noise has no seed, so that a small tile of bytes is spread over the sheet."""
    tile = Image.frombytes("L", (256, 256), chance.randbytes(65536)).point(
        [round(128 + (v - 128) * 0.35) for v in range(256)]
    )
    grain = Image.new("L", picture.size)
    for x in range(0, picture.width, 256):
        for y in range(0, picture.height, 256):
            grain.paste(tile.transpose(chance.choice(list(Image.Transpose))), (x, y))
    return ImageChops.add(picture, grain, 1, -128)


def black_and_white(picture: Image.Image, chance: random.Random) -> Image.Image:
    """What a fax makes of it."""
    level = chance.uniform(100, 180)
    return picture.point([255 * (v > level) for v in range(256)])


def folded(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Folded in three and stained: shadows along the folds, a brown ring, a hand's smear."""
    wide, high = picture.size
    shade = Image.new("L", picture.size, 255)
    draw = ImageDraw.Draw(shade)
    for part in (1, 2):
        y = high * part / 3 + chance.uniform(-60, 60)
        draw.line([(0, y), (wide, y + chance.uniform(-40, 40))], fill=120, width=chance.randint(6, 20))
    for _ in range(3):
        x, y, r = chance.uniform(0, wide), chance.uniform(0, high), chance.uniform(80, 250)
        draw.ellipse((x - r, y - r, x + r, y + r), outline=150, width=25, fill=215)
    side = round(picture.width * LOOK.size / WIDTH)
    for x, y in LOOK.places:  # a thumb on each code
        at = (x / WIDTH * wide + chance.uniform(0, side), y / HEIGHT * high + chance.uniform(0, side))
        r = chance.uniform(0.2, 0.4) * side
        draw.ellipse((at[0] - r, at[1] - r, at[0] + r, at[1] + r), fill=150)
    return ImageChops.multiply(picture, shade.filter(ImageFilter.GaussianBlur(6)))


def torn(look: Look = LOOK, codes: int = 1) -> Harm:
    """Torn through so many of the codes, so that a good half of each is gone."""

    def tear(picture: Image.Image, chance: random.Random) -> Image.Image:
        result = picture.copy()
        draw, scale = ImageDraw.Draw(result), picture.width / WIDTH
        places = look.places
        for x, y in chance.sample(places, min(codes, len(places))):
            side = look.size * scale
            middle = (x * scale + side / 2, y * scale + side / 2)
            angle = chance.uniform(0, 2 * math.pi)
            ragged = [
                _around(middle, angle + math.pi * part / 6, side * (0.05 if part in (0, 6) else 2)) for part in range(7)
            ]
            draw.polygon(ragged, fill=chance.choice((255, 255, 20)))
        return result

    return tear


def _around(middle: Point, angle: float, far: float) -> Point:
    return middle[0] + far * math.cos(angle), middle[1] + far * math.sin(angle)


def photographed(picture: Image.Image, chance: random.Random) -> Image.Image:
    """A sheet on a desk, by hand, aslant, in light from one side: 8 megapixels, 3264 x 2448 or upright."""
    size = (2448, 3264)
    wide, high = size
    inset = chance.uniform(0.06, 0.14)
    near = ((inset, inset), (1 - inset, inset), (1 - inset, 1 - inset), (inset, 1 - inset))
    corners = [((x + chance.uniform(-0.06, 0.06)) * wide, (y + chance.uniform(-0.06, 0.06)) * high) for x, y in near]
    sheet = [(0.0, 0.0), (picture.width, 0.0), (picture.width, picture.height), (0.0, picture.height)]
    back = _perspective(corners, sheet)
    laid = picture.transform(size, Image.Transform.PERSPECTIVE, back, Image.Resampling.BICUBIC)
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).polygon(corners, fill=255)
    desk = Image.new("L", size, chance.randint(40, 120))
    grain = ImageDraw.Draw(desk)
    for _ in range(150):
        y = chance.uniform(0, high)
        grain.line(
            [(0, y), (wide, y + chance.uniform(-80, 80))], fill=chance.randint(40, 130), width=chance.randint(1, 9)
        )
    scene = Image.composite(laid, desk, mask)
    lit = ImageChops.multiply(scene, _light(size, chance)).filter(ImageFilter.GaussianBlur(chance.uniform(0.6, 1.6)))
    return as_jpeg(noisy(lit, chance) if chance.random() < 0.3 else lit, 75)


def _light(size: tuple[int, int], chance: random.Random) -> Image.Image:
    """Brightest at one side, at most a third of that at the other, with the photographer's shadow in it."""
    ramp = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270)))
    darkest = chance.uniform(80, 150)
    light = ramp.point([round(darkest + (250 - darkest) * v / 255) for v in range(256)])
    x = chance.uniform(0, 200)
    ImageDraw.Draw(light).ellipse((x, 100, x + 120, 300), fill=round(darkest))
    return light.filter(ImageFilter.GaussianBlur(8)).resize(size, Image.Resampling.BICUBIC)


def _perspective(seen: Sequence[Point], flat: Sequence[Point]) -> tuple[float, ...]:
    """Pillow's eight coefficients that lead from the picture seen back to the flat sheet."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(seen, flat, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for at in range(8):
        best = max(range(at, 8), key=lambda row: abs(rows[row][at]))
        rows[at], rows[best] = rows[best], rows[at]
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for other in range(8):
            if other != at:
                factor = rows[other][at]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[at], strict=True)]
    return tuple(row[8] for row in rows)


def together(*harms: Harm) -> Harm:
    def all_of_them(picture: Image.Image, chance: random.Random) -> Image.Image:
        for harm in harms:
            picture = harm(picture, chance)
        return picture

    return all_of_them


HARMS: dict[str, Harm] = {
    "as scanned": lambda picture, chance: picture,
    "blurred": blurred,
    "tilted to 15°": tilted,
    "tilted to 15°, whole": tilted_whole,
    "turned": lambda picture, chance: picture,
    "darkened": darkened,
    "faint": faint,
    "150 dpi": coarse,
    "JPEG 40": squeezed,
    "grain": noisy,
    "black and white": black_and_white,
    "folded and stained": folded,
    "photographed": photographed,
    "photographed, turned": photographed,
    "folded, photographed": together(folded, photographed),
    "tilted, blurred, faint": together(tilted, blurred, faint),
    "blurred, 150 dpi, JPEG 40": together(blurred, coarse, squeezed),
    "tilted, dark, 150 dpi, JPEG 40, turned": together(tilted, darkened, coarse, squeezed),
    "one code torn": torn(codes=1),
}
TURNED = frozenset(name for name in HARMS if "turned" in name)


def harmed(name: str, picture: Image.Image, chance: random.Random) -> tuple[Image.Image, int]:
    """A sheet after one of HARMS, and by how many degrees it must be turned clockwise to stand upright again."""
    degrees = chance.choice((90, 180, 270)) if name in TURNED else 0
    return turned(HARMS[name](picture, chance), degrees), -degrees % 360
