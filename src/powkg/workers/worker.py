"""A process that answers queries and nothing else, started by `powkg.engine`.

    python -m powkg.workers.worker STORE [MEMORY]      MEMORY in MiB is the most that it may take for data

Its standard input is a connected socket on which frames go both ways (`powkg.workers.frames`). It opens the store
read-only, answers one query at a time, and ends when the server does. The engine may crash on a query, or never come
back from one: then this process dies or is killed, and no other. What the server has not read of a query, since that
takes long, is read here before the engine sees it.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

from powkg import guard
from powkg.errors import NotAcceptableError, PowkgError
from powkg.store import Store, open_store
from powkg.workers.frames import AnswerWriter, Channel, EnoughError, Kind, encode_json
from powkg.workers.process import connect
from powkg.workers.reports import describe
from powkg.workers.sparql_json import decode_term


def main() -> int:
    """Serve frames until the server goes. The exit status is 1 where the store cannot be opened."""
    store_folder, *memory = sys.argv[1:]
    connection = connect(int(memory[0]) if memory else None)
    channel = Channel(connection)
    store = _open(Path(store_folder), channel)
    while store is not None:
        try:
            kind, payload = channel.receive()
        except EOFError:
            return 0
        if kind is Kind.REOPEN:
            store = None  # closed before the next is opened
            store = _open(Path(store_folder), channel)
        else:
            answer(store, json.loads(payload), channel)
    return 1


def _open(folder: Path, channel: Channel) -> Store | None:
    """The store as it is now, and the server told so; None where it cannot be opened."""
    try:
        store = open_store(folder)
    except PowkgError as error:
        channel.send(encode_json(Kind.ERROR, describe(error)))
        return None
    channel.send(encode_json(Kind.READY, {"version": store.version}))
    return store


def answer(store: Store, request: dict[str, Any], channel: Channel) -> None:
    """Run one query and send its answer, or what is wrong."""
    try:
        if not request["guarded"]:
            guard.refuse(request["text"])
        found = store.query(
            request["text"],
            {name: decode_term(term) for name, term in request["substitutions"].items()},
            default_graphs=request["default_graphs"],
            named_graphs=request["named_graphs"],
            base=request["base"],
            union=request["union"],
        )
        media_type = request["formats"].get(found.kind)
        if media_type is None:
            raise NotAcceptableError(found.kind)
        writer = AnswerWriter(channel.send, {"kind": found.kind, "format": media_type}, beginning=request["beginning"])
        with suppress(EnoughError):
            found.write(cast("BinaryIO", writer), media_type)
        writer.finish()
    except PowkgError as error:
        channel.send(encode_json(Kind.ERROR, describe(error)))


if __name__ == "__main__":
    sys.exit(main())
