"""graph/authority/*.trig, the facts from reference works, against the rules of docs/authority.md."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from powkg.dataset import read
from powkg.dates import bounds
from powkg.inputs import find_inputs
from powkg.namespaces import (
    BASE,
    CLAIM,
    DATE,
    DCTERMS,
    GEO,
    GEOMETRY,
    ID,
    PASSAGE,
    POW,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    SOURCE,
    TERM,
    curie,
    expand,
)

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "graph" / "authority"
EDITORIAL = SOURCE + "editorial"

KINDS = {POW + name for name in ("ReferenceSource", "EditorialSource")}
DATES = {
    POW + name
    for name in ("birthDate", "deathDate", "foundedOn", "dissolvedOn", "when", "began", "ended", "plannedEnd", "dated")
}
MATCHES = {SKOS + "exactMatch", SKOS + "closeMatch"}
SPANS = [("birthDate", "deathDate"), ("foundedOn", "dissolvedOn"), ("began", "ended")]
COORDINATE_KINDS = {
    TERM + kind
    for kind in (
        "archipelago-point",
        "battle-point",
        "centroid-of-modern-state",
        "city-point",
        "country-centroid",
        "island-point",
        "site",
    )
}

UNVERIFIED = [
    ("battle-of-iwo-jima", MATCHES),
    ("bolsheviks", MATCHES),
    ("japanese-communist-party", MATCHES),
    ("kodansha", MATCHES),
    ("korea", MATCHES),
    ("kyodo-news", MATCHES),
    ("manchurian-strategic-offensive-operation", MATCHES),
    ("pacific-ocean", MATCHES),
    ("unit-731", MATCHES),
    ("yalta-conference", MATCHES),
    ("john-w-dower", {POW + "birthDate"}),
    ("vladimir-lenin", {POW + "deathDate"}),
    ("red-army", {POW + "foundedOn", POW + "dissolvedOn"}),
    ("fate-of-japanese-pows-article", {POW + "dated"}),
    ("ap-japanese-war-dead-2020", {DCTERMS + "creator"}),
    ("glantz-soviet-1945-strategic-offensive", {DCTERMS + "isPartOf", SCHEMA + "isbn"}),
    ("kuznetsov-1995-situation-of-japanese-pows", {DCTERMS + "identifier", SCHEMA + "sameAs"}),
    ("journal-of-slavic-military-studies", {SCHEMA + "issn", DCTERMS + "identifier"}),
    ("karl-marx", {DCTERMS + "identifier"}),
    ("manchuria", {GEO + "hasGeometry"}),
    ("siberia", {GEO + "hasGeometry"}),
    ("southern-sakhalin", {GEO + "hasGeometry"}),
]
"""What is known of these entities from memory, from a single doubtful file or by inference: to stay out."""

INTRODUCED = {
    "alma-ata",
    "captivity-of-yoshiro-ishihara",
    "chidorigafuchi-cemetery-association",
    "forests-along-the-baikal-amur-line",
    "general-secretary-of-the-jcp",
    "interred-from-the-bismarck-solomon-area",
    "interred-from-the-former-soviet-union",
    "japanese-interned-in-the-ussr-and-mongolia",
    "japanese-repatriated-by-1947",
    "japanese-servicemen-and-civilians-taken",
    "japanese-taken-prisoner-by-the-soviets",
    "karaganda",
    "kazakhstan",
    "khabarovsk",
    "minister-of-health-labour-and-welfare",
    "ministry-of-health-labour-and-welfare",
    "pingfang",
    "prince-hitachi",
    "princess-hitachi",
    "return-of-junpei-gomikawa",
    "shiozaki-minister-of-health-labour-and-welfare",
    "taishet",
    "tokuda-general-secretary",
    "wikipedia-contributors",
}
"""The entities that no sentence of an article names: what reference works say of its people needs them."""

CLAIMS: dict[str, tuple[str, int | None, int | None, str | None]] = {
    "boen-ceremony-2016/bismarck-solomon": ("interred-from-the-bismarck-solomon-area", 616, 616, None),
    "boen-ceremony-2016/former-soviet-union": ("interred-from-the-former-soviet-union", 1408, 1408, None),
    "boen-ceremony-2016/interred": ("war-dead-interred-in-may-2016", 2337, 2337, None),
    "boen-ceremony-2016/resting": ("war-dead-resting-at-chidorigafuchi", 364_896, 364_896, "2016-05-30"),
    "cognitive-blind-spot-1949/announced": ("japanese-prisoners-remaining-in-1949", 95_000, 95_000, "1949-21"),
    "cognitive-blind-spot-1949/expected": ("japanese-prisoners-remaining-in-1949", 380_000, 420_000, "1949-21"),
    "cognitive-blind-spot-1949/names": ("japanese-dead-in-soviet-captivity", 46_000, 46_000, None),
    "cognitive-blind-spot-1949/repatriated-by-1947": ("japanese-repatriated-by-1947", 625_000, 625_000, "1947"),
    "cognitive-blind-spot-1949/taken-prisoner": (
        "japanese-taken-prisoner-by-the-soviets",
        1_520_000,
        1_680_000,
        None,
    ),
    "cognitive-blind-spot-1949/unaccounted-for": ("prisoners-unaccounted-for-in-1949", 300_001, None, "1949-21"),
    "japan-times-remains-2016/missing": ("unrecovered-japanese-war-dead", 1_126_000, 1_126_000, "2016-10-31"),
    "muse-review-of-homecomings/dead": ("japanese-dead-in-soviet-captivity", 100_000, 100_000, None),
    "muse-review-of-homecomings/names": ("japanese-dead-in-soviet-captivity", 40_000, 40_000, None),
    "muse-review-of-homecomings/taken": ("japanese-servicemen-and-civilians-taken", 750_000, 750_000, None),
    "rirc-interment-2015/missing": ("unrecovered-japanese-war-dead", 1_073_500, 1_186_500, "2015-05"),
    "rirc-interment-2015/resting": ("war-dead-resting-at-chidorigafuchi", 362_570, 362_570, "2015-05-25"),
    "star-advertiser-war-dead/recoverable": ("recoverable-japanese-war-dead", 475_000, 525_000, "2020-08-13"),
    "wikimili-japanese-prisoners-of-war/dead": ("japanese-dead-in-soviet-captivity", 60_000, 347_000, None),
    "wikimili-japanese-prisoners-of-war/interned": (
        "japanese-interned-in-the-ussr-and-mongolia",
        560_000,
        760_000,
        None,
    ),
}
"""The figures that were seen in reference works: whose number, its bounds, and the date that it is about."""

SCOPES = [
    "cognitive-blind-spot-1949/taken-prisoner",
    "muse-review-of-homecomings/taken",
    "wikimili-japanese-prisoners-of-war/interned",
]
"""Counts of captives, not to be merged with each other or with the count of those who surrendered."""

COARSE = {
    "battle-of-saipan": (POW + "ended", "YYYY-MM"),
    "dpaa": (POW + "foundedOn", "YYYY"),
    "occupation-of-japan": (POW + "ended", "YYYY"),
    "russian-civil-war": (POW + "ended", "YYYY"),
    "russo-japanese-war": (POW + "ended", "YYYY"),
    "soviet-union": (POW + "dissolvedOn", "YYYY"),
}
"""Dates that were read as a year or a month; the day that memory offers is not to be added."""

Statement = tuple[str, str, str, str, str]


def statements() -> Iterator[Statement]:
    """Graph, subject, predicate, value and the value's language tag (empty where it has none) of each statement."""
    for subject, predicate, value, graph in read(find_inputs(ROOT)).quads.quads((None, None, None, None)):
        yield str(graph), str(subject), str(predicate), str(value), getattr(value, "language", None) or ""


