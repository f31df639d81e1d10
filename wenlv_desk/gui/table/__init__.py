"""A list of a million rows: pages fetched by worker threads, painted by hand, read by a screen reader as any table."""

from wenlv_desk.gui.table.fixed import FixedTable
from wenlv_desk.gui.table.rows import Cell, Column, Locates, Marked, Row, RowSource, Tag, text_of
from wenlv_desk.gui.table.view import RecordTable

__all__ = ["Cell", "Column", "FixedTable", "Locates", "Marked", "RecordTable", "Row", "RowSource", "Tag", "text_of"]
