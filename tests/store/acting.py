"""Operations a test makes up on the spot, performed through the gate like any other."""

from collections.abc import Callable
from typing import Any

from wenlv_desk.core.operations import Operation, Subject
from wenlv_desk.registries.licence.printing import PrintingEquipment, PrintingLicence
from wenlv_desk.registries.licence.vocabulary import Status
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.store.desk import Clerk, Desk
from wenlv_desk.store.gate import Done, perform
from wenlv_desk.store.office import Office

LINXIAO = Clerk("林晓", "窗口一")


def act(office: Office, work: Callable[[Desk], Any], *, clerk: Clerk = LINXIAO, register: str = "operator") -> Done:
    """Do `work(desk)` as one operation on a register."""

    def trial(desk: Desk, registry: object) -> Any:
        return work(desk)

    made = Operation(title="试办", function=trial, subject=Subject.REGISTER)
    return perform(office, clerk, made, register)


def firm(name: str = "新岸书刊社", **values: Any) -> Operator:
    return Operator(operator_name=name, **values)


def licence(operator: Operator, number: str = "印证字1号", **values: Any) -> PrintingLicence:
    printed = {
        "licence_no": number,
        "licence_no_normalized": number,
        "status": Status.ACTIVE,
        "licensee_name": operator.operator_name,
        "legal_representative": "王禾",
        "business_premises": "温泉路一号",
    }
    return PrintingLicence(operator_id=operator.id, **{**printed, **values})


def machine(of: PrintingLicence, name: str = "胶印机", **values: Any) -> PrintingEquipment:
    return PrintingEquipment(licence_id=of.id, equipment_name=name, **values)
