from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import select

from storage.store import Store
from storage.tables import invitation
from tests.storage.kaltim import NOW

CODE = "7K2M-9QXT"


def test_a_code_opens_once_and_in_time(store: Store) -> None:
    with store.begin() as book:
        person = book.people.save("Budi", None, NOW)
        made = book.invitations.make(person, CODE, NOW, 15)
        found = book.invitations.find("7k2m 9qxt", NOW + timedelta(minutes=14))
        assert found is not None and (found.id, found.person_id) == (made, person)
        assert book.invitations.find("7K2M-9QXU", NOW) is None
        assert book.invitations.find(CODE, NOW + timedelta(minutes=15)) is None
        assert book.invitations.use(made, NOW)
        assert not book.invitations.use(made, NOW)
        assert book.invitations.find(CODE, NOW) is None


def test_a_new_card_takes_the_place_of_the_old_and_of_nothing_else(store: Store) -> None:
    with store.begin() as book:
        budi, siti = (book.people.save(name, None, NOW) for name in ("Budi", "Siti"))
        for person, code, purpose in (
            (budi, "AAAA1111", "card"),
            (siti, "BBBB2222", "card"),
            (budi, CODE, "channel"),
        ):
            book.invitations.make(person, code, NOW, 15, purpose)
        book.invitations.withdraw(budi, "card", NOW)
        assert [bool(book.invitations.find(code, NOW)) for code in ("AAAA1111", "BBBB2222", CODE)] == [
            False,
            True,
            True,
        ]


def test_of_several_at_once_one_gets_in(store: Store) -> None:
    with store.begin() as book:
        made = book.invitations.make(book.people.save("Budi", None, NOW), CODE, NOW, 15)

    def use(_: int) -> bool:
        with store.begin() as book:
            return book.invitations.use(made, NOW)

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(use, range(6))) == 1


def test_the_code_is_in_no_column(store: Store) -> None:
    with store.begin() as book:
        book.invitations.make(book.people.save("Budi", None, NOW), CODE, NOW, 15)
        row = str(book.connection.execute(select(invitation)).one()).upper()
        assert "7K2M" not in row and "9QXT" not in row
