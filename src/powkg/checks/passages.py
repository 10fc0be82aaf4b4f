"""Whether every sentence of a source is accounted for, and each passage is where its name says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from powkg.checks.finding import Finding
from powkg.checks.material import Material, is_whole
from powkg.namespaces import OA, POW, curie, passage_label
from powkg.passages import is_of_sentence

_LABEL = re.compile(r"p([0-9]{2,})s([1-9][0-9]*)")

Number = tuple[int, int]
"""Paragraph and sentence, both counted from 1."""


def passages_unaccounted_for(material: Material) -> Iterator[Finding]:
    """A passage with neither statements, but for those on itself, nor a reason for having none."""
    for passage in material.passages - _speaking(material) - _silent(material):
        yield Finding(passage, "nothing is stated in its graph, and no reason is given for that")


def passages_with_and_without_statements(material: Material) -> Iterator[Finding]:
    """A passage with statements and a reason for having none."""
    for passage in material.passages & _speaking(material) & _silent(material):
        message = "a reason is given why nothing is stated in its graph, but something is"
        yield Finding(passage, message, predicate=POW + "withoutStatements")


def missing_passages(material: Material) -> Iterator[Finding]:
    """A paragraph, or a sentence before the last of a paragraph, that is no passage."""
    counts = {str(quad.subject): str(quad.value) for quad in material.by_predicate[POW + "paragraphs"]}
    for source, passages in _by_source(material).items():
        last: defaultdict[int, int] = defaultdict(int)
        for paragraph, sentence in passages:
            last[paragraph] = max(last[paragraph], sentence)
        count = int(counts[source]) if is_whole(counts.get(source, "")) else max(last)
        expected = ((n, m) for n in range(1, count + 1) for m in range(1, max(last[n], 1) + 1))
        for paragraph, sentence in expected:
            if (paragraph, sentence) not in passages:
                yield Finding(source, f"sentence {sentence} of paragraph {paragraph} is no passage of it")
        for paragraph in sorted(last):
            if paragraph > count:
                message = f"paragraph {paragraph} has passages, and the source has {count} paragraphs"
                yield Finding(source, message, predicate=POW + "paragraphs")


def misnamed_passages(material: Material) -> Iterator[Finding]:
    """A passage whose paragraph and sentence are not those of its name."""
    for passage in sorted(material.passages):
        match = _LABEL.fullmatch(passage_label(passage))
        if match is None:
            yield Finding(passage, "its name does not end like p06s2, with its paragraph and its sentence")
            continue
        for predicate, number in ((POW + "paragraph", match[1]), (POW + "sentence", match[2])):
            for value in material.values(passage, predicate):
                if value != str(int(number)):
                    message = f"by its name its {curie(predicate)} is {int(number)}, not {value}"
                    yield Finding(passage, message, predicate=predicate)


def overlapping_passages(material: Material) -> Iterator[Finding]:
    """A passage that begins before the one before it has ended."""
    for passages in _by_source(material).values():
        spans = [(passage, span) for _, passage in sorted(passages.items()) if (span := _span(material, passage))]
        for (before, (_, end)), (passage, (start, _)) in pairwise(spans):
            if start < end:
                yield Finding(passage, f"it begins at {start}, and {curie(before)} ends at {end}")


def _span(material: Material, passage: str) -> tuple[int, int] | None:
    """The code points where a passage begins and ends; None where they are not stated as whole numbers."""
    found = [
        value
        for selector in material.values(passage, OA + "hasSelector")
        for name in ("start", "end")
        for value in material.values(selector, OA + name)
    ]
    return (int(found[0]), int(found[1])) if len(found) == 2 and all(map(is_whole, found)) else None


def _by_source(material: Material) -> Mapping[str, dict[Number, str]]:
    """The passages of each source by the numbers in their names; those with other names are left out."""
    found: defaultdict[str, dict[Number, str]] = defaultdict(dict)
    for passage in material.passages:
        match = _LABEL.fullmatch(passage_label(passage))
        if match:
            found[material.source(passage)][int(match[1]), int(match[2])] = passage
    return found


def _silent(material: Material) -> set[str]:
    return {str(quad.subject) for quad in material.by_predicate[POW + "withoutStatements"]}


def _speaking(material: Material) -> set[str]:
    return {quad.graph for quad in material.facts if is_of_sentence(quad.graph, str(quad.subject))}
