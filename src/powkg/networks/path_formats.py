"""Paths as text, CSV and JSON.

    to_text(network, paths, language) -> str
    to_csv(network, paths, languages) -> str
    to_json(network, paths, languages) -> str

The network is the one that the paths were found in: it has the labels.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any

import networkx as nx

from powkg.entities.captions import best
from powkg.networks.paths import Path, PathLink, Step


def to_text(network: nx.MultiDiGraph[str], found: Sequence[Path], language: str) -> str:
    """Each path as lines, a link a line, in the language or else in English."""
    return "\n".join("".join(f"{line}\n" for line in _lines(network, path, language)) for path in found)


def to_csv(network: nx.MultiDiGraph[str], found: Sequence[Path], languages: Sequence[str]) -> str:
    """A row a link, with labels in each language; empty in one that has none."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_columns(languages))
    writer.writerows(_rows(network, found, languages))
    return out.getvalue()


def to_json(network: nx.MultiDiGraph[str], found: Sequence[Path], languages: Sequence[str]) -> str:
    """Paths, their steps, and the links of each, with labels in each language that has one."""
    return json.dumps(_document(network, found, languages), ensure_ascii=False, indent=2) + "\n"


def _counted(links: int) -> str:
    return f"{links} link{'' if links == 1 else 's'}"


def _lines(network: nx.MultiDiGraph[str], path: Path, language: str) -> Iterator[str]:
    """The path as text: each link a line that reads along the path, with its passages."""

    def name(entity: str) -> str:
        return best(network.nodes[entity]["labels"], language) or entity

    claimed = sum(step.claimed for step in path.steps)
    resting = f", {claimed} of which {'rests' if claimed == 1 else 'rest'} on a claim only" if claimed else ""
    yield f"{name(path.steps[0].start)} – {name(path.steps[-1].end)}: {_counted(len(path.steps))}{resting}"
    yield f"  {name(path.steps[0].start)}"
    for step in path.steps:
        for number, link in enumerate(step.links):
            label = best(_labels(network, step, link), language)
            arrow = f"─ {label} →" if link.forwards else f"← {label} ─"
            mark = "  (claim)" if link.claimed else ""
            yield f"  {arrow} {name(step.end) if number == 0 else 'the same'}  {' '.join(link.passages)}{mark}"


def _labels(network: nx.MultiDiGraph[str], step: Step, link: PathLink) -> dict[str, str]:
    ends = (step.start, step.end) if link.forwards else (step.end, step.start)
    labels: dict[str, str] = network.edges[(*ends, link.property)]["labels"]
    return labels


def _columns(languages: Sequence[str]) -> list[str]:
    def labelled(name: str) -> list[str]:
        return [name, *(f"{name}_{language}" for language in languages)]

    return [
        "path",
        "step",
        *labelled("from"),
        *labelled("property"),
        "direction",
        *labelled("to"),
        "passages",
        "claimed",
    ]


def _rows(network: nx.MultiDiGraph[str], found: Sequence[Path], languages: Sequence[str]) -> Iterator[list[str]]:
    """A row a link; labels are empty in a language that has none."""
    for number, path in enumerate(found, 1):
        for place, step in enumerate(path.steps, 1):
            start, end = (
                [entity, *(network.nodes[entity]["labels"].get(language, "") for language in languages)]
                for entity in (step.start, step.end)
            )
            for link in step.links:
                labels = _labels(network, step, link)
                named = [link.property, *(labels.get(language, "") for language in languages)]
                direction = "forwards" if link.forwards else "backwards"
                claimed = "yes" if link.claimed else "no"
                yield [str(number), str(place), *start, *named, direction, *end, " ".join(link.passages), claimed]


def _document(network: nx.MultiDiGraph[str], found: Sequence[Path], languages: Sequence[str]) -> dict[str, Any]:
    def labelled(iri: str, labels: dict[str, str]) -> dict[str, Any]:
        return {"iri": iri, "labels": {language: labels[language] for language in languages if language in labels}}

    def entity(iri: str) -> dict[str, Any]:
        return labelled(iri, network.nodes[iri]["labels"])

    return {
        "paths": [
            {
                "links": len(path.steps),
                "claimed": path.claimed,
                "steps": [
                    {
                        "from": entity(step.start),
                        "to": entity(step.end),
                        "claimed": step.claimed,
                        "links": [
                            {
                                "property": labelled(link.property, _labels(network, step, link)),
                                "forwards": link.forwards,
                                "passages": list(link.passages),
                                "claimed": link.claimed,
                            }
                            for link in step.links
                        ],
                    }
                    for step in path.steps
                ],
            }
            for path in found
        ]
    }
