"""The counter in the real window, by keys alone: how many it takes, and that two windows, double presses and surprises lose nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.conftest import Clock
from tests.gui.counters import Counter, at_counter
from tests.gui.walk import unnamed
from tests.seasons import (
    CLEAN,
    DECIDER,
    FIRST_DAY,
    LAPSED,
    NONE,
    OTHER,
    bureau_before_season,
    case_of,
    copy_of,
    season_in,
)
from tests.windows import Key, Window, opened
from wenlv_desk.gui.counter.firm import HitList
from wenlv_desk.gui.counter.preview import FOLDER, TO_FILE
from wenlv_desk.gui.pages.register import RegisterPage
from wenlv_desk.gui.printing import printers
from wenlv_desk.gui.widgets.dialogs import Dialog
from wenlv_desk.registries.review.case import REVIEW_CASES
from wenlv_desk.registries.review.material import ReviewMaterial
from wenlv_desk.registries.review.vocabulary import CaseState, MaterialState
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.gate import perform

CLEAN_KEYS, DEFECT_KEYS = 12, 20
PRINTER = "窗口一的打印机"


@pytest.fixture(scope="session")
def season_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return season_in(tmp_path_factory.mktemp("season") / "template")


@pytest.fixture(scope="session")
def quiet_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bureau_before_season(tmp_path_factory.mktemp("quiet") / "template")


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the printer puts out."""
    monkeypatch.setattr(printers, "printer_names", lambda: (PRINTER,))
    return tmp_path / "printed.pdf"


def lists(window: Window) -> list[str]:
    """The registers whose lists are shown."""
    return [page.registry.name for page in window.shown(RegisterPage)]


@pytest.fixture
def counter(season_template: Path, tmp_path: Path, printed: Path, qtbot: QtBot) -> Iterator[Counter]:
    with opened(qtbot, copy_of(season_template, tmp_path), Clock(FIRST_DAY), clerk=DECIDER.name) as window:
        yield at_counter(window, printed)


class Beside(Protocol):
    """`beside(firm, step)`: another counter does a step to a case meanwhile."""

    def __call__(self, name: str, operation: str, **arguments: str) -> None: ...


@pytest.fixture
def beside(counter: Counter) -> Beside:
    def do(name: str, operation: str, **arguments: str) -> None:
        other = Clerk("林晓", "窗口二")
        case = case_of(counter.office, name)
        perform(counter.office, other, operation, REVIEW_CASES.name, case, arguments=arguments)

    return do


# keys


def test_a_clean_case_takes_few_keys_from_search_to_the_printed_result(counter: Counter, printed: Path) -> None:
    with counter.within(CLEAN_KEYS):
        counter.keys("hsx")
        counter.enter()
        counter.keys("0")
        counter.enter()
        counter.out()
    assert counter.case(CLEAN).status is CaseState.PASSED
    (paper,) = counter.papers()
    assert paper.title == "年审结果通知"
    assert printed.read_bytes().startswith(b"%PDF")
    assert counter.case(CLEAN).result_no == paper.paper_no
    assert counter.notice.startswith(f"已办：当场办结 {CLEAN}（Ctrl Z 撤销）。{paper.paper_no}已编号归档")
    assert counter.page.firm.search.hasFocus()
    assert counter.page.firm.search.text() == ""


def test_a_case_with_defects_takes_few_keys_to_the_printed_notice(counter: Counter) -> None:
    with counter.within(DEFECT_KEYS):
        counter.keys("hsx")
        counter.enter()
        counter.keys("33")  # 缺：来时未带
        counter.keys("555c")  # 不合格：缺门头照片
        counter.keys("0")
        counter.enter()
        counter.out()
    assert counter.case(CLEAN).status is CaseState.CORRECTION
    assert [paper.title for paper in counter.papers()] == ["一次性告知书"]
    with counter.office.database.read() as session:
        mine = select(ReviewMaterial).where(ReviewMaterial.case_id == case_of(counter.office, CLEAN))
        found = {one.position: (one.state, one.defect, one.remedy) for one in session.scalars(mine)}
    assert found[3][:2] == (MaterialState.MISSING, "来时未带")
    assert found[5] == (MaterialState.DEFECTIVE, "缺门头照片", "请补带店招的门头照片一张")
    assert found[1][0] is MaterialState.COMPLETE


