"""A bureau with a random inspection under way, and the clerk who draws and enters results in the real window, by counted keys."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests import inspections
from tests.builders import Maker
from tests.conftest import Clock
from tests.gui.operators import code
from tests.windows import Key, Window, opened
from wenlv_desk.gui.entry.acting import act
from wenlv_desk.gui.pages.check_entry import CheckPage
from wenlv_desk.gui.pages.draw import DrawPage
from wenlv_desk.registries.inspection.check import InspectionCheck
from wenlv_desk.registries.inspection.draw import InspectionDraw
from wenlv_desk.registries.inspection.task import InspectionTask
from wenlv_desk.registries.opening import open_desk
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.office import Office

HEAD = Clerk("周建国", "窗口一")
EVERYTHING = "录入员、审核员、负责人、执法人员、管理员"
SHOPS = ("海书香文化用品店", "青屿书店", "新岸书刊社", "栖云图书馆书吧", "东港书报亭", "山海书局", "澄书堂", "同文书社")
CLOSED = "停业的书店"
PEOPLE = {"周建国": EVERYTHING, "苏若溪": "执法人员", "林晓": "执法人员"}
POINTS = ("持有效许可证并明显张挂", "有进销货清单", "没有销售侵权盗版出版物", "消防通道畅通")
TASK_NAME = "2026年第二次出版物市场随机抽查"


def bureau_to_draw(folder: Path) -> Path:
    """An approved task over eight shops, two of which are wanted, and three inspectors."""
    office = open_desk(folder, clock=Clock())
    maker = Maker(office, HEAD, folder)
    given = {"bureau_name": "青屿市文化和旅游局", "region_name": "青屿市", "document_code": "青文旅"}
    _create(maker, "bureau_settings", operation="set_up", **given)
    for number, name in enumerate((*SHOPS, CLOSED), 1):
        state = "停业" if name == CLOSED else "营业"
        firm = {"operator_name": name, "uscc": code(number), "legal_representative": "翟志远"}
        place = {"address": f"青屿市海政路{number}号", "categories": "出版物零售", "operating_status": state}
        _create(maker, "operator", **firm, **place)
    for name, roles in PEOPLE.items():
        own = {"name": name, "roles": roles, "domains": "出版印刷", "status": "在岗"}
        _create(maker, "staff", **own, enforcement_cert_no=f"执{name}", cert_valid_to=date(2028, 12, 31))
    _task(maker)
    office.close()
    return folder


def _create(maker: Maker, register: str, operation: str = "create", **values: Any) -> int:
    return int(maker.perform(operation, maker.registry(register), **values).value)


def _task(maker: Maker) -> None:
    basis = {
        "legal_basis": "出版管理条例第五十一条",
        "applies_to": "出版物零售",
        "domain": "出版印刷",
        "ratio_percent": 10,
    }
    item = maker.record("inspection_item", item_name="出版物零售经营活动检查", max_per_year=None, **basis)
    for position, text in enumerate(POINTS, 1):
        _create(maker, "check_point", item_id=item, position=position, text=text, applies="全部")
    maker.perform("publish_item", maker.registry("inspection_item"), item)
    plan = _create(maker, "inspection_plan", title="2026年度抽查计划", plan_year=2026)
    maker.perform("approve_plan", maker.registry("inspection_plan"), plan)
    window = {"window_from": inspections.FROM, "window_to": inspections.TO, "wanted_count": 2}
    named = {"task_name": TASK_NAME, "plan_id": plan, "items": inspections.item_code(maker, item)}
    task = _create(maker, "inspection_task", **named, **window)
    maker.perform("approve_task", maker.registry("inspection_task"), task)


def bureau_to_check(folder: Path) -> Path:
    """The same with the draw done and both checks announced."""
    bureau_to_draw(folder)
    office = open_desk(folder, clock=Clock())
    maker = Maker(office, HEAD, folder)
    draw = int(maker.perform("commit", maker.registry("inspection_task"), task_of(office), **inspections.SEAL).value)
    inspections.walk(maker, "inspection_draw", draw, (("seed", inspections.SEEDS), ("run", {})))
    for check in inspections.checks_of(maker, draw):
        inspections.walk(maker, "inspection_check", check, inspections.NOTIFIED)
    office.close()
    return folder


@pytest.fixture(scope="session")
def draw_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bureau_to_draw(tmp_path_factory.mktemp("draw") / "template")


@pytest.fixture(scope="session")
def check_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bureau_to_check(tmp_path_factory.mktemp("check") / "template")


def task_of(office: Office) -> int:
    with office.database.read() as session:
        return session.scalars(select(InspectionTask.id)).one()


class Inspecting:
    """The head of the office before the window, with a number of keys and no mouse."""

    def __init__(self, window: Window, folder: Path) -> None:
        self.window, self.folder = window, folder
        self.maker = Maker(window.office, HEAD, folder.parent)
        self.pressed = 0

    @property
    def office(self) -> Office:
        return self.window.office

    @property
    def notice(self) -> str:
        return self.window.notice

    def until(self, holds: Callable[[], bool]) -> None:
        self.window.until(holds)

    def act(self, register: str, operation: str, record_id: int) -> None:
        """What the card's button does."""
        registry = self.office.catalogue.registry(register)
        op = self.office.catalogue.operation(registry, operation)
        act(self.window.desktop.seat, registry, op, record_id, named="", version=None)

    def draw_page(self, register: str = "inspection_task", record_id: int | None = None) -> DrawPage:
        """The draw page, read."""
        operation = "commit" if register == "inspection_task" else "seed"
        self.act(register, operation, record_id or task_of(self.office))
        page = self.window.found(DrawPage)
        self.until(lambda: page.view is not None and page.reading is None)
        return page

    def check_page(self, check_id: int, operation: str = "record") -> CheckPage:
        """The check page, read."""
        self.act("inspection_check", operation, check_id)
        page = self.window.found(CheckPage)
        self.until(lambda: page.view is not None and page.reading is None)
        return page

    def keys(self, keys: str | Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys where the focus is, and count them."""
        for one in keys if isinstance(keys, str) else [keys]:
            self.pressed += 1
            where = self.window._focused()
            if isinstance(one, str):
                QTest.keyClicks(where, one)
            else:
                QTest.keyClick(where, one, modifier)

    def enter(self, times: int = 1) -> None:
        for _ in range(times):
            self.keys(Key.Key_Return)

    def type(self, text: str) -> None:
        """Chinese, as an input method does."""
        self.window.type(text)

    @property
    def focused(self) -> QWidget | None:
        return self.window.shell.focusWidget()

    def draws(self) -> list[InspectionDraw]:
        with self.office.database.read() as session:
            return list(session.scalars(select(InspectionDraw).order_by(InspectionDraw.id)))

    def checks(self) -> list[InspectionCheck]:
        with self.office.database.read() as session:
            return list(session.scalars(select(InspectionCheck).order_by(InspectionCheck.id)))

    def beside(self, operation: str, register: str, record_id: int, **given: Any) -> Any:
        """Another window does a step; this one is not told."""
        return self.maker.perform(operation, self.maker.registry(register), record_id, **given).value

    def write(self, register: str, record_id: int, **values: Any) -> None:
        """Another window changes a record past what a clerk may type."""
        self.maker.write(self.maker.registry(register), record_id, **values)


@contextmanager
def inspecting(
    template: Path, tmp_path: Path, qtbot: QtBot, clock: Clock | None = None, *, again: bool = False
) -> Iterator[Inspecting]:
    """The window on a copy of a bureau; `again` opens the copy that is there already."""
    folder = tmp_path / "双随机 单位"
    if not again:
        shutil.copytree(template, folder)
    with opened(qtbot, folder, clock or Clock(), clerk=HEAD.name) as window:
        yield Inspecting(window, folder)


def said_of(check: InspectionCheck, names: Mapping[str, Any]) -> dict[str, Any]:
    """These values of a check."""
    return {name: getattr(check, name) for name in names}
