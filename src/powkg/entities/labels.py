"""Labels for what the files leave without: claims, by what they say, of whom or what, and who says it.

missing_labels(store) -> Iterator[(IRI, language, text)]     sorted; the store holds the files and nothing of these
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from powkg.entities.captions import LANGUAGES, Labels, Quantity, date_caption
from powkg.entities.claim_captions import ClaimParts
from powkg.entities.names import Names, spelled_out
from powkg.entities.statements import Statements
from powkg.namespaces import CLAIM, DATE, POW, PROV, TERM
from powkg.terms import IRI, Literal, Queryable, Term

# The ontology's examples are of the project's own graph; another graph need not speak of them.
ENTITIES = """
PREFIX claim: <https://w3id.org/powkg/claim/>
PREFIX id: <https://w3id.org/powkg/id/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?node WHERE {
  { ?node ?property ?value } UNION { ?subject ?relation ?node FILTER(?relation != skos:example) }
  FILTER(ISIRI(?node) && (STRSTARTS(STR(?node), STR(claim:)) || STRSTARTS(STR(?node), STR(id:))))
}
"""

LABELLED = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?node (LANG(?label) AS ?language) WHERE { ?node rdfs:label ?label }
"""

_FIGURE, _RATIO, _AT_LEAST, _AT_MOST, _QUALIFIER, _UNIT = _QUANTITY = tuple(
    POW + name for name in ("figure", "ratio", "atLeast", "atMost", "qualifier", "unit")
)
_SAID = tuple(POW + name for name in ("ascribed", "topic", "foodstuff"))
_CIRCUMSTANCES = tuple(
    POW + name for name in ("asOf", "asOfEvent", "extent", "phase", "motive", "standing", "method", "certainty")
)
_PEOPLE = ("person", "cohort", "group")
_UNSAID = {_QUALIFIER: TERM + "plain", _UNIT: TERM + "persons", POW + "certainty": TERM + "stated"}
"""Values that a label says by keeping silent."""

IN_CLAIM_LABELS = frozenset((*_QUANTITY, *_SAID, *_CIRCUMSTANCES))
"""The properties of a claim whose values its label says."""


def missing_labels(store: Queryable) -> Iterator[tuple[str, str, str]]:
    """Where the store has none: for each claim a label in each language, for each other entity an English one."""
    reader = _Reader(store)
    written: defaultdict[str, set[str]] = defaultdict(set)
    for node, language in store.query(LABELLED):
        written[str(node)].add(str(language))
    for entity in sorted(str(node) for (node,) in store.query(ENTITIES)):
        if entity.startswith(CLAIM):
            missing = [language for language in LANGUAGES if language not in written[entity]]
            parts = reader.parts(entity) if missing else None
            yield from ((entity, language, parts.caption(language)) for language in missing if parts)
        elif "en" not in written[entity]:
            yield entity, "en", reader.name(entity)


class _Reader:
    """Reads the parts of claims."""

    def __init__(self, store: Queryable) -> None:
        self._statements = Statements(store)
        self._names = Names(self._statements)

    def name(self, node: str) -> str:
        """A label of no language, or else the name in the IRI."""
        return self._names.labels(node).get("en") or spelled_out(node)

    def parts(self, claim: str) -> ClaimParts:
        """What a claim's caption is made of; a claim that is spoken of in it is described by its own."""
        return self._parts(claim, names_claims=True)

    def _parts(self, claim: str, *, names_claims: bool) -> ClaimParts:
        values = self._values(claim)

        def labels(*names: str) -> Sequence[Labels]:
            found = [(name, value) for name in names for value in values[name] if _UNSAID.get(name) != str(value)]
            return [labels for _, value in found if (labels := self._labels(value, names_claims=names_claims))]

        kind = self._names.kind(claim).class_iri
        # People before things: "Civilian population of Japan, Expectation of a fight: …".
        values[POW + "about"].sort(key=lambda value: not self._is_people(value))
        base = min((value.value for value in values[POW + "ratioTo"] if isinstance(value, IRI)), default="")
        return ClaimParts(
            name=spelled_out(claim),
            kind=self._names.labels(kind) if kind else {},
            of=labels(POW + "cohort") or labels(POW + "about"),
            causes=labels(POW + "cause"),
            effects=labels(POW + "effect"),
            said=labels(*_SAID),
            quantity=self._quantity(claim, base),
            circumstances=labels(*_CIRCUMSTANCES),
            claimants=labels(PROV + "wasAttributedTo"),
            followed=labels(POW + "follows"),
        )

    def _quantity(self, claim: str, base: str = "") -> Quantity:
        values = self._values(claim)

        def lexical(name: str) -> str:
            return min(map(str, values[name]), default="")

        def words(name: str) -> Labels:
            found = min(values[name], key=str, default=None)
            return {} if found is None or str(found) == _UNSAID[name] else self._labels(found)

        return Quantity(
            lexical(_FIGURE),
            lexical(_RATIO),
            lexical(_AT_LEAST),
            lexical(_AT_MOST),
            words(_QUALIFIER),
            words(_UNIT),
            self._quantity(base) if base else None,
        )

    def _values(self, claim: str) -> defaultdict[str, list[Term]]:
        values: defaultdict[str, list[Term]] = defaultdict(list)
        for statement in self._statements.outgoing(claim):
            values[statement.predicate].append(statement.value)
        return values

    def _is_people(self, value: Term) -> bool:
        return isinstance(value, IRI) and self._names.kind(value.value).family in _PEOPLE

    def _labels(self, value: Term, *, names_claims: bool = False) -> Labels:
        """Labels by language; those of a text are itself, a blank node has none."""
        if isinstance(value, Literal):
            return {value.language or "en": value.value}
        if not isinstance(value, IRI):
            return {}
        iri = value.value
        if iri.startswith(DATE):
            return {language: date_caption(iri.removeprefix(DATE), language) for language in LANGUAGES}
        if iri.startswith(CLAIM) and names_claims:
            # The claims that this one speaks of may speak of it in turn: they are named as they come.
            parts = self._parts(iri, names_claims=False)
            return {language: parts.topic(language) for language in LANGUAGES}
        return self._names.labels(iri)
