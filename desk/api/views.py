"""How what we know becomes what the API gives: labels in one language, nothing of an identity."""

from datetime import datetime

from core.cases.acts import in_language
from core.cases.lifecycle import moves_for
from core.cases.procedure import Move, Procedure
from core.forms.form import Words
from core.model.cases import Actor, Case, Clock, Note
from desk.api.evidence import evidence_of, sealed_under
from desk.api.shown import (
    CaseLine,
    CaseWhole,
    ClockShown,
    Labelled,
    MediaShown,
    MoveShown,
    NoteShown,
    ProcedureLine,
    ProcedureWhole,
    StateShown,
    StepShown,
    TermShown,
)
from storage.book import Book
from storage.media import Media


def line(case: Case, procedure: Procedure, language: str, now: datetime) -> CaseLine:
    due = min((clock.due_at for clock in case.clocks), default=None)
    return CaseLine(
        number=case.number,
        procedure=case.procedure,
        version=case.version,
        state=_state(procedure, case.state, language),
        secrecy=case.secrecy.value,
        title=case.title,
        area=case.area,
        office=case.office,
        opened_at=case.opened_at,
        entered_at=case.entered_at,
        closed_at=case.closed_at,
        due_at=due,
        is_overdue=due is not None and due < now,
        assigned=case.assigned,
        awaits=case.awaits,
        official=case.official,
        result=case.result,
        held=case.held,
        practice=case.practice,
        doubts=sorted(case.doubts),
        serial=case.serial,
    )


def whole(
    book: Book, case: Case, procedure: Procedure, actor: Actor, language: str, now: datetime
) -> CaseWhole:
    return CaseWhole(
        **dict(line(case, procedure, language, now)),
        story=case.story,
        accused=case.accused,
        where=case.where,
        happened_on=case.happened_on,
        known_on=case.known_on,
        form=case.form,
        answers=dict(case.answers.values),
        missing=list(case.missing),
        report=case.report,
        parent=case.parent,
        has_identity=bool(sealed_under(book, case)),
        excluded=sorted(case.excluded),
        clocks=[_clock(clock, procedure, language, now) for clock in case.clocks],
        moves=[_move(move, case, procedure, language) for move in moves_for(case, procedure, actor, now)],
        notes=[_note(note) for note in case.notes],
        media=[media_shown(one) for one in evidence_of(book, case)],
    )


def procedure_line(procedure: Procedure, language: str) -> ProcedureLine:
    return ProcedureLine(
        name=procedure.name,
        version=procedure.version,
        law=procedure.law,
        kind=procedure.kind,
        title=in_language(procedure.title, language),
    )


def procedure_whole(procedure: Procedure, language: str) -> ProcedureWhole:
    def said(words: Words) -> str:
        return in_language(words, language)

    return ProcedureWhole(
        **dict(procedure_line(procedure, language)),
        start=procedure.start,
        states=[
            StateShown(name=state.name, label=said(state.label), is_end=state.is_end)
            for state in procedure.states.values()
        ],
        moves=[
            StepShown(
                name=move.name,
                label=said(move.label),
                sources=sorted(move.sources),
                target=move.target,
                who=sorted(map(str, move.who)),
                needs=list(move.needs),
            )
            for move in procedure.moves
        ],
        terms=[
            TermShown(
                name=term.name,
                label=said(term.label),
                days=term.days,
                counting=term.counting,
                extension=term.extension,
            )
            for term in procedure.terms
        ],
        results=[Labelled(name=name, label=said(label)) for name, label in procedure.results.items()],
        number_example=procedure.number_example,
    )


def _state(procedure: Procedure, name: str, language: str) -> Labelled:
    state = procedure.states.get(name)
    return Labelled(name=name, label=in_language(state.label, language) if state else name)


def _clock(clock: Clock, procedure: Procedure, language: str, now: datetime) -> ClockShown:
    label = next((term.label for term in procedure.terms if term.name == clock.name), {})
    return ClockShown(
        name=clock.name,
        label=in_language(label, language) or clock.name,
        started_on=clock.started_on,
        due_on=clock.due_on,
        due_at=clock.due_at,
        extended=clock.extended,
        is_past=clock.due_at < now,
    )


def _move(move: Move, case: Case, procedure: Procedure, language: str) -> MoveShown:
    return MoveShown(
        name=move.name,
        label=in_language(move.label, language),
        target=_state(procedure, move.leads_to(case.state), language),
        needs=list(move.needs),
        results=list(move.results or procedure.results) if "result" in move.needs else [],
    )


def _note(note: Note) -> NoteShown:
    return NoteShown(
        serial=note.serial,
        kind=note.kind.value,
        at=note.at,
        actor=note.actor,
        text=note.text,
        details=dict(note.details),
        media=list(note.media),
    )


def media_shown(one: Media) -> MediaShown:
    return MediaShown(
        id=one.id,
        kind=one.kind,
        state=one.state,
        content_type=one.content_type,
        size=one.size,
        sha256=one.sha256,
        can_be_viewed=one.state == "kept" and bool(one.view_path),
    )
