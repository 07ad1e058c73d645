"""The sample roster of the demo: invented people in real places, and the mark that says who they are.

Whoever opens the web chat may become one of them, so they are remembered by id: a person who is added later
to the same database is never among them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.model.areas import Level, lineage
from core.model.people import Person, Role
from storage.book import Book

MARK = "demo"
"""Its value is the ids of the sample people, separated by spaces; a database without it is no demo."""
FACES = (Role.PTPS, Role.PKD, Role.PANWASCAM)
SIDODADI, AIR_PUTIH = "64.72.03.1005", "64.72.03.1004"
MELAYU, LOA_JANAN_ULU = "64.02.06.1005", "64.02.03.2003"


class RealPeople(Exception):
    """The database holds people who are not of the demo."""


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """`tps` is 0 for those who are of no polling station."""

    number: int
    name: str
    role: Role
    area: str
    tps: int = 0

    @property
    def phone(self) -> str:
        return f"+62800{self.number:07}"


_PEOPLE: tuple[tuple[str, Role, str, int], ...] = (
    ("Adi Contoh", Role.PTPS, SIDODADI, 1),
    ("Bunga Contoh", Role.PTPS, SIDODADI, 2),
    ("Citra Contoh", Role.PTPS, SIDODADI, 3),
    ("Dayat Contoh", Role.PTPS, AIR_PUTIH, 1),
    ("Endang Contoh", Role.PTPS, AIR_PUTIH, 2),
    ("Fajar Contoh", Role.PTPS, AIR_PUTIH, 3),
    ("Gita Contoh", Role.PTPS, MELAYU, 1),
    ("Hendra Contoh", Role.PTPS, MELAYU, 2),
    ("Intan Contoh", Role.PTPS, MELAYU, 3),
    ("Joko Contoh", Role.PTPS, LOA_JANAN_ULU, 1),
    ("Kartika Contoh", Role.PTPS, LOA_JANAN_ULU, 2),
    ("Lukman Contoh", Role.PTPS, LOA_JANAN_ULU, 3),
    ("Mega Contoh", Role.PKD, SIDODADI, 0),
    ("Nanda Contoh", Role.PKD, AIR_PUTIH, 0),
    ("Oki Contoh", Role.PKD, MELAYU, 0),
    ("Putri Contoh", Role.PKD, LOA_JANAN_ULU, 0),
    ("Rahmat Contoh", Role.PANWASCAM, "64.72.03", 0),
    ("Sri Contoh", Role.PANWASCAM, "64.02.06", 0),
    ("Taufik Contoh", Role.PANWASCAM, "64.02.03", 0),
    ("Umi Contoh", Role.KABKOTA, "64.72", 0),
    ("Vina Contoh", Role.KABKOTA, "64.02", 0),
    ("Wahyu Contoh", Role.PROVINSI, "64", 0),
)
SAMPLE = tuple(SamplePerson(number, *person) for number, person in enumerate(_PEOPLE, start=1))
NEIGHBOURS = ("64.72", "64.02.03", "64.02.06")
"""Each village there has a supervisor in the demo, so that a Monday has something to tell."""
_NAMES = (
    "Agus", "Bayu", "Cahya", "Dewi", "Eka", "Fitri", "Galih", "Hana", "Indra", "Juwita", "Krisna", "Lestari",
    "Made", "Nia", "Okta", "Puspa", "Ratna", "Surya", "Tirta", "Utami", "Vera", "Wulan", "Yuda", "Zainal",
)  # fmt: skip


def neighbours(book: Book) -> tuple[SamplePerson, ...]:
    """A PKD for each village of some kecamatan that has none among the sample people."""
    taken = {one.area for one in SAMPLE if one.role is Role.PKD}
    villages = [one.code for area in NEIGHBOURS for one in book.areas.under(area, Level.VILLAGE)]
    return tuple(
        SamplePerson(len(SAMPLE) + number, _named(number), Role.PKD, area)
        for number, area in enumerate((code for code in villages if code not in taken), start=1)
    )


def _named(number: int) -> str:
    """Dewi A. Contoh: no two are called the same."""
    turn, name = divmod(number, len(_NAMES))
    return f"{_NAMES[name]} {chr(ord('A') + turn)}. Contoh"


def load_sample(book: Book, now: datetime, more: Iterable[SamplePerson] = ()) -> None:
    """Add the sample people; doing it again changes nothing. `RealPeople` when others are there already."""
    before = set(_marked(book))
    if any(person.id not in before for person in book.people.every(limit=len(before) + 1)):
        raise RealPeople
    book.marks.put(MARK, " ".join(str(_add(book, person, now)) for person in (*SAMPLE, *more)))


def sample_people(book: Book) -> tuple[Person, ...]:
    """Whom a visitor of the demo's web chat may choose to be; nobody where no demo was loaded."""
    return tuple(person for person in map(book.people.get, _marked(book)) if person)


def faces(book: Book) -> tuple[Person, ...]:
    """Those of the sample people that the web chat offers: of each role that reports, one in each regency."""
    shown: dict[tuple[Role, str], Person] = {}
    for person in sample_people(book):
        for post in person.posts:
            if post.role in FACES:
                shown.setdefault((post.role, ".".join(lineage(post.area)[1:2])), person)
    return tuple(shown.values())


def _marked(book: Book) -> tuple[int, ...]:
    return tuple(map(int, book.marks.get(MARK).split()))


def _add(book: Book, person: SamplePerson, now: datetime) -> int:
    area = book.areas.add_tps(person.area, person.tps).code if person.tps else person.area
    person_id = book.people.save(person.name, person.phone, now)
    book.people.assign(person_id, person.role, area, now)
    return person_id
