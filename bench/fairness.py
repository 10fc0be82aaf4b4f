"""How long a tiny query takes beside heavy ones: `uv run bench/fairness.py [HEAVY] [SECONDS]`.

Starts a server over the real graph, then HEAVY (50) clients that each ask a query which never ends, again and again,
each its own, and one that asks an ASK, again and again, for SECONDS (20). Prints a Markdown table: how many ASKs there
were, how many of them got no answer, and their median, 95th and 99th percentile, in milliseconds; and what became of
the heavy ones. The first row is without heavy clients. Where the `oxigraph` server is in reach (`uv run --with oxigraph
bench/fairness.py`), the same is measured of it over the same graph.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

POWKG = str(Path(sys.executable).with_name("powkg"))
OXIGRAPH = shutil.which("oxigraph") or shutil.which("oxigraph", path=str(Path(sys.executable).parent))
HEAVY = "SELECT (COUNT(*) AS ?n{number}) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }}"
ASK = "ASK { ?s ?p ?o }"
WAIT = 120


@contextmanager
def powkg(folder: Path) -> Iterator[tuple[int, str]]:
    """The port and the path of a server over the real graph."""
    command = [POWKG, "serve", "--port", "0", "--store", str(folder / "store")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        found = (re.search(r"powkg is at http://[^:]+:(\d+)", line) for line in server.stdout or ())
        yield next(int(match[1]) for match in found if match), "/sparql"
        server.terminate()


@contextmanager
def oxigraph(folder: Path) -> Iterator[tuple[int, str]]:
    """The same of Oxigraph's own server, with the time limit that powkg has."""
    dump, store = folder / "dump.nq", str(folder / "oxigraph")
    with dump.open("wb") as out:
        construct = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
        subprocess.run(
            [POWKG, "query", construct, "--store", str(folder / "store"), "--format", "ntriples"],
            check=True,
            stdout=out,
        )
    subprocess.run([OXIGRAPH or "", "load", "--location", store, "--file", str(dump), "--format", "nq"], check=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        OXIGRAPH or "",
        "serve-read-only",
        "--location",
        store,
        "--bind",
        f"127.0.0.1:{port}",
        "--timeout-s",
        "10",
    ]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        while ask(port, "/query", ASK)[0] != 200:
            time.sleep(0.1)
        yield port, "/query"
        server.kill()


def ask(port: int, path: str, query: str) -> tuple[int, float]:
    """The status of the answer, 0 for none, and how long it took, in seconds."""
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT)
    try:
        connection.request("GET", f"{path}?{urlencode({'query': query})}")
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return 0, time.perf_counter() - start
    finally:
        connection.close()
    return answer.status, time.perf_counter() - start


def measure(port: int, path: str, heavy: int, seconds: float) -> str:
    """One row of the table."""
    ended = threading.Event()
    outcomes: Counter[int] = Counter()

    def burden(number: int) -> None:
        asked = number
        while not ended.is_set():
            outcomes[ask(port, path, HEAVY.format(number=asked))[0]] += 1
            asked += heavy

    for number in range(heavy):
        threading.Thread(target=burden, args=(number,), daemon=True).start()
    time.sleep(2 if heavy else 0)
    times: list[float] = []
    failed = 0
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        status, took = ask(port, path, ASK + f" # {len(times)}")
        times.append(took * 1000)
        failed += status != 200
        time.sleep(0.02)
    ended.set()
    times.sort()
    p50, p95, p99 = (times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.95, 0.99))
    became = ", ".join(f"{count} × {status or 'cut'}" for status, count in sorted(outcomes.items()))
    return f"{heavy} | {len(times)} | {failed} | {p50:.1f} | {p95:.1f} | {p99:.1f} | {became}"


def main() -> None:
    """Measure and print the table."""
    heavy = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 20
    print(f"{os.cpu_count()} processors")
    print("| server | heavy clients | ASKs | failed | p50 ms | p95 ms | p99 ms | heavy queries |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, serve in (("powkg", powkg), *([("oxigraph", oxigraph)] if OXIGRAPH else [])):
            for number in (0, heavy):
                with serve(Path(folder)) as (port, path):
                    print(f"| {name} | {measure(port, path, number, seconds)} |", flush=True)


if __name__ == "__main__":
    main()
