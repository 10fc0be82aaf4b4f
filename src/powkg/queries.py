"""The named questions: SPARQL files with a header. Text in, questions out; nothing is run here.

A header is a block of comment lines that begin with `#+`, grlc's way to decorate a query. It holds YAML:

    #+ title: What does the graph say of a person?
    #+ tags: [people]
    #+ description: Every statement that has the person as its subject or object.
    #+ parameters:
    #+   person: id:tokuda-kyuichi
    #+ expect:
    #+   - [id:tokuda-kyuichi, Japanese Communist Party]
    SELECT ?person ?party WHERE { … }

`title` and `description` are required, and in a named question `tags`: a list of exactly one topic, a key of
`powkg.topics.TOPICS`. `parameters` names variables of the query, each with the value that it has where none is given
(`powkg.notation` says how values are written); a parameter with nothing after its colon must be given. `expect` lists
the rows of the answer, each the texts of its cells in order; where they are many it names the CSV file beside the query
that holds them (`powkg.expected`): `#+ expect: names.csv`.

A value takes the place of its variable inside the engine, as RDF-dev SEP-0007 describes; no query text is ever put
together. SEP-0007 needs the variable among a SELECT's columns, and inside a subquery only what the subquery itself
selects is replaced. So a header is refused whose parameter is not a column (of the outermost SELECT, or of DESCRIBE);
ASK and CONSTRUCT take any variable. Without its header's value the variable is free, so each file is a query of its
own in any other SPARQL tool.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import yaml

from powkg import expected
from powkg.errors import DataError, PowkgError, Problem, UsageError
from powkg.notation import parse
from powkg.terms import Term
from powkg.tokens import TOKEN
from powkg.topics import TOPICS

_KEYS = ("title", "tags", "description", "parameters", "expect")
_TABLE = re.compile(r"\w[\w-]*\.csv")


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its header; `name` is that of its file without `.rq`.

    `parameters` gives the default value of each as it is written, "" where a value must be given; `expect` is None
    where the header says nothing of the answer, and `table` the file that it stands in where that is another one.
    `topic` is a key of TOPICS, "" where a file that is no named question gives none.
    """

    name: str
    path: Path
    title: str
    description: str
    parameters: dict[str, str]
    expect: list[list[str]] | None
    text: str
    table: expected.Table | None = None
    topic: str = ""

    def substitutions(self, given: Mapping[str, str]) -> dict[str, Term]:
        """The terms of all parameters, from the values given and the defaults of the others.

        Raises UsageError for a name that is no parameter, one without a value, or a value that is no term.
        """
        unknown = sorted(set(given) - set(self.parameters))
        if unknown:
            known = ", ".join(self.parameters) or "it has none"
            raise UsageError(f"{self.name} has no parameter {', '.join(unknown)}; its parameters: {known}")
        values = {**self.parameters, **given}
        missing = [name for name, value in values.items() if not value]
        if missing:
            raise UsageError(f"{self.name} needs a value for {', '.join(missing)}")
        return {name: _value(name, value) for name, value in values.items()}


def load(folder: Path) -> tuple[Question, ...]:
    """Every .rq file of a folder, by name. Raises DataError for all that are no questions, with file and line."""
    questions, problems = read_all(folder)
    if problems:
        raise DataError(problems)
    return questions


def read_all(folder: Path) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
    """The questions of a folder, by name, and what is wrong with the files that are none."""
    questions: list[Question] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.rq")):
        try:
            questions.append(read(path, needs_header=True))
        except DataError as error:
            problems.extend(error.problems)
        except PowkgError as error:
            problems.append(Problem("query-header", str(error), "save it as UTF-8 text", path.as_posix(), 1))
    return tuple(questions), tuple(problems)


def find(folder: Path, name: str) -> Question:
    """The question of that name. Raises UsageError, with the nearest names, where there is none."""
    names = [path.stem for path in sorted(folder.glob("*.rq"))]
    if name not in names:
        raise UsageError(f"there is no question {name!r}{near(name, names)}")
    return read(folder / f"{name}.rq", needs_header=True)


def near(name: str, names: list[str]) -> str:
    """A hint at the names that are spelled much like this one or have all of its words; "" where none is."""
    words = set(name.split("-"))
    matches = get_close_matches(name, names, cutoff=0.75) or [one for one in names if words <= set(one.split("-"))][:3]
    return f"; did you mean {' or '.join(matches)}?" if matches else ""


def read(path: Path, *, needs_header: bool = False) -> Question:
    """The query in a file; without a header, its title is its name and it has no parameters.

    Raises DataError where the header is wrong, or lacking and needed, and PowkgError where the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PowkgError(f"{path} cannot be read: {error}") from error
    first_line, header = find_header(text)
    if not header and not needs_header:
        return Question(path.stem, path, path.stem, "", {}, None, text)
    return _Reader(path, first_line).question(header, text, needs_topic=needs_header)


def _value(name: str, value: str) -> Term:
    try:
        return parse(value)
    except UsageError as error:
        raise UsageError(f"the parameter {name}: {error}") from None


def find_header(text: str) -> tuple[int, str]:
    """The number of the header's first line and its YAML, "" where there is no header."""
    lines = text.splitlines()
    before = 0
    while before < len(lines) and not lines[before].startswith("#+") and lines[before].strip()[:1] in {"", "#"}:
        before += 1
    end = before
    while end < len(lines) and lines[end].startswith("#+"):
        end += 1
    return before + 1, "\n".join(line[2:].removeprefix(" ") for line in lines[before:end])


