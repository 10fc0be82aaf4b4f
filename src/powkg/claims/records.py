"""Claims, relations and spreads as plain values, for JSON and CSV. Pure; each record has the same keys always.

IRIs stand in full, words are English, numbers are integers or null, and a fold is a number with two decimals or null.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from powkg.claims.quantities import QuantityClaim
from powkg.claims.relations import Relation
from powkg.claims.spreads import Side, Spread
from powkg.claims.wording import NO_RANGE, Wording, rounded

Record = dict[str, Any]

CLAIM_COLUMNS = (
    "cohort", "as_of", "disputed", "claim", "number", "figure", "least", "most", "open_above", "worked_out", "method",
    "certainty", "claimant", "follows", "claim_as_of", "reported_in",
)  # fmt: skip
"""The columns of `claim_rows`; `as_of` is the time of the question, `claim_as_of` that of the claim, if it has one."""

RELATION_COLUMNS = ("first", "second", "relation", "reason", "lower", "higher", "fold", "explanation")
"""The keys of a relation's record, and its columns."""


def claim_record(claim: QuantityClaim, wording: Wording) -> Record:
    """A claim: what it says, of whom, when, on whose word, and where."""
    return {
        "claim": claim.iri,
        "cohort": _thing(claim.cohort, wording),
        "number": wording.number(claim),
        "figure": claim.figure,
        "ratio": None if claim.ratio is None else float(claim.ratio),
        "ratio_to": claim.ratio_to,
        "least": claim.least if claim.has_range else None,
        "most": claim.most if claim.has_range else None,
        "open_above": claim.has_range and claim.ceiling is None,
        "worked_out": claim.is_worked_out,
        "without_range_because": NO_RANGE.get(claim.no_range),
        "qualifier": _thing(claim.qualifier, wording),
        "unit": _thing(claim.unit, wording),
        "methods": _things(claim.methods, wording),
        "certainty": _thing(claim.certainty, wording) if claim.certainty else None,
        "claimants": _things(claim.claimants, wording),
        "follows": _things(claim.follows, wording),
        "based_on": _things(claim.based_on, wording),
        "as_of": _things((moment.iri for moment in claim.moments), wording),
        "reported_in": list(claim.graphs),
    }


def relation_record(relation: Relation, wording: Wording) -> Record:
    """A relation: the IRIs of the two claims, how they stand to each other, and the explanation in words."""
    return {
        "first": relation.first.iri,
        "second": relation.second.iri,
        "relation": str(relation.kind),
        "reason": str(relation.reason) if relation.reason else None,
        "lower": relation.lower.iri if relation.lower else None,
        "higher": relation.higher.iri if relation.higher else None,
        "fold": float(rounded(relation.fold)) if relation.fold else None,
        "explanation": wording.explain(relation),
    }


def spread_record(spread: Spread, wording: Wording) -> Record:
    """A question: its cohort and time, how far its claims lie apart, who stands where, its claims and relations."""
    return {
        "cohort": _thing(spread.cohort, wording),
        "unit": _thing(spread.unit, wording),
        "as_of": _things(spread.moments, wording),
        "disputed": spread.is_disputed,
        "least": spread.least,
        "most": spread.most,
        "open_above": spread.is_open,
        "fold": float(rounded(spread.fold)) if spread.fold else None,
        "lowest": [claim.iri for claim in spread.lowest],
        "highest": [claim.iri for claim in spread.highest],
        "sides": [_side(side) for side in spread.sides],
        "claims": [claim_record(claim, wording) for claim in spread.claims],
        "relations": [relation_record(relation, wording) for relation in spread.relations],
    }


def claim_rows(spread: Spread, wording: Wording) -> list[list[str]]:
    """The claims of a question as rows of texts, in the order of `CLAIM_COLUMNS`; several values joined by "; "."""
    return [
        [
            wording.name(spread.cohort),
            "; ".join(map(wording.name, spread.moments)),
            "yes" if spread.is_disputed else "no",
            claim.iri,
            wording.number(claim),
            *("" if number is None else str(number) for number in (claim.figure, claim.least, claim.most)),
            "yes" if claim.has_range and claim.ceiling is None else "no",
            "yes" if claim.is_worked_out else "no",
            "; ".join(map(wording.name, claim.methods)),
            wording.name(claim.certainty) if claim.certainty else "",
            "; ".join(map(wording.name, claim.claimants)),
            "; ".join(map(wording.name, claim.follows)),
            "; ".join(wording.name(moment.iri) for moment in claim.moments),
            "; ".join(claim.graphs),
        ]
        for claim in spread.claims
    ]


def relation_row(relation: Relation, wording: Wording) -> list[str]:
    """A relation as a row of texts, in the order of `RELATION_COLUMNS`."""
    record = relation_record(relation, wording)
    return ["" if record[name] is None else str(record[name]) for name in RELATION_COLUMNS]


def _side(side: Side) -> Record:
    return {"least": side.least, "most": side.most, "claims": [claim.iri for claim in side.claims]}


def _thing(iri: str, wording: Wording) -> Record:
    return {"iri": iri, "label": wording.name(iri)}


def _things(iris: Iterable[str], wording: Wording) -> list[Record]:
    return [_thing(iri, wording) for iri in iris]
