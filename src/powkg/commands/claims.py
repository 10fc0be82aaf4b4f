"""`powkg claims`: the figures that are claimed for a cohort, and how they stand to each other."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sys
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from powkg.claims import records
from powkg.claims.quantities import QuantityClaim
from powkg.claims.relations import Kind, Relation
from powkg.claims.spreads import Side, Spread
from powkg.claims.views import Figures, Surroundings
from powkg.claims.wording import range_in_words, rounded
from powkg.commands.freshness import bring_up_to_date
from powkg.commands.wording import counted
from powkg.errors import UsageError
from powkg.namespaces import CLAIM, ID, TERM, curie
from powkg.networks.finding import find_entity
from powkg.queries import near
from powkg.settings import Settings
from powkg.store import open_store
from powkg.table import UNLIMITED, print_table
from powkg.terms import Literal, Queryable

_HELP = """List the figures that are claimed, question by question, the disputed ones first.

With a COHORT (japanese-dead-in-soviet-captivity, id:…, an IRI): its figures, those of its parts and wholes, and why
other figures are not compared with them. With one CLAIM (claim:p10s6-dead, an IRI): how it stands to the others of its
cohort. With two: how they stand to each other, and why. Builds the store first where the data has changed."""

_COLUMNS = ("", "figure", "by", "how", "in")
_ORDER = (Kind.DISJOINT, Kind.COMPATIBLE, Kind.OVERLAPPING, Kind.EQUAL, Kind.INCOMPARABLE)
"""The relations that tell most come first."""


@click.command(help=_HELP)
@click.argument("names", nargs=-1, metavar="[COHORT | CLAIM [CLAIM]]")
@click.option(
    "-f", "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", help="Form of the answer."
)
@click.option(
    "--data", metavar="DIR", type=click.Path(path_type=Path), help="The folder that holds ontology/ and graph/."
)
@click.option("--store", type=click.Path(path_type=Path), help="Folder of the store.")
def command(names: tuple[str, ...], form: str, data: Path | None, store: Path | None) -> None:
    """Find what is asked for, bring the store up to date, read its claims, print."""
    if len(names) > 2:
        raise UsageError(f"{len(names)} names are given; give a cohort, a claim or two claims")
    settings = Settings.from_environment(os.environ, store, data)
    bring_up_to_date(settings)
    opened = open_store(settings.store)
    figures = Figures.read(opened)
    iris = [_find(opened, figures, name) for name in names]
    claims = [figures.claims[iri] for iri in iris if iri in figures.claims]
    if len(iris) == 2 and len(claims) < 2:
        raise UsageError(f"{names[0]} and {names[1]} are not both claims; give one cohort, or two claims")
    if len(iris) > len(set(iris)):
        raise UsageError(f"{names[0]} and {names[1]} are the same claim; give two, or it alone")
    if claims:
        relations = figures.of_claim(claims[0]) if len(claims) == 1 else (figures.relation(*claims),)
        _print_relations(figures, claims[0], relations, form)
    elif iris:
        _print_cohort(figures, figures.around(iris[0]), form)
    else:
        _print_questions(figures, figures.questions(), form)


def _find(store: Queryable, figures: Figures, name: str) -> str:
    """The IRI of a cohort with figures or of a quantity claim; a claim goes by the end of its IRI (p10s6-dead) as well.

    Raises UsageError, with near names, for another name, and for one that several claims have.
    """
    if ID + name in figures.cohorts:
        return ID + name
    ends = [iri for iri in figures.claims if iri.endswith("/" + name)]
    if len(ends) > 1:
        named = ", ".join(iri.removeprefix(CLAIM) for iri in ends)
        raise UsageError(f"{name} is the name of several claims; give one of {named}")
    if ends:
        return ends[0]
    cohorts = [iri.removeprefix(ID) for iri in figures.cohorts]
    try:
        iri = find_entity(store, name)
    except UsageError as error:
        known = {iri.rpartition("/")[2] for iri in figures.claims}
        hint = near(name.rpartition(":")[2], [*cohorts, *sorted(known)])
        raise (UsageError(f"no cohort and no claim {name!r} in the store{hint}") if hint else error) from None
    if iri not in figures.cohorts and iri not in figures.claims:
        raise UsageError(f"{curie(iri)} is no cohort with figures and no claim of one; powkg claims lists them")
    return iri


def _print_questions(figures: Figures, questions: Sequence[Spread], form: str) -> None:
    if form == "csv":
        _print_csv(
            records.CLAIM_COLUMNS, (row for one in questions for row in records.claim_rows(one, figures.wording))
        )
    elif form == "json":
        _print_json({"questions": [records.spread_record(one, figures.wording) for one in questions]})
    else:
        disputed = sum(one.is_disputed for one in questions)
        click.echo(f"{counted(len(questions), 'question')}, {disputed} disputed.")
        for one in questions:
            _print_question(figures, one)
            for line in _in_short(figures, one):
                _print_paragraph(line, "- ")


def _print_cohort(figures: Figures, around: Surroundings, form: str) -> None:
    groups = {"questions": around.questions, "parts": around.parts, "wholes": around.wholes}
    if form == "csv":
        _print_questions(figures, [one for group in groups.values() for one in group], form)
        return
    if form == "json":
        shown: dict[str, Any] = {
            name: [records.spread_record(one, figures.wording) for one in group] for name, group in groups.items()
        }
        shown["conflicts"] = [records.relation_record(relation, figures.wording) for relation in around.conflicts]
        _print_json({**shown, "not_compared": list(around.not_compared)})
        return
    for name, heading in (("questions", ""), ("parts", "Part of it: "), ("wholes", "It is part of: ")):
        for one in groups[name]:
            _print_question(figures, one, heading)
            for relation in sorted(one.relations, key=_by_kind):
                _print_paragraph(f"{relation.kind}: {figures.wording.statement(relation)}", "- ")
    if around.conflicts:
        _print_list("Parts that exceed their whole", map(figures.wording.explain, around.conflicts))
    if around.not_compared:
        _print_list("Not compared", around.not_compared)


def _print_relations(figures: Figures, claim: QuantityClaim, relations: Sequence[Relation], form: str) -> None:
    ordered = sorted(relations, key=_by_kind)
    if form == "csv":
        _print_csv(records.RELATION_COLUMNS, (records.relation_row(one, figures.wording) for one in ordered))
    elif form == "json":
        _print_json({"relations": [records.relation_record(one, figures.wording) for one in ordered]})
    elif not ordered:
        click.echo(f"Nothing else is claimed of {figures.wording.name(claim.cohort)}.")
    else:
        for one in ordered:
            _print_paragraph(f"{one.kind}: {figures.wording.explain(one)}")


def _print_question(figures: Figures, spread: Spread, heading: str = "") -> None:
    """Whose number, who stands where, and the claims as a table."""
    wording = figures.wording
    time = ", ".join(map(wording.name, spread.moments))
    title = f"{heading}{wording.name(spread.cohort)}" + (f", as of {time}" if time else "")
    click.echo()
    _print_paragraph(f"DISPUTED  {title}" if spread.is_disputed else title)
    if len(spread.sides) > 1:
        _print_paragraph("; ".join(_side(figures, side) for side in spread.sides), "  ")
    rows = [
        [Literal(text) for text in (str(number), *_row(figures, claim, spread))]
        for number, claim in enumerate(spread.claims, 1)
    ]
    print_table(_COLUMNS, rows, sys.stdout, _width(), counted=False)


def _in_short(figures: Figures, spread: Spread) -> Iterator[str]:
    """The relations by the numbers of the claims in the table: "disjoint: 1 and 3 (3.16-fold), 2 and 3 (3.16-fold)"."""
    numbers = {claim: number for number, claim in enumerate(spread.claims, 1)}
    found: defaultdict[Kind, list[str]] = defaultdict(list)
    for relation in spread.relations:
        pair = sorted(numbers[claim] for claim in (relation.first, relation.second))
        why = figures.wording.name(TERM + relation.reason) if relation.reason else ""
        fold = f"{rounded(relation.fold)}-fold" if relation.fold and rounded(relation.fold) > 1 else ""
        note = f" ({why or fold})" if why or fold else ""
        found[relation.kind].append(f"{pair[0]} and {pair[1]}{note}")
    for kind in sorted(found, key=_ORDER.index):
        yield f"{kind}: {', '.join(found[kind])}"


def _by_kind(relation: Relation) -> int:
    return _ORDER.index(relation.kind)


def _row(figures: Figures, claim: QuantityClaim, spread: Spread) -> tuple[str, ...]:
    """The cells of a claim. What goes without saying is left out: a range that is the figure, the question's time."""
    wording = figures.wording
    number, allowed = wording.number(claim), wording.range(claim)
    if claim.is_worked_out:
        allowed += ", worked out"
    time = () if claim.moments and len(spread.moments) == 1 else (wording.time(claim.moments) or "undated",)
    figure = number if allowed in number.replace("–", " to ") else f"{number} ({allowed})"
    how = (*map(wording.name, claim.methods), *wording.reserve(claim), *(time if spread.moments else ()))
    return figure, wording.claimant(claim), ", ".join(how), wording.places(claim)


def _side(figures: Figures, side: Side) -> str:
    """A range and everybody who stands there, each once."""
    claimants = dict.fromkeys(iri for claim in side.claims for iri in claim.claimants)
    return f"{range_in_words(side.least, side.most)} by {figures.wording.names(claimants)}"


def _print_list(heading: str, sentences: Iterable[str]) -> None:
    click.echo(f"\n{heading}:")
    for sentence in sentences:
        _print_paragraph(sentence, "- ")


def _print_paragraph(text: str, first: str = "") -> None:
    """A text as wide as the terminal; its lines after the first are indented as far as that one is."""
    click.echo(textwrap.fill(text, _width(), initial_indent=first, subsequent_indent=" " * len(first)))


def _width() -> int:
    """The width of the terminal; nothing is wrapped in a file or a pager."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else UNLIMITED


def _print_json(shown: dict[str, Any]) -> None:
    click.echo(json.dumps(shown, ensure_ascii=False, indent=2))


def _print_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
