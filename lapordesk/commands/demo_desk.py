"""The desk of the demo: custodians whose passphrases everybody knows, one of the staff, invented cases."""

import os

from bot.letters import crockford
from core.model.cases import actor_of
from core.model.people import Person, Role
from lapordesk.commands.console import Console
from lapordesk.sample_cases import open_samples
from storage.book import Book
from storage.passwords import stretch
from storage.store import Store
from storage.tokens import SCOPES

CASES = "demo.cases"
"""How many invented cases there are, and a tracking code to try."""
STAFF, STAFF_AREA, STAFF_DAYS = "wahyu@contoh.example", "64", 30
SIGN_IN = "sepuluh perahu pulang sore"
CUSTODIANS = (
    ("Penjaga Satu Contoh", "empat kuda berlari di pantai"),
    ("Penjaga Dua Contoh", "tujuh sendok jatuh ke sungai"),
)
"""Nothing that has to stay secret may be told to a demo."""


def furnish(console: Console, store: Store, people: tuple[Person, ...]) -> None:
    """Custodians, one of the staff and some cases, the first time; a token for the staff each time."""
    with store.begin() as book:
        if not book.custodians.every():
            _custodians(console, book)
        member = book.staff.by_email(STAFF) or book.staff.add(
            STAFF, "Wahyu Contoh", Role.PROVINSI, STAFF_AREA, console.now
        )
        _, shown = book.tokens.make(member.id, SCOPES, STAFF_DAYS, "demo", console.now)
        console.say("commands.demo.staff", email=STAFF, role=member.role.upper(), token=shown)
        if book.accounts.of(member.id) is None:
            book.accounts.begin_plainly(member.id, stretch(SIGN_IN), console.now)
        if not book.marks.get(CASES):
            officers = {
                post.area: actor_of(person)
                for person in people
                for post in person.posts
                if post.role is Role.KABKOTA
            }
            opened, first = open_samples(book, officers, crockford, console.now)
            book.marks.put(CASES, f"{opened} {first}")
        count, _, code = book.marks.get(CASES).partition(" ")
    console.say("commands.demo.desk", address=console.desk_address, email=STAFF, password=SIGN_IN)
    console.say("commands.demo.cases", count=count, email=STAFF, code=code)


def _custodians(console: Console, book: Book) -> None:
    file = console.settings.data / "demo-recovery-key"
    _, written = book.custodians.add_recovery("Brankas Contoh", console.now)
    with os.fdopen(os.open(file, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as out:
        out.write(written + "\n")
    console.say("commands.demo.custodians", file=file)
    for name, passphrase in CUSTODIANS:
        number = book.custodians.add(name, passphrase, console.now)
        console.say("commands.demo.custodian", id=number, name=name, passphrase=passphrase)
