"""The project's own names that a query mentions, and what to say of one that nothing declares or describes. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import NamedTuple

from powkg.namespaces import CLAIM, GEOMETRY, ID, PASSAGE, POW, PREFIXES, SOURCE, TERM, curie
from powkg.notation import is_absolute_iri
from powkg.tokens import TOKEN

_NAMESPACES = (POW, ID, TERM, SOURCE, PASSAGE, CLAIM, GEOMETRY)
_PREFIXES = "|".join(prefix for prefix, iri in PREFIXES.items() if iri.startswith(_NAMESPACES))
_IN_COMMENT = re.compile(rf"(?<![\w<:/])({_PREFIXES}):([A-Za-z](?:[\w.-]*\w)?)")


class Mention(NamedTuple):
    """An IRI that a text mentions, and the line, counted from 1."""

    iri: str
    line: int


def is_name(iri: str) -> bool:
    """Whether the IRI is that of a term or a thing of the project. A date is none: every date has a name."""
    return iri.startswith(_NAMESPACES) and iri[-1] not in "#/" and is_absolute_iri(iri)


def mentions(text: str, *, comments: bool = False) -> Iterator[Mention]:
    """The names of terms and things of the project in a query: in full, or by a prefix that the query declares.

    With `comments` those with one of the project's prefixes in a comment or a header count too.
    """
    return (mention for mention in iris(text, comments=comments) if is_name(mention.iri))


def iris(text: str, *, comments: bool = False) -> Iterator[Mention]:
    """Every IRI in a query, anybody's, as `mentions` finds those of the project; without those of its prologue."""
    prefixes: dict[str, str] = {}
    before: list[re.Match[str]] = []
    line, position = 1, 0
    for token in TOKEN.finditer(text):
        line += text.count("\n", position, token.start())
        position = token.start()
        for iri in _iris(token, before, prefixes, comments=comments):
            yield Mention(iri, line)
        if token["comment"] is None:
            before = [*before[-1:], token]


def _iris(
    token: re.Match[str], before: list[re.Match[str]], prefixes: dict[str, str], *, comments: bool
) -> Iterator[str]:
    """The IRIs that a token stands for; a declaration's is kept in `prefixes` instead. `before` are the two before."""
    if comments and token["comment"]:
        yield from (PREFIXES[prefix] + local for prefix, local in _IN_COMMENT.findall(token["comment"]))
    elif token["iri"] is not None:
        words = [(found["word"] or "").upper() for found in before]
        if words[:1] == ["PREFIX"] and before[-1]["prefix"] is not None:
            prefixes[before[-1]["prefix"]] = token["iri"]
        elif words[-1:] != ["BASE"]:
            yield token["iri"]
    elif token["prefix"] in prefixes:
        yield prefixes[token["prefix"]] + re.sub(r"\\(.)", r"\1", token["local"])


def unknown(iri: str, known: Iterable[str]) -> str:
    """What to say of a name that is not among the known IRIs, with the nearest of them."""
    return f"{curie(iri)} is not {'declared' if iri.startswith(POW) else 'described'}{near(iri, known)}"


def near(iri: str, known: Iterable[str]) -> str:
    """A hint at the IRI of the same namespace that is spelled most like this one; "" where none is."""
    namespace, name = _split(iri)
    names = [other for kind, other in map(_split, known) if kind == namespace]
    matches = get_close_matches(name, names, n=1, cutoff=0.75)
    return f"; did you mean {curie(namespace + matches[0])}?" if matches else ""


def _split(iri: str) -> tuple[str, str]:
    """The namespace of an IRI, up to the last `#` or `/`, and the name after it."""
    name = re.split("[#/]", iri)[-1]
    return iri[: len(iri) - len(name)], name
