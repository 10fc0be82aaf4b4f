"""The command line as a process: output that cannot be written, and Ctrl-C from the first moment on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from oden import TEXT, write_data
from powkg import archive
from powkg.build import build
from powkg.cli import COMMANDS
from test_cli_query import ENDLESS
from test_engine import is_alive, wait_for_end

WAIT = 60

PROGRAM = """
import os, signal, sys

signal.signal(signal.SIGINT, signal.default_int_handler)  # as at a terminal, whatever started these tests


class Interrupted:
    def find_spec(self, name, path=None, target=None):
        if name == os.environ.get("INTERRUPTED_IMPORT"):
            os.kill(os.getpid(), signal.SIGINT)


sys.meta_path.insert(0, Interrupted())
from powkg.__main__ import main

main()
"""

COMMAND_LINES = {
    "--help": ["--help"],
    "build": ["build"],
    "check": ["check"],
    "expect": ["expect"],
    "verify": ["verify", "oden", "TEXT"],
    "passages": ["passages", "oden", "TEXT"],
    "query": ["query", "ASK {}"],
    "query as a table": ["query", "SELECT ?s { ?s ?p ?o }", "-f", "table"],
    "query as JSON": ["query", "SELECT ?s { ?s ?p ?o }", "-f", "json"],
    "query help": ["query", "--help"],
    "claims": ["claims"],
    "claims as CSV": ["claims", "-f", "csv"],
    "measures": ["measures"],
    "measures as a table": ["measures", "-f", "table"],
    "path": ["path", "oden-riders", "https://w3id.org/powkg/claim/oden/p02s2-drowned"],
    "network": ["network"],
    "network as a table": ["network", "-f", "table"],
    "draw": ["draw", "oden-crossing", "--out", os.devnull + ".svg"],
    "figure": ["figure", "claims", "--out", os.devnull + ".svg"],
    "serve": ["serve", "--port", "0"],
    "load": ["load", "--empty", "--store", "OWN"],
    "backup": ["backup", os.devnull + ".svg", "--store", "OWN"],
    "restore": ["restore", "BACKUP", "--store", "OWN", "--replace"],
}

PLACES = ("TEXT", "OWN", "BACKUP")
"""Words of these lines that stand for a file or folder."""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment whose data are about an invented text, in the file TEXT; a store of one's own in OWN, empty."""
    folder = tmp_path_factory.mktemp("oden")
    write_data(folder / "data")
    (folder / "copy.txt").write_text(TEXT, encoding="utf-8")
    build(folder / "data", folder / "store")
    archive.load([], folder / "own")
    archive.back_up(folder / "own", folder / "backup")
    places = {"TEXT": folder / "copy.txt", "OWN": folder / "own", "BACKUP": folder / "backup"}
    own = {"POWKG_DATA": folder / "data", "POWKG_STORE": folder / "store", **places}
    return {**os.environ, **{name: str(place) for name, place in own.items()}}


def start(environment: dict[str, str], *arguments: str, stdout: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
    line = [environment[argument] if argument in PLACES else argument for argument in arguments]
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *line], stdout=stdout, stderr=subprocess.PIPE, env=environment
    )


def test_every_command_is_tried_here() -> None:
    assert {name.split()[0] for name in COMMAND_LINES} - {"--help"} == set(COMMANDS)


@pytest.mark.parametrize("name", COMMAND_LINES)
def test_a_full_disk_is_told_in_one_line(environment: dict[str, str], tmp_path: Path, name: str) -> None:
    line = [str(tmp_path / "o.svg") if argument.endswith(".svg") else argument for argument in COMMAND_LINES[name]]
    with open("/dev/full", "wb") as full, start(environment, *line, stdout=full.fileno()) as process:  # noqa: PTH123
        errors = process.communicate(timeout=WAIT)[1]
    assert errors == b"powkg: standard output cannot be written: No space left on device\n"
    assert process.returncode == 1


@pytest.mark.parametrize("name", COMMAND_LINES)
def test_closed_output_is_told_in_one_line(environment: dict[str, str], name: str) -> None:
    closing = ["sh", "-c", 'exec "$@" >&-', "sh", sys.executable, "-m", "powkg", *COMMAND_LINES[name]]
    done = subprocess.run(closing, capture_output=True, env=environment, check=False, timeout=WAIT)
    assert (done.returncode, done.stderr) == (1, b"powkg: standard output is closed\n")


def test_closed_input_is_told(environment: dict[str, str]) -> None:
    closing = ["sh", "-c", 'exec "$@" <&-', "sh", sys.executable, "-m", "powkg", "verify", "oden", "-"]
    done = subprocess.run(closing, capture_output=True, text=True, env=environment, check=False, timeout=WAIT)
    assert (done.returncode, done.stdout) == (2, "")
    assert "standard input is closed" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("module", ["powkg.cli", "click", "click.core", "powkg.commands.query", "yaml", "rich.table"])
def test_an_interrupt_while_it_starts_says_nothing_else(environment: dict[str, str], module: str) -> None:
    with start({**environment, "INTERRUPTED_IMPORT": module}, "query", "ASK {}") as process:
        assert process.communicate(timeout=WAIT) == (b"", b"\nAborted!\n")
    assert process.returncode == 130


@pytest.mark.parametrize("module", ["rdflib", "powkg.store"])
def test_an_interrupt_of_the_build_says_nothing_else(environment: dict[str, str], tmp_path: Path, module: str) -> None:
    with start({**environment, "INTERRUPTED_IMPORT": module}, "build", "--store", str(tmp_path / "s")) as process:
        assert process.communicate(timeout=WAIT) == (b"", b"\nAborted!\n")
    assert process.returncode == 130


def children(pid: int) -> list[int]:
    return [int(child) for path in Path(f"/proc/{pid}/task").glob("*/children") for child in path.read_text().split()]


def interrupt(process: subprocess.Popen[bytes], begun: Callable[[], bool]) -> None:
    """Interrupt a process and what it has started, as a terminal does, once it has begun."""
    while not begun():
        assert process.poll() is None
    for pid in (process.pid, *children(process.pid)):
        with suppress(ProcessLookupError):  # ended with the first already
            os.kill(pid, signal.SIGINT)


def test_an_interrupt_ends_a_query_and_its_process(environment: dict[str, str]) -> None:
    with start(environment, "query", ENDLESS.replace("*", "(COUNT(*) AS ?n)")) as process:
        workers: list[int] = []

        def has_workers() -> bool:
            workers[:] = children(process.pid)
            return bool(workers) and b"powkg.workers.worker" in Path(f"/proc/{workers[0]}/cmdline").read_bytes()

        interrupt(process, has_workers)
        assert process.communicate(timeout=WAIT) == (b"", b"\nAborted!\n")
    assert process.returncode == 130
    for pid in workers:
        wait_for_end(pid)
    assert not any(map(is_alive, workers))


@pytest.mark.parametrize("form", ["csv", "json"])
def test_an_interrupt_ends_an_answer_on_its_way(environment: dict[str, str], form: str) -> None:
    with start(environment, "query", ENDLESS, "-f", form) as process:
        assert process.stdout is not None
        out = process.stdout
        interrupt(process, lambda: bool(out.read(100)))
        assert process.communicate(timeout=WAIT)[1] == b"\nAborted!\n"
    assert process.returncode == 130
