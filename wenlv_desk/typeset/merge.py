"""Several papers as one file for the printer; each keeps its own pages and page numbers."""

from collections.abc import Sequence
from io import BytesIO

from wenlv_desk.typeset.verify import opened


def merged(pdfs: Sequence[bytes]) -> bytes:
    """The pages of the files in their order. Raises UserError for bytes that are not a PDF."""
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    try:
        for pdf in pdfs:
            with opened(pdf) as file:
                whole.import_pages(file)
        target = BytesIO()
        whole.save(target)
    finally:
        whole.close()
    return target.getvalue()
