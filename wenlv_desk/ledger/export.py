"""Lists as Excel and CSV: identifiers as text, dates as dates, no formula can come alive, and a last line that says when and by whom."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from wenlv_desk.core.registry import Registry
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.office import Office
from wenlv_desk.store.query import Listing, ListQuery


def whole(registry: Registry) -> tuple[str, ...]:
    """The fields of a whole export: every one a ledger may give, in their order."""
    return tuple(registry.typed_fields)


def export_listing(
    listing: Listing, path: Path, *, clerk: Clerk, at: datetime, progress: Callable[[int, int], bool] | None = None
) -> int:
    """Write a list as it is filtered and sorted to .xlsx or .csv (by extension); returns the number of rows."""
    raise NotImplementedError


def export_unmasked(
    office: Office, clerk: Clerk, registry: Registry, query: ListQuery, names: tuple[str, ...], path: Path
) -> int:
    """The same with personal data in full, journalled before it is written."""
    raise NotImplementedError
