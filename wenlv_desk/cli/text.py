"""Text for a terminal: a Chinese character is two cells wide, and what comes out of files must not drive the terminal."""

from collections.abc import Mapping, Sequence
from unicodedata import east_asian_width

CONTROLS = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t"}
CONTROLS |= dict.fromkeys([0x7F, *range(0x80, 0xA0)], 0x2421)


def width(text: str) -> int:
    """Terminal cells a text takes."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def cut(text: str, cells: int) -> list[str]:
    """The text in lines of at most so many cells; at least one line."""
    lines, line = [], ""
    for char in text:
        if width(line) + width(char) > cells:
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns aligned for a terminal."""
    lines = [headings, *rows]
    widths = [max(width(line[place]) for line in lines) for place in range(len(headings))]
    return "\n".join(
        "  ".join(cell + " " * (w - width(cell)) for cell, w in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def pairs(items: Mapping[str, str]) -> str:
    """Label and text, one a line; empty ones are left out."""
    longest = max((width(label) for label in items), default=0)
    return "\n".join(label + " " * (longest - width(label) + 2) + text for label, text in items.items() if text)


def harmless(text: str) -> str:
    """The text with control characters as pictures: no cell of a foreign file may move the cursor or colour the screen."""
    return text.translate(CONTROLS)
