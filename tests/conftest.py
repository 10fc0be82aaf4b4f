"""Fixtures shared by the tests: the project's own data, a copy of it to spoil, and a store of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from powkg.build import build, in_memory
from powkg.checks import run
from powkg.dataset import Dataset, read
from powkg.errors import Problem, ReasonerError
from powkg.inputs import find_inputs
from powkg.reasoner.hermit import Hermit
from powkg.settings import default_data_folder
from powkg.store import Store

settings.register_profile("powkg", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("powkg")

PREFIXES = """\
@prefix pow: <https://w3id.org/powkg/ontology#> .
@prefix id: <https://w3id.org/powkg/id/> .
@prefix date: <https://w3id.org/powkg/date/> .
@prefix dawsey: <https://w3id.org/powkg/passage/dawsey/> .
@prefix source: <https://w3id.org/powkg/source/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

SMALL_ONTOLOGY = (
    PREFIXES
    + """
pow:War a rdfs:Class ; rdfs:label "war"@en , "戦争"@ja .
pow:Person a rdfs:Class ; rdfs:label "person"@en .
"""
)

SMALL_GRAPH = (
    PREFIXES
    + """
dawsey:p01s1 {
    id:cold-war a pow:War ; rdfs:label "Cold War"@en ; pow:ended date:1990..1993 .
    id:joseph-stalin a pow:Person .
}
dawsey:p02s1 { id:cold-war a pow:War ; pow:participant id:joseph-stalin . }
source:editorial { id:joseph-stalin rdfs:label "Joseph Stalin"@en ; pow:born date:1878-12-18 . }
"""
)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "java: needs a Java runtime for the reasoner; left out where there is none")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs Java where there is none; .ci/run installs it."""
    try:
        Hermit.installed()
    except ReasonerError:
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("java")])
        items[:] = [item for item in items if not item.get_closest_marker("java")]


@pytest.fixture(autouse=True)
def _no_settings_of_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests are about the project's own data, whatever the environment names."""
    for name in [name for name in os.environ if name.startswith("POWKG_") and not name.startswith("POWKG_SOURCE_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder that holds the project's ontology/, graph/ and queries/."""
    return default_data_folder()


@pytest.fixture(scope="session")
def real_dataset(real: Path) -> Dataset:
    """Every statement of the project's own files."""
    return read(find_inputs(real))


@pytest.fixture(scope="session")
def real_problems(real_dataset: Dataset) -> list[Problem]:
    """What all checks say of the project's own data."""
    return run(real_dataset)


@pytest.fixture(scope="session")
def real_store(real_dataset: Dataset) -> Store:
    """A store of the project's own data, in memory."""
    return in_memory(real_dataset)


@pytest.fixture(scope="session")
def real_folder(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a built store of the project's own data."""
    folder = tmp_path_factory.mktemp("store")
    build(real, folder)
    return folder


@pytest.fixture
def copy_of_data(real: Path, tmp_path: Path) -> Path:
    """A copy of ontology/, graph/ and queries/ that a test may change."""
    root = tmp_path / "data"
    for name in ("ontology", "graph", "queries"):
        shutil.copytree(real / name, root / name)
    return root


@pytest.fixture
def make_data(tmp_path: Path) -> Callable[..., Path]:
    """Makes a small data folder: `make_data(graph="…")`, with a Turtle text for ontology/powkg.ttl if need be."""

    def make(graph: str = SMALL_GRAPH, ontology: str = SMALL_ONTOLOGY) -> Path:
        root = tmp_path / "small"
        for folder in ("ontology", "graph", "queries/questions"):
            (root / folder).mkdir(parents=True, exist_ok=True)
        (root / "ontology" / "powkg.ttl").write_text(ontology, encoding="utf-8")
        (root / "graph" / "dawsey.trig").write_text(graph, encoding="utf-8")
        return root

    return make
