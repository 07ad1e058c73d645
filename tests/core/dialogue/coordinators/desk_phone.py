"""An officer's pretend phone, with a small memory of cases behind it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from core.cases.acts import Opening
from core.cases.lifecycle import may_see, open_case
from core.cases.procedure import Move, Procedure, Rulebook, State, Term
from core.dialogue.known import CASES_LISTED, Known, Wanted
from core.model.cases import CITIZEN, Actor, Case, Secrecy, actor_of
from core.model.people import Person, Post, Role
from tests.core.dialogue.officers.drawer import Drawer
from tests.core.dialogue.phone import NOON, Phone

ZONE = "Asia/Makassar"
DESK = Post(20, Role.KABKOTA, "64.72", ("Samarinda", "Kalimantan Timur"), ZONE)
ELSEWHERE = Post(21, Role.KABKOTA, "64.71", ("Balikpapan", "Kalimantan Timur"), ZONE)
ABOVE = Post(22, Role.PROVINSI, "64", ("Kalimantan Timur",), ZONE)
RANI = Person(20, "Rani Contoh", "id", (DESK,), "+628000000020")
BUDI = Person(21, "Budi Contoh", "id", (ELSEWHERE,), "+628000000021")
TUTI = Person(22, "Tuti Contoh", "id", (ABOVE,), "+628000000022")
NAMES = {
    "64": ("Kalimantan Timur",),
    "64.71": ("Balikpapan", "Kalimantan Timur"),
    "64.72": ("Samarinda", "Kalimantan Timur"),
    "64.72.05": ("Samarinda Ulu", "Samarinda", "Kalimantan Timur"),
    "64.72.05.1004": ("Sidodadi", "Samarinda Ulu", "Samarinda", "Kalimantan Timur"),
}
OFFICERS = frozenset[Role]({Role.KABKOTA, Role.PROVINSI})


def state(name: str, label: str, *, is_end: bool = False) -> State:
    return State(name, {"id": label, "en": f"[{label}]"}, {"id": label, "en": label}, is_end=is_end)


def move(name: str, label: str, sources: str, target: str, *needs: str, **more: object) -> Move:
    words = {"id": label, "en": f"[{label}]"}
    return Move(name, words, frozenset(sources.split()), target, OFFICERS, needs, **more)  # type: ignore[arg-type]


LAPORAN = Procedure(
    name="laporan",
    version="pilkada-1",
    law="pilkada",
    title={"id": "Laporan", "en": "Complaint"},
    kind="complaint",
    start="diterima",
    states={
        one.name: one
        for one in (
            state("diterima", "Diterima"),
            state("kajian", "Kajian awal"),
            state("diregistrasi", "Diregistrasi"),
            state("selesai", "Selesai", is_end=True),
        )
    },
    moves=(
        move("kajian", "Mulai kajian awal", "diterima", "kajian"),
        move("registrasi", "Registrasi", "kajian", "diregistrasi", "number", tells=frozenset({"citizen"})),
        move("limpahkan", "Limpahkan", "diterima kajian", "", "office", "reason"),
        move("tutup", "Tutup", "diregistrasi", "selesai", "result", "reason", tells=frozenset({"citizen"})),
    ),
    terms=(
        Term(
            "kajian", {"id": "Kajian awal", "en": "Study"}, frozenset({"diterima", "kajian"}), 2, "calendar"
        ),
        Term("kaji", {"id": "Penanganan", "en": "Handling"}, frozenset({"diregistrasi"}), 5, "calendar"),
    ),
    results={
        "pidana": {"id": "Pidana pemilihan", "en": "Electoral crime"},
        "bukan": {"id": "Bukan pelanggaran", "en": "No violation"},
    },
    number_pattern=r"\d{3}/(Reg/)?LP/PB/Kota/\d\d\.\d\d/[IVX]+/\d{4}",
    number_example="009/LP/PB/Kota/23.01/XI/2024",
)
TIP = Procedure(
    name="informasi-awal",
    version="pilkada-1",
    law="pilkada",
    title={"id": "Informasi awal", "en": "Tip"},
    kind="tip",
    start="diterima",
    states={
        one.name: one
        for one in (state("diterima", "Diterima"), state("dijadikan", "Jadi laporan", is_end=True))
    },
    moves=(
        move("jadikan", "Jadikan laporan", "diterima", "dijadikan", opens="laporan"),
        move("kenal", "Jadikan laporan bernama", "diterima", "dijadikan", "identity", opens="laporan"),
    ),
    terms=(Term("periksa", {"id": "Pemeriksaan", "en": "Check"}, frozenset({"diterima"}), 2, "calendar"),),
)
TEMUAN = Procedure(
    name="temuan",
    version="pilkada-1",
    law="pilkada",
    title={"id": "Temuan", "en": "Finding"},
    kind="finding",
    start="ditemukan",
    states={one.name: one for one in (state("ditemukan", "Ditemukan"), state("pleno", "Pleno", is_end=True))},
    moves=(move("pleno", "Tetapkan dalam pleno", "ditemukan", "pleno"),),
)
PROCEDURES = {one.name: one for one in (LAPORAN, TIP, TEMUAN)}
RULES = Rulebook(
    PROCEDURES.get,
    lambda name, version: PROCEDURES.get(name) if version == "pilkada-1" else None,
)


def a_case(number: str = "K-7K2-M9Q", procedure: Procedure = LAPORAN, **more: object) -> Case:
    """A case as a citizen opened it, some days ago."""
    told: dict[str, object] = {
        "secrecy": Secrecy.CONFIDENTIAL,
        "area": "64.72.05.1004",
        "title": "Bagi-bagi uang di RT 05",
        "story": "Tadi malam ada yang membagikan amplop berisi uang Rp100.000 kepada warga RT 05.",
        "accused": "Ketua tim Contoh",
        "known_on": date(2024, 11, 26),
        "happened_on": date(2024, 11, 25),
    }
    opened = more.pop("opened_at", NOON - timedelta(hours=5))
    assert isinstance(opened, datetime)
    opening = Opening(number=number, province="64", **(told | more))  # type: ignore[arg-type]
    return open_case(opening, procedure, CITIZEN, opened)[0]


@dataclass
class DeskDrawer(Drawer):
    """It keeps nothing back from an officer: what may not be seen the dialogue must keep to itself."""

    rules: Rulebook = RULES

    def fresh(self) -> tuple[str, str]:
        number, code = super().fresh()
        return number.replace("-AAA", "-NEW"), code

    def look(self, known: Known, asked: Wanted, peer: str) -> Known:
        known = replace(super().look(known, asked, peer), names=lambda code: NAMES.get(code, ()))
        if asked.of_report:
            known = replace(known, case=self._of_report(asked.of_report))
        return replace(known, cases=self._first_due() if asked.cases else ())

    def _of_report(self, number: str) -> Case | None:
        return next((case for case in self.cases.values() if case.report == number), None)

    def _first_due(self) -> tuple[Case, ...]:
        never = datetime.max.replace(tzinfo=UTC)
        waiting = [
            (min((clock.due_at for clock in case.clocks), default=never), case.number)
            for case in self.cases.values()
            if case.closed_at is None
        ]
        return tuple(self.cases[number] for _, number in sorted(waiting)[:CASES_LISTED])


@dataclass
class DeskPhone(Phone):
    person: Person | None = RANI
    drawer: Drawer = field(default_factory=DeskDrawer)
    can_seal: bool = True

    @property
    def cases(self) -> dict[str, Case]:
        return self.drawer.cases

    def put(self, *cases: Case) -> None:
        self.cases.update({case.number: case for case in cases})

    @property
    def actor(self) -> Actor:
        assert self.person is not None
        return actor_of(self.person)

    def may_see(self, number: str) -> bool:
        case = self.cases[number]
        procedure = self.drawer.rules.get(case.procedure, case.version)
        return procedure is not None and may_see(self.actor, case, procedure)

    @property
    def choices(self) -> list[str]:
        return [choice.label for choice in self.session.offered]
