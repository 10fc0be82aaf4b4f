from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib

from powkg.build import build
from powkg.cli import main
from test_engine import CRASH

Run = Callable[..., tuple[int, str, str]]

WHO = """#+ title: Who is it?
#+ tags: [people]
#+ description: The class of the person of the parameter.
#+ parameters:
#+   person: id:joseph-stalin
SELECT ?person ?class WHERE { ?person a ?class }
"""
NAMES = """#+ title: What is called so?
#+ tags: [names]
#+ description: Whatever has a label.
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing WHERE { ?thing rdfs:label "Cold War"@en }
"""
# Its answer is cut off anywhere: it has no letter of several bytes.
ENDLESS = f"SELECT * {{ {' . '.join(f'?a{n} a ?c{n}' for n in range(12))} }}"
STALIN = "https://w3id.org/powkg/id/joseph-stalin"
WAR = "https://w3id.org/powkg/id/cold-war"
PERSON = "https://w3id.org/powkg/ontology#Person"


@pytest.fixture
def data(make_data: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    root = make_data()
    for name, text in (("who", WHO), ("names", NAMES)):
        (root / "queries" / "questions" / f"{name}.rq").write_text(text, encoding="utf-8")
    monkeypatch.setenv("POWKG_DATA", str(root))
    monkeypatch.setenv("POWKG_STORE", str(tmp_path / "store"))
    monkeypatch.chdir(tmp_path)
    build(root, tmp_path / "store")
    return root


@pytest.fixture
def run(data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:  # noqa: ARG001
    """Runs `powkg query` with the arguments given; its status and what it wrote to standard output and error."""

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["powkg", "query", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
        return (int(caught.value.code or 0), *capsys.readouterr())

    return call


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "powkg", "query", *arguments]


def in_terminal(*arguments: str, columns: int = 80) -> list[str]:
    """What the command shows in a terminal, line by line, without colours."""
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (24, columns))
    environment = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
    environment |= {"NO_COLOR": "1", "TERM": "xterm"}
    with subprocess.Popen(command(*arguments), stdout=theirs, stderr=theirs, env=environment):
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # how Linux tells that the other end is closed
                break
            if not piece:
                break
            shown += piece
    os.close(ours)
    return [re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip() for line in shown.decode().splitlines()]


def test_a_question_is_run_by_name(run: Run) -> None:
    status, out, errors = run("names")
    assert (status, errors) == (0, "")
    assert list(csv.reader(io.StringIO(out))) == [["thing"], [WAR]]


def test_a_question_takes_parameters(run: Run) -> None:
    assert run("who")[1].splitlines() == ["person,class", f"{STALIN},{PERSON}"]
    assert run("who", "-p", "person=id:cold-war")[1].splitlines()[1].startswith(WAR)
    assert run("who", "--param", f"?person=<{WAR}>")[1].splitlines()[1].startswith(WAR)


def test_a_file_is_run_with_or_without_a_header(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text(WHO, encoding="utf-8")
    assert run(str(tmp_path / "mine.rq"), "-p", "person=id:cold-war")[1].splitlines()[1].startswith(WAR)
    (tmp_path / "names").write_text("SELECT (1 AS ?one) {}", encoding="utf-8")
    assert run("names")[1].splitlines() == ["one", "1"]
    (tmp_path / "plain.sparql").write_text("SELECT ?s { ?s ?p ?o }", encoding="utf-8")
    assert STALIN not in run("plain.sparql", "-p", "s=id:cold-war")[1]


def test_a_text_is_run_with_parameters(run: Run) -> None:
    query = "PREFIX pow: <https://w3id.org/powkg/ontology#> SELECT ?who { ?who a pow:Person }"
    assert run(query)[1].splitlines() == ["who", STALIN]
    assert run(query, "-p", "who=id:cold-war")[1].splitlines() == ["who"]


def test_standard_input_is_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("SELECT (1 AS ?one) {}"))
    assert run("-")[1].splitlines() == ["one", "1"]


def test_the_format_can_be_chosen(run: Run) -> None:
    assert json.loads(run("names", "--format", "json")[1])["results"]["bindings"][0]["thing"]["value"] == WAR
    assert run("names", "-f", "tsv")[1].splitlines() == ["?thing", f"<{WAR}>"]
    assert f"<uri>{WAR}</uri>" in run("names", "-f", "xml")[1]
    assert run("names", "-f", "table")[1].splitlines()[2:] == ["id:cold-war", "1 row"]


def test_a_yes_or_no_is_a_line(run: Run) -> None:
    assert run("ASK { ?s ?p ?o }")[1] == "true\n"
    assert run("ASK { ?s ?p 'nothing' }", "-f", "table")[1] == "no\n"
    assert json.loads(run("ASK {}", "-f", "json")[1])["boolean"] is True


@pytest.mark.parametrize(
    ("form", "name"), [(None, "turtle"), ("ntriples", "nt"), ("rdfxml", "xml"), ("turtle", "turtle")]
)
def test_a_graph_is_written(run: Run, form: str | None, name: str) -> None:
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER(?s = <{STALIN}>) }}"
    out = run(query, *(["-f", form] if form else []))[1]
    graph = rdflib.Graph()
    graph.parse(data=out, format=name)
    assert len(graph) == 3


