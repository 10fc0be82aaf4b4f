from __future__ import annotations

from pathlib import Path

import pytest

from powkg.errors import DataError, PowkgError, UsageError
from powkg.expected import Table
from powkg.namespaces import ID, PASSAGE, XSD
from powkg.queries import Question, find, load, near, read
from powkg.store import Store
from powkg.terms import IRI, Literal

HEADER = "#+ title: Who?\n#+ tags: [people]\n#+ description: Everybody.\n"
UNTAGGED = HEADER.replace("#+ tags: [people]\n", "")


def write(tmp_path: Path, text: str, name: str = "who.rq") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def problem(tmp_path: Path, text: str) -> tuple[int | None, str]:
    """The line and the message of the one defect of a header."""
    path = write(tmp_path, text)
    with pytest.raises(DataError) as caught:
        read(path, needs_header=True)
    (found,) = caught.value.problems
    assert (found.check, found.file) == ("query-header", path.as_posix())
    return found.line, found.message


def test_a_header_describes_the_query(tmp_path: Path) -> None:
    text = """# A comment before the header.
#+ title: Who was where?
#+ tags: [people]
#+ description: >
#+   Persons and places:
#+   all of them.
#+ parameters:
#+   person: id:joseph-stalin
#+   from: '"1945-01-01"^^xsd:date'
#+   place:
#+ expect:
#+   - [Joseph Stalin, 1945-02-04, '1,000']
#+   - [no, 007, ""]
#+
# not the header any more
SELECT ?person ?from ?place WHERE { ?person ?p ?place }
"""
    assert read(write(tmp_path, text)) == Question(
        "who",
        tmp_path / "who.rq",
        "Who was where?",
        "Persons and places: all of them.",
        {"person": "id:joseph-stalin", "from": '"1945-01-01"^^xsd:date', "place": ""},
        [["Joseph Stalin", "1945-02-04", "1,000"], ["no", "007", ""]],
        text,
        topic="people",
    )


def test_a_query_without_a_header_is_a_query_all_the_same(tmp_path: Path) -> None:
    text = "# only a comment\nASK {}"
    assert read(write(tmp_path, text)) == Question("who", tmp_path / "who.rq", "who", "", {}, None, text)


def test_a_query_that_is_no_named_question_needs_no_topic(tmp_path: Path) -> None:
    path = write(tmp_path, UNTAGGED + "ASK {}")
    assert read(path).topic == ""


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("ASK {}", 1, "it needs a title and a description"),
        ("# why\n#+ title: Who?\nASK {}", 2, "it needs a title and a description"),
        ("#+ title: ''\n#+ description: x\nASK {}", 1, "it needs a title and a description"),
        (HEADER + "#+ tile: x\nASK {}", 4, "'tile' is none of title, tags, description, parameters, expect"),
        (UNTAGGED + "ASK {}", 1, "it needs its topic, `tags: [TOPIC]`, one of captivity, figures, "),
        (UNTAGGED + "#+ tags: people\nASK {}", 3, "tags must be a list of exactly one topic"),
        (UNTAGGED + "#+ tags: []\nASK {}", 3, "tags must be a list of exactly one topic"),
        (UNTAGGED + "#+ tags: [people, places]\nASK {}", 3, "tags must be a list of exactly one topic"),
        (UNTAGGED + "#+ tags: [[people]]\nASK {}", 3, "here must stand a text"),
        (UNTAGGED + "#+ tags: [peple]\nASK {}", 3, "'peple' is no topic; a question's topic is one of captivity, "),
        (HEADER + "#+ title: x\nASK {}", 4, "'title' stands there twice"),
        ("#+ title: a: b\nASK {}", 1, "it is not YAML: mapping values are not allowed here"),
        ("#+ title: Who?\n#+ description: [\nASK {}", 2, "it is not YAML"),
        ("#+ title: \x01\nASK {}", 1, "it is not YAML"),
        ("#+ Who?\nASK {}", 1, "the header must be lines of the form `name: value`"),
        ("#+ title: [Who]\nASK {}", 1, "here must stand a text; put it in quotes"),
        (HEADER + "#+ parameters: person\nASK { ?person ?p 1 }", 4, "parameters must be lines of the form"),
        (HEADER + "#+ expect: none\nASK {}", 4, "expect must be a list of rows, or the name of a CSV file"),
        (HEADER + "#+ expect: ../who.csv\nASK {}", 4, "or the name of a CSV file in the folder of the query"),
        (HEADER + "#+ expect: who.csv\nASK {}", 4, "there is no file who.csv beside it"),
        (HEADER + "#+ expect:\n#+ - one\nASK {}", 5, "expect must be a list of rows"),
        (
            HEADER + "#+ parameters:\n#+   who: Stalin\nSELECT ?who {}",
            5,
            "the parameter who: 'Stalin' is not an RDF term",
        ),
    ],
)
def test_a_wrong_header_is_named_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    found_line, found_message = problem(tmp_path, text)
    assert found_line == line
    assert message in found_message


