"""What LaporDesk is compared with: one FastAPI endpoint that reads the same JSON and commits one row.

As durable as ours: `synchronous=FULL` on SQLite, fsync on PostgreSQL.

python -m tests.benchmarks.bare <database url> <port>
"""

import sqlite3
import sys
from collections.abc import Callable
from threading import Lock

import uvicorn
from fastapi import FastAPI, Request
from psycopg_pool import ConnectionPool
from starlette.concurrency import run_in_threadpool

PATH = "/bare"
TABLE = "CREATE TABLE IF NOT EXISTS bare (update_id BIGINT, words TEXT)"
POOL = 8


def endpoint(keep: Callable[[int, str], None]) -> FastAPI:
    app = FastAPI()

    @app.post(PATH)
    async def receive(request: Request) -> None:
        update = await request.json()
        await run_in_threadpool(keep, update["update_id"], update["message"]["text"])

    @app.get("/readyz")
    async def ready() -> None: ...

    return app


def in_sqlite(path: str) -> Callable[[int, str], None]:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(TABLE)
    alone = Lock()

    def keep(update_id: int, words: str) -> None:
        with alone:
            connection.execute("INSERT INTO bare VALUES (?, ?)", (update_id, words))

    return keep


def in_postgres(url: str) -> Callable[[int, str], None]:
    pool = ConnectionPool(url, min_size=POOL, max_size=POOL, open=True)
    with pool.connection() as connection:
        connection.execute(TABLE)

    def keep(update_id: int, words: str) -> None:
        with pool.connection() as connection:
            connection.execute("INSERT INTO bare VALUES (%s, %s)", (update_id, words))

    return keep


def main(url: str, port: str) -> None:
    sqlite = url.removeprefix("sqlite:///")
    keep = in_sqlite(sqlite) if sqlite != url else in_postgres(url)
    uvicorn.run(endpoint(keep), host="127.0.0.1", port=int(port), log_level="warning")


if __name__ == "__main__":
    main(*sys.argv[1:])
