"""One try: what is asked of the receiver, what its answers are taken for, and where nothing is ever sent."""

import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientTimeout
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.hooks.sending import HookSender
from core.hooks.signing import headers, secret_of
from core.hooks.trying import Answer
from tests.bot.clock import Clock
from tests.bot.hooks.receiver import Answering, receiving

SECRET, OLD = secret_of(bytes(range(32))), secret_of(bytes(range(1, 33)))
BODY = '{"type":"hook.test"}'
SIGNED = headers([SECRET], "evt_1", BODY, Clock().now)
QUICK = ClientTimeout(total=0.3)


class Names(AbstractResolver):
    """Every name leads there; asked more than once, to the next address."""

    def __init__(self, *hosts: str) -> None:
        self.hosts = list(hosts)
        self.asked = 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        there = self.hosts[min(self.asked, len(self.hosts) - 1)]
        self.asked += 1
        kind = socket.AF_INET6 if ":" in there else socket.AF_INET
        return [ResolveResult(hostname=host, host=there, port=port, family=kind, proto=0, flags=0)]

    async def close(self) -> None:
        pass


async def test_signed_and_nothing_else_is_told() -> None:
    async with receiving(200) as receiver, HookSender(is_local=True) as sender:
        assert await sender.send(receiver.address, BODY, SIGNED) == Answer(200)
        [one] = receiver.received
    assert one.is_signed_by(SECRET)
    assert not one.is_signed_by(secret_of(bytes(32)))
    assert (one.body, one.event) == (BODY, "evt_1")
    assert one.headers["Content-Type"] == "application/json"
    assert "Cookie" not in one.headers
    assert "Authorization" not in one.headers


@pytest.mark.parametrize(
    ("answering", "status", "says"),
    [
        (500, 500, "tidak x"),
        (410, 410, "tidak x"),
        ("redirect", 302, ""),
        (None, 0, "Server"),
        ("hang", 0, "timeout"),
    ],
)
async def test_what_comes_back(answering: Answering, status: int, says: str) -> None:
    async with receiving(answering) as receiver, HookSender(is_local=True, timeout=QUICK) as sender:
        answer = await sender.send(receiver.address, BODY, SIGNED)
        assert (answer.status, answer.text.startswith(says)) == (status, True)
        assert len(answer.text) <= 200
        assert len(receiver.received) == 1
        assert receiver.elsewhere == 0, "no redirect is followed"


async def test_nobody_there() -> None:
    async with HookSender(is_local=True, timeout=QUICK) as sender:
        assert await sender.send("http://127.0.0.1:9/hook", BODY, SIGNED) == Answer(0, "connection")


@pytest.mark.parametrize(
    "leads_to",
    ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fd00::1", "64:ff9b::127.0.0.1"],
)
@pytest.mark.parametrize("is_local", [False, True])
async def test_a_name_that_leads_inside_is_not_followed(leads_to: str, is_local: bool) -> None:
    names = Names(leads_to)
    async with (
        receiving() as receiver,
        HookSender(is_local=is_local, resolver=names, timeout=QUICK) as sender,
    ):
        port = receiver.address.split(":")[2]
        answer = await sender.send(f"https://bahaya.contoh.example:{port}", BODY, SIGNED)
        assert answer == Answer(0, "private")
        assert names.asked == 1


async def test_a_name_is_looked_up_each_time() -> None:
    """It led to the open Internet when it was set up, and at the first try; then it leads inside."""
    names = Names("192.88.99.1", "127.0.0.1")
    async with HookSender(resolver=names, timeout=ClientTimeout(total=0.2)) as sender:
        first = await sender.send("https://berubah.contoh.example/", BODY, SIGNED)
        assert first.text in ("timeout", "connection"), "it was tried there"
        assert await sender.send("https://berubah.contoh.example/", BODY, SIGNED) == Answer(0, "private")


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://127.0.0.1:{}/hook", "private"),
        ("https://[::ffff:127.0.0.1]:{}/hook", "private"),
        ("https://169.254.169.254/latest/meta-data", "private"),
        ("https://2130706433:{}/hook", "InvalidUrlClientError"),
        ("https://127.1:{}/hook", "InvalidUrlClientError"),
        ("https://0x7f000001:{}/hook", "private"),
        ("http://127.0.0.1:{}/hook", "https"),
        ("https://umi:sandi@127.0.0.1:{}/hook", "user"),
    ],
)
async def test_whatever_got_into_the_database_is_looked_at_again(address: str, why: str) -> None:
    async with receiving() as receiver, HookSender(timeout=QUICK) as sender:
        answer = await sender.send(address.format(receiver.address.split(":")[2].split("/")[0]), BODY, SIGNED)
        assert answer == Answer(0, why)
        assert receiver.received == []


async def test_the_manual_shows_how_to_verify() -> None:
    manual = (Path(__file__).parents[3] / "docs" / "operators.md").read_text()
    shown: dict[str, Callable[[str, dict[str, str], bytes], bool]] = {}
    exec(manual.partition("**To verify**")[2].split("```")[1].removeprefix("python"), shown)
    is_ours = shown["is_ours"]
    for age, is_taken in ((0, True), (400, False)):
        signed = headers([SECRET, OLD], "evt_1", BODY, datetime.now(UTC) - timedelta(seconds=age))
        async with receiving() as receiver, HookSender(is_local=True) as sender:
            await sender.send(receiver.address, BODY, signed)
        [one] = receiver.received
        assert is_ours(SECRET, one.headers, one.body.encode()) is is_taken
        assert is_ours(OLD, one.headers, one.body.encode()) is is_taken
        assert not is_ours(SECRET, one.headers, one.body.encode() + b" ")
        assert not is_ours(secret_of(bytes(32)), one.headers, one.body.encode())
