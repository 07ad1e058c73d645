"""The history tells every act in order and names nobody."""

from dataclasses import replace
from typing import get_args

from core.cases.papers import printed, timeline
from core.cases.procedure import Move
from core.model.cases import Actor, ActorKind, NoteKind
from tests.core.cases.papers.samples import CASE, COMPLAINT, NOW


def test_every_act_is_there() -> None:
    told = timeline(CASE, COMPLAINT)
    assert [(act.serial, act.who, act.what, act.text) for act in told.acts] == [
        (1, "Pelapor", "Kasus dibuka", ""),
        (2, "Petugas 20", "Pertanyaan kepada pelapor", "Jam berapa?"),
        (3, "Pelapor", "Keterangan pelapor", "Sesudah isya."),
    ]
    assert (told.acts[0].day, told.acts[0].time) == ("27 November 2024", "08.30 WITA")
    assert (told.procedure, told.state) == ("Laporan", "Diterima")


def test_a_move_is_told_by_its_label() -> None:
    move = Move(
        "registrasi", {"id": "Registrasi", "en": "Register"}, frozenset(), "diregistrasi", frozenset()
    )
    note = replace(CASE.notes[0], kind=NoteKind.MOVED, details={"move": "registrasi"})
    told = timeline(replace(CASE, notes=(note,)), replace(COMPLAINT, moves=(move,)), "en")
    assert told.acts[0].what == "State changed: Register"


def test_each_kind_of_note_has_words_in_each_language() -> None:
    notes = tuple(replace(CASE.notes[0], serial=n, kind=kind) for n, kind in enumerate(NoteKind, 1))
    for language in ("id", "en"):
        told = timeline(replace(CASE, notes=notes), COMPLAINT, language)
        assert len({act.what for act in told.acts}) == len(NoteKind)


def test_each_kind_of_actor_has_words_in_each_language() -> None:
    actors = [Actor(kind, 3).key for kind in get_args(ActorKind)]
    notes = tuple(replace(CASE.notes[0], actor=actor) for actor in actors)
    for language in ("id", "en"):
        told = timeline(replace(CASE, notes=notes), COMPLAINT, language)
        assert len({act.who for act in told.acts}) == len(actors)


def test_a_print_is_an_act() -> None:
    noted = printed(CASE, "laporan", Actor("staff", 3), NOW)
    assert (noted.note.serial, noted.case.serial) == (4, 4)
    assert timeline(noted.case, COMPLAINT).acts[-1].what == "Dicetak: laporan"
    assert timeline(noted.case, COMPLAINT).acts[-1].who == "Staf 3"
