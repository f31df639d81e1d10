"""Journey 2: a licence's life — entered, issued, changed, renewed, reissued, stopped, resumed, cancelled; illegal steps refused."""

from typing import Any

import pytest

from tests.shelling import CommandLine

NUMBER = "新出发鲁零字第甲001号"
SHOP = (
    "--operator_name",
    "甲书店",
    "--legal_representative",
    "王一",
    "--phone",
    "13800130001",
    "--address",
    "青屿街道1号",
)
DRAFT = (
    *("--licence_no", NUMBER, "--operator_id", "甲书店", "--licensee_name", "甲书店", "--legal_representative", "王一"),
    *("--representative_role", "经营者", "--contact_phone", "13800130001", "--business_premises", "青屿街道1号"),
    *("--business_mode", "零售", "--publication_kinds", "图书、期刊"),
)
ISSUE = ("--issued_on", "2022-01-10", "--valid_from", "2022-01-10", "--valid_to", "2027-12-31")
RENEW = ("--decided_on", "2026-11-20", "--valid_to", "2032-12-31")


class Licence:
    """One licence at the shell."""

    def __init__(self, desk: CommandLine) -> None:
        self.desk = desk

    def do(self, verb: str, *words: str, **more: Any) -> Any:
        return self.desk("do", f"publication_licence.{verb}", NUMBER, *words, **more)

    def refused(self, verb: str, *words: str, **more: Any) -> str:
        return self.desk.refused("do", f"publication_licence.{verb}", NUMBER, *words, **more)

    @property
    def card(self) -> dict[str, Any]:
        return dict(self.desk("show", "publication_licence", NUMBER))

    @property
    def titles(self) -> list[str]:
        return [entry["title"].split(" ")[0] for entry in self.desk("history", "publication_licence", NUMBER)][::-1]


@pytest.fixture
def draft(shell: CommandLine) -> Licence:
    shell("do", "bureau_settings.set_up", "--bureau_name", "青屿市文旅局", "--publication_issuer", "青屿市新闻出版局")
    shell("do", "operator.create", *SHOP)
    shell("do", "publication_licence.create", *DRAFT)
    return Licence(shell)


@pytest.fixture
def active(draft: Licence) -> Licence:
    draft.do("issue", *ISSUE)
    return draft


def test_a_whole_life_is_told_by_its_history(draft: Licence) -> None:
    assert draft.card["status"] == "草稿"
    draft.do("issue", *ISSUE)
    assert (draft.card["status"], draft.card["issuing_authority"]) == ("有效", "青屿市新闻出版局")
    draft.do("change", "--approved_on", "2026-11-01", "--legal_representative", "王二", "--document_no", "变1号")
    draft.do("renew", *RENEW, "--applied_on", "2026-11-10")
    draft.do(
        "reissue", "--reissued_on", "2026-11-21", "--cause", "遗失", "--newspaper", "日报", "--notice_on", "2026-11-15"
    )
    draft.do("suspend", "--suspended_from", "2026-11-22", "--document_no", "罚1号", "--reason", "进货清单不全")
    assert draft.card["standing"] == "停业整顿"
    draft.do("resume", "--resumed_on", "2026-11-23")
    draft.do("cancel", "--cancelled_on", "2026-11-23", "--ground", "（三）法人或者其他组织依法终止")
    card = draft.card
    assert (card["status"], card["valid_to"], card["legal_representative"]) == ("注销", "2032-12-31", "王二")
    assert draft.titles == ["新增", "核发", "变更", "延续", "补领", "停业整顿", "恢复", "注销"]
    versions = card["publication_licence_version"]
    assert [version["event"] for version in versions] == ["变更", "延续", "补领"]
    assert "王一" in versions[0]["old_value"]
    assert "王二" in versions[0]["new_value"]
    assert draft.desk("check") == {"problems": []}


def test_every_step_is_taken_back_one_by_one(draft: Licence) -> None:
    before = draft.card
    draft.do("issue", *ISSUE)
    issued = draft.card
    draft.do("change", "--approved_on", "2026-11-01", "--business_premises", "青屿街道2号")
    assert draft.desk("undo")["title"].startswith("撤销：变更")
    assert draft.card == issued
    draft.desk("undo")
    assert draft.card == before


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("renew", (*RENEW, "--applied_on", "2026-11-10")),
        ("change", ("--approved_on", "2026-11-01", "--licensee_name", "乙")),
        ("suspend", ("--suspended_from", "2026-11-22", "--document_no", "1", "--reason", "x")),
        ("resume", ("--resumed_on", "2026-11-22")),
        ("cancel", ("--cancelled_on", "2026-11-22", "--ground", "OTHER")),
        ("revoke", ("--decided_on", "2026-11-22", "--document_no", "1", "--reason", "x")),
    ],
)
def test_nothing_but_issuing_is_done_to_a_draft(draft: Licence, verb: str, words: tuple[str, ...]) -> None:
    before = draft.titles
    said = draft.refused(verb, *words)
    assert "现为“草稿”" in said
    assert "现在可以办：核发" in said
    assert draft.titles == before


