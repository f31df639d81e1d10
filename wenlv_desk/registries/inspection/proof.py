"""The documents of a draw (封存、抽取记录): canonical JSON under a digest, and the draw itself as a function of them.

Nothing here knows the database: what follows from a sealed list and the digits, follows for anybody. `verifying` does it again for a
record that was made public; the page in `resources/verifier` does the same without this program.
"""

import json
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from wenlv_desk.registries.inspection.teams import Visit, form_teams
from wenlv_desk.standards.consistent_sampler import smallest

COMMITMENT_FORMAT = "wenlv-desk/draw-commitment/1"
RECORD_FORMAT = "wenlv-desk/draw-record/1"
CODE_BITS = 80
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
Document = dict[str, Any]


def canonical(document: Mapping[str, Any]) -> str:
    """The one text of a document: keys sorted, nothing between the parts, characters as they are. ValueError for other values."""
    _refuse_other_values(document)
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _refuse_other_values(value: Any) -> None:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise ValueError(f"a key must be text, not {key!r}")
            _refuse_other_values(inner)
    elif isinstance(value, list):
        for inner in value:
            _refuse_other_values(inner)
    elif isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(f"a document holds text, whole numbers and lists, not {value!r}")


def digest_of(document: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return sha256(canonical(document).encode("utf-8")).hexdigest()


def readable_code(digest: str) -> str:
    """The first 80 bits of a digest as four groups of four letters and figures: short enough to read aloud and to compare."""
    number = int(digest[: CODE_BITS // 4], 16)
    letters = "".join(_LETTERS[(number >> shift) & 31] for shift in range(CODE_BITS - 5, -1, -5))
    return "-".join(letters[place : place + 4] for place in range(0, len(letters), 4))


def plain_code(typed: str) -> str:
    """A code as it was typed from paper: case, width, blanks and dashes do not matter, nor does O for 0 or I and L for 1."""
    narrow = typed.translate({wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}).upper()
    return re.sub("[^0-9A-Z]", "", narrow).translate(str.maketrans("OIL", "011"))


def carry_out(commitment: Mapping[str, Any], digits: str) -> Document:
    """The draw: of each stratum the smallest tickets, and the teams. Follows from the sealed list and the digits alone."""
    seed = commitment["seed_prefix"] + digits
    drawn: list[Document] = []
    for place, stratum in enumerate(commitment["strata"]):
        mine = [one["id"] for one in commitment["pool"] if one["stratum"] == place]
        for rank, found in enumerate(smallest(mine, seed, stratum["wanted"]), 1):
            drawn.append({"stratum": place, "rank": rank, "id": found.id, "ticket": found.number})
    teams = teams_of(commitment, [one["id"] for one in drawn], seed)
    return {"drawn": [{**one, "team": list(teams.get(one["id"], ()))} for one in drawn]}


def teams_of(commitment: Mapping[str, Any], drawn: Sequence[str], seed: str) -> dict[str, tuple[str, ...]]:
    """Who goes to the objects drawn; nobody where the draw is of objects alone."""
    inspectors = [one["key"] for one in commitment["inspectors"]]
    if not inspectors or not commitment["per_object"]:
        return {}
    listed = {one["id"]: one for one in commitment["pool"]}
    visits = [Visit(one, frozenset(listed[one]["barred"]), frozenset(listed[one]["last"])) for one in drawn]
    return form_teams(visits, inspectors, commitment["per_object"], seed)


def record_of(
    commitment: Document,
    *,
    digits: str,
    entered_at: str,
    witnesses: Sequence[str],
    drawn_at: str,
    result: Document,
) -> Document:
    """The record of a draw as it is made public, with its own digest."""
    digest = digest_of(commitment)
    record: Document = {
        "format": RECORD_FORMAT,
        "commitment": commitment,
        "commitment_digest": digest,
        "code": readable_code(digest),
        "seed": {"digits": digits, "entered_at": entered_at, "witnesses": list(witnesses)},
        "drawn_at": drawn_at,
        "result": result,
    }
    return record | {"digest": digest_of(record)}
