"""What the window remembers between starts (window.ini in the data folder): sizes, columns, page, looks."""

import json
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QSplitter, QWidget

CLERK_KEY: Final = "clerk/name"  # who signed in last, and where
COUNTER_KEY: Final = "clerk/counter"


class Memory:
    """A small typed door to the ini file; values that make no sense are as if they were not there."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    def keep(self, key: str, value: str | int) -> None:
        self._settings.setValue(key, value)

    def text(self, key: str, default: str = "") -> str:
        value = self._settings.value(key, default)
        return value if isinstance(value, str) else default

    def number(self, key: str, default: int) -> int:
        value = self._settings.value(key, default)
        try:
            return int(str(value))
        except ValueError:
            return default

    def keep_data(self, key: str, value: Any) -> None:
        """Keep anything JSON can say."""
        self._settings.setValue(key, json.dumps(value, ensure_ascii=True))

    def data(self, key: str) -> Any:
        """What was kept, or None."""
        try:
            return json.loads(self.text(key, "null"))
        except json.JSONDecodeError:
            return None

    def keep_window(self, key: str, window: QWidget) -> None:
        self._settings.setValue(key, window.saveGeometry())

    def restore_window(self, key: str, window: QWidget) -> bool:
        """Place the window where it was; false when it was never kept."""
        state = self._settings.value(key)
        return isinstance(state, QByteArray) and window.restoreGeometry(state)

    def follow_splitter(self, key: str, splitter: QSplitter) -> None:
        """Give the splitter its remembered sizes and keep them whenever they are moved."""
        sizes = self.data(key)
        if isinstance(sizes, list) and len(sizes) == splitter.count() and all(isinstance(one, int) for one in sizes):
            splitter.setSizes(sizes)
        splitter.splitterMoved.connect(lambda: self.keep_data(key, splitter.sizes()))

    def flush(self) -> None:
        """Write the file now."""
        self._settings.sync()
