"""The first run: the bureau says who it is."""

from PySide6.QtWidgets import QWidget

from wenlv_desk.gui.entry.acting import tell_done
from wenlv_desk.gui.entry.entry import EntryDialog
from wenlv_desk.gui.entry.formdata import FormData, form_of
from wenlv_desk.gui.forms.ui_welcome import Ui_Welcome
from wenlv_desk.gui.seat import Seat

SET_UP = "set_up"


def open_welcome(seat: Seat) -> None:
    """Open the first-run dialog; leaving it is allowed, it comes again at the next start."""
    registry = next(one for one in seat.catalogue.registries.values() if one.single)
    op = seat.catalogue.operation(registry, SET_UP)

    def show(data: FormData) -> None:
        dialog = EntryDialog(seat, registry, op, data)
        dialog.body.insertWidget(1, _intro())
        dialog.performed.connect(lambda done: tell_done(seat, done))
        dialog.open()

    seat.read(seat.window, form_of, registry, op, None, {}, then=show)


def _intro() -> QWidget:
    intro = QWidget()
    Ui_Welcome().setupUi(intro)  # type: ignore[no-untyped-call]
    return intro
