"""归档扫描件 in the real window: dropping, reading, what waits beside its picture, assigning by hand, going on later."""

import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog

from tests.gui.pledging import CLERK, Pledging, desk, drop, pledges_template
from tests.gui.walk import unnamed
from tests.scanning.files import encrypted, jpeg
from tests.windows import CTRL, Key
from wenlv_desk.gui.filing.deciding import NO_BACK_REASON, NO_REASON
from wenlv_desk.gui.filing.pagelist import WAITING
from wenlv_desk.gui.filing.result import Result
from wenlv_desk.gui.pages.scan_filing import STOPPED, ScanFilingPage
from wenlv_desk.registries.pledge.vocabulary import PageState, PledgeState
from wenlv_desk.scanning.refusals import DAMAGED_PAGE
from wenlv_desk.store.gate import perform

__all__ = ["desk", "pledges_template"]


def result_of(page: ScanFilingPage) -> Result:
    assert page.result is not None
    return page.result


def listed(page: ScanFilingPage) -> list[int]:
    return [one.place for one in result_of(page).pages.rows]


def test_a_dropped_scan_files_itself_and_says_what_became_of_it(desk: Pledging) -> None:
    page = desk.open()
    assert unnamed(page) == []
    desk.hand_in(page, desk.scan([*desk.copy(0), *desk.copy(1)]))
    assert [one.status for one in desk.pledges()] == [PledgeState.EFFECTIVE, PledgeState.EFFECTIVE, PledgeState.ISSUED]
    said = desk.window.said(result_of(page))
    assert f"共 {2 * desk.last} 页" in said
    assert "签订完成 2 份" in said
    assert "没有缺页" in said
    assert unnamed(page) == []


def test_what_waits_stands_beside_its_picture_and_is_assigned_by_keys(desk: Pledging) -> None:
    page = desk.open()
    _first, *rest = desk.copy(0)
    desk.hand_in(page, desk.scan([desk.torn(0), *rest, desk.torn(1)]))
    result = result_of(page)
    assert listed(page) == [1, desk.last + 1]
    assert result.picture.page.pixmap().height() > 100
    assert all(not result.pages.list.item(row).icon().isNull() for row in range(2))
    assert result.pages.list.hasFocus()
    window = desk.window
    window.put(result.deciding.number, desk.numbers[0])
    window.key(Key.Key_Return)
    window.until(result.deciding.page.hasFocus)
    assert "海书屋" in result.deciding.about.text()
    window.type("1")
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: listed(page) == [desk.last + 1])
    desk.settled(page)
    assert desk.pledges()[0].status is PledgeState.EFFECTIVE
    assert desk.pages()[0].status is PageState.BY_HAND

    window.click("核过不归档", result)
    assert result.deciding.problem.text() == NO_REASON
    window.type("空白页")
    window.click("核过不归档", result)
    window.until(lambda: listed(page) == [])
    assert desk.pages()[-1].status is PageState.SET_ASIDE


def test_a_missing_page_is_listed_and_fills_the_form(desk: Pledging) -> None:
    page = desk.open()
    desk.hand_in(page, desk.scan([*desk.copy(0)[1:], desk.torn(0)]))
    result = result_of(page)
    window = desk.window
    window.click(f"{desk.numbers[0]}　第 1 份第 1 页", result)
    assert (result.deciding.page.text(), result.deciding.copy.text()) == ("1", "1")
    assert result.deciding.assign.hasFocus()
    window.key(Key.Key_Return)
    window.until(lambda: desk.pledges()[0].status is PledgeState.EFFECTIVE)
    desk.settled(page)


def test_a_wrong_page_is_refused_where_it_was_typed(desk: Pledging) -> None:
    page = desk.open()
    desk.hand_in(page, desk.scan([*desk.copy(0)[1:], desk.torn(0)]))
    result = result_of(page)
    window = desk.window
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: result.deciding.problem.text().startswith("请填编号"))
    window.put(result.deciding.number, desk.numbers[0])
    window.key(Key.Key_Return)
    window.until(result.deciding.page.hasFocus)
    window.type("2")
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: "已经有扫描页" in result.deciding.problem.text())
    desk.settled(page)
    assert "已经有扫描页" in result.deciding.problem.text()
    assert result.deciding.page.text() == "2"


def test_a_page_on_its_side_is_turned_and_filed_as_it_was_turned(desk: Pledging) -> None:
    page = desk.open()
    on_its_side = desk.torn(0).transpose(Image.Transpose.ROTATE_90)
    desk.hand_in(page, desk.scan([on_its_side, *desk.copy(0)[1:]]))
    result = result_of(page)
    assert result.picture.page.pixmap().width() > result.picture.page.pixmap().height()
    desk.window.key(Key.Key_Right, CTRL)
    desk.window.until(lambda: result.picture.page.pixmap().width() < result.picture.page.pixmap().height())
    desk.window.click(f"{desk.numbers[0]}　第 1 份第 1 页", result)
    desk.window.key(Key.Key_Return)
    desk.window.until(lambda: desk.pages()[0].status is PageState.BY_HAND)
    assert desk.pages()[0].turned == 90
    desk.settled(page)


