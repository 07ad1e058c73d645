"""`lapordesk backup` and `restore`: all of it in one sealed file, and back out of it into an empty place."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.model.cases import OPERATOR
from lapordesk.commands.console import CommandFailed, Console, Given
from lapordesk.commands.custodians import new_passphrase
from lapordesk.vaults import vault_of
from storage.backup.refusals import BackupRefused
from storage.backup.restoring import Place, Restored, restore_backup
from storage.backup.taking import take_backup
from storage.custodians import is_weak

TAKEN = "database.copied"
"""How the audit log calls it."""


def backup(*, to: Path, passphrase_file: Path | None = None, with_keys: bool = False, console: Given) -> None:
    settings = console.settings
    passphrase = new_passphrase(console, passphrase_file)
    if is_weak(passphrase):
        raise CommandFailed("secrets.custodians.weak")
    with console.store() as store, _refusals():
        with store.begin() as book:
            keys = {"keys": "yes" if with_keys else "no"}
            book.audit.write(OPERATOR.key, TAKEN, "database", keys, console.now)
        key_file = settings.key_file if with_keys else None
        taken = take_backup(store, vault_of(settings), to, passphrase, console.now, key_file)
    rows, files = console.number(taken.counts.all_rows), console.number(taken.counts.files)
    console.say("backups.taken", file=to, rows=rows, files=files, size=f"{taken.size / 1024**2:.1f}")
    if taken.counts.missing:
        console.say("backups.missing", count=console.number(taken.counts.missing))
    console.say("backups.sha256", sha256=taken.sha256)
    console.say("backups.with_keys" if with_keys else "backups.without_keys", file=settings.key_file)


def restore(
    file: Path, *, passphrase_file: Path | None = None, hold_outbox: bool = True, console: Given
) -> int:
    settings = console.settings
    if passphrase_file is None:
        passphrase = console.secret("backups.ask")
    else:
        passphrase = console.read(passphrase_file).partition("\n")[0].rstrip("\r")
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = Place(settings.database_url, vault_of(settings), settings.key_file)
    with _refusals():
        restored = restore_backup(file, passphrase, place, console.now, OPERATOR.key, hold=hold_outbox)
    return _tell(console, restored, held=hold_outbox)


def _tell(console: Console, restored: Restored, *, held: bool) -> int:
    counts = restored.counts
    rows, files = console.number(counts.all_rows), console.number(counts.files)
    at = f"{restored.taken_at.astimezone(console.zone):%Y-%m-%d %H:%M}"
    console.say("backups.restored", at=at, rows=rows, files=files)
    if restored.waiting:
        waiting = console.number(restored.waiting)
        console.say("backups.held" if held else "backups.not_held", count=waiting)
    verdict = restored.verdict
    if verdict.broken_at is not None:
        console.say("secrets.audit.broken", number=verdict.broken_at)
        return 1
    console.say("secrets.audit.count", count=console.number(verdict.count), head=verdict.head or "-")
    console.say("backups.erased_since")
    return 0


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except BackupRefused as refused:
        raise CommandFailed(f"backups.refused.{refused.reason}", **refused.values) from None
