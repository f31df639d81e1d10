"""Doing a selection from a list (批量办理): which verbs, who is left out and why, the common form, progress, the result."""
