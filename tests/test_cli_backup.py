"""`powkg load`, `backup` and `restore`, as commands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "powkg", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "200"},
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "data.nt"
    file.write_text("<http://example.org/s> <http://example.org/p> <http://example.org/o> .\n")
    return file


def test_a_store_is_loaded_backed_up_and_restored(file: Path, tmp_path: Path) -> None:
    store, out, again = tmp_path / "store", tmp_path / "out.nq.gz", tmp_path / "again"
    done = run("load", file, "--store", store)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"The store in {store} holds 1 statement.\n", "")
    assert "holds them already" in run("load", file, "--store", store).stdout
    done = run("backup", out, "--store", store)
    assert done.stdout.startswith(f"{out} holds all of {store}: 1 statement (SHA-256 ")
    done = run("restore", out, "--store", again)
    assert (done.returncode, done.stdout) == (0, f"The store in {again} holds all of {out}: 1 statement.\n")
    done = run("query", "SELECT ?o { ?s ?p ?o }", "--store", again)
    assert (done.returncode, done.stdout) == (0, "o\nhttp://example.org/o\n")


def test_misuse_is_told_in_one_line(file: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    for arguments, status, message in (
        (("load", "--store", store), 2, "name the files to load, or give --empty"),
        (("load", file, "--empty", "--store", store), 2, "name the files to load, or give --empty"),
        (("load", tmp_path / "none.ttl", "--store", store), 1, "cannot be read"),
        (("load", tmp_path / "none.csv", "--store", store), 2, "the name of a file of RDF ends with"),
        (("backup", tmp_path / "out", "--store", store), 1, "there is no store in"),
        (("restore", tmp_path / "none", "--store", store), 1, "cannot be read"),
    ):
        done = run(*arguments)
        assert (done.returncode, done.stdout) == (status, "")
        assert done.stderr.startswith("powkg: ")
        assert message in done.stderr
        assert done.stderr.count("\n") == 1
    assert not store.exists()
