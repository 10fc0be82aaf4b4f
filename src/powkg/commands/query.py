"""`powkg query`: run a named question, a file or a SPARQL text, and print the answer."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import click

from powkg import queries, results
from powkg.commands.freshness import bring_up_to_date
from powkg.engine import Engine, Stream
from powkg.errors import NotAcceptableError, QuerySyntaxError, UsageError
from powkg.mentions import is_name, mentions, unknown
from powkg.notation import parse
from powkg.queries import Question
from powkg.settings import Settings, seconds
from powkg.table import UNLIMITED, print_table
from powkg.terms import IRI, Term
from powkg.topics import by_topic
from powkg.workers import ntriples, sparql_json

_SPARQL = re.compile(r"(?:\s|#[^\n]*(?:\n|$))*(?:PREFIX|BASE|SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_TABLE = {"select": sparql_json.MEDIA_TYPE, "ask": sparql_json.MEDIA_TYPE, "graph": ntriples.MEDIA_TYPE}
"""The media types that a table is made from."""

_IS_KNOWN = "ASK { ?name a ?class }"
_KNOWN = "SELECT DISTINCT ?name { ?name a ?class }"

_HELP = """Run QUERY and print the answer: the name of a question (see --list), a file with SPARQL, SPARQL itself, or -
for standard input. Builds the store first where the data has changed.

In a terminal the answer is a table (a graph is Turtle); elsewhere it is CSV. SELECT * has its columns in alphabetical
order."""


@click.command(help=_HELP)
@click.argument("query", required=False)
@click.option(
    "-p",
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help='A value for a parameter: id:harbin, <IRI>, 1945, "text"@en. Repeatable.',
)
@click.option("-f", "--format", "form", type=click.Choice(["table", *results.names()]), help="Form of the answer.")
@click.option("--timeout", metavar="SECONDS", help="The longest that the query may run; no limit where not given.")
@click.option("--store", type=click.Path(path_type=Path), help="Folder of the store.")
@click.option("--list", "show_list", is_flag=True, help="List the questions by topic.")
def command(  # noqa: PLR0913  # one parameter an option
    *,
    query: str | None,
    params: tuple[str, ...],
    form: str | None,
    timeout: str | None,
    store: Path | None,
    show_list: bool,
) -> None:
    """Find the query, bring the store up to date, ask it, print."""
    settings = Settings.from_environment(os.environ, store)
    folder = settings.data / "queries" / "questions"
    if show_list:
        if query is not None:
            raise UsageError(f"--list takes no query: leave {query!r} away")
        _print_list(folder)
        return
    text, question = _find(query or "", folder)
    given = _parameters(params)
    if question is None:
        substitutions = {name: parse(value) for name, value in given.items()}
    else:
        substitutions = question.substitutions(given)
    limit = None if timeout is None else seconds(timeout, "--timeout")
    bring_up_to_date(settings)
    with closing(Engine(settings.store, limit, size=1)) as engine:
        try:
            _answer(engine, text, substitutions, form)
        except QuerySyntaxError as error:
            raise (error if question is None else UsageError(f"{question.path}: {error}")) from None
        for note in _notes(engine, text, substitutions):
            click.echo(f"powkg: note: {note}", err=True)


def _find(query: str, folder: Path) -> tuple[str, Question | None]:
    """The query's text, and its header where it has one. Raises UsageError where the words name no query."""
    if query == "-":
        return _standard_input(), None
    if not query.strip():
        raise UsageError("give a question (powkg query --list), a file or SPARQL, or - for standard input")
    if _SPARQL.match(query) or "{" in query:
        return _encodable(query, "the query"), None
    path = Path(query)
    try:
        is_file, is_folder = path.is_file(), path.is_dir()
    except OSError:  # too long for a name
        is_file = is_folder = False
    if is_file:
        question = queries.read(path)
        return question.text, question if question.description else None
    names = sorted(path.stem for path in folder.glob("*.rq"))
    if query in names:
        question = queries.find(folder, query)
        return question.text, question
    if is_folder:
        raise UsageError(f"{query} is a folder; give a file with SPARQL")
    if query.endswith(".rq") or "/" in query:
        raise UsageError(f"there is no file {query}")
    if not names:
        raise UsageError(f"{query!r} is no file and no SPARQL, and {folder} holds no questions")
    hint = queries.near(query, names) or "; powkg query --list lists the questions"
    raise UsageError(f"{query!r} is no question, no file and no SPARQL{hint}")


