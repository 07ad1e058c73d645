"""Papers and bundles from the command line: for those who may see the case, and each print is in the log."""

import asyncio
import io
import subprocess
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from zipfile import ZipFile

import pytest

from core.cases.acts import Opening
from core.cases.lifecycle import open_case
from core.model.areas import Area, Level
from core.model.cases import CITIZEN, NoteKind, Secrecy
from core.model.effects import Opened
from core.model.messages import Address, Attachment, Channel
from core.model.people import Role
from lapordesk.cli import run
from lapordesk.settings import PREFIX, read_settings
from storage.book import Book
from storage.evidence import Evidence
from storage.keys import Keys
from storage.record import Origin, record
from storage.store import Store
from storage.vaults import Folder
from tests.desk.papers.papers import text
from tests.storage.samples import filed, publish

NOW = datetime(2024, 11, 27, 0, 30, tzinfo=UTC)
VILLAGE = "64.72.05.1004"
AREAS = (
    Area("64", "Kalimantan Timur", Level.PROVINCE, "Provinsi"),
    Area("64.72", "Samarinda", Level.REGENCY, "Kota"),
    Area("64.72.05", "Samarinda Ulu", Level.DISTRICT, "Kecamatan"),
    Area(VILLAGE, "Sidodadi", Level.VILLAGE, "Kelurahan"),
    Area("64.02", "Kutai Kartanegara", Level.REGENCY, "Kabupaten"),
)
NUMBER = "K-7K2-M9Q"
OFFICER, STRANGER = "umi@contoh.example", "adi@contoh.example"
PASSPHRASE = "empat kuda berlari di pantai"
WHO = {"pelapor/nama": "Budi Contoh", "pelapor/telepon": "+62 800 0000 012"}
PHOTO = b"\xff\xd8" + bytes(range(256)) * 600

