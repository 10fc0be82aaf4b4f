"""What the cache and the codings are worth: `uv run bench/caching.py [RUNS]`.

Asks a server of its own for the same 1,000 rows over HTTP, from the engine and from the cache, plain and coded, in
rounds of one run. Prints a Markdown table: the median of RUNS (200 unless told) in milliseconds, also as a multiple of
the first row's, and the bytes sent.
"""

from __future__ import annotations

import http.client
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

POWKG = str(Path(sys.executable).with_name("powkg"))
QUERY = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 1000"
CODINGS = ("identity", "gzip", "br", "zstd")


@contextmanager
def server() -> Iterator[int]:
    """The port of a server over a store of its own."""
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(
            [POWKG, "serve", "--port", "0", "--store", f"{folder}/store"], stdout=subprocess.PIPE, text=True
        ) as process,
    ):
        try:
            lines = iter(process.stdout or ())
            yield next(int(found[1]) for line in lines if (found := re.search(r"is at http://127.0.0.1:(\d+) ", line)))
        finally:
            process.terminate()


class Client:
    """One connection that is kept."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, query: str, coding: str, tag: str = "") -> tuple[float, int, str]:
        """The milliseconds that an answer takes, its bytes, and its tag."""
        headers = {"Accept": "application/sparql-results+json", "Accept-Encoding": coding}
        if tag:
            headers["If-None-Match"] = tag
        start = time.perf_counter()
        self._connection.request("GET", "/sparql?" + urlencode({"query": query}), headers=headers)
        answer = self._connection.getresponse()
        size = len(answer.read())
        took = (time.perf_counter() - start) * 1000
        if answer.status != (304 if tag else 200):
            raise SystemExit(f"status {answer.status}")
        return took, size, answer.headers.get("ETag", "")


def main() -> None:
    """Measure in rounds, so that a busy moment of the machine falls on all rows, and print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    times: dict[str, list[float]] = {}
    sizes: dict[str, int] = {}
    with server() as port:
        client = Client(port)
        for coding in CODINGS:
            client.ask(QUERY, coding)
        tag = client.ask(QUERY, "identity")[2]
        for number in range(runs):
            for coding in CODINGS:
                fresh = f"{QUERY} # {number} {coding}"  # another text: nobody has asked it before
                for row, query in ((f"engine, {coding}", fresh), (f"cache, {coding}", QUERY)):
                    took, sizes[row], _ = client.ask(query, coding)
                    times.setdefault(row, []).append(took)
            took, sizes["304"], _ = client.ask(QUERY, "identity", tag)
            times.setdefault("304", []).append(took)
    base = statistics.median(next(iter(times.values())))
    print("| answer | median ms | × engine, plain | bytes |\n|---|---|---|---|")
    for row, found in times.items():
        median = statistics.median(found)
        print(f"| {row} | {median:.2f} | {median / base:.2f} | {sizes[row]:,} |")


if __name__ == "__main__":
    main()
