"""Which questions use which terms: an ontology is competent for what can be asked with it. Questions in, names out.

    questions_by_term(questions) -> dict[str, list[str]]      the IRI of each term, and the questions that use it
    questions_by_topic(questions) -> str                      what each of them asks, a table in Markdown a topic
    terms_table(questions, terms) -> str                      what answers for each of the terms, as a table

A question uses a term where its query names it, in full or by a prefix, or where its expected answer shows it by its
name: a row `["pow:Battle", "battle", "3"]` is an answer about battles. A term in a comment is not used.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from powkg.mentions import iris
from powkg.namespaces import RDF, curie, expand
from powkg.queries import Question
from powkg.tokens import TOKEN
from powkg.topics import by_topic

_NAME = re.compile(r"[a-z]\w*:[A-Za-z]\w*|<[^<>\s]+>")

NAMED = 6
"""The number of questions that `terms_table` names for a term; the others are counted."""


def questions_by_term(questions: Iterable[Question]) -> dict[str, list[str]]:
    """The names of the questions that use a term, in their order, by the term's IRI; the IRIs in alphabetical order."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for question in questions:
        for iri in dict.fromkeys(_terms(question)):
            found[iri].append(question.name)
    return {iri: found[iri] for iri in sorted(found)}


def questions_by_topic(questions: Iterable[Question]) -> str:
    """The tables of the questions, each below the heading of its topic."""
    return "\n".join(f"### {heading}\n\n{_table(group)}" for heading, group in by_topic(questions).items())


def _table(questions: Iterable[Question]) -> str:
    """A row a question: its name, what it asks, and its parameters with their values."""
    lines = ["| question | asks | parameters |", "|---|---|---|"]
    for question in questions:
        values = ", ".join(
            f"`{name}` = `{value}`" if value else f"`{name}`" for name, value in question.parameters.items()
        )
        asks = f"**{question.title}** {question.description}".strip().replace("|", "\\|")
        lines.append(f"| `{question.name}` | {asks} | {values} |")
    return "\n".join(lines) + "\n"


def terms_table(questions: Iterable[Question], terms: Iterable[str]) -> str:
    """A row a term, by its prefixed name: how many questions use it, and which, the rarer terms' all by name."""
    used = questions_by_term(questions)
    lines = ["| term | number | questions |", "|---|---|---|"]
    for name, iri in sorted((curie(term), term) for term in terms):
        names = used.get(iri, [])
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        lines.append(f"| `{name}` | {len(names)} | {', '.join(f'`{n}`' for n in names[:NAMED])}{more} |")
    return "\n".join(lines) + "\n"


def _terms(question: Question) -> Iterator[str]:
    yield from (mention.iri for mention in iris(question.text))
    if any(token["word"] == "a" for token in TOKEN.finditer(question.text)):
        yield RDF + "type"
    for row in question.expect or []:
        for cell in row:
            if _NAME.fullmatch(cell) and (iri := expand(cell)):
                yield iri
