"""What a network without a focus is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import networkx as nx

from powkg.entities.datelabels import date_label
from powkg.pictures import palette


def titles_of(network: nx.Graph[str], languages: Sequence[str]) -> Mapping[str, str]:
    """What a network without a focus is called, by language: with its projection and date, where it has them."""
    projection, when = network.graph.get("projection", ""), network.graph.get("when", "")
    if not projection and not when:
        return palette.NETWORK
    titles = {}
    for language in ("en", *languages):
        if language in palette.NETWORK_OF:
            parts = ", ".join(filter(None, (projection, _date(when, language))))
            titles[language] = palette.NETWORK_OF[language].format(parts=parts)
    return titles


def _date(when: str, language: str) -> str:
    try:
        return date_label(when, language) if when else ""
    except ValueError:
        return when  # a reader's own graph may have any words there
