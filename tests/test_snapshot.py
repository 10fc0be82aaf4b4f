from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from powkg import snapshot
from powkg.errors import StoreError
from powkg.snapshot import Kind, current, hold, serving, writing

DIGEST = "0123456789abcdef" * 4


def publish(directory: Path, content: str, digest: str = DIGEST) -> snapshot.Snapshot:
    def write(folder: Path) -> Mapping[str, str]:
        (folder / "content").write_text(content, encoding="utf-8")
        return {"content": content}

    with writing(directory) as made:
        return made(digest, write)


def content(directory: Path) -> str:
    return (current(directory).data / "content").read_text(encoding="utf-8")


def builds(directory: Path) -> list[str]:
    return sorted(path.name for path in (directory / "builds").iterdir())


def test_what_is_published_is_current(tmp_path: Path) -> None:
    directory = tmp_path / "deep" / "store"
    published = publish(directory, "one")
    assert current(directory) == published
    assert (published.digest, published.notes, content(directory)) == (DIGEST, {"content": "one"}, "one")
    manifest = json.loads((published.path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest == {"format": snapshot.FORMAT, "digest": DIGEST, "notes": {"content": "one"}}


def test_the_build_before_the_current_one_is_kept_and_no_other(tmp_path: Path) -> None:
    for text in ("one", "two", "three", "four"):
        publish(tmp_path, text)
    assert content(tmp_path) == "four"
    assert builds(tmp_path) == [f"{DIGEST[:16]}-3", f"{DIGEST[:16]}-4"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["build.lock", "builds", "current", "powkg-store.txt"]


def test_who_serves_a_store_keeps_all_but_its_own_writer_from_changing_it(tmp_path: Path) -> None:
    with writing(tmp_path, kind=Kind.OWN) as made:
        made(DIGEST, lambda folder: {"content": folder.name})
    with serving(tmp_path):
        with pytest.raises(StoreError, match=r"another process .* is writing the store"), serving(tmp_path, wait=0.05):
            pass
        with pytest.raises(StoreError, match=r"is writing the store"), writing(tmp_path, kind=Kind.OWN):
            pass
        with writing(tmp_path, kind=Kind.OWN, served=True) as made:
            made(DIGEST, lambda folder: {"content": folder.name})
    with writing(tmp_path, kind=Kind.OWN), pytest.raises(StoreError), serving(tmp_path):
        pass
    with serving(tmp_path):
        pass


def test_who_waits_serves_a_store_when_the_other_has_ended(tmp_path: Path) -> None:
    held, go_on = threading.Event(), threading.Event()

    def serve() -> None:
        with serving(tmp_path):
            held.set()
            go_on.wait(60)

    other = threading.Thread(target=serve)
    other.start()
    assert held.wait(60)
    threading.Timer(0.1, go_on.set).start()
    with serving(tmp_path, wait=60):
        assert go_on.is_set()
    other.join()


def test_all_is_forced_to_the_disk_before_the_store_points_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, "one")
    events: list[str] = []
    fsync = os.fsync

    def forced(descriptor: int) -> None:
        events.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        fsync(descriptor)

    def renamed(new: Path, target: Path) -> Path:
        events.append(f"{new.name} becomes {target.name}")
        return Path(shutil.move(new, target))

    monkeypatch.setattr(os, "fsync", forced)
    monkeypatch.setattr(Path, "rename", renamed)
    monkeypatch.setattr(Path, "replace", renamed)
    publish(tmp_path, "two")
    made, pointed = (next(at for at, event in enumerate(events) if event.endswith(end)) for end in ("-2", "current"))
    assert {"content", "data", "manifest.json"} <= set(events[:made])
    assert events[made + 1 :] == ["builds", "current.new", events[pointed], tmp_path.name]
    assert content(tmp_path) == "two"


def test_a_write_that_fails_leaves_the_current_build_and_nothing_else(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    before = sorted(tmp_path.rglob("*"))

    def write(folder: Path) -> Mapping[str, str]:
        (folder / "content").write_text("half", encoding="utf-8")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), writing(tmp_path) as made:
        made(DIGEST, write)
    assert content(tmp_path) == "one"
    assert sorted(tmp_path.rglob("*")) == before


def test_what_a_crash_left_behind_is_removed_by_the_next_build(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    (tmp_path / "tmp" / "data").mkdir(parents=True)
    (tmp_path / "tmp" / "data" / "content").write_text("half", encoding="utf-8")
    (tmp_path / "current.new").write_text("half", encoding="utf-8")
    (tmp_path / "builds" / f"{DIGEST[:16]}-2").mkdir()
    assert content(tmp_path) == "one"
    publish(tmp_path, "two")
    assert content(tmp_path) == "two"
    assert builds(tmp_path) == [f"{DIGEST[:16]}-1", f"{DIGEST[:16]}-2"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["build.lock", "builds", "current", "powkg-store.txt"]


def test_a_first_build_that_crashed_leaves_a_folder_that_can_be_built(tmp_path: Path) -> None:
    (tmp_path / "powkg-store.txt").touch()
    (tmp_path / "builds").mkdir()
    (tmp_path / "tmp").mkdir()
    with pytest.raises(StoreError, match="there is no store in"):
        current(tmp_path)
    publish(tmp_path, "one")
    assert content(tmp_path) == "one"


def test_where_nothing_was_built_the_command_is_named(tmp_path: Path) -> None:
    for directory in (tmp_path / "missing", tmp_path):
        with pytest.raises(StoreError, match=r"there is no store in .* yet; make it with `powkg build`"):
            current(directory)


def test_a_file_is_no_store(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match=r"notes\.txt is a file"):
        current(file)
    with pytest.raises(StoreError, match=r"notes\.txt is a file"):
        publish(file, "one")
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    (tmp_path / "tmp" / "thesis.txt").write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(StoreError, match="holds other files and no store"):
        current(tmp_path)
    with pytest.raises(StoreError, match="holds other files and no store"):
        publish(tmp_path, "one")
    assert sorted(tmp_path.rglob("*")) == before


def test_files_of_others_inside_a_store_are_left_alone(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    foreign = [tmp_path / "notes.txt", tmp_path / "builds" / "backup"]
    for path in foreign:
        path.mkdir()
    for text in ("two", "three"):
        publish(tmp_path, text)
    assert all(path.is_dir() for path in foreign)


def test_two_builds_at_a_time_are_refused(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    with writing(tmp_path), pytest.raises(StoreError, match="another build is writing the store"):
        publish(tmp_path, "two")
    publish(tmp_path, "three")
    assert content(tmp_path) == "three"


@pytest.mark.parametrize("place", ["x" * 300, "file/store"])
def test_a_folder_that_cannot_be_made_or_read_is_a_store_error(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"cannot be (written|read)"):
        publish(tmp_path / place, "one")
    with pytest.raises(StoreError, match=r"cannot be read|there is no store"):
        current(tmp_path / place)


@pytest.mark.parametrize("text", ["nonsense", "../../etc", "\udcff"])
def test_a_pointer_to_nothing_is_unreadable_and_can_be_built_over(tmp_path: Path, text: str) -> None:
    publish(tmp_path, "one")
    (tmp_path / "current").write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(StoreError, match=r"cannot be read .*powkg build --force"):
        current(tmp_path)
    publish(tmp_path, "two")
    assert content(tmp_path) == "two"


@pytest.mark.parametrize("text", ["", "[]", "{}", "{", '{"format": 1, "digest": "x"}', "\udcff"])
def test_a_broken_manifest_is_unreadable(tmp_path: Path, text: str) -> None:
    manifest = publish(tmp_path, "one").path / "manifest.json"
    manifest.write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(StoreError, match=r"cannot be read .*powkg build --force"):
        current(tmp_path)


def test_another_format_is_told_apart(tmp_path: Path) -> None:
    manifest = publish(tmp_path, "one").path / "manifest.json"
    manifest.write_text('{"format": 99, "digest": "x", "notes": {}, "more": 1}', encoding="utf-8")
    with pytest.raises(StoreError, match="has format 99, this version of powkg reads format 1; make it anew"):
        current(tmp_path)
    publish(tmp_path, "two")
    assert content(tmp_path) == "two"


def own(directory: Path, content: str) -> snapshot.Snapshot:
    def write(folder: Path) -> Mapping[str, str]:
        (folder / "content").write_text(content, encoding="utf-8")
        return {}

    with writing(directory, kind=Kind.OWN) as made:
        return made(DIGEST, write)


def test_each_build_of_data_of_ones_own_is_a_version(tmp_path: Path) -> None:
    versions = [own(tmp_path, text).version for text in ("one", "two")]
    assert versions == [f"{DIGEST[:16]}-1", f"{DIGEST[:16]}-2"]
    assert (current(tmp_path).kind, current(tmp_path).version) == (Kind.OWN, versions[-1])


def test_a_build_of_the_data_and_data_of_ones_own_do_not_overwrite_each_other(tmp_path: Path) -> None:
    publish(tmp_path / "curated", "one")
    own(tmp_path / "own", "one")
    with pytest.raises(StoreError, match="holds data of your own, and is not overwritten"):
        publish(tmp_path / "own", "two")
    with pytest.raises(StoreError, match=r"holds the data of the project, .* and is not overwritten"):
        own(tmp_path / "curated", "two")
    assert (content(tmp_path / "own"), content(tmp_path / "curated")) == ("one", "one")
    assert current(tmp_path / "curated").kind is Kind.CURATED


def test_data_of_ones_own_are_never_told_to_be_built_again(tmp_path: Path) -> None:
    manifest = own(tmp_path, "one").path / "manifest.json"
    manifest.write_text('{"format": 99, "digest": "x", "notes": {}}', encoding="utf-8")
    with pytest.raises(StoreError, match=r"format 99.*`powkg backup` it with the version that made it"):
        current(tmp_path)
    manifest.unlink()
    with pytest.raises(StoreError, match=r"cannot be read .*`powkg restore` a backup into a new folder"):
        current(tmp_path)
    (tmp_path / "current").unlink()
    with pytest.raises(StoreError, match="load data into it with `powkg load`"):
        current(tmp_path)


def test_a_build_that_is_held_is_kept_and_removed_by_the_next_after_that(tmp_path: Path) -> None:
    first = publish(tmp_path, "one")
    held = hold(first)
    for text in ("two", "three", "four"):
        publish(tmp_path, text)
    assert (first.data / "content").read_text() == "one"
    assert builds(tmp_path) == [f"{DIGEST[:16]}-{number}" for number in (1, 3, 4)]
    del held
    publish(tmp_path, "five")
    assert builds(tmp_path) == [f"{DIGEST[:16]}-{number}" for number in (4, 5)]
    with pytest.raises(FileNotFoundError):
        hold(first)


def test_a_working_copy_is_apart_from_the_build_that_it_was_made_of(tmp_path: Path) -> None:
    def write(folder: Path) -> Mapping[str, str]:
        for name in ("000001.sst", "CURRENT", "LOCK"):
            (folder / name).write_text(name, encoding="utf-8")
        return {}

    with writing(tmp_path, kind=Kind.OWN) as made:
        found = made(DIGEST, write)
        (tmp_path / "live").mkdir()
        (tmp_path / "live" / "000009.sst").touch()
        live = snapshot.working_copy(tmp_path, found)
        assert sorted(path.name for path in live.iterdir()) == ["000001.sst", "CURRENT"]
        (live / "CURRENT").write_text("changed")
        (live / "000001.sst").unlink()
        assert sorted(path.name for path in found.data.iterdir()) == ["000001.sst", "CURRENT", "LOCK"]
        assert (found.data / "CURRENT").read_text() == "CURRENT"
    own(tmp_path, "two")
    assert not (tmp_path / "live").exists()
