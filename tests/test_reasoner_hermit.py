"""HermiT as a process: its verdicts, and what may go wrong with it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from powkg.errors import ReasonerError, ReasonerRefusalError, ReasonerTimeoutError
from powkg.namespaces import OWL, RDF, RDFS, XSD
from powkg.reasoner.hermit import Hermit, Verdict

N = "https://example.org/"
PLACES = f"""\
<{N}Place> <{RDF}type> <{OWL}Class> .
<{N}Agent> <{RDF}type> <{OWL}Class> .
<{N}Town> <{RDF}type> <{OWL}Class> .
<{N}Town> <{RDFS}subClassOf> <{N}Place> .
<{N}Place> <{OWL}disjointWith> <{N}Agent> .
<{N}港> <{RDF}type> <{N}Town> .
"""
WRONG = PLACES + f"<{N}港> <{RDF}type> <{N}Agent> .\n"
IMPOSSIBLE = PLACES.replace(f"<{N}港> <{RDF}type> <{N}Town> .\n", f"<{N}Town> <{RDFS}subClassOf> <{N}Agent> .\n")
NUMBER = f"<{N}size> <{RDF}type> <{OWL}DatatypeProperty> .\n<{N}size> <{RDF}type> <{OWL}FunctionalProperty> .\n"
GOOD, BAD = Verdict(consistent=True), Verdict(consistent=False)


@pytest.fixture
def hermit() -> Hermit:
    return Hermit.installed()


def script(folder: Path, body: str) -> Path:
    """A program called `java` that does something else."""
    program = folder / "java"
    program.write_text(f"#!{sys.executable}\nimport sys, time\n{body}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


@pytest.mark.java
def test_verdicts_up_to_the_first_that_is_inconsistent(hermit: Hermit) -> None:
    assert hermit.judge([PLACES], 60) == [GOOD]
    assert hermit.judge([PLACES, WRONG, PLACES], 60) == [GOOD, BAD]
    assert hermit.judge([], 60) == []
    assert hermit.judge([""], 60) == [GOOD]


@pytest.mark.java
def test_classes_without_a_possible_instance(hermit: Hermit) -> None:
    impossible = Verdict(consistent=True, unsatisfiable=frozenset({N + "Town"}))
    assert hermit.judge([PLACES, IMPOSSIBLE], 60, classify=True) == [GOOD, impossible]
    assert hermit.judge([IMPOSSIBLE, WRONG], 60, classify=True) == [impossible, BAD]


@pytest.mark.java
@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ('"日本"', '"日本人"', BAD),
        ('"日本"', '"日本"@ja', BAD),
        ('"a \\"b\\" \\\\ \\n"', '"a \\"b\\" \\\\ \\n"', GOOD),
        (f'"1"^^<{XSD}integer>', f'"1.0"^^<{XSD}decimal>', GOOD),
        (f'"1"^^<{XSD}integer>', f'"2"^^<{XSD}nonNegativeInteger>', BAD),
        (f'"true"^^<{XSD}boolean>', f'"1"^^<{XSD}boolean>', GOOD),
    ],
)
def test_literals_are_compared_by_value(hermit: Hermit, one: str, other: str, verdict: Verdict) -> None:
    facts = "".join(f"<{N}a> <{N}size> {value} .\n" for value in (one, other))
    assert hermit.judge([NUMBER + facts], 60) == [verdict]


@pytest.mark.java
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (NUMBER + f'<{N}a> <{N}size> "1945-08-09"^^<{XSD}date> .\n', "datatypes"),
        (NUMBER + f"<{N}size> broken\n", "cannot read"),
        (
            f"<{N}in> <{RDF}type> <{OWL}ObjectProperty> .\n"
            + "".join(f"<{N}in> <{RDF}type> <{OWL}{kind}Property> .\n" for kind in ("Transitive", "Irreflexive")),
            f"Non-simple property '<{N}in>'",
        ),
    ],
)
def test_axioms_that_hermit_refuses(hermit: Hermit, text: str, reason: str) -> None:
    with pytest.raises(ReasonerRefusalError, match=reason):
        hermit.judge([PLACES, text], 60)


def test_without_java_it_is_said_what_to_install(tmp_path: Path) -> None:
    for environment in ({}, {"PATH": str(tmp_path)}, {"PATH": str(tmp_path), "JAVA_HOME": str(tmp_path)}):
        with pytest.raises(ReasonerError, match=r"no Java.*apt install default-jre-headless"):
            Hermit.installed(environment)


def test_java_is_found_by_java_home_or_path(tmp_path: Path) -> None:
    on_path, at_home = tmp_path / "path", tmp_path / "home" / "bin"
    for folder in (on_path, at_home):
        folder.mkdir(parents=True)
        script(folder, "")
    environment = {"PATH": str(on_path), "JAVA_HOME": str(tmp_path / "home")}
    assert Hermit.installed(environment).java == str(at_home / "java")
    assert Hermit.installed({"PATH": str(on_path)}).java == str(on_path / "java")
    assert Hermit.installed({**environment, "JAVA_HOME": str(tmp_path / "none")}).java == str(on_path / "java")
    assert all(path.exists() for path in Hermit.installed({"PATH": str(on_path)}).classes)


def test_a_reasoner_that_hangs_is_ended(tmp_path: Path) -> None:
    seen = tmp_path / "pid"
    java = script(tmp_path, f"import os\nopen({str(seen)!r}, 'w').write(str(os.getpid()))\ntime.sleep(600)")
    with pytest.raises(ReasonerTimeoutError, match="ended after 2 seconds"):
        Hermit(str(java), ()).judge([PLACES], 2)
    assert not Path("/proc", seen.read_text(encoding="utf-8")).exists()


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("sys.exit('Error: could not create the Java Virtual Machine.')", "could not be run: Error: could not create"),
        ("sys.exit(3)", "it ended with status 3"),
        ("print('hello')", "it ended with status 0"),
        (
            "sys.exit('Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space\\n\\tat x.Y')",
            "HermiT failed: OutOfMemoryError Java heap space",
        ),
        ("sys.exit('Exception in thread \"main\" java.lang.NullPointerException')", "failed: NullPointerException"),
    ],
)
def test_a_reasoner_that_fails(tmp_path: Path, body: str, message: str) -> None:
    with pytest.raises(ReasonerError, match=message) as caught:
        Hermit(str(script(tmp_path, body)), ()).judge([PLACES], 60)
    assert not isinstance(caught.value, ReasonerTimeoutError | ReasonerRefusalError)


def test_a_java_that_is_no_program(tmp_path: Path) -> None:
    java = tmp_path / "java"
    java.write_text("no program", encoding="utf-8")
    java.chmod(0o755)
    with pytest.raises(ReasonerError, match=r"cannot be run \(.*apt install default-jre-headless"):
        Hermit(str(java), ()).judge([PLACES], 60)


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "bin").mkdir()
    java = script(tmp_path / "bin", "print('Thing is satisfiable.')")
    assert Hermit(str(java), ()).judge([PLACES], 60) == [GOOD]
    assert [path.name for path in tmp_path.iterdir()] == ["bin"]
