"""The folder of a store: complete builds, and a pointer to the one that counts. Pure files, no RDF.

    DIRECTORY/
        powkg-store.txt      says that the folder is ours; without it nothing here is ever deleted
        powkg-data.txt       in its place where the folder holds data of one's own, which no build may overwrite
        build.lock           held by the one process that may write
        server.lock          held by a server that changes data of one's own, from its start to its end
        tmp/                 a build under way
        live/                what the writer of a server works on, made of the current build; never read by others
        builds/DIGEST-N/     complete builds, N counting up; `manifest.json`, and the engine's files in `data/`
        current              the name of the build that counts; replaced in one step

A build is written in `tmp`, forced to the disk, renamed into `builds` and only then pointed to. So a crash at any
moment leaves the old build in use, and what it left behind is removed by the next build. The build before the current
one is kept, and every other that a process has open: who opens one locks its manifest.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from powkg import disk
from powkg.errors import StoreError

FORMAT = 1
"""Of the folder and what is in it; a store of another format is not opened, but may be built anew."""


class Kind(StrEnum):
    """What a store holds: the project's data, which can be built again, or one's own, which may be nowhere else."""

    CURATED = "curated"
    OWN = "own"


_MARKERS = {Kind.CURATED: "powkg-store.txt", Kind.OWN: "powkg-data.txt"}
_MARKER_TEXTS = {
    Kind.CURATED: "A store of powkg, made by `powkg build`. It can be deleted and built again at any time.\n",
    Kind.OWN: "A store of powkg with data of your own. They may be nowhere else: keep it, and `powkg backup` it.\n",
}
_LOCK = "build.lock"
_SERVER = "server.lock"
_TEMPORARY = "tmp"
_LIVE = "live"
_BUILDS = "builds"
_POINTER = "current"
_MANIFEST = "manifest.json"
_BUILD_NAME = re.compile(r"[0-9a-f]{16}-(?P<number>[0-9]+)")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One complete build: its folder, the digest of its inputs, what its build noted about it, and its kind."""

    path: Path
    digest: str
    notes: Mapping[str, Any]
    kind: Kind = Kind.CURATED

    @property
    def version(self) -> str:
        """What tells it apart: the digest of its inputs, or its name where each build is of something else."""
        return self.digest if self.kind is Kind.CURATED else self.path.name

    @property
    def data(self) -> Path:
        """The folder of the engine's files."""
        return self.path / "data"


def current(directory: Path) -> Snapshot:
    """The build that counts. Raises StoreError where there is none, or none that this version can read."""
    kind = kind_of(directory)
    name = _pointed_to(directory, kind)
    while True:
        try:
            return _described(directory, kind, name)
        except StoreError:
            # Builds since the pointer was read may have removed what it pointed to: read it again.
            before, name = name, _pointed_to(directory, kind)
            if name == before:
                raise


def exists(directory: Path) -> bool:
    """Whether any build counts in the folder, readable or not. Raises StoreError where the folder is none of ours."""
    return kind_of(directory) is not None and (directory / _POINTER).exists()


