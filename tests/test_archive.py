from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powkg import archive, snapshot
from powkg.build import build
from powkg.errors import DataError, PowkgError, StoreError, UsageError
from powkg.store import open_store
from powkg.store.writing import WritableStore

EVERYTHING = "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
EX = "http://example.org/"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "data.trig"
    file.write_text(f'<{EX}s> <{EX}p> "日本", 1 . <{EX}g> {{ <{EX}s> <{EX}p> <{EX}o> }}', encoding="utf-8")
    return file


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def content(store: Path) -> list[str]:
    return sorted(map(str, open_store(store).query(EVERYTHING)))


def test_files_are_loaded_into_a_store_of_ones_own(file: Path, store: Path) -> None:
    assert archive.load([file], store) == 3
    assert len(content(store)) == 3
    assert snapshot.current(store).kind is snapshot.Kind.OWN
    assert archive.load([], store.with_name("empty")) == 0
    assert content(store.with_name("empty")) == []


def test_a_store_that_was_made_of_the_same_files_is_left_as_it_is(file: Path, store: Path) -> None:
    archive.load([file], store)
    version = snapshot.current(store).version
    assert archive.load([file], store) is None
    with snapshot.writing(store, kind=snapshot.Kind.OWN):
        assert archive.load([file], store) is None
    assert snapshot.current(store).version == version


def test_a_store_with_other_data_is_replaced_only_where_that_is_said(file: Path, store: Path) -> None:
    archive.load([file], store)
    before = content(store)
    with pytest.raises(UsageError, match=r"holds other data: .* or give --replace to lose them"):
        archive.load([], store)
    file.write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="holds other data"):
        archive.load([file], store)
    assert content(store) == before
    assert archive.load([file], store, replace=True) == 0
    assert content(store) == []


def test_a_file_that_is_wrong_leaves_the_store_as_it_was(file: Path, store: Path) -> None:
    archive.load([file], store)
    before = content(store)
    file.write_text("nonsense", encoding="utf-8")
    with pytest.raises(DataError, match=r"data\.trig:1: error \[syntax\]"):
        archive.load([file], store, replace=True)
    assert content(store) == before
    with pytest.raises(DataError):
        archive.load([file], store.with_name("new"))
    assert not snapshot.exists(store.with_name("new"))
    with pytest.raises(PowkgError, match=r"none\.ttl cannot be read: No such file"):
        archive.load([file.with_name("none.ttl")], store)


def test_the_data_of_the_project_are_not_overwritten_nor_backed_up(
    make_data: Callable[..., Path], file: Path, store: Path, tmp_path: Path
) -> None:
    build(make_data(), store)
    before = content(store)
    for replace in (False, True):
        with pytest.raises(StoreError, match="holds the data of the project"):
            archive.load([file], store, replace=replace)
    with pytest.raises(UsageError, match="can be built again"):
        archive.back_up(store, tmp_path / "out.nq.gz")
    assert content(store) == before
    archive.load([file], tmp_path / "own")
    with pytest.raises(StoreError, match="holds data of your own, and is not overwritten"):
        build(make_data(), tmp_path / "own", force=True)


def test_a_backup_is_read_by_other_tools_and_makes_the_same_store(file: Path, store: Path, tmp_path: Path) -> None:
    archive.load([file], store)
    out = tmp_path / "out.nq.gz"
    backup = archive.back_up(store, out)
    assert (backup.statements, backup.empty_graphs) == (3, ())
    assert archive.load([out], tmp_path / "loaded") == 3
    assert content(tmp_path / "loaded") == content(store)
    assert archive.restore(out, tmp_path / "restored") == backup
    assert content(tmp_path / "restored") == content(store)
    with pytest.raises(UsageError, match="is there already"):
        archive.back_up(store, out)


