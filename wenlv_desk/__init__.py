"""Wenlv Desk (文旅台账): the records desk of a county Culture and Tourism Bureau."""

__version__ = "0.1.0"
