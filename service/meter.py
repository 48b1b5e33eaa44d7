"""What the service counts, for Prometheus. Each process counts for itself."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from service.engine import Answer

_SECONDS = (0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30, 60)
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_CHARACTERS = (100, 300, 1000, 3000, 10_000, 30_000, 100_000, 1_000_000)


class Meter:
    """The counters of one app; `media_type` is that of what `exposed` returns."""

    media_type = CONTENT_TYPE_LATEST

    def __init__(self, waiting: Callable[[], int]):
        self._registry = registry = CollectorRegistry()
        self._requests = Counter(
            "nianbao_requests", "Requests answered.", ["method", "route", "status"], registry=registry
        )
        self._latency = Histogram(
            "nianbao_request_seconds", "From request to answer.", ["route"], buckets=_SECONDS, registry=registry
        )
        self._failures = Counter(
            "nianbao_failures", "Refusals and failures by their code.", ["code"], registry=registry
        )
        self._reading = Histogram(
            "nianbao_reading_seconds", "The model and the rebuilding, one text.", buckets=_SECONDS, registry=registry
        )
        self._waited = Histogram("nianbao_waiting_seconds", "A text in the queue.", buckets=_SECONDS, registry=registry)
        self._characters = Histogram(
            "nianbao_characters", "Characters a text, which are the model's tokens.", buckets=_CHARACTERS,
            registry=registry,
        )  # fmt: skip
        queue = Gauge("nianbao_queue_length", "Texts that wait for their turn.", registry=registry)
        queue.set_function(waiting)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        named = method if method in _METHODS else "other"  # a client may invent one
        self._requests.labels(named, route, status).inc()
        self._latency.labels(route).observe(seconds)

    def failure(self, code: str) -> None:
        self._failures.labels(code).inc()

    def reading(self, characters: int, answer: Answer) -> None:
        self._characters.observe(characters)
        self._reading.observe(answer.took)
        self._waited.observe(answer.waited)

    def exposed(self) -> bytes:
        return generate_latest(self._registry)
