"""The business, one folder a capability. A new register is its folder and one line here."""

from functools import cache
from importlib import import_module

from wenlv_desk.core.catalogue import Catalogue, collect

FOLDERS = (
    "operator",
    "licence",
    "review",
    "inspection",
    "rectification",
    "special",
    "grid",
    "patrol",
    "pledge",
    "joined",
    "calendar",
    "staff",
    "settings",
)
PARTS = ("records", "operations", "papers", "waiting", "figures", "tables")
EVERYWHERE = (
    "wenlv_desk.store.common",
    "wenlv_desk.store.attachments",
    "wenlv_desk.issuing.records",
    "wenlv_desk.issuing.blanks",
    "wenlv_desk.issuing.issue",
    "wenlv_desk.issuing.batch",
    "wenlv_desk.issuing.wording",
    "wenlv_desk.ledger.apply",
    "wenlv_desk.ledger.export",
)


@cache
def catalogue() -> Catalogue:
    """Everything the office keeps, does, prints and counts."""
    from importlib.util import find_spec

    names = [f"{__name__}.{folder}.{part}" for folder in FOLDERS for part in PARTS]
    modules = [import_module(name) for name in names if find_spec(name) is not None]
    return collect([*modules, *(import_module(name) for name in EVERYWHERE)])
