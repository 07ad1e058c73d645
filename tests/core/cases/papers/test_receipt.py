"""The receipt says what was handed in, with the fingerprint of each piece and of the whole list."""

import hashlib

from core.cases.papers import tanda_terima
from core.cases.papers.receipt import HandedIn
from tests.core.cases.papers.samples import CASE, COMPLAINT, IDENTITY, exhibit


def test_every_piece_stands_on_it_with_its_fingerprint() -> None:
    exhibits = (exhibit(1), exhibit(2, "video", "video/mp4", state="expected"))
    paper = tanda_terima(CASE, COMPLAINT, None, IDENTITY, exhibits, office="Bawaslu Kota Samarinda")
    assert paper.bukti == (
        HandedIn("Foto, 001-foto.jpg", "1" * 64),
        HandedIn("Video, 002-video.mp4 (berkasnya tidak tersimpan)", ""),
    )
    lines = f"{'1' * 64}  001-foto.jpg\n"
    assert paper.fingerprint == hashlib.sha256(lines.encode()).hexdigest()
    assert (paper.code, paper.hari, paper.pukul) == (
        "Formulir Model A.3",
        "Rabu, 27 November 2024",
        "08.30 WITA",
    )


def test_who_handed_it_in_is_named_only_when_the_identity_was_opened() -> None:
    assert tanda_terima(CASE, COMPLAINT, None, IDENTITY).pelapor.nama == "Budi Contoh"
    shut = tanda_terima(CASE, COMPLAINT)
    assert shut.sealed
    assert shut.pelapor.nama == ""


def test_nothing_handed_in_has_no_fingerprint() -> None:
    assert tanda_terima(CASE, COMPLAINT).fingerprint == ""
