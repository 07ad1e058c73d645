"""A real browser and a real server on loopback, for the pages.

`from tests.browser import browser` gives a module its Chromium; it may not live longer than the module, since
it keeps an event loop that asynchronous tests cannot bear.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=20_000)  # a busy machine is no fault of the page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@contextmanager
def serving(make: Callable[[], FastAPI], stopping: Callable[[], None] = lambda: None) -> Iterator[str]:
    """Serve in a thread of its own, on a port that is free; gives the address. `stopping` lets streams go."""
    loop = asyncio.new_event_loop()
    # With a `log_config` of its own uvicorn would take its loggers from every later test of this process.
    config = uvicorn.Config(
        make(),
        host="127.0.0.1",
        port=0,
        log_level="warning",
        log_config=None,
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    listening = config.bind_socket()
    listening.listen()  # from now on a browser is let in, at the latest when the server is up
    thread = threading.Thread(target=lambda: loop.run_until_complete(server.serve([listening])))
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        loop.call_soon_threadsafe(stopping)
        server.should_exit = True
        thread.join(10)
        loop.close()
        listening.close()


def faults(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it stands; empty when a screen reader gets along with it."""
    page.wait_for_load_state()  # a click that leads on returns as soon as the next page begins
    page.evaluate((files("axe_core_python") / "axe.min.js").read_text())
    found = page.evaluate("axe.run()")
    return [
        f"{rule['id']}: {node['html'][:120]} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
