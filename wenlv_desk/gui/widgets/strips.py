"""A strip in a page or dialog: one remark in its tone with the buttons that belong to it."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.parts import button, restyle, words

_ICONS = {"red": "circle-alert", "amber": "triangle-alert", "green": "circle-check", "neutral": "info"}


class Strip(QFrame):
    """Hidden while there is nothing to say."""

    acted = Signal(str)  # the name of the button that was pressed

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setProperty("part", "strip")
        self.setAccessibleName("提示")
        self._looks, self.topic, self._tone = looks, "", "neutral"
        self._icon, self._text = words(""), words("", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(18, 7, 12, 7)
        self._row.setSpacing(10)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._text, 1)
        self._buttons: list[QPushButton] = []
        looks.changed.connect(self._look)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def say(self, tone: str, text: str, **actions: str) -> None:
        """Show a remark; keyword arguments are buttons: what `acted` tells, what stands on it."""
        self.topic, self._tone = next(iter(actions), ""), tone
        self._text.setText(text)
        self.setAccessibleDescription(text)
        for one in self._buttons:
            self._row.removeWidget(one)
            one.hide()
            one.deleteLater()
        self._buttons = [button(title, partial(self.acted.emit, name), part="chip") for name, title in actions.items()]
        for one in self._buttons:
            self._row.addWidget(one, 0, Qt.AlignmentFlag.AlignTop)
        restyle(self, "tone", tone)
        self._look()
        self.show()

    def clear(self) -> None:
        self.topic = ""
        self.hide()

    def _look(self) -> None:
        colour = self._tone if self._tone != "neutral" else "accent"
        self._icon.setPixmap(self._looks.icon(_ICONS[self._tone], colour, 18).pixmap(self._looks.px(18)))
