"""What this process counts and times for Prometheus: messages in and out by channel, the stages of a turn."""

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server

from bot.outcomes import Outcome
from core.model.messages import Channel

STAGES = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
LAGS = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0, 7200.0, 86400.0)


class Meters:
    def __init__(self, registry: CollectorRegistry) -> None:
        self._sends = Counter(
            "lapordesk_sends",
            "Tries to send, by what came of them",
            ["outcome", "channel"],
            registry=registry,
        )
        self._turns = Counter(
            "lapordesk_turns",
            "Messages that came in: new, again (known already), or lost (not kept: it comes again)",
            ["channel", "outcome"],
            registry=registry,
        )
        self._lag = Histogram(
            "lapordesk_inbox_lag_seconds",
            "From when a new message was sent to when it was kept",
            ["channel"],
            buckets=LAGS,
            registry=registry,
        )
        self._stages = Histogram(
            "lapordesk_turn_stage_seconds",
            "waiting: a turn for its transaction; deciding, writing, transaction (all of it): those together",
            ["stage"],
            buckets=STAGES,
            registry=registry,
        )

    def sent(self, outcome: Outcome) -> None:
        channel = outcome.errand.address.channel.value
        self._sends.labels(type(outcome).__name__.lower(), channel).inc()

    def heard(self, channel: Channel, outcome: str, lag: float) -> None:
        self._turns.labels(channel.value, outcome).inc()
        if outcome == "new":
            self._lag.labels(channel.value).observe(max(0.0, lag))

    def spent(self, stage: str, seconds: float) -> None:
        self._stages.labels(stage).observe(seconds)


@contextmanager
def told_at(host: str, port: int | None, registry: CollectorRegistry) -> Iterator[None]:
    """The figures of a process without doors, on a port of their own; None: nowhere."""
    if port is None:
        yield
        return
    server, thread = start_http_server(port, host, registry)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
