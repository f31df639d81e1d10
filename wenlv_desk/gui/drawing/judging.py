"""What is said of a seed while it is typed: how many digits so far, and what is wrong at which place. Knows no Qt."""

from dataclasses import dataclass

from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.inspection.seeds import LEAST, agreed, digits_in, read_digits, wrong_place
from wenlv_desk.registries.inspection.vocabulary import SeedSource

FINE, WRONG, SO_FAR = "fine", "problem", "small"
GROUP = 5


@dataclass(frozen=True)
class SeedSaid:
    """`mark` is the place of the wrong character in the text as typed."""

    kind: str
    text: str
    mark: int | None = None


def said_of(source: SeedSource, text: str) -> SeedSaid:
    """What there is to say of one field."""
    digits = digits_in(text)
    wrong = wrong_place(source, digits)
    try:
        return SeedSaid(FINE, f"✓ {len(read_digits(source, text))} 位")
    except UserError as error:
        if wrong is None and len(digits) < LEAST[source]:
            return SeedSaid(SO_FAR, f"已录 {len(digits)} 位，还差 {LEAST[source] - len(digits)} 位")
        return SeedSaid(WRONG, error.message, _typed_at(text, wrong) if wrong is not None else None)


def said_of_second(source: SeedSource, first: str, second: str) -> SeedSaid:
    """The same of the second field; once it is as long as the first, whether the two agree."""
    own = said_of(source, second)
    whole = len(digits_in(second)) >= len(digits_in(first))
    if own.kind != FINE or not whole or said_of(source, first).kind != FINE:
        return own
    try:
        return SeedSaid(FINE, f"✓ {len(agreed(source, first, second))} 位，两遍一致")
    except UserError as error:
        return SeedSaid(WRONG, error.message, _typed_at(second, _parted(digits_in(first), digits_in(second))))


def _parted(one: str, two: str) -> int:
    """The first place at which two runs of digits are not the same."""
    return next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))


def _typed_at(text: str, place: int) -> int | None:
    """Where the digit of that place stands in the text, in which blanks and commas stand between."""
    seen = 0
    for at, char in enumerate(text):
        seen += len(digits_in(char))
        if seen > place:
            return at
    return None


def grouped(digits: str) -> str:
    """Digits in groups of five, to be read and compared."""
    return " ".join(digits[at : at + GROUP] for at in range(0, len(digits), GROUP))
