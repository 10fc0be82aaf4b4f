"""The standard formats of answers, and the choice among them by name or by an Accept header. Pure.

A SELECT or ASK answers in the formats of SPARQL 1.1 Query Results (JSON, XML, CSV, TSV), a graph in those of RDF. The
media type that is returned is the one asked for, also where it is a general one (`application/json`), and
`powkg.store` writes each of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from powkg.errors import UsageError

Kind = Literal["select", "ask", "graph"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its short name, its media type, and other media types that ask for it."""

    name: str
    media_type: str
    aliases: tuple[str, ...] = ()

    @property
    def extension(self) -> str:
        """How the names of files in it end."""
        return _EXTENSIONS.get(self.name, self.name)

    @property
    def media_types(self) -> tuple[str, ...]:
        """Every media type that asks for it, its own first."""
        return (self.media_type, *self.aliases)


TABLE_FORMATS = (
    Format("json", "application/sparql-results+json", ("application/json",)),
    Format("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Format("csv", "text/csv"),
    Format("tsv", "text/tab-separated-values"),
)
"""For SELECT and ASK; the first is the default."""

GRAPH_FORMATS = (
    Format("turtle", "text/turtle", ("application/x-turtle",)),
    Format("ntriples", "application/n-triples", ("text/plain",)),
    Format("jsonld", "application/ld+json", ("application/json",)),
    Format("rdfxml", "application/rdf+xml", ("application/xml", "text/xml")),
    Format("trig", "application/trig"),
    Format("nquads", "application/n-quads"),
)
"""For CONSTRUCT and DESCRIBE; the first is the default."""

INPUT_FORMATS = GRAPH_FORMATS[:4]
"""In which a graph can be sent: those of a single graph."""

FORMATS: dict[Kind, tuple[Format, ...]] = {"select": TABLE_FORMATS, "ask": TABLE_FORMATS, "graph": GRAPH_FORMATS}
"""The formats of each kind of answer, in order of preference."""

_KIND_NAMES = {"select": "a table", "ask": "a yes or no", "graph": "a graph"}
_EXTENSIONS = {"turtle": "ttl", "ntriples": "nt", "rdfxml": "rdf", "nquads": "nq"}
_SHORT_NAMES_OF_GRAPHS = {"json": "jsonld", "xml": "rdfxml"}


def names() -> tuple[str, ...]:
    """The short names of all formats, without repetition."""
    return tuple(dict.fromkeys(entry.name for entry in (*TABLE_FORMATS, *GRAPH_FORMATS)))


def by_name(name: str, kind: Kind, others: Sequence[str] = ()) -> Format:
    """The format with a short name; for a graph, `json` and `xml` are JSON-LD and RDF/XML.

    Raises UsageError, with the names that there are, where this kind of answer has no such format. `others` are names
    of forms that the caller knows besides.
    """
    wanted = _SHORT_NAMES_OF_GRAPHS.get(name, name) if kind == "graph" else name
    for entry in FORMATS[kind]:
        if entry.name == wanted:
            return entry
    known = ", ".join([*(entry.name for entry in FORMATS[kind]), *others])
    raise UsageError(f"the answer is {_KIND_NAMES[kind]} and has no format {name!r}; choose one of {known}")


def of_media_type(media_type: str, entries: Sequence[Format]) -> Format | None:
    """The format among some that a media type asks for; None where there is none."""
    return next((entry for entry in entries if media_type in entry.media_types), None)


def negotiate(accept: str | None, kind: Kind) -> str | None:
    """The media type of this kind of answer that suits an Accept header best; None where none is accepted."""
    return choose(accept, FORMATS[kind])


def choose(accept: str | None, formats: Sequence[Format]) -> str | None:
    """The media type that suits an Accept header best; None where none is accepted (HTTP 406).

    Each media type counts with the q-value of the most specific range that fits it; the highest wins, and among equals
    the more specific range, then our order of preference. No header, or one without any readable range, takes
    everything. A browser's header (it names text/html, and nothing that it likes better) chooses among our own media
    types where it can, so that its `application/xml;q=0.9` does not turn every answer into XML.
    """
    ranges = list(_ranges(accept or ""))
    if not ranges:
        return formats[0].media_type
    own = _best(formats, ranges, general=False) if _is_browser(ranges) else None
    return own or _best(formats, ranges, general=True)


def _is_browser(ranges: list[tuple[str, float]]) -> bool:
    named = {name: quality for name, quality in ranges if "*" not in name}
    html = named.get("text/html", 0.0)
    return html > 0 and html >= max(named.values())


def _best(formats: Sequence[Format], ranges: list[tuple[str, float]], *, general: bool) -> str | None:
    """The media type that fits best; `general` ones are taken too, each where it is named itself."""
    best, best_rank = None, (0.0, 0)
    for entry in formats:
        for media_type in entry.media_types if general else entry.media_types[:1]:
            specificity, quality = _fit(media_type, ranges)
            if media_type != entry.media_type and specificity < _EXACT:
                continue
            if quality > 0 and (quality, specificity) > best_rank:
                best, best_rank = media_type, (quality, specificity)
    return best


_EXACT = 3


def _fit(media_type: str, ranges: list[tuple[str, float]]) -> tuple[int, float]:
    """How specific the best-fitting range is (3 exact, 2 `text/*`, 1 `*/*`, 0 none), and its q-value."""
    patterns = {media_type: _EXACT, media_type.partition("/")[0] + "/*": 2, "*/*": 1}
    return max(((patterns[name], quality) for name, quality in ranges if name in patterns), default=(0, 0.0))


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    """The media ranges of a header in lower case, each with its q-value; what cannot be read is left out."""
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        main, slash, sub = name.partition("/")
        if not (main and slash and sub) or (main == "*" and sub != "*"):
            continue
        quality = _quality(parameters)
        if quality is not None:
            yield name, quality


def _quality(parameters: list[str]) -> float | None:
    """The q-value among a range's parameters, 1 where there is none, None where it is not a number from 0 to 1."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                quality = float(value)
            except ValueError:
                return None
            return quality if 0 <= quality <= 1 else None
    return 1.0
