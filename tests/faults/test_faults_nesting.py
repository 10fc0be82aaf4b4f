"""Every construct of SPARQL, nested and chained as far as it may be and far beyond: no process dies of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from powkg import guard
from powkg.engine import Engine
from powkg.errors import EngineBusyError, PowkgError, QueryTimeoutError, QueryTooComplexError
from powkg.lexer import tokens
from test_guard import CHAINS, NESTS, nested

MORE_NESTS = {
    "IF": ("ASK {{ FILTER({}) }}", ("IF(1,1,", "1", ")")),
    "IN": ("ASK {{ FILTER({}) }}", ("?x IN(", "1", ")")),
    "alternatives of alternatives": ("ASK {{ FILTER({}) }}", ("((1)||(1)||", "1", ")")),
    "groups with triples": ("ASK {{ {} }}", ("{ ?a ?b ?c . ", "", "}")),
    "unions": ("ASK {{ {} }}", ("{ ", "", "} UNION {}")),
    "minus": ("ASK {{ {} }}", ("?a ?b ?c MINUS {", "", "}")),
    "inverse paths": ("ASK {{ ?s {} ?o }}", ("^(", "<urn:p>", ")")),
    "path alternatives": ("ASK {{ ?s {} ?o }}", ("(<urn:a>|", "<urn:p>", ")")),
    "lists of a template": ("CONSTRUCT {{ ?x ?y {} }} {{ ?x ?y ?z }}", ("(", "1", ")")),
    "quoted triples": ("ASK {{ ?s ?p {} }}", ("<< ?a ?b ", "1", " >>")),
    "annotations": ("ASK {{ ?s ?p ?o {} }}", ("{| ?a ?b ", "?c", " |}")),
    "lateral groups": ("ASK {{ {} }}", ("LATERAL {", "", "}")),
    "aggregates": ("SELECT ({} AS ?n) {{}}", ("COUNT(", "1", ")")),
    "brackets of all kinds": ("ASK {{ ?s ?p {} }}", ("( [ ?p ", "1", " ] )")),
    "functions never closed": ("ASK {{ FILTER({}", ("STR(", "1", "")),
}
MORE_CHAINS = {
    "products": ("ASK {{ FILTER(?x{}) }}", "*?x"),
    "conjunctions": ("ASK {{ FILTER(?x{}) }}", "&&?x"),
    "comparisons of negations": ("ASK {{ FILTER(?x{}) }}", "||!?x"),
    "unions of triples": ("ASK {{ {{}} {} }}", "UNION { ?a ?b ?c } "),
    "groups side by side": ("ASK {{ {} }}", "{ ?a ?b ?c } "),
    "optional triples": ("ASK {{ {} }}", "OPTIONAL { ?a ?b ?c } "),
    "minus side by side": ("ASK {{ ?a ?b ?c {} }}", "MINUS { ?a ?b ?c } "),
    "filters by patterns": ("ASK {{ {} }}", "FILTER EXISTS { ?a ?b ?c } "),
    "tables": ("ASK {{ {} }}", "VALUES ?x { 1 } "),
    "lateral side by side": ("ASK {{ {} }}", "LATERAL { ?a ?b ?c } "),
    "negated path choices": ("ASK {{ ?s !(<urn:p>{}) ?o }}", "|<urn:p>"),
    "graphs": ("ASK {} {{}}", "FROM <urn:g> "),
    "grouping": ("SELECT (1 AS ?one) {{ ?x ?y ?z }} GROUP BY ?x {}", "?x "),
    "having": ("SELECT (1 AS ?one) {{ ?x ?y ?z }} GROUP BY ?x HAVING (1) {}", "(1) "),
    "ordering": ("SELECT * {{ ?x ?y ?z }} ORDER BY ?x {}", "?x "),
    "templates": ("CONSTRUCT {{ {} }} {{ ?x ?y ?z }}", "?x ?y ?z . "),
    "blank nodes": ("ASK {{ ?s ?p ?o {} }}", "; ?p [] "),
    "semicolons": ("ASK {{ ?s ?p ?o {} }}", ";"),
    "declarations": ("{} ASK {{}}", "PREFIX p: <urn:p> "),
}
ALL_NESTS = NESTS | MORE_NESTS
ALL_CHAINS = CHAINS | MORE_CHAINS


def longest(form: str, link: str) -> str:
    """The text with as many links as the guard takes."""
    one, two = (sum(map(guard._counts, tokens(form.format(link * number)))) for number in (1, 2))
    number = (guard.MAX_TERMS - 2 * one) // (two - one)
    text = form.format(link * number)
    guard.refuse(text)
    with pytest.raises(QueryTooComplexError):
        guard.refuse(form.format(link * (number + 2 * one + 2)))
    return text


def run(engine: Engine, text: str) -> None:
    """Any answer will do, and any error but the death of the process by anything but its limits."""
    died = engine.pool.ended["complex"], engine.pool.ended["crash"]
    try:
        with engine.open(text, {"select": "text/csv", "ask": "text/csv", "graph": "text/turtle"}) as stream:
            for _ in stream:
                break
    except (QueryTimeoutError, EngineBusyError):
        pass
    except QueryTooComplexError:
        pytest.fail("the process overflowed its stack")
    except PowkgError:
        pass
    assert (engine.pool.ended["complex"], engine.pool.ended["crash"]) == died


@pytest.fixture(scope="module")
def hasty(real_folder: Path) -> Iterator[Engine]:
    with closing(Engine(real_folder, 0.15, size=1, memory=1024)) as engine:
        engine.version()
        yield engine


@pytest.fixture(scope="module")
def patient(real_folder: Path) -> Iterator[Engine]:
    with closing(Engine(real_folder, 8, size=1, memory=1024)) as engine:
        engine.version()
        yield engine


@pytest.mark.parametrize("name", ALL_NESTS)
def test_what_is_nested_as_deeply_as_it_may_be_ends_no_process(hasty: Engine, name: str) -> None:
    form, (opening, inner, closing_) = ALL_NESTS[name]
    brackets = sum(opening.count(bracket) for bracket in ("{", "(", "[", "<< "))
    run(hasty, form.format(nested(opening, inner, closing_, (guard.MAX_DEPTH - 2) // max(1, brackets))))
    with pytest.raises(QueryTooComplexError):
        hasty.query(form.format(nested(opening, inner, closing_, 20_000)))


@pytest.mark.parametrize("name", ALL_CHAINS)
def test_a_chain_as_long_as_it_may_be_ends_no_process(hasty: Engine, name: str) -> None:
    run(hasty, longest(*ALL_CHAINS[name]))


@pytest.mark.long
@pytest.mark.parametrize("name", ALL_CHAINS)
def test_a_long_chain_ends_no_process_in_all_the_time_that_it_takes(patient: Engine, name: str) -> None:
    run(patient, longest(*ALL_CHAINS[name]))


@pytest.mark.long
@pytest.mark.parametrize("name", ALL_NESTS)
def test_deep_nesting_ends_no_process_in_all_the_time_that_it_takes(patient: Engine, name: str) -> None:
    form, (opening, inner, closing_) = ALL_NESTS[name]
    brackets = sum(opening.count(bracket) for bracket in ("{", "(", "[", "<< "))
    run(patient, form.format(nested(opening, inner, closing_, (guard.MAX_DEPTH - 2) // max(1, brackets))))