def _standard_input() -> str:
    if sys.stdin is None:
        raise UsageError("standard input is closed")
    try:
        return _encodable(sys.stdin.read(), "standard input")
    except OSError as error:
        raise UsageError(f"standard input cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"standard input is not UTF-8: byte {error.start + 1} cannot be read") from None


def _encodable(text: str, name: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"{name} is not UTF-8: character {error.start + 1} cannot be read") from None
    return text


def _parameters(params: tuple[str, ...]) -> dict[str, str]:
    given: dict[str, str] = {}
    for param in params:
        name, equals, value = param.partition("=")
        name = name.strip().removeprefix("?")
        if not equals or not name:
            raise UsageError(f"--param {param!r} has no value; write --param name=value")
        if name in given:
            raise UsageError(f"the parameter {name} is given twice")
        given[name] = value
    return given


def _print_list(folder: Path) -> None:
    questions = queries.load(folder)
    width = max((len(question.name) for question in questions), default=0)
    for heading, group in by_topic(questions).items():
        click.echo(heading)
        for question in group:
            parameters = f" ({', '.join(question.parameters)})" if question.parameters else ""
            click.echo(f"  {question.name:<{width}}  {question.title}{parameters}")


def _answer(engine: Engine, text: str, substitutions: Mapping[str, Term], form: str | None) -> None:
    """Run the query and print its answer in the form asked for, or one that suits where it goes."""
    tabular = "table" if sys.stdout.isatty() else "csv"
    forms: dict[str, str] = {}
    formats: dict[str, str | None] = {}
    refusals: dict[str, UsageError] = {}
    for kind in results.FORMATS:
        forms[kind] = form or ("turtle" if kind == "graph" else tabular)
        try:
            formats[kind] = _media_type(forms[kind], kind)
        except UsageError as refusal:
            refusals[kind] = refusal
    try:
        stream = engine.open(text, formats, substitutions=substitutions)
    except NotAcceptableError as error:
        raise refusals[error.kind] from None
    with stream:
        if forms[stream.kind] == "table":
            _print_table(stream)
        else:
            _write(stream)


def _media_type(form: str, kind: results.Kind) -> str:
    """The media type that a form is made from. Raises UsageError where this kind of answer has no such form."""
    return _TABLE[kind] if form == "table" else results.by_name(form, kind, others=("table",)).media_type


def _write(stream: Stream) -> None:
    """Pass the answer on as it comes, with a line end where its format has none."""
    out = sys.stdout.buffer
    last = b""
    for piece in stream:
        out.write(piece)
        last = piece or last
    if last and not last.endswith(b"\n"):
        out.write(b"\n")
    out.flush()


def _print_table(stream: Stream) -> None:
    out = sys.stdout
    width = None if out.isatty() else UNLIMITED
    match stream.kind:
        case "ask":
            out.write("yes\n" if sparql_json.decode_boolean(stream) else "no\n")
        case "graph":
            print_table(("subject", "predicate", "object"), ntriples.decode(stream), out, width)
        case _:
            rows = sparql_json.Rows(stream)
            print_table(rows.variables, rows, out, width)
    out.flush()


def _notes(engine: Engine, text: str, substitutions: Mapping[str, Term]) -> Iterator[str]:
    """What to say of the project's names in a query that the store does not have: most are misspelt."""
    values = (term.value for term in substitutions.values() if isinstance(term, IRI) and is_name(term.value))
    named = dict.fromkeys([*(iri for iri, _ in mentions(text)), *values])
    missing = [iri for iri in named if not engine.query(_IS_KNOWN, {"name": IRI(iri)}).boolean]
    known = [str(iri) for (iri,) in engine.query(_KNOWN)] if missing else []
    return (unknown(iri, known) for iri in missing)
