from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import PREFIXES
from powkg.cli import main
from powkg.snapshot import writing

MakeData = Callable[..., Path]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `powkg` with the arguments given; its status and what it wrote to standard output and error."""

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["powkg", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
        return (int(caught.value.code or 0), *capsys.readouterr())

    return call


@pytest.fixture
def data(make_data: MakeData, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_data()
    monkeypatch.setenv("POWKG_DATA", str(root))
    return root


@pytest.mark.usefixtures("data")
def test_build_says_what_the_store_holds(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "store"
    status, out, errors = run("build", "--store", str(store))
    first, *rest = out.splitlines()
    assert (status, errors) == (0, "")
    assert first.startswith(f"Built the store in {store} in ")
    assert rest == [
        "40 statements in 7 graphs, 39 distinct; 10 inferred; 2 sources",
        "  2  https://w3id.org/powkg/ontology#DateSpan",
        "  1  person",
        "  1  war",
    ]
    status, out, errors = run("build", "--store", str(store))
    assert (status, out.splitlines()[0], errors) == (0, f"The store in {store} is up to date.", "")
    assert out.splitlines()[1:] == rest
    status, out, _ = run("build", "--store", str(store), "--force")
    assert (status, out.splitlines()[0][:5]) == (0, "Built")


@pytest.mark.usefixtures("data")
def test_the_store_may_be_named_in_the_environment(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POWKG_STORE", str(tmp_path / "named"))
    assert run("build")[0] == 0
    assert (tmp_path / "named" / "current").is_file()


@pytest.mark.usefixtures("data")
def test_wrong_data_is_listed_on_standard_error(run: Run, make_data: MakeData, tmp_path: Path) -> None:
    make_data(PREFIXES + "dawsey:p01s1 { id:a pow:when date:1945-13 ; pow:ended date:46 }")
    status, out, errors = run("build", "--store", str(tmp_path / "store"))
    assert (status, out) == (1, "")
    lines = errors.splitlines()
    assert len(lines) == 2
    assert all("graph/dawsey.trig:8: error [date-name] id:a: " in line for line in lines)


def test_a_folder_that_is_no_store_is_named(run: Run, data: Path) -> None:
    status, out, errors = run("build", "--store", str(data))
    assert (status, out) == (1, "")
    assert errors == f"powkg: {data} holds other files and no store of powkg; name an empty or a new folder\n"


@pytest.mark.usefixtures("data")
def test_another_build_is_waited_for_as_long_as_asked(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "store"
    with writing(store):
        status, _, errors = run("build", "--store", str(store), "--wait", "0")
        assert (status, errors.partition(";")[0]) == (1, f"powkg: another build is writing the store in {store}")
        code = [sys.executable, "-m", "powkg", "build", "--store", str(store), "--wait", "60"]
        waiting = subprocess.Popen(code, stdout=subprocess.PIPE, text=True)
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(1)
    out, _ = waiting.communicate(timeout=60)
    assert (waiting.returncode, out[:5]) == (0, "Built")


def test_the_command_runs_as_a_module(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "powkg", "build", "--store", str(tmp_path / "store")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Built the store")
