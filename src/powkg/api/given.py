"""What people give in Python, turned into what the rest of the project takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from powkg.api.entity import Entity
from powkg.entities.captions import LANGUAGES
from powkg.errors import UsageError
from powkg.namespaces import XSD
from powkg.notation import parse
from powkg.terms import IRI, Blank, Literal, Term

Given = str | int | float | Decimal | dt.date | Term | Entity
"""A value for a variable: a term as `powkg.notation` writes it, a number, a day, a term, or an entity."""

_DATATYPES: tuple[tuple[type, str], ...] = (
    (int, "integer"),
    (float, "double"),
    (Decimal, "decimal"),
    (dt.date, "date"),
)


def terms(values: Mapping[str, Given]) -> dict[str, Term]:
    """The terms of the values, by variable. Raises UsageError, naming the variable, where one is none."""
    return {name: _term(name, value) for name, value in values.items()}


def name_of(entity: str | Entity) -> str:
    """The name of an entity that is given by name, or as one that was asked for before.

    Raises UsageError for anything else.
    """
    if isinstance(entity, Entity):
        return entity.iri
    if not isinstance(entity, str):
        raise UsageError(f"{entity!r} names no entity: give a name such as harbin, id:harbin or a whole IRI")
    return entity


def words(given: str | Collection[str]) -> tuple[str, ...]:
    """One word, or several."""
    return (given,) if isinstance(given, str) else tuple(given)


def languages_of(given: str | Sequence[str]) -> tuple[str, ...]:
    """The languages, each once. Raises UsageError where one is not of `LANGUAGES`, or there is none."""
    languages = tuple(dict.fromkeys(words(given)))
    wrong = [language for language in languages if language not in LANGUAGES]
    if wrong or not languages:
        said = f"{wrong[0]!r} is no language of the graph" if wrong else "no language is given"
        raise UsageError(f"{said}: give some of {', '.join(LANGUAGES)}")
    return languages


def _term(name: str, value: Given) -> Term:
    if isinstance(value, str):
        return parse(value)
    if isinstance(value, Entity):
        return IRI(value.iri)
    if isinstance(value, IRI | Literal | Blank):
        return value
    if isinstance(value, bool):
        return Literal(str(value).lower(), None, XSD + "boolean")
    for kind, datatype in _DATATYPES:
        if isinstance(value, kind) and not isinstance(value, dt.datetime):
            return Literal(str(value), None, XSD + datatype)
    raise UsageError(f"{name} is {value!r}: give a text such as id:harbin or 1945, a number, a day or a term")
