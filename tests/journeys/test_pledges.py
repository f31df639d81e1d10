"""Journey: a year of grids and pledges at the shell — who answers, a hand-over, a batch printed, spoiled scans that file themselves."""

import random
from collections.abc import Sequence
from pathlib import Path

from tests.gui.pledging import sheets_of
from tests.journeys.test_printing import text_of
from tests.scanning.harm import blurred, coarse, darkened, photographed, tilted_whole, turned
from tests.shelling import TODAY, CommandLine

KIND, GRID, DAY_BEFORE = "党风廉政责任状", "WG-03", "2026-11-22"
HARMS = (blurred, tilted_whole, lambda page, _chance: turned(page, 90), darkened, coarse, photographed)


def firms_of(bureau: CommandLine, officer: str, day: str) -> set[str]:
    told = bureau("ledger-of-grids", "--as-of", day)
    return {row["包保企业"] for row in told["rows"] if row["网格员"] == officer}


def scanned(printed: Path, folder: Path, numbers: Sequence[str], chance: random.Random) -> int:
    """The first copies of pledges as photographs in a heap, each spoiled in its own way; how many pages."""
    folder.mkdir()
    sheets = [sheet for key, sheet in sheets_of(printed).items() if key[0] in numbers and key[1] == 1]
    chance.shuffle(sheets)
    for at, sheet in enumerate(sheets):
        HARMS[at % len(HARMS)](sheet, chance).save(folder / f"IMG_{at:03d}.jpg", quality=85)
    return len(sheets)


def test_from_a_hand_over_to_pledges_that_filed_themselves(bureau: CommandLine, tmp_path: Path) -> None:
    held = firms_of(bureau, person := "姜一帆", TODAY)
    assert held
    successor = "宫雪梅"
    before = firms_of(bureau, successor, TODAY)
    bureau("do", "staff.hand_over_all", person, "--successor", successor, "--reason", "调岗", "--approved_by", "苏若溪")
    assert firms_of(bureau, person, TODAY) == set()
    assert firms_of(bureau, successor, TODAY) == before | held
    assert firms_of(bureau, person, DAY_BEFORE) == held  # what was is as it was

    batch = bureau("do", "pledge_kind.draw_up", KIND, "--year", 2026)["value"]
    bureau("do", "pledge_batch.issue_batch", batch)
    printed = tmp_path / "整批.pdf"
    told = bureau("pledge", "batch", batch, "--out", printed)
    assert told["pledges"] == len(bureau("list", "pledge", "--where", f"batch_id={batch}", "--limit", 0)["rows"])
    unsigned = bureau("report", "pledge_kind", KIND, "unsigned")
    assert len(unsigned["rows"]) == told["pledges"]

    numbers = [f"DFLZ-2026-000{n}" for n in (1, 2)]
    count = scanned(printed, tmp_path / "复印机", numbers, random.Random(11))
    filed = bureau("pledge", "file-scans", tmp_path / "复印机")
    rows = bureau("list", "pledge_page", "--limit", 0)["rows"]
    assert len(rows) == count
    assert {row["status"] for row in rows} == {"已归档"}
    assert "2 份责任状签订完成" in filed["files"][0]["said"]
    figures = {
        one["name"]: one["value"]
        for one in bureau("figures", "pledge", "--where", f"batch_id=2026年度{KIND}")["figures"]
    }
    assert (figures["due"], figures["signed"]) == (f"{told['pledges']} 份", "2 份")
    earlier = bureau("report", "pledge_kind", KIND, "unsigned", "--as-of", DAY_BEFORE)
    assert len(earlier["rows"]) >= len(bureau("report", "pledge_kind", KIND, "unsigned")["rows"])

    firm = next(iter(held))
    bureau("report", "operator", firm, "firm_day", "--as-of", DAY_BEFORE, "--out", tmp_path / "某日.pdf")
    page = text_of(tmp_path / "某日.pdf")
    assert firm in page
    assert person in page
    assert successor not in page
    assert bureau("check") == {"problems": []}
