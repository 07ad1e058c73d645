"""`lapordesk identity`: a custodian opens who brought a case; that, and every try, is in the audit log."""

from pathlib import Path

from core.model.cases import OPERATOR
from lapordesk.commands.cases import Email
from lapordesk.commands.console import CommandFailed, Given
from lapordesk.commands.staff import known, note_acting
from storage.identities import Withheld


def open_identity(
    number: str,
    *,
    reason: str,
    custodian: int | None = None,
    recovery: Path | None = None,
    email: Email = "",
    console: Given,
) -> None:
    if (custodian is None) == (recovery is None):
        raise CommandFailed("secrets.identity.which")
    key = console.read(recovery) if recovery else console.ask_secret("secrets.identity.ask")
    with console.store() as store, store.begin() as book:
        actor = known(book, email).actor if email else OPERATOR
        if email:
            note_acting(book, actor, number, console.now)
        if custodian is None:
            opened = book.identities.open_with_recovery(number, key, reason, actor, console.now)
        else:
            opened = book.identities.open(number, custodian, key, reason, actor, console.now)
    # From here on it stands in the audit log: only now is it shown.
    if isinstance(opened, Withheld):
        raise CommandFailed(f"secrets.identity.withheld.{opened.why}", number=number)
    console.listed(f"{_printable(name)}: {_printable(value)}" for name, value in opened.items())


def _printable(text: str) -> str:
    """What somebody typed must not steer the terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
