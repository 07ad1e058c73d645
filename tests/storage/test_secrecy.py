"""Canaries: what must be sealed is looked for in every byte that reaches the disk."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from core.model.cases import Secrecy
from core.model.effects import Filed, Invited, Linked, Say
from core.model.messages import Address, Attachment, Channel, Reply
from core.model.records import Answers, Flag
from storage.book import Book
from storage.exports import export_reports
from storage.keys import Keys
from storage.record import Origin, record
from storage.store import Store
from tests.databases import Databases
from tests.storage.case_samples import follow, noted, opened
from tests.storage.kaltim import NOW, appoint
from tests.storage.samples import filed, message, publish

WEB = Address(Channel.WEBCHAT, "web", "pengunjung-kenari")
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
    "name of a citizen": "Nama-Kenari",
    "phone of a citizen": "+628000000077",
    "national number": "6472010101900077",
    "home of a citizen": "jalan-kenari",
    "story": "cerita-kenari",
    "accused": "terlapor-kenari",
    "note on a case": "catatan-kenari",
    "tracking code": "7Q2MK9TD4XW1B6RE",
    "tracking code as it is told": "7Q2M-K9TD-4XW1-B6RE",
    "passphrase": "sandi kenari yang panjang sekali",
}
IDENTITY = ("name of a citizen", "phone of a citizen", "national number", "home of a citizen")
"""What even the key file does not open."""


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
        bring_case(book)


def bring_case(book: Book) -> None:
    """A named case, a note on it, its code on the way."""
    follow(book)
    recovery = [book.custodians.add(name, CANARIES["passphrase"], NOW) for name in ("Satu", "Dua")]
    book.custodians.add_recovery("brankas", NOW)
    assert len(recovery) == 2
    told = opened(
        "K-7K2-M9Q",
        CANARIES["tracking code"],
        secrecy=Secrecy.NAMED,
        story=CANARIES["story"],
        title=CANARIES["story"],
        accused=CANARIES["accused"],
        where=CANARIES["story"],
        answers=Answers({"cerita": CANARIES["story"]}),
    )
    identity = {name: CANARIES[name] for name in IDENTITY}
    met = book.addresses.meet(WEB, NOW)
    heard = book.inbox.receive(message(2, WEB, CANARIES["raw"]), NOW, CANARIES["raw"].encode(), met.id)
    code = Say(Reply(CANARIES["tracking code as it is told"]), secret=True)
    here = Origin(met.id, None, WEB.channel, heard, NOW)
    act = noted(told.case, text=CANARIES["note on a case"])
    record(book, [replace(told, identity=identity), code, act], here)


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


def test_whoever_has_the_key_file_too_reads_no_identity(store: Store) -> None:
    """Every sealed value that the keys open is opened and looked through."""
    tell_all(store)
    with store.reading() as book:
        case = book.cases.get("K-7K2-M9Q")
        assert CANARIES["story"] in str(case), "the working text is what the keys open"
        met = book.addresses.find(WEB)
        assert met is not None
        seen = [str(case), str(book.outbox.latest(met.id, 99)), str(book.audit.of("K-7K2-M9Q"))]
        seen += [str(book.retention.export_subject("K-7K2-M9Q")), str(book.sessions.quiet(NOW, NOW))]
        text = "\n".join(seen)
    assert [what for what in IDENTITY if CANARIES[what] in text] == []


def test_no_identity_and_no_story_is_in_an_export_a_log_or_a_temporary_file(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    caplog.set_level("DEBUG")
    tell_all(store)
    with store.reading() as book:
        export_reports(book, tmp_path / "laporan.csv")
    written = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert CANARIES["answer"].encode() in written, "the report itself is exported"
    hidden = [*IDENTITY, "story", "accused", "note on a case", "tracking code", "passphrase"]
    logged = caplog.text.encode()
    assert [what for what in hidden if CANARIES[what].encode() in written + logged] == []
