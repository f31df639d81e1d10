"""A page of its own that stands first among the registers of a rail item (网格划分 before 网格, 网格任职, 包保记录)."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.parts import words

NAME: Final = "lead"  # how the group remembers that it was shown last


class LeadPage(QWidget):
    """What the group asks of such a page: a head for its chips, and where the keys go first."""

    ready = Signal()
    complete = Signal()

    def __init__(self, seat: Seat, title: str) -> None:
        super().__init__()
        self.seat = seat
        self.setObjectName("page")
        self.setAccessibleName(title)
        self.heading = words(title, "heading")
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(self.heading)

    @property
    def starts(self) -> QWidget:
        """Where the keys go first."""
        raise NotImplementedError


def _grids(seat: Seat) -> LeadPage:
    from wenlv_desk.gui.pages.grids import GridsPage

    return GridsPage(seat)


# By the first register of the rail item: what the chip says, and what makes the page. Loaded when it is first shown.
LEADS: Final[dict[str, tuple[str, Callable[[Seat], LeadPage]]]] = {"grid": ("网格划分", _grids)}
