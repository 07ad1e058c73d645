"""Invented cases for the demo, in many states: opened and worked by the same acts as real ones."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.cases import lifecycle
from core.cases.acts import Act, Given, Opening
from core.cases.days import day_in
from core.cases.tracking import DRAWN, make
from core.model.cases import CITIZEN, Actor, Case, Secrecy
from core.model.effects import Opened
from desk.acting import InHand, do
from storage.book import Book
from storage.record import Origin, record

TIP, COMPLAINT, DISPUTE, FINDING, REQUEST = (
    "informasi-awal",
    "laporan",
    "sengketa",
    "temuan",
    "informasi-publik",
)
SAMARINDA, KUKAR = "64.72", "64.02"
SIDODADI, AIR_PUTIH = "64.72.03.1005", "64.72.03.1004"
MELAYU, LOA_JANAN_ULU = "64.02.06.1005", "64.02.03.2003"
BUDI: Mapping[str, str] = {
    "nama": "Budi Contoh",
    "telepon": "+62 800 0000 777",
    "alamat": "Jalan Contoh 7, Sidodadi",
}
FORMAL = {COMPLAINT, DISPUTE, FINDING, REQUEST}
"""What came over the counter, or from a supervisor."""

Step = Callable[[InHand], Act]


@dataclass(frozen=True, slots=True)
class SampleCase:
    procedure: str
    area: str
    days: float
    """So long ago it came in."""
    title: str
    story: str
    steps: tuple[Step, ...] = ()
    """What was done to it since, at even distances until now."""
    accused: str = ""
    secrecy: Secrecy = Secrecy.CONFIDENTIAL
    identity: Mapping[str, str] = field(default_factory=dict)


def move(name: str, reason: str = "", number: str = "", result: str = "", case: str = "") -> Step:
    given = Given(reason, number, result, "", case)
    return lambda hand: lifecycle.move(
        hand.case, hand.procedure, hand.rules, name, given, hand.actor, hand.now
    )


def ask(text: str) -> Step:
    return lambda hand: lifecycle.ask(hand.case, hand.procedure, hand.actor, text, hand.now)


def note(text: str) -> Step:
    return lambda hand: lifecycle.note(hand.case, hand.procedure, hand.actor, text, hand.now)


def take(hand: InHand) -> Act:
    """The officer works it themselves."""
    return lifecycle.assign(hand.case, hand.procedure, hand.actor, hand.actor, hand.now)


def contest(hand: InHand) -> Act:
    """The one who brought it does not agree with how it ended."""
    return lifecycle.move(hand.case, hand.procedure, hand.rules, "keberatan", Given(), CITIZEN, hand.now)


SAMPLE_CASES = (
    SampleCase(
        TIP, SIDODADI, 0.2, "Pembagian sembako malam hari",
        "Tadi malam sekitar jam 9 ada yang membagikan beras dan minyak goreng di gang belakang masjid.",
    ),
    SampleCase(
        TIP, SIDODADI, 0.5, "Bagi-bagi beras dekat masjid",
        "Malam tadi tim membagikan beras dan minyak goreng dekat masjid, ada gambar calonnya.",
        (take,), secrecy=Secrecy.ANONYMOUS,
    ),
    SampleCase(
        TIP, LOA_JANAN_ULU, 1, "Amplop di rumah ketua RT",
        "Warga dipanggil ke rumah ketua RT dan diberi amplop berisi uang seratus ribu.",
        (take, ask("Kira-kira hari apa dan jam berapa?")), accused="Ketua RT setempat",
    ),
    SampleCase(
        TIP, MELAYU, 4, "Kepala desa ikut kampanye",
        "Kepala desa naik panggung kampanye dan mengajak warga memilih pasangan tertentu.",
        (take, move("telusuri"), note("Video dari pelapor cocok dengan jadwal kampanye.")),
        accused="Kepala Desa Contoh", secrecy=Secrecy.NAMED, identity=BUDI,
    ),
    SampleCase(
        TIP, AIR_PUTIH, 12, "Baliho dirusak",
        "Baliho di simpang empat dirobek orang pada malam hari.",
        (move("telusuri"), move("hentikan", "Pelaku dan saksi tidak ditemukan.")),
    ),
    SampleCase(
        TIP, AIR_PUTIH, 6, "ASN membagikan stiker",
        "Pegawai kantor membagikan stiker pasangan calon pada jam kerja.",
        (move("telusuri"), move("hentikan", "Bukti belum cukup."), contest),
        secrecy=Secrecy.NAMED, identity=BUDI,
    ),
    SampleCase(
        TIP, MELAYU, 5, "Kampanye di tempat ibadah",
        "Juru kampanye berpidato di tempat ibadah sesudah acara keagamaan.",
        (move("telusuri"), move("jadikan-temuan", "Rekaman dan dua saksi cocok.", case="K-C0N-T0H")),
    ),
    SampleCase(
        COMPLAINT, SIDODADI, 1, "Laporan pembagian sembako",
        "Pelapor datang ke kantor membawa foto dan satu saksi.",
        (take, move("kaji-awal")), "Tim kampanye pasangan Contoh", Secrecy.OFFICIAL, BUDI,
    ),
    SampleCase(
        COMPLAINT, LOA_JANAN_ULU, 3, "Laporan intimidasi pemilih",
        "Pelapor mengaku diancam tidak mendapat bantuan bila tidak memilih calon tertentu.",
        (move("kaji-awal"), move("minta-perbaikan", "Alamat terlapor belum ada.")),
        "Orang tak dikenal", Secrecy.OFFICIAL, BUDI,
    ),
    SampleCase(
        COMPLAINT, AIR_PUTIH, 4, "Laporan kampanye di luar jadwal",
        "Kampanye rapat umum diadakan sehari sebelum jadwalnya.",
        (
            move("kaji-awal"),
            move("registrasi", number="009/LP/PB/Kab/14.09/X/2024"),
            move("klarifikasi"),
        ),
        "Tim kampanye pasangan Contoh", Secrecy.OFFICIAL, BUDI,
    ),
    SampleCase(
        DISPUTE, SAMARINDA, 2, "Permohonan sengketa berita acara",
        "Pemohon berkeberatan atas berita acara yang merugikan pencalonannya.",
        (move("minta-lengkapi", "Surat kuasa belum ada."),), "KPU Kota Samarinda", Secrecy.OFFICIAL,
    ),
    SampleCase(
        REQUEST, KUKAR, 2, "Permintaan rekap pengawasan kampanye",
        "Pemohon meminta rekapitulasi hasil pengawasan kampanye se-kabupaten.",
        (move("proses"),), secrecy=Secrecy.OFFICIAL,
    ),
)  # fmt: skip


def open_samples(
    book: Book, officers: Mapping[str, Actor], letters: Callable[[int], str], now: datetime
) -> tuple[int, str]:
    """How many there are now, and the tracking code of the first of them."""
    codes = [_open(book, one, officers, letters, now) for one in SAMPLE_CASES]
    return len(codes), codes[0]


def _open(
    book: Book,
    sample: SampleCase,
    officers: Mapping[str, Actor],
    letters: Callable[[int], str],
    now: datetime,
) -> str:
    """The case, then everything that was done to it; each act is one that the rules allow."""
    begun = now - timedelta(days=sample.days)
    case, code = _begin(book, sample, officers, letters, begun)
    officer = officers[case.office]
    for turn, step in enumerate(sample.steps, start=1):
        at = begun + turn * (now - begun) / (len(sample.steps) + 1)
        do(book, case.number, officer, None, at, lambda _, hand, step=step: step(hand))  # type: ignore[misc]
    return code


def _begin(
    book: Book,
    sample: SampleCase,
    officers: Mapping[str, Actor],
    letters: Callable[[int], str],
    at: datetime,
) -> tuple[Case, str]:
    procedure = book.procedures.current(sample.procedure)
    assert procedure is not None
    is_formal = sample.procedure in FORMAL
    opening = Opening(
        number=f"K-{letters(3)}-{letters(3)}",
        secrecy=sample.secrecy,
        area=sample.area,
        province=sample.area[:2],
        title=sample.title,
        story=sample.story,
        accused=sample.accused,
        known_on=day_in(sample.area, at),
        happened_on=day_in(sample.area, at - timedelta(days=1)),
    )
    who = officers[".".join(sample.area.split(".")[:2])] if is_formal else CITIZEN
    case, note = lifecycle.open_case(opening, procedure, who, at)
    code = "" if is_formal else make(letters(DRAWN))
    record(book, (Opened(case, note, code, sample.identity),), Origin.silent(at))
    return case, code
