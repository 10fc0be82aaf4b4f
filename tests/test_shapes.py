"""Each constraint of ontology/shapes.ttl, broken on purpose in a copy of the real data."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from damage import ARTICLE, ENCYCLOPEDIAS, PASSAGES, Damage, assert_found, load
from powkg.checks import run
from powkg.dataset import Dataset, Quad
from powkg.errors import PowkgError, Severity
from powkg.namespaces import GEO, GEOMETRY, RDF, RDFS, SH, SHAPE, SHAPES_GRAPH
from powkg.shapes import constraints, validate
from powkg.terms import IRI, Literal

FREED = "claim:p10s1-freed"
HALF = "claim:p07s2-half"
CAUSE = "claim:p06s3-cause"
PROMISE = "id:yalta-promise"
ABE = "id:abe-at-the-interment"
FILES = "graph/authority/data-files.trig"
PAGES = "graph/authority/websites.trig"
KWANTUNG = "source:commons-kwantung-army"


def dropped(name: str, subject: str, text: str, file: str = ARTICLE, marker: str = "") -> Damage:
    """A statement taken away; reported where the subject first stands."""
    return Damage(name, subject, text, "", marker or f"{subject} a pow:", file=file)


def passage(name: str, old: str, new: str) -> Damage:
    """A change to the description of the first passage, reported at its predicate's line or its own."""
    return Damage(name, "dawsey:p01s1", old, new, new or "dawsey:p01s1 a pow:Passage", file=PASSAGES)


