"""What is done about a complaint."""

from typing import Annotated

from tests.complaint.records import Complaint, ComplaintState
from wenlv_desk.core.fields import param
from wenlv_desk.core.operations import operation
from wenlv_desk.store.desk import Desk


@operation(
    "答复办结",
    on=(Complaint,),
    when=(ComplaintState.OPEN,),
    to=ComplaintState.CLOSED,
    state_field="state",
)
def close(desk: Desk, complaint: Complaint, *, answer: Annotated[str, param("答复")]) -> None:
    """Answer a complaint and close it."""
    complaint.answer, complaint.state = answer, ComplaintState.CLOSED
