"""What is inferred is what follows, no more and no less, and nothing of it is stated."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path

import owlready2
import pytest

from powkg.build import with_derived
from powkg.dataset import Dataset, Quad, merged
from powkg.derived import dates_graph
from powkg.inference import inferred_graph
from powkg.namespaces import (
    ALIGNMENTS_GRAPH,
    BASE,
    COMPARISON,
    CRM,
    DATE,
    DEATH,
    EDTF,
    GEO,
    ID,
    INFERRED_GRAPH,
    ONTOLOGY,
    OWL,
    PASSAGE,
    POW,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SHAPES_GRAPH,
    SKOS,
    SKOSXL,
    SPAN,
    SPREAD,
    TERM,
    XSD,
    expand,
)
from powkg.store import Store
from powkg.terms import IRI, Literal, Term

Triple = tuple[Term, Term, Term]

TYPE = IRI(RDF + "type")
SUBCLASS, SUBPROPERTY = IRI(RDFS + "subClassOf"), IRI(RDFS + "subPropertyOf")
DOMAIN, RANGE, INVERSE = IRI(RDFS + "domain"), IRI(RDFS + "range"), IRI(OWL + "inverseOf")
TRANSITIVE = IRI(OWL + "TransitiveProperty")
DECLARED = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


class Axioms:
    """The axioms of the ontology that something follows from, read anew from its statements."""

    def __init__(self, statements: Iterable[Quad]) -> None:
        self.up: dict[Term, dict[Term, set[Term]]] = {
            kind: defaultdict(set) for kind in (SUBCLASS, SUBPROPERTY, DOMAIN, RANGE, INVERSE)
        }
        self.transitive: set[Term] = set()
        self.inverted: set[Term] = set()
        for subject, predicate, value, graph in statements:
            if graph == SHAPES_GRAPH or not (isinstance(subject, IRI) and isinstance(value, IRI)):
                continue
            if predicate in self.up:
                self.up[predicate][subject].add(value)
            if predicate == INVERSE:
                self.up[INVERSE][value].add(subject)
                self.inverted.add(subject)
            if (predicate, value) == (TYPE, TRANSITIVE):
                self.transitive.add(subject)

    def follow(self, triple: Triple, known: set[Triple]) -> set[Triple]:
        """What follows in one step from a triple, alone or with another known one."""
        subject, predicate, value = triple
        found: set[Triple] = {(subject, above, value) for above in self.up[SUBPROPERTY][predicate]}
        found |= {(subject, TYPE, domain) for domain in self.up[DOMAIN][predicate]}
        if not isinstance(value, Literal):
            found |= {(value, other, subject) for other in self.up[INVERSE][predicate]}
            found |= {(value, TYPE, range_) for range_ in self.up[RANGE][predicate]}
        if predicate == TYPE:
            found |= {(subject, TYPE, above) for above in self.up[SUBCLASS][value]}
        if predicate in self.transitive:
            found |= {(s, p, value) for s, p, v in known if p == predicate and v == subject}
            found |= {(subject, p, v) for s, p, v in known if p == predicate and s == value}
        return found

    def closure(self, triples: Iterable[Triple], never: AbstractSet[Triple] = frozenset()) -> set[Triple]:
        """The triples and all that follows from them without `never`, step by step until there is nothing new."""
        known = set(triples)
        waiting = list(known)
        while waiting:
            new = self.follow(waiting.pop(), known) - known - never
            known |= new
            waiting.extend(new)
        return known


@pytest.fixture(scope="module")
def everything(real_dataset: Dataset) -> list[Quad]:
    """All that a build of the real data would store."""
    return with_derived([*real_dataset.statements(), *dates_graph(real_dataset)])


@pytest.fixture(scope="module")
def stated(everything: list[Quad]) -> set[Triple]:
    """What is not inferred."""
    return {quad[:3] for quad in everything if quad.graph not in (INFERRED_GRAPH, SHAPES_GRAPH)}


@pytest.fixture(scope="module")
def graph(everything: list[Quad]) -> list[Quad]:
    """The graph of what is inferred."""
    return [quad for quad in everything if quad.graph == INFERRED_GRAPH]


@pytest.fixture(scope="module")
def rule_of(graph: list[Quad]) -> dict[Term, list[str]]:
    """The rules that the graph names for each property."""
    found: defaultdict[Term, list[str]] = defaultdict(list)
    for quad in graph:
        if quad.predicate == IRI(POW + "infers"):
            found[quad.value].append(str(quad.subject).removeprefix(TERM))
    return found


@pytest.fixture(scope="module")
def inferred(graph: list[Quad]) -> set[Triple]:
    """What is inferred, without what the graph says of itself."""
    own = {IRI(POW + "infers")}
    return {quad[:3] for quad in graph if quad.predicate not in own and quad.subject != IRI(INFERRED_GRAPH)}


@pytest.fixture(scope="module")
def axioms(everything: list[Quad]) -> Axioms:
    return Axioms(everything)


def named(*names: str) -> Triple:
    """A triple from three names with prefixes."""
    subject, predicate, value = (IRI(expand(name) or name) for name in names)
    return subject, predicate, value


def is_ours(term: Term) -> bool:
    return isinstance(term, IRI) and term.value.startswith(BASE) and not term.value.startswith(ONTOLOGY)


def test_it_is_what_a_calculation_of_another_kind_gives(
    axioms: Axioms, stated: set[Triple], inferred: set[Triple], rule_of: dict[Term, list[str]]
) -> None:
    made = {triple for triple in inferred if rule_of[triple[1]][0] in {"time-span", "birth-and-death", "comparison"}}
    known = {triple for triple in stated | made if is_ours(triple[0])}
    closure = axioms.closure(known)
    barred = makes_an_event_of_what_is_none(closure)
    following = {triple for triple in closure if is_ours(triple[0]) and not barred(triple)} - known
    assert len(following) > 8000
    assert inferred - made == following


OF_A_PLACE_IN_TIME = {f"P{number}" for number in (7, 9, 10, 11, 12, 14, 21, 26, 27, 132, 161)}
OF_A_TIME = {"P4", *(f"P{number}" for number in range(173, 186))}
STATES = {CRM + "E2_Temporal_Entity", CRM + "E1_CRM_Entity"}


def makes_an_event_of_what_is_none(triples: Iterable[Triple]) -> Callable[[Triple], bool]:
    """The same by lists of the words that mean events; each word of CIDOC CRM by its number."""
    known = {*triples}
    unreal = {subject for subject, predicate, _ in known if predicate == IRI(POW + "realization")}
    states = {subject for subject, predicate, v in known if (predicate, v) == (TYPE, IRI(POW + "Circumstance"))}

    def barred(triple: Triple) -> bool:
        subject, predicate, value = triple
        name, both = str(predicate), {subject, value}
        if predicate == TYPE:
            if subject in unreal and str(value) == CRM + "E2_Temporal_Entity":
                return True
            of_events = str(value).startswith(CRM) and str(value) not in STATES
            return subject in unreal | states and (of_events or str(value) in (PROV + "Activity", SCHEMA + "Event"))
        number = name.removeprefix(CRM).partition("_")[0].removesuffix("i")
        if name.startswith(CRM):
            return bool(both & (unreal | states) and number in OF_A_PLACE_IN_TIME) or bool(
                both & unreal and number in OF_A_TIME
            )
        return (name == PROV + "wasAssociatedWith" and subject in unreal | states) or (
            name == PROV + "wasGeneratedBy" and value in unreal | states
        )

    return barred


@pytest.mark.parametrize(
    ("event", "holds", "never"),
    [
        (
            "id:return-of-remaining-prisoners",
            {"pow:participant", "crm:P67i_is_referred_to_by", "crm:E1_CRM_Entity", "pow:Event"},
            {"crm:E2_Temporal_Entity", "crm:E9_Move", "crm:P9i_forms_part_of", "crm:P10_falls_within"},
        ),
        (
            "id:continued-reign-of-hirohito",
            {"crm:P129i_is_subject_of", "pow:Event"},
            {"crm:E2_Temporal_Entity", "crm:P176i_starts_after_the_start_of", "crm:P11_had_participant"},
        ),
        (
            "id:assistance-of-dpaa",
            {"pow:participant", "pow:Event"},
            {"crm:E7_Activity", "prov:Activity", "prov:wasAssociatedWith", "schema:Event", "crm:P14_carried_out_by"},
        ),
        (
            "id:hope-for-soviet-mediation",
            {"crm:E2_Temporal_Entity", "crm:P4_has_time-span", "crm:P2_has_type", "pow:Circumstance"},
            {"crm:E4_Period", "crm:E5_Event", "crm:E92_Spacetime_Volume", "crm:P12_occurred_in_the_presence_of"},
        ),
        (
            "id:confusion-in-japan-1949",
            {"crm:E2_Temporal_Entity", "crm:P176i_starts_after_the_start_of"},
            {"crm:E4_Period", "schema:Event", "crm:P7_took_place_at"},
        ),
        (
            "id:manchurian-strategic-offensive-operation",
            {"crm:E7_Activity", "schema:Event", "crm:P14_carried_out_by", "crm:P12_occurred_in_the_presence_of"},
            set(),
        ),
    ],
)
def test_what_never_came_about_and_what_is_a_state_is_no_event_of_a_standard(
    inferred: set[Triple], event: str, holds: set[str], never: set[str]
) -> None:
    subject = IRI(expand(event) or event)
    said = {term for s, predicate, v in inferred if s == subject for term in (predicate, v)}
    assert {name for name in holds if IRI(expand(name) or name) not in said} == set()
    assert {name for name in never if IRI(expand(name) or name) in said} == set()


def test_nothing_rests_on_what_was_taken_back(axioms: Axioms, stated: set[Triple]) -> None:
    known = {triple for triple in stated if is_ours(triple[0])}
    closure = axioms.closure(known)
    barred = makes_an_event_of_what_is_none(closure)
    never = {triple for triple in closure if barred(triple)}
    assert len(never) > 100
    without = axioms.closure(known, never)
    lost = {triple for triple in closure - without - never if is_ours(triple[0])}
    ends = {subject for subject, _, _ in never if isinstance(subject, IRI)}
    assert {triple for triple in lost if triple[1] != TYPE or triple[0] not in ends} == set()
    assert {str(value) for _, _, value in lost} <= STATES | {SCHEMA + "Thing"}


def test_no_two_events_share_a_time_span(real_store: Store) -> None:
    spans = "SELECT ?span (COUNT(DISTINCT ?e) AS ?n) { ?e crm:P4_has_time-span ?span } GROUP BY ?span"
    found = list(real_store.query(DECLARED + spans))
    assert len(found) > 45
    assert {str(number) for _, number in found} == {"1"}
    dated = """SELECT ?e { ?e pow:when|pow:began|pow:ended|pow:notBefore ?date
      FILTER NOT EXISTS { ?e crm:P4_has_time-span ?span } }"""
    assert list(real_store.query(DECLARED + dated)) == []


def test_each_kind_of_event_but_circumstances_is_an_activity(axioms: Axioms) -> None:
    def above(name: Term) -> set[Term]:
        return {value for _, _, value in axioms.closure({(IRI(ID + "x"), TYPE, name)})}

    kinds = {name for name in axioms.up[SUBCLASS] if str(name).startswith(POW) and IRI(POW + "Event") in above(name)}
    states = {name for name in kinds if IRI(POW + "Circumstance") in above(name)}
    assert len(kinds) > 20
    assert len(states) == 2
    assert {
        name for name in kinds - states - {IRI(POW + "Event")} if IRI(CRM + "E7_Activity") not in above(name)
    } == set()


def test_a_place_is_no_physical_thing(everything: list[Quad]) -> None:
    classes: defaultdict[Term, set[str]] = defaultdict(set)
    for quad in everything:
        if quad.predicate == TYPE:
            classes[quad.subject].add(str(quad.value))
    places = {thing for thing, names in classes.items() if CRM + "E53_Place" in names}
    assert len(places) > 60
    assert {thing for thing in places if CRM + "E77_Persistent_Item" in classes[thing]} == set()


def test_a_realization_bars_events_at_either_end_of_a_property() -> None:
    part, whole, other = (IRI(ID + name) for name in ("part", "whole", "other"))
    realization, promised = IRI(POW + "realization"), IRI(TERM + "promised-only")
    of, up, event = IRI(POW + "partOf"), IRI(CRM + "P9i_forms_part_of"), IRI(SCHEMA + "Event")
    down = IRI(CRM + "P9_consists_of")
    axioms = [
        Quad(of, SUBPROPERTY, up, ALIGNMENTS_GRAPH),
        Quad(up, DOMAIN, event, ALIGNMENTS_GRAPH),
        Quad(up, RANGE, event, ALIGNMENTS_GRAPH),
        Quad(down, INVERSE, up, ALIGNMENTS_GRAPH),
        Quad(realization, DOMAIN, IRI(POW + "Event"), ONTOLOGY),
    ]
    told = [
        Quad(part, of, whole, PASSAGE + "dawsey/p01s1"),
        Quad(whole, of, other, PASSAGE + "dawsey/p01s1"),
    ]
    promise = Quad(whole, realization, promised, PASSAGE + "dawsey/p01s1")

    def found(quads: list[Quad]) -> set[Triple]:
        return {quad[:3] for quad in inferred_graph(quads) if quad.predicate in (TYPE, up, down) and is_ours(quad[0])}

    graph = {triple for triple in found([*axioms, *told]) if triple[0] != IRI(INFERRED_GRAPH)}
    assert graph == {
        (part, up, whole),
        (whole, up, other),
        (whole, down, part),
        (other, down, whole),
        *((thing, TYPE, event) for thing in (part, whole, other)),
    }
    barred = {triple for triple in found([*axioms, *told, promise]) if triple[0] != IRI(INFERRED_GRAPH)}
    assert barred == {(part, TYPE, event), (other, TYPE, event), (whole, TYPE, IRI(POW + "Event"))}


@pytest.mark.parametrize(
    ("rule", "triple"),
    [
        ("superclass", ("id:harbin", "rdf:type", "pow:Place")),
        ("superclass", ("id:harbin", "rdf:type", "crm:E53_Place")),
        ("superclass", ("id:joseph-stalin", "rdf:type", "crm:E77_Persistent_Item")),
        ("superclass", ("id:dower-embracing-defeat", "rdf:type", "schema:CreativeWork")),
        ("superclass", ("id:unit-731-experiments", "rdf:type", "crm:E7_Activity")),
        ("superclass", ("id:cold-war", "rdf:type", "crm:E7_Activity")),
        ("superclass", ("id:geneva-convention-1929", "rdf:type", "crm:E73_Information_Object")),
        ("superclass", ("term:poet", "rdf:type", "crm:E55_Type")),
        ("superclass", ("source:dawsey", "rdf:type", "prov:Entity")),
        (
            "superproperty",
            ("id:manchurian-strategic-offensive-operation", "pow:participant", "id:aleksandr-vasilevsky"),
        ),
        (
            "superproperty",
            ("id:manchurian-strategic-offensive-operation", "crm:P14_carried_out_by", "id:aleksandr-vasilevsky"),
        ),
        ("superproperty", ("claim:p10s6-dead", "crm:P129_is_about", "id:japanese-dead-in-soviet-captivity")),
        (
            "superproperty",
            ("id:yoshikuni-igarashi", "crm:P107i_is_current_or_former_member_of", "id:vanderbilt-university"),
        ),
        (
            "inverse",
            ("id:aleksandr-vasilevsky", "crm:P11i_participated_in", "id:manchurian-strategic-offensive-operation"),
        ),
        ("inverse", ("id:yalta", "crm:P7i_witnessed", "id:yalta-conference")),
        ("inverse", ("id:yalta", "crm:P161i_is_spatial_projection_of", "id:yalta-conference")),
        ("superproperty", ("id:harbin", "crm:P189i_is_approximated_by", "geometry:harbin")),
        ("inverse", ("geometry:harbin", "crm:P189_approximates", "id:harbin")),
        ("superclass", ("geometry:harbin", "rdf:type", "crm:E53_Place")),
        ("transitive", ("id:release-of-names-1991", "pow:after", "id:cold-war")),
        ("birth-and-death", ("id:joseph-stalin", "pow:death", f"<{DEATH}joseph-stalin>")),
        ("superproperty", (f"<{DEATH}joseph-stalin>", "crm:P12_occurred_in_the_presence_of", "id:joseph-stalin")),
        ("time-span", ("id:battle-of-tarawa", "pow:span", f"<{SPAN}ww2-battle-list/battle-of-tarawa>")),
        ("superproperty", ("id:battle-of-tarawa", "crm:P4_has_time-span", f"<{SPAN}ww2-battle-list/battle-of-tarawa>")),
    ],
)
def test_each_rule_gives_what_it_says(
    inferred: set[Triple], rule_of: dict[Term, list[str]], rule: str, triple: tuple[str, ...]
) -> None:
    assert named(*triple) in inferred
    assert rule_of[named(*triple)[1]] == [rule]


def test_chains_of_parts_are_followed_to_their_ends(inferred: set[Triple], stated: set[Triple]) -> None:
    part_of = IRI(POW + "unitOf")
    chains = [(a, c) for a, p, b in stated if p == part_of for s, q, c in stated if q == part_of and s == b]
    assert len(chains) >= 3
    assert {(a, part_of, c) for a, c in chains} <= inferred | stated


def test_nothing_inferred_is_stated_and_nothing_stated_is_missing(
    real_dataset: Dataset, everything: list[Quad], stated: set[Triple], inferred: set[Triple]
) -> None:
    assert stated & inferred == set()
    assert set(real_dataset.statements()) <= set(everything)


def test_no_triple_is_inferred_twice(graph: list[Quad]) -> None:
    assert len(graph) == len(set(graph))


def test_only_things_are_described_and_only_by_terms_that_mean_something(inferred: set[Triple]) -> None:
    assert {triple for triple in inferred if not is_ours(triple[0])} == set()
    means_something = (POW, CRM, PROV, SCHEMA, GEO, SKOSXL)
    others = {str(predicate) for _, predicate, _ in inferred if not str(predicate).startswith(means_something)}
    assert others == {RDF + "type", RDFS + "label", RDFS + "comment"}
    assert {str(v) for _, p, v in inferred if p == TYPE and not str(v).startswith(means_something)} == set()
    assert [triple for triple in inferred if any(str(term).startswith(OWL) for term in triple)] == []


def test_each_property_belongs_to_one_rule(inferred: set[Triple], rule_of: dict[Term, list[str]]) -> None:
    assert set(rule_of) == {predicate for _, predicate, _ in inferred}
    assert {predicate: rules for predicate, rules in rule_of.items() if len(rules) != 1} == {}


def test_each_triple_follows_by_the_rule_of_its_property(
    axioms: Axioms, stated: set[Triple], inferred: set[Triple], rule_of: dict[Term, list[str]]
) -> None:
    links: defaultdict[tuple[Term, Term], set[Term]] = defaultdict(set)
    for subject, predicate, value in stated | inferred:
        links[subject, predicate].add(value)

    def from_below(triple: Triple) -> bool:
        subject, predicate, value = triple
        lower = [name for name, above in axioms.up[SUBPROPERTY].items() if predicate in above]
        return any(value in links[subject, name] for name in lower)

    def from_the_other_side(triple: Triple) -> bool:
        subject, predicate, value = triple
        others = axioms.up[INVERSE][predicate]
        return predicate in axioms.inverted and any(subject in links[value, other] for other in others)

    def from_a_chain(triple: Triple) -> bool:
        subject, predicate, value = triple
        steps = links[subject, predicate] - {value}
        return from_below(triple) or any(value in links[step, predicate] for step in steps)

    def of_a_node_that_is_made(triple: Triple) -> bool:
        made = (SPAN, COMPARISON, SPREAD)
        own = {IRI(POW + name) for name in ("span", "contradicts", "birth", "death")}
        return str(triple[0]).startswith(made) or triple[1] in own

    by: dict[str, Callable[[Triple], bool]] = {
        "superclass": lambda triple: triple[1] == TYPE,
        "superproperty": from_below,
        "inverse": from_the_other_side,
        "transitive": from_a_chain,
        "time-span": of_a_node_that_is_made,
        "birth-and-death": of_a_node_that_is_made,
        "comparison": of_a_node_that_is_made,
    }
    assert [triple for triple in inferred if not by[rule_of[triple[1]][0]](triple)] == []


def test_every_rule_has_a_word_in_the_list(real_store: Store, rule_of: dict[Term, list[str]]) -> None:
    words = {
        str(word) for (word,) in real_store.query(DECLARED + "SELECT ?r { ?r skos:inScheme term:inference-rules }")
    }
    used = {TERM + rule for rules in rule_of.values() for rule in rules}
    assert used == words


def test_a_query_tells_the_rule_of_a_triple_and_the_passage_of_another(real_store: Store) -> None:
    query = """
    SELECT ?rule ?passage {
      id:manchurian-strategic-offensive-operation ?p id:aleksandr-vasilevsky . FILTER(?p = ?property)
      OPTIONAL { GRAPH <https://w3id.org/powkg/graph/inferred> {
        id:manchurian-strategic-offensive-operation ?p id:aleksandr-vasilevsky . ?rule pow:infers ?p } }
      OPTIONAL { GRAPH ?passage { id:manchurian-strategic-offensive-operation ?p id:aleksandr-vasilevsky }
        ?passage a pow:Passage }
      VALUES ?property { %s }
    }"""
    stated = list(real_store.query(DECLARED + query % "pow:commander"))
    assert stated == [(None, IRI(PASSAGE + "dawsey/p06s2"))]
    assert list(real_store.query(DECLARED + query % "crm:P11_had_participant")) == [(IRI(TERM + "superproperty"), None)]


def test_texts_and_dates_are_carried_over_whole() -> None:
    below, above = IRI(POW + "below"), IRI(CRM + "above")
    texts = [
        Literal("抑留", "ja"),
        Literal("colour", "en-gb"),
        Literal('"\\\n\N{LINE SEPARATOR}é'),
        Literal("1945-08-09", None, XSD + "date"),
        Literal("1949-21", None, EDTF + "EDTF"),
        Literal("POINT(126.5 45.75)", None, GEO + "wktLiteral"),
        Literal("1.50", None, XSD + "decimal"),
        Literal("-7", None, XSD + "integer"),
    ]
    quads = [Quad(below, SUBPROPERTY, above, ALIGNMENTS_GRAPH)]
    quads += [Quad(IRI(ID + "a"), below, text, PASSAGE + "dawsey/p01s1") for text in texts]
    found = [quad.value for quad in inferred_graph(quads) if quad.predicate == above]
    assert sorted(map(repr, found)) == sorted(map(repr, texts))


def test_the_days_of_a_date_are_its_days_in_crm(real_store: Store) -> None:
    query = "SELECT ?first ?last { <%s> crm:P82a_begin_of_the_begin ?first ; crm:P82b_end_of_the_end ?last }"
    ((first, last),) = real_store.query(DECLARED + query % (DATE + "1949-21"))
    assert (first, last) == (Literal("1949-03-01", None, XSD + "date"), Literal("1949-05-31", None, XSD + "date"))


def test_what_a_file_states_in_the_words_of_a_standard_is_not_inferred_again() -> None:
    below, above = IRI(POW + "affiliation"), IRI(SCHEMA + "affiliation")
    person, body, other = (IRI(ID + name) for name in ("person", "body", "other"))
    quads = [
        Quad(below, SUBPROPERTY, above, ALIGNMENTS_GRAPH),
        *(Quad(person, name, body, PASSAGE + "dawsey/p01s1") for name in (below, above)),
        Quad(person, below, other, PASSAGE + "dawsey/p01s1"),
    ]
    assert [quad.value for quad in inferred_graph(quads) if quad.predicate == above] == [other]


def test_a_circle_comes_to_an_end() -> None:
    after, one, two = IRI(POW + "after"), IRI(ID + "one"), IRI(ID + "two")
    quads = [
        Quad(after, TYPE, TRANSITIVE, ONTOLOGY),
        Quad(one, after, two, PASSAGE + "dawsey/p01s1"),
        Quad(two, after, one, PASSAGE + "dawsey/p01s1"),
    ]
    found = {quad[:3] for quad in inferred_graph(quads) if quad.predicate == after}
    assert found == {(one, after, one), (two, after, two)}


def test_what_two_values_of_a_functional_property_would_mean_is_not_inferred() -> None:
    holder, tenure = IRI(POW + "holder"), IRI(ID + "tenure")
    quads = [
        Quad(holder, TYPE, IRI(OWL + "FunctionalProperty"), ONTOLOGY),
        Quad(tenure, holder, IRI(ID + "one"), PASSAGE + "dawsey/p01s1"),
        Quad(tenure, holder, IRI(ID + "two"), PASSAGE + "dawsey/p01s1"),
    ]
    assert {str(quad.subject) for quad in inferred_graph(quads)} == {INFERRED_GRAPH}


def test_the_graph_says_what_it_is(graph: list[Quad]) -> None:
    own = [(quad.predicate, quad.value) for quad in graph if quad.subject == IRI(INFERRED_GRAPH)]
    assert {str(predicate) for predicate, _ in own} == {
        RDF + "type",
        RDFS + "label",
        RDFS + "comment",
        PROV + "wasDerivedFrom",
    }
    languages = {v.language for p, v in own if p == IRI(RDFS + "label") and isinstance(v, Literal)}
    assert languages == {"en", "ja", "ru"}


def test_it_is_the_same_each_time(real_dataset: Dataset, everything: list[Quad]) -> None:
    statements = [*real_dataset.statements(), *dates_graph(real_dataset)]
    again = with_derived(statements[::-1])
    assert [quad for quad in again if quad.graph == INFERRED_GRAPH] == [
        quad for quad in everything if quad.graph == INFERRED_GRAPH
    ]


def test_the_page_names_what_is_aligned_and_no_term_of_crm_that_is_not(everything: list[Quad]) -> None:
    page = (Path(__file__).resolve().parents[1] / "docs" / "inference.md").read_text(encoding="utf-8")
    rows = "\n".join(line for line in page.splitlines() if line.startswith("|"))
    aligned = {
        str(quad.subject).removeprefix(POW)
        for quad in everything
        if quad.graph == ALIGNMENTS_GRAPH and quad.predicate == SUBPROPERTY and str(quad.subject).startswith(POW)
    }
    assert len(aligned) > 30
    assert {name for name in aligned if f"`pow:{name}`" not in rows} == set()
    declared = {str(quad.subject).removeprefix(CRM) for quad in everything if quad.graph == ALIGNMENTS_GRAPH}
    assert set(re.findall(r"`(?:crm:)?([EP]\d+[a-z]?_[\w-]+)`", rows)) <= declared


CRM_QUERIES = {
    "events with time, place and participants": """
        SELECT DISTINCT ?e { ?e a crm:E5_Event ; crm:P4_has_time-span ?t ; crm:P7_took_place_at ?p ;
          crm:P11_had_participant ?a . ?t crm:P82a_begin_of_the_begin ?b ; crm:P82b_end_of_the_end ?e2 .
          ?p a crm:E53_Place . ?a a crm:E39_Actor }""",
    "activities of a group and of its parts": """
        SELECT DISTINCT ?e { ?group crm:P107_has_current_or_former_member ?part . ?part crm:P14i_performed ?e }""",
    "what is said of an event": "SELECT DISTINCT ?s { ?e a crm:E5_Event ; crm:P67i_is_referred_to_by ?s }",
    "moves": "SELECT DISTINCT ?e { ?e a crm:E9_Move ; crm:P27_moved_from|crm:P26_moved_to ?p }",
    "pictures and persons": "SELECT DISTINCT ?x { ?x a crm:E36_Visual_Item ; crm:P138_represents/a crm:E21_Person }",
    "appellations": """SELECT DISTINCT ?n { ?e crm:P1_is_identified_by ?n . ?n a crm:E41_Appellation ;
        crm:P190_has_symbolic_content ?form }""",
    "types": "SELECT DISTINCT ?t { ?x crm:P2_has_type ?t . ?t a crm:E55_Type }",
    "wholes and parts": "SELECT DISTINCT ?e { ?e crm:P9_consists_of ?part }",
    "order": "SELECT DISTINCT ?e { ?e crm:P176i_starts_after_the_start_of ?other }",
    "provenance": "SELECT DISTINCT ?x { ?x a prov:Entity ; prov:wasAttributedTo/a prov:Agent }",
    "coordinates": """SELECT DISTINCT ?p { ?p a crm:E53_Place ; crm:P189i_is_approximated_by ?near .
        ?near a crm:E53_Place ; crm:P168_place_is_defined_by ?wkt }""",
    "places within places": "SELECT DISTINCT ?f { ?f a geo:Feature ; geo:sfWithin ?g }",
}


@pytest.mark.parametrize(
    ("name", "at_least"), [*zip(CRM_QUERIES, (10, 5, 50, 5, 1, 1, 20, 7, 15, 90, 8, 8), strict=True)]
)
def test_queries_in_the_words_of_the_standards_are_answered(real_store: Store, name: str, at_least: int) -> None:
    assert len(list(real_store.query(DECLARED + CRM_QUERIES[name]))) >= at_least


def test_all_of_it_is_consistent(everything: list[Quad], tmp_path: Path) -> None:
    read = {XSD + "integer", XSD + "decimal", XSD + "string"}
    quads = [
        quad
        for quad in everything
        if quad.graph != SHAPES_GRAPH
        and not str(quad.predicate).startswith(SKOS)
        and not (isinstance(quad.value, Literal) and (quad.value.language or quad.value.datatype not in read))
    ]
    file = tmp_path / "all.nt"
    merged(quads).serialize(file, format="nt", encoding="utf-8")
    world = owlready2.World()
    world.get_ontology(file.as_uri()).load()
    owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    assert list(world.inconsistent_classes()) == []
