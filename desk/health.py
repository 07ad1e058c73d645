"""Is it alive, is it ready, and the figures for Prometheus."""

from collections.abc import Callable
from datetime import UTC, datetime

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from storage.store import Store


def health(store: Store, registry: CollectorRegistry) -> APIRouter:
    """`/healthz`: the process answers. `/readyz`: so does the database. `/metrics`: figures without words."""
    router = APIRouter(include_in_schema=False)
    gauges = _Gauges(store, registry)

    @router.get("/healthz")
    async def healthz() -> Response:
        return Response("ok\n", media_type="text/plain")

    @router.get("/readyz")
    async def readyz() -> Response:
        try:
            await run_in_threadpool(gauges.look)
        except SQLAlchemyError:
            return Response("the database does not answer\n", status_code=503, media_type="text/plain")
        return Response("ready\n", media_type="text/plain")

    @router.get("/metrics")
    async def metrics() -> Response:
        await run_in_threadpool(gauges.look)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return router


class _Gauges:
    """What is read from the database when somebody asks."""

    def __init__(self, store: Store, registry: CollectorRegistry) -> None:
        self.store = store
        self.waiting = Gauge("lapordesk_outbox_waiting", "Messages not sent yet", registry=registry)
        self.oldest = Gauge(
            "lapordesk_outbox_oldest_seconds", "Age of the oldest message that is due", registry=registry
        )
        self.parked = Gauge("lapordesk_outbox_parked", "Messages given up", registry=registry)
        self.failed = Gauge(
            "lapordesk_inbox_failed", "Messages that could not be dealt with", registry=registry
        )

    def look(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        with self.store.reading() as book:
            self.waiting.set(book.outbox.count_waiting())
            self.parked.set(book.outbox.count_parked())
            self.failed.set(book.inbox.count_failed())
            oldest = book.outbox.oldest_waiting()
        self.oldest.set(max(0.0, (now() - oldest).total_seconds()) if oldest else 0.0)