DAMAGES = [
    # ---- names ----
    Damage(
        "two-labels-in-one-language",
        "id:manchukuo",
        'id:manchukuo rdfs:label "満州国"@ja',
        'id:manchukuo rdfs:label "満州国"@ja , "満洲国"@ja',
        "id:manchukuo rdfs:label",
        file=ENCYCLOPEDIAS,
        reported="graph/authority/editorial.trig",
    ),
    Damage(
        "label-without-language",
        "id:western-allies",
        'id:western-allies rdfs:label "Western Allies"@en',
        'id:western-allies rdfs:label "Western Allies"',
        "id:western-allies rdfs:label",
        file="graph/authority/editorial.trig",
    ),
    Damage(
        "two-family-names-in-one-language",
        "id:jason-dawsey",
        'schema:familyName "Dawsey"@en',
        'schema:familyName "Dawsey"@en , "Dawson"@en',
        '"Dawson"@en',
        file="graph/authority/editorial.trig",
    ),
    Damage(
        "two-given-names-in-one-language",
        "id:jason-dawsey",
        'schema:givenName "Jason"@en',
        'schema:givenName "Jason"@en , "J."@en',
        '"J."@en',
        file="graph/authority/editorial.trig",
    ),
    Damage(
        "name-part-without-language",
        "id:jason-dawsey",
        'schema:givenName "Jason"@en',
        'schema:givenName "Jason"',
        "id:jason-dawsey a pow:Person",
        file="graph/authority/editorial.trig",
        reported=ARTICLE,
    ),
    # ---- events ----
    Damage(
        "party-against-itself",
        "id:siberian-intervention",
        "pow:against id:vladimir-lenin",
        "pow:against id:empire-of-japan , id:vladimir-lenin",
        "pow:carriedOutBy id:empire-of-japan ; pow:where id:siberia",
        message="id:empire-of-japan carries it out",
    ),
    Damage(
        "surrender-to-itself",
        "id:surrender-of-japanese-forces-in-korea",
        "id:japanese-forces-in-korea ; pow:surrenderedTo id:soviet-union",
        "id:japanese-forces-in-korea ; pow:surrenderedTo id:japanese-forces-in-korea",
        "pow:surrenderer id:japanese-forces-in-korea",
    ),
    Damage(
        "journey-to-where-it-began",
        "id:return-of-the-radicalised-prisoners",
        "a pow:Repatriation ; pow:to id:japan",
        "a pow:Repatriation ; pow:from id:japan ; pow:to id:japan",
        "pow:from id:japan",
        message="it leads from id:japan to id:japan",
    ),
    Damage(
        "years-before-the-text-negative",
        "id:world-war-ii",
        "pow:endedYearsBefore 75",
        "pow:endedYearsBefore -75",
        "pow:endedYearsBefore -75",
    ),
    # ---- claims ----
    Damage(
        "claim-without-claimant",
        CAUSE,
        "pow:standing term:offered ; pow:certainty term:stated ;\n        prov:wasAttributedTo id:jason-dawsey .",
        "pow:standing term:offered ; pow:certainty term:stated .",
        f"{CAUSE} a pow:CauseClaim",
    ),
    Damage(
        "claimant-not-an-agent",
        "claim:p10s2-remaining",
        "prov:wasAttributedTo id:stalin-regime .\n    id:promise",
        "prov:wasAttributedTo id:siberia .\n    id:promise",
        "prov:wasAttributedTo id:siberia",
        message="id:siberia stands behind the claim",
    ),
    dropped("claim-without-certainty", CAUSE, "pow:standing term:offered ; pow:certainty term:stated ;"),
    dropped("quantity-claim-without-cohort", FREED, "pow:cohort id:japanese-freed-in-1947 ;"),
    dropped("quantity-claim-without-unit", HALF, "pow:qualifier term:just-under ; pow:unit term:persons ;"),
    dropped("quantity-claim-without-qualifier", HALF, "pow:qualifier term:just-under ;"),
    dropped(
        "quantity-claim-without-value",
        FREED,
        "pow:figure 625000 ;\n        pow:atLeast 625000 ; pow:atMost 625000 ;",
    ),
    Damage(
        "bounds-reversed",
        "claim:p07s1-surrendered",
        "pow:atLeast 1600000 ; pow:atMost 1700000",
        "pow:atLeast 1700000 ; pow:atMost 1600000",
        "pow:atLeast 1700000 ; pow:atMost 1600000",
        message="at least 1700000 is more",
    ),
    Damage("figure-negative", FREED, "pow:figure 625000", "pow:figure -625000", "pow:figure -625000"),
    Damage(
        "ratio-not-positive",
        HALF,
        "pow:ratio 0.5 ; pow:ratioTo claim:p07s2",
        "pow:ratio 0.0 ; pow:ratioTo claim:p07s2",
        "pow:ratio 0.0",
    ),
    dropped("ratio-to-nothing", HALF, "pow:ratioTo claim:p07s2-abroad ;"),
    dropped("cause-claim-without-effect", CAUSE, "pow:effect id:surrender-of-kwantung-army ;"),
    dropped("cause-claim-without-cause", CAUSE, "pow:cause id:manchurian-strategic-offensive-operation ;"),
    dropped("cause-claim-without-standing", CAUSE, "pow:standing term:offered ;"),
    dropped("assessment-without-judgement", "claim:p02s1-brutal", "pow:ascribed term:brutal ;"),
    dropped("content-claim-without-topic", "claim:p11s4-regulations", "pow:topic term:camp-regulations ;"),
    dropped("food-claim-without-foodstuff", "claim:p11s4-bread", "pow:foodstuff term:bread ;"),
    Damage(
        "claim-about-nothing",
        "claim:p11s4-bread",
        "pow:about id:japanese-prisoners-in-soviet-hands ; pow:foodstuff term:bread",
        "pow:foodstuff term:bread",
        "claim:p11s4-bread a pow:FoodClaim",
    ),
    # ---- promises, participations, namings, works ----
    dropped(
        "promise-of-nothing",
        PROMISE,
        " ; pow:promised id:soviet-declaration-of-war-on-japan",
    ),
    Damage("days-after-not-positive", PROMISE, "pow:daysAfter 90", "pow:daysAfter 0", "pow:daysAfter 0"),
    dropped("days-after-nothing", PROMISE, "pow:countedFrom id:surrender-of-germany ;"),
    dropped("participation-without-agent", ABE, "pow:agent id:shinzo-abe ;"),
    dropped(
        "participation-without-event",
        ABE,
        "pow:inEvent id:chidorigafuchi-interment-2016 ;",
    ),
    dropped("participation-without-role", ABE, "pow:agent id:shinzo-abe ; pow:role term:attendee ;"),
    dropped("naming-without-form", "id:naming-august-storm", 'skosxl:literalForm "August Storm"@en ;'),
    Damage(
        "pages-reversed",
        "id:kuznetsov-1995-situation-of-japanese-pows",
        "schema:pageStart 612",
        "schema:pageStart 712",
        "schema:pageStart 712",
    ),
    Damage(
        "isbn-malformed",
        "id:dower-embracing-defeat",
        '"978-0-393-04686-1"',
        '"978-0-393-04686"',
        '"978-0-393-04686"',
        file=PAGES,
    ),
    # ---- sources and passages ----
    Damage(
        "digest-malformed",
        "source:dawsey",
        'pow:digest "d180',
        'pow:digest "D180',
        'pow:digest "D180',
        file=PASSAGES,
    ),
    Damage(
        "source-without-digest",
        "source:dawsey",
        'pow:digest "',
        'rdfs:comment "',
        "source:dawsey a pow:Source",
        file=PASSAGES,
    ),
    Damage(
        "source-without-number-of-paragraphs",
        "source:dawsey",
        "pow:paragraphs 32",
        "pow:paragraphs 0",
        "pow:paragraphs 0",
        file=PASSAGES,
    ),
    Damage(
        "reference-source-without-address",
        KWANTUNG,
        'page on the Kwantung Army"@en ;\n        dcterms:source',
        'page on the Kwantung Army"@en ;\n        rdfs:seeAlso',
        f"{KWANTUNG} a pow:ReferenceSource",
        file=ENCYCLOPEDIAS,
    ),
    passage("passage-without-source", "pow:Passage ; oa:hasSource source:dawsey ;", "pow:Passage ;"),
    passage("fingerprint-malformed", 'pow:fingerprint "5544', 'pow:fingerprint "554'),
    passage("words-not-positive", "pow:words 8", "pow:words 0"),
    passage("paragraph-not-positive", "pow:paragraph 1", "pow:paragraph 0"),
    passage("sentence-not-positive", "pow:sentence 1", "pow:sentence 0"),
    Damage(
        "passage-without-position",
        "dawsey:p01s1",
        " ;\n        oa:hasSelector dawsey:p01s1",
        " .\n    dawsey:p02s1 oa:hasSelector dawsey:p02s1",
        "dawsey:p01s1 a pow:Passage",
        file=PASSAGES,
    ),
    *(
        Damage(name, "dawsey:p01s1#position", old, new, "dawsey:p01s1\\#position a", file=PASSAGES)
        for name, old, new in (
            ("position-without-start", "oa:start 0 ; ", ""),
            ("position-without-end", " ; oa:end 45", ""),
            ("position-reversed", "oa:start 0 ;", "oa:start 45 ;"),
        )
    ),
    Damage(
        "omission-without-word",
        "dawsey:p13s1#courtesy",
        'dawsey:p13s1\\#courtesy a pow:Omission ; pow:leftOutWord "Courtesy" ;',
        "dawsey:p13s1\\#courtesy a pow:Omission ;",
        "dawsey:p13s1\\#courtesy a pow:Omission",
    ),
    Damage(
        "omission-without-reason",
        "dawsey:p13s1#courtesy",
        'dawsey:p13s1\\#courtesy a pow:Omission ; pow:leftOutWord "Courtesy" ; pow:reason term:heading',
        'dawsey:p13s1\\#courtesy a pow:Omission ; pow:leftOutWord "Courtesy"',
        "dawsey:p13s1\\#courtesy a pow:Omission",
    ),
    # ---- dates and coordinates ----
    *(
        Damage(
            name,
            "date:1946-36",
            "dawsey:p10s1 {",
            f"dawsey:p10s1 {{\n    date:1946-36 pow:{stated} .",
            "date:1946-36 pow:",
        )
        for name, stated in (
            ("days-reversed", 'earliest "1950-01-01"^^<http://www.w3.org/2001/XMLSchema#date>'),
            ("first-day-not-a-date", 'earliest "1946-10-01"'),
            ("last-day-not-a-date", "latest 1946"),
        )
    ),
    Damage(
        "geometry-without-point",
        "geometry:harbin",
        "POINT(126.633333 45.75)",
        "POINT(126.633333, 45.75)",
        "geometry:harbin a geo:Geometry",
        file=FILES,
    ),
    Damage(
        "geometry-without-kind",
        "geometry:harbin",
        'POINT(126.633333 45.75)"^^geo:wktLiteral ;\n        pow:coordinateKind term:city-point',
        'POINT(126.633333 45.75)"^^geo:wktLiteral',
        "geometry:harbin a geo:Geometry",
        file=FILES,
    ),
    *(
        Damage(
            "coordinates-out-of-range",
            "geometry:harbin",
            "POINT(126.633333 45.75)",
            point,
            point,
            file=FILES,
            message=f"{point} is not on the earth",
        )
        for point in ("POINT(45.75 90.1)", "POINT(180.5 45)", "POINT(-999 45)")
    ),
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.check)
def test_a_broken_constraint_is_found_at_its_place(copy_of_data: Path, damage: Damage) -> None:
    assert assert_found(copy_of_data, damage).severity is Severity.ERROR