class _Reader:
    """Reads one header; it knows the file and the header's first line for its errors."""

    def __init__(self, path: Path, first_line: int) -> None:
        self.path = path
        self.first_line = first_line

    def question(self, header: str, text: str, *, needs_topic: bool) -> Question:
        try:
            root = yaml.compose(header, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            raise self.error(f"it is not YAML: {error.problem}", mark.line if mark else 0) from None
        except yaml.YAMLError as error:
            raise self.error(f"it is not YAML: {error}", 0) from None
        fields = self.mapping(root, "the header") if root is not None else {}
        for key, node in fields.items():
            if key not in _KEYS:
                raise self.error(f"{key!r} is none of {', '.join(_KEYS)}", node.start_mark.line)
        title, description = (
            self.text(fields[key]).strip() if key in fields else "" for key in ("title", "description")
        )
        if not title or not description:
            raise self.error("it needs a title and a description", 0)
        if needs_topic and "tags" not in fields:
            raise self.error(f"it needs its topic, `tags: [TOPIC]`, one of {', '.join(TOPICS)}", 0)
        topic = self.topic(fields["tags"]) if "tags" in fields else ""
        parameters = self.parameters(fields["parameters"], text) if "parameters" in fields else {}
        answer = fields.get("expect")
        table = self.table(answer) if answer is not None else None
        expect = table.rows if table is not None else self.rows(answer) if answer is not None else None
        return Question(self.path.stem, self.path, title, description, parameters, expect, text, table, topic)

    def topic(self, node: yaml.Node) -> str:
        names = [self.text(item) for item in node.value] if isinstance(node, yaml.SequenceNode) else []
        if len(names) != 1:
            raise self.error("tags must be a list of exactly one topic: [people]", node.start_mark.line)
        if names[0] not in TOPICS:
            message = f"{names[0]!r} is no topic; a question's topic is one of {', '.join(TOPICS)}"
            raise self.error(message, node.start_mark.line)
        return names[0]

    def parameters(self, node: yaml.Node, text: str) -> dict[str, str]:
        nodes = self.mapping(node, "parameters")
        takes = _takes_values(text)
        for name, value in nodes.items():
            line = value.start_mark.line
            if takes is not None and name not in takes:
                raise self.error(f"the parameter {name} is no column of the query; SELECT ?{name} as well", line)
            default = self.text(value)
            if default:
                try:
                    parse(default)
                except UsageError as error:
                    raise self.error(f"the parameter {name}: {error}", line) from None
        return {name: self.text(value) for name, value in nodes.items()}

    def mapping(self, node: yaml.Node, what: str) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            raise self.error(f"{what} must be lines of the form `name: value`", node.start_mark.line)
        fields: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = self.text(key)
            if name in fields:
                raise self.error(f"{name!r} stands there twice", key.start_mark.line)
            fields[name] = value
        return fields

    def table(self, node: yaml.Node) -> expected.Table | None:
        """The rows of the file that the header names; None where it lists them itself."""
        if not isinstance(node, yaml.ScalarNode):
            return None
        if not _TABLE.fullmatch(node.value):
            message = "expect must be a list of rows, or the name of a CSV file in the folder of the query"
            raise self.error(message, node.start_mark.line)
        path = self.path.with_name(node.value)
        if not path.is_file():
            message = f"there is no file {node.value} beside it; make an empty one, and `powkg expect` fills it"
            raise self.error(message, node.start_mark.line)
        return expected.read(path)

    def rows(self, node: yaml.Node) -> list[list[str]]:
        return [[self.text(cell) for cell in self.sequence(row)] for row in self.sequence(node)]

    def sequence(self, node: yaml.Node) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode):
            raise self.error("expect must be a list of rows, each a list of texts: - [one, two]", node.start_mark.line)
        return list(node.value)

    def text(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise self.error("here must stand a text; put it in quotes", node.start_mark.line)
        return str(node.value)

    def error(self, message: str, line: int) -> DataError:
        return DataError([Problem("query-header", message, "", self.path.as_posix(), self.first_line + line)])


def _takes_values(text: str) -> frozenset[str] | None:
    """The variables of a query that may be given a value; None where every one may (`SELECT *`, an empty text)."""
    tokens = TOKEN.finditer(text)
    form = next((word for found in tokens if (word := (found["word"] or "").upper()) in _FORMS), None)
    if form in {"SELECT", "DESCRIBE"}:
        return _columns(tokens)
    return frozenset(found["variable"] for found in TOKEN.finditer(text) if found["variable"]) if form else None


_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}


def _columns(tokens: Iterator[re.Match[str]]) -> frozenset[str] | None:
    """The plain variables between SELECT or DESCRIBE and the pattern; None for `*`."""
    columns = set()
    depth = 0
    for found in tokens:
        mark = found["mark"]
        if mark == "{" or (found["word"] or "").upper() in {"WHERE", "FROM"}:
            break
        depth += {"(": 1, ")": -1}.get(mark or "", 0)
        if depth == 0 and mark == "*":
            return None
        if depth == 0 and found["variable"]:
            columns.add(found["variable"])
    return frozenset(columns)
