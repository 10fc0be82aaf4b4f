"""Paths between two entities of a network: the shortest, and the next shortest.

    paths(network, start, end, count, claims=True) -> list[Path]

A path is a chain of links that may be followed in either direction, and that meets no entity twice. All links between
two entities are one step.

Paths come in this order: fewest links; then fewest steps that rest on a claim only; then most passages along the way;
then fewest neighbours of the entities between the ends, added up, so that a path over a hub, which joins everything,
comes late; then by the IRIs of the entities. So the same network gives the same paths, whatever its own order.

The first path is found by A* (Hart, Nilsson and Raphael 1968), which is led by the number of links to the end. The next
ones are found after Yen, "Finding the K Shortest Loopless Paths in a Network", *Management Science* 17 (1971), 712–716:
the next path leaves one that was found at some entity, by a step that no path with the same beginning took.
"""

from __future__ import annotations

import heapq
import math
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from powkg.errors import PowkgError, UsageError
from powkg.namespaces import curie
from powkg.networks.finding import entity_iri


@dataclass(frozen=True, slots=True)
class PathLink:
    """One link of a step: its property's IRI, whether it runs the way of the path, and the passages that state it.

    `claimed` is whether it rests on a claim only.
    """

    property: str
    forwards: bool
    passages: tuple[str, ...]
    claimed: bool


@dataclass(frozen=True, slots=True)
class Step:
    """From one entity to the next, both IRIs, by all links between the two.

    First come those that no claim carries, and of these the most stated.
    """

    start: str
    end: str
    links: tuple[PathLink, ...]

    @property
    def claimed(self) -> bool:
        """Whether every link of the step rests on a claim only."""
        return all(link.claimed for link in self.links)

    @property
    def passages(self) -> tuple[str, ...]:
        """The passages that state any of the links, in order."""
        return tuple(sorted({passage for link in self.links for passage in link.passages}))


@dataclass(frozen=True, slots=True)
class Path:
    """A chain of steps, each beginning where the one before it ends."""

    steps: tuple[Step, ...]

    @property
    def entities(self) -> tuple[str, ...]:
        """The IRIs of the entities along the path, both ends included."""
        return (self.steps[0].start, *(step.end for step in self.steps))

    @property
    def claimed(self) -> bool:
        """Whether any step rests on a claim only."""
        return any(step.claimed for step in self.steps)


def paths(network: nx.MultiDiGraph[str], start: str, end: str, count: int = 1, *, claims: bool = True) -> list[Path]:
    """The best paths between two entities, at most `count` of them and at least one.

    The entities are given as `karl-marx`, `id:karl-marx` or an IRI. Without `claims`, links that rest on a claim only
    are not followed. Raises UsageError where an entity is not in the network, both are the same or `count` is below 1,
    and PowkgError where no path joins the two; it says so where there is one with claims.
    """
    if count < 1:
        raise UsageError(f"count is {count}: give at least 1")
    first, last = (_found(network, name) for name in (start, end))
    if first == last:
        raise UsageError(f"{curie(first)} is both ends of the path: give two different entities")
    found = list(_routes(_Ways(network, claims=claims), first, last, count))
    if not found:
        raise PowkgError(_no_path(network, first, last, claims=claims))
    return [Path(tuple(_step(network, *ends, claims=claims) for ends in pairwise(route))) for route in found]


def _found(network: nx.MultiDiGraph[str], name: str) -> str:
    iri = entity_iri(name)
    if iri is None or iri not in network:
        raise UsageError(f"no entity {name!r} in the network: give the name of one of its nodes, such as harbin")
    return iri


def _no_path(network: nx.MultiDiGraph[str], start: str, end: str, *, claims: bool) -> str:
    message = f"no path joins {curie(start)} and {curie(end)}"
    if claims:
        return message
    for route in _routes(_Ways(network, claims=True), start, end, 1):
        links = len(route) - 1
        return f"{message} without claims; with them there is one of {links} link{'' if links == 1 else 's'}"
    return f"{message}, with or without claims"


def _step(network: nx.MultiDiGraph[str], start: str, end: str, *, claims: bool) -> Step:
    links = [
        PathLink(str(name), forwards, data["passages"], data["claimed"])
        for source, target, forwards in ((start, end, True), (end, start, False))
        if network.has_edge(source, target)
        for name, data in network[source][target].items()
        if claims or not data["claimed"]
    ]
    ordered = sorted(links, key=lambda link: (link.claimed, -len(link.passages), not link.forwards, link.property))
    return Step(start, end, tuple(ordered))


Route = tuple[str, ...]
"""The entities of a path, both ends included."""

_Cost = tuple[int, int, int, int, Route]
"""Links, claimed steps, passages that are lacking, neighbours of what lies between, and the route itself."""

_ENOUGH = 1_000_000
"""Passages of a step, of which those that it has are taken away: a cost may not fall along the way."""


