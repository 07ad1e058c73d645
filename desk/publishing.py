"""A procedure's file checked, with everything that is wrong with it, and put in force for new cases."""

from dataclasses import dataclass
from datetime import datetime

from core.cases.procedure import Procedure
from core.cases.procedures import check_together, read_procedure
from core.model.cases import Actor
from core.toml.problems import Problem
from desk.refused import Refused
from storage.book import Book
from storage.procedures import ProcedureChanged


@dataclass(frozen=True, slots=True)
class Checked:
    source: str
    procedure: Procedure | None
    problems: tuple[Problem, ...]
    """All of them at once."""


def check(book: Book, content: bytes, file: str) -> Checked:
    """Also against those in force: what it opens has to be there."""
    try:
        source = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(409, "not_text") from None
    procedure, problems = read_procedure(source, file)
    if procedure:
        names = [one.name for one in book.procedures.versions()]
        problems = (*problems, *check_together({file: procedure}, names))
    return Checked(source, procedure, problems)


def publish(book: Book, actor: Actor, checked: Checked, now: datetime) -> bool:
    """False when that very version is there already; `Refused` when it is there with other words."""
    procedure = checked.procedure
    if procedure is None or checked.problems:
        raise Refused(409, "faulty")
    try:
        is_new = book.procedures.publish(checked.source, procedure, now)
    except ProcedureChanged:
        raise Refused(409, "other_words") from None
    if is_new:
        details = {"version": procedure.version}
        book.audit.write(actor.key, "procedure.published", f"procedure:{procedure.name}"[:64], details, now)
    return is_new
