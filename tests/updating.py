"""A process that changes a store without end, to be killed: `python updating.py STORE THREADS`.

Each change writes SIZE statements about one thing, half of them into a graph of its own. What is acknowledged is told
on standard output, a line each: `done NAME`, and `writer PID` with the process that changes the store now.
"""

from __future__ import annotations

import itertools
import os
import sys
import threading
import uuid
from contextlib import closing, suppress
from pathlib import Path

from powkg.engine import Engine
from powkg.errors import EngineCrashError
from powkg.updates import Writer

SIZE = 40
EX = "http://example.org/"


def change(name: str) -> str:
    """The update about a thing."""
    halves = [
        " ".join(f"<{EX}{name}> <{EX}p> {number} ." for number in numbers)
        for numbers in (range(SIZE // 2), range(SIZE // 2, SIZE))
    ]
    return f"INSERT DATA {{ {halves[0]} }} ; INSERT DATA {{ GRAPH <{EX}g/{name}> {{ {halves[1]} }} }}"


def tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def main() -> None:
    store, threads = Path(sys.argv[1]), int(sys.argv[2])
    with (
        closing(Engine(store, 60, size=1)) as engine,
        closing(Writer(store, engine.pool.advance, 60, memory=1024)) as writer,
    ):

        def write() -> None:
            me = uuid.uuid4().hex[:12]
            for number in itertools.count():
                with suppress(EngineCrashError):
                    writer.update(change(f"{me}-{number}"))
                    tell(f"done {me}-{number}")
                    tell(f"writer {writer.pid}")

        working = [threading.Thread(target=write) for _ in range(threads)]
        for thread in working:
            thread.start()
        for thread in working:
            thread.join()


if __name__ == "__main__":
    main()
