"""The queries of queries/: whether they can be run and answer as expected, and what those of queries/checks/ find.

A query of queries/checks/ selects defects. Its first column is `?subject`; columns `?graph` and `?predicate`, where it
has them, are the graph that the defect stands in and the property at fault. Its header (`#+`, YAML) has a title, a
description, a severity (error, warning or info), a message in which `?name` stands for the value of a column, and a
remedy. Its file bears the name of the defect.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec

import yaml

from powkg.checks.finding import Finding
from powkg.checks.material import Material
from powkg.competency import questions_by_term
from powkg.errors import PowkgError, QuerySyntaxError, Severity
from powkg.mentions import mentions, unknown
from powkg.namespaces import curie
from powkg.queries import Question, find_header, read_all
from powkg.terms import IRI, Term

FOLDER = Path("queries", "checks")
QUESTIONS = Path("queries", "questions")
KEYS = ("title", "description", "severity", "message", "remedy")

_P = ParamSpec("_P")
_COLUMN = re.compile(r"\?(\w+)")


@dataclass(frozen=True, slots=True)
class CheckQuery:
    """A query that selects defects; its name is that of its file and of the defect."""

    name: str
    text: str
    description: str
    severity: Severity
    message: str
    remedy: str

    def find(self, material: Material) -> Iterator[Finding]:
        """A finding for each row of the answer; each message once for a subject."""
        answer = material.answer(self.text)
        seen: set[tuple[str, str]] = set()
        for row in answer.rows:
            cells = dict(zip(answer.variables, row, strict=True))
            subject = str(cells["subject"])
            graph, predicate = (str(cells[name]) if cells.get(name) else None for name in ("graph", "predicate"))
            message = _filled(self.message, cells)
            if (subject, message) not in seen:
                seen.add((subject, message))
                yield Finding(subject, message, graph, predicate)


def _filled(message: str, cells: Mapping[str, Term | None]) -> str:
    """The message with `?name` replaced by the value of the column of that name."""
    return _COLUMN.sub(lambda match: cell(cells.get(match[1])) or match[0], message)


def read_check(path: Path) -> CheckQuery:
    """The query in a file of queries/checks/. Raises ValueError, with the reason, where its header is wrong."""
    text = _text(path)
    try:
        header = yaml.safe_load(find_header(text)[1])
    except yaml.YAMLError as error:
        raise ValueError(f"its header is not YAML: {error}") from error
    if not isinstance(header, dict):
        raise ValueError(f"it has no header of lines `#+ name: value`; it needs {', '.join(KEYS)}")  # noqa: TRY004
    missing = [key for key in KEYS if not isinstance(header.get(key), str) or not header[key].strip()]
    if missing:
        raise ValueError(f"its header lacks {', '.join(missing)}")
    if unknown := sorted(set(header) - set(KEYS)):
        raise ValueError(f"its header has {', '.join(map(str, unknown))} beside {', '.join(KEYS)}")
    if header["severity"] not in list(Severity):
        raise ValueError(f"its severity is {header['severity']!r} and must be error, warning or info")
    _, description, severity, message, remedy = (header[key].strip() for key in KEYS)
    return CheckQuery(path.stem, text, description, Severity(severity), message, remedy)


def read_checks(root: Path) -> list[CheckQuery]:
    """The queries of queries/checks/ whose headers are right; `wrong_headers` reports the others."""
    found = []
    for path in _files(root, FOLDER):
        with suppress(ValueError):
            found.append(read_check(path))
    return found


def can_run(material: Material, query: CheckQuery) -> bool:
    """Whether a check can be run; `failing_queries` reports those that cannot."""
    return _failure(_defects, material, query.text) is None


def wrong_headers(material: Material) -> Iterator[Finding]:
    """A query whose header is incomplete or wrong."""
    for path in _files(material.root, FOLDER):
        try:
            read_check(path)
        except ValueError as error:
            yield Finding(None, str(error), file=_name(material, path), line=1)
    for problem in read_all(material.root / QUESTIONS)[1]:
        file = _name(material, Path(problem.file)) if problem.file else None
        yield Finding(None, problem.message, file=file, line=problem.line)


def failing_queries(material: Material) -> Iterator[Finding]:
    """A query that is not SPARQL or cannot be run, and a check that does not select defects."""
    for path, text in _texts(material.root, FOLDER):
        if error := _failure(_defects, material, text):
            yield _failed(material, path, error)
    for question in _questions(material):
        if error := _failure(columns_and_rows, material, question):
            yield _failed(material, question.path, error)


def undeclared_terms(material: Material) -> Iterator[Finding]:
    """A term or a thing that a query names and nothing declares or describes."""
    known = material.ontology.own_terms | frozenset(material.types)
    for folder in (FOLDER, QUESTIONS):
        for path, text in _texts(material.root, folder):
            for iri, line in mentions(text, comments=True):
                if iri not in known:
                    yield Finding(iri, unknown(iri, known), file=_name(material, path), line=line)


def unexpected_answers(material: Material) -> Iterator[Finding]:
    """A question whose answer is not the rows of its header's `expect`."""
    for question in _questions(material):
        if question.expect is None or _failure(columns_and_rows, material, question):
            continue
        columns, found = columns_and_rows(material, question)
        table = question.table
        if table is not None and table.columns != columns:
            message = f"the columns are {', '.join(columns)}, expected are {', '.join(table.columns)}"
            yield Finding(None, message, file=_name(material, table.path), line=1)
        elif found != question.expect:
            number, message = _difference(question.expect, found)
            file, line = (question.path, 1) if table is None else (table.path, number + 1)
            yield Finding(None, message, file=_name(material, file), line=line)


