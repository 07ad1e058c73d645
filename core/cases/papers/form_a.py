"""Formulir A: the report of a supervision (LHP) in the five parts of the paper form.

A checklist (voting day, counting) has no parts of its own: its rows stand in part III.
"""

from dataclasses import dataclass

from core.cases.papers.dates import local, short_day_words
from core.cases.papers.exhibits import Exhibit
from core.cases.papers.facts import LANGUAGE, Facts
from core.cases.papers.laporan import Party
from core.forms.plan import Plan
from core.model.people import Post, Role
from core.model.records import Report
from core.speech.texts import texts

NAMES = {
    "pilkada": "PEMILIHAN",
    "pemilu": "PEMILU",
}
PARTS = frozenset(
    [
        *("tahapan", "nomor_surat_tugas", "kegiatan", "uraian", "pelanggaran", "sengketa"),
        *("ada_pelanggaran", "ada_sengketa"),
    ]
)
"""Questions, groups and repeats that have their own place on the paper."""


@dataclass(frozen=True, slots=True)
class Supervisor:
    """Who supervised, where the answers do not say it themselves."""

    nama: str = ""
    jabatan: str = ""
    alamat: str = ""


@dataclass(frozen=True, slots=True)
class Kegiatan:
    bentuk: str
    tujuan: str
    sasaran: str
    waktu: str
    tempat: str


@dataclass(frozen=True, slots=True)
class Pelanggaran:
    peristiwa: str
    tempat: str
    waktu: str
    pelaku: str
    alamat: str
    saksi: tuple[Party, ...]
    alat_bukti: str
    barang_bukti: str
    uraian: str
    fakta: str
    analisa: str
    jenis: str
    pasal: str
    tindak_lanjut: str


@dataclass(frozen=True, slots=True)
class Sengketa:
    peserta: str
    tempat: str
    waktu: str
    bentuk: str
    identitas: str
    tanggal: str
    kerugian: str
    uraian: str


@dataclass(frozen=True, slots=True)
class FormulirA:
    report: str
    of: str
    """PEMILIHAN or PEMILU."""
    nomor: str
    tahapan: str
    nama: str
    jabatan: str
    surat_tugas: str
    alamat: str
    kegiatan: tuple[Kegiatan, ...]
    uraian: str
    rows: tuple[tuple[str, str], ...]
    """Question and answer of a checklist."""
    is_nihil: bool
    """Filed by one tap: there was nothing to report."""
    pelanggaran: Pelanggaran | None
    no_pelanggaran: bool
    """It was asked and there was none. Where it was not asked (a checklist), part IV is left open."""
    sengketa: Sengketa | None
    no_sengketa: bool
    tempat: str
    tanggal: str
    lampiran: tuple[str, ...]
    practice: bool


def formulir_a(
    report: Report,
    plan: Plan | None,
    supervisor: Supervisor,
    exhibits: tuple[Exhibit, ...] = (),
    *,
    area: str = "",
    law: str = "pilkada",
    number: str = "",
) -> FormulirA:
    """What the form says of the report as it stands now, its corrections included."""
    latest = report.latest
    facts = Facts(latest.answers, plan, area)
    place = facts.told("petugas_tempat") or supervisor.alamat
    is_nihil = any(flag.reason == "nihil" and not flag.place for flag in latest.flags)
    return FormulirA(
        report=report.number,
        of=NAMES.get(law, NAMES["pilkada"]),
        nomor=number,
        tahapan=facts.told("tahapan"),
        nama=facts.told("petugas_nama") or supervisor.nama,
        jabatan=supervisor.jabatan or facts.told("petugas_jabatan"),
        surat_tugas=facts.told("nomor_surat_tugas"),
        alamat=place,
        kegiatan=tuple(_activity(turn) for turn in facts.turns("kegiatan")),
        uraian=facts.told("uraian"),
        rows=facts.rows(PARTS),
        is_nihil=is_nihil,
        pelanggaran=_violation(facts),
        no_pelanggaran=is_nihil or facts.value("ada_pelanggaran") == "nihil",
        sengketa=_dispute(facts),
        no_sengketa=is_nihil or facts.value("ada_sengketa") == "nihil",
        tempat=_village(place),
        tanggal=short_day_words(local(report.revisions[0].filed_at, area).date()),
        lampiran=tuple(one.described for one in exhibits),
        practice=report.practice,
    )


def supervisor_of(name: str, post: Post | None) -> Supervisor:
    """Who signs, and as what: Pengawas TPS 012 Sidodadi."""
    if post is None:
        return Supervisor(name)
    role = texts(LANGUAGE).say(f"papers.role.{post.role.value}")
    places = post.place[:2] if post.role is Role.PTPS else post.place[:1]
    named = " ".join(place.removeprefix("TPS ") for place in places)
    return Supervisor(name, f"{role} {named}".strip(), ", ".join(post.place[:3]))


def _village(place: str) -> str:
    """Where it is signed: a polling station is no place."""
    names = [name.strip() for name in place.split(",")]
    return next((name for name in names if not name.startswith("TPS ")), "")


def _activity(turn: Facts) -> Kegiatan:
    village, place = turn.told("desa"), turn.told("tempat")
    return Kegiatan(
        turn.told("bentuk"),
        turn.told("tujuan"),
        turn.told("sasaran"),
        turn.told("waktu"),
        ", ".join(filter(None, (place, village))),
    )


def _violation(facts: Facts) -> Pelanggaran | None:
    """None where there was none, or nobody asked."""
    inside = facts.below("pelanggaran")
    if not inside.has("peristiwa", "uraian_dugaan"):
        return None
    told = inside.told
    return Pelanggaran(
        told("peristiwa"),
        told("tempat_kejadian"),
        told("waktu_kejadian"),
        told("pelaku"),
        told("alamat_pelaku"),
        tuple(Party(one.told("nama_saksi"), one.told("alamat_saksi")) for one in inside.turns("saksi")),
        told("alat_bukti"),
        told("barang_bukti"),
        told("uraian_dugaan"),
        told("fakta"),
        told("analisa"),
        told("jenis"),
        told("pasal"),
        told("tindak_lanjut"),
    )


def _dispute(facts: Facts) -> Sengketa | None:
    """None where there was none, or nobody asked."""
    inside = facts.below("sengketa")
    if not inside.has("peserta", "uraian_sengketa"):
        return None
    told = inside.told
    return Sengketa(
        told("peserta"),
        told("tempat_sengketa"),
        told("waktu_sengketa"),
        told("objek"),
        told("identitas_objek"),
        told("tanggal_objek"),
        told("kerugian"),
        told("uraian_sengketa"),
    )
