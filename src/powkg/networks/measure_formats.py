"""Measures of a network as CSV, JSON and RDF: a `Measured` and what it is of, in; text out.

Numbers have six significant digits. What is undefined is an empty field in CSV, `null` in JSON, and no observation in
RDF.

The RDF is Turtle after the RDF Data Cube Vocabulary (W3C Recommendation of 16 January 2014). Each measure has a data
set of its own, since the vocabulary wants a value for each measure from every observation of a data set, and not every
node has one for all. The properties of measures stand under `measure/`, data sets and observations under
`measurement/`; the file describes them itself. They are no part of the ontology: a measure is worked out from the graph
and says nothing of the past.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from powkg.dates import to_edtf
from powkg.namespaces import BASE, DCTERMS, EDTF, MEASURE, MEASUREMENT, QB, RDF, RDFS, XSD
from powkg.networks.measures import MEASURES, Measured, Value
from powkg.networks.projections import PROJECTIONS
from powkg.notation import quoted

LICENCE = "https://creativecommons.org/licenses/by/4.0/"

_PREFIXES = {"dcterms": DCTERMS, "measure": MEASURE, "qb": QB, "rdf": RDF, "rdfs": RDFS, "xsd": XSD}
_IN_PATH = "/~._-"

_NODE = {"en": "node", "ja": "ノード", "ru": "узел"}

# What a data set says of the network that it is of: the property, its range, and its labels.
_ATTRIBUTES: Mapping[str, tuple[str, dict[str, str]]] = {
    "network": (XSD + "string", {"en": "network", "ja": "ネットワーク", "ru": "сеть"}),
    "when": (EDTF + "EDTF", {"en": "date of the slice", "ja": "時点", "ru": "дата среза"}),
    "claims": (XSD + "boolean", {"en": "with claims", "ja": "主張を含む", "ru": "с утверждениями"}),
    "software": (XSD + "string", {"en": "software", "ja": "ソフトウェア", "ru": "программа"}),
    "data": (XSD + "string", {"en": "version of the data", "ja": "データの版", "ru": "версия данных"}),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What was measured: a projection's name, the date of a slice or None, whether claims are in it, and of what.

    `software` is the version of powkg, `data` that of the data, "" where it is not known.
    """

    project: str
    when: str | None
    claims: bool
    software: str
    data: str = ""

    def facts(self) -> dict[str, str | bool]:
        """The same by name, without what is not there."""
        given: dict[str, str | bool] = {
            "network": self.project,
            "when": self.when or "",
            "claims": self.claims,
            "software": f"powkg {self.software}",
            "data": self.data,
        }
        return {name: value for name, value in given.items() if value != ""}


