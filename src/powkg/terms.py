"""RDF terms as plain values, so that only the store needs an RDF engine to speak of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from powkg.namespaces import XSD


@dataclass(frozen=True, slots=True)
class IRI:
    """An IRI."""

    value: str

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal: its lexical form, and its language tag or the IRI of its datatype."""

    value: str
    language: str | None = None
    datatype: str = XSD + "string"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank node: its label means something within one answer only."""

    value: str

    def __str__(self) -> str:
        return f"_:{self.value}"


Term = IRI | Literal | Blank

Row = tuple[Term | None, ...]
"""A row of a SELECT's answer; None where a variable is unbound."""


class Queryable(Protocol):
    """What answers SPARQL queries: a store in this process, or the server's engine, which runs them in others."""

    def query(self, text: str, substitutions: Mapping[str, Term] | None = None) -> Iterable[Row]:
        """Run a query that declares its own prefixes; `substitutions` gives values to variables among its columns."""
