# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'welcome.ui'
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
from PySide6.QtWidgets import (QApplication, QLabel, QSizePolicy, QVBoxLayout,
    QWidget)

class Ui_Welcome(object):
    def setupUi(self, Welcome):
        if not Welcome.objectName():
            Welcome.setObjectName(u"Welcome")
        self.column = QVBoxLayout(Welcome)
        self.column.setSpacing(4)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(18, 0, 18, 0)
        self.intro = QLabel(Welcome)
        self.intro.setObjectName(u"intro")
        self.intro.setWordWrap(True)

        self.column.addWidget(self.intro)

        self.three = QLabel(Welcome)
        self.three.setObjectName(u"three")
        self.three.setWordWrap(True)

        self.column.addWidget(self.three)


        self.retranslateUi(Welcome)

        QMetaObject.connectSlotsByName(Welcome)
    # setupUi

    def retranslateUi(self, Welcome):
#if QT_CONFIG(accessibility)
        Welcome.setAccessibleName(QCoreApplication.translate("Welcome", u"\u521d\u6b21\u4f7f\u7528", None))
#endif // QT_CONFIG(accessibility)
        self.intro.setText(QCoreApplication.translate("Welcome", u"\u8bf7\u586b\u5199\u672c\u5355\u4f4d\u7684\u540d\u79f0\u548c\u4e3b\u4f53\u4fe1\u606f\u3002\u5b83\u4eec\u4f1a\u5370\u5728\u6587\u4e66\u4e0a\uff0c\u4e5f\u7528\u6765\u6838\u5bf9\u8bc1\u53f7\uff1b\u4ee5\u540e\u53ef\u5728\u201c\u8bbe\u7f6e\u201d\u91cc\u4fee\u6539\u3002", None))
        self.three.setText(QCoreApplication.translate("Welcome", u"\u53d1\u8bc1\u3001\u627f\u529e\u3001\u76d1\u7ba1\u53ef\u4ee5\u662f\u4e09\u4e2a\u4e0d\u540c\u7684\u5355\u4f4d\uff0c\u8bf7\u5206\u522b\u586b\u5199\u3002\u53ea\u6709\u201c\u672c\u5355\u4f4d\u540d\u79f0\u201d\u5fc5\u586b\uff0c\u5176\u4f59\u53ef\u4ee5\u7a7a\u7740\u3002", None))
    # retranslateUi

