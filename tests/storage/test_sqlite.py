import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from storage.sqlite import BATCH, AlreadyServed, SqliteEngine
from tests.databases import Databases


@pytest.fixture
def url(databases: Databases) -> str:
    return databases.sqlite()


@pytest.fixture
def sqlite(url: str) -> Iterator[SqliteEngine]:
    made = SqliteEngine(url)
    yield made
    made.close()


def put(connection: Connection, name: str) -> str:
    connection.execute(text("INSERT INTO setting VALUES (:name, '')"), {"name": name})
    return name


def rows(url: str) -> set[str]:
    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    try:
        return {name for (name,) in connection.execute("SELECT name FROM setting")}
    finally:
        connection.close()


def test_the_file_is_opened_for_keeps(sqlite: SqliteEngine) -> None:
    with sqlite.begin() as connection:
        pragma = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


async def test_waiting_jobs_share_a_commit(sqlite: SqliteEngine) -> None:
    commits = 0

    def counted(connection: Connection) -> None:
        nonlocal commits
        commits += 1

    from sqlalchemy import event

    event.listen(sqlite._writing, "commit", counted)
    with sqlite._turn:  # the writer cannot begin: all jobs come to wait
        performing = [
            asyncio.ensure_future(sqlite.perform(lambda c, n=n: put(c, f"n{n}")))
            for n in range(2 * BATCH + 1)
        ]
        await asyncio.sleep(0.05)
    await asyncio.gather(*performing)
    assert 3 <= commits <= 4  # the writer may have taken the first job alone


async def test_nobody_is_told_before_the_commit(sqlite: SqliteEngine, url: str) -> None:
    seen: list[bool] = []
    performing = []
    for n in range(20):
        job = asyncio.ensure_future(sqlite.perform(lambda c, n=n: put(c, f"n{n}")))
        job.add_done_callback(lambda done: seen.append(done.result() in rows(url)))
        performing.append(job)
    await asyncio.gather(*performing)
    assert seen == [True] * 20


async def test_a_commit_that_fails_fails_all_of_its_jobs(sqlite: SqliteEngine, url: str) -> None:
    """A deferred foreign key is only looked at by the commit."""
    with sqlite.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE child (p TEXT REFERENCES area(code) DEFERRABLE INITIALLY DEFERRED)"
        )

    def orphan(connection: Connection) -> None:
        connection.exec_driver_sql("INSERT INTO child VALUES ('nowhere')")

    with sqlite._turn:
        jobs = [sqlite.perform(lambda c: put(c, "a")), sqlite.perform(orphan)]
        performing = [asyncio.ensure_future(job) for job in jobs]
        await asyncio.sleep(0.05)
    results = await asyncio.gather(*performing, return_exceptions=True)
    failed = [isinstance(result, Exception) for result in results]
    assert failed[1]
    assert failed[0] == ("a" not in rows(url))
    assert await sqlite.perform(lambda c: put(c, "b")) == "b"


async def test_a_broken_transaction_fails_its_batch_and_the_next_goes_on(
    sqlite: SqliteEngine, url: str
) -> None:
    def break_it(connection: Connection) -> None:
        connection.exec_driver_sql("ROLLBACK")

    with sqlite._turn:
        jobs = [
            sqlite.perform(lambda c: put(c, "a")),
            sqlite.perform(break_it),
            sqlite.perform(lambda c: put(c, "b")),
        ]
        performing = [asyncio.ensure_future(job) for job in jobs]
        await asyncio.sleep(0.05)
    results = await asyncio.gather(*performing, return_exceptions=True)
    for name, result in (("a", results[0]), ("b", results[2])):
        assert (result == name) == (name in rows(url))
    assert isinstance(results[1], OperationalError), "by which a turn knows that it may come again"
    assert await sqlite.perform(lambda c: put(c, "c")) == "c"


def test_a_second_serving_process_is_refused(sqlite: SqliteEngine, url: str) -> None:
    sqlite.claim_writing()
    sqlite.claim_writing()
    other = SqliteEngine(url)
    with pytest.raises(AlreadyServed, match="Another process serves"):
        other.claim_writing()
    with other.begin() as connection:  # a short write, as a command makes it, is welcome
        put(connection, "brief")
    sqlite.close()
    other.claim_writing()
    other.close()


WRITER = """
import asyncio, sys
from pathlib import Path
from storage.sqlite import SqliteEngine

async def main():
    engine = SqliteEngine(sys.argv[1])
    engine.claim_writing()

    async def one(worker):
        n = 0
        while True:
            name = f"{sys.argv[2]}-{worker}-{n}"
            await engine.perform(lambda c: c.exec_driver_sql("INSERT INTO setting VALUES (?, '')", (name,)))
            print(name, flush=True)
            n += 1

    await asyncio.gather(*(one(worker) for worker in range(20)))

asyncio.run(main())
"""


def test_what_was_acknowledged_survives_kill_9(url: str) -> None:
    acknowledged: set[str] = set()
    for turn in range(3):
        acknowledged |= _killed_after(300, url, turn)
    assert len(acknowledged) >= 900
    assert acknowledged <= rows(url)


def _killed_after(lines: int, url: str, turn: int) -> set[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, url, str(turn)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    with process:
        told = {process.stdout.readline().strip() for _ in range(lines)}
        os.kill(process.pid, signal.SIGKILL)
        told |= {line.strip() for line in process.stdout if line.endswith("\n")}
    return told