@pytest.fixture(scope="module")
def dataset() -> list[Statement]:
    return list(statements())


@pytest.fixture(scope="module")
def blocks() -> list[tuple[str, str]]:
    """The graph blocks of the authority files: the graph's name and the file's."""
    opening = re.compile(r"^source:([\w.-]+) \{$", re.MULTILINE)
    return [
        (name, file.name)
        for file in sorted(FOLDER.glob("*.trig"))
        for name in opening.findall(file.read_text(encoding="utf-8"))
    ]


@pytest.fixture(scope="module")
def authority(dataset: list[Statement], blocks: list[tuple[str, str]]) -> list[Statement]:
    names = {SOURCE + name for name, _ in blocks}
    return [statement for statement in dataset if statement[0] in names]


def values(found: list[Statement], graph: str, subject: str, predicate: str) -> list[str]:
    return [v for g, s, p, v, _ in found if (g, s, p) == (graph, subject, predicate)]


# ---- sources ----


def test_each_source_has_one_block_in_one_file(blocks: list[tuple[str, str]]) -> None:
    files: defaultdict[str, list[str]] = defaultdict(list)
    for name, file in blocks:
        files[name].append(file)
    assert len(blocks) > 100
    assert files.pop("editorial") == ["editorial-names.trig", "editorial-notes.trig", "editorial.trig"]
    assert {name: found for name, found in files.items() if len(found) > 1} == {}


