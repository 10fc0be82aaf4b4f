from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import PREFIXES, SMALL_GRAPH
from powkg import checks, snapshot
from powkg.build import BuildReport, ClassCount, build, in_memory
from powkg.dataset import Dataset, read
from powkg.errors import DataError, PowkgError, StoreError
from powkg.inputs import find_inputs
from powkg.namespaces import CLAIM, ID, POW
from powkg.store import open_store
from powkg.terms import IRI

MakeData = Callable[..., Path]

COUNT = """
PREFIX graph: <https://w3id.org/powkg/graph/>
SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER(?g != graph:inferred) }
"""
EVERYTHING = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"

# A shell that starts the tests in the background lets them, and what they start, ignore SIGINT.
BUILDER = """
import signal
import sys
from pathlib import Path
from powkg.build import build
signal.signal(signal.SIGINT, signal.default_int_handler)
print("ready", flush=True)
while True:
    build(Path(sys.argv[1]), Path(sys.argv[2]), force=True)
    print("built", flush=True)
"""


@pytest.fixture
def data(make_data: MakeData) -> Path:
    return make_data()


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "store"


def builder(data: Path, directory: Path) -> subprocess.Popen[bytes]:
    """A process that builds the store again and again, and is about to begin."""
    process = subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(data), str(directory)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    """The status of a process, and what it said on standard error."""
    _, errors = process.communicate()
    return process.returncode, errors.decode()


def quads(directory: Path) -> int:
    ((number,),) = open_store(directory).query(COUNT)
    return int(str(number))


def state(directory: Path) -> list[tuple[str, int]]:
    """Every file below a folder with the time of its last change."""
    return sorted((str(path), path.stat().st_mtime_ns) for path in directory.rglob("*"))


def test_a_build_counts_what_the_store_holds(data: Path, directory: Path) -> None:
    report = build(data, directory)
    counts = report.counts
    assert (report.rebuilt, report.directory) == (True, directory)
    assert (counts.quads, counts.triples, counts.graphs, counts.sources) == (40, 39, 7, 2)
    assert counts.classes == (
        ClassCount(POW + "DateSpan", POW + "DateSpan", 2),
        ClassCount(POW + "Person", "person", 1),
        ClassCount(POW + "War", "war", 1),
    )
    assert quads(directory) == counts.quads
    assert open_store(directory).version == find_inputs(data).digest


def test_the_store_on_disk_is_the_store_in_memory(data: Path, directory: Path) -> None:
    build(data, directory)
    on_disk, memory = open_store(directory), in_memory(read(find_inputs(data)))
    assert on_disk.version == memory.version
    found, expected = (sorted(map(str, store.query(EVERYTHING))) for store in (on_disk, memory))
    assert found == expected
    assert len(found) == 99


def test_labels_can_be_read_from_the_store_on_disk(make_data: MakeData, directory: Path) -> None:
    build(make_data(PREFIXES + f"dawsey:p01s1 {{ id:cold-war a pow:War . <{CLAIM}dawsey/x> a pow:War }}"), directory)
    query = "SELECT ?label { GRAPH <https://w3id.org/powkg/graph/labels> { ?it ?p ?label FILTER(ISIRI(?it)) } }"
    found = {str(label) for (label,) in open_store(directory).query(query)}
    assert {"cold war", "x: war"} <= found


def test_nothing_is_written_where_nothing_has_changed(data: Path, directory: Path) -> None:
    first = build(data, directory)
    before = state(directory)
    again = build(data, directory)
    assert again == BuildReport(directory, rebuilt=False, seconds=again.seconds, counts=first.counts)
    assert state(directory) == before


@pytest.mark.parametrize("change", ["edit", "force", "lose", "spoil", "unread"])
def test_a_store_is_made_anew_where_it_must(data: Path, directory: Path, change: str) -> None:
    first = build(data, directory)
    current = snapshot.current(directory)
    match change:
        case "edit":
            (data / "graph" / "new.trig").write_text(PREFIXES + "source:x { id:cold-war a pow:War }", encoding="utf-8")
        case "lose":
            shutil.rmtree(current.data)
        case "spoil":
            (current.data / "CURRENT").write_text("nonsense", encoding="utf-8")
        case "unread":
            (current.path / "manifest.json").write_text("{", encoding="utf-8")
    second = build(data, directory, force=change == "force")
    assert second.rebuilt
    assert second.counts.quads == first.counts.quads + (change == "edit")
    assert quads(directory) == second.counts.quads


@pytest.mark.parametrize(
    "graph", [PREFIXES + "dawsey:p01s1 { id:a", PREFIXES + "dawsey:p01s1 { id:a pow:when date:1945-13 }"]
)
def test_wrong_data_leaves_the_old_store(make_data: MakeData, data: Path, directory: Path, graph: str) -> None:
    build(data, directory)
    before = state(directory)
    make_data(graph)
    with pytest.raises(DataError):
        build(data, directory)
    assert state(directory) == before


def test_wrong_data_makes_no_store(make_data: MakeData, directory: Path) -> None:
    with pytest.raises(DataError):
        build(make_data("<"), directory)
    assert not directory.exists()


def test_a_folder_of_somebody_else_is_left_alone(data: Path, directory: Path) -> None:
    directory.mkdir()
    (directory / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="holds other files"):
        build(data, directory)
    with pytest.raises(StoreError, match="holds other files"):
        open_store(directory)
    assert [path.name for path in directory.iterdir()] == ["thesis.txt"]


