"""`print` of a one-record paper to a selection: numbered one by one, one file, who is left out named."""

from pathlib import Path

from tests.shelling import CommandLine
from wenlv_desk.typeset.verify import extract_text

OVERDUE = ("--where", "status=逾期未审", "--where", "review_year=2026")
URGED = ("--where", "status=已书面催告", "--where", "review_year=2026")


def test_urgings_of_a_selection_are_numbered_one_by_one_in_one_file(bureau: CommandLine, tmp_path: Path) -> None:
    bureau("batch", "review_case.urge", *OVERDUE)
    names = [row["licensee_name"] for row in bureau("list", "review_case", *URGED)["rows"]]
    target = tmp_path / "催告.pdf"
    told = bureau.ask("print", "review_urging", *URGED, "--out", target, "--copies", 2)
    pages = extract_text(target.read_bytes())
    issued = [name for name in names if any(name in page for page in pages)]
    assert issued
    assert told.code == (1 if len(issued) < len(names) else 0)
    assert all(name in told.out for name in names if name not in issued)
    again = bureau.ask("print", "review_urging", *URGED, "--out", tmp_path / "再.pdf")
    assert again.out.count("已出具（") == len(names)
    assert not (tmp_path / "再.pdf").exists()


def test_a_paper_about_one_is_not_issued_to_a_whole_register_unasked(bureau: CommandLine, tmp_path: Path) -> None:
    refused = bureau.ask("print", "review_urging", "--out", tmp_path / "x.pdf")
    assert refused.code == 2
    assert "请指明要打印“书面催告”的记录" in refused.err
