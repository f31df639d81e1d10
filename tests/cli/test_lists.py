"""Looking at registers from the shell: registers, list, show, history."""

import json

import pytest

from tests.shelling import CommandLine, run_command
from wenlv_desk.registries import catalogue

EVERY = list(catalogue().registries)


def test_registers_names_everything_and_opens_no_folder() -> None:
    told = {one["name"]: one for one in json.loads(run_command(["--json", "registers"]).out)}
    assert list(told) == EVERY
    assert told["operator"]["title"] == "经营单位"
    assert told["operator"]["fields"]["uscc"] == "统一社会信用代码"
    assert told["publication_licence"]["operations"]["renew"] == "延续"
    assert told["publication_licence"]["papers"]["licence_registration"] == "登记信息页"


@pytest.mark.parametrize("register", EVERY)
def test_every_register_is_listed_and_shown_as_json_and_as_text(seen: CommandLine, register: str) -> None:
    told = seen("list", register, "--limit", 0)
    assert told["total"] == len(told["rows"])
    text = seen.ask("list", register)
    assert text.code == 0
    assert f"共 {told['total']} " in text.out
    for row in told["rows"][:1]:
        shown = seen("show", register, row["id"])
        assert shown["id"] == row["id"]
        assert {name: shown[name] for name in row} == row
        assert seen.ask("show", register, row["id"]).code == 0
        assert seen("history", register, row["id"])
        assert seen.ask("history", register, row["id"]).code == 0


def test_a_register_is_called_by_name_or_by_title(seen: CommandLine) -> None:
    assert seen("list", "经营单位") == seen("list", "operator")


def test_the_same_question_gives_the_same_json(seen: CommandLine) -> None:
    words = ("list", "publication_licence", "--sort", "有效期止")
    assert seen.ask(*words, as_json=True).out == seen.ask(*words, as_json=True).out


@pytest.mark.parametrize(("limit", "listed"), [(0, 69), (1, 1), (69, 69), (999_999_999, 69)])
def test_limit_keeps_the_total(seen: CommandLine, limit: int, listed: int) -> None:
    told = seen("list", "operator", "--limit", limit)
    assert (told["total"], len(told["rows"])) == (69, listed)


def test_fifty_are_listed_when_nothing_is_said(seen: CommandLine) -> None:
    assert len(seen("list", "operator")["rows"]) == 50


def test_where_takes_names_labels_codes_and_words(seen: CommandLine) -> None:
    wanted = seen("list", "operator", "--where", "operating_status=RESTING")
    assert wanted["total"] == 1
    assert seen("list", "operator", "--where", "经营状态=歇业") == wanted


def test_two_values_of_one_field_are_an_or_and_two_fields_an_and(seen: CommandLine) -> None:
    either = ("--where", "operating_status=歇业", "--where", "operating_status=停业")
    assert seen("list", "operator", *either)["total"] == 2
    assert seen("list", "operator", *either, "--where", "township=青屿街道")["total"] == 1


def test_where_finds_what_nobody_filled_in(seen: CommandLine) -> None:
    without = seen("list", "operator", "--where", "uscc=")
    assert [row["operator_name"] for row in without["rows"]] == ["渡口旧书铺"]
    endless = seen("list", "publication_licence", "--where", "valid_to=长期")
    assert endless["rows"] == seen("list", "publication_licence", "--where", "valid_to=")["rows"]
    assert {row["valid_to"] for row in endless["rows"]} == {"长期"}


def test_where_reads_values_as_forms_do(seen: CommandLine) -> None:
    shop = seen("list", "operator", "--search", "山海书局")["rows"][0]
    code = shop["uscc"]
    assert seen("list", "operator", "--where", f"uscc={code[:8].lower()} {code[8:].lower()}")["rows"] == [shop]
    day = seen("show", "operator", shop["id"])["established_on"]
    spoken = day.replace("-", "年", 1).replace("-", "月", 1) + "日"
    assert shop in seen("list", "operator", "--where", f"established_on={spoken}")["rows"]


def test_where_follows_a_reference_by_any_name_of_the_record(seen: CommandLine) -> None:
    by_name = seen("list", "publication_licence", "--where", "operator_id=山海书局")
    assert by_name["total"] == 1
    number = seen.id_of("operator", "山海书局")
    assert seen("list", "publication_licence", "--where", f"operator_id={number}") == by_name
    assert seen("list", "publication_licence", "--where", f"operator_id={by_name['rows'][0]['uscc']}") == by_name