def test_keys_that_come_before_the_case_wait_for_it(counter: Counter) -> None:
    where = counter.page.firm.search
    QTest.keyClicks(where, "hsx")
    QTest.keyClick(where, Key.Key_Return)  # nothing has been found yet
    assert counter.page.view is None
    QTest.keyClicks(counter.page.materials, "03")
    QTest.keyClick(counter.page.materials, Key.Key_Return)
    counter.out()
    assert [paper.title for paper in counter.papers()] == ["一次性告知书"]


def test_digits_turn_a_row_and_the_cursor_goes_with_them(counter: Counter) -> None:
    counter.bring("hsx")
    states = []
    for _turn in range(5):
        counter.keys("2")
        states.append(counter.page.materials.rows[1].material.state)
    assert states == [
        MaterialState.COMPLETE,
        MaterialState.MISSING,
        MaterialState.DEFECTIVE,
        MaterialState.NOT_APPLICABLE,
        MaterialState.COMPLETE,
    ]
    assert counter.page.materials.current == 1
    counter.keys(Key.Key_Down)
    counter.keys(Key.Key_Space)
    assert counter.page.materials.rows[2].material.state is MaterialState.COMPLETE


def test_a_defect_is_chosen_by_arrow_or_written_by_hand(counter: Counter) -> None:
    counter.bring("hsx")
    counter.keys("33")
    counter.keys(Key.Key_Right)
    assert counter.page.materials.rows[2].material.defect == "副本遗失"
    panel = counter.page.materials.defects
    counter.window.put(panel.defect, "副本被水浸；看不清")
    counter.window.put(panel.remedy, "请换领")
    counter.enter()  # back to the list; nothing is done
    assert counter.page.materials.hasFocus()
    counter.keys("0")
    counter.settled()
    assert counter.page.view is not None
    step = counter.page.view.proposal.step
    assert step is not None
    assert "3 缺：副本被水浸，看不清＝请换领" in step.arguments["materials"]


def test_enter_says_what_is_still_to_be_looked_at(counter: Counter) -> None:
    counter.bring("hsx")
    counter.keys("1")
    counter.settled()
    counter.enter()
    counter.window.until(lambda: "第 2、3、4、5 项还没有核对" in counter.notice)
    assert counter.case(CLEAN).status is CaseState.NOT_STARTED


# pressed twice, seen twice


def test_enter_twice_does_it_once(counter: Counter) -> None:
    counter.bring("hsx")
    counter.keys("0")
    counter.settled()
    for _press in range(3):
        QTest.keyClick(counter.page.materials, Key.Key_Return)
    QTest.mouseClick(counter.page.foot.primary, Qt.MouseButton.LeftButton)
    counter.out()
    assert len(counter.papers()) == 1
    assert counter.case(CLEAN).visits == 1


def test_a_second_enter_of_a_scanner_decides_nothing(counter: Counter, beside: Beside) -> None:
    beside(CLEAN, "settle", materials="全部齐全；6 不适用")
    counter.keys("NS-CB-2026-0001")
    counter.enter()
    counter.keys(Key.Key_Return)
    counter.settled()
    assert counter.page.view is not None
    assert counter.papers() == []


def test_the_second_window_is_told_what_changed_and_keeps_its_ticks(counter: Counter, beside: Beside) -> None:
    counter.bring("hsx")
    counter.keys("03")
    counter.settled()
    beside(CLEAN, "receive", materials="1 齐全")
    counter.enter()
    counter.window.until(lambda: counter.page.strip.isVisible() and not counter.page.doing.under_way)
    counter.settled()
    assert "林晓（窗口二）" in counter.page.strip.text
    assert "收件" in counter.page.strip.text
    assert counter.page.materials.ticks[3].state is MaterialState.MISSING
    assert counter.case(CLEAN).status is CaseState.RECEIVED
    counter.enter()  # what was ticked is written into the case as it stands now
    counter.settled()
    counter.window.until(lambda: counter.notice.startswith("已办：核对材料"))


