"""A store that speaks S3, on this machine: moto's server, in a process of its own."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from obstore.store import S3Store

from storage.vaults import Bucket

KEYS = {"access_key_id": "KUNCICONTOH", "secret_access_key": "rahasia-contoh", "region": "us-east-1"}
STARTING = 30.0


@dataclass(frozen=True, slots=True)
class S3:
    port: int

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """As an operator sets it."""
        named = {f"AWS_{name.upper()}": value for name, value in KEYS.items()}
        return named | {"AWS_ENDPOINT_URL": self.endpoint}

    def make(self, bucket: str) -> None:
        assert self.ask("PUT", f"/{bucket}")[0] == 200

    def bucket(self, url: str, arriving: Path) -> Bucket:
        return Bucket(url, arriving, endpoint=self.endpoint, **KEYS)

    def names(self, bucket: str) -> list[str]:
        """Of all that lies there."""
        store = S3Store(
            bucket, config=KEYS | {"endpoint": self.endpoint}, client_options={"allow_http": True}
        )  # type: ignore[arg-type]
        return sorted(one["path"] for one in store.list().collect())

    def ask(self, method: str, path: str) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


@contextmanager
def serving(port: int = 0) -> Iterator[S3]:
    s3 = S3(port or free_port())
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(s3.port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(s3, process)
            yield s3
        finally:
            process.kill()


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _wait(s3: S3, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline and process.poll() is None:
        try:
            s3.ask("GET", "/moto-api/data.json")
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the store did not start")
