"""/question/NAME: short addresses of the named questions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from pages import serving
from powkg import queries


@pytest.fixture(scope="module")
def client(real: Path, real_folder: Path) -> Iterator[FlaskClient]:
    with serving(real, real_folder) as client:
        yield client


def test_every_question_has_an_address(client: FlaskClient, real: Path) -> None:
    for question in queries.load(real / "queries" / "questions"):
        answer = client.get(f"/question/{question.name}")
        assert answer.status_code == 303
        parameters = parse_qs(urlsplit(answer.location).query)
        assert question.title.split()[0] in parameters["query"][0]
        given = {name[1:]: values[0] for name, values in parameters.items() if name.startswith("$")}
        assert given == {name: value for name, value in question.parameters.items() if value}


def test_a_value_takes_the_place_of_the_default(client: FlaskClient) -> None:
    answer = client.get(
        "/question/things-of-a-class?class=pow:Polity", follow_redirects=True, headers={"Accept": "text/csv"}
    )
    assert "soviet-union" in answer.text
    assert "yalta-conference" not in answer.text


def test_an_unknown_question_is_not_found_with_the_nearest(client: FlaskClient) -> None:
    answer = client.get("/question/comander")
    assert answer.status_code == 404
    assert "did you mean commander?" in answer.text


def test_an_unknown_parameter_is_refused(client: FlaskClient) -> None:
    answer = client.get("/question/things-of-a-class?kind=pow:War")
    assert answer.status_code == 400
    assert "no parameter kind; its parameters: class" in answer.text
