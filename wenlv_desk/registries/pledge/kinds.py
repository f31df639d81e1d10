"""The kinds of pledges that come with the program (resources/pledge/kinds.csv)."""

import csv
from typing import Any

from wenlv_desk.registries.pledge.vocabulary import WhoWithWhom
from wenlv_desk.resources import resource


def shipped_kinds() -> list[dict[str, Any]]:
    """Each as the fields of a record."""
    with resource("pledge", "kinds.csv").open(encoding="utf-8", newline="") as stream:
        return [_fields(row) for row in csv.DictReader(stream)]


def _fields(row: dict[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {name: text or None for name, text in row.items()}
    made["parties"] = WhoWithWhom[row["parties"]]
    made["categories"] = tuple(row["categories"].split("、")) if row["categories"] else None
    made["copies"] = int(row["copies"])
    return made
