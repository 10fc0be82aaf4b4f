"""The folder of a built store: complete builds, and a pointer to the one that counts. Pure files, no RDF.

    DIRECTORY/
        powkg-store.txt      says that the folder is ours; without it nothing here is ever deleted
        build.lock           held by the one build that may write
        tmp/                 a build under way
        builds/DIGEST-N/     complete builds, N counting up; `manifest.json`, and the engine's files in `data/`
        current              the name of the build that counts; replaced in one step

A build is written in `tmp`, forced to the disk, renamed into `builds` and only then pointed to. So a crash at any
moment leaves the old build in use, and what it left behind is removed by the next build. The build before the current
one is kept, because a running server may have it open.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from powkg.errors import StoreError

FORMAT = 1
"""Of the folder and what is in it; a store of another format is not opened, but may be built anew."""

_MARKER = "powkg-store.txt"
_MARKER_TEXT = "A store of powkg, made by `powkg build`. It can be deleted and built again at any time.\n"
_LOCK = "build.lock"
_TEMPORARY = "tmp"
_BUILDS = "builds"
_POINTER = "current"
_MANIFEST = "manifest.json"
_BUILD_NAME = re.compile(r"[0-9a-f]{16}-(?P<number>[0-9]+)")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One complete build: its folder, the digest of its inputs, and what its build noted about it."""

    path: Path
    digest: str
    notes: Mapping[str, Any]

    @property
    def data(self) -> Path:
        """The folder of the engine's files."""
        return self.path / "data"


def current(directory: Path) -> Snapshot:
    """The build that counts. Raises StoreError where there is none, or none that this version can read."""
    _refuse_foreign(directory)
    try:
        name = (directory / _POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise StoreError(f"there is no store in {directory} yet; make it with `powkg build`") from None
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(directory, error) from error
    if not _BUILD_NAME.fullmatch(name):
        raise unreadable(directory, f"{_POINTER} names no build")
    path = directory / _BUILDS / name
    try:
        manifest = json.loads((path / _MANIFEST).read_text(encoding="utf-8"))
        found, digest, notes = manifest["format"], manifest["digest"], manifest["notes"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise unreadable(directory, error) from error
    if found != FORMAT:
        raise StoreError(
            f"the store in {directory} has format {found}, this version of powkg reads format {FORMAT}; "
            "make it anew with `powkg build`"
        )
    return Snapshot(path, digest, notes)


Write = Callable[[Path], Mapping[str, Any]]
"""Fills an empty folder with the engine's files; returns the notes for the manifest, which must be fit for JSON."""


@contextmanager
def writing(directory: Path, wait: float = 0.0) -> Iterator[Callable[[str, Write], Snapshot]]:
    """Hold the lock of the folder, made if need be, and remove what a crashed build left behind.

    Yields `publish(digest, write)`, which makes a build and then the current one of it. Raises StoreError where the
    folder is not ours, cannot be written, or another build holds its lock for more than `wait` seconds.
    """
    try:
        _claim(directory)
        with FileLock(directory / _LOCK, timeout=wait):
            _remove_leftovers(directory)
            yield lambda digest, write: _publish(directory, digest, write)
    except Timeout:
        raise StoreError(f"another build is writing the store in {directory}; wait until it has ended") from None
    except OSError as error:
        raise StoreError(f"the store in {directory} cannot be written: {error.strerror or error}") from error


def unreadable(directory: Path, error: object) -> StoreError:
    """The error for a store that is there and cannot be read."""
    return StoreError(f"the store in {directory} cannot be read ({error}); make it anew with `powkg build --force`")


def _refuse_foreign(directory: Path) -> None:
    """Raise StoreError where the path is a file, or a folder with something in it that is no store."""
    try:
        if directory.is_file():
            raise StoreError(f"{directory} is a file; a store needs a folder of its own")
        names = {path.name for path in directory.iterdir()} if directory.exists() else set()
    except OSError as error:
        raise unreadable(directory, error) from error
    if names and _MARKER not in names:
        raise StoreError(f"{directory} holds other files and no store of powkg; name an empty or a new folder")


def _claim(directory: Path) -> None:
    _refuse_foreign(directory)
    directory.mkdir(parents=True, exist_ok=True)
    marker = directory / _MARKER
    if not marker.exists():
        marker.write_text(_MARKER_TEXT, encoding="utf-8")
    (directory / _BUILDS).mkdir(exist_ok=True)


def _publish(directory: Path, digest: str, write: Write) -> Snapshot:
    builds, temporary = directory / _BUILDS, directory / _TEMPORARY
    temporary.mkdir()
    try:
        notes = write(_made(temporary / "data"))
        manifest = {"format": FORMAT, "digest": digest, "notes": dict(notes)}
        (temporary / _MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        _sync_tree(temporary)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    number = max(_builds(directory), default=0) + 1
    path = builds / f"{digest[:16]}-{number}"
    temporary.rename(path)
    _sync(builds)
    _point_to(directory, path.name)
    _prune(directory)
    return Snapshot(path, digest, notes)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _point_to(directory: Path, name: str) -> None:
    new = directory / f"{_POINTER}.new"
    new.write_text(f"{name}\n", encoding="utf-8")
    _sync(new)
    new.replace(directory / _POINTER)
    _sync(directory)


def _builds(directory: Path) -> dict[int, Path]:
    """The builds by their numbers."""
    matches = ((_BUILD_NAME.fullmatch(path.name), path) for path in (directory / _BUILDS).iterdir())
    return {int(match["number"]): path for match, path in matches if match}


def _current_number(directory: Path) -> int | None:
    """The number of the build that counts; None where none does."""
    try:
        match = _BUILD_NAME.fullmatch((directory / _POINTER).read_text(encoding="utf-8").strip())
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    return int(match["number"]) if match else None


def _remove_leftovers(directory: Path) -> None:
    """Remove a build that was never finished, and one that was finished but never pointed to."""
    for path in (directory / _TEMPORARY, directory / f"{_POINTER}.new"):
        _remove(path)
    counts = _current_number(directory)
    for number, path in _builds(directory).items():
        if counts is not None and number > counts:
            _remove(path)


def _prune(directory: Path) -> None:
    """Remove all builds but the current one and the one before it."""
    builds = _builds(directory)
    for number in sorted(builds)[:-2]:
        _remove(builds[number])


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _sync_tree(folder: Path) -> None:
    for path in folder.rglob("*"):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    """Force a file, or the names in a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
