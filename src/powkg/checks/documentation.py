"""Whether the ontology's own terms are documented, and names are written in the script of their language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from powkg.checks.finding import Finding
from powkg.checks.material import Material
from powkg.namespaces import DCTERMS, ONTOLOGY, POW, RDFS, SCHEMA, SKOS, TERMS_GRAPH, curie
from powkg.terms import Literal

_LANGUAGES = ("en", "ja", "ru")
_SCRIPTS = {
    "en": re.compile(r"[A-Za-z]"),
    "ja": re.compile("[\u3041-\u30ff\u3400-\u9fff]"),
    "ru": re.compile("[\u0400-\u04ff]"),
}
"""By language: a character of the kind that a name in it has at least once."""

_NAMES = frozenset(
    {RDFS + "label", DCTERMS + "title"}
    | {SKOS + name for name in ("prefLabel", "altLabel")}
    | {SCHEMA + name for name in ("familyName", "givenName")}
)


def terms_without_label(material: Material) -> Iterator[Finding]:
    """A class, a property or a word of a small list without a label in English, Japanese or Russian."""
    labels = _languages(material)
    listed = {term for term, types in material.types.items() if types & {SKOS + "Concept", SKOS + "ConceptScheme"}}
    for term in sorted(material.ontology.own_terms | listed):
        graph, predicate = (ONTOLOGY, RDFS + "label") if term.startswith(POW) else (TERMS_GRAPH, SKOS + "prefLabel")
        missing = [language for language in _LANGUAGES if language not in labels.get((term, predicate), ())]
        if missing:
            yield Finding(term, f"it has no {curie(predicate)} in {', '.join(missing)}", graph)


def terms_without_definition(material: Material) -> Iterator[Finding]:
    """A class or property without a definition in English."""
    defined = _languages(material)
    for term in sorted(material.ontology.own_terms):
        if "en" not in defined.get((term, SKOS + "definition"), ()):
            yield Finding(term, "it has no skos:definition in English", ONTOLOGY)


def terms_without_example(material: Material) -> Iterator[Finding]:
    """A class or property without an example, named or in words."""
    for term in sorted(material.ontology.own_terms):
        if not material.ontology.texts(SKOS + "example", term):
            yield Finding(term, "it has no skos:example", ONTOLOGY)


def unfit_examples(material: Material) -> Iterator[Finding]:
    """A named example of which no file says anything, or that is no instance of the class or has not the property."""
    subjects = {*material.by_subject, *material.types}
    for term in sorted(material.ontology.own_terms):
        for example in material.ontology.texts(SKOS + "example", term):
            if " " in example:  # an example in words
                continue
            if example not in subjects:
                message = f"nothing is said of the example {curie(example)}"
            elif not _fits(material, term, example):
                has = "an instance of it" if term in material.ontology.classes else "a subject with it"
                message = f"the example {curie(example)} is not {has}"
            else:
                continue
            yield Finding(term, message, ONTOLOGY, SKOS + "example")


def names_in_another_script(material: Material) -> Iterator[Finding]:
    """A name without a single character of the script of its language."""
    for quad in material.facts:
        if isinstance(quad.value, Literal) and str(quad.predicate) in _NAMES:
            script = _SCRIPTS.get(quad.value.language or "")
            if script and not script.search(quad.value.value):
                message = f'"{quad.value}"@{quad.value.language} has no character of that language'
                yield Finding(str(quad.subject), message, quad.graph, str(quad.predicate))


def _languages(material: Material) -> dict[tuple[str, str], set[str]]:
    """The languages of the texts that the ontology's files give a term, by term and predicate."""
    found: dict[tuple[str, str], set[str]] = {}
    for quad in material.statements:
        if quad.graph in (ONTOLOGY, TERMS_GRAPH) and isinstance(quad.value, Literal) and quad.value.language:
            found.setdefault((str(quad.subject), str(quad.predicate)), set()).add(quad.value.language)
    return found


def _fits(material: Material, term: str, example: str) -> bool:
    """Whether an example is an instance of a class, or a subject of a property or of one below it."""
    if term in material.ontology.classes:
        return term in material.ontology.classes_of(material.types.get(example, ()))
    return any(
        str(quad.subject) == example and term in material.ontology.properties_of(str(quad.predicate))
        for quad in (*material.by_subject.get(example, ()), *material.dates)
    )