def test_every_graph_of_the_files_is_a_block_of_its_own_line(
    dataset: list[Statement], blocks: list[tuple[str, str]]
) -> None:
    elsewhere = {g for g, s, p, v, _ in dataset if s == g and p == RDF + "type" and v == POW + "Source"}
    graphs = {g for g, *_ in dataset if g.startswith(SOURCE)} - elsewhere
    assert graphs == {SOURCE + name for name, _ in blocks}


def test_each_graph_describes_its_source(authority: list[Statement]) -> None:
    for graph in sorted({g for g, *_ in authority}):
        name = curie(graph)
        kinds = values(authority, graph, graph, RDF + "type")
        assert len(kinds) == 1, name
        assert set(kinds) <= KINDS, name
        assert len(values(authority, graph, graph, RDFS + "label")) == 1, name
        parts = values(authority, graph, graph, PROV + "wasDerivedFrom")
        address = values(authority, graph, graph, DCTERMS + "source")
        numbers = values(authority, graph, graph, DCTERMS + "identifier")
        if kinds == [POW + "ReferenceSource"]:
            assert len(parts) >= 2 or address or numbers, name
            assert not parts or address + numbers == [], name
        assert all(re.fullmatch(r"https?://[\w.-]+(:\d+)?/[\x21-\x7e]*", url) for url in address), name
        assert all(re.fullmatch(r"idx:\d+", number) for number in numbers), name


def test_a_graph_describes_no_other_source(authority: list[Statement]) -> None:
    assert [(curie(g), curie(s)) for g, s, *_ in authority if s.startswith(SOURCE) and s != g] == []


def test_parts_of_compilations_are_described_sources(authority: list[Statement]) -> None:
    compiled = {s for _, s, p, _, _ in authority if p == PROV + "wasDerivedFrom"}
    parts = {v for _, _, p, v, _ in authority if p == PROV + "wasDerivedFrom"}
    described = {s for g, s, p, v, _ in authority if s == g and v == POW + "ReferenceSource"}
    assert compiled
    assert {curie(part) for part in parts - (described - compiled)} == set()


def test_no_two_sources_are_the_same_page_or_file(authority: list[Statement]) -> None:
    seen: defaultdict[str, list[str]] = defaultdict(list)
    for graph, subject, predicate, value, _ in authority:
        if subject == graph and predicate in (DCTERMS + "source", DCTERMS + "identifier", RDFS + "label"):
            seen[value].append(curie(graph))
    assert {value: graphs for value, graphs in seen.items() if len(graphs) > 1} == {}


def test_a_reference_source_says_something_or_is_part_of_a_compilation(authority: list[Statement]) -> None:
    speaking = {g for g, s, *_ in authority if s != g}
    parts = {v for _, _, p, v, _ in authority if p == PROV + "wasDerivedFrom"}
    assert {curie(g) for g, *_ in authority} == {curie(g) for g in speaking | parts}


# ---- entities ----


def test_an_entity_is_named_by_a_passage_or_described_by_a_reference_work(
    dataset: list[Statement], authority: list[Statement]
) -> None:
    named = {term for g, s, _, v, _ in dataset if g.startswith(PASSAGE) for term in (s, v)}
    decorated = {term for _, s, _, v, _ in authority for term in (s, v) if term.startswith(ID)}
    described = {s for g, s, p, *_ in authority if p == RDF + "type" and s.startswith(ID) and g != EDITORIAL}
    assert {curie(entity) for entity in decorated - named} == {curie(entity) for entity in described}
    assert {entity.removeprefix(ID) for entity in described} == INTRODUCED


