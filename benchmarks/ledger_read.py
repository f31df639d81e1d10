"""Reading a ledger of 100,000 rows x 12 columns in the confined process, against calamine in this process."""

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import python_calamine
import xlsxwriter

from benchmarks._turns import by_turns
from wenlv_desk.ledger.reading import read_workbook

ROWS = 100_000
AIM = 1.5
_HEADINGS = (
    *("序号", "统一社会信用代码", "企业名称", "许可证编号", "地址", "电话"),
    *("法定代表人", "经营范围", "面积", "发证日期", "有效期至", "状态"),
)


def run() -> list[dict[str, Any]]:
    """One row: seconds of ours and of the floor (best of three, taken in turns), their ratio and the aim."""
    with tempfile.TemporaryDirectory() as folder:
        path = _ledger(Path(folder) / "ledger.xlsx")
        ours, floor = by_turns(lambda: read_workbook(path), lambda: _floor(path))
    work = f"read {ROWS:,} rows x {len(_HEADINGS)} columns of xlsx"
    return [{"work": work, "ours_s": ours, "floor_s": floor, "ratio": ours / floor, "aim": AIM}]


def _floor(path: Path) -> object:
    with path.open("rb") as stream:
        return python_calamine.CalamineWorkbook.from_filelike(stream).get_sheet_by_index(0).to_python()


def _ledger(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("台账")
    sheet.write_row(0, 0, _HEADINGS)
    for row in range(1, ROWS + 1):
        texts = [f"91330100{row:010d}", f"某某县第{row}号文化用品商店", f"新出发{row}号", "某某县城关镇人民路 100 号"]
        sheet.write_row(row, 0, [row, *texts, f"138{row:08d}", "张某", "图书、报纸、期刊零售", row * 0.5])
        issued = date(2020, 1, 1) + timedelta(days=row % 3000)
        sheet.write_datetime(row, 9, issued)
        sheet.write_datetime(row, 10, issued + timedelta(days=1826))
        sheet.write_string(row, 11, "正常")
    book.close()
    return path


if __name__ == "__main__":
    print(run())
