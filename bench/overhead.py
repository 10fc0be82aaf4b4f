"""What it costs to run a query in another process: `uv run bench/overhead.py [RUNS]`.

Asks the same of the engine in process and through a worker, RUNS (2,000) times in turn, so that a busy moment of the
machine falls on both. Prints a Markdown table: the medians in milliseconds, the difference, and the ratio.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path

from powkg.build import build
from powkg.engine import Engine
from powkg.settings import default_data_folder
from powkg.store import open_store

MEDIA_TYPE = "application/sparql-results+json"
QUERIES = {
    "ASK": "ASK { ?s ?p ?o }",
    "one entity's label": """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?name { <https://w3id.org/powkg/id/japan> rdfs:label ?name }""",
    "1,000 rows": "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 1000",
}


def milliseconds(call: Callable[[], object]) -> float:
    """How long a call takes."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Measure and print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    print("| query | in process ms | in a worker ms | overhead ms | ratio |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build(default_data_folder(), folder)
        store = open_store(folder)
        with closing(Engine(folder, 60)) as engine:
            for title, query in QUERIES.items():

                def inside(text: str = query) -> None:
                    store.query(text).write(BytesIO(), MEDIA_TYPE)

                def outside(text: str = query) -> None:
                    with engine.open(text, {"select": MEDIA_TYPE, "ask": MEDIA_TYPE}) as stream:
                        b"".join(stream)

                outside()
                times = [(milliseconds(inside), milliseconds(outside)) for _ in range(runs)]
                own, other = (statistics.median(column) for column in zip(*times, strict=True))
                print(f"| {title} | {own:.3f} | {other:.3f} | {other - own:.3f} | {other / own:.1f} |")


if __name__ == "__main__":
    main()
