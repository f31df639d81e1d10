"""The editor of wordings (文书范本): text, placeholders, the pages it makes."""
