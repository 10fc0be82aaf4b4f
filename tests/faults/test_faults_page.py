"""docs/reliability.md: each row of it names tests that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.split("## How fast")[0].splitlines() if re.match(r"\| (?!fault \|)[^-]", line)]


def test_the_page_has_rows() -> None:
    assert len(ROWS) >= 20
    assert all(row.count("|") == 6 for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row.split("|")[1].strip()[:40] for row in ROWS])
def test_each_row_names_a_test_and_a_count(row: str) -> None:
    *_, short, long, named, _ = (cell.strip() for cell in row.split("|"))
    assert short or long
    tests = re.findall(r"`(\w+\.py)::(test_\w+)`", named)
    assert tests
    for file, test in tests:
        (found,) = (ROOT / "tests").rglob(file)
        assert f"\ndef {test}(" in found.read_text(encoding="utf-8")
