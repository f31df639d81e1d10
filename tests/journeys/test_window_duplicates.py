"""Journey 4 in the window: a firm entered twice is shown beside the one on file, merged, and the merge taken back."""

from tests.builders import dump
from tests.windows import CTRL, WINDOW, Key, Window
from wenlv_desk.gui.entry.entry import EntryDialog
from wenlv_desk.gui.entry.twins import TwinsDialog
from wenlv_desk.store.check import check

pytestmark = WINDOW


def enter_again(window: Window) -> tuple[EntryDialog, TwinsDialog]:
    """山海书局 under a slightly other name with its phone: the form, and what stands beside when it is saved."""
    window.go("经营单位")
    window.key(Key.Key_N, CTRL)
    form = window.form()
    window.fill(form, operator_name="山海书局有限公司", phone="13900001040", safety_officer="单某")
    assert "库中已有“山海书局”" in form.strip.text
    window.click("保存", form)
    window.until(lambda: bool(window.shown(TwinsDialog)))
    return form, window.found(TwinsDialog)


def test_a_firm_entered_twice_is_merged_and_unmerged(window: Window) -> None:
    form, twins = enter_again(window)
    assert "山海书局" in window.said(twins)
    assert "139****1040" in window.said(twins)
    assert "13900001040" not in window.said(twins)
    assert twins.primary is not None
    assert not twins.primary.isEnabled()
    window.type("同一老板的第二家店", twins.reason)
    with window.qtbot.waitSignal(form.performed) as done:
        window.press(twins.primary)
    second = int(done.args[0].value)
    window.until(lambda: window.page._counts.text() == "共 70 家")
    apart = dump(window.office)

    window.search("山海书局")
    window.select("山海书局")
    merge = window.verb("合并")
    window.fill(merge, other="山海书局有限")
    window.save(merge)
    window.search("山海")
    assert "山海书局有限公司" not in window.names()
    joined = dump(window.office)["operator"]
    assert joined[second]["voided"] is True
    window.click("历史", window.card)
    assert "合并 山海书局" in window.said(window.card)

    assert window.undo() == "撤销“合并 山海书局（经营单位）”？"
    assert dump(window.office) == apart
    window.until(lambda: "山海书局有限公司" in window.names())
    assert check(window.office) == []


def test_what_was_typed_fills_the_blanks_of_the_firm_on_file(window: Window) -> None:
    before = dump(window.office)
    form, twins = enter_again(window)
    window.click("合并到山海书局", twins)
    window.until(lambda: not form.isVisible())
    amend = window.form()
    assert amend.data.record_id is not None
    assert amend.form.changed() == {"safety_officer": "单某"}
    record_id = int(amend.data.record_id)
    window.save(amend)
    after = dump(window.office)["operator"]
    assert len(after) == len(before["operator"])
    changed = {name for name, value in after[record_id].items() if value != before["operator"][record_id].get(name)}
    assert changed == {"safety_officer", "version"}


def test_the_one_on_file_is_opened_instead(window: Window) -> None:
    before = dump(window.office)
    _form, twins = enter_again(window)
    window.click("打开已有的山海书局", twins)
    window.until(lambda: window.card.dossier is not None and window.card.dossier.hub.title == "山海书局")
    assert not window.shown(EntryDialog)
    assert dump(window.office) == before
