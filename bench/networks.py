"""How long networks of a large graph take: `uv run bench/networks.py [ENTITIES [RUNS]]`.

Makes up a graph of the project's shape with ENTITIES (100,000) entities: persons, events, groups, places, cohorts and
claims; participations that have a node of their own; and links whose targets are drawn by how many links they have, as
preferential attachment does (Simon 1955), so that a few hubs have thousands. It is written into a store on disk, as a
build does, in a folder that is removed at the end. It always comes out the same.

Prints a Markdown table of neighbourhoods of two hops, read from the store in this process, and through the workers that
a server has: of the ten largest hubs, of RUNS (200) entities drawn at random, and of as many neighbours of those hubs.
Each is asked for three times, and the fastest counts. Each row has the median and the slowest in milliseconds, and the
median as a multiple of what reading the label of one entity takes in the same run. Below it stands what is done once:
the network of everything, read from the store, and on it the shortest paths and all measures, whose betweenness is an
estimate from some of the nodes.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from powkg import snapshot
from powkg.dataset import read
from powkg.engine import Engine
from powkg.inputs import find_inputs
from powkg.namespaces import CLAIM, DATE, ID, ONTOLOGY, PASSAGE, POW, RDF, RDFS, SOURCE, TERM, TERMS_GRAPH
from powkg.networks.measures import measure
from powkg.networks.neighbourhood import neighbourhood
from powkg.networks.paths import paths
from powkg.networks.whole import whole_network
from powkg.settings import default_data_folder
from powkg.store import Statement, fill, open_store
from powkg.terms import IRI, Literal, Queryable

SEED = 1945
KINDS = {"person": 42, "event": 25, "group": 12, "place": 12, "cohort": 3, "claim": 6}
"""The families of entities and their shares, in percent."""
CLASSES = {
    "person": "Person", "event": "Event", "group": "Organization", "place": "Place", "cohort": "Cohort",
    "claim": "Assessment",
}  # fmt: skip
LINKS = {
    "person": "participant", "event": "participant", "group": "memberOf", "place": "where", "cohort": "partOfCohort",
    "claim": "about",
}  # fmt: skip
FIRST = 60
"""How many entities there are before links begin; each is as likely a target as if it had one."""
TO_KNOWN, ONE_MORE, TWICE, OWN_NODE = 0.8, 0.62, 0.2, 0.5
"""Chances: of a target that is drawn by its links; of one more link; of a second passage; of a participation."""
LABEL = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?entity ?label WHERE { ?entity rdfs:label ?label }
"""
PIVOTS = 64
ROUNDS = 3


class Entity(NamedTuple):
    """One of the entities that are made up."""

    iri: str
    kind: str
    passage: str


def entities(number: int, chance: random.Random) -> list[Entity]:
    """The entities, 20 of them a paragraph."""
    kinds = chance.choices(list(KINDS), list(KINDS.values()), k=number)
    made = []
    for place, kind in enumerate(kinds):
        name = f"p{place // 20:05}s{place % 20 + 1}"
        iri = f"{CLAIM}made-up/{name}-said" if kind == "claim" else f"{ID}{kind}-{place}"
        made.append(Entity(iri, kind, f"{PASSAGE}made-up/{name}"))
    return made


def links(number: int, chance: random.Random) -> Iterator[tuple[int, int]]:
    """Pairs of entities, by their places: each links to some that came before it."""
    drawn = list(range(FIRST))
    for place in range(FIRST, number):
        more = True
        while more:
            target = chance.choice(drawn) if chance.random() < TO_KNOWN else chance.randrange(place)
            drawn.append(target)
            yield place, target
            more = chance.random() < ONE_MORE


def described(one: Entity, place: int) -> Iterator[Statement]:
    """What is said of an entity alone."""
    subject = IRI(one.iri)
    yield subject, IRI(RDF + "type"), IRI(POW + CLASSES[one.kind]), one.passage
    yield subject, IRI(RDFS + "label"), Literal(f"{one.kind} {place}", "en"), SOURCE + "editorial"
    if place % 3 == 0:
        yield subject, IRI(RDFS + "label"), Literal(f"項目{place}", "ja"), SOURCE + "editorial"
    if one.kind == "event":
        yield subject, IRI(POW + "when"), IRI(f"{DATE}{1945 + place % 12}"), one.passage
    if one.kind == "claim":
        yield subject, IRI(POW + "certainty"), IRI(TERM + "stated"), one.passage


