"""Takes a backup while LaporDesk runs: all tables from one view of the database, then the evidence they name.

with store.reading() as book: rows → box; the paths of evidence → a list in a temporary file
files on that list, as they lie sealed → box
"""

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from sqlalchemy import Connection, select

from storage.backup.box import BoxWriter
from storage.backup.disk import whole
from storage.backup.frames import BYTES, END, FILE, HEAD, KEYS, TABLE, Counts, FrameWriter, Head
from storage.backup.rows import Layout, batches
from storage.migrate import revision
from storage.store import Store
from storage.tables import media, metadata
from storage.vaults.vault import PATH, Vault

PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Taken:
    counts: Counts
    size: int
    sha256: str


def take_backup(
    store: Store, vault: Vault, to: Path, passphrase: str, now: datetime, key_file: Path | None = None
) -> Taken:
    """Everything into the new file `to`, which is seen only once it is whole. `vault` holds the evidence;
    the key file goes along only when it is given."""
    with whole(to) as file, tempfile.TemporaryFile("w+", encoding="ascii") as paths:
        box = BoxWriter(file, passphrase)
        frames, counts = FrameWriter(box), Counts()
        with store.reading() as book:
            head = Head(str(revision(book.connection)), now, store.keys.prints())
            frames.put(HEAD, head.written())
            if key_file is not None:
                frames.put(KEYS, key_file.read_bytes())
            _put_tables(book.connection, frames, counts)
            _list_evidence(book.connection, paths)
        _put_evidence(vault, paths, frames, counts)
        frames.put(END, counts.written())
        box.finish()
    return Taken(counts, box.size, box.sha256)


def _put_tables(connection: Connection, frames: FrameWriter, counts: Counts) -> None:
    """Those that others point at first."""
    for table in metadata.sorted_tables:
        frames.put(TABLE, Layout.of(table).written())
        counts.rows[table.name] = 0
        for rows in batches(connection, table):
            frames.put_rows(rows)
            counts.rows[table.name] += len(rows)


def _list_evidence(connection: Connection, paths: TextIO) -> None:
    """Not in memory: there may be a million of them."""
    streaming = connection.execution_options(stream_results=True, yield_per=1000)
    named = select(media.c.path, media.c.view_path).where(media.c.data_key.is_not(None))
    with streaming.execute(named) as result:
        for row in result:
            paths.writelines(f"{path}\n" for path in row if path and PATH.fullmatch(path))
    paths.seek(0)


def _put_evidence(vault: Vault, paths: TextIO, frames: FrameWriter, counts: Counts) -> None:
    """A written file never changes; one that was erased since the view was taken is counted as missing."""
    for path in map(str.strip, paths):
        try:
            with vault.open(path) as file:
                frames.put(FILE, path.encode())
                while piece := file.read(PIECE):
                    frames.put(BYTES, piece)
        except FileNotFoundError:
            counts.missing += 1
        else:
            counts.files += 1
