"""Run the benchmarks, each in a process of its own, and print one table of ratios.

    python -m benchmarks [NAME ...]

A row says the work, what ours and the floor took, their ratio and the ratio aimed at; ours is at most `aim` times the floor
unless the row's `better` is "more" (then at least). Anything else a module measured stands behind it.
"""

import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
KNOWN = ("work", "ours", "ours_s", "floor", "floor_s", "ratio", "aim", "better")


def main(names: list[str]) -> int:
    """Print the table; 1 when an aim was missed."""
    modules = names or sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))
    print("| work | ours | floor | ratio | aim | |\n|---|---|---|---|---|---|")
    missed = 0
    for name in modules:
        for row in _in_a_process(name):
            met = _met(row)
            missed += not met
            print(_line(row, met), flush=True)
    return 1 if missed else 0


def _in_a_process(name: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--one", name], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        sys.stderr.write(done.stderr)
        raise SystemExit(f"{name} failed")
    return list(json.loads(done.stdout.splitlines()[-1]))


def _met(row: dict[str, Any]) -> bool:
    return bool(row["ratio"] >= row["aim"] if row.get("better") == "more" else row["ratio"] <= row["aim"])


def _line(row: dict[str, Any], met: bool) -> str:
    ours, floor = row.get("ours_s", row.get("ours")), row.get("floor_s", row.get("floor"))
    sign = "≥" if row.get("better") == "more" else "≤"
    more = "; ".join(f"{key} {_short(value)}" for key, value in row.items() if key not in KNOWN)
    cells = [row["work"], _short(ours), _short(floor), f"{row['ratio']:.2f}", f"{sign} {row['aim']:.2f}"]
    verdict = "met" if met else "**missed**"
    return "| " + " | ".join([*cells, f"{verdict}; {more}" if more else verdict]) + " |"


def _short(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(importlib.import_module(f"benchmarks.{sys.argv[2]}").run(), default=str))
    else:
        raise SystemExit(main(sys.argv[1:]))
