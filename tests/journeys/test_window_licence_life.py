"""Journey 2 in the window: a licence's life from its operator's card — entered, issued, changed, stopped, resumed, cancelled, one step back."""

from typing import Any

from tests.builders import dump
from tests.windows import CTRL, WINDOW, Key, Window
from wenlv_desk.gui.card.dossier import Dossier
from wenlv_desk.store.check import check

pytestmark = WINDOW
NUMBER = "新出发鲁零字第甲001号"


def dossier(window: Window) -> Dossier:
    assert window.card.dossier is not None
    return window.card.dossier


def do(window: Window, verb: str, **values: str) -> None:
    """Do a verb of the card's record through its form."""
    form = window.verb(verb)
    window.fill(form, **values)
    window.save(form)
    window.until(lambda: window.notice.startswith(f"已办：{verb}"))
    window.settled()


def refused(window: Window, verb: str) -> str:
    """Why a verb is grey."""
    (found,) = [one for one in dossier(window).verbs if one.title == verb]
    return found.refused


def enter_licence(window: Window) -> None:
    """A new shop, and from its card a new licence, which is then the chosen record."""
    window.go("经营单位")
    window.key(Key.Key_N, CTRL)
    shop = window.form()
    values = {
        "operator_name": "听潮书屋",
        "legal_representative": "王一",
        "phone": "13800130001",
        "address": "海政路1号",
    }
    window.fill(shop, **values, categories="出版物零售")
    window.save(shop)
    window.until(lambda: window.card.dossier is not None and window.card.dossier.hub.title == "听潮书屋")
    window.click("出版物 0", window.card)
    window.click("新增出版物经营许可证", window.card)
    form = window.form()
    assert form.form.boxes["licensee_name"].editor.raw() == "听潮书屋"
    assert form.form.boxes["legal_representative"].editor.raw() == "王一"
    window.fill(
        form, licence_no=NUMBER, business_mode="零售", publication_kinds="图书、期刊", representative_role="经营者"
    )
    window.save(form)
    window.until(lambda: NUMBER in window.said(window.card))
    window.click(NUMBER, window.card)
    window.until(lambda: window.page.registry.name == "publication_licence")
    window.until(lambda: window.card.dossier is not None and window.card.dossier.focus.code == NUMBER)
    window.settled()


def row(window: Window) -> dict[str, Any]:
    licences = dump(window.office)["publication_licence"].values()
    return next(one for one in licences if one["licence_no"] == NUMBER)


def test_a_licence_lives_from_issue_to_cancellation(window: Window) -> None:
    enter_licence(window)
    assert dossier(window).focus.state == "草稿"
    assert "现为“草稿”" in refused(window, "停业整顿")
    do(window, "核发", issued_on="2022.1.10", valid_from="2022.1.10", valid_to="2027.12.31")
    assert dossier(window).focus.state == "有效"
    assert row(window)["issuing_authority"] == "青屿市新闻出版局"
    assert "现为“有效”" in refused(window, "恢复")

    change = window.verb("变更")
    window.fill(change, approved_on="2021.1.1", legal_representative="王二")
    window.click(change.primary.accessibleName() if change.primary else "", change)
    window.until(lambda: "早于发证日期" in change.strip.text)
    window.fill(change, approved_on="2026.11.1")
    window.save(change)
    assert row(window)["legal_representative"] == "王二"

    do(window, "停业整顿", suspended_from="2026.11.22", document_no="罚1号", reason="进货清单不全")
    assert dossier(window).focus.state == "停业整顿"
    do(window, "恢复", resumed_on="2026.11.23")
    active = dump(window.office)
    do(window, "注销", cancelled_on="2026.11.23", ground="（三）法人或者其他组织依法终止")
    assert dossier(window).focus.state == "注销"
    assert "终结状态" in refused(window, "延续")
    window.click("历史", window.card)
    said = window.said(window.card)
    steps = [said.index(f"{verb} 听潮书屋") for verb in ("注销", "恢复", "停业整顿", "变更", "核发", "新增")]
    assert steps == sorted(steps)
    assert "王一 → 王二" in said

    assert window.undo() == "撤销“注销 听潮书屋（出版物经营许可证）”？"
    window.until(lambda: dossier(window).focus.state == "有效")
    assert dump(window.office) == active
    assert check(window.office) == []


def test_the_next_sensible_step_is_one_key_away_and_late_notice_is_said(window: Window) -> None:
    enter_licence(window)
    window.page.table.setFocus()
    window.key(Key.Key_F4)
    form = window.form()
    assert form.op.name == "issue"
    window.fill(form, issued_on="2022.1.10", valid_from="2022.1.10", valid_to="2026.12.10")
    window.save(form)
    window.until(lambda: "17 天后到期" in window.said(window.card))
    window.settled()
    late = window.verb("延续申请受理")
    window.fill(late, applied_on="2026.11.20")
    window.save(late)
    window.until(lambda: "不足 30 天" in window.notice)
    assert str(row(window)["renewal_applied_on"]) == "2026-11-20"
