"""The page that checks a draw, in a real browser: it says what the program says, of every record and of every corruption."""

import json
import random
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests import draws
from wenlv_desk.registries.inspection import proof
from wenlv_desk.registries.inspection.teams import Visit, form_teams
from wenlv_desk.registries.inspection.verifier import html_of
from wenlv_desk.registries.inspection.verifying import verify
from wenlv_desk.resources import resource

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="chromium is not on this machine")


def dom(folder: Path, page: str) -> str:
    """The document after the page's scripts have run."""
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    command = [str(BROWSER), *OPTIONS, f"--user-data-dir={folder / 'browser'}", "--dump-dom", path.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True, timeout=300).stdout


def computed(folder: Path, script: str, given: Any) -> Any:
    """What a script computes with the page's own functions: `result = f(given)`."""
    page = resource("verifier", "verify.html").read_text("utf-8")
    code = re.findall(r'<script id="checker">(.*?)</script>', page, re.S)[0]
    data = json.dumps(given, ensure_ascii=False).replace("<", "\\u003c")
    body = f"<script>{code}</script><script>var given = {data}; var result; {script}"
    body += ";document.body.textContent = 'BEGIN' + JSON.stringify(result) + 'END';</script>"
    out = dom(folder, f"<!DOCTYPE html><meta charset=utf-8><body>{body}</body>")
    return json.loads(unescape(out.split("BEGIN", 1)[1].rsplit("END", 1)[0]))


def test_a_thousand_draws_are_found_sound_and_computed_alike(tmp_path: Path) -> None:
    records = [draws.record(draws.sealed(random.Random(n)), f"{n:020d}") for n in range(1000)]
    texts = [proof.canonical(one) for one in records]
    script = """result = given.map(function (text) { return [wenlvVerify(text, "").findings,
        JSON.stringify(wenlvParts.carryOut(JSON.parse(text).commitment, JSON.parse(text).seed.digits))]; })"""
    found = computed(tmp_path, script, texts)
    assert [one[0] for one in found] == [[]] * 1000
    assert [json.loads(one[1]) for one in found] == [one["result"]["drawn"] for one in records]


