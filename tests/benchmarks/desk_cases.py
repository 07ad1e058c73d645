"""So many cases with stories, made by the code that makes them in service, words to search by included."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import cast

from sqlalchemy import Connection

from core.cases.acts import Opening
from core.cases.lifecycle import open_case
from core.cases.procedure import Procedure
from core.forms.answers.spelling import each
from core.model.cases import CITIZEN, NoteKind, Secrecy
from core.model.effects import Opened
from lapordesk.procedure_files import bundled_procedures, read_together
from storage.audit import Audit
from storage.book import Book
from storage.cases.writing import Writing
from storage.tables import audit, case_clock, case_exclusion, case_file, case_note, case_word
from tests.benchmarks.desk_ledger import BEGAN, NOW, Post, number_of
from tests.benchmarks.pouring import Caught, Dry, pour, without_checks

COMMON, RARE = ("dilaporkan", "pembagian"), "kucing"
NEVER_TOGETHER = ("siang", "malam")
"""Each of them in half of the cases, both in hardly any."""
WORDS = tuple(
    each(
        """
        uang amplop sembako kampanye baliho spanduk masjid sekolah camat lurah kepala desa tim sukses
        calon bupati gubernur pasangan warga pemilih undangan kotak suara surat tinta saksi petugas
        rumah jalan pasar balai pos ronda mobil motor foto video rekaman telepon pesan grup janji
        bantuan beras minyak gula kaos stiker poster ketua anggota panitia rapat pertemuan ancaman
        tekanan pegawai negeri guru dosen polisi tentara netral dukung
        """
    )
)
SPAN = timedelta(days=300)
CHUNK = 2000


def publish(book: Book) -> list[Procedure]:
    files = {path: path.read_text() for path in bundled_procedures("pilkada")}
    procedures = []
    for file in read_together(files):
        assert file.procedure
        book.procedures.publish(file.source, file.procedure, BEGAN)
        procedures.append(file.procedure)
    return procedures


def open_all(book: Book, posts: Sequence[Post], procedures: Sequence[Procedure], many: int) -> None:
    without_checks(book.connection)
    caught = Caught(book.connection)
    writing = Writing(cast(Connection, caught), book.keys)
    with Dry(book.connection, case_file, case_note, case_clock, case_exclusion, case_word):
        for number, opened in enumerate(_opened(posts, procedures, many), 1):
            writing.open(opened, None)
            if number % CHUNK == 0 or number == many:
                for table, rows in caught.emptied().items():
                    pour(book.connection, table, rows)


def note_all(book: Book, many: int, member: str) -> None:
    """An audit log as long as the cases are many."""
    caught = Caught(book.connection)
    log = Audit(cast(Connection, caught), book.keys)
    for serial in range(1, many + 1):
        log.write(member if serial % 3 else "clock", "case.noted", number_of("K", serial), {}, NOW)
    pour(book.connection, audit, caught.rows[audit])


def _opened(posts: Sequence[Post], procedures: Sequence[Procedure], many: int) -> Iterator[Opened]:
    chance, city = random.Random(72), [one for one in posts if one.area.startswith("64.72")]
    for serial in range(1, many + 1):
        procedure = chance.choice(procedures)
        at = NOW - SPAN * chance.random() ** 2
        place = chance.choice(city if serial % 4 == 0 else posts).area[:13]
        opening = Opening(
            number_of("K", serial),
            Secrecy.CONFIDENTIAL,
            place,
            "64",
            title=" ".join(chance.choices(WORDS, k=3)).capitalize(),
            story=_story(chance, serial),
            known_on=at.date(),
        )
        case, note = open_case(opening, procedure, CITIZEN, at)
        if chance.random() < 0.7:
            ends = [state.name for state in procedure.states.values() if state.is_end]
            closed = min(NOW, at + timedelta(days=chance.randrange(1, 30)))
            case = replace(case, state=chance.choice(ends), closed_at=closed, entered_at=closed, clocks=())
        else:
            state = chance.choice([one.name for one in procedure.states.values() if not one.is_end])
            case = replace(case, state=state, assigned=chance.choice(("", "staff:1", "staff:2", "staff:9")))
        if serial % 40 == 0:
            note = replace(note, kind=NoteKind.ANSWERED)
        yield Opened(case, note)


def _story(chance: random.Random, serial: int) -> str:
    told = [*chance.choices(WORDS, k=22), chance.choice(NEVER_TOGETHER)]
    told += [word for word in COMMON if chance.random() < 0.6]
    if serial % 20_000 == 7:
        told.append(RARE)
    if serial % 5_000 == 9:
        told += NEVER_TOGETHER
    return " ".join(told) + "."
