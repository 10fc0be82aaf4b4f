"""Temporal slices: what a network holds of a year, a month, or any other date.

A network says when something was only of some of its nodes. What a slice keeps is therefore a rule, and this is it:

1. **Dated nodes** are kept where the days between which they lie meet those of the date. Their days are `earliest` and
   `latest`; those of a work its `pow:dated`, those of people counted together their `pow:period`. An end that no source
   gives is open: what has a beginning only is taken to last. Bounds, deadlines and the period that a
   title names are no dates. But `pow:notBefore` is the first of the days between which an event lies, where nothing
   else gives it; `pow:notAfter` is no last one, since what had come about by a day may have gone on.
2. **Undated nodes** are kept where they are linked to a dated node that is kept, whatever else they are linked to.
   Claims are undated, and so are most places, groups and circumstances.
3. **Persons** are kept as undated nodes are, and only while they lived, as far as it is known: birth and death bound
   what a person can have taken part in, and say of no day that he or she did. Nobody draws neighbours in.
4. All links among the nodes that are kept are kept. A link has no date of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import networkx as nx

from powkg.dates import DateBounds, bounds
from powkg.errors import UsageError
from powkg.namespaces import POW
from powkg.networks.parts import part
from powkg.networks.projections import WHOLE

_OWN_DATES = (POW + "dated", POW + "period")
_NOT_BEFORE = POW + "notBefore"

_Days = tuple[date | None, date | None]


def at(network: nx.MultiDiGraph[str], when: str) -> nx.MultiDiGraph[str]:
    """What the network holds of a date, named as in `powkg.dates`: 1945, 1945-08, 1945-24 (a winter), 1945_1956.

    The graph has more attributes: `when`, the date; `dated_omitted`, how many dated nodes, persons included, were left
    out since their days do not meet it; `undated_omitted`, how many undated ones were left out, and `undated_unplaced`,
    how many of these have no dated neighbour at all, so that no slice could hold them; `open_ended`, how many dated
    nodes were kept only because no source gives their beginning or their end.

    Raises UsageError where `when` is no date, and for a projection that has lost its dates.
    """
    try:
        wanted = bounds(when)
    except ValueError as error:
        raise UsageError(f"when: {error}") from None
    lives = {node: _days(data) for node, data in network.nodes(data=True) if data["family"] == "person"}
    dated = {node: _days(data) for node, data in network.nodes(data=True) if node not in lives and any(_days(data))}
    projection = network.graph.get("projection", WHOLE)
    if projection != WHOLE and not dated:
        raise UsageError(f"when is {when!r}, and {projection} has no dated nodes: cut the slice first, then project it")
    meeting = {node for node, days in dated.items() if _meets(days, wanted)}
    outlived = {node for node, days in lives.items() if not _meets(days, wanted)}
    undated = set(network) - dated.keys() - outlived
    near = {node for node in undated if not meeting.isdisjoint(_neighbours(network, node))}
    made = part(network, meeting | near)
    made.graph.update(
        when=when,
        dated_omitted=len(dated) - len(meeting) + len(outlived),
        undated_omitted=len(undated) - len(near),
        undated_unplaced=sum(dated.keys().isdisjoint(_neighbours(network, node)) for node in undated),
        open_ended=sum(_open(dated[node], wanted) for node in meeting),
    )
    return made


def _days(data: Mapping[str, Any]) -> _Days:
    """The days between which a node certainly lies; None for an end that is not known."""
    earliest, latest = data["earliest"], data["latest"]
    if earliest is None and latest is None:
        own = _dates(data, *_OWN_DATES)
        earliest, latest = (
            min((one.earliest for one in own), default=None),
            max((one.latest for one in own), default=None),
        )
    if earliest is None:
        earliest = max((one.earliest for one in _dates(data, _NOT_BEFORE)), default=None)
    return earliest, latest


def _dates(data: Mapping[str, Any], *properties: str) -> list[DateBounds]:
    return [bounds(note.date) for note in data["notes"] if note.date and note.property in properties]


def _meets(days: _Days, wanted: DateBounds) -> bool:
    earliest, latest = days
    return (earliest is None or earliest <= wanted.latest) and (latest is None or wanted.earliest <= latest)


def _open(days: _Days, wanted: DateBounds) -> bool:
    """Whether days that meet the date would not do so if the end that is not known were the one that is."""
    known = tuple(day for day in days if day is not None)
    return len(known) == 1 and not wanted.earliest <= known[0] <= wanted.latest


def _neighbours(network: nx.MultiDiGraph[str], node: str) -> set[str]:
    return set(network.successors(node)) | set(network.predecessors(node))
