"""A case, a report and what belongs to them, as the tests of papers need them; all people are invented."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from core.cases.papers import Exhibit
from core.cases.procedure import Procedure, State
from core.forms.plan import Plan
from core.model.cases import Case, Note, NoteKind, Secrecy
from core.model.messages import Channel
from core.model.records import Answers, Flag, Report, Revision, Standing
from lapordesk.workbooks import BUNDLED, read_form_file
from tests.storage.kaltim import VILLAGE, province

NOW = datetime(2024, 11, 27, 0, 30, tzinfo=UTC)
"""08.30 in Samarinda."""

COMPLAINT = Procedure(
    "laporan",
    "pilkada-2024-1",
    "pilkada",
    {"id": "Laporan", "en": "Complaint"},
    "complaint",
    "diterima",
    {"diterima": State("diterima", {"id": "Diterima", "en": "Received"}, {})},
    (),
)
TIP = replace(COMPLAINT, name="informasi-awal", kind="tip", law="pemilu")

STORY = "Senin malam datang seseorang membawa amplop.\n\nLalu warga dipanggil satu per satu."
CASE = Case(
    "K-7K2-M9Q",
    "laporan",
    "pilkada-2024-1",
    "diterima",
    Secrecy.NAMED,
    VILLAGE,
    "64.72",
    NOW,
    NOW,
    known_on=date(2024, 11, 26),
    happened_on=date(2024, 11, 25),
    answers=Answers(
        {
            "saksi[1]/nama_saksi": "Wati Contoh",
            "saksi[1]/alamat_saksi": "RT 05 Sidodadi",
            "saksi[2]/nama_saksi": "Joko Contoh",
            "saksi[2]/kontak_saksi": "+62 800 0000 014",
            "saksi[10]/nama_saksi": "Umar Contoh",
            "barang_bukti": "2 lembar uang Rp50.000\nkartu nama",
            "terlapor/terlapor_alamat": "Gang Percobaan 3",
            "jam": "sekitar 20.15",
        },
        {"saksi": 10},
    ),
    title="Pembagian uang di rumah ketua RT",
    story=STORY,
    accused="Tuan Contoh",
    where="Rumah Ketua RT 05, Sidodadi",
    notes=(
        Note(1, NoteKind.OPENED, NOW, "citizen"),
        Note(2, NoteKind.ASKED, NOW + timedelta(hours=1), "person:20", "Jam berapa?"),
        Note(3, NoteKind.ANSWERED, NOW + timedelta(hours=16), "citizen", "Sesudah isya."),
    ),
    serial=3,
)
IDENTITY = {
    "pelapor/pelapor_nama": "Budi Contoh",
    "pelapor/pelapor_lahir": "Samarinda, 3 Januari 1990",
    "pelapor/pelapor_alamat": "Jl. Contoh No. 12",
    "pelapor/pelapor_telepon": "+62 800 0000 012",
}


def exhibit(
    number: int, kind: str = "image", content_type: str = "image/jpeg", state: str = "kept"
) -> Exhibit:
    sha256 = f"{number:x}" * 64 if state == "kept" else ""
    return Exhibit(number, f"media{number}", kind, content_type, 1234, sha256, state)


@cache
def plan(name: str = "lhp") -> Plan:
    form = read_form_file(BUNDLED / f"{name}.md", province()).compile().form
    assert form is not None
    return Plan(form)


def activity(turn: int) -> dict[str, str]:
    return {
        f"kegiatan[{turn}]/bentuk": "langsung",
        f"kegiatan[{turn}]/tujuan": f"Tujuan ke-{turn}",
        f"kegiatan[{turn}]/sasaran": "Tim kampanye",
        f"kegiatan[{turn}]/waktu": "2024-11-20T09:00:00.000+08:00",
        f"kegiatan[{turn}]/desa_kode": VILLAGE,
        f"kegiatan[{turn}]/tempat": "Balai RT 05",
    }


LHP = {
    "petugas_nama": "Rina Contoh",
    "petugas_jabatan": "PKD",
    "petugas_tempat": "Sidodadi, Samarinda Ulu, Kota Samarinda",
    "tahapan": "kampanye",
    "nomor_surat_tugas": "012/ST/PKD/2024",
    **activity(1),
    "uraian": "Kegiatan dihadiri 60 orang.",
    "foto": "media1 media2",
    "ada_pelanggaran": "nihil",
    "ada_sengketa": "nihil",
}
VIOLATION = {
    "ada_pelanggaran": "ada",
    "pelanggaran/peristiwa": "Pembagian sembako",
    "pelanggaran/tempat_kejadian": "Balai RT 05",
    "pelanggaran/waktu_kejadian": "2024-11-20T02:20:00.000+00:00",
    "pelanggaran/pelaku": "Belum diketahui",
    "pelanggaran/ada_saksi": "ya",
    "pelanggaran/saksi[1]/nama_saksi": "Wati Contoh",
    "pelanggaran/saksi[1]/alamat_saksi": "",
    "pelanggaran/alat_bukti": "Keterangan saksi",
    "pelanggaran/uraian_dugaan": "20 paket dibagikan.",
    "pelanggaran/fakta": "Paket berisi beras.",
    "pelanggaran/analisa": "Diduga melanggar larangan.",
    "pelanggaran/jenis": "pidana",
    "pelanggaran/pasal": "Pasal 187A",
    "pelanggaran/tindak_lanjut": "Diteruskan",
}
DISPUTE = {
    "ada_sengketa": "ada",
    "sengketa/peserta": "Pasangan Contoh",
    "sengketa/objek": "sk",
    "sengketa/identitas_objek": "SK 123",
    "sengketa/tanggal_objek": "2024-09-23",
    "sengketa/uraian_sengketa": "Merasa dirugikan.",
}


def report(values: dict[str, str], form: str = "lhp", flags: tuple[Flag, ...] = ()) -> Report:
    filed = Revision(1, Standing.FILED, Answers(values), flags, 1, Channel.TELEGRAM, NOW, NOW)
    return Report("P-7K2-M9Q", form, "1", None, 1, False, NOW, (filed,))