def test_a_restore_loses_nothing_unless_that_is_said(file: Path, store: Path, tmp_path: Path) -> None:
    archive.load([file], store)
    archive.back_up(store, tmp_path / "out")
    archive.load([], store, replace=True)
    with pytest.raises(UsageError, match="holds other data"):
        archive.restore(tmp_path / "out", store)
    assert content(store) == []
    archive.restore(tmp_path / "out", store, replace=True)
    assert len(content(store)) == 3
    with snapshot.writing(store, kind=snapshot.Kind.OWN), pytest.raises(StoreError, match="is writing the store"):
        archive.restore(tmp_path / "out", store, replace=True)


def test_a_file_that_is_no_whole_backup_is_refused(file: Path, store: Path, tmp_path: Path) -> None:
    archive.load([file], store)
    archive.back_up(store, tmp_path / "out")
    packed = (tmp_path / "out").read_bytes()
    text = gzip.decompress(packed)
    lines = text.splitlines(keepends=True)
    bad = {
        "cut": packed[:-20],
        "no gzip": text,
        "without its last line": gzip.compress(b"".join(lines[:-1])),
        "with a line less": gzip.compress(b"".join([*lines[:1], *lines[2:]])),
        "with a letter changed": gzip.compress(text.replace(b"/o>", b"/x>")),
        "with more after it": gzip.compress(text + lines[1]),
        "empty": b"",
    }
    for name, content_of_bad in bad.items():
        (tmp_path / "bad").write_bytes(content_of_bad)
        with pytest.raises(PowkgError, match=r"cannot be read|is no whole backup|has been changed or damaged"):
            archive.restore(tmp_path / "bad", tmp_path / "restored")
        assert not (tmp_path / "restored").exists(), name
    with pytest.raises(PowkgError, match="cannot be read"):
        archive.restore(tmp_path / "none", tmp_path / "restored")


def test_a_backup_that_cannot_be_written_leaves_nothing(file: Path, store: Path, tmp_path: Path) -> None:
    archive.load([file], store)
    with pytest.raises(PowkgError, match="cannot be written: No such file"):
        archive.back_up(store, tmp_path / "none" / "out")
    with pytest.raises(StoreError, match="there is no store in"):
        archive.back_up(tmp_path / "nothing", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.text(st.characters(exclude_categories=["Cs"]), max_size=8), st.integers(0, 3)),
        max_size=8,
    )
)
def test_what_is_backed_up_is_what_is_restored(
    tmp_path_factory: pytest.TempPathFactory, statements: list[tuple[int, str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("round")
    escape = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}
    lines = [
        f'<{EX}s{subject}> <{EX}p> "{"".join(escape.get(sign, sign) for sign in text)}"'
        + (f" <{EX}g{graph}> .\n" if graph else " .\n")
        for subject, text, graph in statements
    ]
    (folder / "data.nq").write_text("".join(lines), encoding="utf-8", newline="")
    loaded = archive.load([folder / "data.nq"], folder / "store")
    assert loaded == len(set(statements))
    assert archive.back_up(folder / "store", folder / "out").statements == loaded
    archive.restore(folder / "out", folder / "again")
    assert content(folder / "again") == content(folder / "store")


def test_graphs_that_hold_nothing_are_backed_up_too(store: Path, tmp_path: Path) -> None:
    archive.load([], store)
    with snapshot.writing(store, kind=snapshot.Kind.OWN) as publish:
        found = snapshot.current(store)
        live = WritableStore(snapshot.working_copy(store, found))
        live.put(EX + "empty", [], None)

        def write(folder: Path) -> dict[str, str]:
            folder.rmdir()
            live.snapshot(folder)
            return {}

        publish("0" * 64, write)
    assert archive.back_up(store, tmp_path / "out").empty_graphs == (EX + "empty",)
    archive.restore(tmp_path / "out", tmp_path / "again")
    assert [str(graph) for (graph,) in open_store(tmp_path / "again").query("SELECT ?g { GRAPH ?g {} }")] == [
        EX + "empty"
    ]