def test_a_change_seen_while_ticking_is_told_before_anything_is_done(counter: Counter, beside: Beside) -> None:
    counter.bring("hsx")
    beside(CLEAN, "settle", materials="全部齐全；6 不适用")
    counter.keys("1")
    counter.settled()
    assert "在您打开之后，林晓（窗口二）" in counter.page.strip.text
    assert "通过" in counter.shown()


def test_a_licence_cancelled_meanwhile_stops_the_step_and_is_named(counter: Counter) -> None:
    counter.bring("hsx")
    counter.keys("0")
    counter.settled()
    given = {"cancelled_on": "2026-01-23", "ground": "DISSOLVED", "document_no": "青文旅注〔2026〕1号"}
    licence = counter.case(CLEAN).publication_licence_id
    perform(counter.office, DECIDER, "cancel", "publication_licence", licence, arguments=given)
    counter.enter()
    counter.window.until(lambda: "注销" in counter.page.strip.text)
    counter.settled()
    assert counter.case(CLEAN).status is CaseState.NOT_STARTED
    assert counter.page.view is not None
    assert counter.page.view.proposal.step is None
    assert counter.page.materials.ticks[1].state is MaterialState.COMPLETE


def test_a_closed_case_is_shown_with_nothing_to_press(counter: Counter, beside: Beside) -> None:
    beside(CLEAN, "settle", materials="全部齐全；6 不适用")
    beside(CLEAN, "stamp")
    beside(CLEAN, "close")
    counter.bring("hsx")
    assert not counter.page.foot.primary.isVisible()
    counter.keys("0")
    assert counter.page.materials.ticks == {}


# finding


def test_what_is_not_found_is_said_with_what_else_to_try(counter: Counter) -> None:
    counter.bring("zzzz")
    assert "没有找到“zzzz”" in counter.page.firm.count.text()
    assert counter.page.firm.search.hasFocus()
    assert counter.page.view is None


def test_a_firm_without_a_case_says_why(counter: Counter) -> None:
    counter.window.type(NONE, counter.page.firm.search)
    counter.enter()
    counter.window.until(lambda: "没有正在年审的许可证" in counter.page.firm.count.text())
    assert counter.page.view is None


def test_one_of_several_is_chosen_by_arrows(counter: Counter) -> None:
    counter.keys("sh")
    counter.settled()
    hits = counter.window.found(HitList)
    assert hits.count() > 1
    counter.keys(Key.Key_Down)
    counter.keys(Key.Key_Down)
    counter.enter()
    counter.settled()
    assert counter.page.view is not None
    assert counter.page.view.case_id == counter.page.hits[1].case_id
    assert counter.page.materials.hasFocus()


def test_the_same_firm_can_be_brought_again_at_once(counter: Counter) -> None:
    counter.bring("hsx")
    counter.keys("03")
    counter.enter()
    counter.out()
    counter.bring("hsx")
    assert counter.page.view is not None
    assert counter.page.view.state == "已告知待补正"
    assert "补正期限" in counter.shown()
    counter.window.click("怎么算的", counter.page)
    assert "工作日" in counter.page.foot._how.text()
    assert counter.page.foot._how.isVisible()


def test_ticks_stay_with_their_case_while_another_is_looked_at(counter: Counter) -> None:
    counter.bring("hsx")
    counter.keys("133")
    counter.keys(Key.Key_Escape)
    counter.bring("qytsg")
    assert counter.page.view is not None
    assert counter.page.view.name == OTHER
    assert counter.page.materials.ticks == {}
    counter.keys(Key.Key_Escape)
    counter.bring("hsx")
    assert counter.page.view.name == CLEAN
    assert {position: tick.state for position, tick in counter.page.materials.ticks.items()} == {
        1: MaterialState.COMPLETE,
        3: MaterialState.MISSING,
    }


