from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import PREFIXES
from powkg.build import unusable_terms
from powkg.dataset import ONTOLOGY_GRAPHS, Dataset, Quad, read
from powkg.errors import DataError, PowkgError
from powkg.inputs import find_inputs
from powkg.namespaces import DATE, ID, ONTOLOGY, PASSAGE, POW, RDF, RDFS, SHAPES_GRAPH, TERMS_GRAPH, XSD
from powkg.terms import IRI, Blank, Literal

MakeData = Callable[..., Path]


def problems_of(root: Path) -> list[str]:
    """What reading complains of, as printed."""
    with pytest.raises(DataError) as caught:
        read(find_inputs(root))
    return [str(problem) for problem in caught.value.problems]


def test_the_files_are_those_of_the_two_folders_in_order(make_data: MakeData) -> None:
    root = make_data()
    (root / "graph" / "authority" / "deep").mkdir(parents=True)
    for name in ("graph/authority/deep/a.trig", "graph/authority/b.trig", "graph/.hidden.trig", "graph/notes.md"):
        (root / name).write_text("", encoding="utf-8")
    (root / "ontology" / "terms.ttl").write_text("", encoding="utf-8")
    inputs = find_inputs(root)
    assert [inputs.name(file) for file in inputs.files] == [
        "graph/authority/b.trig",
        "graph/authority/deep/a.trig",
        "graph/dawsey.trig",
        "ontology/powkg.ttl",
        "ontology/terms.ttl",
    ]


def test_the_digest_changes_with_bytes_names_and_derivation(
    make_data: MakeData, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_data()
    digests = [find_inputs(root).digest, find_inputs(root).digest]
    assert digests[0] == digests[1]
    file = root / "graph" / "dawsey.trig"
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    digests.append(find_inputs(root).digest)
    file.rename(root / "graph" / "other.trig")
    digests.append(find_inputs(root).digest)
    monkeypatch.setattr("powkg.inputs.DERIVATION", "another")
    digests.append(find_inputs(root).digest)
    assert len(set(digests)) == 4


def test_a_folder_without_data_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PowkgError, match=r"ontology is no folder: the data folder holds ontology/ and graph/"):
        find_inputs(tmp_path)
    for name in ("ontology", "graph"):
        (tmp_path / name).mkdir()
    with pytest.raises(PowkgError, match=r"has no \.ttl file"):
        find_inputs(tmp_path)


def test_each_statement_stands_in_its_graph(make_data: MakeData) -> None:
    root = make_data(
        PREFIXES + 'dawsey:p01s1 { id:a rdfs:label "A"@en-GB ; pow:figure 2.50 ; pow:when date:1945 . }',
        PREFIXES + "pow:War rdfs:subClassOf [ a rdfs:Class ] .",
    )
    (root / "ontology" / "shapes.ttl").write_text(PREFIXES + "id:shape a pow:Shape .", encoding="utf-8")
    (root / "ontology" / "terms.ttl").write_text("\ufeff" + PREFIXES + "id:term a pow:Term .", encoding="utf-8")
    statements = set(read(find_inputs(root)).statements())
    passage = PASSAGE + "dawsey/p01s1"
    (blank,) = {quad.value for quad in statements if isinstance(quad.value, Blank)}
    assert statements == {
        Quad(IRI(ID + "a"), IRI(RDFS + "label"), Literal("A", "en-gb"), passage),
        Quad(IRI(ID + "a"), IRI(POW + "figure"), Literal("2.50", None, XSD + "decimal"), passage),
        Quad(IRI(ID + "a"), IRI(POW + "when"), IRI(DATE + "1945"), passage),
        Quad(IRI(POW + "War"), IRI(RDFS + "subClassOf"), blank, ONTOLOGY),
        Quad(blank, IRI(RDF + "type"), IRI(RDFS + "Class"), ONTOLOGY),
        Quad(IRI(ID + "shape"), IRI(RDF + "type"), IRI(POW + "Shape"), SHAPES_GRAPH),
        Quad(IRI(ID + "term"), IRI(RDF + "type"), IRI(POW + "Term"), TERMS_GRAPH),
    }


def test_blank_nodes_of_two_files_stay_apart(make_data: MakeData) -> None:
    root = make_data(PREFIXES, PREFIXES + "_:b a pow:One .")
    (root / "ontology" / "terms.ttl").write_text(PREFIXES + "_:b a pow:Two .", encoding="utf-8")
    assert len({quad.subject for quad in read(find_inputs(root)).statements()}) == 2


def test_the_first_syntax_error_of_every_file_is_reported(make_data: MakeData) -> None:
    root = make_data(
        PREFIXES + "dawsey:p01s1 {\n  id:a pow:b 1 .\n  id:a foo:b 2 .\n  id:c }",
        PREFIXES + "pow:War a rdfs:Class",
    )
    (root / "graph" / "authority").mkdir()
    for name, content in {
        "bytes.trig": b"# one\n# two \xff\n",
        "string.trig": b'<http://e/g> {\n <http://e/a> <http://e/b> """open .\n }\n',
        "conflict.trig": b"\n<<<<<<< HEAD\n",
    }.items():
        (root / "graph" / "authority" / name).write_bytes(content)
    (root / "ontology" / "extra.ttl").write_text("", encoding="utf-8")
    assert problems_of(root) == [
        "graph/authority/bytes.trig:2: error [syntax]: byte 0xff is not UTF-8 (save it as UTF-8)",
        "graph/authority/conflict.trig:2: error [syntax]: unterminated URI reference",
        "graph/authority/string.trig:2: error [syntax]: a string that begins here is not closed",
        'graph/dawsey.trig:10: error [syntax]: Prefix "foo:" not bound',
        (
            "ontology/extra.ttl: error [unknown-file]: ontology/ holds alignments.ttl, powkg.ttl, shapes.ttl, terms.ttl"
            " (move the file or rename it)"
        ),
        "ontology/powkg.ttl:8: error [syntax]: the text ends in the middle of a statement",
    ]


