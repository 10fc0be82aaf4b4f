from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from powkg import disk


def make(folder: Path) -> Path:
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "file").touch()
    (folder / "lock").touch()
    return folder


def test_a_folder_is_removed_where_nothing_holds_it(tmp_path: Path) -> None:
    for missing in (False, True):
        folder = make(tmp_path / "folder")
        if missing:
            (folder / "lock").unlink()
        disk.remove_unless_held(folder, folder / "lock")
        assert not folder.exists()


def test_a_folder_that_is_held_stays_until_the_last_hold_ends(tmp_path: Path) -> None:
    folder = make(tmp_path / "folder")
    first, second = disk.Hold(folder / "lock"), disk.Hold(folder / "lock")
    disk.remove_unless_held(folder, folder / "lock")
    del first
    disk.remove_unless_held(folder, folder / "lock")
    assert (folder / "deep" / "file").exists()
    del second
    disk.remove_unless_held(folder, folder / "lock")
    assert not folder.exists()


def test_what_is_gone_cannot_be_held(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        disk.Hold(tmp_path / "lock")


def test_of_many_who_want_to_hold_a_folder_none_has_one_that_was_removed(tmp_path: Path) -> None:
    """Holding and removing in turn, by two threads, as fast as they can."""
    folders = [make(tmp_path / str(number)) for number in range(200)]
    wrong: list[Path] = []

    def hold() -> None:
        for folder in folders:
            try:
                held = disk.Hold(folder / "lock")
            except FileNotFoundError:
                continue
            if not (folder / "deep" / "file").exists():
                wrong.append(folder)
            del held

    def remove() -> None:
        for folder in folders:
            disk.remove_unless_held(folder, folder / "lock")

    threads = [threading.Thread(target=target) for target in (hold, remove)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_what_is_not_there_can_be_removed(tmp_path: Path) -> None:
    disk.remove(tmp_path / "file")
    (tmp_path / "file").touch()
    disk.remove(tmp_path / "file")
    disk.remove(make(tmp_path / "folder"))
    assert list(tmp_path.iterdir()) == []


def test_every_file_and_folder_with_one_name_is_forced_to_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make(tmp_path / "folder")
    os.link(folder / "lock", folder / "other")
    forced: list[str] = []
    monkeypatch.setattr(
        os, "fsync", lambda descriptor: forced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
    )
    disk.sync_tree(folder)
    assert sorted(forced) == sorted(map(str, (folder, folder / "deep", folder / "deep" / "file")))
