"""That a paper was printed is an act like any other: it leaves a note in the case."""

from dataclasses import replace
from datetime import datetime

from core.model.cases import Actor, Case, Note, NoteKind
from core.model.effects import Noted


def printed(case: Case, paper: str, actor: Actor, now: datetime) -> Noted:
    """The case with the note that `paper` (laporan, tanda-terima, bundle) was printed."""
    note = Note(case.serial + 1, NoteKind.PRINTED, now, actor.key, details={"paper": paper})
    return Noted(replace(case, serial=note.serial, notes=(*case.notes, note)), note)
