"""Is every issued paper still in the archive, byte for byte?"""

from collections.abc import Iterator

from sqlalchemy import select

from wenlv_desk.core.errors import UserError
from wenlv_desk.issuing.records import IssuedPaper
from wenlv_desk.store.desk import Desk


def check_archive(desk: Desk) -> Iterator[str]:
    """One Chinese sentence for every paper whose bytes are missing or changed."""
    for paper in desk.session.scalars(select(IssuedPaper)):
        try:
            desk.files.get(paper.sha256)
        except UserError as error:
            yield f"文书 {paper.paper_no}：{error.message}"
