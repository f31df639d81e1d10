"""Walks a window as a screen reader does."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QWidget


def controls(root: QWidget) -> list[QWidget]:
    """Everything below that takes the focus; what is hidden by itself and the parts Qt makes for itself are left out."""
    return [one for one in root.findChildren(QWidget) if takes_focus(one)]


def takes_focus(widget: QWidget) -> bool:
    internal = widget.objectName().startswith("qt_") or widget.focusProxy() is not None or in_combo_box(widget)
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not internal and not widget.isHidden()


def in_combo_box(widget: QWidget) -> bool:
    """The list a combo box unfolds is spoken as the combo box."""
    above = widget.parentWidget()
    return above is not None and (isinstance(above, QComboBox) or in_combo_box(above))


def unnamed(root: QWidget) -> list[str]:
    """Controls a screen reader would have no name for: class, object name and text of each."""
    return [
        f"{type(one).__name__} {one.objectName()!r} {shown_text(one)!r}"
        for one in controls(root)
        if not spoken_name(one) or spoken_name(one).startswith("&")
    ]


def spoken_name(widget: QWidget) -> str:
    """What AT-SPI is told: the accessible name, or what Qt makes of text and buddy label."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else widget.accessibleName().strip()


def shown_text(widget: QWidget) -> str:
    if isinstance(widget, QAbstractButton | QLineEdit):
        return widget.text()
    return "list" if isinstance(widget, QAbstractItemView) else ""
