"""Cases as the tests of storage need them, and a procedure for them to follow."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from core.cases.procedures import parse_procedure
from core.model.cases import CITIZEN, Actor, Case, Clock, Note, NoteKind, Secrecy
from core.model.effects import Noted, Opened
from core.model.people import Role
from core.model.records import Answers
from storage.book import Book
from tests.storage.kaltim import NOW

CODE = "7Q2MK9TD4XW1B6RE"
OFFICER = Actor("person", 20, ((Role.KABKOTA, "64.72"),))
"""Works the cases of Samarinda."""
FAR_OFFICER = Actor("person", 21, ((Role.KABKOTA, "64.02"),))
PROVINCE = Actor("person", 22, ((Role.PROVINSI, "64"),))


def follow(book: Book, name: str = "informasi-awal") -> None:
    """Let there be the procedure that the cases follow."""
    folder = Path(__file__).parents[2] / "lapordesk" / "bundled" / "procedures" / "pilkada"
    source = (folder / f"{name}.toml").read_text()
    book.procedures.publish(source, parse_procedure(source), NOW)


def clock(days: int = 2, name: str = "kajian-awal", **flags: bool) -> Clock:
    due = datetime(2024, 11, 27, 15, 59, 59, tzinfo=UTC) + timedelta(days=days)
    return Clock(name, date(2024, 11, 27), due.date(), due, **flags)


def case(number: str = "K-7K2-M9Q", **changes: object) -> Case:
    tip = Case(
        number,
        "informasi-awal",
        "pilkada-2024-1",
        "diterima",
        Secrecy.CONFIDENTIAL,
        "64.72.03.1005",
        "64.72",
        NOW,
        NOW,
        known_on=date(2024, 11, 26),
        happened_on=date(2024, 11, 25),
        form="aduan",
        form_version="1",
        answers=Answers({"cerita": "Ada pembagian amplop", "bukti": "aaaaaaaaaaaaaaaa"}, {"saksi": 1}),
        title="Pembagian amplop",
        story="Ada pembagian amplop di balai desa",
        accused="Tuan Contoh",
        where="balai desa",
        missing=("saksi",),
        clocks=(clock(),),
        doubts=frozenset({"flood"}),
        serial=1,
    )
    return replace(tip, **changes)  # type: ignore[arg-type]


def opened(
    number: str = "K-7K2-M9Q", code: str = CODE, *, is_theirs: bool = True, **changes: object
) -> Opened:
    made = case(number, **changes)
    note = Note(1, NoteKind.OPENED, made.opened_at, CITIZEN.key, "", {"form": "aduan"})
    return Opened(replace(made, notes=()), note, code, is_theirs=is_theirs)


def noted(before: Case, kind: NoteKind = NoteKind.NOTED, text: str = "", **changes: object) -> Noted:
    serial = before.serial + 1
    after = replace(before, serial=serial, **changes)  # type: ignore[arg-type]
    note = Note(serial, kind, NOW + timedelta(hours=serial), OFFICER.key, text, {"a": "b"}, ("m" * 16,))
    return Noted(after, note)
