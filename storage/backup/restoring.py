"""Restores a backup: looked through to its end first, then into an empty place, whole or not at all.

Every piece is proven twice: before anything is touched, and again as it is taken in.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, inspect

from storage.audit import Verdict
from storage.backup.box import BoxReader
from storage.backup.disk import write_new
from storage.backup.frames import (
    BYTES,
    END,
    FILE,
    HEAD,
    KEYS,
    ROWS,
    TABLE,
    Counts,
    FrameReader,
    Head,
    read_counts,
    read_head,
    read_rows,
)
from storage.backup.loading import load_tables, settle_hooks, settle_outbox
from storage.backup.refusals import BackupRefused
from storage.backup.rows import Layout
from storage.book import Book
from storage.keys import Keys
from storage.migrate import building, is_known, upgrade
from storage.vaults.vault import PATH, Filling, NotEmpty, Vault


@dataclass(frozen=True, slots=True)
class Contents:
    """What a look through the whole file found."""

    head: Head
    keys: bytes | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class Restored:
    taken_at: datetime
    counts: Counts
    waiting: int
    """Messages that were waiting to be sent."""
    verdict: Verdict
    """Of the audit log as it was in the backup."""
    with_keys: bool
    """The key file came out of the backup."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to restore: each of it empty, but the key file, which must be the right one when it is there."""

    url: str
    media: Vault
    key_file: Path


def look_through(file: Path, passphrase: str) -> Contents:
    """Open every piece and count everything; BackupRefused when anything is not as it was written."""
    counts = Counts()
    with _frames(file, passphrase) as frames:
        head = read_head(frames.one(HEAD))
        keys = next(frames.take(KEYS), None)
        for described in frames.take(TABLE):
            name = Layout.read(described).name
            counts.rows[name] = sum(len(read_rows(content)) for content in frames.take(ROWS))
        for _ in frames.take(FILE):
            counts.files += 1
            for _ in frames.take(BYTES):
                pass
        _require_same(counts, frames)
    return Contents(head, keys, counts)


def restore_backup(
    file: Path, passphrase: str, place: Place, now: datetime, actor: str, *, hold: bool = True
) -> Restored:
    """Messages that were waiting are held: a copy must not write to people what the original wrote too."""
    contents = look_through(file, passphrase)
    if not is_known(contents.head.revision):
        raise BackupRefused("newer")
    with (
        _right_keys(place.key_file, contents) as keys,
        _empty(place.media) as filling,
        building(place.url) as connection,
        _frames(file, passphrase) as frames,
    ):
        if inspect(connection).get_table_names():
            raise BackupRefused("database")
        counts = _take_in(connection, frames, filling, contents.head.revision)
        waiting = settle_outbox(connection, now, hold=hold)
        settle_hooks(connection, now, hold=hold)
        verdict = _audit(Book(connection, keys), contents.head, actor, now)
        filling.put_in_place()
    return Restored(contents.head.taken_at, counts, waiting, verdict, contents.keys is not None)


def _take_in(connection: Connection, frames: FrameReader, filling: Filling, revision: str) -> Counts:
    """Into the tables as they were then; only what is whole is brought up to date."""
    counts = Counts()
    upgrade(connection, revision)
    frames.one(HEAD)
    for _ in frames.take(KEYS):
        pass
    load_tables(connection, frames, counts)
    for path in frames.take(FILE):
        _write(filling, path.decode(), frames.take(BYTES))
        counts.files += 1
    _require_same(counts, frames)
    upgrade(connection)
    return counts


def _require_same(counts: Counts, frames: FrameReader) -> None:
    told = read_counts(frames.one(END))
    if (told.rows, told.files) != (counts.rows, counts.files):
        raise BackupRefused("damaged")
    counts.missing = told.missing


def _audit(book: Book, head: Head, actor: str, now: datetime) -> Verdict:
    """How the log came out of the backup; then it says itself that it did."""
    verdict = book.audit.verify()
    book.audit.write(actor, "database.restored", "database", {"taken": head.taken_at.isoformat()}, now)
    return verdict


@contextmanager
def _frames(file: Path, passphrase: str) -> Iterator[FrameReader]:
    with file.open("rb") as opened:
        yield FrameReader(BoxReader(opened, passphrase))


@contextmanager
def _right_keys(file: Path, contents: Contents) -> Iterator[Keys]:
    """The keys at hand, or those of the backup when there are none; never new ones."""
    comes_along = not file.exists()
    if comes_along and contents.keys is None:
        raise BackupRefused("no_keys", file=file)
    try:
        if comes_along and contents.keys is not None:
            write_new(file, contents.keys)
        keys = Keys.load(file)
        prints = keys.prints()
        if any(prints.get(name) != value for name, value in contents.head.prints.items()):
            raise BackupRefused("other_keys", file=file)
        yield keys
    except BaseException:
        if comes_along:
            file.unlink(missing_ok=True)
        raise


@contextmanager
def _empty(vault: Vault) -> Iterator[Filling]:
    """Nothing stays in it when the restore fails."""
    try:
        with vault.filling() as filling:
            yield filling
    except NotEmpty:
        raise BackupRefused("media") from None


def _write(filling: Filling, path: str, pieces: Iterator[bytes]) -> None:
    if not PATH.fullmatch(path):
        raise BackupRefused("damaged")
    filling.write(path, pieces)
