"""The map of the modules, and what each may import: data flows down this table, imports point up it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "powkg"

# A module or package may import what stands above its own row, and a package its own modules.
LAYERS: list[tuple[str, ...]] = [
    # words and values that everything shares
    ("errors", "namespaces"),
    ("terms", "disk", "files", "settings", "dates", "tokens", "inputs"),
    ("notation", "positions", "syntax", "expected", "lexer", "topics"),
    ("mentions",),
    # files to statements; texts to passages; SPARQL files to questions; formats of answers
    ("dataset", "passages", "queries", "results", "standards"),
    ("competency",),
    # an entity in words, and how much there is, read from whatever answers queries
    ("entities", "counts"),
    # claims about numbers, held against each other
    ("claims",),
    ("sentences", "derived", "shapes", "reasoner", "table", "progress"),
    ("inference", "lives"),
    ("spans",),
    # statements to a store on disk
    ("sources", "snapshot", "child"),
    ("store",),
    ("build", "archive", "freshness"),
    # the data held against the ontology, and against a reader's own copy of the text
    ("checks", "grounding"),
    # the store asked by other processes
    ("guard", "rewriting"),
    ("workers",),
    ("engine",),
    ("updates",),
    # an entity as a network, as a picture
    ("networks", "pictures"),
    ("drawing",),
    ("figures",),
    ("diagram",),
    # the ontology and what the graph makes of it, as documentation
    ("publish",),
    # what people who write Python meet
    ("api",),
    # what people meet
    ("web",),
    ("commands",),
    ("cli",),
    ("__main__",),
]

# Each heavy library has one owner: nobody else imports it.
OWNERS = {
    "rdflib": {"dataset", "standards", "api"},
    "oxrdflib": {"api"},
    "edtf": {"dates"},
    "pyshacl": {"shapes"},
    "reasonable": {"inference"},
    "pyoxigraph": {"store"},
    "filelock": {"snapshot"},
    "networkx": {"networks", "pictures", "drawing", "api", "figures"},  # its graphs are what goes from one to the next
    "pygraphviz": {"pictures"},
    "fpdf": {"pictures"},
    "resvg_py": {"drawing"},
    "fontTools": {"pictures"},
    "matplotlib": {"figures"},
    "flask": {"web"},
    "gunicorn": {"web"},
    "brotli": {"web"},
    "zstandard": {"web"},
    "prometheus_client": {"web"},
    "rich": {"table", "progress"},
    "click": {"commands", "cli"},
    "platformdirs": {"settings"},
}

ROW = {name: number for number, names in enumerate(LAYERS) for name in names}
FILES = sorted(SOURCE.rglob("*.py"))
MODULES = [pytest.param(file, id=".".join(file.relative_to(SOURCE).with_suffix("").parts)) for file in FILES]


def top(file: Path) -> str:
    """The module or package of the map that a file belongs to; "" for the package's own `__init__`."""
    part = file.relative_to(SOURCE).parts[0].removesuffix(".py")
    return "" if part == "__init__" else part


def imports(tree: ast.AST) -> set[str]:
    """The full names of all modules that a file imports, wherever it does."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            found |= {f"powkg.{alias.name}" for alias in node.names} if node.module == "powkg" else {node.module or ""}
    return found


def test_the_map_names_every_module_once() -> None:
    assert sorted(ROW) == sorted({top(file) for file in FILES} - {""})
    assert len(ROW) == sum(len(names) for names in LAYERS)


@pytest.mark.parametrize("file", MODULES)
def test_imports_point_up_the_map(file: Path) -> None:
    here = top(file)
    others = {name.split(".")[1] for name in imports(ast.parse(file.read_text())) if name.startswith("powkg.")}
    # The package's own `__init__` stands below everything: it names what people import from it.
    wrong = {name for name in others - {here} if ROW[name] >= ROW.get(here, len(LAYERS))}
    assert wrong == set()


@pytest.mark.parametrize("file", MODULES)
def test_heavy_libraries_are_imported_by_their_owners_only(file: Path) -> None:
    libraries = {name.split(".")[0] for name in imports(ast.parse(file.read_text()))}
    assert {name for name in libraries & set(OWNERS) if top(file) not in OWNERS[name]} == set()


def test_every_owner_uses_its_library() -> None:
    used = {(name.split(".")[0], top(file)) for file in FILES for name in imports(ast.parse(file.read_text()))}
    assert {(library, owner) for library, owners in OWNERS.items() for owner in owners} <= used


@pytest.mark.parametrize("file", MODULES)
def test_nothing_is_imported_inside_a_function(file: Path) -> None:
    functions = [
        n for n in ast.walk(ast.parse(file.read_text())) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    hidden = [n.lineno for f in functions for n in ast.walk(f) if isinstance(n, ast.Import | ast.ImportFrom)]
    assert hidden == []


@pytest.mark.parametrize("file", MODULES)
def test_modules_are_small(file: Path) -> None:
    assert len(file.read_text().splitlines()) <= 300


@pytest.mark.parametrize("file", MODULES)
def test_modules_say_what_they_are(file: Path) -> None:
    assert ast.get_docstring(ast.parse(file.read_text()))


def test_the_check_sees_an_import_that_points_down() -> None:
    assert imports(ast.parse("from powkg.web import create_app\nimport rdflib.term")) == {"powkg.web", "rdflib.term"}
    assert imports(ast.parse("from powkg import store")) == {"powkg.store"}
