"""Networks of the common form made by hand, for tests of what is worked out from networks."""

from __future__ import annotations

from datetime import date

import networkx as nx

from powkg.entities.facts import Note
from powkg.namespaces import CLAIM, ID, POW, PROV


def iri(name: str) -> str:
    """`id/NAME`, or `claim/NAME` for a name that begins with `claim-`."""
    return (CLAIM if name.startswith("claim-") else ID) + name


class Meeting:
    """A network that grows by nodes and links, which are named without their IRIs."""

    def __init__(self) -> None:
        self.network: nx.MultiDiGraph[str] = nx.MultiDiGraph(words={})

    def node(
        self, name: str, family: str, earliest: date | None = None, latest: date | None = None, *notes: Note
    ) -> Meeting:
        self.network.add_node(
            iri(name),
            iri=iri(name),
            labels={"en": name},
            class_iri=POW + family.capitalize(),
            kind={"en": family, "ja": f"{family}の類"},
            family=family,
            notes=notes,
            earliest=earliest,
            latest=latest,
        )
        return self

    def link(self, source: str, name: str, target: str, *passages: str) -> Meeting:
        """A link by a property of the project's ontology, or `wasAttributedTo`."""
        link = (PROV if name == "wasAttributedTo" else POW) + name
        self.network.add_edge(
            iri(source),
            iri(target),
            key=link,
            property=link,
            labels={"en": name},
            passages=passages or ("p01s1",),
            claimed=any(end.startswith("claim-") for end in (source, target)),
            notes=(),
        )
        return self


def names(network: nx.MultiDiGraph[str]) -> set[str]:
    """The nodes without their IRIs."""
    return {node.rsplit("/", 1)[-1] for node in network}


def pairs(network: nx.MultiDiGraph[str]) -> set[tuple[str, str]]:
    """The ends of the links, without their IRIs."""
    return {(source.rsplit("/", 1)[-1], target.rsplit("/", 1)[-1]) for source, target in network.edges()}
