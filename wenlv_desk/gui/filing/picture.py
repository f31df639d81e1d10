"""The picture of one page: whole, or at its size by a click; turned by keys where it lies on its side."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea

from wenlv_desk.gui.widgets.parts import button, headed, words

LARGE_PIXELS: Final = 2000
MARGIN: Final = 8
NONE: Final = "在左边选一页，这里看它的样子。"
DRAWING: Final = "正在取图……"
KEPT: Final = "原件在扫描件的附件里。"
BROKEN: Final = f"这一页画不出来：文件可能损坏。{KEPT}"


class PagePicture(QFrame):
    """`turn_wanted` asks for a quarter more, clockwise."""

    turn_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self.setAccessibleName("扫描页")
        self._image: QImage | None = None
        self.large = False
        self.title = words("", "strong")
        self.zoom = button("放大", self.toggle, key="F7", part="chip")
        self.left = _turning("左转 Ctrl ←", lambda: self.turn_wanted.emit(270), "Ctrl+Left")
        self.right = _turning("右转 Ctrl →", lambda: self.turn_wanted.emit(90), "Ctrl+Right")
        self.page = _Sheet()
        self.page.clicked.connect(self.toggle)
        self.area = QScrollArea()
        self.area.setWidget(self.page)
        self.area.setWidgetResizable(True)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area.setAccessibleName("扫描页的图")
        self.area.installEventFilter(self)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._show)
        self._lay_out()
        self.forget()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 9, 14, 9)
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        for one in (self.left, self.right, self.zoom):
            head.addWidget(one)
        headed(self, head, self.area)

    def wait(self, title: str) -> None:
        """Another page is on its way."""
        self.title.setText(title)
        self._image = None
        self._say(DRAWING)

    def show_image(self, image: QImage | None, why: str = "") -> None:
        """The page; None where nothing could be drawn, with what is known of the reason."""
        self._image = image
        if image is None:
            self._say(f"{why}\n\n{KEPT}" if why else BROKEN)
        else:
            self._show()
        self._allow(image is not None)

    def forget(self) -> None:
        """No page is chosen."""
        self.title.setText("")
        self._image = None
        self._say(NONE)
        self._allow(False)

    def toggle(self) -> None:
        """Whole or large."""
        if self._image is not None:
            self.large = not self.large
            self._show()

    def _allow(self, there: bool) -> None:
        for one in (self.zoom, self.left, self.right):
            one.setEnabled(there)

    def _say(self, text: str) -> None:
        self.page.setPixmap(QPixmap())
        self.page.setText(text)
        self.page.setAccessibleName(text)

    def _show(self) -> None:
        if self._image is None:
            return
        self.zoom.setText("全页 F7" if self.large else "放大 F7")
        self.zoom.setAccessibleName("看全页" if self.large else "放大")
        self.zoom.setShortcut("F7")
        ratio = self.area.devicePixelRatioF()
        shown = self._image
        if not self.large:
            room = (self.area.maximumViewportSize() - QSize(2 * MARGIN, 2 * MARGIN)) * ratio
            shown = shown.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        shown.setDevicePixelRatio(ratio)
        self.page.setText("")
        self.page.setPixmap(QPixmap.fromImage(shown))
        self.page.setAccessibleName(f"{self.title.text()}，点一下{'看全页' if self.large else '放大'}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if event.type() == QEvent.Type.Resize and not self.large:
            self._later.start()
        return False


def _turning(text: str, do: Callable[[], object], key: str) -> QPushButton:
    made = button(text, do, part="chip")
    made.setShortcut(key)
    return made


class _Sheet(QLabel):
    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("part", "muted")
        self.setWordWrap(True)
        self.setMargin(MARGIN)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.clicked.emit()