def test_a_statement_outside_a_graph_is_refused(make_data: MakeData) -> None:
    root = make_data(PREFIXES + "dawsey:p01s1 { id:a pow:b 1 }\n\nid:a pow:b 2 .\n{ id:c pow:d 3 }")
    assert problems_of(root) == [
        f"graph/dawsey.trig:{line}: error [statement-without-graph] id:{name}: it stands outside any graph"
        " (put it into the graph of the passage or source that says so)"
        for line, name in ((10, "a"), (11, "c"))
    ]


@pytest.mark.parametrize(
    ("statement", "line", "message"),
    [
        ("id:a pow:b\n <http://example.org/a b>", 9, "<http://example.org/a b> is not an IRI"),
        ("id:a pow:b <http://example.org/%zz>", 9, "<http://example.org/%zz> is not an IRI"),
        ("id:a pow:b <harbin>", 9, "<harbin> has no scheme; write the whole IRI or a prefixed name"),
        ('id:a pow:b 1 ;\n pow:when "1945-02-30"^^xsd:date', 10, '"1945-02-30" is not an xsd:date'),
        ('id:a pow:b "many"^^xsd:integer', 9, '"many" is not an xsd:integer'),
        ('id:a pow:b "\\ud800"', 9, "a text holds half of a surrogate pair"),
        ('id:a "b" 1', 9, "a predicate is an IRI, not b"),
        ("id:a pow:b <http://example.org:port/>", 9, "<http://example.org:port/> is not an IRI"),
        ("id:a pow:b <http://[x/>", 9, "<http://[x/> is not an IRI"),
        ("id:a pow:b\n <urn:x:[y]>", 9, "<urn:x:[y]> is not an IRI"),
        ('id:a pow:b "c"^^<http://example.org:port/>', 9, "<http://example.org:port/> is not an IRI"),
        (
            'id:a pow:b "c"@en-toolonglanguage',
            9,
            "@en-toolonglanguage is not a language tag: each of its parts has 8 letters at most",
        ),
    ],
)
def test_a_term_that_no_store_takes_is_named_with_its_place(
    make_data: MakeData, statement: str, line: int, message: str
) -> None:
    root = make_data(f"{PREFIXES}dawsey:p01s1 {{\n{statement} }}\ndawsey:p01s2 {{ id:x pow:y 1 }}")
    assert problems_of(root) == [f"graph/dawsey.trig:{line}: error [unusable-term] id:a: {message}"]


def test_an_iri_may_have_a_port_a_user_and_a_numeric_host(make_data: MakeData) -> None:
    values = " , ".join(
        f"<{iri}>"
        for iri in ("http://[::1]:80/?a#b", "http://a@example.org:8080", "urn:x:y", "mailto:a@b", "http:///", "a://b:")
    )
    root = make_data(f"{PREFIXES}dawsey:p01s1 {{ id:a pow:b {values} }}")
    assert unusable_terms(read(find_inputs(root))) == []


def test_the_name_of_a_graph_that_no_store_takes_is_reported_once(make_data: MakeData) -> None:
    root = make_data(PREFIXES + "<http://example.org:port/> {\n id:b pow:b 1 .\n id:a pow:b 1 }")
    assert problems_of(root) == [
        "graph/dawsey.trig:9: error [unusable-term]: the graph <http://example.org:port/> is not an IRI"
    ]


def test_the_parser_itself_says_nothing(
    make_data: MakeData, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    root = make_data(PREFIXES + 'dawsey:p01s1 { id:a pow:b <http://example.org/a b> , "1945-02-30"^^xsd:date }')
    with caplog.at_level(logging.WARNING):
        assert len(problems_of(root)) == 2
    assert (caplog.text, *capfd.readouterr()) == ("", "", "")


def test_a_blank_node_is_no_graph(make_data: MakeData) -> None:
    assert problems_of(make_data(PREFIXES + "_:g { id:a pow:b 1 }")) == [
        "-: error [unusable-term] id:a: a graph has an IRI, not a blank node"
    ]


def test_files_that_change_while_they_are_read_are_refused(make_data: MakeData) -> None:
    root = make_data()
    inputs = find_inputs(root)
    (root / "graph" / "dawsey.trig").write_text(PREFIXES, encoding="utf-8")
    with pytest.raises(PowkgError, match="changed while they were read"):
        read(inputs)


def test_places_are_given_by_graph_and_subject(make_data: MakeData) -> None:
    dataset = read(find_inputs(make_data()))
    passage, war = PASSAGE + "dawsey/p01s1", ID + "cold-war"
    assert dataset.locate(passage, war) == ("graph/dawsey.trig", 10)
    assert dataset.locate(PASSAGE + "dawsey/p02s1", war, POW + "participant") == ("graph/dawsey.trig", 13)
    assert dataset.locate(ONTOLOGY, POW + "War") == ("ontology/powkg.ttl", 9)
    assert dataset.locate(passage, ID + "nobody") is None


def test_the_real_files_are_read_whole(real_dataset: Dataset) -> None:
    graphs = {str(graph.identifier) for graph in real_dataset.quads.graphs() if len(graph)}
    expected = {ONTOLOGY_GRAPHS[file.name] for file in real_dataset.inputs.files if file.parent.name == "ontology"}
    assert expected <= graphs
    assert sum(1 for graph in graphs if graph.startswith(PASSAGE)) > 50
    statements = list(real_dataset.statements())
    assert len(statements) == len(set(statements)) == sum(len(graph) for graph in real_dataset.quads.graphs())
