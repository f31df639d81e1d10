"""Widgets that know no register: words, chips, dialogs, search field, notices."""
