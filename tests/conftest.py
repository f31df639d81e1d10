"""What every test may ask for: a clock that stands still, an office with an empty database of its own, clerks, the gate.

Nothing here imports Qt; the window's fixtures stand in tests/gui/conftest.py.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from tests.builders import Maker
    from wenlv_desk.store.desk import Clerk
    from wenlv_desk.store.gate import Done
    from wenlv_desk.store.office import Office

MORNING = datetime(2026, 11, 23, 9, 0)
# How long anything takes is measured in benchmarks, never in a test: machines are noisy.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@dataclass
class Clock:
    """The time of day a test decides: `clock.now = ...` moves it, the program calls it."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an empty office: migrated and seeded once, copied for every test."""
    from wenlv_desk.registries.opening import open_desk

    folder = tmp_path_factory.mktemp("office") / "template"
    open_desk(folder, clock=Clock()).close()
    return folder


@pytest.fixture
def office(template: Path, tmp_path: Path, clock: Clock) -> Iterator["Office"]:
    """An office with the category list and without settings or records, on a folder of the test's own."""
    from wenlv_desk.registries.opening import open_desk

    folder = tmp_path / "data"
    shutil.copytree(template, folder)
    opened = open_desk(folder, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def clerk() -> "Clerk":
    """林晓 at the first counter, who holds every role."""
    from wenlv_desk.store.desk import Clerk

    return Clerk("林晓", "窗口一")


Perform = Callable[..., "Done"]


@pytest.fixture
def perform(office: "Office", clerk: "Clerk") -> Perform:
    """`perform("change", "publication_licence", 3, approved_on="2026-11-20")` through the gate, as the clerk."""
    from wenlv_desk.store import gate

    def run(operation: str, register: str, record: int | None = None, *, reason: str = "", **arguments: Any) -> "Done":
        return gate.perform(office, clerk, operation, register, record, reason=reason, arguments=arguments)

    return run


@pytest.fixture
def maker(office: "Office", clerk: "Clerk", tmp_path: Path) -> "Maker":
    """Makes valid records and arguments from the declarations: `maker.record("operator")` is an id."""
    from tests.builders import Maker

    return Maker(office, clerk, tmp_path)