def test_subjects_are_the_source_entities_geometries_and_claims(authority: list[Statement]) -> None:
    others = {(g, s) for g, s, *_ in authority if g not in (EDITORIAL, s) and not s.startswith((ID, GEOMETRY))}
    assert {(curie(g), s) for g, s in others if not s.startswith(f"{CLAIM}{g.removeprefix(SOURCE)}/")} == set()


# ---- claims ----


def claims(authority: list[Statement]) -> dict[str, dict[str, str]]:
    """The claims of the reference works by their names below claim/, each with its values by predicate."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for graph, subject, predicate, value, _ in authority:
        if subject.startswith(CLAIM) and graph != EDITORIAL:
            found[subject.removeprefix(CLAIM)][predicate.removeprefix(POW)] = value
    return dict(found)


@pytest.mark.parametrize("name", CLAIMS)
def test_figures_of_reference_works(authority: list[Statement], name: str) -> None:
    cohort, least, most, as_of = CLAIMS[name]
    found = claims(authority)[name]
    assert found[RDF + "type"] == POW + "QuantityClaim"
    assert found["cohort"] == ID + cohort
    assert (found.get("atLeast"), found.get("atMost")) == (least and str(least), most and str(most))
    assert found.get("asOf") == (as_of and DATE + as_of)


def test_there_are_no_other_claims(authority: list[Statement]) -> None:
    assert set(claims(authority)) == set(CLAIMS)


def test_surrendered_taken_and_interned_are_not_one_cohort(dataset: list[Statement]) -> None:
    whole = {(s, v) for _, s, p, v, _ in dataset if p == POW + "partOfCohort"}
    scopes = [ID + CLAIMS[name][0] for name in SCOPES] + [ID + "japanese-who-surrendered-to-soviets"]
    assert len(set(scopes)) == 4
    assert [(curie(part), curie(of)) for part, of in whole if {part, of} <= set(scopes)] == []


def test_what_dower_and_igarashi_say_is_marked_as_second_hand(authority: list[Statement]) -> None:
    books = {ID + "dower-embracing-defeat", ID + "igarashi-homecomings"}
    notes = {s.removeprefix(CLAIM): v for _, s, p, v, _ in authority if p == SKOS + "editorialNote"}
    second = {name for name, found in claims(authority).items() if name.startswith(("cognitive", "muse"))}
    assert {name for name, found in claims(authority).items() if found.get("basedOn") in books} <= second
    assert {name for name in second if not notes[name].startswith("Second-hand: ")} == set()


# ---- notes ----


def test_notes_are_the_editors_own_and_in_english(authority: list[Statement]) -> None:
    notes = [(g, s, v, tag) for g, s, p, v, tag in authority if p == SKOS + "editorialNote"]
    assert {(g, tag) for g, _, _, tag in notes} == {(EDITORIAL, "en")}
    assert [v for _, _, v, _ in notes if not v.endswith(".") or v != " ".join(v.split())] == []
    assert len({(s, v) for _, s, v, _ in notes}) == len(notes)


POINTS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "authority.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| \d+ \|", line)
]
"""The table of the points on which article and reference works disagree: its number and three texts each."""


def test_each_of_the_points_has_a_row() -> None:
    assert [point[0] for point in POINTS] == [str(number) for number in range(1, 23)]
    assert {len(point) for point in POINTS} == {4}


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point[0])
def test_what_a_row_names_is_in_the_graph(dataset: list[Statement], point: list[str]) -> None:
    subjects = {s for _, s, *_ in dataset}
    names = re.findall(r"`([^`]+)`", " ".join(point[1:]))
    iris = {name: BASE + name if name.startswith("claim/") else expand(name) for name in names}
    assert {name for name, iri in iris.items() if iri not in subjects} == set()
    recorded = re.findall(r"`([^`]+)`", point[3])
    assert recorded
    noted = {s for _, s, p, *_ in dataset if p == SKOS + "editorialNote"}
    sources = {s for _, s, p, v, _ in dataset if p == RDF + "type" and v == POW + "ReferenceSource"}
    for name in recorded:
        iri = iris[name]
        assert iri in noted or iri in sources or name.startswith("claim/"), f"{name} is neither a fact nor a note"


def test_each_note_and_claim_is_in_a_row(authority: list[Statement]) -> None:
    named = set(re.findall(r"`([^`]+)`", " ".join(point[3] for point in POINTS)))
    iris = {BASE + name if name.startswith("claim/") else expand(name) for name in named}
    noted = {s for _, s, p, *_ in authority if p == SKOS + "editorialNote"}
    assert {curie(iri) for iri in noted - iris} == set()
    assert set(CLAIMS) <= {name.removeprefix("claim/") for name in named}


# ---- names ----


def test_one_label_a_language_in_the_whole_dataset(dataset: list[Statement]) -> None:
    labels: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for _, subject, predicate, value, language in dataset:
        if predicate == RDFS + "label" and subject.startswith(ID):
            labels[subject, language].add(value)
    assert {(curie(s), tag): found for (s, tag), found in labels.items() if len(found) > 1} == {}
    assert {tag for _, tag in labels} <= {"en", "ja", "ru"}


def test_a_label_stands_in_one_graph(authority: list[Statement]) -> None:
    graphs: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for graph, subject, predicate, _, language in authority:
        if predicate == RDFS + "label" and subject.startswith(ID):
            graphs[subject, language].append(curie(graph))
    assert {(curie(s), tag): found for (s, tag), found in graphs.items() if len(found) > 1} == {}


def test_english_labels_are_editorial(authority: list[Statement]) -> None:
    english = {g for g, s, p, _, tag in authority if p == RDFS + "label" and tag == "en" and s.startswith(ID)}
    assert english == {EDITORIAL}


def test_each_decorated_entity_has_an_english_label(authority: list[Statement]) -> None:
    decorated = {s for _, s, *_ in authority if s.startswith(ID)}
    labelled = {s for _, s, p, _, tag in authority if p == RDFS + "label" and tag == "en"}
    assert sorted(curie(entity) for entity in decorated - labelled) == []


SCRIPTS: dict[str, Callable[[str], bool]] = {
    "en": lambda text: re.search("[A-Za-z]", text) is not None and re.search("[\u0370-\uffff]", text) is None,
    "ja": lambda text: re.search("[\u3041-\u30ff\u3400-\u9fff]", text) is not None,
    "ja-Latn": lambda text: re.fullmatch("[A-Za-zŌōŪūĀāĒēĪī' -]+", text) is not None,
    "ru": lambda text: re.search("[А-Яа-яЁё]", text) is not None and re.search("[A-Za-z]", text) is None,
    "mn": lambda text: re.search("[А-Яа-яӨөҮү]", text) is not None,
    "ko": lambda text: re.search("[\uac00-\ud7a3]", text) is not None,
    "zh": lambda text: re.fullmatch("[\u3400-\u9fff]+", text) is not None,
}
NAMES = {RDFS + "label", SKOS + "altLabel", SCHEMA + "familyName", SCHEMA + "givenName", DCTERMS + "title"}


def test_names_are_written_in_the_script_of_their_language(authority: list[Statement]) -> None:
    found = [(curie(s), v, tag) for _, s, p, v, tag in authority if p in NAMES]
    assert {tag for *_, tag in found} <= set(SCRIPTS)
    assert [name for name in found if not SCRIPTS[name[2]](name[1])] == []


def test_another_name_is_not_the_label(dataset: list[Statement], authority: list[Statement]) -> None:
    labels = {(s, v, tag) for _, s, p, v, tag in dataset if p == RDFS + "label"}
    repeated = [(curie(s), v) for _, s, p, v, tag in authority if p == SKOS + "altLabel" and (s, v, tag) in labels]
    assert repeated == []


def test_another_name_that_the_article_prints_is_left_to_its_passage(
    dataset: list[Statement], authority: list[Statement]
) -> None:
    printed = {(s, v) for g, s, p, v, _ in dataset if p == SKOS + "altLabel" and g.startswith(PASSAGE)}
    assert printed
    assert [(curie(s), v) for _, s, p, v, _ in authority if p == SKOS + "altLabel" and (s, v) in printed] == []


def test_names_are_trimmed_and_filled(authority: list[Statement]) -> None:
    assert [v for _, _, p, v, _ in authority if p in NAMES and (not v or v != " ".join(v.split()))] == []


def test_what_the_editors_know_is_names(authority: list[Statement]) -> None:
    forbidden = DATES | MATCHES | {GEO + "hasGeometry", DCTERMS + "identifier", SCHEMA + "isbn", SCHEMA + "url"}
    assert [(curie(s), curie(p)) for g, s, p, *_ in authority if g == EDITORIAL and p in forbidden] == []


# ---- dates ----


def test_dates_are_nodes_named_by_their_edtf(authority: list[Statement]) -> None:
    found = [(s, p, v) for _, s, p, v, _ in authority if p in DATES]
    assert len(found) > 80
    for subject, _, value in found:
        assert value.startswith(DATE), curie(subject)
        assert bounds(value.removeprefix(DATE)).earliest.year > 1800, curie(subject)


@pytest.mark.parametrize(("first", "last"), SPANS)
def test_a_span_of_one_source_does_not_run_backwards(authority: list[Statement], first: str, last: str) -> None:
    ends = {(g, s): v for g, s, p, v, _ in authority if p == POW + last}
    spans = [(s, v, ends[g, s]) for g, s, p, v, _ in authority if p == POW + first and (g, s) in ends]
    assert spans
    for subject, start, end in spans:
        assert bounds(start.removeprefix(DATE)).earliest <= bounds(end.removeprefix(DATE)).latest, curie(subject)


@pytest.mark.parametrize(
    ("entity", "predicate", "dates"),
    [
        ("yoshiro-ishihara", "deathDate", {"1977-11-13", "1977-11-14"}),
        ("manchurian-strategic-offensive-operation", "ended", {"1945-08-20", "1945-09-02"}),
        ("kuril-landing-operation", "ended", {"1945-09-01", "1945-09-02"}),
    ],
)
def test_sources_that_disagree_keep_their_own_dates(
    authority: list[Statement], entity: str, predicate: str, dates: set[str]
) -> None:
    found = [(g, v) for g, s, p, v, _ in authority if (s, p) == (ID + entity, POW + predicate)]
    assert {value.removeprefix(DATE) for _, value in found} == dates
    assert len({graph for graph, _ in found}) == len(found)


# ---- places and identifiers ----


def test_points_are_longitude_then_latitude(authority: list[Statement]) -> None:
    points = {s: v for _, s, p, v, _ in authority if p == GEO + "asWKT"}
    assert len(points) >= 19
    for geometry, wkt in points.items():
        match = re.fullmatch(r"POINT\((-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)\)", wkt)
        assert match, curie(geometry)
        longitude, latitude = map(float, match.groups())
        assert -180 <= longitude <= 180, curie(geometry)
        assert -90 <= latitude <= 90, curie(geometry)
    for name, east, north in [("harbin", 126, 45), ("tokyo", 139, 35), ("yalta", 34, 44), ("united-states", -95, 37)]:
        longitude, latitude = map(float, points[GEOMETRY + name][len("POINT(") : -1].split())
        assert (int(longitude), int(latitude)) == (east, north), name


def test_a_geometry_belongs_to_the_place_of_its_name(dataset: list[Statement], authority: list[Statement]) -> None:
    owners = {v: s for _, s, p, v, _ in authority if p == GEO + "hasGeometry"}
    above = {s: v for _, s, p, v, _ in dataset if p == RDFS + "subClassOf" and v.startswith(POW)}
    kinds = {kind for kind in above if POW + "Place" in ancestry(kind, above)} | {POW + "Place"}
    places = {s for _, s, p, v, _ in dataset if p == RDF + "type" and v in kinds}
    assert {geometry: owner.replace(ID, GEOMETRY) for geometry, owner in owners.items()} == {g: g for g in owners}
    assert {s for _, s, *_ in authority if s.startswith(GEOMETRY)} == set(owners)
    assert sorted(curie(owner) for owner in set(owners.values()) - places) == []


def test_a_geometry_says_what_its_point_stands_for(authority: list[Statement]) -> None:
    geometries = {s for _, s, *_ in authority if s.startswith(GEOMETRY)}
    for geometry in geometries:
        (graph,) = {g for g, s, *_ in authority if s == geometry}
        assert values(authority, graph, geometry, RDF + "type") == [GEO + "Geometry"]
        assert len(values(authority, graph, geometry, GEO + "asWKT")) == 1
        (kind,) = values(authority, graph, geometry, POW + "coordinateKind")
        assert kind in COORDINATE_KINDS, curie(geometry)


def ancestry(kind: str, above: dict[str, str]) -> Iterator[str]:
    """The classes above a class."""
    while kind in above:
        kind = above[kind]
        yield kind


PATTERNS = {
    "Wikidata": r"http://www\.wikidata\.org/entity/Q[1-9]\d*",
    "GeoNames": r"https://sws\.geonames\.org/[1-9]\d*/",
}


def test_matches_go_to_wikidata_and_geonames_alone(authority: list[Statement]) -> None:
    found = {v for _, _, p, v, _ in authority if p in MATCHES}
    assert found
    assert {v for v in found if not any(re.fullmatch(pattern, v) for pattern in PATTERNS.values())} == set()
    assert {p for _, _, p, _, _ in authority if p.startswith(SKOS) and p.endswith("Match")} <= MATCHES


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_an_entity_and_an_entry_of_a_register_meet_once(authority: list[Statement], pattern: str) -> None:
    pairs = {(s, v) for _, s, p, v, _ in authority if p in MATCHES and re.fullmatch(pattern, v)}
    assert len({s for s, _ in pairs}) == len(pairs) == len({v for _, v in pairs})


def test_a_match_is_exact_or_close_not_both(authority: list[Statement]) -> None:
    exact, close = (
        {(s, v) for _, s, p, v, _ in authority if p == SKOS + kind} for kind in ("exactMatch", "closeMatch")
    )
    assert exact
    assert close
    assert exact & close == set()


@pytest.mark.parametrize("entity", ["china", "germany", "mongolia", "northern-korea-landings", "surrender-of-germany"])
def test_entries_of_another_scope_are_close_matches(authority: list[Statement], entity: str) -> None:
    assert {p for _, s, p, _, _ in authority if s == ID + entity and p in MATCHES} == {SKOS + "closeMatch"}


def test_book_numbers_have_their_check_digit(authority: list[Statement]) -> None:
    numbers = {v for _, _, p, v, _ in authority if p == SCHEMA + "isbn"}
    assert numbers
    for number in numbers:
        digits = [int(digit) for digit in number.replace("-", "")]
        assert len(digits) == 13, number
        assert sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0, number


# ---- what is not verified stays out ----


@pytest.mark.parametrize(("entity", "predicates"), UNVERIFIED, ids=[entity for entity, _ in UNVERIFIED])
def test_nothing_unverified_is_said(authority: list[Statement], entity: str, predicates: set[str]) -> None:
    assert [curie(p) for _, s, p, _, _ in authority if s == ID + entity and p in predicates] == []


@pytest.mark.parametrize("entity", ["yoshikuni-igarashi", "showa-day-by-day-7"])
def test_no_japanese_name_from_memory(authority: list[Statement], entity: str) -> None:
    assert [v for _, s, _, v, tag in authority if s == ID + entity and tag == "ja"] == []


def test_nothing_is_said_of_who_signed_a_treaty(authority: list[Statement]) -> None:
    assert [curie(s) for _, s, p, *_ in authority if p in (POW + "signatoryOf", POW + "notSignatoryOf")] == []


@pytest.mark.parametrize("entity", COARSE)
def test_dates_are_as_precise_as_their_sources(authority: list[Statement], entity: str) -> None:
    predicate, form = COARSE[entity]
    found = [v.removeprefix(DATE) for _, s, p, v, _ in authority if (s, p) == (ID + entity, predicate)]
    assert found
    assert {len(date) for date in found} == {len(form)}
