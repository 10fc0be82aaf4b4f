"""The process that changes a store of one's own and nothing else, started by `powkg.updates`.

    python -m powkg.workers.writer STORE WAIT MEMORY

It waits at most WAIT seconds for another process that changes the store, and takes at most MEMORY MiB for data. Its
standard input is a connected socket on which frames go both ways (`powkg.workers.frames`).

What it works on is a copy of the current snapshot (its tables are linked, not copied), made anew whenever it starts.
A commit writes that out as the next snapshot and points to it, in one step. So whatever becomes of this process, the
store is what was last committed: there is no other state to come back to, and none that is half written.
"""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from powkg import snapshot
from powkg.errors import PowkgError, StoreError
from powkg.snapshot import Kind as StoreKind
from powkg.store.writing import Part, WritableStore
from powkg.workers.frames import Channel, Kind, encode_json
from powkg.workers.process import connect
from powkg.workers.reports import describe


def main() -> int:
    """Serve frames until the server goes. The exit status is 1 where the store cannot be opened or written."""
    folder, wait, memory = sys.argv[1:]
    channel = Channel(connect(int(memory)))
    directory = Path(folder)
    try:
        snapshot.current(directory)  # or the folder would be made
        with snapshot.writing(directory, float(wait), StoreKind.OWN, served=True) as publish:
            serve(channel, directory, publish)
    except PowkgError as error:
        channel.send(encode_json(Kind.ERROR, describe(error)))
        return 1
    except EOFError:
        return 0


def serve(channel: Channel, directory: Path, publish: snapshot.Publish) -> NoReturn:
    """Change the store as the frames say. Raises EOFError when the server has gone, OSError as the disk does."""
    found = snapshot.current(directory)
    store = WritableStore(snapshot.working_copy(directory, found))

    def write(folder: Path) -> Mapping[str, Any]:
        folder.rmdir()  # the engine makes it
        store.snapshot(folder)
        return found.notes

    channel.send(encode_json(Kind.READY, {"version": found.version}))
    while True:
        kind, payload = channel.receive()
        if kind is Kind.COMMIT:
            version = publish(secrets.token_hex(32), write).version
            channel.send(encode_json(Kind.READY, {"version": version}))
            continue
        request = json.loads(payload)
        parts = [(media_type, channel.receive()[1]) for media_type in request["media_types"]]
        try:
            created = apply(store, request, parts)
        except OSError as error:
            raise StoreError(f"the store in {directory} cannot be written: {error}") from error
        except PowkgError as error:
            channel.send(encode_json(Kind.ERROR, describe(error)))
        else:
            channel.send(encode_json(Kind.DONE, {"created": created}))


def apply(store: WritableStore, request: dict[str, Any], parts: list[Part]) -> bool:
    """Make one change; whether a graph came to be by it. Raises what `powkg.store.writing` does."""
    graph, base = request["graph"], request["base"]
    match request["operation"]:
        case "update":
            store.update(request["text"], base)
        case "put":
            return store.put(graph, parts, base)
        case "post":
            return store.post(graph, parts, base)
        case "delete":
            store.delete(graph)
    return False


if __name__ == "__main__":
    sys.exit(main())
