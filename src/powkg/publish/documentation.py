"""What the documentation of the ontology holds, as plain values. `ontology` fills them, a page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from powkg.entities.captions import number_caption
from powkg.namespaces import ONTOLOGY, POW, TERM, XSD, curie
from powkg.terms import Literal, Term

_NUMBERS = {XSD + name for name in ("integer", "decimal", "double")}


@dataclass(frozen=True, slots=True)
class Ref:
    """Something with an IRI, and what it is called: English, or its IRI where it has no English label."""

    iri: str
    label: str

    @property
    def curie(self) -> str:
        """Its prefixed name."""
        return curie(self.iri)

    @property
    def anchor(self) -> str:
        """The identifier of its section: the name of a class or property, with the prefix where it is not ours."""
        return anchor(self.iri)


def anchor(iri: str) -> str:
    """`War` for pow:War, `term-estimate` for term:estimate, `prov-wasAttributedTo` for a term of a standard."""
    if iri.startswith(POW):
        return iri.removeprefix(POW)
    return "term-" + iri.removeprefix(TERM) if iri.startswith(TERM) else curie(iri).strip("<>").replace(":", "-", 1)


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a term of ours stands to one of a standard: the property that says so, in words too, and the other's IRI."""

    term: Ref
    relation: str
    words: str
    other: str


@dataclass(frozen=True, slots=True)
class Asking:
    """A named question that uses a term."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a statement in words: a thing, or a literal with the language of its text."""

    words: str
    thing: Ref | None = None
    language: str | None = None


def literal(term: Term) -> Value:
    """A literal in words: a text in quotation marks, a number with its thousands set apart, anything else as it is."""
    if not isinstance(term, Literal):
        return Value(str(term))
    if term.language or term.datatype == XSD + "string":
        return Value(f"“{term.value}”", language=term.language)
    return Value(number_caption(term.value, "en") if term.datatype in _NUMBERS else term.value)


@dataclass(frozen=True, slots=True)
class Example:
    """A statement of the graph: subject, value and the graph that holds it."""

    subject: Ref
    value: Value
    graph: Ref


@dataclass(frozen=True, slots=True)
class Entry:
    """What classes and properties have in common.

    `uses` counts what is stated: instances of the class itself, statements of the property itself. `inferred` counts
    what follows besides: instances of the class that nothing states to be of it or of a subclass, statements of the
    property. `words` are examples that the ontology gives in words.
    """

    ref: Ref
    labels: Mapping[str, str]
    definition: str
    parents: tuple[Ref, ...]
    children: tuple[Ref, ...]
    disjoint: tuple[Ref, ...]
    alignments: tuple[Alignment, ...]
    uses: int
    inferred: int
    words: str
    questions: tuple[Asking, ...]


@dataclass(frozen=True, slots=True)
class ClassEntry(Entry):
    """A class: `all_uses` counts its instances with those of its subclasses, `depth` its superclasses up to the root.

    `leaving` are the properties that have it as their domain, `entering` those that have it as their range.
    """

    depth: int
    all_uses: int
    leaving: tuple[Ref, ...]
    entering: tuple[Ref, ...]
    examples: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class PropertyEntry(Entry):
    """A property: `kind` ("object", "datatype", "annotation"), `traits` in words, the list that its values are from."""

    kind: str
    traits: tuple[str, ...]
    domain: tuple[Ref, ...]
    range: tuple[Ref, ...]
    words_from: Ref | None
    values: tuple[Ref, ...]
    example: Example | None


@dataclass(frozen=True, slots=True)
class Group:
    """Properties whose domain lies below one of the kinds that never mix; `kind` is None where they have no domain."""

    kind: Ref | None
    properties: tuple[PropertyEntry, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A term of a small list, and how many statements have it as their value."""

    ref: Ref
    labels: Mapping[str, str]
    definition: str
    uses: int


@dataclass(frozen=True, slots=True)
class WordList:
    """A small list, the properties that take their values from it, and its words."""

    ref: Ref
    labels: Mapping[str, str]
    properties: tuple[Ref, ...]
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Standard:
    """A class or property of a standard that the graph uses, with its instances or statements."""

    ref: Ref
    labels: Mapping[str, str]
    kind: str
    uses: int


@dataclass(frozen=True, slots=True)
class Constraint:
    """A shape: the defect that it finds, how severe it is, the message and what to do."""

    name: str
    severity: str
    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class Documentation:
    """The ontology, its alignments, small lists and shapes, with what the graph makes of them.

    `classes` are in the order of their tree, from the top down. `titles` and `description` are those of the ontology,
    `licence` and `version_iri` IRIs, "" where it does not say.
    """

    titles: Mapping[str, str]
    description: str
    version: str
    version_iri: str
    licence: str
    created: str
    classes: tuple[ClassEntry, ...]
    groups: tuple[Group, ...]
    lists: tuple[WordList, ...]
    standards: tuple[Standard, ...]
    alignments: tuple[Alignment, ...]
    constraints: tuple[Constraint, ...]

    @property
    def iri(self) -> str:
        """The name of the ontology."""
        return ONTOLOGY

    @property
    def properties(self) -> tuple[PropertyEntry, ...]:
        """Every property, by label."""
        every = (entry for group in self.groups for entry in group.properties)
        return tuple(sorted(every, key=lambda entry: (entry.ref.label.casefold(), entry.ref.iri)))
