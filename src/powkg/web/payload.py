"""RDF in the body of a request: one document, or the files of a form."""

from __future__ import annotations

from flask import Request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from powkg import results
from powkg.updates import Part
from powkg.web import protocol

FILES = "multipart/form-data"

_GUESSED = frozenset({"", "application/octet-stream"})


def read(request: Request) -> list[Part]:
    """The parts of what a request sends: at least one, each with the media type that the writer takes.

    Raises 400 where a form holds no file or is none, and 415 for what is no graph: of another type or charset.
    """
    known = [media_type for entry in results.INPUT_FORMATS for media_type in entry.media_types]
    if request.mimetype != FILES:
        content = protocol.body(request, known)
        return [Part(_media_type(request.mimetype), content)]
    files = [file for _, file in request.files.items(multi=True)]
    if not files:
        raise BadRequest("the form holds no file: send each document as a file of its own, with its Content-Type")
    return [_part(file) for file in files]


def _part(file: FileStorage) -> Part:
    """A part from a file; where its type is not said, the end of its name tells it."""
    name = file.filename or "a file"
    media_type, charset = file.mimetype, file.mimetype_params.get("charset", "utf-8")
    if media_type in _GUESSED:
        ending = name.rpartition(".")[2].lower()
        media_type = next((entry.media_type for entry in results.INPUT_FORMATS if entry.extension == ending), "")
    found = results.of_media_type(media_type, results.INPUT_FORMATS)
    if found is None or charset.lower() not in {"utf-8", "us-ascii"}:
        known = ", ".join(entry.media_type for entry in results.INPUT_FORMATS)
        raise UnsupportedMediaType(f"{name} is {file.content_type or 'of no type'}: send one of {known}, in UTF-8")
    return Part(found.media_type, file.read())


def _media_type(asked: str) -> str:
    found = results.of_media_type(asked, results.INPUT_FORMATS)
    return found.media_type if found else asked