def test_a_store_whose_files_are_gone_is_unreadable(data: Path, directory: Path) -> None:
    build(data, directory)
    shutil.rmtree(snapshot.current(directory).data)
    with pytest.raises(StoreError, match=r"cannot be read .*powkg build --force"):
        open_store(directory)


def test_a_build_waits_for_another_only_if_told_to(data: Path, directory: Path) -> None:
    build(data, directory)
    with snapshot.writing(directory):
        assert not build(data, directory).rebuilt
        with pytest.raises(StoreError, match="another build is writing"):
            build(data, directory, force=True)
        with pytest.raises(StoreError, match="another build is writing"):
            build(data, directory, force=True, wait=0.01)
    assert build(data, directory, force=True).rebuilt


def test_an_open_store_stays_as_it_was_while_others_are_built(make_data: MakeData, directory: Path) -> None:
    data = make_data()
    build(data, directory)
    opened = open_store(directory)
    before = sorted(map(str, opened.query(EVERYTHING)))
    for number in range(3):
        make_data(SMALL_GRAPH + f"dawsey:p03s{number} {{ id:new a pow:War }}")
        build(data, directory)
    assert sorted(map(str, opened.query(EVERYTHING))) == before
    assert list(open_store(directory).query(f"SELECT ?s {{ ?s a <{POW}War> }} ORDER BY ?s")) == [
        (IRI(ID + "cold-war"),),
        (IRI(ID + "new"),),
    ]
    assert len(list((directory / "builds").iterdir())) == 3
    del opened
    build(data, directory, force=True)
    assert len(list((directory / "builds").iterdir())) == 2


def test_a_store_can_be_opened_at_any_moment_of_a_build(data: Path, directory: Path) -> None:
    expected = build(data, directory).counts.quads
    process = builder(data, directory)
    try:
        openings = 0
        builds: set[Path] = set()
        while openings < 100 or len(builds) < 3:
            assert process.poll() is None
            assert quads(directory) == expected
            builds.add(snapshot.current(directory).data)
            openings += 1
    finally:
        process.kill()
        status, errors = ended(process)
    assert (status, errors) == (-signal.SIGKILL, "")


def killed(data: Path, directory: Path, number: int, seed: int) -> Iterator[int]:
    """Kill a build at so many random moments; give the statements that the store holds after each."""
    chance = random.Random(seed)  # noqa: S311  # moments to kill at, no secrets
    for _ in range(number):
        process = builder(data, directory)
        time.sleep(chance.uniform(0.0, 0.25))
        process.kill()
        assert ended(process) == (-signal.SIGKILL, "")
        yield quads(directory)


@pytest.mark.parametrize("number", [10, pytest.param(300, marks=pytest.mark.long)])
def test_a_killed_build_leaves_the_old_store_and_the_next_one_cleans_up(
    data: Path, directory: Path, number: int
) -> None:
    expected = build(data, directory).counts.quads
    assert set(killed(data, directory, number, seed=number)) == {expected}
    assert build(data, directory, force=True).rebuilt
    assert quads(directory) == expected
    assert sorted(path.name for path in directory.iterdir()) == ["build.lock", "builds", "current", "powkg-store.txt"]
    assert len(list((directory / "builds").iterdir())) == 2


def test_a_first_build_that_is_killed_can_be_made_again(data: Path, directory: Path) -> None:
    process = builder(data, directory)
    while not (directory / "tmp").exists():
        assert process.poll() is None
    process.kill()
    ended(process)
    build(data, directory)
    assert quads(directory) == 40


def test_an_interrupted_build_leaves_the_old_store(data: Path, directory: Path) -> None:
    expected = build(data, directory).counts.quads
    for delay in (0.0, 0.05, 0.1, 0.15):
        process = builder(data, directory)
        time.sleep(delay)
        os.kill(process.pid, signal.SIGINT)
        status, errors = ended(process)
        assert status != 0
        assert "KeyboardInterrupt" in errors
        assert quads(directory) == expected
    assert build(data, directory, force=True).rebuilt


def test_a_term_that_only_the_engine_refuses_is_named_with_its_place(make_data: MakeData, directory: Path) -> None:
    root = make_data(PREFIXES + 'dawsey:p01s1 {\n id:b pow:c "x"@xy-a .\n id:a pow:c 1 , "x"@xy-a }')
    with pytest.raises(DataError) as caught:
        build(root, directory)
    (problem,) = caught.value.problems
    assert (problem.check, problem.file, problem.line, problem.subject) == (
        "unusable-term",
        "graph/dawsey.trig",
        9,
        "id:b",
    )
    assert "x cannot be stored: " in problem.message
    assert checks.problems(root) == [problem]


def test_a_folder_without_data_builds_nothing(tmp_path: Path, directory: Path) -> None:
    with pytest.raises(PowkgError, match="is no folder"):
        build(tmp_path / "nowhere", directory)
    assert not directory.exists()


def test_the_real_data_can_be_built(real: Path, real_dataset: Dataset, directory: Path) -> None:
    report = build(real, directory)
    in_files = sum(len(graph) for graph in real_dataset.quads.graphs())
    assert report.counts.quads > in_files
    assert quads(directory) == report.counts.quads
    assert all(entry.label != entry.iri for entry in report.counts.classes)
