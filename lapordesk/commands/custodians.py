"""`lapordesk custodians`: who may open an identity, and the recovery key for when they cannot."""

import os
from collections.abc import Mapping
from pathlib import Path

from core.model.cases import OPERATOR
from lapordesk.commands.console import CommandFailed, Console, Given
from storage.book import Book
from storage.custodians import WeakPassphrase


def add(*, name: str, passphrase_file: Path | None = None, console: Given) -> None:
    passphrase = new_passphrase(console, passphrase_file)
    with console.store() as store, store.begin() as book:
        try:
            number = book.custodians.add(name, passphrase, console.now)
        except WeakPassphrase:
            raise CommandFailed("secrets.custodians.weak") from None
        _note(console, book, "custodian.added", number, {"name": name})
        can_seal = book.custodians.can_seal()
    console.say("secrets.custodians.added", number=number, name=name)
    _tell_whether(console, can_seal)


def recovery(*, to: Path, name: str = "recovery", console: Given) -> None:
    with console.store() as store, store.begin() as book:
        number, written = book.custodians.add_recovery(name, console.now)
        _note(console, book, "custodian.added", number, {"name": name, "kind": "recovery"})
        _write_new(to, written)  # before the commit: without its file such a key is worth nothing
        can_seal = book.custodians.can_seal()
    console.say("secrets.custodians.recovery", number=number, file=to)
    _tell_whether(console, can_seal)


def list_custodians(*, console: Given) -> None:
    with console.store() as store, store.reading() as book:
        custodians, can_seal = book.custodians.every(), book.custodians.can_seal()
    for one in custodians:
        state = "retired" if one.retired_at else one.kind
        day = f"{(one.retired_at or one.made_at).astimezone(console.zone):%Y-%m-%d}"
        console.say(f"secrets.custodians.row.{state}", number=one.id, name=one.name, day=day)
    _tell_whether(console, can_seal)


def retire(number: int, *, console: Given) -> None:
    with console.store() as store, store.begin() as book:
        if not book.custodians.retire(number, console.now):
            raise CommandFailed("secrets.custodians.unknown", number=number)
        _note(console, book, "custodian.retired", number, {})
        can_seal = book.custodians.can_seal()
    console.say("secrets.custodians.retired", number=number)
    _tell_whether(console, can_seal)


def new_passphrase(console: Console, file: Path | None) -> str:
    """Typed twice, or the first line of a file."""
    if file is not None:
        return console.read(file).partition("\n")[0].rstrip("\r")
    passphrase = console.ask_secret("secrets.custodians.ask")
    if console.ask_secret("secrets.custodians.again") != passphrase:
        raise CommandFailed("secrets.custodians.differ")
    return passphrase


def _write_new(file: Path, content: str) -> None:
    """For its owner alone, and never over another file."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CommandFailed("secrets.custodians.exists", file=file) from None
    with os.fdopen(handle, "w") as opened:
        opened.write(content + "\n")
        opened.flush()
        os.fsync(opened.fileno())


def _note(console: Console, book: Book, act: str, number: int, details: Mapping[str, str]) -> None:
    book.audit.write(OPERATOR.key, act, f"custodian {number}", details, console.now)


def _tell_whether(console: Console, can_seal: bool) -> None:
    console.say("secrets.custodians.ready" if can_seal else "secrets.custodians.not_ready")
