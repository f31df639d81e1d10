"""Journey: a year of grids and pledges at the shell — who answers, a hand-over, a batch printed, spoiled scans that file themselves."""

import random
from pathlib import Path

from tests.journeys.test_printing import text_of
from tests.scanning.harm import blurred, coarse, darkened, photographed, tilted_whole, turned
from tests.shelling import TODAY, CommandLine
from wenlv_desk.typeset.verify import opened

KIND, GRID, DAY_BEFORE = "党风廉政责任状", "WG-03", "2026-11-22"
DPI = 200
HARMS = (blurred, tilted_whole, lambda page, _chance: turned(page, 90), darkened, coarse, photographed)


def firms_of(bureau: CommandLine, officer: str, day: str) -> set[str]:
    told = bureau("ledger-of-grids", "--as-of", day)
    at, firm = told["headings"].index("网格员"), told["headings"].index("包保企业")
    return {row[firm] for row in told["rows"] if row[at] == officer}


def scanned(printed: Path, folder: Path, pledges: int, chance: random.Random) -> list[Path]:
    """The sheets of the first pledges as photographs in a heap: each spoiled in its own way."""
    folder.mkdir()
    with opened(printed.read_bytes()) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
        sheets = [at for at, text in enumerate(texts) if any(f"-{n:04d}" in text for n in range(1, pledges + 1))]
        pictures = [document[at].render(scale=DPI / 72, grayscale=True).to_pil().convert("L") for at in sheets]
    chance.shuffle(pictures)
    made = []
    for at, picture in enumerate(pictures):
        made.append(folder / f"IMG_{at:03d}.jpg")
        HARMS[at % len(HARMS)](picture, chance).save(made[-1], quality=85)
    return made


def test_from_a_hand_over_to_pledges_that_filed_themselves(bureau: CommandLine, tmp_path: Path) -> None:
    left = firms_of(bureau, "姜一帆", TODAY) or firms_of(bureau, "迟文涛", TODAY)
    assert left
    person = "姜一帆" if firms_of(bureau, "姜一帆", TODAY) else "迟文涛"
    held = firms_of(bureau, person, TODAY)
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

    heap = scanned(printed, tmp_path / "复印机", 3, random.Random(11))
    filed = bureau("pledge", "file-scans", tmp_path / "复印机")
    rows = bureau("list", "pledge_page", "--limit", 0)["rows"]
    assert len(rows) == len(heap)
    assert [row["said"] for row in rows if row["status"] == "待人工处理"] == []
    assert filed["signed"] == 3
    figures = {
        one["name"]: one["value"] for one in bureau("figures", "pledge", "--where", f"batch_id={batch}")["figures"]
    }
    assert (figures["due"], figures["signed"]) == (told["pledges"], 3)
    earlier = bureau("report", "pledge_kind", KIND, "unsigned", "--as-of", DAY_BEFORE)
    assert len(earlier["rows"]) >= len(bureau("report", "pledge_kind", KIND, "unsigned")["rows"])

    firm = next(iter(held))
    bureau("report", "operator", firm, "firm_day", "--as-of", DAY_BEFORE, "--out", tmp_path / "某日.pdf")
    page = text_of(tmp_path / "某日.pdf")
    assert firm in page
    assert person in page
    assert successor not in page
    assert bureau("check") == {"problems": []}
