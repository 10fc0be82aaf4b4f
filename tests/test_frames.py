"""Frames arrive whole, however the bytes are cut; an answer that fails early fails as a whole."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from powkg.errors import ClientGoneError
from powkg.workers import frames
from powkg.workers.frames import CHUNK, AnswerWriter, Channel, EnoughError, Kind, encode, encode_json


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    one, other = socket.socketpair()
    with one, other:
        yield one, other


def read_frames(content: bytes) -> list[tuple[Kind, bytes]]:
    one, other = socket.socketpair()
    with one, other:
        one.sendall(content)
        one.shutdown(socket.SHUT_WR)
        channel, frames = Channel(other), []
        while True:
            try:
                frames.append(channel.receive())
            except EOFError:
                return frames


def test_frames_cut_anywhere_arrive_whole(ends: tuple[socket.socket, socket.socket]) -> None:
    one, other = ends
    content = encode_json(Kind.HEAD, {"kind": "ask", "é": "漢"}) + encode(Kind.DATA, b"x" * 1000) + encode(Kind.END)
    channel = Channel(other)
    received = []
    for at in range(0, len(content), 7):
        one.sendall(content[at : at + 7])
    received = [channel.receive() for _ in range(3)]
    assert [kind for kind, _ in received] == [Kind.HEAD, Kind.DATA, Kind.END]
    assert json.loads(received[0][1]) == {"kind": "ask", "é": "漢"}
    assert received[1][1] == b"x" * 1000
    assert received[2][1] == b""


def test_an_end_that_has_gone_is_told_apart_from_one_that_is_slow(ends: tuple[socket.socket, socket.socket]) -> None:
    one, other = ends
    channel = Channel(other)
    with pytest.raises(TimeoutError):
        channel.receive(time.monotonic() + 0.01)
    one.sendall(encode(Kind.DATA, b"cut")[:-1])
    with pytest.raises(TimeoutError):
        channel.receive(time.monotonic() + 0.01)
    one.close()
    with pytest.raises(EOFError):
        channel.receive()
    with pytest.raises(BrokenPipeError):
        channel.send(encode(Kind.REQUEST))


@pytest.fixture
def client() -> Iterator[tuple[socket.socket, socket.socket]]:
    """The two ends of a client's connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        theirs = socket.create_connection(listener.getsockname())
        ours, _ = listener.accept()
    with ours, theirs:
        yield ours, theirs


def test_a_client_that_only_sends_no_more_is_waited_for(
    ends: tuple[socket.socket, socket.socket],
    client: tuple[socket.socket, socket.socket],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(frames, "HALF_CLOSED", 60.0)
    client[1].shutdown(socket.SHUT_WR)
    answering = threading.Timer(0.1, ends[0].sendall, (encode(Kind.DATA, b"x"),))
    answering.start()
    assert Channel(ends[1]).receive(client=client[0]) == (Kind.DATA, b"x")
    answering.join()


@pytest.mark.parametrize("how", ["half", "wholly"])
def test_a_client_that_has_closed_is_waited_for_a_little_and_then_gone(
    ends: tuple[socket.socket, socket.socket],
    client: tuple[socket.socket, socket.socket],
    monkeypatch: pytest.MonkeyPatch,
    how: str,
) -> None:
    monkeypatch.setattr(frames, "HALF_CLOSED", 0.05)
    if how == "half":
        client[1].shutdown(socket.SHUT_WR)
    else:
        client[1].close()
    with pytest.raises(ClientGoneError):
        Channel(ends[1]).receive(time.monotonic() + 60, client=client[0])


def test_a_client_that_reset_its_connection_is_gone_at_once(
    ends: tuple[socket.socket, socket.socket],
    client: tuple[socket.socket, socket.socket],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(frames, "HALF_CLOSED", 60.0)
    client[0].sendall(b"x")  # what is unread when it closes makes the system reset the connection
    while not client[1].recv(1, socket.MSG_PEEK):
        pass
    client[1].close()
    with pytest.raises(ClientGoneError):
        Channel(ends[1]).receive(time.monotonic() + 30, client=client[0])


def test_a_deadline_in_the_past_is_a_timeout(ends: tuple[socket.socket, socket.socket]) -> None:
    with pytest.raises(TimeoutError):
        Channel(ends[0]).send(encode(Kind.REQUEST), time.monotonic() - 1)


def test_a_small_answer_is_sent_in_one_go() -> None:
    sent: list[bytes] = []
    writer = AnswerWriter(sent.append, {"kind": "ask"})
    writer.write(b"tr")
    writer.write(b"ue")
    assert sent == []
    writer.finish()
    assert len(sent) == 1
    assert [kind for kind, _ in read_frames(sent[0])] == [Kind.HEAD, Kind.DATA, Kind.END]


def test_a_large_answer_is_sent_in_full_pieces_after_one_head() -> None:
    sent: list[bytes] = []
    writer = AnswerWriter(sent.append, {"kind": "select"})
    for _ in range(10):
        writer.write(b"x" * (CHUNK // 4))
    writer.finish()
    frames = read_frames(b"".join(sent))
    assert [kind for kind, _ in frames] == [Kind.HEAD, Kind.DATA, Kind.DATA, Kind.DATA, Kind.END]
    assert [len(data) for kind, data in frames if kind is Kind.DATA] == [CHUNK, CHUNK, CHUNK // 2]


def test_what_is_written_at_once_is_cut_into_pieces() -> None:
    sent: list[bytes] = []
    writer = AnswerWriter(sent.append, {"kind": "select"})
    written = bytes(range(256)) * (CHUNK // 64) + b"end"
    assert writer.write(written) == len(written)
    writer.write(b"x" * (CHUNK - 3))
    writer.finish()
    assert all(len(frames) < CHUNK + 100 for frames in sent)
    pieces = [data for frames in sent for kind, data in read_frames(frames) if kind is Kind.DATA]
    assert [len(piece) for piece in pieces] == [CHUNK] * 5
    assert b"".join(pieces) == written + b"x" * (CHUNK - 3)


def test_of_a_large_answer_the_beginning_alone_is_sent_where_no_more_is_wanted() -> None:
    sent: list[bytes] = []
    writer = AnswerWriter(sent.append, {"kind": "select"}, beginning=True)
    writer.write(b"x")
    with pytest.raises(EnoughError):
        writer.write(b"x" * 3 * CHUNK)
    with pytest.raises(EnoughError):
        writer.write(b"x")
    writer.finish()
    frames = read_frames(b"".join(sent))
    assert [(kind, len(data)) for kind, data in frames[1:]] == [(Kind.DATA, CHUNK), (Kind.END, 0)]


def test_an_empty_answer_has_a_head_and_an_end() -> None:
    sent: list[bytes] = []
    AnswerWriter(sent.append, {"kind": "graph"}).finish()
    assert [kind for kind, _ in read_frames(sent[0])] == [Kind.HEAD, Kind.END]
