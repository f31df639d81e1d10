"""The sheet that is being filled in: points and boxes together, what differs from what is on file, and the draft of it."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wenlv_desk.gui.checking.judging import POINTS, Entry, Found
from wenlv_desk.gui.checking.points import PointList
from wenlv_desk.gui.checking.reading import CheckView
from wenlv_desk.gui.checking.sheet import SheetForm
from wenlv_desk.gui.entry.drafts import DraftKeeper
from wenlv_desk.gui.seat import Seat
from wenlv_desk.registries.inspection.vocabulary import PointConclusion


class Filling(QObject):
    """What is typed is kept as a draft until it is saved or thrown away."""

    edited = Signal()

    def __init__(self, seat: Seat, points: PointList, form: SheetForm, owner: QWidget) -> None:
        super().__init__(owner)
        self._seat, self.points, self.form = seat, points, form
        self.view: CheckView | None = None
        self.ended = False  # saved or thrown away: nothing is kept any more
        self.drafts: DraftKeeper | None = None

    def begin(self, view: CheckView) -> None:
        """Lay out points and boxes as they are on file; once."""
        self.view = view
        self.points.show_points(view.points)
        self.form.build(view)
        self.drafts = DraftKeeper(self._seat, view.form, self._drafted, self)
        self._follow()
        self.points.edited.connect(self._edited)
        self.form.edited.connect(self._edited)

    @property
    def entry(self) -> Entry:
        """The sheet as it stands."""
        return Entry(dict(self.points.found), self.form.raw())

    @property
    def changed(self) -> bool:
        """Whether anything was typed or marked."""
        return bool(self._marked() or self.form.changed())

    def keep(self) -> None:
        """Keep a draft now."""
        if self.drafts is not None:
            self.drafts.keep()

    def pause(self) -> None:
        """It is being saved: no draft meanwhile."""
        if self.drafts is not None:
            self.drafts.pause()

    def resume(self) -> None:
        """It was not saved."""
        if self.drafts is not None:
            self.drafts.touch()

    def end(self) -> None:
        """It was saved or thrown away; nothing is marked any more."""
        self.ended = True
        self.forget()
        self.points.lock()
        self.form.setEnabled(False)

    def forget(self) -> None:
        """Throw the draft away."""
        if self.drafts is not None:
            self.drafts.forget()

    def restore(self) -> None:
        """Put what the draft holds back."""
        draft: Mapping[str, Any] = (self.view.form.draft if self.view is not None else None) or {}
        marks = draft.get("points", {})
        self.points.put({int(at): (PointConclusion.of(one), note) for at, (one, note) in marks.items()})
        self.form.put(draft.get("raw", {}))
        self._follow()

    def go_to(self, name: str, said: str) -> None:
        """Go to the box that keeps the sheet from being saved; of the points to the first that does."""
        self.form.settle()
        if name == POINTS:
            entry = self.entry
            wordless = [at for at in entry.bad if not entry.points[at][1].strip()]
            if places := sorted(wordless or entry.unseen or entry.bad):
                self.points.complain(places[0])
        elif name:
            self.form.go_to(name, said)

    def _marked(self) -> dict[int, Found]:
        """Points that stand otherwise than on file."""
        on_file = {one.position: (one.conclusion, one.note) for one in self.view.points} if self.view else {}
        return {position: found for position, found in self.points.found.items() if found != on_file.get(position)}

    def _edited(self) -> None:
        self._follow()
        self.resume()
        self.edited.emit()

    def _follow(self) -> None:
        self.form.follow(self.points.found)

    def _drafted(self) -> dict[str, Any] | None:
        """What a draft keeps; None while there is nothing to lose."""
        if not self.changed or self.ended or self.view is None:
            return None
        marks = {str(at): [conclusion.value, note] for at, (conclusion, note) in self._marked().items()}
        return {"raw": self.form.changed(), "points": marks, "title": self.view.form.title}
