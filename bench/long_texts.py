"""How long a tiny query takes beside very long ones: `uv run bench/long_texts.py [CLIENTS] [SECONDS] [CHARACTERS]`.

Starts a server over the real graph, then CLIENTS (30) that each post a query of CHARACTERS (970,000), again and again,
which is within all limits, and one that asks an ASK, again and again, for SECONDS (20). Prints a Markdown table: how
many ASKs there were, how many of them got no answer, and their median, 95th and 99th percentile, in milliseconds; and
what became of the long ones. The first row is without long ones.
"""

from __future__ import annotations

import http.client
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

from fairness import WAIT, powkg


def ask(port: int, query: str) -> int:
    """The status of the answer to a query that is posted as it is; 0 for none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT)
    try:
        if len(query) > 1000:
            connection.request("POST", "/sparql", query, {"Content-Type": "application/sparql-query"})
        else:
            connection.request("GET", "/sparql?" + urlencode({"query": query}))
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()
    return answer.status


def measure(port: int, clients: int, seconds: float, characters: int) -> str:
    """One row of the table."""
    ended = threading.Event()
    outcomes: Counter[int] = Counter()
    values = "1 " * ((characters - 50) // 2)

    def burden(number: int) -> None:
        asked = number
        while not ended.is_set():
            outcomes[ask(port, f"SELECT * {{ VALUES ?x {{ {values}}} FILTER(?x = {asked + 2}) }}")] += 1
            asked += clients

    for number in range(clients):
        threading.Thread(target=burden, args=(number,), daemon=True).start()
    time.sleep(3 if clients else 0)
    times: list[float] = []
    failed = 0
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        start = time.perf_counter()
        failed += ask(port, f"ASK {{ ?s ?p ?o }} # {len(times)}") != 200
        times.append((time.perf_counter() - start) * 1000)
        time.sleep(0.02)
    ended.set()
    times.sort()
    p50, p95, p99 = (times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.95, 0.99))
    became = ", ".join(f"{count} × {status or 'cut'}" for status, count in sorted(outcomes.items()))
    return f"{clients} | {len(times)} | {failed} | {p50:.1f} | {p95:.1f} | {p99:.1f} | {became}"


def main() -> None:
    """Measure and print the table."""
    clients = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 20
    characters = int(sys.argv[3]) if len(sys.argv) > 3 else 970_000
    print(f"{os.cpu_count()} processors, texts of {characters:,} characters")
    print("| clients | ASKs | failed | p50 ms | p95 ms | p99 ms | long queries |\n|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for number in (0, clients):
            with powkg(Path(folder)) as (port, _):
                print(f"| {measure(port, number, seconds, characters)} |", flush=True)


if __name__ == "__main__":
    main()
