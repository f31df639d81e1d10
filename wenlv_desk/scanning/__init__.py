"""Scans of printed pages (扫描件) that say themselves what they are: read, sort, write upright. No database, no business.

    source = survey([Path("扫描.pdf")])               # or a folder, or photographs
    pages = read_pages(source, progress=progress)      # one after the other, each with its code, turn and thumbnail
    found = sort_pages(pages, {"HLFH-2026-0003": Expected(pages=3, copies=2, digest="a1b2c3d4e5f6")})
    write_upright({target: [page.chosen() for page in found.filed[0].pages]})

Files are opened in a process of its own (`child`), so that none of them can take the program down.
"""

from wenlv_desk.scanning.aside import CHILD_FLAG, ScanStopped
from wenlv_desk.scanning.model import Chosen, LeftOut, Limits, Place, Progress, ScannedPage, Source, SourceFile
from wenlv_desk.scanning.reading import read_pages, survey
from wenlv_desk.scanning.sorting import Doubled, Expected, Filed, Foreign, Sorted, sort_pages
from wenlv_desk.scanning.writing import write_upright

__all__ = [
    "CHILD_FLAG",
    "Chosen",
    "Doubled",
    "Expected",
    "Filed",
    "Foreign",
    "LeftOut",
    "Limits",
    "Place",
    "Progress",
    "ScanStopped",
    "ScannedPage",
    "Sorted",
    "Source",
    "SourceFile",
    "read_pages",
    "sort_pages",
    "survey",
    "write_upright",
]
