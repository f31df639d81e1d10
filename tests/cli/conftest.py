"""The shell and the demonstration bureau for these tests."""

from tests.shelling import bureau, bureau_template, seen, shell

__all__ = ["bureau", "bureau_template", "seen", "shell"]
