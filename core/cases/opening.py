"""How a case begins: its first state, office and clocks, its first note, and who hears of it."""

from dataclasses import replace
from datetime import datetime

from core.cases.acts import Opening, noted
from core.cases.clocks import clocks_in
from core.cases.procedure import Procedure
from core.cases.routing import office_of
from core.cases.telling import to_office
from core.model.cases import Actor, Case, Note, NoteKind
from core.model.effects import Alerted


def open_case(
    opening: Opening, procedure: Procedure, actor: Actor, now: datetime, media: tuple[str, ...] = ()
) -> tuple[Case, Note]:
    """The new case with its first note, for an `Opened`."""
    case = Case(
        number=opening.number, procedure=procedure.name, version=procedure.version, state=procedure.start,
        secrecy=opening.secrecy, area=opening.area, office=office_of(opening.area, opening.province),
        opened_at=now, entered_at=now, known_on=opening.known_on, happened_on=opening.happened_on,
        form=opening.form, form_version=opening.form_version, answers=opening.answers,
        title=opening.title, story=opening.story, accused=opening.accused, where=opening.where,
        missing=opening.missing, report=opening.report, parent=opening.parent, practice=opening.practice,
        doubts=opening.doubts,
    )  # fmt: skip
    details = {"parent": opening.parent} if opening.parent else {}
    first = noted(
        replace(case, clocks=clocks_in(case, procedure)), NoteKind.OPENED, actor, now, "", details, media
    )
    return first.case, first.note


def alert_of_opening(case: Case, procedure: Procedure) -> Alerted:
    """Tells the office that a case has come."""
    if case.report:
        return to_office(case, "cases.alert.opened_of", procedure=procedure.title, report=case.report)
    return to_office(case, "cases.alert.opened", procedure=procedure.title)