def test_nothing_is_done_to_a_cancelled_licence(active: Licence) -> None:
    active.do("cancel", "--cancelled_on", "2026-11-23", "--ground", "DISSOLVED")
    assert "终结状态" in active.refused("renew", *RENEW, "--applied_on", "2026-11-10")
    assert "终结状态" in active.refused("issue", *ISSUE)


@pytest.mark.parametrize(
    ("verb", "words", "named"),
    [
        ("issue", ISSUE, "现为“有效”"),
        ("resume", ("--resumed_on", "2026-11-22"), "现为“有效”"),
        ("renew", RENEW, "申请日期"),
        ("renew", (*RENEW, "--applied_on", "2026-11-21"), "早于申请日期"),
        ("renew", ("--decided_on", "2026-12-20", "--valid_to", "2032-12-31", "--applied_on", "2026-11-10"), "晚于今天"),
        (
            "renew",
            ("--decided_on", "2026-11-20", "--valid_to", "2027-01-01", "--applied_on", "2026-11-10"),
            "不晚于原有效期止",
        ),
        ("reissue", ("--reissued_on", "2026-11-21", "--cause", "遗失"), "遗失声明"),
        ("reissue", ("--reissued_on", "2026-11-21", "--cause", "损毁"), "交回损毁的原证"),
        ("reissue", ("--reissued_on", "2026-11-21", "--cause", "被盗"), "遗失、损毁"),
        ("change", ("--approved_on", "2026-11-01"), "没有填写任何变更内容"),
        ("change", ("--approved_on", "2021-01-01", "--licensee_name", "乙"), "早于发证日期"),
        ("suspend", ("--suspended_from", "2026-11-22", "--reason", "x"), "决定书文号"),
        ("cancel", ("--cancelled_on", "2026-11-22", "--ground", "EXPIRED"), "并未逾期"),
        ("cancel", ("--cancelled_on", "2026-11-22", "--ground", "DISSOLVED", "--originals_returned", "否"), "写明原因"),
        ("amend", ("--status", "注销"), "不能直接修改"),
    ],
)
def test_an_illegal_step_says_why_and_writes_nothing(
    active: Licence, verb: str, words: tuple[str, ...], named: str
) -> None:
    before = (active.card, active.titles)
    assert named in active.refused(verb, *words)
    assert (active.card, active.titles) == before


def test_late_notice_is_said_and_a_timely_application_keeps_it_alive(active: Licence) -> None:
    late = active.do("apply_renewal", "--applied_on", "2027-12-20", today="2027-12-20")
    assert any("不足 30 天" in note for note in late["notes"])
    active.desk("undo")
    active.do("apply_renewal", "--applied_on", "2027-11-20", today="2027-11-20")
    lists = active.desk("list", "publication_licence", today="2028-01-05")
    assert lists["rows"][0]["standing"] == "视为准予延续—待确认"


def test_after_its_end_a_licence_lapses_and_only_cancelling_is_left(active: Licence) -> None:
    later = "2028-01-05"
    assert active.desk("list", "publication_licence", today=later)["rows"][0]["standing"] == "逾期未延续"
    words = ("--decided_on", later, "--applied_on", "2028-01-02", "--valid_to", "2033-12-31")
    assert "逾期不能延续" in active.refused("renew", *words, today=later)
    active.do("cancel", "--cancelled_on", later, "--ground", "（一）有效期届满未延续", today=later)
    assert active.card["status"] == "注销"


def test_a_number_is_given_once(active: Licence) -> None:
    said = active.desk.refused("do", "publication_licence.create", *DRAFT)
    assert NUMBER in said or "甲书店" in said
    active.desk("do", "publication_licence.create", *DRAFT, "--why-anyway", "测试")
    told = active.desk("list", "publication_licence", "--where", "status=草稿")["rows"][0]
    assert "已由“甲书店”使用" in active.desk.refused("do", "publication_licence.issue", told["id"], *ISSUE)


def test_who_was_revoked_is_barred_and_watched_for_ten_years(active: Licence) -> None:
    told = active.do("revoke", "--decided_on", "2026-11-20", "--document_no", "罚9号", "--reason", "情节严重")
    assert any("十年内" in note for note in told["notes"])
    assert active.desk("list", "barred_person")["rows"][0]["barred_until"] == "2036-11-20"
    other = ["--licence_no" if word == "--licence_no" else word for word in DRAFT]
    other[1] = "新出发鲁零字第乙002号"
    active.desk("do", "publication_licence.create", *other, "--why-anyway", "另一张证")
    said = active.desk.refused("do", "publication_licence.issue", other[1], *ISSUE)
    assert "王一" in said
    assert "2036-11-20" in said


def test_evidence_is_kept_with_the_step(active: Licence, tmp_path: Any) -> None:
    scan = tmp_path / "申请 书.pdf"
    scan.write_bytes(b"%PDF-1.7 scan")
    active.do("renew", *RENEW, "--applied_on", "2026-11-10", "--path", str(scan))
    assert any(path.read_bytes() == scan.read_bytes() for path in active.desk.folder.glob("files/*/*"))
    assert "不存在" in active.refused(
        "change", "--approved_on", "2026-11-21", "--licensee_name", "乙", "--path", "nix.pdf"
    )
    assert active.desk("check") == {"problems": []}
