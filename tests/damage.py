"""Defects made on purpose: one small change to a copy of the real data, and what `powkg check` is to say about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from powkg.checks import run
from powkg.dataset import Dataset, Quad, read
from powkg.errors import Problem
from powkg.inputs import find_inputs

ARTICLE = "graph/dawsey.trig"
PASSAGES = "graph/sources.trig"
ONTOLOGY = "ontology/powkg.ttl"
TERMS = "ontology/terms.ttl"
ENCYCLOPEDIAS = "graph/authority/encyclopedias.trig"

Place = tuple[str, str | None, int | None, str | None]
"""What a report is known by: the check, the file, the line, the subject."""


@dataclass(frozen=True)
class Damage:
    """`old` becomes `new` in a file, where it first stands, and the check reports `subject` on the line of `marker`.

    `marker` is a text of the damaged file; `reported` is the file of the report where that is another one, and
    `message` a part of what it says.
    """

    check: str
    subject: str | None
    old: str
    new: str
    marker: str
    file: str = ARTICLE
    reported: str = ""
    message: str = field(default="", compare=False)

    def do(self, root: Path) -> None:
        path = root / self.file
        text = path.read_text(encoding="utf-8")
        damaged = text.replace(self.old, self.new, 1)
        assert damaged != text, f"{self.file} has no {self.old!r}"
        path.write_text(damaged, encoding="utf-8")

    def place(self, root: Path) -> Place:
        """Where the report is to be, as the damaged files have it."""
        file = self.reported or self.file
        text = (root / file).read_text(encoding="utf-8")
        assert self.marker in text, f"{file} has no {self.marker!r}"
        return self.check, file, text[: text.index(self.marker)].count("\n") + 1, self.subject


@dataclass(frozen=True)
class Joined(Dataset):
    """A dataset whose files were read one by one, so that each content is parsed once in all tests."""

    parts: tuple[Dataset, ...]

    def statements(self) -> Iterator[Quad]:
        yield from dict.fromkeys(quad for part in self.parts for quad in part.statements())

    def locate(self, graph: str, subject: str, predicate: str | None = None) -> tuple[str, int] | None:
        places = (part.locate(graph, subject, predicate) for part in self.parts)
        return next((place for place in places if place is not None), None)


def load(root: Path) -> Dataset:
    """The same as `read(find_inputs(root))`, sooner where most files have been read before."""
    inputs = find_inputs(root)
    parts = tuple(_read_one(inputs.name(file), file.read_bytes()) for file in inputs.files)
    return Joined(inputs, parts[0].quads, parts[0].positions, parts)


@cache
def _read_one(name: str, content: bytes) -> Dataset:
    with TemporaryDirectory() as folder:
        for kind in ("ontology", "graph"):
            (Path(folder) / kind).mkdir()
        file = Path(folder) / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
        return read(find_inputs(Path(folder)))


def place(problem: Problem) -> Place:
    return problem.check, problem.file, problem.line, problem.subject


def assert_found(root: Path, damage: Damage) -> Problem:
    """That the damage to a copy of the data is reported at its place, and once."""
    damage.do(root)
    problems = run(load(root), only={damage.check})
    assert [place(problem) for problem in problems] == [damage.place(root)], "\n".join(map(str, problems))
    assert damage.message in problems[0].message
    assert problems[0].remedy
    return problems[0]
