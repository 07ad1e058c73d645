"""A province with so many reports: a person at each post, twenty weeks of several forms, sealed."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from core.forms.answers.spelling import each
from core.forms.form import Form, Kind
from core.forms.written import to_json
from core.model.areas import Area, Level
from core.model.records import Answers
from lapordesk.workbooks import BUNDLED, read_form_file
from storage.areas_source import load
from storage.book import Book
from storage.tables import expectation, holding, media, person, post, report, revision
from storage.written import write_answers
from tests.benchmarks.pouring import Dry, pour, without_checks

NOW = datetime(2024, 11, 21, 2, 0, tzinfo=UTC)
"""A Thursday, ten in the morning in Samarinda."""
BEGAN = datetime(2024, 1, 1, tzinfo=UTC)
WEEKS = 20
STATIONS = 6
"""Of a village: 6,228 in the province, of which it had 6,274."""
FORMS = ("lhp", "patroli", "logistik")
SILENT, LATE, VACANT = 13, 9, 61
"""One in so many."""
COUNTED = timedelta(days=33)
"""What is older is not added up for the analysis, nor is the longest form: it would take too long."""
VARIANTS = 300
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GIVEN = tuple(
    each(
        """
        Siti Budi Agus Dewi Sri Eko Rina Andi Nur Hadi Wati Joko Ayu Rudi Lestari Dian Fitri Bambang
        Yuni Arif Mega Surya Putri Dedi Indah Wahyu Ratna Hendra Maya Iwan
        """
    )
)
TOLD = tuple(
    each("warga petugas rumah jalan pemilih daftar pagi sore aman tertib hadir dicatat diawasi kotak tinta")
)

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Post:
    id: int
    area: str
    role: str


def settle(book: Book) -> list[Post]:
    """Areas, forms, posts and who holds them."""
    areas = tuple(load("64"))
    book.areas.save(areas)
    for name in FORMS:
        file = read_form_file(BUNDLED / f"{name}.md", areas)
        form = file.compile().form
        assert form
        book.forms.publish(to_json(form), name, form.version, name, file.source, BEGAN)
    without_checks(book.connection)
    posts = _posts(book, [one for one in areas if one.level is Level.VILLAGE])
    random.Random(6).shuffle(posts)  # or the first thousand reports were all of one regency
    return posts


def number_of(kind: str, serial: int) -> str:
    """P-7K2-M9Q: no two alike, and in no order, as they are drawn in service."""
    drawn, letters = serial * 387_420_489 % 32**6, ""
    for _ in range(6):
        drawn, digit = divmod(drawn, 32)
        letters += LETTERS[digit]
    return f"{kind}-{letters[:3]}-{letters[3:]}"


def report_all(book: Book, posts: Sequence[Post], many: int) -> None:
    """Every post at every round, some of them silent, some late; so many reports in all."""
    filler = _Filler(book)
    rounds = -(-many // len(posts)) + 1
    due: Iterator[tuple[int, Post, datetime]] = (
        (number, one, NOW - timedelta(days=7 * WEEKS) * (rounds - 1 - number) / rounds)
        for number in range(rounds)
        for one in posts
    )
    serial, filed = 0, 0
    with Dry(book.connection, expectation, report, revision, media):
        while filed < many and (page := list(islice(due, 20_000))):
            owed, reports, revisions, pictures = [], [], [], []
            for number, one, at in page:
                if filed == many:
                    break
                serial += 1
                told = serial % SILENT != 0
                owed.append(_owed(number, one, at, serial, is_told=told))
                if told:
                    filed += 1
                    reports.append(_filed(number, one, at, serial))
                    revisions += filler.revisions(reports[-1], serial)
                    pictures += _pictures(reports[-1], serial)
            pour(book.connection, expectation, owed)
            pour(book.connection, report, reports)
            pour(book.connection, revision, revisions)
            pour(book.connection, media, pictures)


def _posts(book: Book, villages: Sequence[Area]) -> list[Post]:
    stations = [
        Area(f"{one.code}.{n:03}", f"TPS {n:03}", Level.TPS, "TPS")
        for one in villages
        for n in range(1, STATIONS + 1)
    ]
    book.areas.save(stations)
    codes = sorted([one.code for one in villages] + [one.code for one in stations])
    posts = [Post(n, code, "pkd" if code.count(".") == 3 else "ptps") for n, code in enumerate(codes, 1)]
    chance = random.Random(64)
    names = [f"{chance.choice(GIVEN)} {chance.choice(GIVEN)} Contoh {one.id}" for one in posts]
    told = {"language": "", "created_at": BEGAN, "updated_at": BEGAN}
    pour(
        book.connection,
        person,
        ({"id": one.id, "name": name} | told for one, name in zip(posts, names, strict=True)),
    )
    where = {"seat": 1, "zone": "Asia/Makassar"}
    pour(book.connection, post, ({"id": one.id, "role": one.role, "area": one.area} | where for one in posts))
    held = (one.id for one in posts if one.id % VACANT)
    pour(book.connection, holding, ({"id": n, "post_id": n, "person_id": n, "since": BEGAN} for n in held))
    return posts


def _form(number: int, serial: int) -> str:
    return FORMS[0] if (number + serial) % 4 else FORMS[1 + number % 2]


def _owed(number: int, one: Post, due: datetime, serial: int, *, is_told: bool) -> Row:
    row: Row = {"election": "coba", "duty": f"d{number}", "form": _form(number, serial), "post_id": one.id}
    row |= {
        "area": one.area,
        "role": one.role,
        "period": due - timedelta(days=1),
        "due_at": due,
        "reminded": 0,
    }
    row |= {"state": "filed" if is_told else "open", "report": number_of("P", serial) if is_told else None}
    return row | {"told_at": _told_at(due, serial) if is_told else None}


def _told_at(due: datetime, serial: int) -> datetime:
    at = due + timedelta(minutes=serial % 90) if serial % LATE == 0 else due - timedelta(minutes=serial % 600)
    return min(at, NOW - timedelta(seconds=serial % 600))


def _filed(number: int, one: Post, due: datetime, serial: int) -> Row:
    at = _told_at(due, serial)
    is_changed = serial % 97 == 0
    standing = "filed" if not is_changed else "withdrawn" if serial % 5 == 0 else "corrected"
    last = 2 if is_changed else 1
    is_old = NOW - at > timedelta(days=5)
    row: Row = {
        "number": number_of("P", serial),
        "form": _form(number, serial),
        "version": "1",
        "post_id": one.id,
    }
    row |= {
        "person_id": one.id,
        "area": one.area,
        "practice": serial % 211 == 0,
        "started_at": at,
        "filed_at": at,
    }
    row |= {"standing": standing, "serial": last, "nihil": serial % 23 == 0, "flags": int(serial % 53 == 0)}
    is_counted = NOW - at > COUNTED or row["form"] == FORMS[0]
    return row | {"verified": last if is_old and serial % 40 else 0, "counted": last if is_counted else 0}


def _pictures(filed: Mapping[str, object], serial: int) -> Iterator[Row]:
    if _has_picture(serial):
        row: Row = {"id": _media(serial), "kind": "image", "state": "kept", "content_type": "image/jpeg"}
        row |= {
            "size": 250_000,
            "sha256": f"{serial:064x}",
            "path": f"{serial:x}",
            "attempts": 0,
            "reason": "",
        }
        yield row | {
            "report": filed["number"],
            "expected_at": filed["filed_at"],
            "kept_at": filed["filed_at"],
        }


def _has_picture(serial: int) -> bool:
    return serial % 10 == 0


def _media(serial: int) -> str:
    return f"{serial:016x}"


class _Filler:
    """Answers to every question of the forms, in some hundred variants, sealed for each report."""

    def __init__(self, book: Book) -> None:
        chance = random.Random(17)
        self.keys = book.keys
        self.texts = {}
        self.versions = {}
        for name in FORMS:
            file = read_form_file(BUNDLED / f"{name}.md", tuple(load("64")))
            form = file.compile().form
            assert form
            self.versions[name] = form.version
            self.texts[name] = [write_answers(_answers(form, chance)) for _ in range(VARIANTS)]

    def revisions(self, filed: Row, serial: int) -> Iterator[Row]:
        filed["version"] = self.versions[str(filed["form"])]
        words = self.texts[str(filed["form"])][serial % VARIANTS]
        if _has_picture(serial):
            words = words.replace('"foto":""', f'"foto":"{_media(serial)}"')
        for number in range(1, int(str(filed["serial"])) + 1):
            where = ("revision", "answers", str(filed["number"]), number)
            row: Row = {"report": filed["number"], "serial": number, "person_id": filed["person_id"]}
            row |= {"standing": filed["standing"] if number > 1 else "filed", "channel": "telegram"}
            row |= {"filed_at": filed["filed_at"], "sent_at": filed["filed_at"]}
            yield row | {"answers_sealed": self.keys.seal(words, *where)}


def _answers(form: Form, chance: random.Random) -> Answers:
    values = {}
    for question in form.questions():
        place = "/".join(question.path).replace("kegiatan/", "kegiatan[1]/").replace("saksi/", "saksi[1]/")
        options = form.lists.get(question.options, ())
        match question.kind:
            case Kind.SELECT_ONE | Kind.SELECT_MULTIPLE if options:
                values[place] = chance.choice(options).name
            case Kind.INTEGER | Kind.DECIMAL | Kind.RANGE:
                values[place] = str(chance.randrange(300))
            case Kind.DATETIME:
                values[place] = "2024-11-20T09:00:00.000+08:00"
            case Kind.TEXT:
                values[place] = " ".join(chance.choices(TOLD, k=6)).capitalize()
            case Kind.IMAGE:
                values[place] = ""
    return Answers(values, {"kegiatan": 1})
