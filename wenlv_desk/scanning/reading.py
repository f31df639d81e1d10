"""What a source holds, and its pages one after the other with what their codes say."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, cast

from wenlv_desk.core.aside import Message
from wenlv_desk.core.errors import UserError, fault
from wenlv_desk.scanning import refusals
from wenlv_desk.scanning.aside import Died, answers
from wenlv_desk.scanning.model import LeftOut, Limits, Place, Progress, ScannedPage, Source, SourceFile
from wenlv_desk.standards import page_code

LIMITS: Final = Limits()
_NOT_THE_CLERKS: Final = ("thumbs.db", "desktop.ini")


def survey(handed_in: Path | Iterable[Path], *, progress: Progress | None = None, limits: Limits = LIMITS) -> Source:
    """The files of a PDF, a folder (its files as a person sorts them) or a list of these, opened and counted but not read.

    Files that cannot be read are left out with the reason; the system's own (Thumbs.db and names with a dot in front) are
    passed over. Raises UserError where nothing can be read, or where there are too many pages; ScanStopped.
    """
    paths = [file for path in _listed(handed_in) for file in _files(path)]
    if len(paths) > limits.pages:
        raise UserError(f"扫描件{refusals.too_many_pages(len(paths), limits.pages)}")
    files: list[SourceFile] = []
    left_out: list[LeftOut] = []
    asked = answers("survey", [(str(path),) for path in paths], limits=limits, progress=progress)
    for path, answer in zip(paths, asked, strict=True):
        if isinstance(answer, Died) or answer[0] == "refused":
            left_out.append(LeftOut(path, _reason(answer)))
        else:
            _, kind, pages = cast(tuple[str, str, int], answer)
            files.append(SourceFile(path, kind, pages))
    source = Source(tuple(files), tuple(left_out))
    if not files:
        raise refusals.nothing_usable([(one.path.name, one.why) for one in left_out])
    if source.pages > limits.pages:
        raise UserError(f"扫描件一共{refusals.too_many_pages(source.pages, limits.pages)}")
    return source


def read_pages(source: Source, *, progress: Progress | None = None, limits: Limits = LIMITS) -> Iterator[ScannedPage]:
    """Every page of a source, in order, read as it is asked for; what cannot be read says why and does not stop the others.

    Raises ScanStopped when `progress` says stop.
    """
    places = source.places()
    items = [(str(place.file.path), place.file.kind, place.page) for place in places]
    for place, answer in zip(places, answers("read", items, limits=limits, progress=progress), strict=True):
        yield _page(place, answer)


def _page(place: Place, answer: Message | Died) -> ScannedPage:
    if isinstance(answer, Died) or answer[0] == "refused":
        return ScannedPage(place, why=_reason(answer))
    _, texts, text, turn, skew, thumbnail, wide, high, why, blank = cast(tuple[Any, ...], answer)
    return ScannedPage(place, tuple(texts), page_code.read(text), turn, skew, thumbnail, wide, high, why, blank)


def _reason(answer: Message | Died) -> str:
    return answer.why if isinstance(answer, Died) else cast(str, answer[1])


def _listed(handed_in: Path | Iterable[Path]) -> list[Path]:
    return [handed_in] if isinstance(handed_in, Path) else list(handed_in)


def _files(path: Path) -> list[Path]:
    """The path itself, or the files of a folder: 扫描2 before 扫描10."""
    if not path.is_dir():
        return [path]
    try:
        found = [one for one in path.iterdir() if not one.name.startswith(".")]
    except OSError as error:
        raise UserError(f"文件夹“{path.name}”打不开（{fault(error)}），请检查 U 盘或网络盘和读取权限") from error
    return sorted((one for one in found if one.name.lower() not in _NOT_THE_CLERKS), key=_as_a_person_sorts)


def _as_a_person_sorts(path: Path) -> tuple[list[tuple[int, str]], str]:
    parts = re.split(r"([0-9]+)", path.name.lower())
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts], path.name
