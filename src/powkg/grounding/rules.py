"""Whether each passage's graph says what its sentence says: both ways, by rule, on a reader's own copy.

From the graph to the sentence: each entity is named there or declared (`pow:anaphor`, `pow:describes`), each number and
each date is printed there, a qualifier has its word. From the sentence to the graph: each number, each date and each
capitalised name is modelled, or declared as left out (`pow:leavesOut`). The rules are for English; docs/verify.md tells
them in full. Nothing of a sentence is kept; messages quote a word or two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from powkg.errors import Problem, Severity
from powkg.grounding.capitals import inner_capitals, is_initialism, is_name, runs
from powkg.grounding.datewords import Mention, mentions
from powkg.grounding.expectations import QUALIFIER, dates, is_qualified, numbers
from powkg.grounding.numerals import numerals
from powkg.grounding.passage_facts import Fact, Name, PassageFacts, entities, variants, words_of_lists
from powkg.grounding.prose import Prose
from powkg.namespaces import DATE, DCTERMS, ID, POW, PROV, TERM, XSD, curie, passage_label
from powkg.passages import Passage, Report, is_of_sentence
from powkg.sources import Source
from powkg.terms import Literal

_DECLARATIONS = (POW + "anaphor", POW + "describes")
_UNNAMED_CLASSES = frozenset(POW + name for name in ("Participation", "Tenure", "Naming"))


def ground(source: Source, report: Report, facts: PassageFacts) -> list[Problem]:
    """What is wrong with the graphs of a source's passages, in its order, as far as a copy has their sentences."""
    sentences = {found.passage.iri: Prose.of(found.text) for found in report.found}
    names = (name for iri, all_names in facts.names.items() if iri.startswith(ID) for name in all_names)
    known = inner_capitals(sentences.values()) | {name[0].lower() for name in names if len(name) == 1}
    problems: list[Problem] = []
    for passage in source.passages:
        unaccounted = _unaccounted(source, passage, facts)
        if unaccounted:
            problems.append(unaccounted)
        elif passage.iri in sentences and passage.without_statements is None:
            problems += _Comparison(source, passage, sentences[passage.iri], facts, known).problems()
    return problems


def stated(passage: Passage, facts: PassageFacts) -> list[Fact]:
    """The statements of a passage's graph but those on the passage itself: its declarations and omissions."""
    own = facts.statements.get(passage.iri, ())
    return [fact for fact in own if is_of_sentence(passage.iri, fact[0])]


def _unaccounted(source: Source, passage: Passage, facts: PassageFacts) -> Problem | None:
    """A sentence without statements and without a reason, or with both; as `powkg check` reports it."""
    statements = stated(passage, facts)
    if bool(statements) != (passage.without_statements is not None):
        return None
    file, line = facts.locate(source.iri, passage.iri) or (None, None)
    if statements:
        check = "passage-with-and-without-statements"
        message = "a reason is given why nothing is stated in its graph, but something is"
        remedy = "take pow:withoutStatements out of graph/sources.trig, or the statements out of the passage's graph"
    else:
        check = "passage-unaccounted-for"
        message = "nothing is stated in its graph, and no reason is given for that"
        remedy = "state what the sentence says, or give pow:withoutStatements in graph/sources.trig"
    return Problem(check, message, remedy, file, line, _name(source, passage))


