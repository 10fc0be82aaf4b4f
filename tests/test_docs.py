"""What the pages say is true: links lead somewhere, queries run, commands and numbers are the real ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from powkg.cli import COMMANDS, group
from powkg.dataset import Dataset
from powkg.namespaces import ONTOLOGY, OWL, PASSAGE, POW, RDF, SKOS, TERMS_GRAPH
from powkg.queries import load
from powkg.store import Store
from powkg.terms import IRI

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
QUERIES = [
    pytest.param(block, id=f"{page.relative_to(ROOT)}-{number}")
    for page in PAGES
    for number, block in enumerate(re.findall(r"```sparql\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL), 1)
]


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_links_lead_to_files_that_exist(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert broken == []


@pytest.mark.parametrize("query", QUERIES)
def test_the_queries_of_the_pages_give_rows_and_the_checks_none(real_store: Store, query: str) -> None:
    is_check = "#+ severity:" in query
    assert bool(list(real_store.query(query))) != is_check


def test_the_readme_names_every_command_and_no_other() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.split("## Commands")[1].split("## ")[0]
    assert set(re.findall(r"^\| `powkg (\w+)", table, re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    result = CliRunner().invoke(group, [command, "--help"])
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 5


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_the_pages_name_questions_that_exist(page: Path) -> None:
    names = {question.name for question in load(ROOT / "queries" / "questions")}
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"queries/questions/([a-z0-9-]+)\.rq", text))
    named |= set(re.findall(r"powkg query ([a-z][a-z0-9-]+)(?![\w.])", text))
    assert named <= names


def test_every_decision_is_in_the_list() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text(encoding="utf-8")))
    assert listed == {page.name for page in folder.glob("[0-9]*.md")}


def test_the_changelog_counts_what_is_there(real_dataset: Dataset) -> None:
    types = [quad for quad in real_dataset.statements() if quad.predicate == IRI(RDF + "type")]
    ours = {
        kind: {
            str(q.subject) for q in types if q.graph == ONTOLOGY and str(q.subject).startswith(POW) and q.value in of
        }
        for kind, of in {
            "classes": {IRI(OWL + "Class")},
            "properties": {IRI(OWL + name) for name in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")},
        }.items()
    }
    in_terms = {
        kind: {str(q.subject) for q in types if q.graph == TERMS_GRAPH and q.value == IRI(SKOS + name)}
        for kind, name in {"terms": "Concept", "lists": "ConceptScheme"}.items()
    }
    passages = {str(q.subject) for q in types if q.value == IRI(POW + "Passage")}
    stated = {quad.graph for quad in real_dataset.statements() if quad.graph.startswith(PASSAGE)}
    changelog = " ".join((ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split())
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert f"{len(ours['classes'])} classes and {len(ours['properties'])} properties" in changelog
    assert f"{len(in_terms['terms'])} terms in {len(in_terms['lists'])} small lists" in changelog
    assert f"{len(passages)} passages, {len(stated)} of them with statements" in changelog
    assert f"{len(passages)} passages" in readme
