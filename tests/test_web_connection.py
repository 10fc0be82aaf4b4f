"""A client that is slow keeps no thread, whatever it is slow at."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from powkg.web import connection
from powkg.web.connection import Connection, reset

LONG = 60.0


@pytest.fixture
def ends() -> Iterator[tuple[Connection, socket.socket]]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        theirs = socket.create_connection(listener.getsockname(), timeout=LONG)
        accepted, _ = listener.accept()
    with theirs, closing(Connection(fileno=accepted.detach())) as ours:
        yield ours, theirs


def test_a_request_that_drips_is_late_as_a_whole(
    ends: tuple[Connection, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "STALL", 0.5)
    ours, theirs = ends
    ended = threading.Event()

    def drip() -> None:
        while not ended.wait(0.02):
            theirs.send(b"a")

    dripping = threading.Thread(target=drip)
    dripping.start()
    try:
        with pytest.raises(TimeoutError):
            list(iter(lambda: ours.recv(10), b""))
    finally:
        ended.set()
        dripping.join()


def test_a_long_request_may_take_longer(
    ends: tuple[Connection, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "STALL", 0.5)
    monkeypatch.setattr(connection, "RATE", 1)
    ours, theirs = ends
    start = time.monotonic()
    while time.monotonic() < start + 1:
        theirs.send(b"a" * 100)
        assert ours.recv(1000)


def test_a_pause_is_bounded_however_much_came_before(
    ends: tuple[Connection, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "STALL", 0.1)
    monkeypatch.setattr(connection, "RATE", 0.001)
    ours, theirs = ends
    theirs.send(b"a" * 100)
    assert ours.recv(1000)
    with pytest.raises(TimeoutError):
        ours.recv(1000)


def test_an_answer_that_is_taken_in_sips_is_late_as_a_whole(
    ends: tuple[Connection, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "STALL", 0.5)
    monkeypatch.setattr(connection, "RATE", 1 << 30)
    ours, theirs = ends
    ended = threading.Event()

    def sip() -> None:
        while not ended.wait(0.02):
            theirs.recv(10_000)

    sipping = threading.Thread(target=sip)
    sipping.start()
    try:
        with pytest.raises(TimeoutError):
            ours.sendall(bytes(100_000_000))
    finally:
        ended.set()
        sipping.join()
    ours.finish()
    with pytest.raises(ConnectionResetError):
        list(iter(lambda: theirs.recv(100_000), b""))


def test_what_is_taken_in_time_arrives_whole(ends: tuple[Connection, socket.socket]) -> None:
    ours, theirs = ends
    content = bytes(range(256)) * 40_000

    def send() -> None:
        ours.sendall(content)
        ours.finish()

    sending = threading.Thread(target=send)
    sending.start()
    received = b"".join(iter(lambda: theirs.recv(100_000), b""))
    theirs.close()
    sending.join(LONG)
    assert received == content
    assert ours.recv(10) == b""


def test_a_request_begins_with_all_its_time(
    ends: tuple[Connection, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "STALL", 0.05)
    ours, theirs = ends
    with pytest.raises(TimeoutError):
        ours.recv(10)
    monkeypatch.setattr(connection, "STALL", LONG)
    ours.expect()
    theirs.send(b"a")
    assert ours.recv(10) == b"a"


def test_whoever_sets_a_time_of_its_own_has_that(
    ends: tuple[Connection, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "STALL", LONG)
    ours, _ = ends
    ours.settimeout(0.05)
    with pytest.raises(TimeoutError):
        ours.recv(10)
    with pytest.raises(TimeoutError):
        ours.sendall(bytes(100_000_000))


def test_one_that_was_late_is_not_waited_for(
    ends: tuple[Connection, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "STALL", 0.05)
    monkeypatch.setattr(connection, "LINGER", LONG)
    ours, theirs = ends
    with pytest.raises(TimeoutError):
        ours.recv(10)
    ours.finish()
    assert theirs.recv(10) == b""


def test_one_that_was_reset_may_be_told_to_block(ends: tuple[Connection, socket.socket]) -> None:
    ours, theirs = ends
    reset(ours)
    ours.setblocking(True)
    with pytest.raises(ConnectionResetError):
        theirs.recv(10)
