"""Where the real inputs lie; tests that need them are skipped where they do not exist."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
DATA = SHARED / "data"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared inputs are not on this machine")
