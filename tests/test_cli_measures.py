"""`powkg measures`: what it prints, in which form, and how it refuses."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner, Result
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import QB, RDF

from ford import write_ford
from meeting import Meeting
from powkg.cli import group
from powkg.commands import measures
from powkg.errors import UsageError
from powkg.namespaces import MEASURE
from powkg.networks import measures as measuring
from powkg.networks.projections import PROJECTIONS
from powkg.snapshot import current


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_ford(tmp_path_factory.mktemp("ford"))


def powkg(data: Path, *arguments: str) -> Result:
    environment = {"POWKG_DATA": str(data), "POWKG_STORE": str(data / "store")}
    return CliRunner().invoke(group, ["measures", *arguments], env=environment)


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_it_is_csv_where_there_is_no_terminal_with_notes_apart(data: Path) -> None:
    result = powkg(data)
    found = rows(result)
    assert found[0]["label_en"] == "The Realm"
    assert [int(row["degree"]) for row in found] == sorted((int(row["degree"]) for row in found), reverse=True)
    assert "powkg: note: " in result.stderr
    assert "connected part" in result.stderr


def test_a_table_has_the_best_twenty_their_names_and_the_notes(data: Path) -> None:
    lines = [line.rstrip() for line in powkg(data, "--format", "table", "--sort", "betweenness").stdout.splitlines()]
    assert lines[3].startswith("The Realm (polity) ")
    assert lines[-2].startswith("20 of ")
    assert lines[-2].endswith(" nodes, by betweenness")
    assert lines[-1].startswith("- ")
    assert len(lines) == 3 + 20 + 2


def test_a_table_fits_a_hundred_columns(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measures, "UNLIMITED", 100)
    result = powkg(data, "--format", "table")
    assert max(map(len, result.stdout.splitlines())) <= 100
    assert "effective" in result.stdout


def test_top_cuts_any_form(data: Path) -> None:
    assert len(rows(powkg(data, "--top", "3"))) == 3
    assert len(json.loads(powkg(data, "--top", "3", "--format", "json").stdout)["nodes"]) == 3
    assert "\n3 of " in powkg(data, "--top", "3", "--format", "table").stdout


def test_claims_can_be_left_out(data: Path) -> None:
    everything, without = rows(powkg(data)), rows(powkg(data, "--without-claims"))
    assert any("/claim/" in row["iri"] for row in everything)
    assert not any("/claim/" in row["iri"] for row in without)
    assert json.loads(powkg(data, "--without-claims", "-f", "json").stdout)["network"]["claims"] is False


def test_a_date_cuts_a_slice_and_a_note_says_what_is_lacking(data: Path) -> None:
    result = powkg(data, "--when", "1945-08-04")
    labels = {row["label_en"] for row in rows(result)}
    assert "Crossing of the Ford" in labels
    assert "Fall of the Bridge" not in labels
    assert "the slice of 1945-08-04 left out " in result.stderr


def test_where_nothing_is_left_it_says_so_and_no_table_follows(data: Path) -> None:
    arguments = ("--when", "1200", "--project", "people")
    table = powkg(data, *arguments, "--format", "table").stdout
    assert table.startswith("- nothing is left: there is no node to measure\n- the slice of 1200 left out ")
    assert "undefined" not in table
    result = powkg(data, *arguments)
    assert rows(result) == []
    assert "powkg: note: nothing is left: there is no node to measure" in result.stderr
    assert "nothing is left" in json.loads(powkg(data, *arguments, "--format", "json").stdout)["notes"][0]
    assert powkg(data, *arguments, "--format", "turtle").exit_code == 0


@pytest.mark.parametrize("name", PROJECTIONS)
def test_every_network_can_be_measured(data: Path, name: str) -> None:
    result = powkg(data, "--project", name, "--format", "json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["network"]["network"] == name


def test_the_name_of_a_network_may_have_an_en_dash(data: Path) -> None:
    result = powkg(data, "--project", "people–events", "--format", "json")
    assert json.loads(result.stdout)["network"]["network"] == "people-events"


def test_a_table_leaves_out_what_no_node_has(data: Path) -> None:
    table = powkg(data, "--project", "people-events", "--format", "table").stdout
    assert "straint" not in table.split("constraint and effective size")[0]
    assert "constraint and effective size are undefined" in table


def test_turtle_names_the_version_of_the_data(data: Path) -> None:
    result = powkg(data, "--format", "turtle", "--top", "2")
    graph = Graph().parse(data=result.stdout, format="turtle")
    versions = set(graph.objects(None, URIRef(MEASURE + "data")))
    assert versions == {Literal(current(data / "store").digest)}
    assert len(set(graph.subjects(RDF.type, QB.Observation))) == 2 * len(set(graph.subjects(RDF.type, QB.DataSet)))
    assert result.stderr == ""


def test_languages_choose_the_columns_and_the_first_names_a_table(data: Path) -> None:
    found = rows(powkg(data, "--language", "ja", "--language", "ru", "--language", "ja"))
    assert [name for name in found[0] if name.startswith("label")] == ["label_ja", "label_ru"]
    assert "王国" in powkg(data, "--language", "ja", "--format", "table").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--project", "people-evnts"), "project is 'people-evnts': give one of whole, people-events"),
        (("--when", "yesterday"), "when: 'yesterday' is not a date: it is not written like one of 1945, "),
    ],
)
def test_an_unknown_network_and_a_wrong_date_are_wrong_use(
    data: Path, arguments: tuple[str, str], message: str
) -> None:
    result = powkg(data, *arguments)
    assert isinstance(result.exception, UsageError)
    assert str(result.exception).startswith(message)


@pytest.mark.parametrize("arguments", [("--sort", "closeness"), ("--top", "0"), ("--format", "xml")])
def test_what_an_option_cannot_be_is_wrong_use(data: Path, arguments: tuple[str, str]) -> None:
    result = powkg(data, *arguments)
    assert result.exit_code == 2
    assert arguments[0] in result.stderr


def test_help_lists_networks_and_measures(data: Path) -> None:
    text = powkg(data, "--help").stdout
    assert all(name in text for name in (*PROJECTIONS, *measuring.MEASURES))


def test_a_large_network_is_estimated_with_a_note(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Meeting()
    for number in range(40):
        made.node(f"n{number}", "person").node(f"n{number + 1}", "person")
        made.link(f"n{number}", "victim", f"n{number + 1}")
    network: nx.MultiDiGraph[str] = made.network
    monkeypatch.setattr(measures, "whole_network", lambda _store: network)
    monkeypatch.setattr(measuring, "EXACT_UP_TO", 30)
    result = powkg(data, "--sort", "betweenness")
    assert "powkg: note: betweenness is an estimate" in result.stderr
    assert len(rows(result)) == 41


PAGE = (Path(__file__).resolve().parents[1] / "docs" / "measures.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^ {4}powkg (measures[^>\n]*)", PAGE, re.MULTILINE)
READINGS = re.findall(r"^\| `powkg (measures[^`]*)` \| (.*) \|$", PAGE, re.MULTILINE)


def of_the_project(real_folder: Path, line: str) -> Result:
    return CliRunner().invoke(group, shlex.split(line), env={"POWKG_STORE": str(real_folder)})


@pytest.mark.parametrize("line", EXAMPLES)
def test_the_examples_of_the_page_run(real_folder: Path, line: str) -> None:
    result = of_the_project(real_folder, line)
    assert result.exit_code == 0, result.output
    assert result.stdout.count("\n") > 5


@pytest.mark.parametrize(("line", "first"), READINGS)
def test_the_page_gives_the_first_places_as_they_are(real_folder: Path, line: str, first: str) -> None:
    found = json.loads(of_the_project(real_folder, f"{line} --top 5 --format json").stdout)["nodes"]
    measure = shlex.split(line)[-1]
    assert "; ".join(f"{node['labels']['en']} {node[measure]:.3g}" for node in found) == first


def test_the_page_explains_every_option_network_and_measure() -> None:
    options = {name for option in measures.command.params for name in option.opts if name.startswith("--")}
    assert options <= set(re.findall(r"--[a-z-]+", PAGE))
    named = set(re.findall(r"^\| `([a-z][a-z_-]+)` \|", PAGE, re.MULTILINE))
    assert named == {*PROJECTIONS, *measuring.MEASURES}
    assert f"exact up to {measuring.EXACT_UP_TO:,} nodes" in PAGE
    assert f"shortest paths of {measuring.PIVOTS} nodes" in PAGE


def test_the_python_of_the_page_runs(
    real_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POWKG_STORE", str(real_folder))
    (block,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(block, "measures.md", "exec"), {})  # noqa: S102
    assert "connected part" in capsys.readouterr().out