def to_csv(measured: Measured, languages: Sequence[str]) -> str:
    """A line a node: its IRI, its label in each language, its kind in the first, and its measures by name."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["iri", *(f"label_{language}" for language in languages), "kind", *MEASURES])
    for row in measured.rows:
        names = [row.labels.get(language, "") for language in languages]
        kind = row.kind.get(languages[0], row.kind.get("en", ""))
        writer.writerow([row.iri, *names, kind, *(_text(row.values[name]) for name in MEASURES)])
    return out.getvalue()


def to_json(measured: Measured, subject: Subject, languages: Sequence[str]) -> str:
    """An object with `network`, `notes`, `measures` (what each means) and `nodes`, in their order."""
    written: dict[str, Any] = {
        "network": subject.facts(),
        "notes": list(measured.notes),
        "measures": {name: measure.meaning for name, measure in MEASURES.items()},
        "nodes": [
            {
                "iri": row.iri,
                "labels": _chosen(row.labels, languages),
                "kind": _chosen(row.kind, languages),
                **{name: _rounded(row.values[name]) for name in MEASURES},
            }
            for row in measured.rows
        ],
    }
    return json.dumps(written, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_turtle(measured: Measured, subject: Subject, languages: Sequence[str]) -> str:
    """The measures as data sets of observations, with the labels of the nodes."""
    blocks = [
        "\n".join(f"@prefix {name}: <{iri}> ." for name, iri in _PREFIXES.items()),
        *_vocabulary(),
        *(block for name in MEASURES for block in _data_set(name, measured, subject)),
        *(_labelled(row.iri, row.labels, languages) for row in measured.rows),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _vocabulary() -> Iterator[str]:
    """The properties, and for each measure the structure of its data set. No node of them is blank."""
    yield _block("measure:node", ["a rdf:Property , qb:DimensionProperty", _labels(_NODE), "rdfs:range rdfs:Resource"])
    yield _block("measure:component-node", ["a qb:ComponentSpecification", "qb:dimension measure:node"])
    for name, (kind, labels) in _ATTRIBUTES.items():
        yield _block(
            f"measure:{name}", ["a rdf:Property , qb:AttributeProperty", _labels(labels), f"rdfs:range {_term(kind)}"]
        )
        yield _block(
            f"measure:component-{name}",
            ["a qb:ComponentSpecification", f"qb:attribute measure:{name}", "qb:componentAttachment qb:DataSet"],
        )
    shared = ["node", *_ATTRIBUTES]
    for name, measure in MEASURES.items():
        kind = "xsd:integer" if measure.whole else "xsd:double"
        yield _block(
            f"measure:{name}",
            [
                "a rdf:Property , qb:MeasureProperty",
                _labels(measure.labels),
                f"rdfs:comment {quoted(measure.meaning)}@en",
                f"rdfs:range {kind}",
            ],
        )
        yield _block(f"measure:component-{name}", ["a qb:ComponentSpecification", f"qb:measure measure:{name}"])
        components = " , ".join(f"measure:component-{one}" for one in (*shared, name))
        yield _block(f"measure:structure-{name}", ["a qb:DataStructureDefinition", f"qb:component {components}"])


def _data_set(name: str, measured: Measured, subject: Subject) -> Iterator[str]:
    """The data set of a measure and its observations; nothing where no node has a value."""
    rows = [row for row in measured.rows if row.values[name] is not None]
    if not rows:
        return
    address = _address(name, subject)
    general = [note for note in measured.notes if note not in measured.notes_on.values()]
    notes = [MEASURES[name].meaning, PROJECTIONS[subject.project].meaning, *general, measured.notes_on.get(name, "")]
    yield _block(
        f"<{address}>",
        [
            "a qb:DataSet",
            f"qb:structure measure:structure-{name}",
            *(f"measure:{key} {_literal(key, value)}" for key, value in subject.facts().items()),
            f"rdfs:label {quoted(_title(name, subject))}@en",
            *(f"rdfs:comment {quoted(note)}@en" for note in notes if note),
            f"dcterms:license <{LICENCE}>",
        ],
    )
    for row in rows:
        number = _text(row.values[name])
        value = number if MEASURES[name].whole else f"{float(number):e}"
        yield _block(
            f"<{address}/{_path(row.iri)}>",
            [
                "a qb:Observation",
                f"qb:dataSet <{address}>",
                f"measure:node <{row.iri}>",
                f"measure:{name} {value}",
            ],
        )


def _address(name: str, subject: Subject) -> str:
    """The IRI of a data set: the same for the same measure of the same network of the same data."""
    parts = (
        subject.data[:12],
        subject.project,
        subject.when or "",
        "" if subject.claims else "without-claims",
        name,
    )
    return MEASUREMENT + "/".join(quote(part, safe=_IN_PATH) for part in parts if part)


def _path(iri: str) -> str:
    """What of a node's IRI goes into that of its observation."""
    return re.sub(r"[?#]", lambda sign: quote(sign[0]), iri.removeprefix(BASE))


def _title(name: str, subject: Subject) -> str:
    parts = (
        MEASURES[name].labels["en"],
        f"network {subject.project}",
        subject.when or "",
        "" if subject.claims else "without claims",
    )
    return " · ".join(part for part in parts if part)


def _literal(name: str, value: str | bool) -> str:  # noqa: FBT001
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{quoted(to_edtf(value))}^^<{_ATTRIBUTES[name][0]}>" if name == "when" else quoted(value)


def _labelled(iri: str, labels: Mapping[str, str], languages: Sequence[str]) -> str:
    chosen = _chosen(labels, languages)
    return _block(f"<{iri}>", [_labels(chosen)]) if chosen else ""


def _labels(labels: Mapping[str, str]) -> str:
    return "rdfs:label " + " , ".join(f"{quoted(text)}@{language}" for language, text in labels.items())


def _block(subject: str, statements: Sequence[str]) -> str:
    return f"{subject} " + " ;\n    ".join(statements) + " ."


def _term(iri: str) -> str:
    return f"xsd:{iri.removeprefix(XSD)}" if iri.startswith(XSD) else f"<{iri}>"


def _chosen(labels: Mapping[str, str], languages: Sequence[str]) -> dict[str, str]:
    """The labels in these languages; the English one where there is none."""
    found = {language: labels[language] for language in languages if language in labels}
    return found or {language: text for language, text in labels.items() if language == "en"}


def _rounded(value: Value) -> Value:
    """The value with six significant digits, whole where it is a whole number."""
    if value is None:
        return None
    short = float(f"{value:.6g}")
    return int(short) if short.is_integer() else short


def _text(value: Value) -> str:
    return "" if value is None else str(_rounded(value))
