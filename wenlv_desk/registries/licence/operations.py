"""What is done to licences, in the order of their life, which is also that of the buttons."""

from wenlv_desk.registries.licence.changing import change
from wenlv_desk.registries.licence.ending import cancel, resume, revoke, suspend, withdraw
from wenlv_desk.registries.licence.issuing import apply_renewal, issue, reissue, renew

__all__ = [  # noqa: RUF022
    "issue",
    "renew",
    "change",
    "reissue",
    "apply_renewal",
    "suspend",
    "resume",
    "cancel",
    "revoke",
    "withdraw",
]
