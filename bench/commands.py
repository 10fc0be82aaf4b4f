"""How long the commands take on the real graph, interpreter start included: `uv run bench/commands.py [RUNS]`.

Prints a Markdown table: the median and the slowest of RUNS runs (5 unless told), in seconds, and the median as a
multiple of what starting the command line alone takes on the same machine in the same run.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

POWKG = str(Path(sys.executable).with_name("powkg"))


def commands(folder: Path) -> dict[str, list[str]]:
    """What is measured, by the text of its row; `folder` is empty and holds what the commands write."""
    store = ["--store", str(folder / "store")]
    return {
        "start alone (`powkg --version`)": ["--version"],
        "`powkg build --force`": ["build", "--force", *store],
        "`powkg build`, nothing changed": ["build", *store],
        "`powkg check`": ["check"],
        "`powkg query commander`": ["query", "commander", *store],
        "`powkg draw` (SVG)": ["draw", "kwantung-army", "--out", str(folder / "picture.svg"), *store],
    }


def seconds(arguments: list[str]) -> float:
    """The wall time of one run; a run that fails ends the measurement."""
    start = time.perf_counter()
    subprocess.run([POWKG, *arguments], check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Measure in rounds, so that a busy moment of the machine falls on all rows, and print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        rows = commands(Path(folder))
        times: dict[str, list[float]] = {row: [] for row in rows}
        for _ in range(runs):
            for row, arguments in rows.items():
                times[row].append(seconds(arguments))
    base = statistics.median(next(iter(times.values())))
    print("| command | median s | slowest s | × start |\n|---|---|---|---|")
    for row, found in times.items():
        median = statistics.median(found)
        print(f"| {row} | {median:.2f} | {max(found):.2f} | {median / base:.1f} |")


if __name__ == "__main__":
    main()
