"""Some weeks of invented reports for the demo: most of those who owe one file it, some late, some never."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from core.forms.filling import Filling
from core.forms.plan import Plan
from core.forms.scope import World
from core.forms.walk import finish
from core.forms.written import from_json
from core.model.codes import CROCKFORD
from core.model.effects import Filed
from core.model.messages import Channel
from core.model.people import Person, Post
from core.model.records import Answers, Report, Revision, Standing
from storage.book import Book
from storage.duties import open_periods
from storage.record import Origin, record
from storage.reminders import Claim

WEEKS = 5
FORM = "lhp"
TOLD, LATE = 0.82, 0.12
"""What part files at all, and what part after it was due."""


@dataclass(frozen=True, slots=True)
class SampleActivity:
    """What a supervisor of a village saw."""

    kind: str
    aim: str
    whom: str
    place: str
    told: str


ACTIVITIES = (
    SampleActivity(
        "langsung", "Memastikan kampanye berjalan sesuai aturan", "Tim kampanye pasangan Contoh",
        "Lapangan desa", "Kampanye tatap muka dihadiri sekitar 150 orang. Berjalan tertib sampai selesai.",
    ),
    SampleActivity(
        "langsung", "Melihat alat peraga kampanye", "Baliho dan spanduk di jalan utama",
        "Sepanjang jalan utama", "Dua baliho dipasang di pohon. Pemiliknya diminta memindahkan.",
    ),
    SampleActivity(
        "pencegahan", "Mengingatkan netralitas", "Perangkat desa dan ketua RT",
        "Balai desa", "Perangkat desa diingatkan agar tidak ikut kampanye. Surat imbauan diserahkan.",
    ),
    SampleActivity(
        "pencegahan", "Mencegah politik uang", "Warga yang berkumpul di pengajian",
        "Masjid", "Warga diajak menolak pemberian uang dan barang. Tidak ada pembagian yang terlihat.",
    ),
    SampleActivity(
        "tidak_langsung", "Memantau kampanye di media sosial", "Grup warga",
        "Kantor Panwascam", "Tidak ditemukan berita bohong atau ujaran kebencian minggu ini.",
    ),
)  # fmt: skip


class SampleWeeks:
    def __init__(self, book: Book, people: Iterable[Person], chance: Random) -> None:
        self.book = book
        self.people = {one.id: one for one in people}
        self.chance = chance
        version = [one.version for one in book.forms.versions() if one.name == FORM][-1]
        self.plan = Plan(from_json(book.forms.load(FORM, version)))

    def file(self, now: datetime) -> int:
        """Live through the weeks until now, one by one; how many reports were filed."""
        moments = [now - timedelta(days=days) for days in range(7 * WEEKS, -1, -7)]
        return sum(self._file(moment, now) for moment in moments)

    def _file(self, moment: datetime, now: datetime) -> int:
        """What was owed at a moment and had been told by `now`."""
        open_periods(self.book, moment)
        filed = 0
        for claim in self.book.reminders.claims(self.people, moment):
            at = self._told_at(claim)
            if claim.form == FORM and at and at < now:
                report = self._report(claim, at)
                record(self.book, (Filed(report, claim.id),), Origin.silent(at, claim.person))
                filed += 1
        return filed

    def _told_at(self, claim: Claim) -> datetime | None:
        """Most come in time, some late, some never."""
        drawn, hours = self.chance.random(), timedelta(hours=self.chance.uniform(1, 40))
        if drawn < TOLD - LATE:
            return claim.due - hours
        return claim.due + hours if drawn < TOLD else None

    def _report(self, claim: Claim, at: datetime) -> Report:
        person = self.people[claim.person]
        post = next(one for one in person.posts if one.id == claim.post)
        local = at.astimezone(ZoneInfo(post.zone))
        values = self._values(local - timedelta(hours=self.chance.uniform(2, 30)))
        filling = Filling(
            "contoh", FORM, self.plan.form.version, post.id, at, Answers(values, {"kegiatan": 1})
        )
        answers, flags = finish(self.plan, filling, World(local, facts=_facts(person, post)))
        revision = Revision(1, Standing.FILED, answers, flags, person.id, Channel.TELEGRAM, at, at)
        first, second = ("".join(self.chance.choices(CROCKFORD, k=3)) for _ in range(2))
        return Report(
            f"P-{first}-{second}", FORM, self.plan.form.version, post.id, person.id, False, at, (revision,)
        )

    def _values(self, when: datetime) -> Mapping[str, str]:
        seen = self.chance.choice(ACTIVITIES)
        return {
            "tahapan": "kampanye",
            "nomor_surat_tugas": "",
            "kegiatan[1]/bentuk": seen.kind,
            "kegiatan[1]/tujuan": seen.aim,
            "kegiatan[1]/sasaran": seen.whom,
            "kegiatan[1]/waktu": when.isoformat(timespec="milliseconds"),
            "kegiatan[1]/tempat": seen.place,
            "uraian": seen.told,
            "foto": "",
            "ada_pelanggaran": "nihil",
            "ada_sengketa": "nihil",
        }


def _facts(person: Person, post: Post) -> Mapping[str, str]:
    return {
        "petugas_nama": person.name,
        "petugas_jabatan": post.role.value.upper(),
        "petugas_wilayah": post.area,
        "petugas_tempat": ", ".join(post.place[:3]),
    }