def terms_without_question(material: Material) -> Iterator[Finding]:
    """A class or property of powkg.ttl that no question with an expected answer uses; nothing where no question is."""
    questions = [question for question in _questions(material) if question.expect is not None]
    ontology = material.ontology
    used = questions_by_term(questions)
    for term in sorted(ontology.classes | frozenset(ontology.kinds)) if questions else ():
        if term not in used:
            yield Finding(term, "no question names it, and none has it in its answer")


def cell(term: Term | None) -> str:
    """A term as the header of a question writes it: a name with a prefix, or the text of a literal; "" for none."""
    if term is None:
        return ""
    return curie(term.value) if isinstance(term, IRI) else str(term)


def _questions(material: Material) -> tuple[Question, ...]:
    """The questions whose headers are right; `wrong_headers` reports the others."""
    return read_all(material.root / QUESTIONS)[0]


def _texts(root: Path, folder: Path) -> Iterator[tuple[Path, str]]:
    """Every query that is text; `wrong_headers` reports the others."""
    for path in _files(root, folder):
        with suppress(ValueError):
            yield path, _text(path)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"it cannot be read: {error}") from error


def columns_and_rows(material: Material, question: Question) -> tuple[tuple[str, ...], list[list[str]]]:
    """The answer of a question, with its parameters' default values, as texts; an ASK is one row of one cell.

    Raises PowkgError where it cannot be run.
    """
    given = {name for name, value in question.parameters.items() if value}
    terms = question.substitutions({}) if given == set(question.parameters) else {}
    answer = material.answer(question.text, terms)
    rows = [[cell(term) for term in row] for row in answer.rows]
    return answer.variables, sorted(rows) if answer.kind == "graph" else rows


def _defects(material: Material, text: str) -> None:
    """Run a check; PowkgError where it cannot be run or is none."""
    if material.answer(text).variables[:1] != ("subject",):
        raise PowkgError("a check is a SELECT whose first column is ?subject")


def _failure(run: Callable[_P, object], *arguments: _P.args, **named: _P.kwargs) -> PowkgError | None:
    try:
        run(*arguments, **named)
    except PowkgError as error:
        return error
    return None


def _failed(material: Material, path: Path, error: PowkgError) -> Finding:
    line = error.line if isinstance(error, QuerySyntaxError) else None
    return Finding(None, str(error), file=_name(material, path), line=line or 1)


def _difference(expected: list[list[str]], found: list[list[str]]) -> tuple[int, str]:
    """The number of the first row that differs, counted from 1, and what is to be said of it."""
    for number, (wanted, got) in enumerate(zip(expected, found, strict=False), 1):
        if wanted != got:
            return number, f"row {number} is {' | '.join(got)!r}, expected is {' | '.join(wanted)!r}"
    number = min(len(found), len(expected)) + 1
    return number, f"the answer has {len(found)} rows, expected are {len(expected)}"


def _files(root: Path, folder: Path) -> list[Path]:
    return sorted((root / folder).glob("*.rq"))


def _name(material: Material, path: Path) -> str:
    return path.relative_to(material.root).as_posix()