def test_where_and_sort_take_what_is_computed(seen: CommandLine) -> None:
    due = seen("list", "publication_licence", "--where", "standing=30 天内到期")
    assert [row["standing"] for row in due["rows"]] == ["20 天后到期"]
    rows = seen("list", "publication_licence", "--sort", "days_left", "--limit", 0)["rows"]
    ends = [row["valid_to"] for row in rows if row["standing"] in ("有效", "长期") and row["valid_to"] != "长期"]
    assert ends == sorted(ends)


def test_a_dash_before_a_field_sorts_downwards(seen: CommandLine) -> None:
    up = [row["id"] for row in seen("list", "operator", "--sort", "uscc", "--limit", 0)["rows"]]
    down = [row["id"] for row in seen("list", "operator", "--sort", "-uscc", "--limit", 0)["rows"]]
    assert down == [row["id"] for row in seen("list", "operator", "--sort=-统一社会信用代码", "--limit", 0)["rows"]]
    assert up == down[::-1]


def test_personal_data_stay_masked_in_lists_cards_and_histories(bureau: CommandLine) -> None:
    assert bureau("list", "operator")["rows"][0]["phone"] == "139****1000"
    assert bureau("show", "operator", 1)["phone"] == "139****1000"
    bureau("do", "operator.amend", 1, "--phone", "13900009999")
    assert "13900009999" not in bureau.ask("history", "operator", 1, as_json=True).out


@pytest.mark.parametrize(
    "text", ["6", " 6 ", "新出发鲁零字第示006号", "新出发鲁零字第 示006 号", "91990087MADG699420", "91990087madg699420"]
)
def test_a_licence_is_named_by_id_number_or_credit_code(seen: CommandLine, text: str) -> None:
    assert seen("show", "publication_licence", text)["licensee_name"] == "山海书局"


@pytest.mark.parametrize(
    "text", ["（鲁）印证字第示0031号", "(鲁)印证字第示0031号", "〔鲁〕印证字第示0031号", "（鲁） 印证字 第示0031号"]
)
def test_a_licence_number_is_known_with_other_brackets_and_spaces(seen: CommandLine, text: str) -> None:
    assert seen("show", "printing_licence", text)["licence_no"] == "（鲁）印证字第示0031号"


@pytest.mark.parametrize("text", ["山海书局", "91990087 MADG 6994 20", "９１９９００８７ＭＡＤＧ６９９４２０"])
def test_an_operator_is_named_by_name_or_code(seen: CommandLine, text: str) -> None:
    assert seen.id_of("operator", text) == 41


def test_a_name_borne_twice_is_refused_with_the_numbers(bureau: CommandLine) -> None:
    bureau("do", "operator.create", "--operator_name", "山海书局", "--why-anyway", "另一家")
    said = bureau.refused("show", "operator", "山海书局")
    assert "有 2 个“山海书局”" in said
    assert "41、70" in said


def test_what_was_taken_off_is_seen_only_when_asked_for_and_named_by_id(bureau: CommandLine) -> None:
    bureau("do", "operator.void", 41, "--why", "录错")
    assert bureau("list", "operator", "--search", "山海书局")["total"] == 0
    assert bureau("list", "operator", "--search", "山海书局", "--voided")["total"] == 1
    assert "已移出台账的只能用编号指明" in bureau.refused("show", "operator", "山海书局")
    bureau("do", "operator.restore", 41)
    assert bureau.id_of("operator", "山海书局") == 41


def test_a_history_says_who_did_what_and_why_newest_first(bureau: CommandLine) -> None:
    bureau(
        "do",
        "operator.rename",
        41,
        "--new_name",
        "山海书屋",
        "--renamed_on",
        "2026-11-20",
        "--reason",
        "更名",
        clerk="周建国",
    )
    first, *rest = bureau("history", "operator", 41)
    assert (first["clerk"], first["title"], first["reason"]) == ("周建国", "名称变更 山海书屋", "更名")
    assert first["at"].startswith("2026-11-23 ")
    assert rest[-1]["title"] == "新增 山海书局"


def test_a_card_shows_what_belongs_to_the_record(seen: CommandLine) -> None:
    card = seen("show", "operator", "半岛书城有限公司")
    assert [licence["operator_id"] for licence in card["publication_licence"]] == ["半岛书城有限公司"]
    assert "【出版物经营许可证】" in seen.ask("show", "operator", "半岛书城有限公司").out


def test_nothing_a_record_holds_drives_the_terminal(bureau: CommandLine) -> None:
    assert "控制字符" in bureau.refused("do", "operator.create", "--operator_name", "甲\x1b[31m书店")
