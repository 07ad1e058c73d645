"""A small LaporDesk for tests of doors and pages: two people, two forms, the real turns, one SQLite file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fastapi import FastAPI

from bot.channels.webchat import Hub
from bot.enclosures import EnclosureShelf
from bot.evidence import Fetcher
from bot.forms import FormShelf
from bot.turn import Turns
from core.dialogue.known import House
from core.forms.written import to_json
from core.forms.xlsform import compile_form
from core.model.areas import Area, Level
from core.model.people import Person, Role
from core.model.records import Report
from desk.public import public_page
from storage.book import Book
from storage.evidence import Evidence
from storage.store import Store
from storage.vaults import Folder
from webhooks.files import files_door
from webhooks.webchat.door import webchat_door

VILLAGE = "64.72.05.1004"
AREAS = (
    Area("64", "Kalimantan Timur", Level.PROVINCE, "Provinsi"),
    Area("64.72", "Samarinda", Level.REGENCY, "Kota"),
    Area("64.72.05", "Samarinda Ulu", Level.DISTRICT, "Kecamatan"),
    Area(VILLAGE, "Sidodadi", Level.VILLAGE, "Kelurahan"),
)
HOUSE = "Bawaslu Kalimantan Timur"
OPENING = """
| survey |
| | type | name | label::Indonesia (id) | label::English (en) | required | relevant |
| | time | dibuka | Jam berapa TPS dibuka? | When did the polling station open? | yes | |
| | select_one sebab | sebab | Apa sebabnya terlambat? | Why was it late? | yes | ${dibuka} > '07:00' |
| | select_multiple barang | kurang | Apa yang kurang? | What was missing? | yes | ${sebab} = 'logistik' |
| | integer | hadir | Berapa pemilih sudah hadir? | How many voters have come? | yes | |
| | image | foto | Kirim foto TPS. | Send a picture. | | |
| | geopoint | tempat | Di mana TPS itu? | Where is it? | | |

| choices |
| | list_name | name | label::Indonesia (id) | label::English (en) |
| | sebab | logistik | Logistik belum lengkap | Supplies incomplete |
| | sebab | cuaca | Cuaca atau banjir | Weather or flood |
| | barang | tinta | Tinta | Ink |
| | barang | bilik | Bilik suara | Booths |
| | barang | surat | Surat suara | Ballots |

| settings |
| | form_id | version | form_title::Indonesia (id) | form_title::English (en) | default_language |
| | buka | 1 | Laporan pembukaan | Opening report | Indonesia (id) |

| lapordesk |
| | key | value |
| | kind | report |
| | audience | ptps |
| | menu | 10 |
"""


@dataclass(frozen=True, slots=True)
class SmallHouse:
    store: Store
    hub: Hub
    turns: Turns
    fetcher: Fetcher
    clock: Callable[[], datetime]
    evidence: Evidence
    files: EnclosureShelf
    folder: Path

    def app(self) -> FastAPI:
        app = FastAPI()
        door = webchat_door(
            self.turns, self.store, self.hub, self.fetcher, self.clock, False, "id", HOUSE, self.files
        )
        app.include_router(door)
        app.include_router(files_door(self.files))
        app.include_router(public_page(HOUSE, "id"))
        return app

    def reports(self) -> list[Report]:
        with self.store.reading() as book:
            return list(book.reports.every("buka"))


def small_house(
    store: Store, folder: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> SmallHouse:
    """With Siti, who is PTPS of TPS 012, and Oki, who is PKD; a visitor of the web chat may choose either."""
    with store.begin() as book:
        book.areas.save(AREAS)
        tps = book.areas.add_tps(VILLAGE, 12).code
        people = (
            _person(book, "Siti Contoh", "+628000000012", Role.PTPS, tps, clock()),
            _person(book, "Oki Contoh", "+628000000013", Role.PKD, VILLAGE, clock()),
        )
        publish(book, OPENING, clock())
    hub = Hub()
    turns = Turns(store, FormShelf(clock), House(HOUSE), clock, demo=lambda book: _those(book, people))
    evidence = Evidence(Folder(folder), store.keys)
    files = EnclosureShelf(store, evidence, clock, "https://lapor.example.org")
    fetcher = Fetcher(store, evidence, {}, clock)
    return SmallHouse(store, hub, turns, fetcher, clock, evidence, files, folder)


def _person(book: Book, name: str, phone: str, role: Role, area: str, now: datetime) -> int:
    person = book.people.save(name, phone, now)
    book.people.assign(person, role, area, now)
    return person


def publish(book: Book, markdown: str, now: datetime) -> None:
    compiled = compile_form(markdown.encode(), "md", {})
    assert compiled.form is not None, compiled.problems
    form = compiled.form
    book.forms.publish(to_json(form), form.name, form.version, form.name, markdown.encode(), now)


def _those(book: Book, people: tuple[int, ...]) -> tuple[Person, ...]:
    return tuple(person for person in map(book.people.get, people) if person)
