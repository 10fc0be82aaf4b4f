"""The sources of the graph and their passages: read from quads, proposed from a text, refreshed, written as TriG."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from powkg.errors import DataError, Problem, UsageError
from powkg.namespaces import OA, PASSAGE, POW, PREFIXES, RDF, RDFS, SOURCE, XSD, curie, passage_label
from powkg.notation import quoted
from powkg.passages import WORD, Passage, clean, decode, fingerprint, paragraphs
from powkg.sentences import split
from powkg.terms import IRI, Literal, Term

Quad = tuple[Term, Term, Term, str]
"""A statement: subject, predicate, value and the IRI of its graph."""

Locate = Callable[[str, str], "tuple[str, int] | None"]
"""The file and line where a subject stands in a graph, both given as IRIs; None where that is not known."""

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_LOCAL = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")
_FIRST = (RDF + "type", RDFS + "label")
_LAST = (POW + "digest", POW + "paragraphs")
_PREFIXES = ("pow", "term", "id", "source", "dcterms", "oa", "rdfs", "xsd")


_REFRESHED = (
    "# Written by `powkg passages {} FILE --refresh`. The curator's: the positions, the reasons",
    "# (pow:withoutStatements) and what is said of the source itself; the rest is computed from them and the file.",
)
_PROPOSED = (
    "# Proposed by `powkg passages {} FILE`. To do: correct the positions, add the reasons",
    "# (pow:withoutStatements) and what is known of the source, and run the command again with --refresh.",
)


@dataclass(frozen=True, slots=True)
class Source:
    """A source text: its name in IRIs (`dawsey`), the SHA-256 of its file, its passages in the order of the text.

    `about` holds what the graph says of the source itself, by predicate.
    """

    name: str
    digest: str
    passages: tuple[Passage, ...]
    about: Mapping[str, tuple[Term, ...]]

    @property
    def iri(self) -> str:
        return SOURCE + self.name

    @property
    def title(self) -> str:
        """Its English label; its name where it has none."""
        labels = [term for term in self.about.get(RDFS + "label", ()) if isinstance(term, Literal)]
        return next((label.value for label in labels if label.language == "en"), self.name)

    def entities(self, predicate: str) -> frozenset[str]:
        """The IRIs that the source has as values of a predicate."""
        return frozenset(term.value for term in self.about.get(predicate, ()) if isinstance(term, IRI))


def sources(quads: Iterable[Quad], locate: Locate = lambda _graph, _subject: None) -> dict[str, Source]:
    """All sources by name. Raises DataError that lists each passage whose description is incomplete or wrong."""
    described: defaultdict[str, defaultdict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    graphs: dict[str, str] = {}
    for node, predicate, value, graph in quads:
        subject = str(node)
        if subject.startswith((SOURCE, PASSAGE)):
            if value not in described[subject][str(predicate)]:
                described[subject][str(predicate)].append(value)
            if str(predicate) == RDF + "type":
                graphs[subject] = graph
    problems: list[Problem] = []
    passages: defaultdict[str, list[Passage]] = defaultdict(list)
    for iri, values in described.items():
        if IRI(POW + "Passage") in values[RDF + "type"]:
            try:
                passages[_one(values, OA + "hasSource")].append(_passage(iri, values, described))
            except ValueError as error:
                place = locate(graphs[iri], iri) or (None, None)
                message, remedy = f"the passage {error}", "describe it as `powkg passages` prints it"
                problems.append(Problem("incomplete-passage", message, remedy, place[0], place[1], curie(iri)))
    if problems:
        raise DataError(problems)
    return {
        iri.removeprefix(SOURCE): Source(
            name=iri.removeprefix(SOURCE),
            digest=next((str(term) for term in values[POW + "digest"]), ""),
            passages=tuple(sorted(passages[iri], key=lambda passage: passage.start)),
            about={predicate: tuple(terms) for predicate, terms in values.items() if terms},
        )
        for iri, values in list(described.items())
        if IRI(POW + "Source") in values[RDF + "type"]
    }


def choose(known: Mapping[str, Source], name: str) -> Source:
    """The source of that name, `dawsey` or `source:dawsey`. Raises UsageError that lists the known ones."""
    name = name.removeprefix("source:")
    if name not in known:
        raise UsageError(f"there is no source {name!r}; the graph has {', '.join(sorted(known)) or 'none'}")
    return known[name]


def _one(values: Mapping[str, list[Term]], predicate: str) -> str:
    """The only value of a predicate, as a string. Raises ValueError where there is none or more than one."""
    found = values.get(predicate, [])
    if len(found) != 1:
        raise ValueError(f"has {len(found)} values of {curie(predicate)} instead of one")
    return str(found[0])


def _count(values: Mapping[str, list[Term]], predicate: str) -> int:
    """The only value of a predicate, as a whole number from 0."""
    value = _one(values, predicate)
    if not (value.isascii() and value.isdigit()):
        raise ValueError(f"has {value!r} as {curie(predicate)}, which is no whole number from 0")
    return int(value)


def _passage(iri: str, values: Mapping[str, list[Term]], described: Mapping[str, Mapping[str, list[Term]]]) -> Passage:
    """A passage from what the graph says of it and of its selector. Raises ValueError that says what is wrong."""
    digest = _one(values, POW + "fingerprint")
    if not re.fullmatch("[0-9a-f]{64}", digest):
        raise ValueError("has a pow:fingerprint that is not 64 hexadecimal digits in lower case")
    position = described.get(_one(values, OA + "hasSelector"), {})
    labels = [term for term in values.get(RDFS + "label", []) if isinstance(term, Literal)]
    reasons = [str(term) for term in values.get(POW + "withoutStatements", [])]
    return Passage(
        iri=iri,
        label=next((label.value for label in labels if label.language == "en"), passage_label(iri)),
        paragraph=_count(values, POW + "paragraph"),
        sentence=_count(values, POW + "sentence"),
        start=_count(position, OA + "start"),
        end=_count(position, OA + "end"),
        words=_count(values, POW + "words"),
        fingerprint=digest,
        without_statements=reasons[0] if reasons else None,
    )


def propose(name: str, content: bytes, title: str, whole: Collection[int] = ()) -> Source:
    """A source described from its file alone, one passage a sentence, the paragraphs numbered in `whole` undivided."""
    taken = PREFIXES.get(name, PASSAGE + name + "/")
    if not _NAME.fullmatch(name) or taken != PASSAGE + name + "/":
        raise UsageError(f"a source cannot be called {name!r}: take a word in small letters that is no prefix yet")
    text = decode(content)
    found = []
    for sentence in split(text, whole):
        words, digest = fingerprint(text[sentence.start : sentence.end])
        iri = f"{PASSAGE}{name}/{sentence.name}"
        label = passage_name(name, sentence.paragraph, sentence.sentence, "en")
        found.append(Passage(iri, label, *sentence, words, digest))
    about: dict[str, tuple[Term, ...]] = {
        RDF + "type": (IRI(POW + "Source"),),
        RDFS + "label": (Literal(title, "en"),),
        POW + "digest": (Literal(sha256(content).hexdigest()),),
        POW + "paragraphs": (Literal(str(len(paragraphs(text))), None, XSD + "integer"),),
    }
    return Source(name, sha256(content).hexdigest(), tuple(found), about)


def refresh(source: Source, content: bytes) -> Source:
    """The source with words, fingerprints and labels taken anew from its file by the positions that the graph has.

    Raises UsageError where it is another file, DataError where positions overlap, leave words out or disagree with
    the passage's name.
    """
    if sha256(content).hexdigest() != source.digest:
        raise UsageError(f"the positions of {source.name} belong to a file with another SHA-256: {source.digest}")
    if not source.passages:
        raise UsageError(f"{source.name} has no passages yet: take the proposal, without --refresh")
    text = decode(content)
    spans = paragraphs(text)
    problems: list[Problem] = []
    found: list[Passage] = []
    end, paragraph, sentence = 0, 0, 0
    for passage in source.passages:
        number = next((n for n, (a, b) in enumerate(spans, 1) if a <= passage.start < passage.end <= b), 0)
        sentence = sentence + 1 if number == paragraph else 1
        paragraph = number
        if passage.start < end or number == 0:
            problems.append(_misplaced(source, passage, "overlaps the one before it or lies in no single paragraph"))
        elif passage_label(passage.iri) != f"p{paragraph:02}s{sentence}":
            problems.append(_misplaced(source, passage, f"stands in sentence {sentence} of paragraph {paragraph}"))
        if WORD.search(clean(text[end : passage.start])):
            problems.append(
                _misplaced(source, passage, f"leaves words out between code points {end} and {passage.start}")
            )
        end = passage.end
        words, digest = fingerprint(text[passage.start : passage.end])
        label = passage_name(source.name, paragraph, sentence, "en")
        anew = replace(passage, label=label, paragraph=paragraph, sentence=sentence, words=words, fingerprint=digest)
        found.append(anew)
    if WORD.search(clean(text[end:])):
        problems.append(
            _misplaced(source, source.passages[-1], f"is the last, but words follow after code point {end}")
        )
    if problems:
        raise DataError(problems)
    counted = (Literal(str(len(spans)), None, XSD + "integer"),)
    return replace(source, passages=tuple(found), about={**source.about, POW + "paragraphs": counted})


def _misplaced(source: Source, passage: Passage, message: str) -> Problem:
    remedy = "correct its oa:start and oa:end, or its name"
    name = f"{source.name}:{passage_label(passage.iri)}"
    return Problem("misplaced-passage", f"the passage {message}", remedy, subject=name)


def passage_name(source: str, paragraph: int, sentence: int, language: str) -> str:
    """What a passage is called in a language: "Dawsey, paragraph 6, sentence 2"."""
    patterns = {
        "en": "{}, paragraph {}, sentence {}",
        "ja": "{}、第{}段落、第{}文",
        "ru": "{}, абзац {}, предложение {}",
    }
    return patterns[language].format(source.replace("-", " ").title(), paragraph, sentence)


def write(source: Source, *, refreshed: bool = True) -> str:
    """The description of a source and its passages as TriG, the graph `source/NAME`.

    Its head says how it was made: `refreshed` from positions in the graph, or else proposed from the text alone.
    """
    used = {name: PREFIXES[name] for name in _PREFIXES} | {source.name: PASSAGE + source.name + "/"}
    lines = [
        f"# Passages of {' '.join(source.title.split())}.",
        *(line.format(source.name) for line in (_REFRESHED if refreshed else _PROPOSED)),
        *(f"@prefix {name}: <{iri}> ." for name, iri in used.items()),
        "",
        f"source:{source.name} {{",
        f"    source:{source.name} {_properties(source.about)} .",
    ]
    for passage in source.passages:
        name = f"{source.name}:{passage_label(passage.iri)}"
        labels = (
            f'"{passage_name(source.name, passage.paragraph, passage.sentence, language)}"@{language}'
            for language in ("en", "ja", "ru")
        )
        reason = passage.without_statements
        lines += [
            "",
            f"    {name} a pow:Passage ; oa:hasSource source:{source.name} ;",
            f"        rdfs:label {' , '.join(labels)} ;",
            f"        pow:paragraph {passage.paragraph} ; pow:sentence {passage.sentence} ;",
            f'        pow:words {passage.words} ; pow:fingerprint "{passage.fingerprint}" ;',
            *([f"        pow:withoutStatements {_written(IRI(reason))} ;"] if reason else []),
            f"        oa:hasSelector {name}\\#position .",
            f"    {name}\\#position a oa:TextPositionSelector ; oa:start {passage.start} ; oa:end {passage.end} .",
        ]
    return "\n".join([*lines, "}", ""])


def _properties(about: Mapping[str, tuple[Term, ...]]) -> str:
    """Predicates and objects in a fixed order: type and label, the others by name, digest and count of paragraphs."""
    rest = sorted(predicate for predicate in about if predicate not in (*_FIRST, *_LAST))
    ordered = [predicate for predicate in (*_FIRST, *rest, *_LAST) if predicate in about]
    return " ;\n        ".join(
        f"{'a' if p == RDF + 'type' else _written(IRI(p))} {' , '.join(sorted(map(_written, about[p])))}"
        for p in ordered
    )


def _written(term: Term) -> str:
    """A term as TriG, with a prefix where its local name needs no escape."""
    if isinstance(term, IRI):
        name = curie(term.value)
        prefix, _, local = name.partition(":")
        return name if prefix in _PREFIXES and _LOCAL.fullmatch(local) else f"<{term.value}>"
    if not isinstance(term, Literal):
        raise DataError([Problem("blank-node", "a source is described with a blank node", "give it an IRI")])
    if term.datatype == XSD + "integer":
        return term.value
    text = quoted(term.value)
    if term.language:
        return f"{text}@{term.language}"
    return text if term.datatype == XSD + "string" else f"{text}^^{_written(IRI(term.datatype))}"
