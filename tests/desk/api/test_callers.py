"""Whose tries are counted together, and what the database learns of it."""

import pytest
from starlette.requests import Request

from desk.api.callers import Failures, caller, hidden


def seen(peer: str | None, passed_on: str = "") -> str:
    headers = [(b"x-forwarded-for", passed_on.encode())] if passed_on else []
    client = (peer, 4000) if peer is not None else None
    return caller(Request({"type": "http", "headers": headers, "client": client}))


@pytest.mark.parametrize(
    ("peer", "passed_on", "counted"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "10.9.9.9, 198.51.100.1", "198.51.100.1"),
        ("::1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "not an address", "127.0.0.1"),
        ("2001:db8:1:2:aaaa::1", "", "2001:db8:1:2::/64"),
        ("127.0.0.1", "2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "", "fe80::/64"),
        ("testclient", "198.51.100.1", "testclient"),
        (None, "", ""),
    ],
)
def test_the_caller_is_who_the_web_server_here_saw(peer: str | None, passed_on: str, counted: str) -> None:
    assert seen(peer, passed_on) == counted


def test_the_database_learns_only_that_it_is_the_same_one() -> None:
    one = hidden("203.0.113.7", b"k" * 32)
    assert one == hidden("203.0.113.7", b"k" * 32) != hidden("203.0.113.8", b"k" * 32)
    assert one != hidden("203.0.113.7", b"j" * 32)
    assert len(f"web:{one}") <= 32


def test_failures_are_forgiven_after_a_while() -> None:
    failures = Failures(2, 60.0)
    failures.note("a", 0.0)
    assert failures.wait("a", 1.0) == 0
    failures.note("a", 1.0)
    assert (failures.wait("a", 2.0), failures.wait("b", 2.0)) == (58, 0)
    assert failures.wait("a", 60.0) == 0
    failures.note("a", 61.0)
    assert failures.wait("a", 62.0) == 0
