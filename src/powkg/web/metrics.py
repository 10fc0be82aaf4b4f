"""/metrics: counters and gauges in the text format of Prometheus. No label takes a value that a client chooses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, Response
from prometheus_client import (
    CONTENT_TYPE_PLAIN_0_0_4,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from powkg.engine import Engine
from powkg.web.caching import Cache
from powkg.web.observation import Note

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""The bounds of the histogram, in seconds."""


class Metrics:
    """What is counted of the requests to one application."""

    def __init__(self, engine: Engine, cache: Cache) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "powkg_requests",
            "Requests answered, by what answered, status and what became of the answer.",
            ("route", "status", "outcome"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "powkg_request_seconds",
            "Time from a request to the last byte of its answer.",
            ("route",),
            buckets=BUCKETS,
            registry=self._registry,
        )
        self._sent = Counter("powkg_sent_bytes", "Bytes of answers' bodies sent.", ("route",), registry=self._registry)
        self._registry.register(_State(engine, cache))
        ProcessCollector(registry=self._registry)

    def observe(self, note: Note) -> None:
        """Count a request that has ended."""
        self._requests.labels(note.route, str(note.status), note.outcome).inc()
        self._seconds.labels(note.route).observe(note.seconds)
        self._sent.labels(note.route).inc(note.sent)

    def text(self) -> bytes:
        """Everything, in text format 0.0.4."""
        return generate_latest(self._registry)


@dataclass(frozen=True, slots=True)
class _State(Collector):
    """What is read off the engine and the cache when somebody asks."""

    engine: Engine
    cache: Cache

    def collect(self) -> Iterator[Metric]:
        pool, cache = self.engine.pool, self.cache
        workers = GaugeMetricFamily("powkg_workers", "Query processes, by what they do.", labels=["state"])
        idle = pool.idle
        workers.add_metric(["idle"], idle)
        workers.add_metric(["busy"], pool.size - idle)
        yield workers
        yield GaugeMetricFamily("powkg_queue_length", "Queries that wait for a process.", value=pool.waiting)
        ended = CounterMetricFamily("powkg_workers_ended", "Query processes ended, by reason.", labels=["reason"])
        for reason, count in pool.ended.items():
            ended.add_metric([reason], count)
        yield ended
        asked = CounterMetricFamily("powkg_cache_requests", "Look-ups in the cache, by result.", labels=["result"])
        asked.add_metric(["hit"], cache.hits)
        asked.add_metric(["miss"], cache.misses)
        yield asked
        yield GaugeMetricFamily("powkg_cache_bytes", "Bytes of answers kept.", value=cache.size)
        yield GaugeMetricFamily("powkg_cache_limit_bytes", "The most bytes of answers that are kept.", value=cache.most)
        yield GaugeMetricFamily("powkg_cache_entries", "Answers kept.", value=len(cache))
        dataset = GaugeMetricFamily("powkg_dataset_info", "The data that is answered from.", labels=["version"])
        if pool.version is not None:
            dataset.add_metric([pool.version], 1)
        yield dataset


def blueprint(metrics: Metrics) -> Blueprint:
    """The view."""
    views = Blueprint("metrics", __name__)

    @views.get("/metrics")
    def show() -> Response:
        headers = {"Cache-Control": "no-store"}
        return Response(metrics.text(), headers=headers, content_type=CONTENT_TYPE_PLAIN_0_0_4)

    return views