def test_every_constraint_has_a_test(real_dataset: Dataset) -> None:
    shapes = [quad for quad in real_dataset.statements() if quad.graph == SHAPES_GRAPH]
    assert {damage.check for damage in DAMAGES} == set(constraints(shapes))


def test_points_at_the_edge_of_the_earth_are_on_it(real_dataset: Dataset) -> None:
    shapes = [quad for quad in real_dataset.statements() if quad.graph == SHAPES_GRAPH]
    data = []
    for number, point in enumerate(("POINT(180 90)", "POINT(-180.0 -90.0)", "POINT(0 0)", "POINT(179.99 -89.99)")):
        geometry = IRI(f"{GEOMETRY}g{number}")
        data.append(Quad(geometry, IRI(RDF + "type"), IRI(GEO + "Geometry"), "g"))
        data.append(Quad(geometry, IRI(GEO + "asWKT"), Literal(point, None, GEO + "wktLiteral"), "g"))
    assert validate(data, shapes, {"coordinates-out-of-range", "geometry-without-point"}) == []


def test_a_shape_that_cannot_be_used_is_reported(copy_of_data: Path) -> None:
    shutil.rmtree(copy_of_data / "queries")  # they would be run, and are not what is asked about
    shapes = copy_of_data / "ontology" / "shapes.ttl"
    text = shapes.read_text(encoding="utf-8")
    for old, new in (("sh:minCount 1", "sh:minCount -1"), ('sh:message "nobody takes part" ;', "")):
        assert old in text
        shapes.write_text(text.replace(old, new, 1), encoding="utf-8")
        found = [problem for problem in run(load(copy_of_data)) if problem.check == "unusable-shape"]
        assert [problem.file for problem in found] == ["ontology/shapes.ttl"], new


def test_a_warning_is_a_warning() -> None:
    name = IRI(SHAPE + "odd")
    shapes = [
        Quad(name, IRI(SH + "path"), IRI(RDFS + "label"), SHAPES_GRAPH),
        Quad(name, IRI(SH + "severity"), IRI(SH + "Warning"), SHAPES_GRAPH),
        Quad(name, IRI(SH + "message"), Literal("odd"), SHAPES_GRAPH),
        Quad(name, IRI(RDFS + "comment"), Literal("make it even"), SHAPES_GRAPH),
    ]
    assert constraints(shapes)["odd"].severity is Severity.WARNING
    with pytest.raises(PowkgError, match=r"shape:odd in .* needs sh:message, rdfs:comment"):
        constraints(shapes[:-1])
