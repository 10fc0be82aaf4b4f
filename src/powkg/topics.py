"""The topics of the questions: what `tags` may say in a header, and the order in which topics are shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

TOPICS = {
    "captivity": "The captivity, the return and the dead",
    "figures": "Figures and what they rest on",
    "claims": "Causes, judgements, and who stands behind them",
    "promises": "Promises and treaties",
    "people": "People, bodies and offices",
    "events": "Events and dates",
    "places": "Places and maps",
    "works": "Works, pictures and reading",
    "sources": "Sources, sentences and evidence",
    "names": "Names and identifiers",
    "ontology": "The ontology and what is inferred",
    "cidoc-crm": "In the terms of CIDOC CRM",
}
"""The heading of each topic, in the order of a reader's way: from what happened to how the graph is made."""


class HasTopic(Protocol):
    """Whatever belongs to a topic."""

    @property
    def topic(self) -> str:
        """A key of TOPICS."""


_T = TypeVar("_T", bound=HasTopic)


def by_topic(things: Iterable[_T]) -> dict[str, list[_T]]:
    """The things by the heading of their topic, within it in the order given; no topic without a thing."""
    given = list(things)
    groups = {heading: [thing for thing in given if thing.topic == topic] for topic, heading in TOPICS.items()}
    return {heading: group for heading, group in groups.items() if group}
