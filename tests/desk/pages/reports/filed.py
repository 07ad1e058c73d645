"""Reports for the rooms of the reports: supervisors of three areas file, one of them with a picture."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime

from core.dialogue.filling.summary import NIHIL
from core.forms.form import Form, Group, Kind, Option, Purpose, Question, Repeat
from core.forms.written import to_json
from core.model.areas import Area, Level
from core.model.messages import Address, Attachment, Channel
from core.model.people import Role
from core.model.records import Answers, Flag, Report, Revision, Standing
from storage.book import Book
from tests.desk.api.office import VILLAGE, Office

TPS = f"{VILLAGE}.012"
FAR = "64.02.06"
YES_NO = (Option("ya", {"id": "Ya", "en": "Yes"}), Option("tidak", {"id": "Tidak", "en": "No"}))
PUNGUT = Form(
    "pungut",
    "1",
    {"id": "Pemungutan suara", "en": "Voting"},
    (
        Question(("lancar",), Kind.SELECT_ONE, {"id": "Lancar?", "en": "Did it go well?"}, options="yt"),
        Group(
            ("suara",),
            {"id": "Suara", "en": "Votes"},
            (
                Question(("suara", "sah"), Kind.INTEGER, {"id": "Suara sah", "en": "Valid votes"}),
                Question(("suara", "catatan"), Kind.TEXT, {"id": "Catatan", "en": "Remarks"}),
            ),
        ),
        Repeat(
            ("kejadian",),
            {"id": "Kejadian", "en": "Event"},
            (
                Question(
                    ("kejadian", "apa"), Kind.SELECT_MULTIPLE, {"id": "Apa?", "en": "What?"}, options="yt"
                ),
            ),
        ),
        Question(("foto",), Kind.IMAGE, {"id": "Foto papan", "en": "Picture of the board"}),
    ),
    {"yt": YES_NO},
    Purpose(stage="pungut-hitung"),
    ("id", "en"),
    "id",
)
PICTURE = "5f0c2a9be1d34c77"
SEEN = b"\xff\xd8 the cleaned copy \xff\xd9"


class Filed:
    """Files reports into an office."""

    def __init__(self, office: Office) -> None:
        self.office = office
        with office.store.begin() as book:
            book.areas.save([Area(TPS, "TPS 012", Level.TPS, "TPS")])
            book.forms.publish(to_json(PUNGUT), "pungut", "1", "Pemungutan suara", b"", office.now)
            self.posts = {
                area: self._seat(book, name, role, area)
                for name, role, area in (
                    ("Ani Contoh", Role.PTPS, TPS),
                    ("Budi Contoh", Role.PKD, VILLAGE),
                    ("Citra Contoh", Role.PANWASCAM, FAR),
                )
            }

    def _seat(self, book: Book, name: str, role: Role, area: str) -> tuple[int, int, int]:
        phone = f"+628000{abs(hash(area)) % 1000:03}{len(area):04}"
        person = book.people.save(name, phone, self.office.now, "en")
        met = book.addresses.meet(Address(Channel.TELEGRAM, "bot", phone), self.office.now)
        book.addresses.link(met.id, person)
        return book.people.assign(person, role, area, self.office.now), person, met.id

    def file(
        self,
        area: str = TPS,
        *flags: Flag,
        at: datetime | None = None,
        practice: bool = False,
        **values: str,
    ) -> str:
        post, person, _ = self.posts[area]
        number = f"P-{self.office.letters(3)}-{self.office.letters(3)}"
        at = at or self.office.now
        answers = Answers({name.replace("__", "/"): value for name, value in values.items()})
        first = Revision(1, Standing.FILED, answers, flags, person, Channel.TELEGRAM, at, at)
        with self.office.store.begin() as book:
            book.reports.file(Report(number, "pungut", "1", post, person, practice, at, (first,)))
        return number

    def correct(self, number: str, reason: str = "salah ketik", **values: str) -> None:
        self._revise(number, Standing.CORRECTED, reason, values)

    def withdraw(self, number: str, reason: str = "salah TPS") -> None:
        self._revise(number, Standing.WITHDRAWN, reason, {})

    def nihil(self, area: str = VILLAGE) -> str:
        return self.file(area, NIHIL)

    def pictured(self, number: str, media: str = PICTURE, area: str = TPS) -> str:
        """A picture came with the report; kept, with a copy to view."""

        async def pieces() -> AsyncIterator[bytes]:
            yield b"the original"

        evidence, now = self.office.evidence, self.office.now
        sealed = asyncio.run(evidence.keep(media, pieces(), 1000))
        view = evidence.add_copy(media, sealed.data_key, SEEN)
        with self.office.store.begin() as book:
            _, person, address = self.posts[area]
            attachment = Attachment("image", "ref", "foto.jpg", "image/jpeg", 12, media)
            book.media.expect(attachment, address, now)
            book.media.belong([media], number, address, person)
            book.media.keep(
                media,
                content_type="image/jpeg",
                size=sealed.size,
                sha256=sealed.sha256,
                path=sealed.path,
                data_key=sealed.data_key,
                now=now,
                view_path=view,
            )
        return media

    def _revise(self, number: str, standing: Standing, reason: str, values: dict[str, str]) -> None:
        with self.office.store.begin() as book:
            report = book.reports.get(number)
            assert report
            latest = report.latest
            named = {name.replace("__", "/"): value for name, value in values.items()}
            answers = Answers({**latest.answers.values, **named})
            book.reports.revise(
                number,
                replace(
                    latest,
                    serial=latest.serial + 1,
                    standing=standing,
                    answers=answers,
                    reason=reason,
                    filed_at=self.office.now,
                ),
            )
