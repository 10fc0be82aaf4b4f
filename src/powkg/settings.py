"""One frozen set of settings, from the environment and the command line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_data_path

from powkg.errors import UsageError

PACKAGE = Path(__file__).resolve().parent

_LONGEST = 1_000_000
_LEAST_MEMORY = 256
_MOST_PROXIES = 10
_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{16,1000}=*")


def default_data_folder() -> Path:
    """The folder that holds `ontology/`, `graph/` and `queries/`: inside an installed package, else the checkout."""
    packaged = PACKAGE / "data"
    return packaged if packaged.is_dir() else PACKAGE.parents[1]


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data and the store lie, and how the server behaves.

    `query_timeout` is in seconds: the longest that a query may run before it is ended with an error; `longest_query`
    (seconds) is the most that a request may ask for in its place. `query_memory` is in MiB: the most that a process
    which runs the server's queries may take. `token` is what a client that writes has
    to know; no text of the settings shows it. `cache` is in MiB: how much of what was answered is kept. `log` is where
    each request is noted, a file or "-" for standard error, None for nowhere; `log_clients` whether with the client's
    address. `slow_query` is in seconds: a query that takes longer is noted with its text, None for never. `proxies` is
    the number of proxies in front of the server whose X-Forwarded headers are believed.

    `own` says that the store holds data of one's own, which `data` says nothing of; `union` that their default graph is
    all graphs together. `update_timeout` (seconds) and `update_memory` (MiB) are what a change to them may take.
    """

    data: Path
    store: Path
    query_timeout: float = 10.0
    longest_query: float = 60.0
    query_memory: int = 1024
    token: str | None = field(default=None, repr=False)
    cache: int = 64
    log: str | None = None
    log_clients: bool = False
    slow_query: float | None = None
    proxies: int = 0
    own: bool = False
    union: bool = False
    update_timeout: float = 60.0
    update_memory: int = 2048

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str], store: Path | None = None, data: Path | None = None
    ) -> Settings:
        """Settings from the variables of the environment whose names begin with `POWKG_`.

        These are `POWKG_DATA`, `POWKG_STORE`, `POWKG_QUERY_TIMEOUT`, `POWKG_QUERY_TIMEOUT_MAX`, `POWKG_QUERY_MEMORY`,
        `POWKG_TOKEN`, `POWKG_CACHE`, `POWKG_LOG`, `POWKG_LOG_CLIENTS`, `POWKG_SLOW_QUERY`, `POWKG_PROXIES`,
        `POWKG_UPDATE_TIMEOUT` and `POWKG_UPDATE_MEMORY`; `data` and `store` override the first two.

        Raises UsageError, naming the variable or the option, where a value cannot be used.
        """
        named_by = "in POWKG_DATA" if data is None else "with --data"
        if data is None:
            data = Path(environment["POWKG_DATA"]) if environment.get("POWKG_DATA") else default_data_folder()
        missing = [name for name in ("ontology", "graph") if not (data / name).is_dir()]
        if missing:
            lacks = "has no " + " and no ".join(f"{name}/" for name in missing)
            state = lacks if data.is_dir() else "is no folder" if data.exists() else "does not exist"
            raise UsageError(f"{data} {state}; name the folder that holds ontology/, graph/ and queries/ {named_by}")
        if store is None:
            given = environment.get("POWKG_STORE")
            store = Path(given) if given else user_data_path("powkg", appauthor=False) / "store"
        timeout = seconds(environment.get("POWKG_QUERY_TIMEOUT", "10"), "POWKG_QUERY_TIMEOUT")
        memory = mebibytes(environment.get("POWKG_QUERY_MEMORY", "1024"), "POWKG_QUERY_MEMORY")
        token = secret(environment.get("POWKG_TOKEN"), "POWKG_TOKEN")
        slow = environment.get("POWKG_SLOW_QUERY")
        return cls(
            data=data,
            store=store,
            query_timeout=timeout,
            longest_query=_longest(environment.get("POWKG_QUERY_TIMEOUT_MAX"), timeout),
            query_memory=memory,
            token=token,
            cache=whole(environment.get("POWKG_CACHE", "64"), "POWKG_CACHE", "MiB", _LONGEST),
            log=environment.get("POWKG_LOG") or None,
            log_clients=environment.get("POWKG_LOG_CLIENTS", "0") not in ("", "0"),
            slow_query=seconds(slow, "POWKG_SLOW_QUERY") if slow else None,
            proxies=whole(environment.get("POWKG_PROXIES", "0"), "POWKG_PROXIES", "proxies", _MOST_PROXIES),
            update_timeout=seconds(environment.get("POWKG_UPDATE_TIMEOUT", "60"), "POWKG_UPDATE_TIMEOUT"),
            update_memory=mebibytes(environment.get("POWKG_UPDATE_MEMORY", "2048"), "POWKG_UPDATE_MEMORY"),
        )


def _longest(text: str | None, timeout: float) -> float:
    """The most that a request may ask for: a minute unless told, and never less than what every query may take."""
    if not text:
        return max(60.0, timeout)
    longest = seconds(text, "POWKG_QUERY_TIMEOUT_MAX")
    if longest < timeout:
        raise UsageError(
            f"POWKG_QUERY_TIMEOUT_MAX is {longest:g}: give at least {timeout:g}, as POWKG_QUERY_TIMEOUT does"
        )
    return longest


def seconds(text: str, name: str) -> float:
    """A length of time. Raises UsageError, with the name of the setting, where the text is none that can be waited."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number <= _LONGEST:
        raise UsageError(f"{name} is {text!r}: give a number of seconds above 0 and up to {_LONGEST:,}")
    return number


def mebibytes(text: str, name: str) -> int:
    """Memory in MiB. Raises UsageError, with the name of the setting, where no process can do with it."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not _LEAST_MEMORY <= number <= _LONGEST:
        raise UsageError(f"{name} is {text!r}: give a whole number of MiB from {_LEAST_MEMORY} to {_LONGEST:,}")
    return number


def whole(text: str, name: str, unit: str, most: int) -> int:
    """A whole number from 0 to `most`. Raises UsageError, with the name of the setting, where the text is none."""
    if not re.fullmatch("[0-9]{1,9}", text) or int(text) > most:
        raise UsageError(f"{name} is {text!r}: give a whole number of {unit} from 0 to {most:,}")
    return int(text)


def secret(text: str | None, name: str) -> str | None:
    """A token as RFC 6750 writes it; None where there is none. Raises UsageError, which does not show the text."""
    if not text:
        return None
    if not _TOKEN.fullmatch(text):
        raise UsageError(
            f"{name} is no token that a header can carry: give at least 16 letters, digits or -._~+/, "
            "such as those of `openssl rand -base64 24`"
        )
    return text
