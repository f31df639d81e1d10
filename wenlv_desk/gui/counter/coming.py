"""Who came (申请人、代理人): asked only where somebody comes for the firm's head."""

from collections.abc import Callable

from PySide6.QtWidgets import QFormLayout, QLineEdit

from wenlv_desk.gui.seat import Seat
from wenlv_desk.gui.widgets.dialogs import Dialog
from wenlv_desk.gui.widgets.parts import words

FIELDS = {"applicant": "申请人", "agent": "代理人", "agent_phone": "代理人电话"}


def shown(applicant: str, who: dict[str, str]) -> str:
    """王奕契（本人）, or with the agent."""
    name = who.get("applicant") or applicant
    return f"{name}（代理人 {who['agent']}）" if who.get("agent") else f"{name}（本人）"


def ask_who(seat: Seat, applicant: str, who: dict[str, str], then: Callable[[dict[str, str]], object]) -> Dialog:
    """Ask who came; `then` gets what was filled in."""
    dialog = Dialog("谁来办理", seat.kit.looks, seat.window)
    dialog.body.addWidget(words("本人来办的不用填。代办的须有委托书。", "muted", wrap=True))
    form, edits = QFormLayout(), {}
    for name, label in FIELDS.items():
        edits[name] = QLineEdit(who.get(name, ""))
        edits[name].setAccessibleName(label)
        edits[name].setPlaceholderText(applicant if name == "applicant" else "")
        form.addRow(words(label, "key"), edits[name])
    dialog.body.addLayout(form)
    dialog.buttons("就这样")
    dialog.accepted.connect(lambda: then({name: edit.text().strip() for name, edit in edits.items()}))
    dialog.open()
    edits["agent"].setFocus()
    return dialog
