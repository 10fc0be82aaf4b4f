"""The texts of a picture: notes, evidence and footnotes."""

from __future__ import annotations

import networkx as nx

from powkg.entities.facts import Note
from powkg.namespaces import ID, POW, SOURCE
from powkg.pictures.composition import Composition, compose
from powkg.pictures.fonts import load_fonts

WORDS = {
    POW + "when": {"en": "when"},
    POW + "began": {"en": "began"},
    POW + "ended": {"en": "ended"},
    POW + "genre": {"en": "genre", "ja": "ジャンル"},
    POW + "as": {"en": "as holder of"},
    SOURCE + "annals": {"en": "The Annals"},
    SOURCE + "rolls": {"en": "The Rolls"},
}


def note(name: str, value: str, *passages: str, sources: tuple[str, ...] = ()) -> Note:
    return Note(POW + name, (("en", value),), passages, tuple(SOURCE + source for source in sources))


def composed(*notes: Note, others: tuple[Note, ...] = (), languages: tuple[str, ...] = ("en",)) -> Composition:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(focus=ID + "x", omitted=0, words=WORDS)
    for iri, held in ((ID + "x", notes), (ID + "y", others)):
        graph.add_node(iri, labels={"en": iri[-1]}, kind={"en": "event"}, family="event", notes=held)
    edge = {"property": POW + "after", "labels": {"en": "after"}, "passages": ("p01s1",)}
    graph.add_edge(ID + "x", ID + "y", key=POW + "after", notes=(note("as", "Colonel", "p01s1"),), **edge)
    return compose(graph, ID + "x", languages, load_fonts())


def lines(composition: Composition, place: int = 0) -> list[str]:
    """The notes of a node, which stand in its tooltip beneath its name and IRI; each begins a line of its text."""
    notes = composition.nodes[place].tooltip.split("\n")[2:]
    words = " ".join(line.text for line in composition.nodes[place].block.lines[2:])
    return [note for note in notes if note in words]


def test_span_of_one_evidence_is_one_line() -> None:
    begun, over = note("began", "1945-08-09", "p01s1"), note("ended", "1945-08-20", "p01s1")
    assert lines(composed(begun, over)) == ["1945-08-09 – 1945-08-20 (p01s1)"]


def test_ends_of_different_evidence_stay_apart() -> None:
    begun, over = note("began", "1945-08-09", "p01s1"), note("ended", "1945-08-20", "p02s1")
    assert lines(composed(begun, over)) == ["began: 1945-08-09 (p01s1)", "ended: 1945-08-20 (p02s1)"]
    assert lines(composed(begun)) == ["began: 1945-08-09 (p01s1)"]


def test_values_of_one_property_share_a_line() -> None:
    assert lines(composed(note("genre", "novel", "p01s1"), note("genre", "memoir", "p02s1"))) == [
        "genre: novel, memoir (p01s1, p02s1)"
    ]


def test_date_of_an_event_needs_no_word() -> None:
    assert lines(composed(note("when", "August 1945", "p01s1"))) == ["August 1945 (p01s1)"]


def test_sources_are_numbered_and_named_in_the_footer() -> None:
    first, second = note("when", "1945", sources=("rolls",)), note("when", "1946", sources=("annals",))
    composition = composed(first, others=(second,))
    assert lines(composition) == ["1945 [1]"]
    assert lines(composition, 1) == ["1946 [2]"]
    assert any(text.endswith("from reference works: [1] The Rolls; [2] The Annals") for text in composition.foot)
    assert not any("reference works" in text for text in composed().foot)


def test_neighbours_show_fewer_notes_than_the_focus_and_tooltips_all() -> None:
    many = tuple(note(name, "1945", "p01s1") for name in ("when", "genre", "as"))
    composition = composed(*many, others=many)
    assert len(lines(composition)) == 3
    assert len(lines(composition, 1)) == 2
    assert "as holder of: 1945 (p01s1)" in composition.nodes[1].tooltip


def test_note_of_a_link_stands_above_its_evidence() -> None:
    (tie,) = composed().ties
    assert [line.text for line in tie.block.lines] == ["after", "as holder of: Colonel", "p01s1"]
    assert tie.tooltip == "x – after – y (p01s1)"


def test_a_statement_stands_in_the_first_language_only_as_the_focus_too() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(focus=ID + "x", omitted=0, words={})
    said = {"en": "Many were held", "ja": "多数が抑留された", "ru": "Многих удерживали"}
    graph.add_node(ID + "x", labels=said, kind={"en": "claim"}, family="statement", notes=())
    for languages in (("en", "ja", "ru"), ("ru", "en")):
        composition = compose(graph, ID + "x", languages, load_fonts())
        shown = [line.text for block in (composition.heading, composition.nodes[0].block) for line in block.lines]
        assert sum(said[languages[0]] in text for text in shown) == 2
        assert not any(said[language] in text for language in languages[1:] for text in shown)


def test_words_are_in_the_first_language() -> None:
    assert lines(composed(note("genre", "novel", "p01s1"), languages=("ja", "en"))) == ["ジャンル: novel (p01s1)"]
