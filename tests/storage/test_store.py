import asyncio
import threading
from collections.abc import Callable

import pytest
from sqlalchemy import text

from storage.book import Book
from storage.keys import Keys
from storage.store import Store, StoreUnusable
from tests.databases import Databases


def count_up(book: Book) -> int:
    """Read, then write: what is lost when two do it at once."""
    row = book.connection.execute(
        text(
            "SELECT value FROM setting WHERE name = 'n' FOR UPDATE"
            if book.connection.dialect.name == "postgresql"
            else "SELECT value FROM setting WHERE name = 'n'"
        )
    ).scalar_one()
    book.connection.execute(text("UPDATE setting SET value = :n WHERE name = 'n'"), {"n": str(int(row) + 1)})
    return int(row) + 1


def put(name: str) -> Callable[[Book], str]:
    def job(book: Book) -> str:
        book.connection.execute(text("INSERT INTO setting VALUES (:name, '')"), {"name": name})
        return name

    return job


def names(store: Store) -> set[str]:
    with store.reading() as book:
        rows = book.connection.execute(text("SELECT name FROM setting WHERE name NOT LIKE 'keys.%'"))
        return set(rows.scalars())


@pytest.fixture
def counter(store: Store) -> Store:
    with store.begin() as book:
        book.connection.execute(text("INSERT INTO setting VALUES ('n', '0')"))
    return store


def value(store: Store) -> int:
    with store.reading() as book:
        return int(book.connection.execute(text("SELECT value FROM setting WHERE name = 'n'")).scalar_one())


def test_sixteen_threads_lose_no_update(counter: Store) -> None:
    def twenty_times() -> None:
        for _ in range(20):
            with counter.begin() as book:
                count_up(book)

    threads = [threading.Thread(target=twenty_times) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert value(counter) == 320


async def test_performed_jobs_lose_no_update(counter: Store) -> None:
    results = await asyncio.gather(*(counter.perform(count_up) for _ in range(320)))
    assert sorted(results) == list(range(1, 321))
    assert value(counter) == 320


async def test_performing_and_beginning_take_turns(counter: Store) -> None:
    def begin_often() -> None:
        for _ in range(50):
            with counter.begin() as book:
                count_up(book)

    others = asyncio.to_thread(begin_often)
    await asyncio.gather(others, *(counter.perform(count_up) for _ in range(50)))
    assert value(counter) == 100


async def test_a_failing_job_takes_back_only_its_own(store: Store) -> None:
    def fail(book: Book) -> None:
        put("lost")(book)
        raise ValueError("no")

    jobs = [store.perform(put("a")), store.perform(fail), store.perform(put("b"))]
    a, failure, b = await asyncio.gather(*jobs, return_exceptions=True)
    assert (a, b) == ("a", "b")
    assert isinstance(failure, ValueError)
    assert names(store) == {"a", "b"}


async def test_a_job_whose_row_exists_fails_alone(store: Store) -> None:
    jobs = [store.perform(put(name)) for name in ("a", "a", "b")]
    results = await asyncio.gather(*jobs, return_exceptions=True)
    assert sorted(map(str, (r for r in results if isinstance(r, str)))) == ["a", "b"]
    assert sum(isinstance(result, Exception) for result in results) == 1
    assert names(store) == {"a", "b"}


async def test_an_abandoned_job_harms_nobody(store: Store) -> None:
    abandoned = asyncio.ensure_future(store.perform(put("a")))
    await asyncio.sleep(0)
    abandoned.cancel()
    assert await store.perform(put("b")) == "b"
    assert "b" in names(store)


def test_an_exception_rolls_the_transaction_back(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.begin() as book:
        put("lost")(book)
        raise ZeroDivisionError
    assert names(store) == set()
    with store.begin() as book:
        put("kept")(book)
    assert names(store) == {"kept"}


def test_reading_writes_nothing(store: Store) -> None:
    with pytest.raises(Exception, match=r"read-?only"), store.reading() as book:
        put("lost")(book)
    assert names(store) == set()


def test_reading_sees_one_moment(store: Store) -> None:
    with store.reading() as before:
        count = text("SELECT count(*) FROM setting")
        seen = before.connection.execute(count).scalar_one()
        with store.begin() as book:
            put("later")(book)
        assert before.connection.execute(count).scalar_one() == seen
    with store.reading() as after:
        assert after.connection.execute(count).scalar_one() == seen + 1


def test_other_keys_are_refused(database_url: str, keys: Keys) -> None:
    Store(database_url, keys).close()
    with pytest.raises(StoreUnusable, match="other keys"):
        Store(database_url, Keys.make())
    Store(database_url, keys.rotated()).close()
    with pytest.raises(StoreUnusable, match="other keys"):
        Store(database_url, keys)


def test_an_empty_database_is_refused(databases: Databases, engine: str, keys: Keys) -> None:
    with pytest.raises(StoreUnusable, match="lapordesk migrate"):
        Store(databases.bare(engine), keys)