def test_a_graph_can_be_a_table(run: Run) -> None:
    lines = run(f"DESCRIBE <{STALIN}>", "-f", "table")[1].splitlines()
    assert lines[0].split() == ["subject", "predicate", "object"]
    assert lines[-1] == "3 rows"


def test_questions_are_listed(run: Run) -> None:
    listed = """\
People, bodies and offices
  who    Who is it? (person)
Names and identifiers
  names  What is called so?
"""
    assert run("--list") == (0, listed, "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "give a question (powkg query --list), a file or SPARQL, or - for standard input"),
        ([""], "give a question (powkg query --list), a file or SPARQL, or - for standard input"),
        ([" "], "give a question (powkg query --list), a file or SPARQL, or - for standard input"),
        (["/etc"], "/etc is a folder; give a file with SPARQL"),
        (["--list", "who"], "--list takes no query: leave 'who' away"),
        (["n" * 5000], f"'{'n' * 5000}' is no question, no file and no SPARQL; powkg query --list"),
        (["a"], "'a' is no question, no file and no SPARQL; powkg query --list lists the questions"),
        (["ASK {} # \udcff"], "the query is not UTF-8: character 10 cannot be read"),
        (["ASK {}", "--timeout", "0"], "--timeout is '0': give a number of seconds above 0"),
        (["nam"], "'nam' is no question, no file and no SPARQL; did you mean names?"),
        (
            ["who commanded?"],
            "'who commanded?' is no question, no file and no SPARQL; powkg query --list lists the questions",
        ),
        (["mine.rq"], "there is no file mine.rq"),
        (["who", "-p", "whom=id:x"], "who has no parameter whom; its parameters: person"),
        (["who", "-p", "person"], "--param 'person' has no value; write --param name=value"),
        (["who", "-p", "person=id:a", "-p", "person=id:b"], "the parameter person is given twice"),
        (["who", "-p", "person=Stalin"], "the parameter person: 'Stalin' is not an RDF term"),
        (["SELECT ?s { ?s ?p ?o }", "-p", "o=1"], "a value is given to ?o, which is none of the query's columns"),
        (["SELECT ?s {\n ?s x:p ?o }"], "SPARQL syntax error: line 2, column 5: the prefix x: is not declared"),
        (["SELEC * {}"], "SPARQL syntax error: line 1, column 1: a query begins here with"),
        (
            ["who", "-f", "turtle"],
            "the answer is a table and has no format 'turtle'; choose one of json, xml, csv, tsv, table\n",
        ),
        (["DESCRIBE <a:b>", "-f", "csv"], "the answer is a graph and has no format 'csv'; choose one of turtle, "),
        (["SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"], "SERVICE is not answered: "),
    ],
)
def test_wrong_use_is_said_in_one_line(run: Run, arguments: list[str], message: str) -> None:
    status, out, errors = run(*arguments)
    assert (status, out) == (2, "")
    assert errors.startswith(f"powkg: {message}")
    assert errors.count("\n") == 1


def test_a_syntax_error_in_a_file_names_the_file(run: Run, data: Path) -> None:
    path = data / "queries" / "questions" / "who.rq"
    path.write_text(WHO.replace("a ?class", "a x:class"), encoding="utf-8")
    status, _, errors = run("who")
    assert status == 2
    assert errors.startswith(f"powkg: {path}: SPARQL syntax error: line 6, column 41: ")


def test_a_wrong_header_is_wrong_data(run: Run, data: Path) -> None:
    (data / "queries" / "questions" / "who.rq").write_text("#+ title: x\nASK {}", encoding="utf-8")
    status, out, errors = run("who")
    assert (status, out) == (1, "")
    assert "who.rq:1: error [query-header]: it needs a title and a description" in errors


def test_a_query_that_crashes_its_process_is_told(run: Run) -> None:
    status, out, errors = run(CRASH)
    assert (status, out) == (1, "")
    assert errors.startswith("powkg: the query sorts values of several types")
    assert errors.count("\n") == 1


@pytest.mark.parametrize("form", ["csv", "table"])
def test_a_query_past_its_time_is_ended(run: Run, form: str) -> None:
    status, _, errors = run(ENDLESS, "--timeout", "0.5", "-f", form)
    assert (status, errors) == (1, "powkg: the query was ended after 0.5 s, the time that it was given\n")


def test_names_that_the_store_does_not_have_are_noted(run: Run) -> None:
    query = """PREFIX pow: <https://w3id.org/powkg/ontology#> PREFIX id: <https://w3id.org/powkg/id/>
    SELECT ?who { ?who a pow:Prson ; pow:born ?date . id:cold-wra ?p ?who . # pow:Nothing
      FILTER(?who != "pow:Nothing") }"""
    status, out, errors = run(query)
    assert (status, out.splitlines()) == (0, ["who"])
    assert errors.splitlines() == [
        "powkg: note: pow:Prson is not declared; did you mean pow:Person?",
        "powkg: note: pow:born is not declared",
        "powkg: note: id:cold-wra is not described; did you mean id:cold-war?",
    ]
    assert run("who", "-p", "person=id:josef-stalin") == (
        0,
        "person,class\r\n",
        "powkg: note: id:josef-stalin is not described; did you mean id:joseph-stalin?\n",
    )


