"""The shell, the window and the demonstration bureau for these tests."""

from tests.shelling import bureau, bureau_template, seen, shell
from tests.windows import window

__all__ = ["bureau", "bureau_template", "seen", "shell", "window"]
