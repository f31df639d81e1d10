"""What a scan is made of, as plain data: files, pages, and how much one may cost."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from wenlv_desk.standards.page_code import PageCode

Progress = Callable[[int, int], bool]
"""Called several times a second with the pages done and all there are; True means stop."""


@dataclass(frozen=True)
class Limits:
    """How much a scan may cost."""

    file_mb: int = 2048
    pages: int = 10_000
    """Pages of the whole source."""
    megapixels: int = 150
    """Of one picture: A4 at 1,200 dpi has 139."""
    seconds: int = 60
    """For one page; a page takes some hundredths, one without a legible code one or two."""
    memory_mb: int = 2000
    """Address space of the process that opens the files; not enforced on Windows."""
    deaths: int = 20
    """Pages at which that process may die before the rest is given up."""


@dataclass(frozen=True)
class SourceFile:
    """A file of a source; `kind` is "pdf" or "picture" by its content, whatever its name claims."""

    path: Path
    kind: str
    pages: int


@dataclass(frozen=True)
class LeftOut:
    """A file of which nothing can be read, and why in Chinese."""

    path: Path
    why: str


@dataclass(frozen=True)
class Source:
    """What was handed in to be read: the files in their order, and those left out."""

    files: tuple[SourceFile, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def pages(self) -> int:
        return sum(file.pages for file in self.files)

    def places(self) -> list["Place"]:
        """Every page there is, in order."""
        places: list[Place] = []
        for file in self.files:
            places += [Place(file, page, len(places) + page) for page in range(file.pages)]
        return places


@dataclass(frozen=True)
class Place:
    """Where a page lies: `page` counts from 0 within its file, `index` from 0 over the whole source."""

    file: SourceFile
    page: int
    index: int

    @property
    def name(self) -> str:
        """For the clerk."""
        return page_name(self.file.path, self.page if self.file.pages > 1 else None)


def page_name(path: Path, page: int | None) -> str:
    """A file's page in the clerk's words; `page` from 0."""
    return f"“{path.name}”" if page is None else f"“{path.name}”第 {page + 1} 页"


@dataclass(frozen=True)
class Chosen:
    """A page to be written: turned by `turn` (0, 90, 180 or 270 degrees clockwise) from how a viewer shows it today."""

    file: SourceFile
    page: int
    turn: int = 0

    def __post_init__(self) -> None:
        if self.turn not in (0, 90, 180, 270) or not 0 <= self.page < self.file.pages:
            raise ValueError(f"no such page or turn: {self}")


@dataclass(frozen=True)
class ScannedPage:
    """A page as it was read.

    `texts` are all QR codes on it, `code` is the one that says which page it is; without it `why` says in Chinese why not.
    `turn` (0, 90, 180, 270) is how far it must be turned clockwise to stand upright, `skew` by how many degrees it then still
    leans to the right (-45 to 45). `thumbnail` is a grey JPEG 240 pixels high, upright already, empty where nothing could be
    drawn; `width` and `height` are the pixels that were read, before turning. `blank` where nothing stands on it.
    """

    place: Place
    texts: tuple[str, ...] = ()
    code: PageCode | None = None
    turn: int = 0
    skew: float = 0.0
    thumbnail: bytes = b""
    width: int = 0
    height: int = 0
    why: str = ""
    blank: bool = False

    @property
    def skewed(self) -> bool:
        """Whether it leans so much that one sees it."""
        return abs(self.skew) > 2.0

    def chosen(self, turn: int | None = None) -> Chosen:
        """This page to be written, turned upright or as the clerk says."""
        return Chosen(self.place.file, self.place.page, self.turn if turn is None else turn)
