"""Papers merged into one file keep their pages, their order and their words."""

import pytest

from wenlv_desk.core.errors import UserError
from wenlv_desk.typeset import forms
from wenlv_desk.typeset.merge import merged
from wenlv_desk.typeset.render import render
from wenlv_desk.typeset.verify import extract_text


def test_two_hundred_papers_become_one_file_in_their_order() -> None:
    pdfs = [render(forms.document("单", forms.form(f"第{n}份通知", []))) for n in range(200)]
    pages = extract_text(merged(pdfs))
    assert len(pages) == 200
    assert all(f"第{n}份通知" in page for n, page in enumerate(pages))


def test_a_damaged_file_is_refused() -> None:
    with pytest.raises(UserError, match="不是可以打开的 PDF"):
        merged([b"%PDF-1.7 nothing"])
