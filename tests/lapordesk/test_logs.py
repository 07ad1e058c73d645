"""What was said, and who said it, stands nowhere in the logs."""

import asyncio
import io
import logging
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import structlog

from lapordesk.duties import Duty, Watch
from lapordesk.logs import configure_logs
from tests.lapordesk.test_duties import Clumsy, until

WORDS = "kotak suara dibuka jam dua pagi"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root, hook, before = logging.getLogger(), threading.excepthook, structlog.get_config()
    handlers, level = root.handlers, root.level
    written = io.StringIO()
    configure_logs(written)
    yield written
    structlog.configure(**before)
    root.handlers, root.level, threading.excepthook = handlers, level, hook


def test_a_line_says_when_how_bad_and_what(lines: io.StringIO) -> None:
    structlog.get_logger().error("turn.failed", message="8812", at="respond.py:41")
    [line] = lines.getvalue().splitlines()
    assert line.startswith("timestamp=2")
    assert line.endswith("level=error event=turn.failed message=8812 at=respond.py:41")


def test_a_traceback_is_not_told(lines: io.StringIO) -> None:
    try:
        raise ValueError(WORDS)
    except ValueError:
        structlog.get_logger().exception("turn.failed", message="8812")
    assert "8812" in lines.getvalue()
    assert "kotak" not in lines.getvalue()


def test_of_what_a_library_logs_only_the_place_is_told(lines: io.StringIO) -> None:
    logging.getLogger("aiohttp.client").warning("no answer to %s", WORDS)
    try:
        raise KeyError(WORDS)
    except KeyError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n%s", WORDS)
    warned, failed = lines.getvalue().splitlines()
    assert "level=warning event=library logger=aiohttp.client at=test_logs:" in warned
    assert "error=KeyError from=test_logs.py:" in failed
    assert "kotak" not in lines.getvalue()


def test_the_servers_own_words_are_told(lines: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")
    assert 'says="Invalid HTTP request received."' in lines.getvalue()


async def test_a_task_that_falls_over_unseen_is_told_without_its_words(lines: io.StringIO) -> None:
    asyncio.get_running_loop().call_exception_handler(
        {"message": f"Task exception was never retrieved: {WORDS}", "exception": ValueError(WORDS)}
    )
    assert "logger=asyncio" in lines.getvalue()
    assert "error=ValueError" in lines.getvalue()
    assert "kotak" not in lines.getvalue()


def test_so_is_a_thread(lines: io.StringIO) -> None:
    def fall() -> None:
        raise ValueError(WORDS)

    thread = threading.Thread(target=fall, name="sqlite-writer")
    thread.start()
    thread.join()
    assert "thread=sqlite-writer" in lines.getvalue()
    assert "at=test_logs.py:" in lines.getvalue()
    assert "kotak" not in lines.getvalue()


async def test_a_line_that_cannot_be_written_stops_nobody(lines: io.StringIO) -> None:
    with suppress(OSError), Path("/dev/full").open("w") as full:
        configure_logs(full)
        structlog.get_logger().error("delivery.write failed", outcomes=1)
        logging.getLogger("aiohttp.client").warning("no answer")
        clumsy, watch = Clumsy(falls=1), Watch(rest=0)
        async with watch.over([Duty("delivery", clumsy.run, clumsy.stop)]):
            await until(lambda: clumsy.begun == 2)
    assert clumsy.finished