def _pointed_to(directory: Path, kind: Kind | None) -> str:
    try:
        name = (directory / _POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        how = "load data into it with `powkg load`" if kind is Kind.OWN else "make it with `powkg build`"
        raise StoreError(f"there is no store in {directory} yet; {how}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(directory, error) from error
    if not _BUILD_NAME.fullmatch(name):
        raise unreadable(directory, f"{_POINTER} names no build")
    return name


def _described(directory: Path, kind: Kind | None, name: str) -> Snapshot:
    path = directory / _BUILDS / name
    try:
        manifest = json.loads((path / _MANIFEST).read_text(encoding="utf-8"))
        found, digest, notes = manifest["format"], manifest["digest"], manifest["notes"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise unreadable(directory, error) from error
    if found != FORMAT:
        remedy = "make it anew with `powkg build`"
        if kind is Kind.OWN:
            remedy = "`powkg backup` it with the version that made it, and `powkg restore` that into a new folder"
        raise StoreError(
            f"the store in {directory} has format {found}, this version of powkg reads format {FORMAT}; {remedy}"
        )
    return Snapshot(path, digest, notes, kind or Kind.CURATED)


def hold(found: Snapshot) -> disk.Hold:
    """Keep a build from being removed as long as what is returned lives. Raises OSError where it is gone."""
    return disk.Hold(found.path / _MANIFEST)


Write = Callable[[Path], Mapping[str, Any]]
"""Fills an empty folder with the engine's files; returns the notes for the manifest, which must be fit for JSON."""

Publish = Callable[[str, Write], Snapshot]
"""Makes a build for a digest, and then the current one of it."""


@contextmanager
def serving(directory: Path, wait: float = 0.0) -> Iterator[None]:
    """Keep everybody from changing the store of one's own in a folder, but for the writer of this server.

    The processes that this one forks keep it so, too. Raises StoreError where another changes it, or serves it so, for
    more than `wait` seconds.
    """
    try:
        descriptor = disk.lock(directory / _SERVER, wait)
    except OSError as error:
        raise _unwritable(directory, Kind.OWN, error) from error
    try:
        yield
    finally:
        os.close(descriptor)


@contextmanager
def writing(
    directory: Path, wait: float = 0.0, kind: Kind = Kind.CURATED, *, served: bool = False
) -> Iterator[Publish]:
    """Hold the lock of the folder, made if need be, and remove what a crashed build left behind.

    `served` says that it is done for the server that has the store by `serving`.

    Yields `publish(digest, write)`, which makes a build and then the current one of it. Raises StoreError where the
    folder is not ours or holds a store of another kind, cannot be written, or another process holds its lock for more
    than `wait` seconds.
    """
    try:
        _claim(directory, kind)
        alone = nullcontext() if served or kind is Kind.CURATED else serving(directory, wait)
        with alone, FileLock(directory / _LOCK, timeout=wait):
            _remove_leftovers(directory)
            yield lambda digest, write: _publish(directory, digest, write, kind)
    except OSError as error:
        raise _unwritable(directory, kind, error) from error


def _unwritable(directory: Path, kind: Kind, error: OSError) -> StoreError:
    if isinstance(error, (Timeout, BlockingIOError)):
        holder = "another build" if kind is Kind.CURATED else "another process (a server with --writable?)"
        return StoreError(f"{holder} is writing the store in {directory}; wait until it has ended")
    return StoreError(f"the store in {directory} cannot be written: {error.strerror or error}")


def unreadable(directory: Path, error: object) -> StoreError:
    """The error for a store that is there and cannot be read."""
    try:
        own = (directory / _MARKERS[Kind.OWN]).exists()
    except OSError:
        own = False
    remedy = "`powkg restore` a backup into a new folder" if own else "make it anew with `powkg build --force`"
    return StoreError(f"the store in {directory} cannot be read ({error}); {remedy}")


def working_copy(directory: Path, found: Snapshot) -> Path:
    """The engine's files of a build once more, to be changed; in place of what was worked on before.

    The engine never changes a file of its tables once it is there, so those are linked and not copied. Only who holds
    the lock may call it. Raises OSError.
    """
    live = directory / _LIVE
    disk.remove(live)
    live.mkdir()
    for path in found.data.iterdir():
        if path.suffix == ".sst":
            os.link(path, live / path.name)
        elif path.name != "LOCK":
            shutil.copyfile(path, live / path.name)
    return live


def kind_of(directory: Path) -> Kind | None:
    """Which store is in a folder; None where nothing is. Raises StoreError where it is a file, or holds other files."""
    try:
        if directory.is_file():
            raise StoreError(f"{directory} is a file; a store needs a folder of its own")
        names = {path.name for path in directory.iterdir()} if directory.exists() else set()
    except OSError as error:
        raise unreadable(directory, error) from error
    kinds = [kind for kind, marker in _MARKERS.items() if marker in names]
    if names and not kinds:
        raise StoreError(f"{directory} holds other files and no store of powkg; name an empty or a new folder")
    return kinds[-1] if kinds else None


def _claim(directory: Path, kind: Kind) -> None:
    found = kind_of(directory)
    if found not in {kind, None}:
        holds = "data of your own" if found is Kind.OWN else "the data of the project, as `powkg build` makes it"
        raise StoreError(f"the store in {directory} holds {holds}, and is not overwritten; name another with --store")
    directory.mkdir(parents=True, exist_ok=True)
    marker = directory / _MARKERS[kind]
    if not marker.exists():
        marker.write_text(_MARKER_TEXTS[kind], encoding="utf-8")
    (directory / _BUILDS).mkdir(exist_ok=True)


def _publish(directory: Path, digest: str, write: Write, kind: Kind) -> Snapshot:
    builds, temporary = directory / _BUILDS, directory / _TEMPORARY
    data = temporary / "data"
    data.mkdir(parents=True)
    try:
        notes = write(data)
        manifest = {"format": FORMAT, "digest": digest, "notes": dict(notes)}
        (temporary / _MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        disk.sync_tree(temporary)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    number = max(_builds(directory), default=0) + 1
    path = builds / f"{digest[:16]}-{number}"
    temporary.rename(path)
    disk.sync(builds)
    _point_to(directory, path.name)
    _prune(directory)
    return Snapshot(path, digest, notes, kind)


def _point_to(directory: Path, name: str) -> None:
    new = directory / f"{_POINTER}.new"
    new.write_text(f"{name}\n", encoding="utf-8")
    disk.sync(new)
    new.replace(directory / _POINTER)
    disk.sync(directory)


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
    for path in (directory / _TEMPORARY, directory / _LIVE, directory / f"{_POINTER}.new"):
        disk.remove(path)
    counts = _current_number(directory)
    for number, path in _builds(directory).items():
        if counts is not None and number > counts:
            disk.remove(path)


def _prune(directory: Path) -> None:
    """Remove all builds but the current one, the one before it, and those that a process has open."""
    builds = _builds(directory)
    for number in sorted(builds)[:-2]:
        disk.remove_unless_held(builds[number], builds[number] / _MANIFEST)
