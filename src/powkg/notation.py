"""RDF terms as people write them on a command line, in a query's header or in an address. Text in, a term out.

Understood are an IRI in angle brackets, an absolute http or https IRI without them, a name with one of the project's
prefixes (`id:harbin`), and Turtle's literals: `"name"`, `"name"@en`, `"1945-08-09"^^xsd:date`, `1945`, `0.5`, `true`.
"""

from __future__ import annotations

import re

from powkg.errors import UsageError
from powkg.namespaces import PREFIXES, XSD, expand
from powkg.terms import IRI, Literal, Term

_STRING = re.compile(
    r"""(?P<quote>["'])(?P<body>(?:\\.|(?!(?P=quote))[^\\\r\n])*)(?P=quote)
    (?: @(?P<language>[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*) | \^\^(?P<datatype>\S+) )?""",
    re.VERBOSE,
)
_NUMBERS = (
    (re.compile(r"[+-]?[0-9]+"), "integer"),
    (re.compile(r"[+-]?[0-9]*\.[0-9]+"), "decimal"),
    (re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"), "double"),
    (re.compile(r"true|false"), "boolean"),
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
_CHARACTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_IN_IRI = r"[^\x00-\x20<>\"{}|\\^`%\[\]]|%[0-9A-Fa-f]{2}"
_ABSOLUTE_IRI = re.compile(
    rf"""
    [A-Za-z][A-Za-z0-9+.-]*:
    (?: (?!//)
      | // (?:(?:(?![/?\#@])(?:{_IN_IRI}))*@)?                               # a user
           (?:\[[^\[\]/?\#@]+\]|(?:(?![/?\#@:])(?:{_IN_IRI}))*) (?::[0-9]*)?  # a host and its port
           (?=[/?\#]|\Z) )
    (?:{_IN_IRI})*
    """,
    re.VERBOSE,
)
_LOCAL_ESCAPE = re.compile(r"\\([_~.!$&'()*+,;=/?#@%-])")


def parse(text: str) -> Term:
    """The term that `text` writes. Raises UsageError, naming the text and what would be understood."""
    text = text.strip()
    for pattern, name in _NUMBERS:
        if pattern.fullmatch(text):
            return Literal(text, None, XSD + name)
    if text[:1] in {'"', "'"}:
        return _literal(text)
    iri = text if text.startswith(("https://", "http://")) else expand(_LOCAL_ESCAPE.sub(r"\1", text))
    if iri is None:
        raise UsageError(f"{text!r} is not an RDF term: {_hint(text)}")
    return _iri(iri, text)


def _iri(iri: str, text: str) -> IRI:
    if not is_absolute_iri(iri):
        raise UsageError(f"{text!r} is not an absolute IRI")
    return IRI(iri)


def is_absolute_iri(iri: str) -> bool:
    """Whether the text has a scheme, no character that an IRI may not hold, and no port that is no number."""
    return _ABSOLUTE_IRI.fullmatch(iri) is not None and not any("\ud800" <= c <= "\udfff" for c in iri)


def _literal(text: str) -> Literal:
    match = _STRING.fullmatch(text)
    if match is None:
        raise UsageError(f'{text!r} is not a literal: write "text", "text"@en or "text"^^xsd:date')
    value = unescape(match["body"])
    if value is None:
        raise UsageError(f"{text!r} holds an escape that Turtle does not know")
    if match["language"]:
        return Literal(value, match["language"].lower())
    if match["datatype"]:
        datatype = expand(match["datatype"])
        if datatype is None:
            raise UsageError(f"{text!r} has an unknown datatype: {_hint(match['datatype'])}")
        return Literal(value, None, _iri(datatype, text).value)
    return Literal(value)


def unescape(body: str) -> str | None:
    r"""The text that a quoted body stands for, its escapes (`\n`, `\"`, `\u30b7`) read; None where one is unknown."""
    try:
        text = _ESCAPE.sub(_character, body)
        text.encode()
    except (KeyError, ValueError, OverflowError):
        return None
    return text


def quoted(text: str) -> str:
    """The text as Turtle, TriG and N-Triples write it in quotes; `unescape` reads what stands between them."""
    return f'"{text.translate(_ESCAPES)}"'


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _CHARACTERS[match[3]]


def _hint(text: str) -> str:
    prefix, colon, _ = text.partition(":")
    if colon:
        return f"the prefix {prefix!r} is none of the project's ({', '.join(sorted(PREFIXES))})"
    return (
        f'write a name with its prefix (id:{text or "harbin"}), an <IRI>, a number, or a text in quotes ("{text}"@en)'
    )
