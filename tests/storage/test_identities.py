from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import select

from core.model.cases import Actor, NoteKind, Secrecy
from storage.book import Book
from storage.identities import _SUITE, CannotSeal, Withheld, _bound
from storage.keys import SealBroken
from storage.record import Origin, record
from storage.store import Store
from storage.tables import custodian, identity, identity_key
from tests.storage.case_samples import follow, opened
from tests.storage.kaltim import NOW
from tests.storage.samples import CHAT
from tests.storage.test_custodians import PASSPHRASE, two_and_recovery

WHO = {"nama": "Ibu Contoh", "telepon": "+62 800 1234567", "nik": "6472010101900001"}
NUMBER = "K-7K2-M9Q"
CUSTODIAN = Actor("staff", 3)
REASON = "Permintaan penyidik Gakkumdu"


def bring(book: Book, number: str = NUMBER) -> None:
    """A named case."""
    met = book.addresses.meet(CHAT, NOW)
    named = opened(number, "" if number != NUMBER else "7Q2M", secrecy=Secrecy.NAMED)
    record(book, [replace(named, identity=WHO)], Origin(met.id, None, CHAT.channel, None, NOW))


def prepare(book: Book) -> str:
    follow(book)
    recovery = two_and_recovery(book)
    bring(book)
    return recovery


def test_a_custodian_opens_it_with_a_reason_and_it_is_logged(store: Store) -> None:
    with store.begin() as book:
        prepare(book)
        assert book.identities.has(NUMBER)
        for custodian_id in (1, 2):
            assert book.identities.open(NUMBER, custodian_id, PASSPHRASE, REASON, CUSTODIAN, NOW) == WHO
        entries = [one for one in book.audit.of(NUMBER) if one.act == "identity.opened"]
        assert [one.details for one in entries] == [
            {"reason": REASON, "custodian": "1"},
            {"reason": REASON, "custodian": "2"},
        ]
        kept = book.cases.get(NUMBER)
        assert kept is not None
        assert (kept.notes[-1].kind, kept.notes[-1].text) == (NoteKind.OPENED_IDENTITY, REASON)
        assert "Ibu" not in str(kept)


@pytest.mark.parametrize(
    ("number", "custodian_id", "passphrase", "reason", "why"),
    [
        (NUMBER, 1, "bukan kata sandinya sama sekali", REASON, "passphrase"),
        (NUMBER, 9, PASSPHRASE, REASON, "passphrase"),
        (NUMBER, 3, PASSPHRASE, REASON, "passphrase"),
        (NUMBER, 1, PASSPHRASE, "perlu    ", "reason"),
        ("K-000-000", 1, PASSPHRASE, REASON, "nothing"),
    ],
)
def test_what_is_refused_is_logged_as_well(
    store: Store, number: str, custodian_id: int, passphrase: str, reason: str, why: str
) -> None:
    with store.begin() as book:
        prepare(book)
        withheld = book.identities.open(number, custodian_id, passphrase, reason, CUSTODIAN, NOW)
        assert withheld == Withheld(why)  # type: ignore[arg-type]
        last = book.audit.of(number)[-1]
        assert (last.act, last.actor, last.details["why"]) == ("identity.withheld", "staff:3", why)


def test_the_recovery_key_opens_it_when_no_custodian_is_left(store: Store) -> None:
    """The rehearsal of the manual."""
    with store.begin() as book:
        recovery = prepare(book)
        for custodian_id in (1, 2):
            book.custodians.retire(custodian_id, NOW)
            withheld = book.identities.open(NUMBER, custodian_id, PASSPHRASE, REASON, CUSTODIAN, NOW)
            assert withheld == Withheld("passphrase")
        opened_now = book.identities.open_with_recovery(NUMBER, recovery + "\n", REASON, CUSTODIAN, NOW)
        assert opened_now == WHO
        assert book.identities.open_with_recovery(NUMBER, "bukan kunci", REASON, CUSTODIAN, NOW) == Withheld(
            "key"
        )
        _, later = book.custodians.add_recovery("baru", NOW)
        assert book.identities.open_with_recovery(NUMBER, later, REASON, CUSTODIAN, NOW) == Withheld("key")


def test_without_custodians_nothing_is_taken_in(store: Store) -> None:
    with store.begin() as book:
        follow(book)
    with pytest.raises(CannotSeal), store.begin() as book:
        book.custodians.add("Satu Contoh", PASSPHRASE, NOW)
        book.custodians.add_recovery("brankas", NOW)
        bring(book)


def test_all_keys_of_the_server_do_not_open_it(store: Store) -> None:
    """Whoever has the database and the key file, but no passphrase, has tried everything that is there."""
    with store.begin() as book:
        prepare(book)
        sealed = book.connection.execute(select(identity.c.sealed)).scalar_one()
        wraps = book.connection.execute(select(identity_key)).all()
        custodians = {row.id: row for row in book.connection.execute(select(custodian))}
        assert len(wraps) == 3
        for ring in (book.keys.columns, book.keys.files, book.keys.replies):
            with pytest.raises(SealBroken):
                ring.open(sealed, "identity", "sealed", NUMBER)
        raw = [
            *book.keys.columns.keys.values(),
            book.keys.index_key,
            book.keys.codes_key,
            book.keys.audit_key,
        ]
        raw += [*book.keys.files.keys.values(), *book.keys.replies.keys.values()]
        for wrap in wraps:
            for key in (*raw, custodians[wrap.custodian_id].public_key):
                with pytest.raises(InvalidTag):
                    private = X25519PrivateKey.from_private_bytes(key)
                    _SUITE.decrypt(wrap.wrapped, private, _bound(NUMBER, wrap.custodian_id))


def test_a_wrapped_key_of_another_case_does_not_open_this_one(store: Store) -> None:
    with store.begin() as book:
        prepare(book)
        bring(book, "K-000-001")
        other = (
            select(identity_key.c.wrapped)
            .where(identity_key.c.case_number == "K-000-001", identity_key.c.custodian_id == 1)
            .scalar_subquery()
        )
        here = (identity_key.c.case_number == NUMBER, identity_key.c.custodian_id == 1)
        book.connection.execute(identity_key.update().where(*here).values(wrapped=other))
        assert book.identities.open(NUMBER, 1, PASSPHRASE, REASON, CUSTODIAN, NOW) == Withheld("key")


def test_a_destroyed_one_is_gone_for_everybody(store: Store) -> None:
    with store.begin() as book:
        recovery = prepare(book)
        book.identities.destroy(NUMBER)
        assert not book.identities.has(NUMBER)
        assert book.identities.open(NUMBER, 1, PASSPHRASE, REASON, CUSTODIAN, NOW) == Withheld("nothing")
        gone = book.identities.open_with_recovery(NUMBER, recovery, REASON, CUSTODIAN, NOW)
        assert gone == Withheld("nothing")
