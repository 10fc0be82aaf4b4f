"""Terms to the engine's own values, and back."""

from __future__ import annotations

import pyoxigraph as ox

from powkg.errors import PowkgError
from powkg.namespaces import XSD
from powkg.terms import IRI, Blank, Literal, Term

Node = ox.NamedNode | ox.BlankNode | ox.Literal


def to_node(term: Term) -> Node:
    """The engine's value of a term. Raises ValueError where it takes the term for unusable."""
    match term:
        case IRI(value):
            return ox.NamedNode(value)
        case Blank(value):
            return ox.BlankNode(value)
        case Literal(value, str(language)):
            return ox.Literal(value, language=language)
        case Literal(value, _, datatype):
            return ox.Literal(value, datatype=ox.NamedNode(datatype))


def to_term(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Term:
    """The term of an engine's value. Raises PowkgError for a triple as a value."""
    match node:
        case ox.NamedNode():
            return IRI(node.value)
        case ox.BlankNode():
            return Blank(node.value)
        case ox.Literal():
            return Literal(node.value, node.language, XSD + "string" if node.language else node.datatype.value)
        case _:
            raise PowkgError("the answer holds a triple as a value (RDF 1.2), which powkg does not read")


def fault(term: Term) -> str:
    """Why the engine takes a term for unusable, or "" for one that it takes."""
    try:
        to_node(term)
    except ValueError as error:
        return str(error)
    return ""