Said = tuple[int, str, str]
Lapordesk = Callable[..., Said]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database with procedures, made once."""
    data = tmp_path_factory.mktemp("papers")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PREFIX + "DATA", str(data))
        assert run(["migrate"]) == 0
        assert run(["procedures", "publish", "--law", "pilkada"]) == 0
    return data


@pytest.fixture
def lapordesk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], empty: Path
) -> Lapordesk:
    monkeypatch.chdir(tmp_path)
    copytree(empty, "data")
    with the_store() as store:
        with store.begin() as book:
            settle(book)
        store.close()

    def call(line: str, *more: str, typed: str = "") -> Said:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        capsys.readouterr()
        code = run([*line.split(), *more])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


class the_store:  # read like a function
    """The store that the commands use, while they do not."""

    def __enter__(self) -> Store:
        settings = read_settings()
        self.store = Store(settings.database_url, Keys.load(settings.key_file))
        return self.store

    def __exit__(self, *_: object) -> None:
        self.store.close()


def settle(book: Book) -> None:
    book.areas.save(AREAS)
    book.staff.add(OFFICER, "Umi Contoh", Role.KABKOTA, "64.72", NOW)
    book.staff.add(STRANGER, "Adi Contoh", Role.KABKOTA, "64.02", NOW)
    book.custodians.add("Penjaga Contoh", PASSPHRASE, NOW)
    book.custodians.add("Penjaga Lain Contoh", "tujuh sendok jatuh ke sungai", NOW)
    book.custodians.add_recovery("Brankas Contoh", NOW)


def bring(secrecy: Secrecy = Secrecy.NAMED, identity: Mapping[str, str] = WHO) -> None:
    """A citizen brings a case with a picture."""

    async def pieces() -> AsyncIterator[bytes]:
        yield PHOTO

    settings = read_settings()
    with the_store() as store:
        evidence = Evidence(Folder(Path(settings.media_url)), store.keys)
        sealed = asyncio.run(evidence.keep("m" * 16, pieces(), len(PHOTO)))
        with store.begin() as book:
            procedure = book.procedures.current("laporan")
            assert procedure
            opening = Opening(
                NUMBER,
                secrecy,
                VILLAGE,
                "64",
                title="Pembagian uang",
                story="Ada amplop #1",
                accused="Tuan Contoh",
            )
            case, note = open_case(opening, procedure, CITIZEN, NOW, ("m" * 16,))
            met = book.addresses.meet(Address(Channel.TELEGRAM, "bot", "4471"), NOW)
            book.media.expect(
                Attachment("image", "ref", "IMG.jpg", "image/jpeg", None, "m" * 16), met.id, NOW
            )
            book.media.keep(
                "m" * 16,
                content_type="image/jpeg",
                size=sealed.size,
                sha256=sealed.sha256,
                path=sealed.path,
                data_key=sealed.data_key,
                now=NOW,
            )
            origin = Origin(met.id, None, Channel.TELEGRAM, None, NOW)
            record(book, (Opened(case, note, "", identity, is_theirs=True),), origin)


def acts() -> list[tuple[str, str]]:
    with the_store() as store, store.reading() as book:
        return [(entry.actor.partition(":")[0], entry.act) for entry in book.audit.of(NUMBER)]


def notes() -> list[tuple[NoteKind, str]]:
    with the_store() as store, store.reading() as book:
        case = book.cases.get(NUMBER)
    assert case
    return [(note.kind, note.details.get("paper", "")) for note in case.notes]


@pytest.mark.parametrize("paper", ["laporan", "tanda-terima"])
def test_a_paper_without_the_identity(lapordesk: Lapordesk, paper: str) -> None:
    bring()
    code, said, wrong = lapordesk(f"papers {paper} {NUMBER.lower()} --as {OFFICER} --to out.pdf")
    assert (code, wrong) == (0, "")
    assert "out.pdf" in said
    told = text(Path("out.pdf").read_bytes())
    assert "FORMULIR MODEL A." in told
    assert "Identitas pelapor tersimpan tersegel" in told
    assert "Bawaslu Kota Samarinda" in told
    assert "(Umi Contoh)" in told
    assert "Budi" not in told
    assert ("staff", f"paper.{paper}") in acts()
    assert notes()[-1] == (NoteKind.PRINTED, paper)


def test_a_paper_with_the_identity_that_a_custodian_opens(lapordesk: Lapordesk) -> None:
    bring()
    line = f"papers laporan {NUMBER} --as {OFFICER} --to out.pdf --custodian 1 --receiver Siti --reason"
    code, _, wrong = lapordesk(line, "ditandatangani di kantor", typed=f"{PASSPHRASE}\n")
    assert (code, wrong) == (0, "")
    told = text(Path("out.pdf").read_bytes())
    assert "a. Nama : Budi Contoh" in told
    assert "(Siti)" in told
    assert [act for _, act in acts()][-2:] == ["identity.opened", "paper.laporan"]
    assert [kind for kind, _ in notes()][-2:] == [NoteKind.OPENED_IDENTITY, NoteKind.PRINTED]


@pytest.mark.parametrize(
    ("passphrase", "reason"),
    [("salah sekali, tetapi panjang", "ditandatangani di kantor"), (PASSPHRASE, "ya")],
)
def test_nothing_is_printed_when_the_identity_stays_shut(
    lapordesk: Lapordesk, passphrase: str, reason: str
) -> None:
    bring()
    line = f"papers laporan {NUMBER} --as {OFFICER} --to out.pdf --custodian 1 --reason"
    code, _, wrong = lapordesk(line, reason, typed=passphrase)
    assert code == 1
    assert "tetap tertutup" in wrong
    assert not Path("out.pdf").exists()
    assert [act for _, act in acts()][-1] == "identity.withheld"
    assert (NoteKind.PRINTED, "laporan") not in notes()


@pytest.mark.parametrize("command", ["papers laporan", "papers tanda-terima", "cases bundle"])
def test_a_case_of_others_is_as_unknown_as_none(lapordesk: Lapordesk, command: str) -> None:
    bring()
    ending = "zip" if "bundle" in command else "pdf"
    theirs = lapordesk(f"{command} {NUMBER} --as {STRANGER} --to out.{ending}")
    none = lapordesk(f"{command} K-AAA-AAA --as {OFFICER} --to out.{ending}")
    assert theirs == none
    assert theirs[0] == 1
    assert not Path(f"out.{ending}").exists()
    assert not [act for _, act in acts() if act.startswith("paper") or act == "bundle.packed"]


def test_the_bundle_of_a_case(lapordesk: Lapordesk, tmp_path: Path) -> None:
    bring()
    code, said, wrong = lapordesk(f"cases bundle {NUMBER} --as {OFFICER} --to out.zip")
    assert (code, wrong) == (0, "")
    with ZipFile("out.zip") as archive:
        archive.extractall("there")
        names = set(archive.namelist())
    assert names == {
        *("asli/001-foto.jpg", "surat/laporan.pdf", "surat/tanda-terima.pdf", "surat/riwayat.pdf"),
        *("manifest.json", "sampul.pdf", "SHA256SUMS"),
    }
    subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd="there", check=True, capture_output=True)
    assert Path("there/asli/001-foto.jpg").read_bytes() == PHOTO
    everything = b"".join(path.read_bytes() for path in Path("there").rglob("*") if path.is_file())
    assert b"Budi" not in everything
    assert "Budi" not in " ".join(text(path.read_bytes()) for path in Path("there").rglob("*.pdf"))
    assert said.rstrip().rpartition(" ")[2] in text(Path("there/sampul.pdf").read_bytes())
    assert ("staff", "bundle.packed") in acts()
    assert notes()[-1] == (NoteKind.PRINTED, "bundle")


def test_a_damaged_original_makes_the_command_fail_loudly(lapordesk: Lapordesk) -> None:
    bring()
    (sealed,) = (path for path in Path("data/media").rglob("*") if path.is_file())
    sealed.write_bytes(sealed.read_bytes()[:-5])
    code, _, wrong = lapordesk(f"cases bundle {NUMBER} --as {OFFICER} --to out.zip")
    assert code == 1
    assert "001-foto.jpg" in wrong
    assert "manifest.json" in ZipFile("out.zip").namelist()


def test_formulir_a_of_a_report(lapordesk: Lapordesk) -> None:
    with the_store() as store, store.begin() as book:
        publish(book)
        village = book.areas.add_tps(VILLAGE, 12)
        person = book.people.save("Rina Contoh", "+628000000014", NOW)
        post = book.people.assign(person, Role.PTPS, village.code, NOW)
        report = filed("P-7K2-M9Q", person, post, NOW, jam_buka="07:20:00.000+08:00", suara__sah="221")
        book.reports.file(report)
    number = "01/LHP/PM.01.02/11/2024"
    code, _, wrong = lapordesk(f"papers formulir-a p-7k2-m9q --as {OFFICER} --to a.pdf --number {number}")
    assert (code, wrong) == (0, "")
    told = text(Path("a.pdf").read_bytes())
    assert f"LAPORAN HASIL PENGAWASAN PEMILIHAN Nomor: {number}" in told
    assert "Pengawas TPS 012 Sidodadi (Rina Contoh)" in told
    assert "Nihil." not in told
    assert "1 Jam berapa TPS dibuka? 07.20 WITA 2 Sah 221" in told
    code, _, _ = lapordesk(f"papers formulir-a P-7K2-M9Q --as {OFFICER} --to a.pdf --law pemilu")
    assert "PENGAWASAN PEMILU Nomor" in text(Path("a.pdf").read_bytes())
    code, _, _ = lapordesk(f"papers formulir-a P-7K2-M9Q --as {STRANGER} --to b.pdf")
    assert (code, Path("b.pdf").exists()) == (1, False)


def test_a_file_of_another_kind_is_refused_before_anything_is_done(lapordesk: Lapordesk) -> None:
    bring()
    for line in (f"papers laporan {NUMBER} --as {OFFICER} --to out.docx",
                 f"cases bundle {NUMBER} --as {OFFICER} --to out.pdf"):  # fmt: skip
        code, _, wrong = lapordesk(line)
        assert code == 1
        assert "out." in wrong
    assert not [act for _, act in acts() if act.startswith("paper") or act == "bundle.packed"]
