"""Which addresses lie open to all, whatever they are dressed as."""

import pytest

from core.model.internet import is_literal, is_loopback, is_public


@pytest.mark.parametrize(
    ("address", "open_to_all"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:169.254.169.254", False),
        ("::ffff:8.8.8.8", True),
        ("169.254.169.254", False),
        ("64:ff9b::169.254.169.254", False),
        ("64:ff9b::8.8.8.8", True),
        ("2002:7f00:1::", False),
        ("not an address", False),
    ],
)
def test_public_addresses(address: str, open_to_all: bool) -> None:
    assert is_public(address) is open_to_all


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("8.8.8.8", False),
        ("localhost.contoh.example", False),
        ("127.1", False),
    ],
)
def test_this_machine_by_name_and_number(host: str, is_here: bool) -> None:
    assert is_loopback(host) is is_here


def test_a_name_is_no_number() -> None:
    assert is_literal("10.0.0.1")
    assert is_literal("fe80::1%eth0")
    assert not is_literal("data.contoh.example")
    assert not is_literal("2130706433")
