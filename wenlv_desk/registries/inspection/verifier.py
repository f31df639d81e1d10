"""The page that checks a draw without this program: `resources/verifier/verify.html` with the record in it."""

import json

from wenlv_desk.resources import resource

PLACE = "/*RECORD*/null"


def html_of(record_text: str) -> str:
    """The page with a record's text embedded: as a string literal, in which nothing can end the element that holds it."""
    literal = json.dumps(record_text, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", "\\u2028")
    page = resource("verifier", "verify.html").read_text(encoding="utf-8")
    return page.replace(PLACE, literal.replace("\u2029", "\\u2029"), 1)
