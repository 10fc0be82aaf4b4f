"""What docs/endpoint.md tells people to type works."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pages import TOKEN, serving_own

PAGE = Path(__file__).resolve().parents[1] / "docs" / "endpoint.md"
COMMANDS = [line.strip() for line in PAGE.read_text().splitlines() if line.startswith("    curl ")]


@pytest.fixture(scope="module")
def client(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    with serving_own(real, tmp_path_factory.mktemp("own") / "store", 1) as client:
        yield client


def curl(client: FlaskClient, command: str, folder: Path) -> TestResponse:
    """What curl would send."""
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("--get", action="store_true")
    parser.add_argument("-X", dest="method")
    for name in ("-H", "-F", "--data-urlencode"):
        parser.add_argument(name, action="append", default=[])
    parser.add_argument("--data-binary")
    given = parser.parse_args(shlex.split(command.replace("$POWKG_TOKEN", TOKEN))[1:])
    parts = urlsplit(given.url)
    address = parts.path + (f"?{parts.query}" if parts.query else "")
    headers = dict(line.split(": ", 1) for line in given.H)
    fields = "&".join(_field(field, folder) for field in given.data_urlencode)
    if given.get:
        return client.get(f"{address}?{fields}", headers=headers)
    if given.F:
        files = [_file(form.split("=", 1)[1], folder) for form in given.F]
        return client.post(address, data={"f": files}, headers=headers)
    if fields:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    data = given.data_binary or fields
    content = (folder / data[1:]).read_bytes() if data.startswith("@") else data.encode()
    method = given.method or ("POST" if content else "GET")
    return client.open(address, method=method, data=content or None, headers=headers)


def _field(field: str, folder: Path) -> str:
    if "=" not in field:
        name, _, file = field.partition("@")
        return f"{name}={quote((folder / file).read_text())}"
    name, _, value = field.partition("=")
    return f"{name}={quote(value)}"


def _file(form: str, folder: Path) -> tuple[BytesIO, str, str]:
    name, _, media_type = form.removeprefix("@").partition(";type=")
    return BytesIO((folder / name).read_bytes()), name, media_type or "application/octet-stream"


def test_the_commands_work_in_their_order(client: FlaskClient, copy_of_data: Path) -> None:
    (copy_of_data / "captives.ttl").write_text("<http://example.org/captive> a <http://example.org/Person> .")
    (copy_of_data / "camps.nt").write_text("<http://example.org/camp> <http://example.org/p> <http://example.org/o> .")
    answers = [curl(client, command, copy_of_data) for command in COMMANDS]
    assert [answer.status_code for answer in answers] == [200, 200, 204, 204, 204, 204, 200, 204]
    assert answers[-2].text.count("\n") == 2