def test_a_click_on_the_picture_shows_it_large(desk: Pledging) -> None:
    page = desk.open()
    desk.hand_in(page, desk.scan([desk.torn(0)]))
    picture = result_of(page).picture
    small = picture.page.pixmap().height()
    picture.page.clicked.emit()
    assert picture.page.pixmap().height() > 2 * small
    desk.window.key(Key.Key_F7)
    desk.window.until(lambda: picture.page.pixmap().height() == small)


def test_pictures_dropped_together_are_one_scan_and_a_folder_is_chosen(
    desk: Pledging, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = desk.folder / "照片"
    folder.mkdir()
    paths = []
    for at, one in enumerate(desk.copy(0)):
        paths.append(folder / f"{at}.png")
        one.save(paths[-1])
    page = desk.open()
    desk.hand_in(page, *paths)
    assert [(one.pages, one.file_name) for one in desk.scans()] == [(desk.last, f"0.png 等 {desk.last} 个")]
    for path, one in zip(paths, desk.copy(1), strict=True):
        one.save(path)
    desk.window.click("再交一件", page)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_named: str(folder))
    desk.window.click("选择文件夹", page)
    desk.settled(page)
    assert [one.file_name for one in desk.scans()][1:] == ["照片"]
    assert [one.status for one in desk.pledges()][:2] == [PledgeState.EFFECTIVE] * 2


def test_what_is_no_scan_is_refused_with_its_name_and_nothing_is_written(desk: Pledging) -> None:
    page = desk.open()
    bad = desk.folder / "表.xlsx"
    bad.write_bytes(b"PK")
    desk.hand_in(page, bad)
    assert "“表.xlsx”" in page.handing_in.problem.text()
    assert page.handing_in.choose.hasFocus()
    assert desk.scans() == []


def test_a_huge_and_an_encrypted_scan_are_refused_in_words_and_nothing_is_written(desk: Pledging) -> None:
    page = desk.open()
    huge, locked = desk.folder / "大.pdf", desk.folder / "密.pdf"
    with huge.open("wb") as file:
        file.truncate(2 * 1024**3)
    locked.write_bytes(encrypted())
    desk.hand_in(page, huge)
    assert "“大.pdf”有 2048 MB，超过 200 MB，没有归档" in page.handing_in.problem.text()
    desk.hand_in(page, locked)
    assert page.handing_in.problem.text() == "“密.pdf”PDF 有密码，请先去掉密码再导入"
    assert desk.scans() == []


def test_a_file_that_cannot_be_read_stands_among_the_pages_with_its_reason_and_is_set_aside(desk: Pledging) -> None:
    page = desk.open()
    locked = desk.folder / "密.pdf"
    locked.write_bytes(encrypted())
    desk.hand_in(page, locked, desk.scan(desk.copy(0)))
    assert desk.pledges()[0].status is PledgeState.EFFECTIVE
    result, window = result_of(page), desk.window
    assert listed(page) == [desk.last + 1]
    said = window.said(result)
    assert f"共 {desk.last} 页" in said
    assert "1 个文件读不出" in said
    why = "“密.pdf”PDF 有密码，请先去掉密码再导入"
    assert result.pages.list.item(0).text() == f"读不出的文件　未识别\n{why}"
    assert not result.pages.list.item(0).icon().isNull()
    assert result.picture.page.text().startswith(why)
    assert result.deciding.title.text() == "读不出的文件"
    assert result.deciding.assign.isHidden()
    window.key(Key.Key_Return, CTRL)
    assert result.deciding.problem.isHidden()
    assert unnamed(page) == []
    window.put(result.deciding.reason, "已去掉密码另交")
    window.click("核过不归档", result)
    window.until(lambda: listed(page) == [])
    desk.settled(page)
    assert desk.pages()[-1].status is PageState.SET_ASIDE


