"""The draw page in the real window: three acts by keys, what is refused and why, the rehearsal, going on where it stood."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from tests import inspections
from tests.builders import dump
from tests.conftest import Clock
from tests.gui.inspecting import CLOSED, PEOPLE, SHOPS, Inspecting, draw_template, inspecting, task_of
from tests.windows import CTRL, Key
from wenlv_desk.gui.drawing.judging import grouped, said_of, said_of_second
from wenlv_desk.gui.drawing.reading import Act
from wenlv_desk.gui.drawing.rehearsal import BANNER
from wenlv_desk.gui.drawing.seeding import NO_PASTE
from wenlv_desk.gui.pages.draw import MOVED, DrawPage
from wenlv_desk.gui.pages.group import RegisterGroup
from wenlv_desk.gui.pages.register import RegisterPage
from wenlv_desk.gui.table import text_of
from wenlv_desk.registries.inspection.vocabulary import CheckState, DrawState, SeedSource
from wenlv_desk.registries.operator.records import OperatingStatus
from wenlv_desk.store.tables import JournalEntry

__all__ = ["draw_template"]
DICE = inspections.DICE
SAID = "二十枚骰子，由纪检组当场掷"


@pytest.fixture
def desk(draw_template: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Inspecting]:
    with inspecting(draw_template, tmp_path, qtbot) as made:
        yield made


def stands(desk: Inspecting, page: DrawPage, act: Act) -> None:
    """The page shows that act."""
    desk.until(
        lambda: page.view is not None and page.view.act is act and page.reading is None and page.doing.job is None
    )


def seal(desk: Inspecting, page: DrawPage) -> None:
    desk.type(SAID)
    desk.keys(Key.Key_Return, CTRL)
    stands(desk, page, Act.SEED)


def enter_seed(desk: Inspecting, page: DrawPage, second: str = DICE) -> None:
    desk.keys(DICE)
    desk.enter()
    desk.keys(second)
    desk.enter()
    desk.type("苏若溪、林晓")
    desk.keys(Key.Key_Return, CTRL)


def rows(page: DrawPage, name: str) -> list[list[str]]:
    model = page.tables.tables[name].rows
    found = (model.row(number) for number in range(model.rowCount()))
    return [[text_of(cell) for cell in row.cells] for row in found if row is not None]


def entries(desk: Inspecting) -> int:
    with desk.office.database.read() as session:
        return session.scalar(select(func.count()).select_from(JournalEntry)) or 0


# the three acts


def test_three_acts_by_keys_lead_to_the_checks(desk: Inspecting) -> None:
    page = desk.draw_page()
    assert page.seal.said.hasFocus()
    seal(desk, page)
    (draw,) = desk.draws()
    assert (draw.status, draw.source, draw.source_said) == (DrawState.COMMITTED, SeedSource.DICE, SAID)
    assert page.seed.code.code.text() == draw.code
    assert page.stepper.steps[0].said.text() == "2026-11-23 09:00 周建国"

    assert page.seed.first.hasFocus()
    desk.keys(DICE)
    desk.enter()
    desk.keys(DICE)
    desk.enter()
    desk.type("苏若溪、林晓")
    desk.enter()  # onto the button
    desk.enter()
    stands(desk, page, Act.RUN)
    assert desk.draws()[0].seed_digits == DICE
    assert page.run.digits.text() == grouped(DICE)

    assert page.run.run.hasFocus()
    desk.enter()
    stands(desk, page, Act.OVER)
    desk.until(lambda: len(rows(page, "result")) == 2)
    checks = desk.checks()
    assert [row[2] for row in rows(page, "result")] == [check.unit_name for check in checks]
    assert {check.status for check in checks} == {CheckState.ASSIGNED}

    desk.keys(Key.Key_Return, CTRL)
    desk.until(lambda: bool(desk.window.shown(RegisterPage)))
    desk.window.settled()
    assert desk.window.page.registry.name == "inspection_check"
    assert len(desk.window.rows()) == 2


def test_the_whole_draw_takes_tab_enter_and_space_from_its_rehearsal_to_giving_it_up_and_drawing(
    desk: Inspecting,
) -> None:
    page = desk.draw_page()
    tab_to(desk, page.seal.rehearse)
    desk.keys(" ")
    desk.until(lambda: page.rehearsal.isVisible() and page.rehearsal.again.hasFocus())
    tab_to(desk, page.rehearsal.leave)
    desk.enter()
    desk.until(page.seal.said.hasFocus)
    for again in (True, False):
        desk.type(SAID)
        desk.enter()
        tab_to(desk, page.seal.seal)
        desk.keys(" ")
        stands(desk, page, Act.SEED)
        desk.until(page.seed.first.hasFocus)
        if again:
            tab_to(desk, page.seed.abandon)
            desk.enter()
            given_up(desk)
            stands(desk, page, Act.SEAL)
            desk.until(lambda: desk.focused is page.seal.said)
    desk.keys(DICE)
    desk.keys(Key.Key_Tab)
    desk.keys(DICE)
    desk.keys(Key.Key_Tab)
    desk.type("苏若溪、林晓")
    tab_to(desk, page.seed.enter)
    desk.keys(" ")
    stands(desk, page, Act.RUN)
    desk.until(page.run.run.hasFocus)
    desk.keys(" ")
    stands(desk, page, Act.OVER)
    assert [one.status for one in desk.draws()] == [DrawState.ABANDONED, DrawState.DRAWN]
    desk.until(page.over.checks.hasFocus)
    desk.keys(" ")
    desk.until(lambda: bool(desk.window.shown(RegisterPage)))


def tab_to(desk: Inspecting, button: QPushButton) -> None:
    """Press Tab until a button has the focus."""
    for _ in range(30):
        if button.hasFocus():
            return
        desk.keys(Key.Key_Tab)
    raise AssertionError(f"Tab does not lead to {button.accessibleName()}")


def given_up(desk: Inspecting) -> None:
    """Fill in the form that gives a draw up, by keys."""
    form = desk.window.form()
    desk.type("名单有误")
    desk.enter()
    desk.type("苏若溪")
    desk.window.judged(form)
    assert isinstance(form.primary, QPushButton)
    tab_to(desk, form.primary)
    desk.keys(" ")


def test_the_card_of_a_task_leads_to_the_page_and_esc_back_to_it(desk: Inspecting) -> None:
    window = desk.window
    window.click("双随机", window.shell.rail)
    group = next(one for one in window.shell.findChildren(RegisterGroup) if one.title == "双随机")
    group.open(desk.office.catalogue.registry("inspection_task"))
    window.until(lambda: window.page.registry.name == "inspection_task")
    window.settled()
    window.click("封存名单", window.card)
    page = window.found(DrawPage)
    window.until(lambda: page.view is not None)
    desk.keys(Key.Key_Escape)
    window.until(lambda: bool(window.shown(RegisterPage)))
    assert window.page.registry.name == "inspection_task"


def test_another_source_is_chosen_by_arrows_and_says_how(desk: Inspecting) -> None:
    page = desk.draw_page()
    page.seal.sources[SeedSource.DICE].setFocus()
    desk.keys(Key.Key_Down)
    assert page.seal.source is SeedSource.BALLS
    assert "至少摇 12 次" in page.seal.how.text()
    assert "号码球" in page.seal.said.placeholderText()
    desk.enter()  # from the source to what is said of it
    assert page.seal.said.hasFocus()


def test_the_source_must_be_named_before_sealing(desk: Inspecting) -> None:
    page = desk.draw_page()
    desk.keys(Key.Key_Return, CTRL)
    desk.until(lambda: page.seal.missing.text().startswith("请写明来源"))
    assert desk.draws() == []


def test_pressed_twice_it_is_sealed_once(desk: Inspecting) -> None:
    page = desk.draw_page()
    desk.type(SAID)
    page.seal.press()
    page.seal.press()
    stands(desk, page, Act.SEED)
    assert len(desk.draws()) == 1


# the seed


def test_a_seed_typed_differently_is_not_entered_and_the_place_is_named(desk: Inspecting) -> None:
    page = desk.draw_page()
    seal(desk, page)
    other = DICE[:6] + ("2" if DICE[6] != "2" else "3") + DICE[7:]
    enter_seed(desk, page, other)
    desk.until(page.seed.second.hasFocus)
    assert page.seed.said_second.text.startswith("两遍输入不一致：第 7 位第一遍是")
    assert desk.draws()[0].status is DrawState.COMMITTED
    assert page.seed.witnesses.text() == "苏若溪、林晓"


def test_what_is_wrong_is_said_while_it_is_typed(desk: Inspecting) -> None:
    page = desk.draw_page()
    seal(desk, page)
    desk.keys("16 2")
    assert page.seed.said_first.text == "已录 3 位，还差 17 位"
    desk.keys("7")
    assert page.seed.said_first.text.startswith("种子第 4 位“7”不对")
    desk.keys(Key.Key_Backspace)
    desk.keys(DICE[3:])
    assert page.seed.said_first.text == "✓ 20 位"


def test_the_second_reading_takes_no_paste(desk: Inspecting) -> None:
    page = desk.draw_page()
    seal(desk, page)
    QGuiApplication.clipboard().setText(DICE)
    desk.keys(Key.Key_V, CTRL)
    assert page.seed.first.text() == DICE
    desk.enter()
    desk.keys(Key.Key_V, CTRL)
    assert page.seed.second.text() == ""
    assert page.seed.said_second.text == NO_PASTE


@pytest.mark.parametrize(
    ("first", "second", "kind", "said"),
    [
        ("", "", "small", "已录 0 位，还差 20 位"),
        (DICE, DICE[:5], "small", "已录 5 位，还差 15 位"),
        (DICE, DICE, "fine", "✓ 20 位，两遍一致"),
        (DICE, "0", "problem", "种子第 1 位“0”不对"),
        (DICE + "1", DICE, "fine", "✓ 20 位"),  # not as long yet: more may come
        (DICE, DICE + "1", "problem", "两遍输入不一致：第一遍 20 位，第二遍 21 位"),
    ],
)
def test_the_second_reading_is_judged_by_the_first(first: str, second: str, kind: str, said: str) -> None:
    found = said_of_second(SeedSource.DICE, first, second)
    assert (found.kind, found.text.startswith(said)) == (kind, True), found


def test_the_wrong_character_is_found_between_blanks_and_full_width_digits() -> None:
    assert said_of(SeedSource.DICE, "１6 2，9").mark == 5
    assert said_of(SeedSource.LOTTERY, "03,11,x").mark == 6


def test_the_place_where_the_readings_part_is_marked_in_the_second() -> None:
    wrong = DICE[:6] + ("2" if DICE[6] != "2" else "3") + DICE[7:]
    assert said_of_second(SeedSource.DICE, DICE, wrong).mark == 6
    assert said_of_second(SeedSource.DICE, DICE, grouped(wrong)).mark == 7
    assert said_of_second(SeedSource.DICE, DICE, DICE + "1").mark == 20


# what stands in the way


def test_too_few_inspectors_are_named_with_the_nearest_remedy_and_nothing_can_be_sealed(desk: Inspecting) -> None:
    with desk.office.database.read() as session:
        record = desk.office.catalogue.registry("staff").record
        ids = dict(session.execute(select(record.name, record.id)).all())  # type: ignore[attr-defined]
    for name in ("苏若溪", "林晓"):
        desk.write("staff", ids[name], cert_valid_to=inspections.FROM)
    page = desk.draw_page()
    desk.until(lambda: bool(desk.window.said(page.seal.blocks)))
    said = desk.window.said(page.seal.blocks)
    assert "等 8 家要派 2 人，只有 1 人可派（周建国）" in said
    assert "最近的办法：换发或补登执法证有效期" in said
    assert not page.seal.seal.isEnabled()
    assert "不可派 2 人" in desk.window.said(page.facts)
    desk.keys(Key.Key_Return, CTRL)
    assert desk.draws() == []
    desk.keys(Key.Key_F7)  # a rehearsal says the same
    desk.until(page.rehearsal.isVisible)
    desk.until(lambda: "等 8 家要派 2 人" in desk.window.said(page.rehearsal.blocks))


def test_a_window_that_is_over_and_a_list_nobody_is_on_are_said_together(
    draw_template: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    late = Clock(Clock().now.replace(month=12, day=21))
    with inspecting(draw_template, tmp_path, qtbot, late) as desk:
        operators = desk.office.catalogue.registry("operator").record
        with desk.office.database.read() as session:
            ids = list(session.scalars(select(operators.id)))
        for one in ids:
            desk.write("operator", one, operating_status=OperatingStatus.SUSPENDED)
        page = desk.draw_page()
        desk.until(lambda: bool(desk.window.said(page.seal.blocks)))
        said = desk.window.said(page.seal.blocks)
        assert "检查截止日 2026-12-18 已经过去" in said
        assert "里没有可抽的单位" in said
        desk.until(lambda: len(rows(page, "excluded")) == len(SHOPS) + 1)
        assert {row[2] for row in rows(page, "excluded")} == {"经营状态为停业"}


def test_the_excluded_are_shown_with_their_reasons(desk: Inspecting) -> None:
    page = desk.draw_page()
    desk.window.click("排除 1 户", page)
    assert page.tables.shown == "excluded"
    desk.until(lambda: bool(rows(page, "excluded")) and bool(rows(page, "people")))
    assert [(row[0], row[2]) for row in rows(page, "excluded")] == [(CLOSED, "经营状态为停业")]
    assert [row[:2] for row in rows(page, "people")] == [[name, "可派"] for name in PEOPLE]


def test_a_list_that_changed_meanwhile_is_sealed_as_it_is_and_the_difference_is_named(desk: Inspecting) -> None:
    page = desk.draw_page()
    operators = desk.office.catalogue.registry("operator").record
    with desk.office.database.read() as session:
        one = session.scalars(select(operators.id).where(operators.operator_name == SHOPS[1])).one()  # type: ignore[attr-defined]
    desk.write("operator", one, operating_status=OperatingStatus.RESTING)
    seal(desk, page)
    assert f"封存的名单与您刚才看到的不同：少了“{SHOPS[1]}”" in page.strip.text
    assert desk.draws()[0].pool_size == len(SHOPS) - 1


# the rehearsal


def test_a_rehearsal_writes_nothing_and_cannot_be_taken_for_a_draw(desk: Inspecting) -> None:
    page = desk.draw_page()
    page._chance = Random(7)
    before, journal = dump(desk.office), entries(desk)
    desk.keys(Key.Key_F7)
    desk.until(page.rehearsal.isVisible)
    model = page.rehearsal.table.rows
    desk.until(lambda: model.rowCount() == 2)
    outcomes = set()
    for _ in range(6):
        outcomes.add(tuple(text_of(model.row(at).cells[3]) for at in range(2)))  # type: ignore[union-attr]
        former = page.rehearsal.table.rows.source
        desk.keys(Key.Key_F7)
        desk.until(lambda former=former: page.rehearsal.table.rows.source is not former and model.rowCount() == 2)
    assert len(outcomes) > 1
    said = desk.window.said(page)
    assert BANNER in said
    assert [text_of(model.row(at).cells[0]) for at in range(2)] == ["演练", "演练"]  # type: ignore[union-attr]
    assert not [one for one in page.findChildren(QLabel) if one.isVisible() and one.property("part") == "code"]
    assert "打印" not in "".join(one.text() for one in page.rehearsal.findChildren(type(page.rehearsal.again)))
    assert (dump(desk.office), entries(desk)) == (before, journal)
    desk.keys(Key.Key_Escape)
    desk.until(page.seal.said.hasFocus)
    assert not page.rehearsal.isVisible()


# going on where it stood


def test_the_draw_goes_on_after_the_program_was_closed_between_the_acts(
    draw_template: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with inspecting(draw_template, tmp_path, qtbot) as desk:
        seal(desk, desk.draw_page())
        code = desk.draws()[0].code
    with inspecting(draw_template, tmp_path, qtbot, again=True) as desk:
        page = desk.draw_page("inspection_draw", desk.draws()[0].id)
        assert page.view is not None
        assert page.view.act is Act.SEED
        assert page.seed.code.code.text() == code
        enter_seed(desk, page)
        stands(desk, page, Act.RUN)
    with inspecting(draw_template, tmp_path, qtbot, again=True) as desk:
        page = desk.draw_page("inspection_draw", desk.draws()[0].id)
        desk.keys(Key.Key_Return, CTRL)
        stands(desk, page, Act.OVER)
        assert len(desk.checks()) == 2


def test_an_abandoned_draw_stays_in_sight_through_the_next_one(desk: Inspecting) -> None:
    page = desk.draw_page()
    seal(desk, page)
    first = desk.draws()[0].code
    desk.window.click("放弃抽取", page)
    form = desk.window.form()
    desk.window.fill(form, why="名单有误", approver="苏若溪")
    assert form.primary is not None
    desk.window.press(form.primary)
    stands(desk, page, Act.SEAL)
    for act in (Act.SEAL, Act.SEED):
        said = desk.window.said(page.earlier)
        assert f"第 1 次（封存 2026-11-23 09:00 周建国，封存码 {first}）" in said
        assert "批准：苏若溪　原因：名单有误" in said
        if act is Act.SEAL:
            page.seal.said.setFocus()
            seal(desk, page)
    assert desk.draws()[1].attempt == 2
    assert MOVED not in page.strip.text


def test_a_second_window_that_seeded_meanwhile_is_told_and_shows_how_it_stands(desk: Inspecting) -> None:
    page = desk.draw_page()
    seal(desk, page)
    desk.beside("seed", "inspection_draw", desk.draws()[0].id, **inspections.SEEDS)
    enter_seed(desk, page)
    stands(desk, page, Act.RUN)
    assert "已办“录入种子" in page.strip.text
    assert page.run.digits.text() == grouped(DICE)


def test_a_step_done_elsewhere_in_this_window_shows_at_once(desk: Inspecting) -> None:
    page = desk.draw_page()
    seat = desk.window.desktop.seat
    task = desk.office.catalogue.registry("inspection_task")
    seat.perform(seat.window, "commit", task, task_of(desk.office), arguments=inspections.SEAL)
    stands(desk, page, Act.SEED)
    assert page.strip.text == MOVED
