"""A bureau with two grids, and the page 网格划分 opened on a copy of it: what a test asks of the page, and what it reads from it."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests import grids, inspections
from tests.builders import Maker
from tests.conftest import Clock
from tests.windows import CTRL, Key, Window, opened
from wenlv_desk.gui.gridding.moving import MoveDialog
from wenlv_desk.gui.gridding.nodes import Node, find, tree_of
from wenlv_desk.gui.importing.asking import AskText
from wenlv_desk.gui.pages.grids import GridsPage
from wenlv_desk.gui.table import FixedTable
from wenlv_desk.registries.grid.answering import answers_of
from wenlv_desk.registries.opening import open_desk
from wenlv_desk.store.desk import Clerk

CLERK = Clerk("林晓", "窗口一")
PHONE = "13800005678"
SOME_TIME, SPRING, SUMMER = date(2020, 1, 1), date(2026, 3, 2), date(2026, 7, 1)


def bureau(folder: Path) -> Path:
    """Two grids since January: 单海燕 has two shops and took 海书屋 over on 1 July from 覃志远, who keeps one; two shops in no grid."""
    clock = Clock(datetime(2026, 2, 2, 9, 0))
    office = open_desk(folder, clock=clock)
    maker = Maker(office, CLERK, folder)
    given = {"bureau_name": "青屿市文化和旅游局", "grid_target": 2, "grid_most": 2}
    maker.perform("set_up", maker.registry("bureau_settings"), **given)
    head = grids.officer(maker, name="翟科长")
    people = [grids.officer(maker, name=name) for name in ("覃志远", "单海燕")]
    for at, officer in enumerate(people, 1):
        place = {"grid_code": f"WG-0{at}", "grid_name": f"第{at}网格", "section": "安全生产科", "township": None}
        made = grids.grid(maker, posted=False, grid_kind="普通网格", patrol_cycle="每月", **place)
        posted = {"head": head, "officer": officer, "valid_from": grids.EARLY}
        maker.perform("appoint", maker.registry("grid"), made, **posted)
    shops = {"海书屋": 1, "山书屋": 1, "云书屋": 2, "港书屋": 2}
    for name, place_id in shops.items():
        made = inspections.shop(maker, operator_name=name, phone=PHONE, established_on=SOME_TIME)
        grids.put(maker, made, place_id)
    clock.now = datetime(2026, 7, 1, 9, 0)
    moved = {"grid": 2, "reason": "就近", "valid_from": SUMMER}
    maker.perform("join_grid", maker.registry("operator"), 1, **moved)
    for name in ("新书屋", "小书屋"):
        inspections.shop(maker, operator_name=name, township="东塘街道", established_on=SOME_TIME)
    office.close()
    return folder


@pytest.fixture(scope="session")
def grids_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bureau(tmp_path_factory.mktemp("grids") / "data")


@pytest.fixture
def window(grids_template: Path, tmp_path: Path, clock: Clock, qtbot: QtBot) -> Iterator[Window]:
    folder = tmp_path / "网格 单位"
    shutil.copytree(grids_template, folder)
    with opened(qtbot, folder, clock) as made:
        made.click("网格", made.shell.rail)
        settled(made)
        yield made


def page_of(window: Window) -> GridsPage:
    return window.found(GridsPage)


def settled(window: Window) -> GridsPage:
    """The page once it shows what is asked for."""
    window.until(lambda: bool(window.shown(GridsPage)))
    page = page_of(window)
    window.until(lambda: not page.pending and not any(one.rows.loading for one in page.ledger.tables.values()))
    return page


def node(window: Window, key: str) -> Node:
    view = settled(window).view
    assert view is not None
    found = find(tree_of(view), key)
    assert found is not None, f"no {key}"
    return found


def go(window: Window, key: str) -> GridsPage:
    page = settled(window)
    page.tree.setFocus()
    assert page.tree.go_to(key)
    return settled(window)


def ask(window: Window, day: str) -> GridsPage:
    window.put(page_of(window).asking.day, day)
    return settled(window)


def dialog_of(window: Window, kind: type[Any]) -> Any:
    window.until(lambda: bool(window.shown(kind)))
    return window.shown(kind)[-1]


def moving(window: Window, title: str) -> MoveDialog:
    """Press a step of the line at the cursor; the form with its preview."""
    window.click(title, page_of(window).steps)
    dialog: MoveDialog = dialog_of(window, MoveDialog)
    window.judged(dialog)
    return dialog


def rows(window: Window, table: FixedTable) -> list[list[str]]:
    window.until(lambda: not table.rows.loading)
    return window.rows(table)


def moves(window: Window, dialog: MoveDialog) -> list[list[str]]:
    window.judged(dialog)
    return rows(window, dialog.moves)


def save(window: Window, dialog: MoveDialog) -> None:
    window.judged(dialog)
    with window.qtbot.waitSignal(dialog.performed):
        window.key(Key.Key_Return, CTRL)
    settled(window)


def officers(window: Window, day: date) -> dict[int, int | None]:
    """Firm to officer on a day."""
    with window.office.desk(CLERK) as desk:
        answers = answers_of(desk)
        return {firm: one.officer_id for firm, one in answers.firms_on(day).items()}


def answer(window: Window, reason: str) -> None:
    asked: AskText = dialog_of(window, AskText)
    window.type(reason, asked.edit)
    window.key(Key.Key_Return, CTRL)
