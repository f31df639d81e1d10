"""The sheets a page is being set on: the present one, how far down it is filled, and turning to the next."""

from wenlv_desk.typeset.ink import Sheet
from wenlv_desk.typeset.layout import MM, Layout

_SLACK = 0.01  # points: what rounding may cost a block that fits exactly


class Sheets:
    """Sheets of one layout; measures in points from the top left corner."""

    def __init__(self, layout: Layout) -> None:
        self._size = (layout.width * MM, layout.height * MM)
        self.left = layout.left * MM
        self.right = self._size[0] - layout.right * MM
        self._top = layout.top * MM
        self._bottom = self._size[1] - layout.bottom * MM
        self.done: list[Sheet] = [Sheet(*self._size)]
        self.y = self._top

    @property
    def sheet(self) -> Sheet:
        """The sheet being filled."""
        return self.done[-1]

    @property
    def width(self) -> float:
        """Width of the text area."""
        return self.right - self.left

    @property
    def room(self) -> float:
        """What is left of the text area below."""
        return self._bottom - self.y + _SLACK

    @property
    def full(self) -> float:
        """The height of the whole text area."""
        return self._bottom - self._top + _SLACK

    def need(self, height: float) -> None:
        """Turn to the next sheet if so much does not fit any more and turning would help."""
        if height > self.room and self.y > self._top:
            self.turn()

    def turn(self) -> None:
        """Go on at the top of a new sheet."""
        self.done.append(Sheet(*self._size))
        self.y = self._top

    def down(self, height: float) -> None:
        """Leave space, but none at the top of a sheet and never beyond its foot."""
        if self.y > self._top:
            self.y = min(self.y + height, self._bottom)

    def to_foot(self, height: float) -> None:
        """Go down so far that `height` ends with the text area."""
        self.y = max(self.y, self._bottom - height)
