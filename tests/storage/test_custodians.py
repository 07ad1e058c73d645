import pytest
from sqlalchemy import select

from storage.book import Book
from storage.custodians import NoRecoveryKey, WeakPassphrase, WrongPassphrase, read_recovery
from storage.store import Store
from storage.tables import custodian
from tests.storage.kaltim import NOW

PASSPHRASE = "empat kata yang panjang sekali"


def two_and_recovery(book: Book) -> str:
    for name in ("Satu Contoh", "Dua Contoh"):
        book.custodians.add(name, PASSPHRASE, NOW)
    return book.custodians.add_recovery("brankas", NOW)[1]


@pytest.mark.parametrize("weak", ["", "pendek", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa", "sembilan belas huru"])
def test_a_short_passphrase_is_refused(store: Store, weak: str) -> None:
    with store.begin() as book:
        with pytest.raises(WeakPassphrase, match="at least 20"):
            book.custodians.add("Satu Contoh", weak, NOW)
        assert book.custodians.every() == []


def test_two_custodians_and_a_recovery_key_are_needed(store: Store) -> None:
    with store.begin() as book:
        assert not book.custodians.can_seal()
        first = book.custodians.add("Satu Contoh", PASSPHRASE, NOW)
        book.custodians.add("Dua Contoh", PASSPHRASE, NOW)
        assert not book.custodians.can_seal()
        book.custodians.add_recovery("brankas", NOW)
        assert book.custodians.can_seal()
        assert book.custodians.retire(first, NOW)
        assert not book.custodians.can_seal()
        assert not book.custodians.retire(first, NOW)
        assert [one.name for one in book.custodians.active()] == ["Dua Contoh", "brankas"]
        assert [one.retired_at for one in book.custodians.every()] == [NOW, None, None]


def test_a_private_key_opens_with_its_own_passphrase_alone(store: Store) -> None:
    with store.begin() as book:
        first = book.custodians.add("Satu Contoh", PASSPHRASE, NOW)
        second = book.custodians.add("Dua Contoh", PASSPHRASE + "!", NOW)
        key = book.custodians.unlock(first, PASSPHRASE)
        assert book.custodians.of_key(key) == first
        for whom, wrong in ((first, PASSPHRASE + "!"), (second, PASSPHRASE), (99, PASSPHRASE)):
            with pytest.raises(WrongPassphrase):
                book.custodians.unlock(whom, wrong)
        book.custodians.retire(first, NOW)
        with pytest.raises(WrongPassphrase):
            book.custodians.unlock(first, PASSPHRASE)


def test_a_private_key_under_another_public_one_does_not_open(store: Store) -> None:
    with store.begin() as book:
        first = book.custodians.add("Satu Contoh", PASSPHRASE, NOW)
        other = book.custodians.add("Dua Contoh", PASSPHRASE, NOW)
        sealed = select(custodian.c.private_sealed).where(custodian.c.id == other).scalar_subquery()
        book.connection.execute(
            custodian.update().where(custodian.c.id == first).values(private_sealed=sealed)
        )
        with pytest.raises(WrongPassphrase):
            book.custodians.unlock(first, PASSPHRASE)


def test_the_recovery_key_is_in_no_row(store: Store) -> None:
    with store.begin() as book:
        number, written = book.custodians.add_recovery("brankas", NOW)
        private = read_recovery(written)
        assert book.custodians.of_key(private) == number
        rows = str(book.connection.execute(select(custodian)).all())
        assert repr(private.private_bytes_raw())[2:-1] not in rows
        assert book.connection.execute(select(custodian.c.private_sealed)).scalar() is None


@pytest.mark.parametrize(
    "text", ["", "lapordesk-recovery-1:", "lapordesk-recovery-1:AAAA", "kunci", "AAAA" * 11]
)
def test_something_else_is_no_recovery_key(text: str) -> None:
    with pytest.raises(NoRecoveryKey):
        read_recovery(text)
