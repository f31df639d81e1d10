"""Journey 5 in the window: any record is found from the one field, by keys alone; lists are narrowed, sorted and kept as views."""

import pytest
from PySide6.QtWidgets import QLineEdit

from tests.windows import CTRL, WINDOW, Key, Window
from wenlv_desk.gui.frame.finding import Hit
from wenlv_desk.gui.widgets.dialogs import Dialog

pytestmark = WINDOW


def look_for(window: Window, text: str) -> list[Hit]:
    """Ctrl+K, the text, and what is offered."""
    results = window.desktop.results
    window.key(Key.Key_K, CTRL)
    window.type(text)
    window.until(lambda: results.isVisible() and results._asked == text and results._finding is None)
    return results.hits()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("山海", "山海书局"),
        ("shsj", "山海书局"),
        ("shanhaishuju", "山海书局"),
        ("13900001040", "山海书局"),
        ("MADG6994", "山海书局"),
        ("半岛图书发行", "半岛书城有限公司"),
        ("𬱖", "墨香印刷有限公司"),
    ],
)
def test_a_firm_is_found_and_its_card_opened_by_keys(window: Window, text: str, name: str) -> None:
    assert name in [hit.text for hit in look_for(window, text)]
    window.key(Key.Key_Down)
    while window.desktop.results.list.currentIndex().data() is not None:
        if str(window.desktop.results.list.currentIndex().data()).startswith(name):
            break
        window.key(Key.Key_Down)
    window.key(Key.Key_Return)
    window.until(lambda: window.card.dossier is not None and window.card.dossier.hub.title == name)
    assert not window.desktop.results.isVisible()


def test_a_scanned_number_opens_its_record_at_once(window: Window) -> None:
    look_for(window, "新出发鲁零字第示006号")
    window.key(Key.Key_Return)
    window.until(lambda: window.page.registry.name == "publication_licence")
    window.until(lambda: window.card.dossier is not None and window.card.dossier.focus.code == "新出发鲁零字第示006号")
    assert window.card.dossier is not None
    assert window.card.dossier.hub.title == "山海书局"


def test_what_is_nowhere_is_said_in_words_and_esc_leads_back(window: Window) -> None:
    (only,) = look_for(window, "没有这样的店")
    assert "没有找到“没有这样的店”" in only.text
    window.key(Key.Key_Escape)
    window.until(lambda: not window.desktop.results.isVisible())
    assert window.shell.top.search.text() == ""


def test_more_hits_than_fit_lead_to_the_list_of_all(window: Window) -> None:
    hits = look_for(window, "书")
    more = next(hit for hit in hits if hit.register == "operator" and not hit.record_id and not hit.heading)
    found = int(more.text.split("全部 ")[1].split(" ")[0])
    assert f"经营单位　{found} 家" in [hit.text for hit in hits]
    view = window.desktop.results.list
    window.key(Key.Key_Down)
    while view.currentIndex().data() != more.text:
        window.key(Key.Key_Down)
    window.key(Key.Key_Return)
    window.until(lambda: window.page.source.query.search == "书")
    window.settled()
    assert window.page._counts.text() == f"共 69 家 · 筛出 {found} 家"


def test_a_list_is_narrowed_sorted_kept_as_a_view_and_cleared(window: Window) -> None:
    page = window.go("经营单位")
    window.tick(page.filters.chips["categories"], "A级旅游景区")
    window.settled()
    assert page._counts.text() == "共 69 家 · 筛出 5 家"
    window.tick(page.filters.chips["categories"], "互联网上网服务营业场所")
    window.settled()
    assert len(window.names()) > 5
    window.sort("单位名称")
    assert window.names() == sorted(window.names())
    shown = window.names()
    window.choose("视图", "把现在的样子存为视图", within=page)
    dialog = window.found(Dialog)
    window.type("景区和网吧", window.found(QLineEdit, dialog))
    window.click("保存", dialog)
    window.until(lambda: "景区和网吧" in page.filters.views.text())
    window.click("清除筛选", page)
    window.settled()
    assert page._counts.text() == "共 69 家"
    window.choose("视图", "景区和网吧", within=page)
    window.until(lambda: page.filters.narrowed)
    window.settled()
    assert window.names() == shown


def test_typing_in_the_list_searches_it(window: Window) -> None:
    page = window.go("经营单位")
    page.table.setFocus()
    window.type("shsj")
    window.until(lambda: page.source.query.search == "shsj")
    window.settled()
    assert window.names() == ["山海书局"]
    assert page.filters.search.hasFocus()
