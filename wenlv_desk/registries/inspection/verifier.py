"""The page that checks a draw without this program: `resources/verifier/verify.html` with the record in it."""

import json

from wenlv_desk.resources import resource

PLACE = '<script type="application/json" id="record">null</script>'


def html_of(record_text: str) -> str:
    """The page with a record's text embedded: as a JSON string, in which nothing can end the element that holds it."""
    literal = json.dumps(record_text, ensure_ascii=False).replace("<", "\\u003c")
    page = resource("verifier", "verify.html").read_text(encoding="utf-8")
    return page.replace(PLACE, PLACE.replace("null", literal), 1)
