"""Acknowledged means kept: the process is killed again and again while many people fill a form."""

import asyncio
import random
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
import sqlalchemy as sql

from storage.keys import Keys
from storage.store import Store
from storage.tables import media, outbox, process
from tests.chaos.crowd import Supervisor, check_reports, crowd
from tests.chaos.hardship import FILED, undoubled
from tests.chaos.server import Server
from tests.conversations.stage import SECRET, picture
from tests.databases import Databases
from tests.standins.telegram import TelegramStandin
from webhooks.telegram import PATH, SECRET_HEADER, secret_for

KILLS = 3
PEOPLE = 30
PATIENCE = 60.0


# On SQLite `test_bad_minute.py` does this and more.
@pytest.mark.parametrize("engine", ["postgres"])
async def test_nothing_acknowledged_is_lost_when_the_process_is_killed(
    databases: Databases, engine: str, tmp_path: Path
) -> None:
    url = databases.fresh(engine)
    store = Store(url, Keys.load(tmp_path / "keys"))
    with closing(store), TelegramStandin() as telegram:
        account = telegram.token.partition(":")[0]
        people = crowd(store, account, PEOPLE)
        for one in people:
            telegram.start(one.chat)
            telegram.put_file(f"c-hasil-{one.number}", picture(50 + one.number))
        with Server(tmp_path, url, telegram) as server:
            done = asyncio.Event()
            killer = asyncio.create_task(_kill_now_and_then(server, done))
            async with aiohttp.ClientSession() as client:
                await asyncio.gather(*(_report(client, server, one, account) for one in people))
            done.set()
            assert await killer == KILLS
            _let_the_leases_end(store)
            async with asyncio.timeout(PATIENCE):
                await _until_all_is_said(telegram, people)
                await _until_the_pictures_are_kept(store, len(people))
        check_reports(store, people)
        with store.reading() as book:
            assert book.inbox.count_failed() == 0
            assert book.outbox.count_parked() == 0
        for one in people:
            heard = undoubled([str(message["text"]) for message in telegram.sent_to(one.chat)])
            assert len(heard) == len(set(heard)) and heard[-1].startswith(FILED), (one.number, heard)


async def _report(client: aiohttp.ClientSession, server: Server, one: Supervisor, account: str) -> None:
    """One after the other, each update repeated until it is acknowledged, as Telegram does."""
    for update in one.updates():
        while not await _post(client, server, update, account):
            await asyncio.sleep(random.uniform(0.4, 0.8))
        await asyncio.sleep(random.uniform(0.2, 1.5))  # people think; and the kills have something to hit


async def _post(
    client: aiohttp.ClientSession, server: Server, update: dict[str, object], account: str
) -> bool:
    headers = {SECRET_HEADER: secret_for(SECRET, account)}
    try:
        async with client.post(server.url + PATH, json=update, headers=headers) as answer:
            return answer.status == 200
    except (aiohttp.ClientError, ConnectionError):
        return False


async def _kill_now_and_then(server: Server, done: asyncio.Event) -> int:
    kills = 0
    while kills < KILLS and not done.is_set():
        await asyncio.sleep(random.uniform(0.3, 1.0))
        await asyncio.to_thread(server.kill)
        kills += 1
        await asyncio.to_thread(server.start)
    return kills


def _let_the_leases_end(store: Store) -> None:
    """What a killed process had in hand comes back when its lease ends: up to three minutes that we skip, and
    the seconds until it is missed."""
    now = datetime.now(UTC)
    with store.begin() as book:
        book.connection.execute(sql.delete(process))
        book.connection.execute(sql.update(outbox).where(outbox.c.due_at > now).values(due_at=now))
        book.connection.execute(sql.update(media).where(media.c.due_at > now).values(due_at=now))


async def _until_all_is_said(telegram: TelegramStandin, people: list[Supervisor]) -> None:
    for one in people:
        while not any(message["text"].startswith(FILED) for message in telegram.sent_to(one.chat)):
            await asyncio.sleep(0.2)


async def _until_the_pictures_are_kept(store: Store, many: int) -> None:
    found: list[str] = []
    while found != ["kept"] * many:
        await asyncio.sleep(0.2)
        with store.reading() as book:
            found = list(book.connection.execute(sql.select(media.c.state)).scalars())
