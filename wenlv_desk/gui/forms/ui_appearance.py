# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'appearance.ui'
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
from PySide6.QtWidgets import (QApplication, QGroupBox, QHBoxLayout, QLabel,
    QPushButton, QRadioButton, QSizePolicy, QSlider,
    QSpacerItem, QVBoxLayout, QWidget)

class Ui_Appearance(object):
    def setupUi(self, Appearance):
        if not Appearance.objectName():
            Appearance.setObjectName(u"Appearance")
        self.column = QVBoxLayout(Appearance)
        self.column.setSpacing(10)
        self.column.setObjectName(u"column")
        self.colours = QGroupBox(Appearance)
        self.colours.setObjectName(u"colours")
        self.coloursColumn = QVBoxLayout(self.colours)
        self.coloursColumn.setObjectName(u"coloursColumn")
        self.system = QRadioButton(self.colours)
        self.system.setObjectName(u"system")

        self.coloursColumn.addWidget(self.system)

        self.light = QRadioButton(self.colours)
        self.light.setObjectName(u"light")

        self.coloursColumn.addWidget(self.light)

        self.dark = QRadioButton(self.colours)
        self.dark.setObjectName(u"dark")

        self.coloursColumn.addWidget(self.dark)

        self.contrast = QRadioButton(self.colours)
        self.contrast.setObjectName(u"contrast")

        self.coloursColumn.addWidget(self.contrast)


        self.column.addWidget(self.colours)

        self.size = QGroupBox(Appearance)
        self.size.setObjectName(u"size")
        self.sizeRow = QHBoxLayout(self.size)
        self.sizeRow.setObjectName(u"sizeRow")
        self.percent = QSlider(self.size)
        self.percent.setObjectName(u"percent")
        self.percent.setMinimum(90)
        self.percent.setMaximum(200)
        self.percent.setSingleStep(5)
        self.percent.setPageStep(10)
        self.percent.setOrientation(Qt.Orientation.Horizontal)

        self.sizeRow.addWidget(self.percent)

        self.shown = QLabel(self.size)
        self.shown.setObjectName(u"shown")

        self.sizeRow.addWidget(self.shown)

        self.usual = QPushButton(self.size)
        self.usual.setObjectName(u"usual")
        self.usual.setAutoDefault(False)

        self.sizeRow.addWidget(self.usual)


        self.column.addWidget(self.size)

        self.hint = QLabel(Appearance)
        self.hint.setObjectName(u"hint")
        self.hint.setWordWrap(True)

        self.column.addWidget(self.hint)

        self.rest = QSpacerItem(20, 40, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column.addItem(self.rest)


        self.retranslateUi(Appearance)

        QMetaObject.connectSlotsByName(Appearance)
    # setupUi

    def retranslateUi(self, Appearance):
#if QT_CONFIG(accessibility)
        Appearance.setAccessibleName(QCoreApplication.translate("Appearance", u"\u5916\u89c2", None))
#endif // QT_CONFIG(accessibility)
        self.colours.setTitle(QCoreApplication.translate("Appearance", u"\u989c\u8272", None))
        self.system.setText(QCoreApplication.translate("Appearance", u"\u8ddf\u968f\u7cfb\u7edf", None))
        self.light.setText(QCoreApplication.translate("Appearance", u"\u6d45\u8272", None))
        self.dark.setText(QCoreApplication.translate("Appearance", u"\u6df1\u8272", None))
        self.contrast.setText(QCoreApplication.translate("Appearance", u"\u9ad8\u5bf9\u6bd4\u5ea6", None))
        self.size.setTitle(QCoreApplication.translate("Appearance", u"\u6587\u5b57\u5927\u5c0f", None))
#if QT_CONFIG(accessibility)
        self.percent.setAccessibleName(QCoreApplication.translate("Appearance", u"\u6587\u5b57\u5927\u5c0f\uff0c\u767e\u5206\u6bd4", None))
#endif // QT_CONFIG(accessibility)
        self.shown.setText(QCoreApplication.translate("Appearance", u"100 %", None))
        self.usual.setText(QCoreApplication.translate("Appearance", u"\u6062\u590d 100 %", None))
        self.hint.setText(QCoreApplication.translate("Appearance", u"\u4efb\u4f55\u65f6\u5019\u6309 Ctrl + \u653e\u5927\u3001Ctrl - \u7f29\u5c0f\u3001Ctrl 0 \u6062\u590d\u3002", None))
    # retranslateUi

