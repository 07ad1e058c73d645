"""Papers and evidence: a PDF that opens, a bundle that is whole, and who was given it."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from core.model.people import Role
from tests.desk.api.office import Office

MEDIA = "aaaa0000bbbb1111"


def words(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


@pytest.mark.parametrize("paper", ["laporan", "tanda-terima"])
def test_a_paper_is_printed_and_logged(office: Office, paper: str) -> None:
    number = office.opens("laporan")
    answer = office.get(f"/cases/{number}/papers/{paper}.pdf")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'inline; filename="{paper}-{number}.pdf"'
    assert number in words(answer.content)
    assert office.audit(number)[-1] == f"paper.{paper}"


def test_the_bundle_holds_the_originals_and_the_papers(office: Office) -> None:
    number = office.opens("laporan")
    office.pictured(number, MEDIA)
    answer = office.get(f"/cases/{number}/evidence.zip")
    assert answer.headers["Content-Type"] == "application/zip"
    with ZipFile(BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
        manifest = json.loads(archive.read("manifest.json"))
        original = archive.read("asli/001-foto.jpg")
    assert {"surat/laporan.pdf", "surat/tanda-terima.pdf", "surat/riwayat.pdf", "SHA256SUMS"} <= names
    assert original == b"the original"
    assert manifest["case"] == number
    assert office.audit(number)[-1] == "bundle.packed"


def test_the_cleaned_copy_is_shown_and_never_the_original(office: Office) -> None:
    number = office.opens()
    seen = office.pictured(number, MEDIA)
    answer = office.get(f"/cases/{number}/media/{MEDIA}")
    assert (answer.content, answer.headers["Content-Type"]) == (seen, "image/jpeg")
    assert office.get(f"/cases/{number}").json()["media"][0]["can_be_viewed"] is True


def test_a_copy_that_is_damaged_or_not_there_is_told_so(office: Office) -> None:
    number = office.opens()
    office.pictured(number, MEDIA)
    with office.store.reading() as book:
        one = book.media.get(MEDIA)
    assert one
    office.evidence.erase(one.view_path)
    answer = office.get(f"/cases/{number}/media/{MEDIA}")
    assert (answer.status_code, answer.json()["code"]) == (404, "damaged")


def test_what_grew_out_of_a_case_has_its_pictures_too(office: Office) -> None:
    number = office.opens()
    office.pictured(number, MEDIA)
    office.post(f"/cases/{number}/moves", move="telusuri")
    grown = office.post(f"/cases/{number}/moves", move="jadikan-temuan", reason="Ada bukti.").json()["opened"]
    assert grown
    assert [one["id"] for one in office.get(f"/cases/{grown}").json()["media"]] == [MEDIA]
    assert office.get(f"/cases/{grown}/media/{MEDIA}").status_code == 200


def test_a_supervisors_report_is_printed_for_its_own_area(office: Office) -> None:
    filed = office.reported()
    answer = office.get(f"/reports/{filed}/formulir-a.pdf")
    assert answer.status_code == 200, answer.text
    assert "Siti Contoh" in words(answer.content)
    assert office.audit(filed) == ["paper.formulir-a"]
    for role, area, status in ((Role.PROVINSI, "64", 200), (Role.KABKOTA, "64.02", 404), (Role.RI, "", 200)):
        who = office.token(role, area)
        assert office.get(f"/reports/{filed}/formulir-a.pdf", who).status_code == status
    assert office.get("/reports/P-ZZZ-ZZZ/formulir-a.pdf").status_code == 404
