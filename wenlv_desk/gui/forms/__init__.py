"""Compiled from the Qt Designer forms in `ui/`, never edited by hand; tests/gui/test_forms_fresh.py holds them fresh.

    pyside6-uic ui/NAME.ui -o wenlv_desk/gui/forms/ui_NAME.py
"""
