"""Canaries: what must be sealed is looked for in every byte that reaches the disk."""

from dataclasses import replace
from pathlib import Path

from core.model.effects import Filed, Invited, Linked, Say
from core.model.messages import Address, Attachment, Channel, Reply
from core.model.records import Flag
from storage.keys import Keys
from storage.record import Origin, record
from storage.store import Store
from tests.databases import Databases
from tests.storage.kaltim import NOW, appoint
from tests.storage.samples import filed, message, publish

CHAT = Address(Channel.WHATSAPP, "628000000001", "+628000000099")
CANARIES = {
    "phone": "+628000000012",
    "digits of the phone": "8000000012",
    "peer": "8000000099",
    "answer": "amplop-kenari",
    "flag": "alasan-kenari",
    "reply": "balasan-kenari",
    "session": "sesi-kenari",
    "raw": "mentah-kenari",
    "ref": "berkas-kenari",
    "name of a file": "nama-kenari.jpg",
    "code": "7K2M9QXT",
}


def tell_all(store: Store) -> None:
    with store.begin() as book:
        publish(book)
        person = appoint(book, phone=CANARIES["phone"])
        met = book.addresses.meet(CHAT, NOW)
        heard = message(1, CHAT, CANARIES["raw"])
        inbox = book.inbox.receive(heard, NOW, CANARIES["raw"].encode(), met.id)
        picture = Attachment("image", CANARIES["ref"], CANARIES["name of a file"], media="a" * 16)
        book.media.expect(picture, met.id, NOW)
        report = filed("P-1", person, catatan=CANARIES["answer"])
        flagged = replace(report.latest, flags=(Flag("catatan", CANARIES["flag"]),))
        effects = [
            Linked(person, "number"),
            Filed(replace(report, revisions=(flagged,))),
            Say(Reply(CANARIES["reply"])),
            Invited(person, CANARIES["code"], 15),
        ]
        record(book, effects, Origin(met.id, person, CHAT.channel, inbox, NOW))
        book.sessions.keep(f"person:{person}", CANARIES["session"], NOW)


def test_nothing_sealed_is_on_the_disk(databases: Databases, keys: Keys) -> None:
    url = databases.sqlite()
    store = Store(url, keys)
    tell_all(store)
    path = Path(url.removeprefix("sqlite:///"))
    files = sorted(path.parent.glob(f"{path.name}*"))
    assert f"{path.name}-wal" in [file.name for file in files]
    content = b"".join(file.read_bytes() for file in files)
    store.close()
    content += path.read_bytes()
    assert b"Sidodadi" in content, "the search finds what is not sealed"
    assert [what for what, canary in CANARIES.items() if canary.encode() in content] == []


def test_nothing_sealed_is_in_a_dump(databases: Databases, keys: Keys) -> None:
    """PostgreSQL's files belong to its own user: there every row is asked for as text."""
    store = Store(databases.postgres(), keys)
    tell_all(store)
    with store.reading() as book:
        tables = book.connection.exec_driver_sql(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
        rows = [
            str(row)
            for table in tables.scalars().all()
            for row in book.connection.exec_driver_sql(f'SELECT t::text FROM "{table}" t').scalars()
        ]
    store.close()
    text = "\n".join(rows)
    assert "Sidodadi" in text
    assert [
        what for what, canary in CANARIES.items() if canary in text or canary.encode().hex() in text
    ] == []
