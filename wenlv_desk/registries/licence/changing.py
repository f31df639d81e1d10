"""变更: what stands on a licence changes with an approval, a date and a version kept (出版管理条例 art. 37, 印刷业管理条例 art. 12)."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import param
from wenlv_desk.core.operations import operation
from wenlv_desk.registries.licence.handling import (
    DocumentNo,
    face,
    keep_version,
    refuse_before,
    refuse_future,
    refuse_lapsed,
    registry_of,
    watch_representative,
    write,
)
from wenlv_desk.registries.licence.issuing import BOTH
from wenlv_desk.registries.licence.shared import Licence
from wenlv_desk.registries.licence.vocabulary import ChangeItem, Status, VersionEvent
from wenlv_desk.registries.operator.operations import take_name
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.store.attachments import Evidence, keep_evidence
from wenlv_desk.store.desk import Desk

ITEMS = {  # the fields that a 变更 may change -> 变更事项
    "licensee_name": ChangeItem.NAME,
    "uscc": ChangeItem.OTHER,
    "legal_representative": ChangeItem.REPRESENTATIVE,
    "representative_role": ChangeItem.REPRESENTATIVE,
    "id_doc_type": ChangeItem.REPRESENTATIVE,
    "id_doc_no": ChangeItem.REPRESENTATIVE,
    "business_premises": ChangeItem.PREMISES,
    "registered_address": ChangeItem.PREMISES,
    "township": ChangeItem.PREMISES,
    "division_code": ChangeItem.PREMISES,
    "scope_text": ChangeItem.SCOPE,
    "business_mode": ChangeItem.SCOPE,
    "publication_kinds": ChangeItem.SCOPE,
    "print_categories": ChangeItem.SCOPE,
    "operator_kind": ChangeItem.OTHER,
    "ownership_kind": ChangeItem.OTHER,
    "registered_capital_wan": ChangeItem.OTHER,
}


@operation(
    "变更",
    on=BOTH,
    when=(Status.ACTIVE,),
    to=Status.ACTIVE,
    evidence=True,
    takes_values=True,
    takes_only=tuple(ITEMS),
)
def change(
    desk: Desk,
    licence: Licence,
    *,
    values: Mapping[str, Any],
    reason: str,
    approved_on: Annotated[date, param("核准日期")],
    document_no: DocumentNo = None,
    sync_operator: Annotated[
        bool, param("同步经营单位名称", help="名称变更时把经营单位的名称一并改过来，原名记入曾用名")
    ] = False,
    path: Evidence = None,
) -> None:
    """Change what is registered on a licence; what it said before is kept. The operator follows only when asked to."""
    refuse_future(desk, "核准日期", approved_on)
    refuse_before("核准日期", approved_on, "发证日期", licence.issue_date)
    refuse_lapsed(desk, licence, "核准日期", approved_on)
    before = face(licence, registry_of(desk, licence))
    write(desk, licence, values, reason)
    changed = [name for name in ITEMS if name in before and getattr(licence, name) != before[name]]
    if not changed:
        raise UserError("没有办理：没有填写任何变更内容，请只改有变更的各项")
    if {"legal_representative", "id_doc_no"} & set(changed):
        watch_representative(desk, licence, approved_on, reason)
    if "print_categories" in changed:
        desk.notes.append("增加或变更印刷经营种类须重新审批（印刷业管理条例第十二条），请确认审批手续齐全")
    items = list(dict.fromkeys(ITEMS[name] for name in changed))
    keep_version(
        desk,
        licence,
        before,
        VersionEvent.CHANGE,
        on=approved_on,
        items=items,
        document_no=document_no,
        reason=reason or None,
    )
    _follow(desk, licence, approved_on, sync_operator and "licensee_name" in changed)
    keep_evidence(desk, licence, path, "变更")


def _follow(desk: Desk, licence: Licence, on: date, sync: bool) -> None:
    """Let the operator's name follow when asked; else say that it now differs."""
    operator = desk.get(Operator, licence.operator_id)
    if sync:
        take_name(operator, licence.licensee_name)
        desk.notes.append(f"经营单位已改名为“{operator.operator_name}”，原名记入曾用名")
    elif operator.operator_name != licence.licensee_name:
        desk.notes.append(f"经营单位仍为“{operator.operator_name}”，需要时请到经营单位办“名称变更”（{on}）")
