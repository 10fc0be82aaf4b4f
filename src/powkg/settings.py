"""One frozen set of settings, from the environment and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from powkg.errors import UsageError

PACKAGE = Path(__file__).resolve().parent


def default_data_folder() -> Path:
    """The folder that holds `ontology/`, `graph/` and `queries/`: inside an installed package, else the checkout."""
    packaged = PACKAGE / "data"
    return packaged if packaged.is_dir() else PACKAGE.parents[1]


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data and the store lie, and how the server behaves.

    `query_timeout` is in seconds: the longest that a query may run before it is ended with an error.
    """

    data: Path
    store: Path
    host: str = "127.0.0.1"
    port: int = 8000
    query_timeout: float = 10.0

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], store: Path | None = None) -> Settings:
        """Settings from `POWKG_DATA`, `POWKG_STORE` and `POWKG_QUERY_TIMEOUT`; `store` overrides the variable.

        Raises UsageError where a value cannot be used.
        """
        data = Path(environment["POWKG_DATA"]) if environment.get("POWKG_DATA") else default_data_folder()
        if store is None:
            given = environment.get("POWKG_STORE")
            store = Path(given) if given else user_data_path("powkg", appauthor=False) / "store"
        timeout = environment.get("POWKG_QUERY_TIMEOUT", "10")
        try:
            seconds = float(timeout)
        except ValueError:
            seconds = 0.0
        if not 0 < seconds < float("inf"):
            raise UsageError(f"POWKG_QUERY_TIMEOUT is {timeout!r}: give a number of seconds above 0")
        return cls(data=data, store=store, query_timeout=seconds)
