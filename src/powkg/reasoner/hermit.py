"""HermiT, the OWL 2 DL reasoner, run on ontologies written as N-Triples. The owner of Java, and of HermiT's jar.

The jar is the one that owlready2 brings along (HermiT 1.3.8; Glimm, Horrocks, Motik, Stoilos and Wang 2014). It is run
as a process of its own, with bounds on time and memory, which owlready2's own call does not have. Several ontologies
go to one process, since starting Java takes longer than reasoning over a small ontology; HermiT ends at the first that
is inconsistent.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from powkg.errors import ReasonerError, ReasonerRefusalError, ReasonerTimeoutError
from powkg.namespaces import OWL

MEMORY = 1024
"""The most that Java's heap may take, in MiB."""

_INSTALL = "install a Java runtime, e.g. `apt install default-jre-headless`, or name the folder of one in JAVA_HOME"
_QUICK_START = ("-XX:+IgnoreUnrecognizedVMOptions", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")
_CONSISTENT = re.compile(r"\S+ is (not )?satisfiable\.")
_EXCEPTION = re.compile(r"^Exception in thread \S+ (\S+?)(?:: (.*))?$", re.MULTILINE)
_UNREADABLE = "It all went pear-shaped"
_REFUSALS = ("IllegalArgumentException", "UnsupportedDatatypeException", "MalformedLiteralException")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an ontology is consistent, and the IRIs of its classes that cannot have an instance, where asked for."""

    consistent: bool
    unsatisfiable: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hermit:
    """A Java and the folders of HermiT's classes: what is needed to run it."""

    java: str
    classes: tuple[Path, ...]

    @classmethod
    def installed(cls, environment: Mapping[str, str] = os.environ) -> Hermit:
        """With the Java of JAVA_HOME, or else of PATH. Raises ReasonerError, which says what to install."""
        home = environment.get("JAVA_HOME")
        found = shutil.which("java", path=str(Path(home, "bin"))) if home else None
        java = found or shutil.which("java", path=environment.get("PATH", ""))
        if java is None:
            raise ReasonerError(f"there is no Java, which HermiT needs: {_INSTALL}")
        package = find_spec("owlready2")  # not imported: its own store in memory is not wanted
        if package is None or not package.submodule_search_locations:
            raise ReasonerError("there is no owlready2, which brings HermiT: install powkg with its dependencies")
        folder = Path(package.submodule_search_locations[0], "hermit")
        return cls(java, (folder, folder / "HermiT.jar"))

    def judge(self, ontologies: Sequence[str], seconds: float, *, classify: bool = False) -> list[Verdict]:
        """A verdict on each N-Triples text in turn, up to the first that is inconsistent; the others get none.

        With `classify`, the classes without a possible instance are found as well. Raises ReasonerTimeoutError after
        `seconds`, ReasonerRefusalError where an axiom is none of OWL 2 DL's, and ReasonerError where Java fails.
        """
        if not ontologies:
            return []
        with TemporaryDirectory(prefix="powkg-") as folder:
            names = [f"{number}.nt" for number in range(len(ontologies))]
            for name, text in zip(names, ontologies, strict=True):
                Path(folder, name).write_text(text, encoding="utf-8")
            done = self._run(folder, ["-k", *(["-U", "-N"] if classify else []), *names], seconds)
        verdicts = _verdicts(done.stdout)
        exception = _EXCEPTION.search(done.stderr)
        if exception and exception[1].endswith(".InconsistentOntologyException"):
            verdicts.append(Verdict(consistent=False))
        elif exception or done.returncode or _UNREADABLE in done.stderr or len(verdicts) != len(ontologies):
            raise _failure(exception, done)
        return verdicts

    def _run(self, folder: str, arguments: Sequence[str], seconds: float) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join(map(str, self.classes))
        main = "org.semanticweb.HermiT.cli.CommandLine"
        command = [self.java, f"-Xmx{MEMORY}m", *_QUICK_START, "-cp", path, main, *arguments]
        try:
            return subprocess.run(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise ReasonerTimeoutError(f"HermiT was ended after {seconds:.0f} seconds without an answer") from error
        except OSError as error:
            raise ReasonerError(f"{self.java} cannot be run ({error.strerror}): {_INSTALL}") from error


def _verdicts(output: str) -> list[Verdict]:
    """From a line an ontology, and the lines, set off by a tab, of the classes that equal owl:Nothing."""
    verdicts: list[Verdict] = []
    for line in output.splitlines():
        if match := _CONSISTENT.fullmatch(line):
            verdicts.append(Verdict(consistent=match[1] is None))
        elif line.startswith("\t") and verdicts and line.strip() != OWL + "Nothing":
            verdicts[-1] = Verdict(verdicts[-1].consistent, verdicts[-1].unsatisfiable | {line.strip()})
    return verdicts


def _failure(exception: re.Match[str] | None, done: subprocess.CompletedProcess[str]) -> ReasonerError:
    """What the standard error of a run that gave no answer says."""
    if _UNREADABLE in done.stderr:
        return ReasonerRefusalError("HermiT cannot read the axioms")
    if exception is None:
        lines = done.stderr.strip().splitlines() or [f"it ended with status {done.returncode}"]
        return ReasonerError(f"HermiT could not be run: {lines[0]}")
    name, said = exception[1].rpartition(".")[2], exception[2] or ""
    if name in _REFUSALS:
        return ReasonerRefusalError(f"HermiT refuses an axiom: {said.strip() or name}")
    return ReasonerError(f"HermiT failed: {name} {said}".strip())
