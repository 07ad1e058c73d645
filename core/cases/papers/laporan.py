"""Formulir Laporan: what stands on it, from a case and the identity that a custodian opened for it.

Whatever is not known is empty and becomes a dotted line, to be written by hand at the office.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.cases.papers.dates import day_words, local, time_words
from core.cases.papers.exhibits import Exhibit
from core.cases.papers.facts import LANGUAGE, Facts
from core.cases.procedure import Procedure
from core.forms.plan import Plan
from core.model.cases import Case, NoteKind, Secrecy
from core.model.records import Answers

CODES = {
    "pilkada": {"laporan": "Formulir Model A.1", "tanda-terima": "Formulir Model A.3"},
    "pemilu": {"laporan": "Formulir Model B.1", "tanda-terima": "Formulir Model B.3"},
}
"""What the two laws call the forms, unless the procedure names them otherwise."""
PHONE = ("telepon", "no_hp", "hp", "kontak")
LONGEST_EVENT = 300
"""More than that is a story, and stands in the row of the story."""


@dataclass(frozen=True, slots=True)
class Pelapor:
    nama: str = ""
    lahir: str = ""
    kelamin: str = ""
    pekerjaan: str = ""
    kewarganegaraan: str = ""
    alamat: str = ""
    telepon: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody named by the one who reports: the accused, a witness."""

    nama: str = ""
    alamat: str = ""
    telepon: str = ""


@dataclass(frozen=True, slots=True)
class Peristiwa:
    peristiwa: str
    tempat: str
    kejadian: str
    diketahui: str


@dataclass(frozen=True, slots=True)
class FormulirLaporan:
    case: str
    code: str
    law: str
    official: str
    pelapor: Pelapor
    sealed: bool
    """There is an identity, and it was not opened for this paper."""
    terlapor: Party
    peristiwa: Peristiwa
    saksi: tuple[Party, ...]
    bukti: tuple[str, ...]
    uraian: str
    tambahan: tuple[tuple[str, str], ...]
    """What was added later: on which day, in which words."""
    di: str
    hari: str
    pukul: str
    penerima: str
    practice: bool


def formulir_laporan(
    case: Case,
    procedure: Procedure,
    plan: Plan | None = None,
    identity: Mapping[str, str] | None = None,
    exhibits: tuple[Exhibit, ...] = (),
    *,
    office: str = "",
    receiver: str = "",
    sealed: bool | None = None,
) -> FormulirLaporan:
    """What the form says; a tip leaves open when and where it was reported: it has not been, yet."""
    facts = Facts(case.answers, plan, case.office)
    at, where = received(facts, case, office)
    is_report = procedure.kind != "tip"
    return FormulirLaporan(
        case=case.number,
        code=code_of("laporan", procedure),
        law=procedure.law,
        official=case.official,
        pelapor=pelapor_of(case, plan, identity),
        sealed=is_sealed(case, identity, sealed),
        terlapor=_accused(case, facts),
        peristiwa=_event(case, facts),
        saksi=_witnesses(facts),
        bukti=_evidence(facts, exhibits),
        uraian=case.story or facts.told("uraian", "cerita"),
        tambahan=_added(case),
        di=where,
        hari=day_words(at.date()) if is_report else "",
        pukul=time_words(at) if is_report else "",
        penerima=receiver,
        practice=case.practice,
    )


def code_of(paper: str, procedure: Procedure) -> str:
    """What is printed at the top right: Formulir Model A.1 at a Pilkada, B.1 at a Pemilu."""
    return procedure.papers.get(paper, {}).get(LANGUAGE) or CODES.get(procedure.law, {}).get(paper, "")


def is_sealed(case: Case, identity: Mapping[str, str] | None, known: bool | None) -> bool:
    """Is there an identity that was not opened? Where nobody looked, a named case has one."""
    there = case.secrecy is Secrecy.NAMED if known is None else known
    return there and not identity


def pelapor_of(case: Case, plan: Plan | None, identity: Mapping[str, str] | None) -> Pelapor:
    facts = Facts(Answers(dict(identity or {})), plan, case.office)

    def told(*words: str) -> str:
        return facts.told(*_names("pelapor", *words))

    # Nobody asks on which day of the week somebody was born.
    day = told("tanggal_lahir", "tgl_lahir")
    return Pelapor(
        nama=told("nama", "nama_lengkap"),
        lahir=", ".join(filter(None, (told("lahir", "tempat_lahir", "ttl"), day.partition(", ")[2] or day))),
        kelamin=told("jenis_kelamin", "kelamin"),
        pekerjaan=told("pekerjaan"),
        kewarganegaraan=told("kewarganegaraan", "warga_negara"),
        alamat=told("alamat", "domisili"),
        telepon=told(*PHONE),
        email=told("email", "surel"),
    )


def received(facts: Facts, case: Case, office: str) -> tuple[datetime, str]:
    """When and where it was taken down: as the officer wrote it, else when the case was opened."""
    try:
        at = datetime.fromisoformat(facts.value("diterima_pada"))
    except ValueError:
        at = case.opened_at
    return local(at if at.tzinfo else case.opened_at, case.office), facts.told("dilaporkan_di") or office


def _names(who: str, *words: str) -> tuple[str, ...]:
    """The questions that may ask for somebody's something: pelapor_alamat, alamat_pelapor, alamat."""
    return tuple(name for word in words for name in (f"{who}_{word}", f"{word}_{who}", word))


def _accused(case: Case, facts: Facts) -> Party:
    def told(*words: str) -> str:
        named = (name for who in ("terlapor", "pelaku") for name in _names(who, *words))
        return facts.told(*(name for name in named if name not in words))

    named = told("nama") or facts.told("terlapor", "pelaku") or case.accused
    return Party(named, told("alamat"), told(*PHONE))


def _event(case: Case, facts: Facts) -> Peristiwa:
    title = facts.told("peristiwa") or case.title
    hour = facts.told("jam", "jam_kejadian", "pukul", "waktu")
    happened = day_words(case.happened_on) or facts.told("tanggal_kejadian", "kejadian")
    return Peristiwa(
        peristiwa=title if len(title) <= LONGEST_EVENT else "",
        tempat=case.where or facts.told("tempat_kejadian", "tempat"),
        kejadian=", ".join(filter(None, (happened, hour))),
        diketahui=day_words(case.known_on) or facts.told("diketahui", "tanggal_diketahui"),
    )


def _witnesses(facts: Facts) -> tuple[Party, ...]:
    if turns := facts.turns("saksi"):
        return tuple(
            Party(
                one.told(*_names("saksi", "nama")),
                one.told(*_names("saksi", "alamat")),
                one.told(*_names("saksi", *PHONE)),
            )
            for one in turns
        )
    named = facts.told("saksi", "nama_saksi")
    return (Party(named, facts.told("alamat_saksi"), facts.told("telepon_saksi")),) if named else ()


def _evidence(facts: Facts, exhibits: tuple[Exhibit, ...]) -> tuple[str, ...]:
    """What they wrote about it, each line a piece, then what they sent."""
    written = (facts.told(name) for name in ("bukti", "alat_bukti", "barang_bukti"))
    lines = (line.strip() for text in written for line in text.splitlines())
    return (*filter(None, lines), *(one.described for one in exhibits))


def _added(case: Case) -> tuple[tuple[str, str], ...]:
    return tuple(
        (day_words(local(note.at, case.office).date()), note.text)
        for note in case.notes
        if note.kind is NoteKind.ANSWERED and note.text.strip()
    )
