"""Papers merged into one file keep their pages, their order and their words."""

from concurrent.futures import ThreadPoolExecutor

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
    whole = render(forms.document("单", forms.form("通知", [])))
    with pytest.raises(UserError, match=r"第 2 份“告〔2026〕2号”不能合并：.*不是可以打开的 PDF"):
        merged([whole, b"%PDF-1.7 nothing"], ["告〔2026〕1号", "告〔2026〕2号"])
    with pytest.raises(UserError, match="第 1 份不能合并"):
        merged([b""])


def test_two_threads_merge_at_once() -> None:
    pdfs = [render(forms.document("单", forms.form(f"第{n}份通知", []))) for n in range(20)]
    with ThreadPoolExecutor(4) as pool:
        files = list(pool.map(merged, [pdfs[n:] + pdfs[:n] for n in range(8)]))
    assert [f"第{n}份通知" in extract_text(file)[0] for n, file in enumerate(files)] == [True] * 8