def test_a_barred_firm_cannot_be_settled_and_leads_to_what_bars(counter: Counter) -> None:
    counter.bring("xasks")
    assert counter.page.view is not None
    assert counter.page.view.name == LAPSED
    counter.keys("0")
    counter.settled()
    assert not counter.page.foot.primary.isVisible()
    assert "不能办：逾期" in counter.page.foot.says.text()
    counter.keys(Key.Key_F4)
    counter.window.until(lambda: lists(counter.window) == ["publication_licence"])


# the paper


def test_the_paper_is_seen_before_it_is_made(counter: Counter) -> None:
    counter.bring("hsx")
    counter.keys("0")
    preview = counter.page.preview
    counter.window.until(preview.page.isVisible)
    assert preview.title.text().endswith("年审结果通知")
    assert not preview.page.pixmap().isNull()
    assert counter.papers() == []


def test_a_file_is_made_where_no_paper_shall_come_out(counter: Counter) -> None:
    counter.page.preview.where.setCurrentText(TO_FILE)
    assert FOLDER in counter.page.preview.note.text()
    counter.bring("hsx")
    counter.keys("0")
    counter.settled()
    counter.enter()
    counter.out()
    (paper,) = counter.papers()
    assert (counter.office.folder / FOLDER / f"{paper.paper_no}.pdf").read_bytes().startswith(b"%PDF")


def test_a_paper_that_was_not_made_is_owed_and_made_later(counter: Counter, beside: Beside) -> None:
    beside(CLEAN, "settle", materials="全部齐全；6 不适用")
    counter.bring("hsx")
    assert counter.page.foot.primary.accessibleName() == "出具年审结果通知"
    counter.window.press(counter.page.foot.primary)
    counter.out()
    assert len(counter.papers()) == 1


def test_another_step_is_a_key_away(counter: Counter) -> None:
    counter.bring("hsx")
    counter.keys(Key.Key_F6)  # taken in first, looked at later
    counter.out()
    assert counter.case(CLEAN).status is CaseState.RECEIVED
    assert [paper.title for paper in counter.papers()] == ["收件回执"]


# the season


def test_without_a_campaign_the_counter_says_how_one_begins(
    quiet_template: Path, tmp_path: Path, printed: Path, qtbot: QtBot
) -> None:
    with opened(qtbot, copy_of(quiet_template, tmp_path), Clock(FIRST_DAY), clerk=DECIDER.name) as window:
        counter = at_counter(window, printed)
        window.until(lambda: "没有正在进行的年审" in counter.shown())
        window.click("去年审批次", counter.page)
        window.until(lambda: lists(window) == ["review_campaign"])


def test_the_figures_of_the_day_go_along(counter: Counter) -> None:
    assert "今日已办 0 件，一次办结 0 件" in counter.shown()
    counter.bring("hsx")
    counter.keys("0")
    counter.settled()
    counter.enter()
    counter.out()
    counter.window.until(lambda: "今日已办 1 件，一次办结 1 件" in counter.shown())


def test_who_came_for_the_firm_is_written_into_the_case(counter: Counter) -> None:
    counter.bring("hsx")
    counter.keys("0")
    counter.keys(Key.Key_F9)
    (dialog,) = counter.window.shown(Dialog)
    agent = next(one for one in counter.window.shown(QLineEdit, dialog) if one.accessibleName() == "代理人")
    counter.window.put(agent, "Wang")
    counter.window.click("就这样", dialog)
    counter.window.until(lambda: counter.window._focused() is counter.page.materials)
    counter.settled()
    assert "（代理人 Wang）" in counter.shown()
    counter.enter()
    counter.out()
    assert counter.case(CLEAN).agent_name == "Wang"


def test_everything_has_a_name_for_who_cannot_see_it(counter: Counter) -> None:
    counter.bring("hsx")
    counter.keys("33")
    counter.settled()
    assert unnamed(counter.page) == []
