"""The fonts in the repository are the ones their licences and sources speak of, and together draw level 3."""

import hashlib

from wenlv_desk.resources import resource
from wenlv_desk.typeset.fonts import Face, missing

FONTS = resource("fonts")
RARE_IN_COMPATIBILITY_BLOCK = (
    0xFA0E,
    0xFA0F,
    0xFA11,
    0xFA13,
    0xFA14,
    0xFA1F,
    0xFA21,
    0xFA23,
    0xFA24,
    0xFA27,
    0xFA28,
    0xFA29,
)
EXTENSIONS = ((0x20000, 0x2A6D6), (0x2A700, 0x2B734), (0x2B740, 0x2B81D), (0x2B820, 0x2CEA1), (0x2CEB0, 0x2EBE0))


def digests() -> dict[str, str]:
    lines = (FONTS / "SHA256SUMS").read_text("utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


def test_every_font_and_licence_has_the_digest_that_was_committed() -> None:
    found = {name: hashlib.sha256((FONTS / name).read_bytes()).hexdigest() for name in digests()}
    assert found == digests()


def test_no_font_lies_there_without_a_digest_and_a_source() -> None:
    fonts = {path.name for path in FONTS.iterdir() if path.suffix in {".ttf", ".otf", ".ttc"}}
    sources = (FONTS / "SOURCES.md").read_text("utf-8")
    assert fonts == {name for name in digests() if name.endswith(".ttf")}
    assert all(name in sources for name in digests())


def test_the_fonts_stay_small_enough_to_clone() -> None:
    assert sum(path.stat().st_size for path in FONTS.iterdir()) < 110_000_000


def test_every_family_of_every_face_is_shipped() -> None:
    families = {family for face in Face for family in face.value}
    assert families == {path.stem for path in FONTS.glob("*.ttf")}


def test_all_87887_han_characters_of_gb_18030_level_3_have_an_outline() -> None:
    level_1 = [*range(0x4E00, 0x9FF0), *range(0x3400, 0x4DB6), *RARE_IN_COMPATIBILITY_BLOCK]
    codes = level_1 + [code for first, last in EXTENSIONS for code in range(first, last + 1)]
    assert len(codes) == 87_887
    assert missing("".join(map(chr, codes))) == ()
