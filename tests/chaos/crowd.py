"""A hundred supervisors who fill the counting form at once, each with numbers of their own."""

from dataclasses import dataclass
from datetime import UTC, datetime

from core.model.areas import Level
from core.model.messages import Address, Channel
from core.model.people import Role
from storage.store import Store
from tests.conversations.stage import settle_in
from tests.standins.telegram_phone import TelegramPhone

PEOPLE = 100
CITY = "64.72"
VILLAGE = "64.72.03.1005"
OF_A_VILLAGE = 900
"""So many polling stations have a number from 100 on; after them come those of the next village."""
FIRST_CHAT = 900_000


@dataclass(frozen=True, slots=True)
class Supervisor:
    """One PTPS; everything they write follows from their number."""

    number: int

    @property
    def chat(self) -> int:
        return FIRST_CHAT + self.number

    @property
    def phone(self) -> TelegramPhone:
        return TelegramPhone(self.chat, f"Pengawas {self.number}")

    @property
    def figures(self) -> dict[str, str]:
        """What stands on this polling station's C.HASIL; the sums fit."""
        women, first = 100 + self.number, 60 + self.number
        voters, used = 120 + women, 150 + self.number
        received = voters + -(-voters * 25 // 1000)
        second = used - 5 - first
        return {
            "dpt/pemilih_dpt_l": "120",
            "dpt/pemilih_dpt_p": str(women),
            "dpt/pemilih_dpt_j": str(voters),
            "pengguna/pengguna_dpt": str(used - 3),
            "pengguna/pengguna_pindahan": "2",
            "pengguna/pengguna_tambahan": "1",
            "pengguna/pengguna_total": str(used),
            "surat_suara/ss_diterima": str(received),
            "surat_suara/ss_digunakan": str(used),
            "surat_suara/ss_rusak": "4",
            "surat_suara/ss_sisa": str(received - used - 4),
            "suara/suara_01": str(first),
            "suara/suara_02": str(second),
            "suara/suara_sah": str(first + second),
            "suara/suara_tidak_sah": "5",
            "suara/suara_total": str(used),
        }

    def groups(self) -> list[str]:
        """The figures as they are typed, a message for each group of the form."""
        typed: dict[str, list[str]] = {}
        for place, figure in self.figures.items():
            typed.setdefault(place.partition("/")[0], []).append(figure)
        return [" ".join(figures) for figures in typed.values()]

    def updates(self) -> list[dict[str, object]]:
        """The whole report as Telegram posts it, from the menu to Kirim."""
        phone = self.phone
        said = [phone.text("menu"), phone.text("Laporan penghitungan suara (Pilgub)")]
        said += [phone.text(figures) for figures in self.groups()]
        said.append(phone.photo(f"c-hasil-{self.number}"))
        said += [phone.text("tidak") for _ in range(5)]
        return [*said, phone.text(f"catatan {self.number}"), phone.text("kirim")]


def crowd(store: Store, account: str, size: int = PEOPLE) -> list[Supervisor]:
    """The people in the roster, each known by their Telegram chat already."""
    settle_in(store, datetime.now(UTC))
    return enrol(store, account, size)


def enrol(store: Store, account: str, size: int) -> list[Supervisor]:
    """The same where everything else is there."""
    now = datetime.now(UTC)
    people = [Supervisor(number) for number in range(size)]
    with store.begin() as book:
        others = (area.code for area in book.areas.under(CITY, Level.VILLAGE) if area.code != VILLAGE)
        villages = [VILLAGE, *others]
        for one in people:
            village, tps = divmod(one.number, OF_A_VILLAGE)
            area = book.areas.add_tps(villages[village], 100 + tps).code
            person = book.people.save(f"Pengawas {one.number}", f"+62800{7_000_000 + one.number}", now)
            book.people.assign(person, Role.PTPS, area, now)
            met = book.addresses.meet(Address(Channel.TELEGRAM, account, str(one.chat)), now)
            book.addresses.link(met.id, person)
    return people


def check_reports(store: Store, people: list[Supervisor]) -> None:
    """Each person has one counting report, and it says what they typed."""
    with store.reading() as book:
        reports = list(book.reports.every("hitung"))
        found = {
            report.latest.answers.values.get("catatan", ""): report.latest.answers.values
            for report in reports
        }
    assert len(reports) == len(people)
    for one in people:
        values = found[f"catatan {one.number}"]
        assert {place: values.get(place) for place in one.figures} == one.figures
        assert len(values["foto_c_hasil"].split()) == 1
