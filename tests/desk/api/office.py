"""The API over a store with a province's beginnings: areas, procedures, staff with tokens, a case or two."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import httpx2
from starlette.testclient import TestClient

from core.cases.acts import Opening, noted
from core.cases.lifecycle import alert_of_opening, open_case
from core.cases.procedures import read_procedure
from core.cases.tracking import make
from core.forms.form import Form, Kind, Question
from core.forms.written import to_json
from core.model.areas import Area, Level
from core.model.cases import CITIZEN, Case, NoteKind, Secrecy
from core.model.effects import Opened
from core.model.messages import Address, Attachment, Channel
from core.model.people import Role
from core.model.records import Answers, Report, Revision, Standing
from desk.api.app import api
from desk.api.house import House
from scheduler.render.paper import make_paper
from scheduler.render.picture import draw_picture
from scheduler.render.sheet import make_sheet
from storage.book import Book
from storage.evidence import Evidence
from storage.record import Origin, record
from storage.store import Store
from storage.tokens import SCOPES
from storage.vaults import Folder

NOW = datetime(2024, 11, 20, 2, 0, tzinfo=UTC)
PROCEDURES = Path(__file__).parents[3] / "lapordesk" / "bundled" / "procedures" / "pilkada"
VILLAGE = "64.72.05.1004"
AREAS = (
    Area("64", "Kalimantan Timur", Level.PROVINCE, "Provinsi"),
    Area("64.72", "Samarinda", Level.REGENCY, "Kota"),
    Area("64.72.05", "Samarinda Ulu", Level.DISTRICT, "Kecamatan"),
    Area(VILLAGE, "Sidodadi", Level.VILLAGE, "Kelurahan"),
    Area("64.02", "Kutai Kartanegara", Level.REGENCY, "Kabupaten"),
    Area("64.02.06", "Loa Janan", Level.DISTRICT, "Kecamatan"),
    Area("63", "Kalimantan Selatan", Level.PROVINCE, "Provinsi"),
    Area("63.71", "Banjarmasin", Level.REGENCY, "Kota"),
)
PASSPHRASES = ("empat kuda berlari di pantai", "tujuh sendok jatuh ke sungai")
QUESTION = Question(("uraian",), Kind.TEXT, {"id": "Uraian"})
FORM = to_json(Form("lhp", "1", {"id": "LHP"}, (QUESTION,), {}))
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

Headers = Mapping[str, str]
Answer = httpx2.Response


class Office:
    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.now = NOW
        self.woken = 0
        self.evidence = Evidence(Folder(folder), store.keys)
        self._numbers = drawn()
        draw = {"png": draw_picture, "xlsx": make_sheet, "pdf": make_paper}
        self.house = House(store, self.evidence, lambda: self.now, self.letters, wake=self._wake, draw=draw)
        self.app = api(self.house)
        self.visit = TestClient(
            self.app, base_url="http://lapor.example.org", headers={"Accept-Language": "en"}
        )
        with store.begin() as book:
            book.areas.save(AREAS)
            for file in sorted(PROCEDURES.glob("*.toml")):
                publish(book, file)
        self.samarinda = self.token(Role.KABKOTA, "64.72")

    def letters(self, number: int) -> str:
        return next(self._numbers)[-number:]

    def token(self, role: Role, area: str, *scopes: str, email: str = "") -> Headers:
        """The header of one of the staff with such a token; the same one for the same role and area."""
        email = email or f"{role.value}-{area or 'ri'}@contoh.example"
        with self.store.begin() as book:
            member = book.staff.by_email(email) or book.staff.add(email, "Umi Contoh", role, area, NOW)
            _, shown = book.tokens.make(member.id, scopes or SCOPES, 30, "", NOW)
        return {"Authorization": f"Bearer {shown}"}

    def key_of(self, role: Role, area: str) -> str:
        with self.store.reading() as book:
            member = book.staff.by_email(f"{role.value}-{area or 'ri'}@contoh.example")
        assert member
        return member.actor.key

    def opens(
        self,
        procedure: str = "informasi-awal",
        area: str = VILLAGE,
        secrecy: Secrecy = Secrecy.CONFIDENTIAL,
        identity: Mapping[str, str] | None = None,
        title: str = "Pembagian sembako",
        story: str = "Ada yang membagikan sembako dan amplop di balai desa.",
        code: str = "",
        exclude: str = "",
    ) -> str:
        """A citizen brings a case by Telegram; gives its number."""
        with self.store.begin() as book:
            found = book.procedures.current(procedure)
            assert found
            number = f"K-{self.letters(3)}-{self.letters(3)}"
            opening = Opening(number, secrecy, area, "64", title=title, story=story)
            case, note = open_case(opening, found, CITIZEN, self.now)
            met = book.addresses.meet(Address(Channel.TELEGRAM, "bot", number), self.now)
            opened = Opened(case, note, code, identity or {}, is_theirs=True)
            origin = Origin(met.id, None, Channel.TELEGRAM, None, self.now)
            record(book, (opened, alert_of_opening(case, found)), origin)
            if exclude:
                self._exclude(book, number, exclude)
        return number

    def pictured(self, number: str, media: str) -> bytes:
        """A picture came with the case; gives what is shown of it."""

        async def pieces() -> AsyncIterator[bytes]:
            yield b"the original"

        seen = b"\xff\xd8 the cleaned copy \xff\xd9"
        sealed = asyncio.run(self.evidence.keep(media, pieces(), 1000))
        view = self.evidence.add_copy(media, sealed.data_key, seen)
        with self.store.begin() as book:
            met = book.addresses.meet(Address(Channel.TELEGRAM, "bot", number), self.now)
            attachment = Attachment("image", "ref", "foto.jpg", "image/jpeg", 12, media)
            book.media.expect(attachment, met.id, self.now)
            book.media.belong_to_case([media], number, met.id)
            book.media.keep(
                media,
                content_type="image/jpeg",
                size=sealed.size,
                sha256=sealed.sha256,
                path=sealed.path,
                data_key=sealed.data_key,
                now=self.now,
                view_path=view,
            )
        return seen

    def reported(self, number: str = "P-7K2-M9Q") -> str:
        """Siti, PKD of Sidodadi, filed what she saw."""
        answers = Answers({"uraian": "Pengawasan kampanye berjalan aman."})
        first = Revision(1, Standing.FILED, answers, (), 1, Channel.TELEGRAM, self.now, self.now)
        with self.store.begin() as book:
            person = book.people.save("Siti Contoh", "+628000000012", self.now)
            post = book.people.assign(person, Role.PKD, VILLAGE, self.now)
            book.forms.publish(FORM, "lhp", "1", "LHP", b"", self.now)
            first = replace(first, person=person)
            book.reports.file(Report(number, "lhp", "1", post, person, False, self.now, (first,)))
        return number

    def custodians(self) -> tuple[int, int]:
        """Two of them, and a recovery key that nobody needs here."""
        with self.store.begin() as book:
            one, two = (book.custodians.add(f"Penjaga {n} Contoh", PASSPHRASES[n], NOW) for n in (0, 1))
            book.custodians.add_recovery("Brankas Contoh", NOW)
        return one, two

    def get(self, path: str, who: Headers | None = None, **more: object) -> Answer:
        return self.visit.get(path, headers=self._headers(who, more), **more)  # type: ignore[arg-type]

    def post(self, path: str, who: Headers | None = None, **body: object) -> Answer:
        return self.visit.post(path, headers=self._headers(who, {}), json=body)

    def case(self, number: str) -> Case:
        with self.store.reading() as book:
            case = book.cases.get(number)
        assert case
        return case

    def audit(self, subject: str) -> list[str]:
        with self.store.reading() as book:
            return [entry.act for entry in book.audit.of(subject)]

    def _headers(self, who: Headers | None, more: dict[str, object]) -> dict[str, str]:
        extra = more.pop("headers", {})
        assert isinstance(extra, dict)
        return {**(self.samarinda if who is None else who), **extra}

    def _exclude(self, book: Book, number: str, whom: str) -> None:
        case = book.cases.get(number)
        assert case
        kept = replace(case, excluded=frozenset({whom}))
        record(book, (noted(kept, NoteKind.EXCLUDED, CITIZEN, self.now),), Origin.silent(self.now))

    def _wake(self) -> None:
        self.woken += 1


def publish(book: Book, file: Path) -> None:
    text = file.read_text()
    procedure, problems = read_procedure(text, file.name)
    assert procedure, problems
    book.procedures.publish(text, procedure, NOW)


def drawn() -> Iterator[str]:
    """Letters as chance would draw them, but each time others."""
    for number in count(1):
        digits, left = "", number * 7919
        while left:
            digits, left = LETTERS[left % 32] + digits, left // 32
        yield digits.rjust(15, "0")


def code_of(number: int) -> str:
    return make(f"7Q2MK9TD4X{number:05}")
