"""/ontology and the files beside it: a page to learn the model from, and the same as RDF."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from jinja2 import Environment
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from powkg import diagram, drawing, results
from powkg.engine import Engine
from powkg.namespaces import (
    ALIGNMENTS_GRAPH,
    BASE,
    CLAIM,
    ID,
    INFERRED_GRAPH,
    ONTOLOGY,
    PASSAGE,
    PREFIXES,
    SHAPES_GRAPH,
    TERMS_GRAPH,
    curie,
    expand,
)
from powkg.publish.documentation import Documentation, Ref, anchor
from powkg.publish.ontology import describe
from powkg.publish.walk import walk
from powkg.queries import Question
from powkg.terms import IRI
from powkg.web import problems
from powkg.web.kept import Kept
from powkg.web.streaming import content_type

WALKED = PASSAGE + "dawsey/p10s7"
"""The passage that the page walks through."""

GRAPH = "CONSTRUCT { ?subject ?property ?value } WHERE { GRAPH ?graph { ?subject ?property ?value } }"

PREFIXES_KEPT = 3
"""For how many prefixes of its addresses the page is kept: behind a proxy there may be one, and none without it."""

HTML = results.Format("html", "text/html")
FORMATS = (results.GRAPH_FORMATS[0], HTML, *results.GRAPH_FORMATS[1:])
"""What a file can be had as, in order of preference: a browser names text/html; what takes anything is a tool."""

ENDINGS = {"ttl": "turtle", "rdf": "rdfxml", "jsonld": "jsonld", "nt": "ntriples"}
"""The formats that have addresses of their own, by the ending of the address."""

TITLES = {"turtle": "Turtle", "rdfxml": "RDF/XML", "jsonld": "JSON-LD", "ntriples": "N-Triples"}

_NAME = re.compile(r"((?:pow|term):[\w-]+)")

THINGS, STATEMENTS, ABOUT, PASSAGE_OF = "things-of-a-class", "statements-of-a-property", "about", "passage"
"""The named questions that the page asks of a class, a property, a thing and a passage."""


@dataclass(frozen=True, slots=True)
class File:
    """A named graph of the ontology: its IRI, its title, where the page shows it ("" for all of it).

    `endpoint` names its view; the addresses of its formats are those of `endpoint` with "_file".
    """

    endpoint: str
    graph: str
    title: str
    section: str

    @property
    def formats(self) -> list[tuple[str, str, str]]:
        """The formats that have addresses: name, media type and address of each."""
        named = {entry.name: entry.media_type for entry in results.GRAPH_FORMATS}
        place = f"ontology.{self.endpoint}_file"
        return [(TITLES[name], named[name], url_for(place, ending=ending)) for ending, name in ENDINGS.items()]


FILES = (
    File("classes", ONTOLOGY, "Classes and properties", ""),
    File("alignments", ALIGNMENTS_GRAPH, "Alignments to the standards", "all-alignments"),
    File("words", TERMS_GRAPH, "Words of the small lists", "small-lists"),
    File("shapes", SHAPES_GRAPH, "Shapes", "all-shapes"),
)


def blueprint(engine: Engine, questions: Sequence[Question]) -> Blueprint:
    """The views over an engine. The page and each file are made once for each version of the data."""
    views = Blueprint("ontology", __name__)
    documentation = Kept(engine, lambda: describe(engine, questions))

    @lru_cache(PREFIXES_KEPT)
    def page(_prefix: str) -> Kept[str]:
        return Kept(engine, lambda: _page(engine, documentation.get()[1], {question.name for question in questions}))

    def html(file: File) -> BaseResponse:
        if file.section:
            return redirect(url_for("ontology.classes", _anchor=file.section), 303)
        version, content = page(request.script_root).get()
        return _answer(Response(content, content_type="text/html; charset=utf-8"), file, version)

    for file in FILES:
        _add(views, file, engine, html)
    views.record(lambda state: _make_ready(state.app.jinja_env))

    @views.get("/ontology/<version>")
    def version(version: str) -> BaseResponse:
        if documentation.get()[1].version_iri != f"{ONTOLOGY}/{version}":
            raise NotFound(f"this server has no version {version} of the ontology")
        return redirect(url_for("ontology.classes"), 302)

    return views


def _make_ready(environment: Environment) -> None:
    """Compile the templates and read the fonts, so that the first reader does not wait for it: half of the time."""
    for name in environment.list_templates(filter_func=lambda name: name.startswith("ontology/")):
        environment.get_template(name)
    drawing.loaded_fonts()


def _add(views: Blueprint, file: File, engine: Engine, html: Callable[[File], BaseResponse]) -> None:
    """The addresses of one file: by the Accept header, and one for each ending."""
    written = {
        media_type: Kept(engine, partial(_rdf, engine, file.graph, media_type))
        for entry in results.GRAPH_FORMATS
        for media_type in entry.media_types
    }

    def rdf(media_type: str) -> BaseResponse:
        version, content = written[media_type].get()
        return _answer(Response(content, content_type=content_type(media_type)), file, version)

    def by_header() -> BaseResponse:
        media_type = results.choose(request.headers.get("Accept"), FORMATS)
        if media_type is None:
            known = ", ".join(entry.media_type for entry in FORMATS)
            return problems.problem(406, f"{file.graph} is in no format that was asked for; it can be had as {known}")
        response = html(file) if media_type == HTML.media_type else rdf(media_type)
        response.vary.add("Accept")
        return response

    def by_ending(ending: str) -> BaseResponse:
        return rdf(results.by_name(ENDINGS[ending], "graph").media_type)

    path = "/" + file.graph.removeprefix(BASE)
    views.add_url_rule(path, file.endpoint, by_header)
    views.add_url_rule(f"{path}.<any({', '.join(ENDINGS)}):ending>", f"{file.endpoint}_file", by_ending)


def _rdf(engine: Engine, graph: str, media_type: str) -> bytes:
    with engine.open(GRAPH, {"graph": media_type}, substitutions={"graph": IRI(graph)}) as stream:
        return b"".join(stream)


def _answer(response: Response, file: File, version: str) -> BaseResponse:
    """The response with the other forms of the file, and with a tag that changes with the data.

    The tag of a page changes with the program too; in RDF the order of triples may differ from process to process.
    """
    links = [f'<{url_for("ontology." + file.endpoint)}>; rel="alternate"; type="text/html"']
    links += [f'<{address}>; rel="alternate"; type="{media_type}"' for _, media_type, address in file.formats]
    response.headers["Link"] = ", ".join(links)
    page = sha256(response.get_data()).hexdigest()[:16] if response.mimetype == HTML.media_type else "data"
    response.set_etag(f"{version}-{response.mimetype}-{page}", weak=True)
    return response


def _page(engine: Engine, documentation: Documentation, questions: set[str]) -> str:
    walked = walk(engine, WALKED)
    labels = {entry.ref.iri: entry.ref.label for entry in (*documentation.classes, *documentation.properties)}
    labels |= {standard.ref.iri: standard.ref.label for standard in documentation.standards}
    anchors = {*labels, *(word.ref.iri for words in documentation.lists for word in words.words)}
    anchors |= {words.ref.iri for words in documentation.lists}

    def asked(name: str, **values: str) -> str:
        """The address of a question; "" where there is none of that name."""
        parameters: dict[str, Any] = {**values}
        return url_for("questions.question", name=name, **parameters) if name in questions else ""

    def address(ref: Ref) -> str:
        """Where a thing is shown: its section, its picture, or what is said of it; "" where nothing shows it."""
        if ref.iri in anchors:
            return "#" + ref.anchor
        if ref.iri.startswith((ID, CLAIM)):
            return url_for("pictures.svg", name=ref.iri.removeprefix(ID) if ref.iri.startswith(ID) else ref.curie)
        return asked(ABOUT, thing=ref.iri) if ref.iri.startswith(BASE) else ref.iri

    def evidence(graph: Ref) -> str:
        """Where what a graph states is shown, if it is a passage's; else what is said of the graph."""
        return asked(PASSAGE_OF, passage=graph.curie) if graph.iri.startswith(PASSAGE) else address(graph)

    def pieces(text: str) -> list[tuple[str, str]]:
        """A text in pieces, each with the section that it leads to, "" where it is no term's prefixed name."""
        parts = ((part, expand(part)) for part in _NAME.split(text))
        return [(part, anchor(iri) if iri in anchors else "") for part, iri in parts]

    return render_template(
        "ontology/page.html",
        docs=documentation,
        walk=walked,
        diagram=diagram.model(labels),
        files=FILES,
        prefixes=sorted(PREFIXES.items()),
        address=address,
        evidence=evidence,
        asked=asked,
        pieces=pieces,
        curie=curie,
        inferred=INFERRED_GRAPH,
        things=THINGS,
        statements=STATEMENTS,
    )
