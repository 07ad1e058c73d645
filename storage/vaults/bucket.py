"""Sealed files in a bucket of any store that speaks S3: AWS, MinIO, Ceph, the clouds.

s3://bucket/prefix/7e/41/7e41c0…
s3://bucket/prefix/restoring      while a restore fills it

A file is sealed on our own disk first and leaves only then: the store never sees a byte in clear.
"""

import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from storage.vaults.vault import PATH, Away, Filling, Lying, NotEmpty, Readable, checked

PART = 8 * 1024 * 1024
"""Bytes of one request, up or down: what is larger goes in several."""
AT_ONCE = 2
MARK = "restoring"
BATCH = 1000
"""The most that S3 erases with one request."""
CONNECT, ONE_REQUEST, ALL_TRIES = timedelta(seconds=5), timedelta(seconds=60), timedelta(seconds=20)
TRIES = 3
"""Few: who asks us tries again later, and holds a thread meanwhile."""


class Bucket:
    def __init__(self, url: str, arriving: Path, **config: str) -> None:
        """`config` has the names of the AWS_… variables, in small letters and without the beginning; what it
        leaves out is taken from the environment."""
        self.arriving = arriving
        self.name = urlsplit(url).netloc
        with _answers(url):
            self._store = S3Store.from_url(
                url,
                config=config,  # type: ignore[arg-type]
                client_options={
                    "allow_http": config.get("endpoint", "").startswith("http://"),
                    "connect_timeout": CONNECT,
                    "timeout": ONE_REQUEST,
                },
                retry_config={"max_retries": TRIES, "retry_timeout": ALL_TRIES},
            )

    def settle(self, file: Path, path: str) -> None:
        """Not "only if there is none": a request whose answer was lost is sent again, and must not fail."""
        in_parts = file.stat().st_size > PART
        with _answers(path):
            obstore.put(
                self._store,
                checked(path),
                file,
                use_multipart=in_parts,
                chunk_size=PART,
                max_concurrency=AT_ONCE,
            )
        file.unlink()

    @contextmanager
    def open(self, path: str) -> Iterator[Readable]:
        with _answers(path):
            reading = _Reading(self._store, checked(path))
        yield reading

    def erase(self, paths: Collection[str]) -> None:
        names = [checked(path) for path in paths]
        for start in range(0, len(names), BATCH):
            self._delete(names[start : start + BATCH])

    def shelved(self, shelf: str) -> Iterator[Lying]:
        with _answers(shelf):
            yield from self._list(shelf)

    def try_out(self) -> None:
        trial = f"trial/{secrets.token_hex(4)}"
        self._put(trial)
        with _answers(trial):
            obstore.get(self._store, trial).bytes()
        self._delete([trial])

    @contextmanager
    def filling(self) -> Iterator[Filling]:
        """What a restore that was killed left behind has its mark beside it, and does not count."""
        if not self._is_marked() and self._is_used():
            raise NotEmpty
        self._erase_all()
        self._put(MARK)
        try:
            yield _Filling(self)
        except BaseException:
            self._erase_all()
            self._delete([MARK])
            raise

    def unmark(self) -> None:
        self._delete([MARK])

    def _is_used(self) -> bool:
        with _answers(MARK):
            return any(self._list())

    def _is_marked(self) -> bool:
        try:
            with _answers(MARK):
                obstore.get(self._store, MARK)
        except FileNotFoundError:
            return False
        return True

    def _list(self, shelf: str | None = None) -> Iterator[Lying]:
        for page in obstore.list(self._store, prefix=shelf, chunk_size=BATCH):
            for one in page:
                if PATH.fullmatch(one["path"]):
                    yield Lying(one["path"], one["size"], one["last_modified"].timestamp())

    def _erase_all(self) -> None:
        with _answers(MARK):
            there = [one.path for one in self._list()]
        self.erase(there)

    def _put(self, name: str) -> None:
        with _answers(name):
            obstore.put(self._store, name, name.encode(), use_multipart=False)

    def _delete(self, names: list[str]) -> None:
        with _answers(names[0]):
            obstore.delete(self._store, names)


class _Reading:
    """A part in memory, the next one asked for when it is needed: a slow reader keeps no connection open."""

    def __init__(self, store: S3Store, path: str) -> None:
        self._store, self._path = store, path
        found = obstore.get(store, path)
        self._size = found.meta["size"]
        self._read = 0
        self._part = memoryview(b"")
        if self._size <= PART:
            self._part = memoryview(found.bytes().to_bytes())
            self._read = self._size

    def read(self, size: int, /) -> bytes:
        given = bytearray()
        while len(given) < size and (self._part or self._next()):
            taken = self._part[: size - len(given)]
            given += taken
            self._part = self._part[len(taken) :]
        return bytes(given)

    def _next(self) -> bool:
        length = min(PART, self._size - self._read)
        if not length:
            return False
        with _answers(self._path):
            part = obstore.get_range(self._store, self._path, start=self._read, length=length)
        self._part = memoryview(part.to_bytes())
        self._read += length
        return True


class _Filling:
    """Everything in its place at once, under a mark: what no row tells of is not seen."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    def write(self, path: str, pieces: Iterator[bytes]) -> None:
        self._bucket.arriving.mkdir(parents=True, exist_ok=True)
        file = self._bucket.arriving / checked(path)[-32:]
        try:
            with file.open("xb") as opened:
                opened.writelines(pieces)
            self._bucket.settle(file, path)
        finally:
            file.unlink(missing_ok=True)

    def put_in_place(self) -> None:
        self._bucket.unmark()


@contextmanager
def _answers(path: str) -> Iterator[None]:
    """A store that does not answer as it should is away; so is one whose bucket is not there."""
    try:
        yield
    except FileNotFoundError as missing:
        if "NoSuchBucket" in str(missing):
            raise Away(None, "NoSuchBucket", path) from None
        raise FileNotFoundError(None, "no such file", path) from None
    except BaseError as trouble:
        raise Away(None, _first_line(trouble), path) from None


def _first_line(trouble: Exception) -> str:
    return str(trouble).strip().partition("\n")[0]
