"""One passage from its position in the text to what its graph states: `walk(store, passage)`.

The sentence itself is nowhere in the store. What is shown of it is where it stands, how long it is, its fingerprint,
and the statements of the graph that it is the name of, each as Turtle and in the words of the labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from powkg.entities.captions import number_caption
from powkg.namespaces import POW, PROV, RDF, RDFS, SKOS, XSD, curie
from powkg.notation import quoted
from powkg.publish.documentation import Ref, Value, literal
from powkg.publish.triples import Triples
from powkg.terms import IRI, Literal, Queryable, Term

PASSAGE = """\
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX pow: <https://w3id.org/powkg/ontology#>

SELECT ?passage ?source ?creator ?digest ?paragraph ?sentence ?start ?end ?words ?fingerprint WHERE {
  ?passage oa:hasSource ?source ; oa:hasSelector ?selector ; pow:paragraph ?paragraph ; pow:sentence ?sentence ;
    pow:words ?words ; pow:fingerprint ?fingerprint .
  ?selector oa:start ?start ; oa:end ?end .
  ?source dcterms:creator ?creator ; pow:digest ?digest .
}
"""

STATEMENTS = """\
SELECT ?passage ?subject ?property ?value WHERE { GRAPH ?passage { ?subject ?property ?value } }
"""

NAMES = """\
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT DISTINCT ?passage ?thing ?name WHERE {
  { GRAPH ?passage { ?thing ?property ?value } }
  UNION { GRAPH ?passage { ?subject ?property ?thing } }
  UNION { ?passage oa:hasSource/dcterms:creator? ?thing }
  ?thing rdfs:label|skos:prefLabel ?name . FILTER(LANG(?name) = "en")
}
"""

TERMS = """\
PREFIX pow: <https://w3id.org/powkg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?term ?property ?value WHERE {
  VALUES ?property { rdfs:label skos:definition rdfs:subClassOf }
  { GRAPH <https://w3id.org/powkg/ontology> { ?term ?property ?value } }
  UNION { GRAPH <https://w3id.org/powkg/term> { ?term ?property ?value } }
  FILTER(!ISLITERAL(?value) || LANG(?value) = "en")
}
"""

_PLAIN = {XSD + name for name in ("integer", "decimal", "boolean")}
_CLAIM = POW + "Claim"


@dataclass(frozen=True, slots=True)
class Line:
    """A statement as Turtle, without its subject and its last mark, and the same in words."""

    turtle: str
    property: Ref
    value: Value


@dataclass(frozen=True, slots=True)
class Subject:
    """Everything that the passage's graph states of one thing; the types come first."""

    ref: Ref
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A claim of a number: what is printed, with its qualifier and that word's meaning, the range, who says so.

    Numbers are texts, "" where the claim does not give them; so are the labels of method and certainty.
    """

    claim: Ref
    cohort: Ref
    printed: str
    qualifier: Ref | None
    meaning: str
    least: str
    most: str
    ratio: str
    ratio_to: Ref | None
    claimants: tuple[Ref, ...]
    method: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Walk:
    """The passage with its place in its source, and what it states.

    `start` and `end` count the code points of the text whose SHA-256 is `digest`. `count` is the number of statements.
    """

    passage: Ref
    source: Ref
    creator: Ref
    digest: str
    paragraph: int
    sentence: int
    start: int
    end: int
    words: int
    fingerprint: str
    count: int
    subjects: tuple[Subject, ...]
    figures: tuple[Figure, ...]

    @property
    def length(self) -> int:
        """The number of code points."""
        return self.end - self.start


def walk(store: Queryable, passage: str) -> Walk | None:
    """The way from the position of a passage (an IRI) to its triples; None where the store has no such passage."""
    for _, source, creator, digest, *numbers, fingerprint in store.query(PASSAGE, {"passage": IRI(passage)}):
        names = {str(thing): str(name) for _, thing, name in store.query(NAMES, {"passage": IRI(passage)})}
        rows = [row[1:] for row in store.query(STATEMENTS, {"passage": IRI(passage)})]
        writer = _Writer(names, Triples(store.query(TERMS)), Triples(rows))
        subjects = tuple(writer.subjects(rows))
        paragraph, sentence, start, end, words = (int(str(number)) for number in numbers)
        return Walk(
            passage=writer.ref(passage),
            source=writer.ref(str(source)),
            creator=writer.ref(str(creator)),
            digest=str(digest),
            paragraph=paragraph,
            sentence=sentence,
            start=start,
            end=end,
            words=words,
            fingerprint=str(fingerprint),
            count=len(rows),
            subjects=subjects,
            figures=tuple(writer.figures()),
        )
    return None


class _Writer:
    """Writes the statements of one passage; it knows the names of things and the ontology."""

    def __init__(self, names: Mapping[str, str], terms: Triples, stated: Triples) -> None:
        self._names = names
        self._terms = terms
        self._stated = stated

    def ref(self, iri: str) -> Ref:
        return Ref(iri, self._terms.labels(iri).get("en") or self._names.get(iri) or curie(iri).strip("<>"))

    def subjects(self, rows: Iterable[tuple[Term | None, ...]]) -> Iterable[Subject]:
        """The statements by subject, things before the claims about them."""
        ordered = sorted(rows, key=lambda row: (self._is_claim(str(row[0])), *self._place(row)))
        for subject, group in groupby(ordered, key=lambda row: str(row[0])):
            lines = (self._line(str(predicate), value) for _, predicate, value in group if value is not None)
            yield Subject(self.ref(subject), tuple(lines))

    def _place(self, row: tuple[Term | None, ...]) -> tuple[str, bool, str, str]:
        subject, predicate, value = map(str, row)
        return subject, predicate != RDF + "type", self.ref(predicate).label, value

    def _line(self, predicate: str, value: Term) -> Line:
        name = Ref(predicate, "is of the class") if predicate == RDF + "type" else self.ref(predicate)
        thing = self.ref(value.value) if isinstance(value, IRI) else None
        text = f"{turtle(IRI(predicate))} {turtle(value)}"
        return Line(text, name, Value(thing.label, thing) if thing else literal(value))

    def _is_claim(self, iri: str) -> bool:
        waiting = self._stated.iris(iri, RDF + "type")
        seen: set[str] = set()
        while waiting:
            kind = waiting.pop()
            if kind == _CLAIM:
                return True
            if kind not in seen:
                seen.add(kind)
                waiting += self._terms.iris(kind, RDFS + "subClassOf")
        return False

    def figures(self) -> Iterable[Figure]:
        """The claims of numbers that the passage reports."""
        for claim in self._stated.of_type(POW + "QuantityClaim"):
            qualifier, cohort = self._one(claim, "qualifier"), self._one(claim, "cohort")
            if cohort is None:
                continue
            method, certainty = self._one(claim, "method"), self._one(claim, "certainty")
            yield Figure(
                claim=self.ref(claim),
                cohort=cohort,
                printed=self._number(claim, "figure"),
                qualifier=qualifier,
                meaning=self._terms.text(qualifier.iri, SKOS + "definition") if qualifier else "",
                least=self._number(claim, "atLeast"),
                most=self._number(claim, "atMost"),
                ratio=self._number(claim, "ratio"),
                ratio_to=self._one(claim, "ratioTo"),
                claimants=tuple(map(self.ref, self._stated.iris(claim, PROV + "wasAttributedTo"))),
                method=method.label if method else "",
                certainty=certainty.label if certainty else "",
            )

    def _one(self, claim: str, name: str) -> Ref | None:
        return next(map(self.ref, self._stated.iris(claim, POW + name)), None)

    def _number(self, claim: str, name: str) -> str:
        return number_caption(self._stated.text(claim, POW + name), "en")


def turtle(term: Term) -> str:
    """A term as Turtle writes it, with the prefixes of the project."""
    if isinstance(term, IRI):
        name = curie(term.value)
        return "a" if term.value == RDF + "type" else name if name.startswith("<") else name.replace("#", r"\#")
    if not isinstance(term, Literal):
        return str(term)
    if term.datatype in _PLAIN:
        return term.value + (".0" if term.datatype == XSD + "decimal" and "." not in term.value else "")
    text = quoted(term.value)
    if term.language:
        return f"{text}@{term.language}"
    return text if term.datatype == XSD + "string" else f"{text}^^{curie(term.datatype)}"
