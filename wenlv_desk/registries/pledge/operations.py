"""What is done to kinds, batches, pledges and scans, in the order of their lives."""

from wenlv_desk.registries.pledge.drawing_up import (
    add_to_batch,
    close_batch,
    draw_up,
    issue_batch,
    issue_one,
    revise,
    take_kinds,
)
from wenlv_desk.registries.pledge.entering import enter_signed
from wenlv_desk.registries.pledge.filing import file_scans
from wenlv_desk.registries.pledge.pages import assign_page, set_aside, take_back
from wenlv_desk.registries.pledge.signing import assess, re_sign, sign_b, sign_both, terminate
from wenlv_desk.registries.pledge.word_file import bring_word, drop_word

__all__ = [  # noqa: RUF022 - in the order of their lives
    "take_kinds",
    "bring_word",
    "drop_word",
    "draw_up",
    "enter_signed",
    "add_to_batch",
    "issue_batch",
    "close_batch",
    "revise",
    "issue_one",
    "sign_both",
    "sign_b",
    "re_sign",
    "assess",
    "terminate",
    "file_scans",
    "assign_page",
    "set_aside",
    "take_back",
]
