"""Write resources/calendars/YEAR.json from the data of the package chinesecalendar (MIT), in the shape of holiday-cn.

Usage: python installer/calendars/build.py FIRST LAST, with chinesecalendar importable.
"""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[2] / "resources" / "calendars"


def year_table(year: int) -> dict[str, Any]:
    """Days off of the State Council notice, weekends inside a holiday included, and weekends that are worked."""
    data = importlib.import_module("chinese_calendar.constants")
    chinese = {holiday.value: holiday.chinese for holiday in data.Holiday}
    days = [(day, name, True) for day, name in data.holidays.items() if day.year == year]
    days += [(day, name, False) for day, name in data.workdays.items() if day.year == year]
    return {
        "year": year,
        "papers": [],
        "days": [{"name": chinese[name], "date": day.isoformat(), "isOffDay": off} for day, name, off in sorted(days)],
    }


def write(first: int, last: int) -> None:
    for year in range(first, last + 1):
        table = json.dumps(year_table(year), ensure_ascii=False, indent=1)
        (TARGET / f"{year}.json").write_text(table + "\n", encoding="utf-8", newline="")


if __name__ == "__main__":
    write(int(sys.argv[1]), int(sys.argv[2]))
