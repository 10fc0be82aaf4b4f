"""What is known of when something happened becomes the parts of a bar."""

from __future__ import annotations

from datetime import date

import networkx as nx
import pytest

from powkg.entities.facts import Note
from powkg.figures.happenings import Happening, Part, happenings, undated
from powkg.namespaces import ID, POW


def network(**dated: list[Note]) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name, notes in dated.items():
        labels = {"en": name}
        graph.add_node(ID + name, labels=labels, class_iri=POW + "Battle", kind={}, family="event", notes=tuple(notes))
    return graph


def note(name: str, day: str, *passages: str) -> Note:
    return Note(POW + name, (), passages, (), day)


def one(*notes: Note) -> Happening:
    return happenings(network(battle=list(notes)))[0]


def parts(*notes: Note) -> list[tuple[str, str, str]]:
    return [(part.kind, str(part.first), str(part.last)) for bar in one(*notes).bars for part in bar.parts]


def test_a_day_is_certain_and_a_year_is_some_time_in_it() -> None:
    assert parts(note("when", "1945-08-09")) == [("sure", "1945-08-09", "1945-08-09")]
    assert parts(note("when", "1945")) == [("maybe", "1945-01-01", "1945-12-31")]


def test_a_set_is_one_moment_in_it_and_an_interval_lasted() -> None:
    assert parts(note("when", "1990..1993")) == [("maybe", "1990-01-01", "1993-12-31")]
    assert parts(note("when", "1945-08_1945-10")) == [
        ("maybe", "1945-08-01", "1945-08-31"),
        ("sure", "1945-08-31", "1945-10-01"),
        ("maybe", "1945-10-01", "1945-10-31"),
    ]


def test_two_days_enclose_what_is_certain() -> None:
    assert parts(note("began", "1945-04-01"), note("ended", "1945-06-22")) == [("sure", "1945-04-01", "1945-06-22")]


def test_ends_within_one_year_leave_nothing_certain() -> None:
    assert parts(note("began", "1945"), note("ended", "1945-06")) == [("maybe", "1945-01-01", "1945-06-30")]


def test_an_end_that_nothing_says_is_open() -> None:
    assert parts(note("began", "1945-08-09")) == [
        ("sure", "1945-08-09", "1945-08-09"),
        ("after", "1945-08-09", "1945-08-09"),
    ]
    assert parts(note("began", "1945-08")) == [
        ("maybe", "1945-08-01", "1945-08-31"),
        ("after", "1945-08-31", "1945-08-31"),
    ]
    assert parts(note("ended", "1945-08-10")) == [
        ("sure", "1945-08-10", "1945-08-10"),
        ("before", "1945-08-10", "1945-08-10"),
    ]


def test_what_only_has_a_bound_is_open_on_its_other_side() -> None:
    assert parts(note("notBefore", "1945-08-09")) == [("after", "1945-08-09", "1945-08-09")]
    assert parts(note("notAfter", "1945-08")) == [("before", "1945-08-31", "1945-08-31")]
    both = note("notBefore", "1945-08-09"), note("notAfter", "1945-09")
    assert parts(*both) == [("maybe", "1945-08-09", "1945-09-30")]


@pytest.mark.parametrize(("name", "doubtful"), [("1945~", True), ("1945?", True), ("1945", False)])
def test_a_mark_makes_a_bar_doubtful(name: str, *, doubtful: bool) -> None:
    assert [bar.doubtful for bar in one(note("when", name)).bars] == [doubtful]


def test_two_dates_of_one_moment_are_two_bars() -> None:
    found = one(note("when", "1990..1993", "p10s6"), note("when", "1991", "p14s2"))
    assert [bar.parts for bar in found.bars] == [
        (Part("maybe", date(1990, 1, 1), date(1993, 12, 31)),),
        (Part("maybe", date(1991, 1, 1), date(1991, 12, 31)),),
    ]
    assert found.passages == ("p10s6", "p14s2")
    assert found.when("en") == "1990 to 1993 / 1991"


def test_dates_are_said_in_each_language() -> None:
    found = one(note("began", "1945-08-09"), note("ended", "1945-08-20"))
    assert found.when("en") == "from 9 August 1945 to 20 August 1945"
    assert found.when("ja") == "1945年8月9日から1945年8月20日まで"
    assert one(note("notAfter", "1945-08")).when("ru") == "не позднее чем август 1945"


def test_the_earlier_comes_first_and_what_has_no_date_is_counted() -> None:
    graph = network(late=[note("when", "1946")], early=[note("when", "1945")], never=[])
    assert [found.iri for found in happenings(graph)] == [ID + "early", ID + "late"]
    assert undated(graph) == 1
