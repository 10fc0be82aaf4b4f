"""The graph opened for Python."""

from __future__ import annotations

import os
from pathlib import Path

from powkg.api.knowledge_graph import KnowledgeGraph
from powkg.freshness import build_apart, is_current
from powkg.settings import Settings
from powkg.store import open_store


def open_graph(store: str | Path | None = None, *, data: str | Path | None = None) -> KnowledgeGraph:
    """The graph, read-only: as it is now, however often it is built anew later.

    The store is built first where the data have changed, as the commands do. `store` is its folder and `data` the
    folder that holds `ontology/`, `graph/` and `queries/`; without them, those of POWKG_STORE and POWKG_DATA, or the
    ones that come with powkg. Raises PowkgError where the store can be neither opened nor built.
    """
    settings = Settings.from_environment(
        os.environ, None if store is None else Path(store), None if data is None else Path(data)
    )
    if not is_current(settings):
        build_apart(settings)
    return KnowledgeGraph(open_store(settings.store), settings.data)
