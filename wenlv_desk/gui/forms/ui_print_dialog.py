# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'print_dialog.ui'
##
## Created by: Qt User Interface Compiler version 6.9.3
##
## WARNING! All changes made in this file will be lost when recompiling UI file!
################################################################################

from PySide6.QtCore import (QCoreApplication, QDate, QDateTime, QLocale,
    QMetaObject, QObject, QPoint, QRect,
    QSize, QTime, QUrl, Qt)
from PySide6.QtGui import (QBrush, QColor, QConicalGradient, QCursor,
    QFont, QFontDatabase, QGradient, QIcon,
    QImage, QKeySequence, QLinearGradient, QPainter,
    QPalette, QPixmap, QRadialGradient, QTransform)
from PySide6.QtWidgets import (QApplication, QCheckBox, QComboBox, QDoubleSpinBox,
    QHBoxLayout, QLabel, QLineEdit, QListWidget,
    QListWidgetItem, QPushButton, QScrollArea, QSizePolicy,
    QSpacerItem, QSpinBox, QVBoxLayout, QWidget)

class Ui_PrintDialog(object):
    def setupUi(self, PrintDialog):
        if not PrintDialog.objectName():
            PrintDialog.setObjectName(u"PrintDialog")
        self.row = QHBoxLayout(PrintDialog)
        self.row.setSpacing(14)
        self.row.setObjectName(u"row")
        self.row.setContentsMargins(0, 0, 0, 0)
        self.pages = QListWidget(PrintDialog)
        self.pages.setObjectName(u"pages")

        self.row.addWidget(self.pages)

        self.middle = QVBoxLayout()
        self.middle.setObjectName(u"middle")
        self.view = QScrollArea(PrintDialog)
        self.view.setObjectName(u"view")
        self.view.setAlignment(Qt.AlignmentFlag.AlignCenter)

        self.middle.addWidget(self.view)

        self.zoomRow = QHBoxLayout()
        self.zoomRow.setObjectName(u"zoomRow")
        self.where = QLabel(PrintDialog)
        self.where.setObjectName(u"where")

        self.zoomRow.addWidget(self.where)

        self.zoomSpace = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.zoomRow.addItem(self.zoomSpace)

        self.smaller = QPushButton(PrintDialog)
        self.smaller.setObjectName(u"smaller")

        self.zoomRow.addWidget(self.smaller)

        self.fit = QPushButton(PrintDialog)
        self.fit.setObjectName(u"fit")

        self.zoomRow.addWidget(self.fit)

        self.larger = QPushButton(PrintDialog)
        self.larger.setObjectName(u"larger")

        self.zoomRow.addWidget(self.larger)


        self.middle.addLayout(self.zoomRow)


        self.row.addLayout(self.middle)

        self.side = QVBoxLayout()
        self.side.setSpacing(5)
        self.side.setObjectName(u"side")
        self.printerLabel = QLabel(PrintDialog)
        self.printerLabel.setObjectName(u"printerLabel")

        self.side.addWidget(self.printerLabel)

        self.printer = QComboBox(PrintDialog)
        self.printer.setObjectName(u"printer")

        self.side.addWidget(self.printer)

        self.copiesLabel = QLabel(PrintDialog)
        self.copiesLabel.setObjectName(u"copiesLabel")

        self.side.addWidget(self.copiesLabel)

        self.copies = QSpinBox(PrintDialog)
        self.copies.setObjectName(u"copies")
        self.copies.setMinimum(1)
        self.copies.setMaximum(999)

        self.side.addWidget(self.copies)

        self.purposeLabel = QLabel(PrintDialog)
        self.purposeLabel.setObjectName(u"purposeLabel")

        self.side.addWidget(self.purposeLabel)

        self.purpose = QLineEdit(PrintDialog)
        self.purpose.setObjectName(u"purpose")
        self.purpose.setMaxLength(128)

        self.side.addWidget(self.purpose)

        self.serialLabel = QLabel(PrintDialog)
        self.serialLabel.setObjectName(u"serialLabel")

        self.side.addWidget(self.serialLabel)

        self.serial = QLineEdit(PrintDialog)
        self.serial.setObjectName(u"serial")
        self.serial.setMaxLength(64)

        self.side.addWidget(self.serial)

        self.offsetLabel = QLabel(PrintDialog)
        self.offsetLabel.setObjectName(u"offsetLabel")

        self.side.addWidget(self.offsetLabel)

        self.offsets = QHBoxLayout()
        self.offsets.setObjectName(u"offsets")
        self.right = QDoubleSpinBox(PrintDialog)
        self.right.setObjectName(u"right")
        self.right.setDecimals(1)
        self.right.setMinimum(-30.000000000000000)
        self.right.setMaximum(30.000000000000000)
        self.right.setSingleStep(0.500000000000000)

        self.offsets.addWidget(self.right)

        self.down = QDoubleSpinBox(PrintDialog)
        self.down.setObjectName(u"down")
        self.down.setDecimals(1)
        self.down.setMinimum(-30.000000000000000)
        self.down.setMaximum(30.000000000000000)
        self.down.setSingleStep(0.500000000000000)

        self.offsets.addWidget(self.down)


        self.side.addLayout(self.offsets)

        self.calibration = QCheckBox(PrintDialog)
        self.calibration.setObjectName(u"calibration")

        self.side.addWidget(self.calibration)

        self.spoil = QPushButton(PrintDialog)
        self.spoil.setObjectName(u"spoil")

        self.side.addWidget(self.spoil)

        self.said = QLabel(PrintDialog)
        self.said.setObjectName(u"said")
        self.said.setWordWrap(True)

        self.side.addWidget(self.said)

        self.sideSpace = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.side.addItem(self.sideSpace)


        self.row.addLayout(self.side)

        self.row.setStretch(1, 1)
