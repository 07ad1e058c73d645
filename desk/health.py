"""Is it alive, is it ready, and the figures for Prometheus."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from storage.backlog import Backlog, backlogs
from storage.store import Store
from storage.ticks import Run

NO_DATABASE = "the database does not answer"


def health(
    store: Store,
    registry: CollectorRegistry,
    clock: Callable[[], datetime],
    fallen: Callable[[], Iterable[str]] = tuple,
    numbers: Sequence[str] = (),
    jobs: Sequence[str] = (),
) -> APIRouter:
    """`/healthz`: the process answers. `/readyz`: so does the database, and nothing that runs beside the
    doors has `fallen` over. `/metrics`: figures without words; `numbers` are ours on WhatsApp, `jobs` the
    names of what the clock does.
    """
    router = APIRouter(include_in_schema=False)
    gauges = _Gauges(store, registry, clock, numbers, jobs)

    @router.get("/healthz")
    async def healthz() -> Response:
        return Response("ok\n", media_type="text/plain")

    @router.get("/readyz")
    async def readyz() -> Response:
        try:
            await run_in_threadpool(_knock, store)
        except SQLAlchemyError:
            return _unwell(NO_DATABASE)
        down = ", ".join(sorted(fallen()))
        return _unwell(f"fallen over: {down}") if down else Response("ready\n", media_type="text/plain")

    @router.get("/metrics")
    async def metrics() -> Response:
        try:
            await run_in_threadpool(gauges.look)
        except SQLAlchemyError:
            return _unwell(NO_DATABASE)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return router


def _knock(store: Store) -> None:
    """Raises SQLAlchemyError when nobody opens."""
    with store.reading() as book:
        book.outbox.next_due()


def _unwell(why: str) -> Response:
    return Response(f"{why}\n", status_code=503, media_type="text/plain")


class _Gauges:
    """What is read from the database when somebody asks."""

    def __init__(
        self,
        store: Store,
        registry: CollectorRegistry,
        clock: Callable[[], datetime],
        numbers: Sequence[str] = (),
        jobs: Sequence[str] = (),
    ) -> None:
        self.store = store
        self.numbers = numbers
        self.jobs = jobs
        self.clock = clock
        self.waiting = Gauge("lapordesk_outbox_waiting", "Messages not sent yet", registry=registry)
        self.oldest = Gauge(
            "lapordesk_outbox_oldest_seconds",
            "How long the oldest message waits to go out",
            registry=registry,
        )
        self.parked = Gauge("lapordesk_outbox_parked", "Messages given up", registry=registry)
        self.withheld = Gauge(
            "lapordesk_outbox_withheld",
            "Messages on WhatsApp that wait until their reader writes",
            registry=registry,
        )
        self.approached = Gauge(
            "lapordesk_whatsapp_approached",
            "People whom a number of ours wrote to first in the last 24 hours",
            ["number"],
            registry=registry,
        )
        by_channel = {
            "waiting": "Messages of the channel that are not sent yet",
            "parked": "Messages of the channel that were given up",
            "oldest_seconds": "How long the oldest message of the channel waits to go out",
        }
        self.of_channel = {
            name: Gauge(f"lapordesk_channel_{name}", what, ["channel"], registry=registry)
            for name, what in by_channel.items()
        }
        self.job_done = Gauge(
            "lapordesk_job_last_success_timestamp_seconds",
            "When a job of the clock last did what it should; 0: never",
            ["job"],
            registry=registry,
        )
        self.job_well = Gauge(
            "lapordesk_job_ok", "Its last run did not fall over (1) or did (0)", ["job"], registry=registry
        )
        self.unfetched = Gauge(
            "lapordesk_evidence_waiting", "Pictures and files not fetched yet", registry=registry
        )
        self.unfetched_since = Gauge(
            "lapordesk_evidence_oldest_seconds",
            "How long the oldest picture or file waits to be fetched",
            registry=registry,
        )
        self.failed = Gauge(
            "lapordesk_inbox_failed", "Messages that could not be dealt with", registry=registry
        )
        self.untold = Gauge(
            "lapordesk_hooks_oldest_seconds",
            "How long the oldest event waits to reach another system",
            registry=registry,
        )
        self.given_up = Gauge(
            "lapordesk_hooks_failed", "Events given up for another system in 30 days", registry=registry
        )

    def look(self) -> None:
        now = self.clock()
        with self.store.reading() as book:
            self.waiting.set(book.outbox.count_waiting())
            self.parked.set(book.outbox.count_parked())
            self.withheld.set(book.window.count_withheld())
            for number in self.numbers:
                self.approached.labels(number).set(book.window.approached(number, now))
            self.failed.set(book.inbox.count_failed())
            unfetched, expected = book.media.backlog()
            self.unfetched.set(unfetched)
            oldest, untold = book.outbox.oldest_waiting(now), book.hook_outbox.oldest_untold()
            self.given_up.set(book.hook_outbox.count_failed())
            for channel, backlog in backlogs(book.connection, now).items():
                self._look_at_channel(channel, backlog, now)
            for job in self.jobs:
                self._look_at(job, book.ticks.run(job))
        self.oldest.set(_age(oldest, now))
        self.untold.set(_age(untold, now))
        self.unfetched_since.set(_age(expected, now))

    def _look_at_channel(self, channel: str, backlog: Backlog, now: datetime) -> None:
        self.of_channel["waiting"].labels(channel).set(backlog.waiting)
        self.of_channel["parked"].labels(channel).set(backlog.parked)
        self.of_channel["oldest_seconds"].labels(channel).set(_age(backlog.oldest, now))

    def _look_at(self, job: str, run: Run | None) -> None:
        """A job that never ran has not failed; that it never succeeded is told."""
        done = run.succeeded_at if run else None
        self.job_done.labels(job).set(done.timestamp() if done else 0.0)
        self.job_well.labels(job).set(1.0 if run is None or run.is_well else 0.0)


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
