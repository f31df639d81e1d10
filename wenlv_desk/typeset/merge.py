"""Several papers as one file for the printer; each keeps its own pages and page numbers."""

from collections.abc import Sequence
from io import BytesIO

from wenlv_desk.core.errors import UserError
from wenlv_desk.typeset.verify import opened, pdfium


def merged(pdfs: Sequence[bytes], titles: Sequence[str] = ()) -> bytes:
    """The pages of the files in their order. Raises UserError for bytes that are not a PDF, naming the file by its title
    or its place. Safe in any thread."""
    with pdfium() as library:
        whole = library.PdfDocument.new()
        try:
            for at, pdf in enumerate(pdfs):
                try:
                    with opened(pdf) as file:
                        whole.import_pages(file)
                except UserError as error:
                    name = f"“{titles[at]}”" if at < len(titles) else ""
                    raise UserError(f"第 {at + 1} 份{name}不能合并：{error.message}") from None
            target = BytesIO()
            whole.save(target)
        finally:
            whole.close()
    return target.getvalue()
