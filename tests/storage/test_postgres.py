import asyncio
import threading
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import Connection, text

from storage.postgres import PostgresEngine
from tests.databases import Databases


@pytest.fixture
def postgres(databases: Databases) -> Iterator[PostgresEngine]:
    made = PostgresEngine(databases.postgres(), 4)
    yield made
    made.close()


def cut_all_others(connection: Connection) -> None:
    connection.execute(
        text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    )


def put(connection: Connection, name: str) -> str:
    connection.execute(text("INSERT INTO setting VALUES (:name, '')"), {"name": name})
    return name


async def test_a_commit_waits_for_the_disk(postgres: PostgresEngine) -> None:
    setting = await postgres.perform(lambda c: c.exec_driver_sql("SHOW synchronous_commit").scalar_one())
    assert setting == "on"


async def test_a_host_that_vanishes_is_not_waited_for(postgres: PostgresEngine) -> None:
    """As libpq was told; that a cable is pulled cannot be played on one machine."""

    def told(connection: Connection) -> dict[str, str]:
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        return driver.info.get_parameters()

    parameters = await postgres.perform(told)
    wanted = {"keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3"}
    assert wanted | {"tcp_user_timeout": "25000", "connect_timeout": "5"} == {
        name: parameters[name] for name in (*wanted, "tcp_user_timeout", "connect_timeout")
    }


async def test_a_job_whose_connection_died_in_the_pool_runs_again(postgres: PostgresEngine) -> None:
    assert await postgres.perform(lambda c: put(c, "before")) == "before"
    other = PostgresEngine(postgres.url, 1)
    with other.begin() as connection:
        cut_all_others(connection)
    other.close()
    assert await postgres.perform(lambda c: put(c, "after")) == "after"


def test_beginning_finds_a_living_connection(postgres: PostgresEngine) -> None:
    with postgres.begin() as connection:
        put(connection, "before")
    other = PostgresEngine(postgres.url, 1)
    with other.begin() as connection:
        cut_all_others(connection)
    other.close()
    with postgres.begin() as connection:
        put(connection, "after")
    with postgres.reading() as connection:
        names = connection.exec_driver_sql("SELECT name FROM setting ORDER BY name").scalars().all()
    assert names == ["after", "before"]


async def test_a_deadlock_is_taken_again(postgres: PostgresEngine) -> None:
    with postgres.begin() as connection:
        for name in ("a", "b"):
            put(connection, name)
    met, through = threading.Barrier(2), threading.Event()
    tries: list[str] = []

    def cross(connection: Connection, first: str, second: str) -> None:
        tries.append(first)
        is_again = len(tries) > 2
        if is_again:  # else it may be faster than the one that waits for its row, and they meet once more
            assert through.wait(60)
        lock = text("SELECT 1 FROM setting WHERE name = :name FOR UPDATE")
        connection.execute(lock, {"name": first})
        if not is_again:
            met.wait(60)
        connection.execute(lock, {"name": second})
        through.set()

    await asyncio.gather(
        postgres.perform(lambda c: cross(c, "a", "b")), postgres.perform(lambda c: cross(c, "b", "a"))
    )
    assert len(tries) == 3


async def test_an_error_of_the_job_is_not_taken_again(postgres: PostgresEngine) -> None:
    tries = []

    def fail(_: Connection) -> None:
        tries.append(1)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await postgres.perform(fail)
    assert len(tries) == 1


async def test_what_was_acknowledged_survives_a_crash(databases: Databases) -> None:
    url = databases.postgres()
    engine = PostgresEngine(url, 4)
    names = [await engine.perform(lambda c, n=n: put(c, f"n{n}")) for n in range(30)]  # type: ignore[misc]
    databases.server.crash()
    databases.server.start()
    assert await engine.perform(lambda c: put(c, "after")) == "after"
    with engine.reading() as connection:
        kept = set(connection.exec_driver_sql("SELECT name FROM setting").scalars())
    engine.close()
    assert kept == {*names, "after"}