def linked(one: Entity, other: Entity, again: str, chance: random.Random) -> Iterator[Statement]:
    """What joins two entities; `again` is another passage that may say so too."""
    if (one.kind, other.kind) == ("person", "event") and chance.random() < OWN_NODE:
        relation = IRI(f"{one.iri}-in-{other.iri.removeprefix(ID)}")
        yield relation, IRI(RDF + "type"), IRI(POW + "Participation"), one.passage
        yield relation, IRI(POW + "agent"), IRI(one.iri), one.passage
        yield relation, IRI(POW + "inEvent"), IRI(other.iri), one.passage
        yield relation, IRI(POW + "role"), IRI(TERM + chance.choice(("commander", "attendee"))), one.passage
        return
    name = IRI(POW + (LINKS["claim"] if one.kind == "claim" else LINKS[other.kind]))
    yield IRI(one.iri), name, IRI(other.iri), one.passage
    if chance.random() < TWICE:
        yield IRI(one.iri), name, IRI(other.iri), again


def statements(made: Sequence[Entity], pairs: Sequence[tuple[int, int]], chance: random.Random) -> Iterator[Statement]:
    """The ontology's own, and those that are made up."""
    for quad in read(find_inputs(default_data_folder())).statements():
        if quad.graph.startswith((ONTOLOGY, TERMS_GRAPH)):
            yield quad.subject, quad.predicate, quad.value, quad.graph
    for place, one in enumerate(made):
        yield from described(one, place)
    for one, other in pairs:
        if one != other:
            yield from linked(made[one], made[other], chance.choice(made).passage, chance)


def seconds(call: Callable[[], object], rounds: int = ROUNDS) -> float:
    """How long a call takes: the fastest of ROUNDS, since what else the machine does can only slow it."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def print_neighbourhoods(title: str, store: Queryable, foci: dict[str, list[str]]) -> None:
    """The rows of one way to ask."""
    anyone = [focus for found in foci.values() for focus in found][:100]
    base = statistics.median(seconds(lambda iri=iri: list(store.query(LABEL, {"entity": IRI(iri)}))) for iri in anyone)
    for name, found in foci.items():
        times = [seconds(lambda iri=iri: neighbourhood(store, iri, hops=2)) for iri in found]
        median = statistics.median(times)
        cells = (f"{1000 * median:.1f}", f"{1000 * max(times):.1f}", f"{median / base:.0f}")
        print(f"| {name}, {title} | {' | '.join(cells)} |")


def main() -> None:
    """Make the graph up, measure, print."""
    number, runs = (int(given) for given in (*sys.argv[1:], *("100000", "200")[len(sys.argv) - 1 :]))
    chance = random.Random(SEED)  # noqa: S311  # it must come out the same
    made = entities(number, chance)
    pairs = list(links(number, chance))
    degrees = Counter(place for pair in pairs for place in pair)
    hubs = [place for place, _ in degrees.most_common(10)]
    beside = sorted({one for one, other in pairs if other in hubs} - set(hubs))
    foci = {
        "the 10 largest hubs": [made[place].iri for place in hubs],
        f"{runs} entities": [one.iri for one in chance.sample(made, runs)],
        f"{runs} neighbours of the hubs": [made[place].iri for place in chance.sample(beside, min(runs, len(beside)))],
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def write(data: Path) -> dict[str, str]:
            fill(statements(made, pairs, chance), "", data)
            return {}

        with snapshot.writing(folder) as publish:
            publish("0" * 64, write)
        store = open_store(folder)
        sizes = ", ".join(f"{degrees[place]:,}" for place in hubs[:5])
        print(f"{number:,} entities, {len(pairs):,} links; the largest hubs have {sizes} links.\n")
        print("| two hops from | median ms | slowest ms | × a label |\n|---|---|---|---|")
        print_neighbourhoods("in process", store, foci)
        with closing(Engine(folder, None, size=1)) as engine:
            print_neighbourhoods("through a worker", engine, foci)
        print_once(store, foci)


def print_once(store: Queryable, foci: dict[str, list[str]]) -> None:
    """What takes the whole network."""
    start = time.perf_counter()
    network = whole_network(store)
    reading = time.perf_counter() - start
    print("\n| once | s | × reading |\n|---|---|---|")
    print(f"| the network of everything, {network.number_of_edges():,} links | {reading:.1f} | 1 |")
    ends = list(foci.values())[1]
    for count, what in ((1, "the shortest path"), (10, "the 10 shortest paths")):
        found = [
            seconds(lambda ends=pair, count=count: paths(network, *ends, count=count)) for pair in pairwise(ends[:11])
        ]
        median = statistics.median(found)
        print(f"| {what}, median of 10 pairs | {median:.2f} | {median / reading:.2f} |")
    measuring = seconds(lambda: measure(network, pivots=PIVOTS), 1)
    print(f"| all measures, betweenness from {PIVOTS} nodes | {measuring:.1f} | {measuring / reading:.1f} |")


if __name__ == "__main__":
    main()
