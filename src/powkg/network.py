"""Neighbourhoods of entities, read from the store as networkx graphs."""

from __future__ import annotations

import difflib
import math
from collections import defaultdict
from collections.abc import Iterable

import networkx as nx

from powkg.entities.facts import Facts
from powkg.errors import UsageError
from powkg.namespaces import CLAIM, ID, curie, expand
from powkg.notation import is_absolute_iri
from powkg.terms import Queryable

DEFAULT_LIMIT = 16
MOST_HOPS = 3

NAMES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?entity ?name WHERE { ?entity rdfs:label|skos:altLabel ?name }
"""


def entity_iri(name: str) -> str | None:
    """The IRI that such a name stands for, whether or not any store knows it; None where it can be no entity's."""
    given = name.strip()
    iri = given if given.startswith(("http://", "https://")) else expand(given) or ID + given
    return iri if iri.startswith((ID, CLAIM)) and is_absolute_iri(iri) else None


def find_entity(store: Queryable, name: str) -> str:
    """The IRI of an entity given as `junpei-gomikawa`, `id:junpei-gomikawa` or an IRI.

    Raises UsageError, with the nearest names, where the store says nothing of it.
    """
    iri = entity_iri(name)
    if iri is not None and Facts(store).known(iri):
        return iri
    near = _near_matches(store, name.strip())
    hint = f"did you mean {', '.join(near)}?" if near else "give a name such as harbin, id:harbin or a whole IRI"
    raise UsageError(f"no entity {name!r} in the store: {hint}")


def neighbourhood(store: Queryable, entity: str, hops: int = 1, limit: int = DEFAULT_LIMIT) -> nx.MultiDiGraph[str]:
    """The entity and its most relevant neighbours up to `hops` links away, at most `limit` of them.

    Nodes are IRIs with `iri`, `labels` (by language), `kind` (the labels of the most specific class), `family` (one of
    `facts.FAMILIES`), `notes` (of `facts.Note`), `hop` and `relevance`; the keys of edges are the properties' IRIs,
    with `property`, `labels`, `passages` (names such as p10s6, in order) and `notes`. The graph has `focus` (an IRI),
    `omitted` (how many neighbours were left out) and `words` (the labels of the notes' properties and sources).
    All links between the nodes are in it, those among the neighbours too.

    Relevance falls from the focus outwards: each node hands on its own in shares, one a passage that states a link, as
    a random walk would. What arrives is divided by log2(1 + the number of neighbours), the weight of Adamic & Adar
    (2003), so that an entity which is linked to everything says little about this one. The best are taken one by one,
    each next to one taken before; ties go to the first IRI.
    """
    if not 1 <= hops <= MOST_HOPS:
        raise UsageError(f"hops is {hops}: give 1 to {MOST_HOPS}")
    if limit < 1:
        raise UsageError(f"limit is {limit}: give at least 1")
    focus = find_entity(store, entity)
    facts = Facts(store)
    relevance, hop = _relevance(facts, focus, hops, limit)
    kept = _most_relevant(facts, focus, relevance, limit)
    return _graph(facts, focus, kept, relevance, hop)


def _relevance(facts: Facts, focus: str, hops: int, limit: int) -> tuple[dict[str, float], dict[str, int]]:
    """The relevance and distance of what can be reached. Of each ring only the best `limit` nodes lead further."""
    relevance = {focus: 1.0}
    distance = {focus: 0}
    ring = [focus]
    for hop in range(1, hops + 1):
        gained: dict[str, float] = defaultdict(float)
        for node in ring:
            shares = _shares(facts, node)
            total = sum(shares.values())
            for other in sorted(shares.keys() - relevance.keys()):
                gained[other] += relevance[node] * shares[other] / total
        for other, value in gained.items():
            relevance[other] = value / math.log2(1 + len(_shares(facts, other)))
            distance[other] = hop
        ring = sorted(gained, key=lambda other: (-relevance[other], other))[:limit]
    return relevance, distance


def _shares(facts: Facts, node: str) -> dict[str, int]:
    """How many passages state a link between the node and each of its neighbours, over all properties."""
    shares: dict[str, int] = defaultdict(int)
    for link in facts.links(node):
        shares[link.other(node)] += len(link.passages)
    return shares


def _most_relevant(facts: Facts, focus: str, relevance: dict[str, float], limit: int) -> list[str]:
    kept = [focus]
    reachable: set[str] = set()
    while len(kept) <= limit:
        reachable |= _shares(facts, kept[-1]).keys() & relevance.keys()
        candidates = reachable - set(kept)
        if not candidates:
            break
        kept.append(min(candidates, key=lambda node: (-relevance[node], node)))
    return kept


def _graph(
    facts: Facts, focus: str, kept: list[str], relevance: dict[str, float], hop: dict[str, int]
) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(focus=focus, omitted=len(relevance) - len(kept), words={})
    words = graph.graph["words"]
    for node in kept:
        kind = facts.kind(node)
        notes = facts.notes(node)
        graph.add_node(
            node,
            iri=node,
            labels=facts.labels(node),
            kind=facts.labels(kind.class_iri) if kind.class_iri else {},
            family=kind.family,
            notes=notes,
            hop=hop[node],
            relevance=relevance[node],
        )
        words.update((iri, facts.labels(iri)) for note in notes for iri in (note.property, *note.sources))
    for node in kept:
        for link in facts.links(node):
            if link.source == node and link.target in graph:
                graph.add_edge(
                    node,
                    link.target,
                    key=link.property,
                    property=link.property,
                    labels=facts.labels(link.property),
                    passages=link.passages,
                    notes=link.notes,
                )
                words.update((note.property, facts.labels(note.property)) for note in link.notes)
    return graph


def _near_matches(store: Queryable, given: str) -> list[str]:
    """Up to five prefixed names of entities whose name or label is most like what was given, the best first."""
    wanted = given.rsplit("/", 1)[-1].rsplit(":", 1)[-1].casefold()
    names: dict[str, set[str]] = defaultdict(set)
    for entity, name in store.query(NAMES):
        if str(entity).startswith(ID):
            names[str(name).casefold()].add(str(entity))
            names[str(entity).removeprefix(ID)].add(str(entity))
    holding = sorted(name for name in names if len(wanted) > 2 and wanted in name)
    close = difflib.get_close_matches(wanted, sorted(names), n=5)
    found: Iterable[str] = (curie(entity) for name in (*close, *holding) for entity in sorted(names[name]))
    return list(dict.fromkeys(found))[:5]
