"""Files and folders: forced to the disk, removed, and held against removal by other processes."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_AT_ONCE = 8
_PAUSE = 0.05


class Hold:
    """A file that is locked as long as this lives: the folder around it is not removed by `remove_unless_held`.

    The lock ends with the process at the latest, however that ends. Raises FileNotFoundError where the file is gone.
    """

    def __init__(self, path: Path) -> None:
        descriptor = os.open(path, os.O_RDONLY)
        # Not by `__del__`: at the end of the interpreter it may find no `os` any more.
        weakref.finalize(self, os.close, descriptor)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        if not os.fstat(descriptor).st_nlink:
            raise FileNotFoundError(f"{path} has been removed")


def lock(path: Path, wait: float) -> int:
    """The descriptor of a file, made if need be, that nobody else has locked. Raises BlockingIOError, OSError.

    Who else has it may let go of it within `wait` seconds. The lock ends when the descriptor is closed here and in each
    process that was forked meanwhile, so at the latest with the last of them.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    deadline = time.monotonic() + wait
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise
                time.sleep(_PAUSE)
            else:
                return descriptor
    except BaseException:
        os.close(descriptor)
        raise


def remove_unless_held(folder: Path, file: Path) -> None:
    """Remove a folder, unless the file in it is held; where that is gone, what is left of the folder."""
    try:
        descriptor = os.open(file, os.O_RDONLY)
    except FileNotFoundError:
        remove(folder)
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        file.unlink()  # first, so that who waits for the lock sees that it came too late
        remove(folder)
    except BlockingIOError:
        return
    finally:
        os.close(descriptor)


def remove(path: Path) -> None:
    """Remove a file or a folder with all in it, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def sync_tree(folder: Path) -> None:
    """Force a folder and all in it to the disk: many files at once, which costs a disk hardly more than one.

    A file that has another name was forced to it before: the engine does so with the files of its tables.
    """
    paths = [path for path in folder.rglob("*") if path.is_dir() or path.stat().st_nlink == 1]
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        list(threads.map(sync, [*paths, folder]))


def sync(path: Path) -> None:
    """Force a file, or the names in a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