def test_every_corruption_of_one_character_is_found(tmp_path: Path) -> None:
    text = proof.canonical(draws.record(draws.sealed(random.Random(5), units=3, inspectors=3)))
    script = """var missed = [], tried = 0, others = ["0", "1", "a", " ", "，", '"', "{", "]", "\\\\"];
        function trial(changed, what) { tried += 1; if (changed !== given && wenlvVerify(changed, "").sound) { missed.push(what); } }
        for (var i = 0; i < given.length; i++) {
          for (var j = 0; j < others.length; j++) { trial(given.slice(0, i) + others[j] + given.slice(i + 1), [i, others[j]]); }
          trial(given.slice(0, i) + given.slice(i + 1), [i, "without"]);
          trial(given.slice(0, i) + "7" + given.slice(i), [i, "more"]);
        }
        result = { missed: missed, tried: tried, sound: wenlvVerify(given, "").sound }"""
    found = computed(tmp_path, script, text)
    assert found == {"missed": [], "tried": 11 * len(text.encode("utf-16-le")) // 2, "sound": True}


def test_it_says_the_same_words_of_forged_records_as_the_program(tmp_path: Path) -> None:
    forged = [proof.canonical(one) for one in _forged(random.Random(9))]
    script = 'result = given.map(function (text) { return wenlvVerify(text, "ABCD-EFGH-JKMN-PQRS").findings; })'
    said = computed(tmp_path, script, forged)
    assert said == [list(verify(text, "ABCD-EFGH-JKMN-PQRS").findings) for text in forged]
    assert all(len(one) >= 2 for one in said)


def _forged(rng: random.Random) -> list[dict[str, Any]]:
    """Records with one thing changed and every digest computed anew."""
    made = []
    for n in range(60):
        sealed = draws.sealed(rng, units=rng.randint(3, 12), inspectors=rng.choice([2, 4, 6]))
        sealed["strata"][0]["wanted"] = sealed["strata"][0]["size"]
        record = draws.record(sealed)
        drawn, first = record["result"]["drawn"], record["result"]["drawn"][0]
        match n % 10:
            case 0:
                first["ticket"] = first["ticket"][:-1] + str((int(first["ticket"][-1]) + 1) % 10)
            case 1:
                first["team"] = list(reversed(first["team"]))
            case 2:
                drawn.pop()
            case 3:
                first["rank"] += 1
            case 4:
                record["commitment"]["strata"][0]["size"] += 1
            case 5:
                record["seed"]["entered_at"] = "2026-11-23T08:00:00"
            case 6:
                record["commitment"]["attempt"] = 2
            case 7:
                record["commitment"]["inspectors"].append(record["commitment"]["inspectors"][0])
            case 8:
                record["seed"]["digits"] = "一"
            case _:
                record["commitment"]["pool"][0]["barred"] = ["R77"]
        made.append(draws.resealed(record))
    return made


def test_the_page_says_yes_and_after_one_changed_character_no(tmp_path: Path) -> None:
    text = proof.canonical(draws.record(draws.sealed(random.Random(4), units=12, inspectors=4)))
    good = dom(tmp_path, html_of(text))
    assert re.search(r'id="verdict"[^>]*class="good"[^>]*>✔ 核对无误', good)
    assert "抽中的单位" in good
    place = text.index("书店") + 2
    other = "8" if text[place] != "8" else "9"
    bad = dom(tmp_path, html_of(text[:place] + other + text[place + 1 :]))
    assert re.search(r'id="verdict"[^>]*class="bad"[^>]*>✘ 核对不符', bad)
    assert "封存内容（名单、排除、规则或数量）与封存摘要不符" in bad


def test_teams_are_those_of_the_program_where_last_pairs_must_go_again(tmp_path: Path) -> None:
    rng, rosters, expected = random.Random(23), [], []
    for n in range(400):
        people = [f"R{place}" for place in range(rng.randint(2, 8))]
        visits = [_crowded(rng, f"o{place}", people) for place in range(rng.randint(1, 12))]
        rosters.append([[_plain(one) for one in visits], people, 2, f"s{n}"])
        expected.append([list(team) for team in form_teams(visits, people, 2, f"s{n}").values()])
    script = """result = given.map(function (one) { var teams = wenlvParts.formTeams(one[0], one[1], one[2], one[3]);
        return one[0].map(function (visit) { return teams["$" + visit.id]; }); })"""
    assert computed(tmp_path, script, rosters) == expected


def _crowded(rng: random.Random, name: str, people: list[str]) -> Visit:
    able = rng.sample(people, rng.randint(2, len(people)))
    return Visit(name, frozenset(people).difference(able), frozenset(rng.sample(able, 2)))


def _plain(visit: Visit) -> dict[str, Any]:
    return {"id": visit.id, "barred": sorted(visit.barred), "last": sorted(visit.last)}


def test_a_page_damaged_in_any_way_never_goes_without_a_verdict(tmp_path: Path) -> None:
    record = draws.record(draws.sealed(random.Random(4), units=12, inspectors=4))
    page = html_of(proof.canonical(record))
    cut = page.index("书店")
    record["commitment"]["hasOwnProperty"] = "x"  # a name of JavaScript's own
    for damaged in (page[:cut] + '"' + page[cut + 1 :], html_of(json.dumps(record)), html_of("[" * 100_000)):
        assert re.search(r'id="verdict"[^>]*class="bad"[^>]*>✘ 核对不符', dom(tmp_path, damaged))


def test_the_code_on_paper_is_compared_with_the_list_not_with_what_the_record_says_of_itself(tmp_path: Path) -> None:
    record = draws.record(draws.sealed(random.Random(4), units=12, inspectors=4))
    signed = record["code"]
    typing = """<script>var field = document.getElementById("typed"); field.value = "CODE"; field.oninput();</script></body>"""
    page = html_of(proof.canonical(record)).replace("</body>", typing.replace("CODE", signed.lower()))
    assert re.search(r'id="same"[^>]*>一致', dom(tmp_path, page))
    record["commitment"]["excluded"].append({"id": "X9", "name": "后加的", "why": "无"})
    page = html_of(proof.canonical(record)).replace("</body>", typing.replace("CODE", signed))
    assert re.search(r'id="same"[^>]*>不一致', dom(tmp_path, page))


def test_the_page_needs_no_network_and_no_new_browser() -> None:
    page = resource("verifier", "verify.html").read_text("utf-8")
    assert re.findall(r"(?:src|href)\s*=|url\(|https?:|fetch\(|XMLHttpRequest", page) == []
    code = page.split('<script id="checker">')[1].split("</script>")[0]
    assert re.findall(r"=>|\blet\b|\bconst\b|`|\bBigInt\b|\basync\b|\bclass\b\s+\w+\s*\{", code) == []
