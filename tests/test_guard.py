"""SERVICE is refused wherever the engine would follow it, and nowhere else but in strange texts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from powkg import guard
from powkg.errors import PowkgError, QueryRefusedError, UsageError
from powkg.store import Store, fill

# The engine refuses this port by itself, so a SERVICE clause that is followed shows as an error, with no request sent.
ADDRESS = "<http://127.0.0.1:9/>"
PROLOGUE = f"""BASE {ADDRESS} PREFIX : {ADDRESS} PREFIX ex: {ADDRESS} PREFIX SERVICEex: <http://127.0.0.1:9/s>
SELECT * {{ VALUES ?x {{ 1 }} """

CLAUSES = (
    f"SERVICE {ADDRESS} {{}}",
    f"sErViCe{ADDRESS}{{}}",
    f"SERVICE SILENT {ADDRESS} {{}}",
    f"SERVICE # a comment {{\n {ADDRESS} # another '\n {{}}",
    "SERVICE ex:a {}",
    "SERVICEex:a{}",
    "SERVICE : {}",
    "SERVICE ex:a\\'b {}",
    "SERVICE ex:a%20b{}",
    "SERVICE <relative>{}",
    "LATERAL { SERVICE ex:a {} }",
    "{ SERVICE ex:a {} } UNION {}",
    "OPTIONAL { SERVICE ?x {} }",
)

# Texts around which a scanner may lose its place. `@` stands for a number, so that no variable is bound twice.
AROUND = (
    "FILTER(?x<'&&?b>'||true)",
    'FILTER(?x<"&&?b>"||true)',
    "FILTER(?x<'''&&?b>'''||true)",
    "FILTER(?x<?x||?x>'#'||true)",
    "FILTER('a'<'>'||true)",
    "FILTER(?x<'\\\\'||true)",
    "BIND('\\'' AS ?v@)",
    'BIND("#" AS ?v@)',
    "BIND('''a'b''' AS ?v@)",
    "BIND('' AS ?v@)",
    "BIND(?x<'>' AS ?v@)",
    "OPTIONAL{?s ex:b\\'c 1}",
    "OPTIONAL{?s ex:b\\# '#'}",
    "OPTIONAL{?s<http://a#'b>?o}",
    "OPTIONAL{?s ex:p'>'}",
    "OPTIONAL{?s ?p true}",
    "OPTIONAL{?s ?p 'x'@en}",
    "#c'\n",
    "#<\n",
    "#\r",
    "",
    " ",
)


@pytest.fixture(scope="module")
def store() -> Store:
    return fill([], "empty")


def is_followed(store: Store, text: str) -> bool:
    """Whether the engine tries to reach the address. A text that is not SPARQL is followed nowhere."""
    try:
        tuple(store.query(text))
    except UsageError:
        return False
    except PowkgError:
        return True
    return False


@pytest.mark.parametrize("clause", [clause for clause in CLAUSES if "?x" not in clause and "SILENT" not in clause])
def test_the_engine_would_follow_each_clause_of_these_tests(store: Store, clause: str) -> None:
    assert is_followed(store, f"{PROLOGUE} {clause} }}")


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_service_clause_is_refused(clause: str) -> None:
    with pytest.raises(QueryRefusedError, match="SERVICE is not answered: "):
        guard.refuse(f"{PROLOGUE} {clause} }}")


@settings(max_examples=400, deadline=None)
@given(before=st.lists(st.sampled_from(AROUND), max_size=4), clause=st.sampled_from(CLAUSES), data=st.data())
def test_no_text_around_a_service_clause_hides_it(
    store: Store, before: list[str], clause: str, data: st.DataObject
) -> None:
    after = data.draw(st.lists(st.sampled_from(AROUND), max_size=4))
    parts = [part.replace("@", str(at)) if "?v@" in part else part for at, part in enumerate([*before, clause, *after])]
    text = f"{PROLOGUE}{' '.join(parts)} }}"
    position = data.draw(st.integers(len(PROLOGUE), len(text) - 1))
    spoiled = text[:position] + data.draw(st.sampled_from(("", "'", '"', "<", ">", "#", "\n"))) + text[position + 1 :]
    for candidate in (text, spoiled):
        if is_followed(store, candidate):
            with pytest.raises(QueryRefusedError):
                guard.refuse(candidate)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service ?x { ?service a ?x }",
        "PREFIX service: <http://example.org/service/> SELECT * { ?s a service:x , service:y }",
        "SELECT * { ?s <http://example.org/service/a> ?o . ?s <http://www.w3.org/ns/sparql-service-description#x> ?p }",
        "SELECT * { ?s ?p 'SERVICE <http://example.org/> {}' }",
        'SELECT * { ?s ?p """a "quoted" SERVICE ex:a {}""" }',
        "SELECT * { # SERVICE <http://example.org/> {}\n ?s ?p 'x'@service }",
        "SELECT * { ?s ex:service ?o FILTER(?o < 3 && ?o > 1) }",
        "SELECT * { GRAPH ex:service { ?s ?p ?o } }",
    ],
)
def test_a_query_that_only_speaks_of_services_may_run(text: str) -> None:
    guard.refuse(text)


def test_a_query_has_a_greatest_length() -> None:
    guard.refuse("#" * guard.MAX_LENGTH)
    with pytest.raises(QueryRefusedError, match="1,000,000"):
        guard.refuse("#" * (guard.MAX_LENGTH + 1))


@pytest.mark.parametrize("part", ["<'", "<#", "<'''", "<service #", "<'>", "\\", "?"])
def test_the_longest_texts_are_scanned_in_bounded_steps(part: str) -> None:
    """Each of these made a scanner of this kind quadratic; a million characters would then take hours."""
    text = "service " + part * ((guard.MAX_LENGTH - 8) // len(part))
    if part == "<service #":
        with pytest.raises(QueryRefusedError, match="letters"):
            guard.refuse(text)
    else:
        guard.refuse(text)
