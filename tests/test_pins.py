"""Versions of libraries that must not be met: they crash or answer wrongly (docs/architecture.md, "Pins")."""

import os
import subprocess
import sys
from importlib import metadata

from packaging.requirements import Requirement

# Each call returns None or hands None across the border; 300 of them lose 300 references where the library is at fault.
PROBE = """
import sys
from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QStandardItemModel
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QTableWidget, QTableWidgetItem, QWidget

app = QApplication([])
image = QImage(40, 40, QImage.Format.Format_ARGB32)
painter = QPainter(image)
box, black, path = QRectF(1, 1, 5, 5), QColor("black"), QPainterPath()
label, line, combo, table, widget, timer = QLabel(), QLineEdit(), QComboBox(), QTableWidget(3, 3), QWidget(), QTimer()
item, model = QTableWidgetItem("x"), QStandardItemModel(3, 3)
table.setItem(0, 0, item)
role = Qt.ItemDataRole.UserRole
calls = {
    "fillRect": lambda: painter.fillRect(box, black),
    "drawText": lambda: painter.drawText(5, 5, "x"),
    "drawRect": lambda: painter.drawRect(box),
    "setPen": lambda: painter.setPen(black),
    "setFont": lambda: painter.setFont(QFont()),
    "save": lambda: painter.save(),
    "restore": lambda: painter.restore(),
    "addRect": lambda: path.addRect(box),
    "label.setText": lambda: label.setText("x"),
    "line.setText": lambda: line.setText("x"),
    "combo.addItem": lambda: combo.addItem("x", None),
    "combo.currentData": lambda: combo.currentData(),
    "item.setText": lambda: item.setText("x"),
    "item.setData": lambda: item.setData(role, None),
    "item.data": lambda: item.data(role),
    "table.item": lambda: table.item(2, 2),
    "model.setData": lambda: model.setData(model.index(0, 0), "x"),
    "model.data": lambda: model.data(model.index(1, 1)),
    "setToolTip": lambda: widget.setToolTip("x"),
    "setEnabled": lambda: widget.setEnabled(True),
    "setWindowTitle": lambda: widget.setWindowTitle("x"),
    "parent": lambda: widget.parent(),
    "layout": lambda: widget.layout(),
    "setInterval": lambda: timer.setInterval(5),
}
for name, call in calls.items():
    call()
    before = sys.getrefcount(None)
    for _ in range(300):
        call()
    if abs(sys.getrefcount(None) - before) > 3:
        print("loses None:", name)
painter.end()
print("probed", len(calls))
"""


def requirement(name: str) -> Requirement:
    declared = (Requirement(line) for line in metadata.requires("wenlv-desk") or [])
    return next(one for one in declared if one.name.lower() == name.lower())


def test_the_qt_that_kills_python_3_11_cannot_be_installed() -> None:
    allowed = requirement("PySide6-Essentials").specifier
    assert "6.12.0" not in allowed
    assert metadata.version("PySide6-Essentials") in allowed


def test_the_qt_of_newer_desktops_only_cannot_be_installed() -> None:
    assert "6.10.0" not in requirement("PySide6-Essentials").specifier, "6.10 needs glibc 2.34"


def test_qt_keeps_its_references_to_none() -> None:
    probe = subprocess.run(
        [sys.executable, "-c", PROBE],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (probe.returncode, probe.stdout.split("\n")) == (0, ["probed 24", ""]), probe.stdout + probe.stderr
