"""Which questions use which terms: an ontology is competent for what can be asked with it. Questions in, names out.

    questions_by_term(questions) -> dict[str, list[str]]      the IRI of each term, and the questions that use it

A question uses a term where its query names it, in full or by a prefix, or where its expected answer shows it by its
name: a row `["pow:Battle", "battle", "3"]` is an answer about battles. A term in a comment is not used.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from powkg.mentions import iris
from powkg.namespaces import RDF, expand
from powkg.queries import Question
from powkg.tokens import TOKEN

_NAME = re.compile(r"[a-z]\w*:[A-Za-z]\w*|<[^<>\s]+>")


def questions_by_term(questions: Iterable[Question]) -> dict[str, list[str]]:
    """The names of the questions that use a term, in their order, by the term's IRI; the IRIs in alphabetical order."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for question in questions:
        for iri in dict.fromkeys(_terms(question)):
            found[iri].append(question.name)
    return {iri: found[iri] for iri in sorted(found)}


def _terms(question: Question) -> Iterator[str]:
    yield from (mention.iri for mention in iris(question.text))
    if any(token["word"] == "a" for token in TOKEN.finditer(question.text)):
        yield RDF + "type"
    for row in question.expect or []:
        for cell in row:
            if _NAME.fullmatch(cell) and (iri := expand(cell)):
                yield iri
