"""What the doctor sees of processes and backups, on each engine."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from bot.shares import Presence
from core.speech.texts import texts
from lapordesk.commands.backups import TAKEN
from lapordesk.commands.console import Console
from lapordesk.commands.findings import Finding, State
from lapordesk.commands.upkeep import backup_found, processes_found
from lapordesk.duties import Duty, Watch
from lapordesk.settings import Settings
from lapordesk.signs import ROLES, signs_of_life
from storage.store import Store

NUMBERS = count(1)


@pytest.fixture
def console(store: Store, tmp_path: Path) -> Console:
    given = Settings(_env_file=None, data=tmp_path, database_url=store.url)  # type: ignore[call-arg]
    return Console(given, texts("en"))


def keys(found: list[Finding]) -> list[tuple[State, str]]:
    return [(one.state, one.key) for one in found]


def looked(store: Store, console: Console) -> list[Finding]:
    with store.reading() as book:
        return list(processes_found(console, book))


def test_the_age_of_the_last_backup_is_told(store: Store, console: Console) -> None:
    def after(days: float) -> Finding:
        with store.begin() as book:
            book.audit.write("operator", TAKEN, "database", {}, datetime.now(UTC) - timedelta(days=days))
            book.audit.write("operator", "case.moved", "K-1", {}, datetime.now(UTC))
            return backup_found(console, book)

    with store.reading() as book:
        assert backup_found(console, book).key == "no_backup"
    old = after(5.1)
    assert (old.state, old.key, old.values["days"]) == (State.LOOK, "old_backup", 5)
    assert "5 days old" in old.say(console) and "lapordesk backup" in old.say(console)
    fresh = after(1.9)
    assert (fresh.state, fresh.key) == (State.FINE, "backup")


async def test_processes_are_counted_by_role(store: Store, console: Console, engine: str) -> None:
    assert keys(looked(store, console)) == [(State.LOOK, "not_served")]
    if engine == "sqlite":
        store.claim_writing()
        assert keys(looked(store, console)) == [(State.FINE, "served")]
        return
    async with Watch().over([*_signs(store, "web"), *_signs(store, "web"), *_signs(store, "delivery")]):
        await _until(lambda: len(looked(store, console)) == 2)
        some = looked(store, console)
        assert keys(some) == [(State.FINE, "processes"), (State.BROKEN, "no_clock")]
        assert some[0].values == {"web": 2, "delivery": 1, "clock": 0}
        assert "serve --role clock" in some[1].say(console)
        async with Watch().over(_signs(store, "all")):
            await _until(lambda: len(looked(store, console)) == 1)
            assert looked(store, console)[0].values == {"web": 3, "delivery": 2, "clock": 1}
    assert keys(looked(store, console)) == [(State.LOOK, "not_served")]


def test_who_has_been_silent_is_no_more(store: Store, console: Console, engine: str) -> None:
    if engine == "sqlite":
        return
    now = datetime.now(UTC)
    with store.begin() as book:
        for role in ROLES:
            silent = timedelta(seconds=9 if role == "web" else 1)
            book.processes.beat(f"{role}-1", role, now - silent)
    assert keys(looked(store, console)) == [(State.FINE, "processes"), (State.BROKEN, "no_web")]


def _signs(store: Store, role: str) -> list[Duty]:
    def clock() -> datetime:
        return datetime.now(UTC)

    return signs_of_life(store, clock, role, Presence(store, f"delivery-{next(NUMBERS)}", clock))


async def _until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not done():
            await asyncio.sleep(0.05)
