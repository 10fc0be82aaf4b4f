"""What docs/deployment.md reckons with is what the server does."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from powkg.engine import default_size
from powkg.settings import Settings
from powkg.workers import lanes, pool

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "deployment.md").read_text(encoding="utf-8")
WORDS = " ".join(PAGE.split())
FRONT = 150
SETTINGS = Settings(Path(), Path())


def most(processors: int, monkeypatch: pytest.MonkeyPatch) -> float:
    """The memory that a server takes at the very most, in GiB, as the page reckons it."""
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    workers = default_size() * SETTINGS.query_memory
    return (FRONT + 1.5 * SETTINGS.cache + workers + SETTINGS.update_memory) / 1024


@pytest.mark.parametrize(("processors", "size"), [(1, 6), (2, 6), (3, 9), (4, 12), (64, 12)])
def test_the_number_of_query_processes_is_told(processors: int, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    assert default_size() == size
    assert "three query processes a processor: 6 with one or two processors, 12 with four and more" in WORDS


def test_the_memory_that_is_told_suffices(monkeypatch: pytest.MonkeyPatch) -> None:
    found = re.search(r"is ([\d.]+) GiB with two processors and ([\d.]+) GiB with four", WORDS)
    assert found is not None
    for processors, told in ((2, found[1]), (4, found[2])):
        assert float(told) - 0.5 < most(processors, monkeypatch) <= float(told)
    (limit,) = re.findall(r"^MemoryMax=(\d+)G$", PAGE, re.MULTILINE)
    assert int(limit) >= most(2, monkeypatch)


def test_a_proxy_waits_longer_than_an_answer_may_take() -> None:
    longest = 2 * pool.PATIENCE + lanes.LONGEST + SETTINGS.longest_query
    waits = re.findall(r"proxy_(?:read|send)_timeout (\d+)s;", PAGE)
    assert len(waits) == 2
    assert all(int(wait) > longest for wait in waits)


def test_the_unit_is_one(tmp_path: Path) -> None:
    if not Path("/usr/bin/systemd-analyze").exists():
        pytest.skip("there is no systemd-analyze")
    text = PAGE.split("```ini\n")[1].split("```")[0]
    unit = tmp_path / "powkg.service"
    unit.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.MULTILINE))
    done = subprocess.run(
        ["/usr/bin/systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False, timeout=60
    )
    assert "powkg.service" not in done.stderr
