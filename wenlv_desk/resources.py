"""Where the files shipped with the program lie (resources/ in a checkout, wenlv_desk/_resources in a wheel)."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_resources"


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, e.g. resource("regions", "gbt2260.csv"); it need not exist."""
    root = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)