_SMALL = 200
"""How many entities around the end are looked at to see whether it can be reached at all."""


class _Ways:
    """From each entity to the next ones: whether the step is claimed only, and how many passages state it."""

    def __init__(self, network: nx.MultiDiGraph[str], *, claims: bool) -> None:
        self._network = network
        self._claims = claims
        self._known: dict[str, dict[str, tuple[bool, int]]] = {}

    def of(self, entity: str) -> Mapping[str, tuple[bool, int]]:
        """The steps that lead away from an entity."""
        if entity not in self._known:
            passages: dict[str, set[str]] = {}
            unclaimed = set()
            edges = (
                *((other, data) for _, other, data in self._network.out_edges(entity, data=True)),
                *((other, data) for other, _, data in self._network.in_edges(entity, data=True)),
            )
            for other, data in edges:
                if other != entity and (self._claims or not data["claimed"]):
                    passages.setdefault(other, set()).update(data["passages"])
                    if not data["claimed"]:
                        unclaimed.add(other)
            self._known[entity] = {other: (other not in unclaimed, len(found)) for other, found in passages.items()}
        return self._known[entity]

    def distances(self, end: str) -> dict[str, int]:
        """How many links each entity is away from the end; those that cannot reach it are left out."""
        distance = {end: 0}
        waiting = deque([end])
        while waiting:
            entity = waiting.popleft()
            for other in self._beside(entity):
                if other not in distance:
                    distance[other] = distance[entity] + 1
                    waiting.append(other)
        return distance

    def _beside(self, entity: str) -> Iterator[str]:
        for beside in (self._network.succ[entity], self._network.pred[entity]):
            for other, links in beside.items():
                if self._claims or not all(data["claimed"] for data in links.values()):
                    yield other

    def cost(self, route: Route) -> _Cost:
        """What a path costs, in the order that decides."""
        steps = [self.of(one)[other] for one, other in pairwise(route)]
        return (
            len(steps),
            sum(claimed for claimed, _ in steps),
            sum(_ENOUGH - passages for _, passages in steps),
            sum(len(self.of(entity)) for entity in route[1:-1]),
            route,
        )


def _routes(ways: _Ways, start: str, end: str, count: int) -> Iterator[Route]:
    """Yen's algorithm: the routes from the best on, at most `count`."""
    distance = ways.distances(end)
    best = _best(ways, distance, (start,), end, frozenset(), math.inf)
    waiting = [] if best is None else [(ways.cost(best), best)]
    seen = {best}
    found: list[Route] = []
    while waiting and len(found) < count:
        _, route = heapq.heappop(waiting)
        yield route
        found.append(route)
        for place in range(len(route) - 1 if len(found) < count else 0):
            rest = heapq.nsmallest(count - len(found), waiting)
            most = rest[-1][0][0] if len(rest) == count - len(found) else math.inf
            beginning = route[: place + 1]
            taken = frozenset(other[place + 1] for other in found if other[: place + 1] == beginning)
            branch = _best(ways, distance, beginning, end, taken, most)
            if branch is not None and branch not in seen:
                seen.add(branch)
                heapq.heappush(waiting, (ways.cost(branch), branch))


def _best(  # noqa: PLR0913, PLR0917  # what Yen's algorithm has at hand
    ways: _Ways, distance: Mapping[str, int], beginning: Route, end: str, taken: Collection[str], most: float
) -> Route | None:
    """The best way from a beginning on to the end that goes to none of those `taken` first; `most` links at most.

    None where there is none.
    """
    if beginning[-1] not in distance or _is_cut_off(ways, beginning, end, taken):
        return None
    waiting: list[_Cost] = [(0, 0, 0, 0, beginning)]
    reached: set[str] = set(beginning[:-1])
    while waiting:
        least, claimed, lacking, crowd, route = heapq.heappop(waiting)
        here = route[-1]
        if least > most:
            return None
        if here == end:
            return route
        if here in reached:
            continue
        reached.add(here)
        for other, (is_claimed, stated) in ways.of(here).items():
            if other in reached or other not in distance or (here == beginning[-1] and other in taken):
                continue
            links = len(route) + distance[other]
            beside = 0 if other == end else len(ways.of(other))
            item = (links, claimed + is_claimed, lacking + _ENOUGH - stated, crowd + beside, (*route, other))
            heapq.heappush(waiting, item)
    return None


def _is_cut_off(ways: _Ways, beginning: Route, end: str, taken: Collection[str]) -> bool:
    """Whether the end lies in a small part that no way leads into: else all of a large network would be searched."""
    seen = {end}
    waiting = deque([end])
    while waiting and len(seen) < _SMALL:
        entity = waiting.popleft()
        for other in ways.of(entity):
            if other == beginning[-1] and entity not in taken:
                return False
            if other not in seen and other not in beginning:
                seen.add(other)
                waiting.append(other)
    return not waiting