def test_half_a_photograph_is_listed_with_its_reason_in_place_of_a_picture(desk: Pledging) -> None:
    page = desk.open()
    whole, half = desk.scan(desk.copy(0)), desk.folder / "半张.jpg"
    content = jpeg(desk.copy(1)[0])
    half.write_bytes(content[: len(content) // 2])
    desk.hand_in(page, half, whole)
    result = result_of(page)
    assert listed(page) == [1]
    assert result.picture.page.text().startswith(DAMAGED_PAGE)
    assert not result.pages.list.item(0).icon().isNull()


def test_a_page_at_the_wrong_pledge_is_taken_back_and_waits(desk: Pledging) -> None:
    page = desk.open()
    desk.hand_in(page, desk.scan(desk.copy(0)))
    result, window = result_of(page), desk.window
    assert listed(page) == list(range(1, desk.last + 1))
    assert result.deciding.assign.isHidden()
    window.click("退回待处理", result)
    assert result.deciding.problem.text() == NO_BACK_REASON
    assert result.deciding.back_reason.hasFocus()
    window.type("没有签字")
    window.click("退回待处理", result)
    window.until(lambda: desk.pages()[0].status is PageState.RETURNED)
    desk.settled(page)
    assert desk.pledges()[0].status is PledgeState.ISSUED
    assert result.pages.chips[WAITING].text() == "待处理 1"
    assert not result.strip.isVisible(), "what was done here is no news"
    assert "退回：没有签字" in result.deciding.said.text()
    assert not result.deciding.assign.isHidden()
    window.put(result.deciding.number, desk.numbers[0])
    window.key(Key.Key_Return)
    window.until(result.deciding.page.hasFocus)
    window.type("1")
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: desk.pledges()[0].status is PledgeState.EFFECTIVE)
    desk.settled(page)


def test_what_was_assessed_is_not_taken_back_and_the_reason_is_said(desk: Pledging) -> None:
    page = desk.open()
    desk.hand_in(page, desk.scan(desk.copy(0)))
    office, window, result = desk.window.office, desk.window, result_of(page)
    perform(office, CLERK, "assess", "pledge", desk.pledges()[0].id, arguments={"assessment": "合格"})
    window.put(result.deciding.back_reason, "没有签字")
    window.click("退回待处理", result)
    window.until(lambda: "请先撤销考核" in result.deciding.problem.text())
    desk.settled(page)
    assert desk.pages()[0].status is PageState.FILED


def test_a_day_to_come_is_refused_before_anything_is_read(desk: Pledging) -> None:
    page = desk.open()
    desk.window.put(page.handing_in.day, "2026-12-31")
    desk.hand_in(page, desk.folder / "没有.pdf")
    assert "还没有到" in page.handing_in.problem.text()
    assert page.handing_in.day.text() == "2026-12-31"


def test_the_same_scan_again_is_refused(desk: Pledging) -> None:
    page = desk.open()
    path = desk.scan(desk.copy(0))
    desk.hand_in(page, path)
    desk.window.key(Key.Key_N, CTRL)
    desk.window.until(page.handing_in.choose.hasFocus)
    desk.hand_in(page, path)
    assert "已归档过" in page.handing_in.problem.text()
    assert len(desk.scans()) == 1


def test_reading_is_stopped_and_nothing_is_written(desk: Pledging) -> None:
    page = desk.open()
    drop(page, desk.scan(desk.copy(0) * 30))
    assert page.busy
    desk.window.click("停止", page)
    assert page.handing_in.problem.text() == STOPPED
    assert not page.busy
    desk.window.until(lambda: not desk.window.shell.kit.jobs._under_way)
    assert desk.scans() == []


def test_leaving_while_it_reads_asks_first(desk: Pledging) -> None:
    page = desk.open()
    drop(page, desk.scan(desk.copy(0) * 30))
    desk.window.key(Key.Key_Escape)
    desk.window.click("离开")
    desk.window.until(lambda: not desk.window.shown(ScanFilingPage))
    assert desk.scans() == []


def test_what_waits_is_opened_again_later(desk: Pledging) -> None:
    page = desk.open()
    desk.hand_in(page, desk.scan([*desk.copy(0)[1:], desk.torn(0)]))
    desk.window.key(Key.Key_Escape)
    desk.window.until(lambda: not desk.window.shown(ScanFilingPage))
    again = desk.open()
    desk.window.until(lambda: "1 页待处理" in desk.window.said(again))
    desk.window.key(Key.Key_Escape)

    desk.go("pledge_scan")
    desk.window.click("逐页处理", desk.window.card)
    later = desk.window.found(ScanFilingPage)
    desk.settled(later)
    assert listed(later) == [desk.last]
    desk.window.key(Key.Key_Escape)
    desk.go("pledge_scan")
    desk.window.page.table.setFocus()
    desk.window.key(Key.Key_Return)
    desk.settled(desk.window.found(ScanFilingPage))


def test_the_step_of_a_page_opens_its_scan_on_that_page(desk: Pledging) -> None:
    page = desk.open()
    desk.hand_in(page, desk.scan([desk.torn(0), desk.torn(1)]))
    desk.window.key(Key.Key_Escape)
    desk.go("pledge_page")
    second = next(one for one in desk.pages() if one.place == 2)
    desk.window.page.show_record(second.id)
    desk.window.settled()
    desk.window.click("人工归档", desk.window.card)
    desk.window.until(lambda: bool(desk.window.shown(ScanFilingPage)))
    opened = desk.window.found(ScanFilingPage)
    desk.settled(opened)
    assert result_of(opened).pages.place == 2
