"""Signing in: who is at the desk and what they may do, as the staff register says."""

from sqlalchemy import select

from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.staff.records import Staff
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.office import Office


def sign_in(office: Office, name: str, *, counter: str = "本机") -> Clerk:
    """The clerk of that name. Until somebody on the staff register holds the role 管理员, everybody may do everything."""
    with office.database.read() as session:
        held = {
            row.name: row.roles or () for row in session.execute(select(Staff.name, Staff.roles).where(~Staff.voided))
        }
    if not any(Role.ADMIN.value in roles for roles in held.values()):
        return Clerk(name, counter)
    if name not in held:
        raise UserError(f"人员台账里没有“{name}”，不能办理。请管理员先登记，或用 --clerk 指明本人姓名")
    return Clerk(name, counter, frozenset(Role.of(role) for role in held[name]))
