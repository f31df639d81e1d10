"""Scans of printed pages (扫描件) that say themselves what they are: read them, write them upright. No database, no business.

    source = survey([Path("扫描.pdf")])               # or a folder, or photographs
    pages = read_pages(source, progress=progress)      # one after the other, each with its code, turn and thumbnail
    write_upright({target: [page.chosen() for page in pages]})

Files are opened in a process of its own (`child`), so that none of them can take the program down.
"""

from wenlv_desk.scanning.aside import CHILD_FLAG, ScanStopped
from wenlv_desk.scanning.model import Chosen, LeftOut, Limits, Place, Progress, ScannedPage, Source, SourceFile
from wenlv_desk.scanning.reading import read_pages, survey
from wenlv_desk.scanning.writing import write_upright

__all__ = [
    "CHILD_FLAG",
    "Chosen",
    "LeftOut",
    "Limits",
    "Place",
    "Progress",
    "ScanStopped",
    "ScannedPage",
    "Source",
    "SourceFile",
    "read_pages",
    "survey",
    "write_upright",
]
