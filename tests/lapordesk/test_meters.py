"""What a process without doors tells Prometheus, and where."""

import socket

import httpx2
import pytest
from prometheus_client import CollectorRegistry

from core.model.messages import Channel
from lapordesk.meters import Meters, told_at


def test_figures_are_told_on_a_port_of_their_own() -> None:
    registry = CollectorRegistry()
    meters = Meters(registry)
    meters.heard(Channel.SMS, "new", 2.5)
    meters.heard(Channel.SMS, "lost", 9.0)
    meters.spent("deciding", 0.004)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with told_at("127.0.0.1", port, registry):
        told = httpx2.get(f"http://127.0.0.1:{port}/metrics").text
    assert 'lapordesk_turns_total{channel="sms",outcome="lost"} 1.0' in told
    assert 'lapordesk_inbox_lag_seconds_sum{channel="sms"} 2.5' in told
    assert 'lapordesk_turn_stage_seconds_bucket{le="0.005",stage="deciding"} 1.0' in told
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(f"http://127.0.0.1:{port}/metrics")


def test_where_no_port_is_set_nothing_is_told() -> None:
    with told_at("127.0.0.1", None, CollectorRegistry()):
        pass
