"""A ledger of invented operators, 12 columns wide, for the benchmarks of importing and exporting."""

import os
import random
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from wenlv_desk.standards.credit_code import complete_code
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.office import Office

ROWS = 100_000
CLERK = Clerk("林晓", "窗口一")
HEADINGS = (
    "单位名称",
    "统一社会信用代码",
    "主体类型",
    "经营类别",
    "法定代表人",
    "联系电话",
    "地址",
    "乡镇街道",
    "成立日期",
    "经营状态",
    "档案号",
    "备注",
)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉红"
_WORDS = "晨光新岸海书香山水云帆博雅文汇星河知行墨香朝阳远航鼎盛嘉禾锦绣"
_TRADES = ("书店", "文化用品店", "印刷厂", "旅行社", "网络服务部", "音像店")


def firms(count: int, categories: tuple[str, ...]) -> Iterator[list[str | date]]:
    """The same rows every time."""
    rng = random.Random(20261123)
    towns = [f"示范{name}街道" for name in "东南西北中"]
    for number in range(count):
        first, second = rng.sample(_WORDS, 2)
        code = complete_code(f"92370687MA{number:07}".ljust(17, "0"))
        name = f"{first}{second}{rng.choice(_WORDS)}{number:06}{rng.choice(_TRADES)}"
        person = rng.choice(_SURNAMES) + "".join(rng.sample(_GIVEN, 2))
        yield [
            name,
            code,
            "个体工商户",
            rng.choice(categories),
            person,
            f"138{number:08}",
            f"示范市{rng.choice(towns)}海政路{number}号",
            rng.choice(towns),
            date(2001, 1, 1) + timedelta(days=rng.randrange(9000)),
            "营业",
            f"DA-{number:06}",
            rng.choice(("", "沿街商铺", "二层")),
        ]


def workbook(path: Path, count: int, categories: tuple[str, ...]) -> None:
    """Write the ledger as .xlsx with shared strings, as spreadsheets save it."""
    from xlsxwriter import Workbook

    with Workbook(str(path)) as book:
        sheet, day = book.add_worksheet("台账"), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEADINGS)
        for line, values in enumerate(firms(count, categories), 1):
            for column, value in enumerate(values):
                if isinstance(value, date):
                    sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), day)
                else:
                    sheet.write_string(line, column, value)


def office(folder: Path) -> Office:
    """An office with the category list and nothing else."""
    from wenlv_desk.registries.opening import open_desk

    return open_desk(folder, clock=lambda: datetime(2026, 11, 23, 9, 0))


def peak_mb() -> float:
    """The most memory this process, and the largest of its children, ever held."""
    unit = 1 if sys.platform == "darwin" else 1024
    own, children = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(own, children) * unit / 2**20


def forked(work: str, *arguments: str) -> dict[str, float]:
    """Run `module:function` with text arguments in a process of its own, so that its memory is its own."""
    import json
    import subprocess

    module, name = work.split(":")
    command = f"import json, sys; from {module} import {name}; print(json.dumps({name}(*sys.argv[1:])))"
    done = subprocess.run(
        [sys.executable, "-c", command, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))
