"""What no database or paper can keep is refused in words wherever it comes in: reasons, paths, file names."""

from pathlib import Path

import pytest

from tests.builders import dump
from tests.conftest import Perform
from tests.store.acting import LINXIAO, act, firm
from wenlv_desk.core.errors import UserError
from wenlv_desk.store.office import Office
from wenlv_desk.store.undo import undo

HOSTILE = ["写\0错", "写\ud800错", "写\x1b[2J错"]


@pytest.fixture
def shop(office: Office) -> Office:
    act(office, lambda desk: desk.add(firm()))
    return office


@pytest.mark.parametrize("words", HOSTILE)
def test_a_reason_with_control_characters_is_refused(shop: Office, perform: Perform, words: str) -> None:
    before = dump(shop)
    with pytest.raises(UserError, match=r"理由.*控制字符"):
        perform("amend", "operator", 1, reason=words, remark="x")
    with pytest.raises(UserError, match=r"理由.*控制字符"):
        undo(shop, LINXIAO, reason=words)
    assert dump(shop) == before


@pytest.mark.parametrize("words", HOSTILE)
def test_a_path_with_control_characters_is_refused(shop: Office, perform: Perform, words: str) -> None:
    with pytest.raises(UserError, match=r"控制字符|读不了"):
        perform("attach", "operator", 1, path=f"{words}.pdf")


def test_a_file_whose_name_is_no_text_is_refused_with_the_remedy(
    shop: Office, perform: Perform, tmp_path: Path
) -> None:
    """Names made under GBK arrive as bytes that are no UTF-8."""
    scan = tmp_path / b"\xb5\xea.pdf".decode("utf-8", "surrogateescape")
    scan.write_bytes(b"%PDF-1.7")
    with pytest.raises(UserError, match=r"文件名|控制字符"):
        perform("attach", "operator", 1, path=str(scan))


def test_a_file_is_removed_from_a_card_once(shop: Office, perform: Perform, tmp_path: Path) -> None:
    scan = tmp_path / "证.pdf"
    scan.write_bytes(b"%PDF-1.7")
    perform("attach", "operator", 1, path=str(scan))
    perform("detach", "operator", 1, attachment=1)
    with pytest.raises(UserError, match=r"已经移除"):
        perform("detach", "operator", 1, attachment=1)
    with pytest.raises(UserError, match=r"没有编号为 7 的附件"):
        perform("detach", "operator", 1, attachment=7)
