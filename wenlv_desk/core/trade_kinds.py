"""Kinds of the trade: credit code, citizen number, phones, licence number. The rules stand in `standards`."""

from collections.abc import Callable
from typing import Any

from wenlv_desk.core.kinds import BLANKS, Context, Kind, plain_text
from wenlv_desk.standards.finding import Reading, Severity

CITIZEN_DIGITS = 14  # fewer digits are a passport, a travel permit or an officer's card
LONGEST_DOCUMENT = 40


class CreditCode(Kind):
    """统一社会信用代码 (GB 32100-2015), or an old registration number kept with a remark."""

    width = 21
    identifier = True

    def evident(self) -> Callable[[str], bool]:
        from wenlv_desk.standards.credit_code import is_sound_code

        return is_sound_code

    def read(self, raw: Any, context: Context) -> Reading[Any]:  # noqa: ARG002
        from wenlv_desk.standards.credit_code import read_credit_code

        return Reading(None) if raw is None or raw in BLANKS else read_credit_code(raw)


class Phones(Kind):
    """One or several phone numbers, stored joined by 、."""

    width = 14
    identifier = True

    def evident(self) -> Callable[[str], bool]:
        from wenlv_desk.standards.phone import is_usual_phone

        return is_usual_phone

    def read(self, raw: Any, context: Context) -> Reading[Any]:  # noqa: ARG002
        from wenlv_desk.standards.phone import read_phones

        if raw is None or raw in BLANKS:
            return Reading(None)
        reading = read_phones(raw if isinstance(raw, str | int | float) else plain_text(raw))
        value = "、".join(reading.value) if reading.value else None
        return Reading(
            value, reading.problem, reading.severity, reading.position, tuple("、".join(s) for s in reading.suggestions)
        )

    def mask(self, shown: str) -> str:
        from wenlv_desk.standards.masks import mask_phones

        return mask_phones(shown)


class CitizenNumber(Kind):
    """公民身份号码 (GB 11643-1999), 15 digits lengthened; never shown unmasked without asking."""

    width = 20
    identifier = True

    def read(self, raw: Any, context: Context) -> Reading[Any]:
        from wenlv_desk.standards.citizen_number import read_citizen_number

        return Reading(None) if raw is None or raw in BLANKS else read_citizen_number(raw, today=context.today)

    def mask(self, shown: str) -> str:
        from wenlv_desk.standards.masks import mask_citizen_number

        return mask_citizen_number(shown)


class DocumentNumber(Kind):
    """The number of a person's document of any type (证件号码): a citizen number where it has that shape, else as printed."""

    width = 20
    identifier = True

    def read(self, raw: Any, context: Context) -> Reading[Any]:
        from wenlv_desk.standards.typed import typed_text

        text = typed_text(raw).upper()
        if text in BLANKS:
            return Reading(None)
        if isinstance(raw, float) or sum(char.isdigit() for char in text) >= CITIZEN_DIGITS:
            return CitizenNumber().read(raw, context)
        if not text.isprintable() or len(text) > LONGEST_DOCUMENT:
            return Reading(None, f"“{text[:LONGEST_DOCUMENT]}”不是证件号码，请对照证件填写", Severity.REJECT)
        return Reading(text)

    def mask(self, shown: str) -> str:
        return CitizenNumber().mask(shown)


class LicenceNumber(Kind):
    """A licence number as printed; there is no national pattern, so only its characters are checked."""

    width = 21
    identifier = True

    def read(self, raw: Any, context: Context) -> Reading[Any]:  # noqa: ARG002
        from wenlv_desk.standards.licence_number import read_licence_number

        return Reading(None) if raw is None or plain_text(raw).strip() in BLANKS else read_licence_number(raw)