def test_the_rows_may_stand_in_a_file_of_their_own(tmp_path: Path) -> None:
    table = write(tmp_path, 'who,when\n"Stalin, Joseph",1945\n', "who.csv")
    question = read(write(tmp_path, HEADER + "#+ expect: who.csv\nASK {}"))
    assert question.expect == [["Stalin, Joseph", "1945"]]
    assert question.table == Table(table, ("who", "when"), [["Stalin, Joseph", "1945"]])
    write(tmp_path, "who,when\nJoseph\n", "who.csv")
    with pytest.raises(DataError, match=r"who\.csv:2: .*the row has 1 cells"):
        load(tmp_path)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?other WHERE { ?person ?p ?other }",
        "SELECT (COUNT(?person) AS ?n) WHERE { ?person ?p ?o }",
        "SELECT ?other (?person AS ?same) { }",
        "SELECT ?other { SELECT ?person {} }",
        "# SELECT ?person\nPREFIX select: <http://e/?person> SELECT ?s { ?s select:person '?person' }",
        "DESCRIBE ?other WHERE { ?person ?p ?other }",
        "DESCRIBE id:x",
        "ASK { ?other ?p '?person' }",
        "CONSTRUCT { ?other ?p 1 } WHERE { ?other ?p 1 } # ?person",
    ],
)
def test_a_parameter_that_takes_no_value_is_refused(tmp_path: Path, query: str) -> None:
    line, message = problem(tmp_path, f"{HEADER}#+ parameters:\n#+   person: id:x\n{query}")
    assert (line, message) == (5, "the parameter person is no column of the query; SELECT ?person as well")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?person WHERE { ?person ?p ?o }",
        "SELECT DISTINCT ?o $person FROM <http://e/g> { }",
        "select (count(*) as ?n) ?person where { } group by ?person",
        "PREFIX a: <b:c#> SELECT * { ?person a:b ?o }",
        "DESCRIBE ?person",
        "ASK { ?person ?p ?o }",
        "CONSTRUCT { ?s ?p 1 } WHERE { ?s ?p ?person }",
    ],
)
def test_a_parameter_that_takes_a_value_does_so_in_the_engine(tmp_path: Path, real_store: Store, query: str) -> None:
    question = read(write(tmp_path, f"{HEADER}#+ parameters:\n#+   person: id:joseph-stalin\n{query}"))
    answer = real_store.query(question.text, question.substitutions({}))
    assert answer.kind in {"select", "ask", "graph"}


def test_given_values_go_before_the_defaults(tmp_path: Path) -> None:
    header = HEADER + "#+ parameters:\n#+   who: id:a\n#+   year: 1945\n#+   where:\n"
    question = read(write(tmp_path, header + "SELECT ?who ?year ?where {}"))
    assert question.substitutions({"where": "dawsey:p01s1", "who": '"x"@en'}) == {
        "who": Literal("x", "en"),
        "year": Literal("1945", None, XSD + "integer"),
        "where": IRI(PASSAGE + "dawsey/p01s1"),
    }
    with pytest.raises(UsageError, match="who needs a value for where"):
        question.substitutions({})
    with pytest.raises(UsageError, match="who has no parameter whom; its parameters: who, year, where"):
        question.substitutions({"whom": "id:a", "where": "id:b"})
    with pytest.raises(UsageError, match="the parameter where: 'Harbin' is not an RDF term"):
        question.substitutions({"where": "Harbin"})


def test_a_question_without_parameters_says_so(tmp_path: Path) -> None:
    question = read(write(tmp_path, HEADER + "ASK {}"))
    assert question.substitutions({}) == {}
    with pytest.raises(UsageError, match="who has no parameter x; its parameters: it has none"):
        question.substitutions({"x": "1"})


def test_a_folder_is_loaded_by_name_or_with_every_defect(tmp_path: Path) -> None:
    write(tmp_path, HEADER + "ASK {}", "b.rq")
    write(tmp_path, HEADER + "ASK {}", "a.rq")
    write(tmp_path, "nothing", "notes.md")
    assert [question.name for question in load(tmp_path)] == ["a", "b"]
    for name in ("c.rq", "d.rq"):
        write(tmp_path, "ASK {}", name)
    with pytest.raises(DataError) as caught:
        load(tmp_path)
    assert [Path(found.file or "").name for found in caught.value.problems] == ["c.rq", "d.rq"]


def test_a_question_is_found_by_name_or_near_names_are_told(tmp_path: Path) -> None:
    for name in ("landings", "poet", "popular-name"):
        write(tmp_path, HEADER + "ASK {}", f"{name}.rq")
    assert find(tmp_path, "poet").name == "poet"
    with pytest.raises(UsageError, match=r"there is no question 'poem'; did you mean poet\?"):
        find(tmp_path, "poem")
    with pytest.raises(UsageError, match=r"there is no question 'xyz'$"):
        find(tmp_path, "xyz")
    with pytest.raises(UsageError, match="there is no question"):
        find(tmp_path, "../poet")
    assert near("name", ["landings", "popular-name"]) == "; did you mean popular-name?"
    assert near("popular-name", ["landings", "most-popular-name-of-an-operation"]).endswith("of-an-operation?")
    assert near("", ["landings"]) == ""


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(PowkgError, match=r"none\.rq cannot be read"):
        read(tmp_path / "none.rq")
    (tmp_path / "latin.rq").write_bytes(b"\xff")
    with pytest.raises(PowkgError, match=r"latin\.rq cannot be read"):
        read(tmp_path / "latin.rq")


def test_every_question_of_the_project_has_values_for_its_parameters(real: Path) -> None:
    questions = load(real / "queries" / "questions")
    assert len(questions) > 10
    values = [value for question in questions for value in question.substitutions({}).values()]
    assert IRI(ID + "kwantung-army") in values
