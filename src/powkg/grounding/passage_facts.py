"""What the graph says in each passage's graph, and the names by which a text may call its entities, as plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from powkg.namespaces import DCTERMS, ID, PASSAGE, POW, RDF, RDFS, SKOS, TERM, XSD
from powkg.passages import WORD, clean
from powkg.sources import Locate, Quad
from powkg.terms import IRI, Literal, Term

Fact = tuple[str, str, Term]
"""Subject, predicate and object of a statement."""

Name = tuple[str, ...]
"""The words of a name as its label prints them."""

NAMING_PROPERTIES = frozenset(
    {
        RDFS + "label",
        SKOS + "prefLabel",
        SKOS + "altLabel",
        SKOS + "hiddenLabel",
        DCTERMS + "title",
        POW + "demonym",
        POW + "familyName",
    }
)
_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "nonNegativeInteger", "positiveInteger"))
_ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class PassageFacts:
    """The statements of every passage's graph, and the English names and the classes of entities from all graphs."""

    statements: Mapping[str, tuple[Fact, ...]]
    names: Mapping[str, frozenset[Name]]
    classes: Mapping[str, frozenset[str]]
    locate: Locate

    @classmethod
    def of(cls, quads: Iterable[Quad], locate: Locate = lambda _graph, _subject: None) -> PassageFacts:
        statements: defaultdict[str, list[Fact]] = defaultdict(list)
        names: defaultdict[str, set[Name]] = defaultdict(set)
        classes: defaultdict[str, set[str]] = defaultdict(set)
        for node, arc, value, graph in quads:
            subject, predicate = str(node), str(arc)
            if graph.startswith(PASSAGE):
                statements[graph].append((subject, predicate, value))
            if predicate == RDF + "type":
                classes[subject].add(str(value))
            elif predicate in NAMING_PROPERTIES and isinstance(value, Literal) and _is_latin(value.language):
                names[subject].update(variants(value.value))
        return cls(
            statements={graph: tuple(sorted(facts, key=str)) for graph, facts in statements.items()},
            names={iri: frozenset(found) for iri, found in names.items()},
            classes={iri: frozenset(found) for iri, found in classes.items()},
            locate=locate,
        )


def _is_latin(language: str | None) -> bool:
    """Whether an English text may print a label of this language: English, romanised or of no language."""
    return language is None or language.split("-")[0] == "en" or language.endswith("-Latn")


def variants(label: str) -> set[Name]:
    """A label's words, with and without a qualifier in brackets ("Korea (peninsula)") and an article before it."""
    found: set[Name] = set()
    for form in (label, label.partition(" (")[0]):
        name = tuple(WORD.findall(clean(form)))
        found.add(name)
        if name and name[0].lower() in _ARTICLES:
            found.add(name[1:])
    return {name for name in found if name}


def entities(fact: Fact) -> list[str]:
    """The entities (`id/`) that a statement joins or describes."""
    subject, _, value = fact
    return [iri for iri in (subject, str(value) if isinstance(value, IRI) else "") if iri.startswith(ID)]


def words_of_lists(fact: Fact) -> list[str]:
    """The words of small lists (`term/`) that a statement uses."""
    return [str(fact[2])] if isinstance(fact[2], IRI) and str(fact[2]).startswith(TERM) else []


def number(value: Term) -> Fraction | None:
    """The number that a literal is; None for any other term."""
    if not isinstance(value, Literal) or value.datatype not in _NUMBERS:
        return None
    return Fraction(value.value)
