"""Formulir A has its five parts, "nihil" where there is nothing, and takes in checklists too."""

import pytest

from core.cases.papers import FormulirA, Supervisor, formulir_a, supervisor_of
from core.cases.papers.form_a import Kegiatan
from core.cases.papers.laporan import Party
from core.model.people import Post, Role
from core.model.records import Flag
from tests.core.cases.papers.samples import DISPUTE, LHP, VIOLATION, activity, exhibit, plan, report
from tests.storage.kaltim import VILLAGE


def of(values: dict[str, str], *, law: str = "pilkada") -> FormulirA:
    return formulir_a(report(values), plan(), Supervisor(), area=VILLAGE, law=law)


def test_the_supervisor_and_the_activities() -> None:
    paper = of(LHP | activity(2) | activity(3))
    assert (paper.tahapan, paper.nama, paper.jabatan) == ("Kampanye", "Rina Contoh", "PKD")
    assert (paper.surat_tugas, paper.alamat) == (
        "012/ST/PKD/2024",
        "Sidodadi, Samarinda Ulu, Kota Samarinda",
    )
    assert [one.tujuan for one in paper.kegiatan] == ["Tujuan ke-1", "Tujuan ke-2", "Tujuan ke-3"]
    assert paper.kegiatan[0] == Kegiatan(
        "Pengawasan langsung",
        "Tujuan ke-1",
        "Tim kampanye",
        "Rabu, 20 November 2024, 09.00 WITA",
        "Balai RT 05",
    )
    assert (paper.tempat, paper.tanggal) == ("Sidodadi", "27 November 2024")


def test_parts_four_and_five_are_nihil_or_whole() -> None:
    assert (of(LHP).pelanggaran, of(LHP).sengketa) == (None, None)
    assert (of(LHP).no_pelanggaran, of(LHP).no_sengketa) == (True, True)
    assert not of(LHP | VIOLATION).no_pelanggaran
    violation = of(LHP | VIOLATION).pelanggaran
    assert violation is not None
    assert (violation.peristiwa, violation.waktu) == (
        "Pembagian sembako",
        "Rabu, 20 November 2024, 10.20 WITA",
    )
    assert violation.saksi == (Party("Wati Contoh"),)
    assert (violation.jenis, violation.pasal, violation.barang_bukti) == (
        "Pidana pemilihan",
        "Pasal 187A",
        "",
    )
    dispute = of(LHP | DISPUTE).sengketa
    assert dispute is not None
    assert (dispute.bentuk, dispute.tanggal) == ("Surat Keputusan KPU", "Senin, 23 September 2024")


def test_what_was_never_asked_is_not_said_to_be_nihil() -> None:
    asked = {place: value for place, value in LHP.items() if not place.startswith("ada_")}
    paper = of(asked)
    assert (paper.pelanggaran, paper.no_pelanggaran, paper.no_sengketa) == (None, False, False)


@pytest.mark.parametrize(
    ("role", "place", "jabatan"),
    [
        (Role.PTPS, ("TPS 012", "Sidodadi", "Samarinda Ulu"), "Pengawas TPS 012 Sidodadi"),
        (Role.PKD, ("Sidodadi", "Samarinda Ulu"), "Pengawas Kelurahan/Desa Sidodadi"),
        (Role.PANWASCAM, ("Samarinda Ulu", "Kota Samarinda"), "Panwaslu Kecamatan Samarinda Ulu"),
        (Role.KABKOTA, ("Kota Samarinda",), "Bawaslu Kota Samarinda"),
        (Role.PROVINSI, ("Kalimantan Timur",), "Bawaslu Provinsi Kalimantan Timur"),
        (Role.RI, (), "Bawaslu Republik Indonesia"),
    ],
)
def test_a_supervisor_signs_as_what_they_are(role: Role, place: tuple[str, ...], jabatan: str) -> None:
    found = supervisor_of("Rina Contoh", Post(1, role, "64", place, "Asia/Makassar"))
    assert (found.jabatan, found.alamat) == (jabatan, ", ".join(place))
    assert supervisor_of("Rina Contoh", None) == Supervisor("Rina Contoh")


def test_a_polling_station_is_not_where_it_is_signed() -> None:
    paper = formulir_a(report({}), plan(), Supervisor("Rina", "", "TPS 012, Sidodadi"), area=VILLAGE)
    assert paper.tempat == "Sidodadi"


def test_an_event_outside_part_four_is_none_of_it() -> None:
    """A question of that name elsewhere in another form makes no violation."""
    assert of(LHP | {"peristiwa": "Debat publik"}).pelanggaran is None


@pytest.mark.parametrize(("law", "named"), [("pilkada", "PEMILIHAN"), ("pemilu", "PEMILU")])
def test_the_election_is_named_as_its_law_does(law: str, named: str) -> None:
    assert of(LHP, law=law).of == named


def test_nihil_by_one_tap_is_signed_by_whoever_filed_it() -> None:
    nihil = report({}, flags=(Flag("", "nihil"),))
    paper = formulir_a(nihil, plan(), Supervisor("Rina Contoh", "PKD Sidodadi", "Sidodadi"), area=VILLAGE)
    assert paper.is_nihil
    assert (paper.nama, paper.jabatan, paper.tempat) == ("Rina Contoh", "PKD Sidodadi", "Sidodadi")


def test_a_checklist_stands_as_rows_in_part_three() -> None:
    checklist = plan("pungut")
    asked = next(q for q in checklist.form.questions() if q.options and len(q.path) == 1)
    options = checklist.form.lists[asked.options]
    filed = report({asked.name: options[0].name, "petugas_nama": "Rina Contoh"}, form="pungut")
    paper = formulir_a(filed, checklist, Supervisor(), area=VILLAGE)
    assert paper.rows == ((asked.label["Indonesia (id)" if "Indonesia (id)" in asked.label else "id"],
                           checklist.form.words(options[0].label, "id")),)  # fmt: skip
    assert of(LHP).rows == ()


def test_pictures_are_listed_and_the_number_is_as_it_was_given() -> None:
    paper = formulir_a(
        report(LHP),
        plan(),
        Supervisor(),
        (exhibit(1), exhibit(2)),
        area=VILLAGE,
        number="01/LHP/PM.01.02/11/2024",
    )
    assert paper.lampiran == ("Foto, 001-foto.jpg", "Foto, 002-foto.jpg")
    assert paper.nomor == "01/LHP/PM.01.02/11/2024"
