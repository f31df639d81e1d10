"""The notice bar: results and errors inside the window, never in the way, spoken by a screen reader."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.look.tokens import Tone
from wenlv_desk.gui.widgets.parts import button, restyle, words

_SHOWN_MS: Final = 6000
_ICONS: Final = {
    Tone.RED: "circle-alert",
    Tone.AMBER: "triangle-alert",
    Tone.GREEN: "circle-check",
    Tone.NEUTRAL: "info",
}
_COLOURS: Final = {Tone.RED: "red", Tone.AMBER: "amber", Tone.GREEN: "green", Tone.NEUTRAL: "accent"}


@dataclass(frozen=True)
class Notice:
    """One sentence for the clerk, with at most one thing to do about it."""

    text: str
    tone: Tone = Tone.GREEN
    action: str = ""
    do: Callable[[], None] | None = None

    @property
    def stays(self) -> bool:
        """Errors and warnings stay until they are put away; results leave by themselves."""
        return self.tone in (Tone.RED, Tone.AMBER)


class Notices(QFrame):
    """Stands below the page and hides nothing of it; the newest is shown, older ones that stay follow it."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAccessibleName("消息")
        self._looks = looks
        self._waiting: list[Notice] = []
        self._leave = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._leave.timeout.connect(self.dismiss)
        self._build()
        looks.changed.connect(self._render)
        self.hide()

    def _build(self) -> None:
        self._icon, self._text = QLabel(), words("", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._more = words("", "small")
        self._action: QPushButton = button("", self._act, part="link")
        self._action.setAccessibleName("办理")
        self._close: QPushButton = button("", self.dismiss, part="icon", tip="关闭这条消息")
        self._close.setAccessibleName("关闭消息")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        for one in (self._more, self._action, self._close):
            row.addWidget(one)

    @property
    def current(self) -> Notice | None:
        return self._waiting[-1] if self._waiting else None

    def tell(self, text: str) -> None:
        """Say what was done."""
        self.show_notice(Notice(text))

    def fail(self, text: str) -> None:
        """Say what could not be done, and the remedy."""
        self.show_notice(Notice(text, Tone.RED))

    def show_notice(self, notice: Notice) -> None:
        """Show a notice now. What it pushes aside comes back only if it is one that stays."""
        self._waiting = [one for one in self._waiting if one.stays and one != notice]
        self._waiting.append(notice)
        self._render()
        self._announce(notice)

    def dismiss(self) -> None:
        """Put the shown notice away."""
        if self._waiting:
            self._waiting.pop()
        self._render()

    def _act(self) -> None:
        notice = self.current
        self.dismiss()
        if notice is not None and notice.do is not None:
            notice.do()

    def _render(self) -> None:
        notice = self.current
        self._leave.stop()
        if notice is None:
            self.hide()
            return
        restyle(self, "tone", str(notice.tone))
        self._icon.setPixmap(
            self._looks.icon(_ICONS[notice.tone], _COLOURS[notice.tone], 18).pixmap(self._looks.px(18))
        )
        self._close.setIcon(self._looks.icon("x", "text"))
        self._text.setText(notice.text)
        self._action.setText(notice.action)
        self._action.setAccessibleName(notice.action or "办理")
        self._action.setVisible(bool(notice.action))
        self._more.setText(f"还有 {len(self._waiting) - 1} 条")
        self._more.setVisible(len(self._waiting) > 1)
        self.show()
        if not notice.stays:
            self._leave.start()

    def _announce(self, notice: Notice) -> None:
        self.setAccessibleDescription(notice.text)
        event = QAccessibleAnnouncementEvent(self, notice.text)
        if notice.stays:
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)
