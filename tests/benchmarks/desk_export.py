"""Exports of a million reports: rows a second, and the most memory that the process ever had.

python -m tests.benchmarks.desk_export serve URL KEYS PORT      a desk of its own, downloaded from
python -m tests.benchmarks.desk_export write URL KEYS FILE [FORM]      what `lapordesk export reports` does
"""

import csv
import io
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import uvicorn

from core.model.people import Role
from storage.exports import export_reports
from storage.keys import Keys
from storage.store import Store
from tests.benchmarks.desk_house import Desk
from tests.benchmarks.desk_ledger import NOW
from tests.benchmarks.figures import peak
from tests.benchmarks.processes import free_port

PIECE = 1 << 16
DAYS = (2, 19, 400)
"""Of the form that most reports are of: some 10,000 rows, 100,000, all."""
MOST_OF = "lhp"


def exports(url: str, keys: Path) -> Iterator[str]:
    """A line each: from where, as what, rows, rows a second, MB."""
    with _serving(url, keys) as (port, pid, cookie):
        for ending in ("csv", "xlsx"):
            for days in DAYS:
                since = (NOW - timedelta(days=days)).date().isoformat()
                address = f"http://127.0.0.1:{port}/desk/reports/export.{ending}?form={MOST_OF}&from={since}"
                rows, seconds, size = _download(address, cookie, ending)
                yield _line(f"desk, {ending}", rows, seconds, size, _most(pid))
    for ending in ("csv", "xlsx"):
        for form in ("patroli", ""):
            with tempfile.TemporaryDirectory() as folder:
                to = Path(folder) / f"reports.{ending}"
                command = [
                    sys.executable,
                    "-m",
                    "tests.benchmarks.desk_export",
                    "write",
                    url,
                    str(keys),
                    str(to),
                ]
                began = time.perf_counter()
                told = subprocess.run([*command, form], capture_output=True, text=True, check=True).stdout
                rows, memory = told.split()
                seconds = time.perf_counter() - began
                yield _line(f"command, {ending}", int(rows), seconds, to.stat().st_size, float(memory))


def _line(what: str, rows: int, seconds: float, size: int, memory: float) -> str:
    told = f"{rows:>10,} rows {seconds:>7.1f} s {rows / seconds:>7,.0f} rows a second"
    return f"{what:16}{told} {size / 1e6:>7,.0f} MB of file, peak memory {memory:.0f} MB"


def _download(address: str, cookie: str, ending: str) -> tuple[int, float, int]:
    """As a browser takes it: a piece at a time, rows counted as they come."""
    began, size, lines = time.perf_counter(), 0, 0
    asked = urllib.request.Request(address, headers={"Cookie": cookie})
    with tempfile.TemporaryFile() as kept, urllib.request.urlopen(asked) as answer:
        while piece := answer.read(PIECE):
            kept.write(piece)
            size += len(piece)
        seconds = time.perf_counter() - began
        kept.seek(0)
        lines = _rows(kept, ending)
    return lines, seconds, size


def _rows(kept: object, ending: str) -> int:
    if ending == "csv":
        return sum(1 for _ in csv.reader(io.TextIOWrapper(kept, "utf-8-sig"))) - 1  # type: ignore[type-var]
    with zipfile.ZipFile(kept) as book:  # type: ignore[call-overload]
        sheets = [name for name in book.namelist() if "worksheets" in name]
        return sum(_count(book.open(name)) - 1 for name in sheets)


def _count(sheet: object) -> int:
    found, tail = 0, b""
    while piece := sheet.read(1 << 20):  # type: ignore[attr-defined]
        found += (tail + piece).count(b"<row>") - tail.count(b"<row>")
        tail = piece[-4:]
    return found


@contextmanager
def _serving(url: str, keys: Path) -> Iterator[tuple[int, int, str]]:
    port = free_port()
    command = [sys.executable, "-m", "tests.benchmarks.desk_export", "serve", url, str(keys), str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        cookie = process.stdout.readline().strip()
        _wait(port)
        try:
            yield port, process.pid, cookie
        finally:
            process.terminate()


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/desk/sign-in").close()
        except OSError:
            time.sleep(0.1)
        else:
            return


def _most(pid: int) -> float:
    """The most memory that the process has had so far, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def serve(store: Store, port: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(store, Path(folder))
        print(desk.enter(Role.PROVINSI)["Cookie"], flush=True)
        uvicorn.run(desk.whole, port=port, log_level="error")


def write(store: Store, to: Path, form: str) -> None:
    with store.reading() as book:
        exported = export_reports(book, to, form=form)
    print(exported.reports, f"{peak():.0f}")


def main() -> None:
    what, url, keys, last, *rest = sys.argv[1:]
    store = Store(url, Keys.load(Path(keys)))
    match what:
        case "serve":
            serve(store, int(last))
        case "write":
            write(store, Path(last), rest[0] if rest else "")


if __name__ == "__main__":
    main()
