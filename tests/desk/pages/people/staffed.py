"""A small roster for the pages, in two kab/kota; Siti alone has written to us, by Telegram."""

import pytest

from core.model.messages import Address, Channel
from core.model.people import Role
from storage.roster import Entry, import_roster
from tests.desk.api.office import VILLAGE
from tests.desk.pages.desk_office import Answer, DeskOffice, Officer

ON_ONE_ENGINE = pytest.mark.parametrize("engine", ["sqlite"])
"""Where it is not the database that is tested."""
ELSEWHERE = "64.02.06"
SITI, BUDI, DEWI, JOKO = (f"+62800000030{n}" for n in range(1, 5))


def staff(office: DeskOffice) -> dict[str, int]:
    """The number of each post, by its holder's name."""
    entries = [
        Entry(2, "Siti Contoh", SITI, Role.PTPS, f"{VILLAGE}.001"),
        Entry(3, "Budi Contoh", BUDI, Role.PTPS, f"{VILLAGE}.002"),
        Entry(4, "Dewi Contoh", DEWI, Role.PANWASCAM, "64.72.05"),
        Entry(5, "Joko Contoh", JOKO, Role.PANWASCAM, ELSEWHERE),
    ]
    with office.store.begin() as book:
        import_roster(book, entries, office.now)
        people = {one.name.partition(" ")[0]: one for one in book.people.every()}
        met = book.addresses.meet(Address(Channel.TELEGRAM, "bot", "301"), office.now)
        book.addresses.link(met.id, people["Siti"].id)
        return {name: one.posts[0].id for name, one in people.items()}


def bring(who: Officer, path: str, name: str, content: bytes, **fields: str) -> Answer:
    """A file by the form of the page."""
    sent = {"csrf": who.mark(), **fields}
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "https://lapor.example.org"}
    return who.browser.post(f"/desk{path}", data=sent, files={"file": (name, content)}, headers=headers)
