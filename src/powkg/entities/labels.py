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

_QUANTITY = ("figure", "ratio", "atLeast", "atMost", "qualifier", "unit")
_SAID = ("ascribed", "topic", "foodstuff")
_CIRCUMSTANCES = ("asOf", "asOfEvent", "extent", "phase", "motive", "standing", "method", "certainty")
_PEOPLE = ("person", "cohort", "group")
_UNSAID = {POW + "qualifier": TERM + "plain", POW + "unit": TERM + "persons", POW + "certainty": TERM + "stated"}
"""Values that a label says by keeping silent."""

IN_CLAIM_LABELS = frozenset(POW + name for name in (*_QUANTITY, *_SAID, *_CIRCUMSTANCES))
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
            found = [(POW + name, value) for name in names for value in values[POW + name]]
            return [
                self._labels(value, names_claims=names_claims)
                for name, value in found
                if _UNSAID.get(name) != str(value)
            ]

        kind = self._names.kind(claim).class_iri
        # People before things: "Civilian population of Japan, Expectation of a fight: …".
        values[POW + "about"].sort(key=lambda value: self._names.kind(str(value)).family not in _PEOPLE)
        base = min(map(str, values[POW + "ratioTo"]), default="")
        return ClaimParts(
            name=spelled_out(claim),
            kind=self._names.labels(kind) if kind else {},
            of=labels("cohort") or labels("about"),
            causes=labels("cause"),
            effects=labels("effect"),
            said=labels(*_SAID),
            quantity=self._quantity(claim, base),
            circumstances=labels(*_CIRCUMSTANCES),
            claimants=[self._labels(who) for who in values[PROV + "wasAttributedTo"]],
            followed=labels("follows"),
        )

    def _quantity(self, claim: str, base: str = "") -> Quantity:
        values = self._values(claim)
        first = {name: min(values[POW + name], key=str, default=None) for name in _QUANTITY}
        lexical = {name: "" if first[name] is None else str(first[name]) for name in _QUANTITY}
        words: dict[str, Labels] = {}
        for name in ("qualifier", "unit"):
            word = first[name]
            words[name] = {} if word is None or str(word) == _UNSAID[POW + name] else self._labels(word)
        return Quantity(
            lexical["figure"],
            lexical["ratio"],
            lexical["atLeast"],
            lexical["atMost"],
            words["qualifier"],
            words["unit"],
            self._quantity(base) if base else None,
        )

    def _values(self, claim: str) -> defaultdict[str, list[Term]]:
        values: defaultdict[str, list[Term]] = defaultdict(list)
        for statement in self._statements.outgoing(claim):
            values[statement.predicate].append(statement.value)
        return values

    def _labels(self, value: Term, *, names_claims: bool = False) -> Labels:
        if not isinstance(value, IRI):
            language = value.language if isinstance(value, Literal) else None
            return {language or "en": str(value)}
        iri = value.value
        if iri.startswith(DATE):
            return {language: date_caption(iri.removeprefix(DATE), language) for language in LANGUAGES}
        if iri.startswith(CLAIM) and names_claims:
            # The claims that this one speaks of may speak of it in turn: they are named as they come.
            parts = self._parts(iri, names_claims=False)
            return {language: parts.topic(language) for language in LANGUAGES}
        return self._names.labels(iri)
