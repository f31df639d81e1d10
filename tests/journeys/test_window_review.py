"""Journey: the annual review in the window's lists — a campaign from a model, begun, a case served from its card, the tables saved."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from sqlalchemy import select

from tests.windows import WINDOW, Window
from wenlv_desk.gui.importing.asking import AskText
from wenlv_desk.gui.listing.exporting import WORKBOOK
from wenlv_desk.gui.pages.group import RegisterGroup
from wenlv_desk.ledger.reading import read_workbook
from wenlv_desk.store.check import check
from wenlv_desk.store.tables import JournalEntry

pytestmark = WINDOW
TITLE = "2026年度补充核验"
SHOP = "海书香文化用品店"


def list_of(window: Window, register: str) -> None:
    """The list of a register of the review."""
    window.click("年审", window.shell.rail)
    group = next(one for one in window.shell.findChildren(RegisterGroup) if one.title == "年审")
    group.open(window.office.catalogue.registry(register))
    window.until(lambda: window.page.registry.name == register)
    window.settled()


def do(window: Window, verb: str, **values: str) -> None:
    """Do a step of the card: through its form where it asks for anything."""
    assert window.card.dossier is not None
    before = state(window)
    (wanted,) = [one for one in window.card.dossier.verbs if one.title == verb]
    op = window.office.catalogue.operation(window.page.registry, wanted.name)
    if op.parameters(window.page.registry):
        form = window.verb(verb)
        window.fill(form, **values)
        window.save(form)
    else:
        window.click(verb, window.card)
    window.until(lambda: state(window) != before)
    window.settled()


def state(window: Window) -> str:
    assert window.card.dossier is not None
    return window.card.dossier.focus.state


def test_a_campaign_is_begun_and_a_case_served(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    list_of(window, "review_campaign")
    window.click("按样例新建", window.page)
    form = window.form()
    window.fill(form, model="2026年度出版物发行单位年度核验", title=TITLE)
    window.save(form)
    window.until(lambda: TITLE in window.names())
    window.select(TITLE)
    assert state(window) == "筹备"
    do(window, "启动")
    assert state(window) == "进行中"

    list_of(window, "review_case")
    window.search(SHOP)
    case = next(row for row in window.rows() if "应审未报" in row)
    window.select(case[0])
    do(window, "收件并受理", materials="全部齐全")
    do(window, "审查")
    do(window, "通过")
    assert state(window) == "通过"
    do(window, "盖章")
    assert state(window) == "已盖章"
    assert window.undo().startswith("撤销“盖章")
    window.until(lambda: state(window) == "通过")

    list_of(window, "review_campaign")
    window.select(TITLE)
    out = tmp_path / "汇总 表.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(out), WORKBOOK))
    window.choose("导出", "年审情况汇总表", within=window.page)
    window.until(lambda: "已存为“汇总 表.xlsx”" in window.notice)
    title, _heading, *rows = read_workbook(out).sheets[0].rows
    assert title[0] == f"{TITLE}情况汇总表"
    whole = next(row for row in rows if row[0] == "合计")
    assert whole[4] == "1"

    window.choose("导出", "催审电话单", within=window.page)  # phones in full: why is asked for and kept
    window.until(lambda: bool(window.shell.findChildren(AskText)))
    (asked,) = window.shown(AskText)
    window.put(asked.edit, "逐家打电话催审")
    window.click("存表", asked)
    window.until(lambda: "催审电话单共" in window.notice)
    with window.office.database.read() as session:
        last = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert last is not None
    assert (last.title, last.reason) == ("导出完整信息 年审案件", "逐家打电话催审")
    assert check(window.office) == []
