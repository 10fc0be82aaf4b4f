"""powkg: a knowledge graph of the Japanese prisoners of war in Soviet captivity, and the software that serves it.

    import powkg

    kg = powkg.open()

`open` and `KnowledgeGraph` are looked up when they are first used, so that the parts of the server which never load the
query engine do not load it by importing this package.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from powkg.api import KnowledgeGraph
    from powkg.api import open_graph as open  # noqa: A004

__all__ = ["KnowledgeGraph", "open"]

_NAMES = {"KnowledgeGraph": "KnowledgeGraph", "open": "open_graph"}


def __getattr__(name: str) -> Any:  # noqa: ANN401
    if name in _NAMES:
        return getattr(importlib.import_module("powkg.api"), _NAMES[name])
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_NAMES])
