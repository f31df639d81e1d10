"""The record of a draw: whatever is changed in it is found, and what it says follows from the sealed list and the digits."""

import json
import random
from typing import Any

import pytest

from tests import draws
from wenlv_desk.registries.inspection import proof
from wenlv_desk.registries.inspection.verifier import html_of
from wenlv_desk.registries.inspection.verifying import record_in, verify


def small() -> dict[str, Any]:
    return draws.record(draws.sealed(random.Random(5), units=3, inspectors=3))


def test_records_are_sound_and_their_page_carries_them_unchanged() -> None:
    for n in range(200):
        text = proof.canonical(draws.record(draws.sealed(random.Random(n)), f"{n:020d}"))
        assert verify(text).findings == ()
        assert record_in(html_of(text)) == text
        assert record_in(text) == text


def test_every_corruption_of_one_character_is_found() -> None:
    text = proof.canonical(small())
    rng = random.Random(1)
    for place, char in enumerate(text):
        for other in ("0" if char != "0" else "1", rng.choice('a ，"{}[]:\\\n')):
            if other != char:
                assert not verify(text[:place] + other + text[place + 1 :]).sound, (place, char, other)
        assert not verify(text[:place] + text[place + 1 :]).sound, place
        assert not verify(text[:place] + "7" + text[place:]).sound, place
    assert not verify(text + "\n").sound


def _swap(record: dict[str, Any]) -> None:
    drawn = [one["id"] for one in record["result"]["drawn"]]
    other = next(one["id"] for one in record["commitment"]["pool"] if one["id"] not in drawn)
    record["result"]["drawn"][0]["id"] = other


def _other_team(record: dict[str, Any]) -> None:
    record["result"]["drawn"][0]["team"].reverse()


def _one_fewer(record: dict[str, Any]) -> None:
    record["result"]["drawn"].pop()


def _other_seed(record: dict[str, Any]) -> None:
    record["seed"]["digits"] = "26234515263412635412"


def _fewer_wanted(record: dict[str, Any]) -> None:
    record["commitment"]["strata"][0]["wanted"] = 999


def _wrong_size(record: dict[str, Any]) -> None:
    record["commitment"]["strata"][0]["size"] += 1


def _double(record: dict[str, Any]) -> None:
    record["commitment"]["pool"].append(dict(record["commitment"]["pool"][0]))


def _strange_inspector(record: dict[str, Any]) -> None:
    record["commitment"]["pool"][0]["barred"] = ["R99"]


def _seed_before_seal(record: dict[str, Any]) -> None:
    record["seed"]["entered_at"] = "2026-11-23T08:59:59"


def _no_moment(record: dict[str, Any]) -> None:
    record["drawn_at"] = "2026-11-23"


def _no_seed(record: dict[str, Any]) -> None:
    record["seed"]["digits"] = ""


def _hidden_attempt(record: dict[str, Any]) -> None:
    record["commitment"]["attempt"] = 2
    record["commitment"]["seed_prefix"] = record["commitment"]["seed_prefix"].replace("/1/", "/2/")


def _inspector_twice(record: dict[str, Any]) -> None:
    record["commitment"]["inspectors"].append(record["commitment"]["inspectors"][0])


def _chosen_prefix(record: dict[str, Any]) -> None:
    record["commitment"]["seed_prefix"] += "选过的"


def _other_prefix(record: dict[str, Any]) -> None:
    record["commitment"]["seed_prefix"] = "别的任务/1/"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_swap, "第 1 户应为"),
        (_other_team, "检查人员应为"),
        (_one_fewer, "应抽出"),
        (_other_seed, "应为"),
        (_fewer_wanted, "名单里只有"),
        (_wrong_size, "名单里有"),
        (_double, "重复的代码"),
        (_strange_inspector, "不在检查人员名录里"),
        (_other_prefix, "种子前缀不是这个任务的"),
        (_chosen_prefix, "种子前缀不是这个任务的"),
        (_seed_before_seal, "时间的先后不对"),
        (_no_moment, "不是时间"),
        (_no_seed, "种子不是数字"),
        (_hidden_attempt, "以前的各次没有一一写明"),
        (_inspector_twice, "编号有重复"),
    ],
)
def test_a_record_forged_with_all_its_digests_is_found_by_computing_it_anew(change: Any, said: str) -> None:
    record = draws.record(forgeable())
    change(record)
    found = verify(proof.canonical(draws.resealed(record)))
    assert any(said in one for one in found.findings), found.findings


def forgeable() -> dict[str, Any]:
    sealed = draws.sealed(random.Random(8), units=12, inspectors=4)
    sealed["strata"][0]["wanted"] = max(1, sealed["strata"][0]["size"] - 1)
    return sealed


def test_another_list_sealed_afterwards_is_found_by_the_code_on_paper() -> None:
    sealed = forgeable()
    signed = proof.readable_code(proof.digest_of(sealed))
    sealed["excluded"].append({"id": "X2", "name": "关系户", "why": "无"})
    text = proof.canonical(draws.record(sealed))
    assert verify(text).sound
    assert any("签字单上的封存码" in one for one in verify(text, signed).findings)
    own = proof.readable_code(proof.digest_of(sealed))
    assert verify(text, own.lower().replace("-", " ").replace("0", "o")).sound


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        "1" * 5000,
        "[" * 100_000,
        '{"format":1}',
        "\x00",
        '{"a":' + "9" * 10_000 + "}",
        '"\\ud800"',
    ],
)
def test_what_is_no_record_is_said_to_be_none(text: str) -> None:
    found = verify(text)
    assert not found.sound
    assert found.record is None


def test_a_field_of_another_kind_is_named() -> None:
    record = small()
    record["commitment"]["pool"][0]["stratum"] = "0"
    record["extra"] = "x"
    found = verify(json.dumps(record))
    assert any("pool[0].stratum应是不小于 0 的整数" in one for one in found.findings)
    assert any("多出 extra" in one for one in found.findings)


def test_what_no_canonical_text_can_hold_is_refused() -> None:
    for value in (1.5, None, True, {1: "a"}, float("nan")):
        with pytest.raises(ValueError, match="a "):
            proof.canonical({"x": value})


def test_a_code_has_eighty_bits_that_can_be_read_aloud() -> None:
    code = proof.readable_code("00" * 32)
    assert code == "0000-0000-0000-0000"
    assert proof.readable_code("ff" * 32) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ"
    assert proof.plain_code("oiL1 zz") == "0111ZZ"
    assert proof.plain_code("Ｖ６ｂ２－封存码") == "V6B2"
