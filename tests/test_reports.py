"""Errors that cross from one process to another are the same on the other side."""

from __future__ import annotations

import json

import pytest

from powkg.errors import (
    GraphConflictError,
    GraphNotFoundError,
    NotAcceptableError,
    NotSupportedError,
    PowkgError,
    QuerySyntaxError,
    StoreError,
    UsageError,
)
from powkg.workers.reports import describe, revive


@pytest.mark.parametrize(
    "error",
    [
        QuerySyntaxError("expected WHERE", 2, 7),
        QuerySyntaxError("expected WHERE"),
        NotAcceptableError("graph"),
        GraphNotFoundError("urn:g"),
        GraphConflictError("there is such a graph"),
        NotSupportedError("no such function"),
        UsageError("wrong"),
        StoreError("full"),
        PowkgError("failed"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_stays_what_it_is(error: PowkgError) -> None:
    again = revive(json.loads(json.dumps(describe(error))))
    assert type(again) is type(error)
    assert (str(again), vars(again)) == (str(error), vars(error))


def test_an_error_of_another_kind_is_the_nearest_that_is_known() -> None:
    class OddError(UsageError):
        """One that no process sends."""

    assert type(revive(describe(OddError("odd")))) is UsageError