@dataclass(frozen=True)
class _Comparison:
    """One passage's graph against its sentence; `known` are words, in lower case, that are names at any place."""

    source: Source
    passage: Passage
    prose: Prose
    facts: PassageFacts
    known: Collection[str]

    def problems(self) -> Iterator[Problem]:
        yield from self._declarations()
        yield from self._entities()
        yield from self._numbers()
        yield from self._dates()
        yield from self._omissions()
        yield from self._unmodelled()

    # ---- what the graph has ------------------------------------------------------------------------------------

    @cached_property
    def statements(self) -> list[Fact]:
        return stated(self.passage, self.facts)

    @cached_property
    def declared(self) -> list[str]:
        """The IRIs that the passage is declared to speak of without their names."""
        own = self.facts.statements.get(self.passage.iri, ())
        return [
            str(value)
            for subject, predicate, value in own
            if subject == self.passage.iri and predicate in _DECLARATIONS
        ]

    @cached_property
    def omitted(self) -> list[tuple[str, str]]:
        """The omissions of the passage, each with its word."""
        own = self.facts.statements.get(self.passage.iri, ())
        return [(subject, str(value)) for subject, predicate, value in own if predicate == POW + "leftOutWord"]

    @cached_property
    def used(self) -> dict[str, str]:
        """The entities that the sentence must speak of, each with the subject to report: itself where it is one.

        The text's author as the one who stands behind a claim, and the text itself, are spoken of by every sentence.
        """
        authors = self.source.entities(DCTERMS + "creator")
        texts = self.source.entities(DCTERMS + "isFormatOf")
        subjects = {fact[0] for fact in self.statements}
        found: dict[str, str] = {}
        for fact in self.statements:
            attributed = str(fact[2]) if fact[1] == PROV + "wasAttributedTo" else ""
            for iri in entities(fact):
                implied = iri in texts or (iri == attributed and iri in authors)
                if not implied and _UNNAMED_CLASSES.isdisjoint(self.facts.classes.get(iri, ())):
                    found.setdefault(iri, iri if iri in subjects else fact[0])
        return found

    @cached_property
    def names(self) -> set[Name]:
        """The names of everything that the graph speaks of, and the texts that it holds."""
        things = {iri for fact in self.statements for iri in (*entities(fact), *words_of_lists(fact))}
        found = {name for iri in (*things, *self.declared) for name in self.facts.names.get(iri, ())}
        literals = [value for _, _, value in self.statements if isinstance(value, Literal)]
        texts = (literal.value for literal in literals if literal.language or literal.datatype == XSD + "string")
        return found.union(*(variants(text) for text in texts))

    @cached_property
    def covered(self) -> set[int]:
        """The tokens of the sentence that a name or text of the graph, or an omission, accounts for."""
        left_out = {name for _, word in self.omitted for name in variants(word)}
        return {place for name in self.names | left_out for places in self.prose.occurrences(name) for place in places}

    @cached_property
    def mentions(self) -> list[Mention]:
        """The dates that the sentence prints."""
        return mentions(self.prose)

    # ---- from the graph to the sentence ------------------------------------------------------------------------

    def _declarations(self) -> Iterator[Problem]:
        mentioned = {iri for fact in self.statements for iri in (fact[0], str(fact[2]))}
        for iri in self.declared:
            if iri not in mentioned:
                message = f"{curie(iri)} is declared as spoken of, but nothing is stated of it"
                yield self._problem(
                    "unused-declaration", message, "take the declaration away", severity=Severity.WARNING
                )

    def _entities(self) -> Iterator[Problem]:
        for iri, subject in self.used.items():
            named = any(self.prose.occurrences(name) for name in self.facts.names.get(iri, ()))
            if not named and iri not in self.declared:
                message = f"{curie(iri)} has no name that the sentence prints"
                remedy = "add the printed name, declare pow:anaphor or pow:describes, or move the fact"
                yield self._problem("not-named", message, remedy, subject)

    def _numbers(self) -> Iterator[Problem]:
        printed = numerals(self.prose)
        for expected in numbers(self.statements):
            if not any(map(expected.fits, printed)):
                message = f"the sentence does not print {expected}"
                yield self._problem(
                    "number-not-in-sentence", message, "correct the number or move it", expected.subject
                )
        for subject, predicate, value in self.statements:
            qualifier = str(value).removeprefix(TERM)
            if predicate == QUALIFIER and not is_qualified(self.prose.text, qualifier):
                message = f"the sentence has no word for the qualifier {curie(str(value))}"
                yield self._problem("qualifier-not-in-sentence", message, "correct the qualifier", subject)

    def _dates(self) -> Iterator[Problem]:
        for name, subject in dates(self.statements).items():
            if not any(mention.touches(name) for mention in self.mentions) and DATE + name not in self.declared:
                message = f"the sentence does not print the date {name}"
                remedy = f"correct it, or declare pow:describes date:{name} where the date follows from other words"
                yield self._problem("date-not-in-sentence", message, remedy, subject)

    def _omissions(self) -> Iterator[Problem]:
        for subject, word in self.omitted:
            if not any(self.prose.occurrences(name) for name in variants(word)):
                message = f"{word!r} is declared as left out, but the sentence does not print it"
                yield self._problem("omission-not-in-sentence", message, "take the omission away", subject)

    # ---- from the sentence to the graph ------------------------------------------------------------------------

    def _unmodelled(self) -> Iterator[Problem]:
        """Dates, numbers and names of the sentence that the graph has not; each word is reported once."""
        accounted = set(self.covered)
        used = dates(self.statements)
        for mention in self.mentions:
            places = set(range(mention.first, mention.last))
            fits = any(map(mention.fits, used))
            if fits or not mention.single:
                accounted |= places
            if not fits and not mention.single and not places <= self.covered:
                yield self._missing("date-not-modelled", f"the date {mention.text!r}", "use it")
        expected = numbers(self.statements)
        for numeral in numerals(self.prose):
            places = set(range(numeral.first, numeral.last))
            if not places <= accounted and not any(one.fits(numeral) for one in expected):
                yield self._missing("number-not-modelled", f"the number {numeral.text!r}", "state it")
            accounted |= places
        places_of_names = [
            place
            for place, token in enumerate(self.prose.tokens)
            if place not in accounted
            and is_name(self.prose, place, self.known)
            and not any(is_initialism(token.text, name) for name in self.names)
        ]
        for first, last in runs(self.prose, places_of_names):
            yield self._missing(
                "name-not-modelled", f"the name {self.prose.printed(first, last)!r}", "state what it is for"
            )

    def _missing(self, check: str, what: str, remedy: str) -> Problem:
        return self._problem(check, f"{what} is not in the graph", f"{remedy}, or declare it with pow:leavesOut")

    def _problem(
        self, check: str, message: str, remedy: str, subject: str = "", *, severity: Severity = Severity.ERROR
    ) -> Problem:
        """A problem at a subject of the graph; without one, at the beginning of the graph."""
        subjects = [subject] if subject else [fact[0] for fact in self.facts.statements[self.passage.iri]]
        places = [place for one in subjects if (place := self.facts.locate(self.passage.iri, one))]
        file, line = min(places, default=(None, None))
        sentence = _name(self.source, self.passage)
        full = f"{sentence}: {message}" if subject else message
        return Problem(check, full, remedy, file, line, curie(subject) if subject else sentence, severity)


def _name(source: Source, passage: Passage) -> str:
    """What messages call a passage: `dawsey:p06s2`."""
    return f"{source.name}:{passage_label(passage.iri)}"
