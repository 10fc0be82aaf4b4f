"""The tokens of a SPARQL text, as far as one can tell them apart without its grammar.

`<` opens an IRI wherever what follows could be one, so a comparison without blanks (`?a<?b&&?c>?d`) may be taken for an
IRI. What must not err on the safe side for that (`powkg.guard`) reads the text otherwise.
"""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\r\n]*) | <(?P<iri>[^<>"{}|^`\\\x00-\x20]*)>
    | \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
    | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*'
    | [?$](?P<variable>\w+)
    | (?P<prefix>(?:\w[\w.-]*)?):(?P<local>(?:(?:[\w.:%-]|\\.)*(?:[\w:%-]|\\.))?)
    | (?P<word>[A-Za-z]\w*) | (?P<mark>[{}()*])
    """,
    re.VERBOSE | re.DOTALL,
)
"""A token; what is of no interest here (numbers, operators, stops) is passed over. A text in quotes has no group."""
