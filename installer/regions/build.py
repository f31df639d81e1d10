"""Write resources/regions/gbt2260.csv from the result.csv of github.com/yescallop/areacodes (CC0-1.0).

Usage: python installer/regions/build.py result.csv
"""

import csv
import io
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "resources" / "regions" / "gbt2260.csv"
HEADING = ("code", "name", "start", "end", "successors")


def compact(source: str) -> str:
    """The table without what follows from the code itself: upper levels, level and state."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADING)
    for row in csv.DictReader(io.StringIO(source)):
        writer.writerow([row["代码"], row["名称"], row["启用时间"], row["变更/弃用时间"], row["新代码"]])
    return out.getvalue()


if __name__ == "__main__":
    TARGET.write_text(compact(Path(sys.argv[1]).read_text(encoding="utf-8-sig")), encoding="utf-8", newline="")