#if QT_CONFIG(shortcut)
        self.printerLabel.setBuddy(self.printer)
        self.copiesLabel.setBuddy(self.copies)
        self.purposeLabel.setBuddy(self.purpose)
        self.serialLabel.setBuddy(self.serial)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(PrintDialog)

        QMetaObject.connectSlotsByName(PrintDialog)
    # setupUi

    def retranslateUi(self, PrintDialog):
#if QT_CONFIG(accessibility)
        PrintDialog.setAccessibleName(QCoreApplication.translate("PrintDialog", u"\u6253\u5370", None))
#endif // QT_CONFIG(accessibility)
#if QT_CONFIG(accessibility)
        self.pages.setAccessibleName(QCoreApplication.translate("PrintDialog", u"\u9875", None))
#endif // QT_CONFIG(accessibility)
#if QT_CONFIG(accessibility)
        self.view.setAccessibleName(QCoreApplication.translate("PrintDialog", u"\u9884\u89c8", None))
#endif // QT_CONFIG(accessibility)
        self.where.setText("")
        self.smaller.setText(QCoreApplication.translate("PrintDialog", u"\u7f29\u5c0f", None))
        self.fit.setText(QCoreApplication.translate("PrintDialog", u"\u6574\u9875", None))
        self.larger.setText(QCoreApplication.translate("PrintDialog", u"\u653e\u5927", None))
        self.printerLabel.setText(QCoreApplication.translate("PrintDialog", u"\u6253\u5370\u673a", None))
#if QT_CONFIG(accessibility)
        self.printer.setAccessibleName(QCoreApplication.translate("PrintDialog", u"\u6253\u5370\u673a", None))
#endif // QT_CONFIG(accessibility)
        self.copiesLabel.setText(QCoreApplication.translate("PrintDialog", u"\u4efd\u6570", None))
#if QT_CONFIG(accessibility)
        self.copies.setAccessibleName(QCoreApplication.translate("PrintDialog", u"\u4efd\u6570", None))
#endif // QT_CONFIG(accessibility)
        self.purposeLabel.setText(QCoreApplication.translate("PrintDialog", u"\u7528\u9014", None))
#if QT_CONFIG(accessibility)
        self.purpose.setAccessibleName(QCoreApplication.translate("PrintDialog", u"\u7528\u9014", None))
#endif // QT_CONFIG(accessibility)
        self.purpose.setPlaceholderText(QCoreApplication.translate("PrintDialog", u"\u5982\uff1a\u5f52\u6863\u3001\u53d1\u7ed9\u6301\u8bc1\u4eba", None))
        self.serialLabel.setText(QCoreApplication.translate("PrintDialog", u"\u7a7a\u767d\u8bc1\u53f7\uff08\u5fc5\u586b\uff09", None))
#if QT_CONFIG(accessibility)
        self.serial.setAccessibleName(QCoreApplication.translate("PrintDialog", u"\u7a7a\u767d\u8bc1\u53f7\uff0c\u5fc5\u586b", None))
#endif // QT_CONFIG(accessibility)
        self.serial.setPlaceholderText(QCoreApplication.translate("PrintDialog", u"\u5370\u5728\u7a7a\u767d\u8bc1\u4e0a\u7684\u6d41\u6c34\u53f7", None))
        self.offsetLabel.setText(QCoreApplication.translate("PrintDialog", u"\u6253\u5370\u504f\u79fb\uff08\u6beb\u7c73\uff0c\u8fd9\u53f0\u6253\u5370\u673a\u8bb0\u4f4f\uff09", None))
#if QT_CONFIG(accessibility)
        self.right.setAccessibleName(QCoreApplication.translate("PrintDialog", u"\u5411\u53f3\u504f\u79fb\uff0c\u6beb\u7c73", None))
#endif // QT_CONFIG(accessibility)
        self.right.setPrefix(QCoreApplication.translate("PrintDialog", u"\u5411\u53f3 ", None))
#if QT_CONFIG(accessibility)
        self.down.setAccessibleName(QCoreApplication.translate("PrintDialog", u"\u5411\u4e0b\u504f\u79fb\uff0c\u6beb\u7c73", None))
#endif // QT_CONFIG(accessibility)
        self.down.setPrefix(QCoreApplication.translate("PrintDialog", u"\u5411\u4e0b ", None))
        self.calibration.setText(QCoreApplication.translate("PrintDialog", u"\u6821\u51c6\u9875\uff08\u4e0d\u7f16\u53f7\uff0c\u4e0d\u5f52\u6863\uff09", None))
        self.spoil.setText(QCoreApplication.translate("PrintDialog", u"\u7a7a\u767d\u8bc1\u4f5c\u5e9f\u2026", None))
        self.said.setText("")
    # retranslateUi

