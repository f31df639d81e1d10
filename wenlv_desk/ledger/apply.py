"""Applying a plan: one operation, one transaction, one undo."""

from wenlv_desk.ledger.model import Plan
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.gate import Done
from wenlv_desk.store.office import Office


def apply_plan(office: Office, clerk: Clerk, plan: Plan, *, reason: str = "") -> Done:
    """Write what the plan says through the gate. `Done.value` is the counts written: {"new": 31, "changed": 9, …}.

    UserError when something was written since the plan was made that the plan did not see.
    """
    raise NotImplementedError