def test_a_wrong_data_folder_is_blamed_and_not_the_name(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, data: Path
) -> None:
    monkeypatch.setenv("POWKG_DATA", str(tmp_path))
    status, out, errors = run("who")
    assert (status, out) == (2, "")
    assert errors.startswith(f"powkg: {tmp_path} has no ontology/ and no graph/; name the folder")
    monkeypatch.setenv("POWKG_DATA", str(data))
    shutil.rmtree(data / "queries")
    folder = data / "queries" / "questions"
    assert run("who")[2] == f"powkg: 'who' is no file and no SPARQL, and {folder} holds no questions\n"


@pytest.mark.parametrize(
    ("standard_input", "reason"),
    [("printf 'ASK {} # \\377'", "is not UTF-8: byte 10 cannot be read"), ("true", None), ("", "is closed")],
)
@pytest.mark.usefixtures("data")
def test_standard_input_that_is_no_query_is_told(standard_input: str, reason: str | None) -> None:
    line = f'{standard_input} | exec "$@"' if standard_input else 'exec "$@" <&-'
    environment = {**os.environ, "PYTHONUTF8": "0", "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8:strict"}
    done = subprocess.run(
        ["sh", "-c", line, "sh", *command("-")], capture_output=True, text=True, check=False, env=environment
    )
    expected = f"standard input {reason}" if reason else "SPARQL syntax error: line 1, column 1: a query begins here"
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"powkg: {expected}")
    assert done.stderr.count("\n") == 1


def test_the_build_s_complaint_is_passed_on(run: Run, data: Path, tmp_path: Path) -> None:
    (data / "graph" / "dawsey.trig").write_text("this is no TriG", encoding="utf-8")
    status, out, errors = run("names")
    assert (status, out) == (1, "")
    first, second, *rest = errors.splitlines()
    assert (first, rest) == (f"powkg: building the store in {tmp_path / 'store'}", [])
    assert second.startswith("powkg: graph/dawsey.trig:1: error [syntax]: ")


def test_a_store_that_is_spoilt_is_told_with_what_to_do(run: Run, tmp_path: Path) -> None:
    (build,) = (tmp_path / "store" / "builds").iterdir()
    shutil.rmtree(build / "data")
    status, out, errors = run("names")
    assert (status, out) == (1, "")
    assert "cannot be read" in errors
    assert "make it anew with `powkg build --force`" in errors


def test_the_store_is_built_where_needed_and_only_standard_error_says_so(run: Run, data: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    status, out, errors = run("names", "--store", str(other))
    assert (status, out.splitlines(), errors) == (0, ["thing", WAR], f"powkg: building the store in {other}\n")
    assert run("names", "--store", str(other))[2] == ""
    (data / "graph" / "dawsey.trig").write_text("", encoding="utf-8")
    status, out, errors = run("names", "--store", str(other))
    assert (status, out.splitlines(), errors) == (0, ["thing"], f"powkg: building the store in {other}\n")


@pytest.mark.usefixtures("data")
def test_a_terminal_gets_a_table_that_fits() -> None:
    lines = in_terminal("who")
    assert [line.split() for line in (lines[0], *lines[2:])] == [
        ["person", "class"],
        ["id:joseph-stalin", "pow:Person"],
        ["1", "row"],
    ]
    narrow = in_terminal("SELECT ('one two three four five six seven' AS ?words) {}", columns=20)
    assert max(map(len, narrow)) <= 20
    assert in_terminal("ASK {}") == ["yes"]
    assert in_terminal("ASK {}", "-f", "csv") == ["true"]
    assert in_terminal(f"DESCRIBE <{STALIN}>")[0].startswith("@prefix")


@pytest.mark.parametrize("form", ["csv", "table", "json"])
@pytest.mark.usefixtures("data")
def test_a_closed_pipe_ends_it_quietly(form: str) -> None:
    query = "SELECT ?a ?b WHERE { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z }"
    with subprocess.Popen(command(query, "-f", form), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""


def test_every_question_of_the_project_runs(
    real: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.delenv("POWKG_DATA", raising=False)
    monkeypatch.setenv("POWKG_STORE", str(tmp_path / "store"))
    names = sorted(path.stem for path in (real / "queries" / "questions").glob("*.rq"))
    empty = []
    for name in names:
        monkeypatch.setattr(sys, "argv", ["powkg", "query", name])
        with pytest.raises(SystemExit) as caught:
            main()
        assert caught.value.code in {0, None}, name
        if len(capsys.readouterr().out.splitlines()) < 2:
            empty.append(name)
    assert names
    assert empty == []
