"""All that a paper is drawn from, gathered in one transaction; drawn after it, since that takes a while."""

from dataclasses import dataclass
from datetime import datetime

from core.cases.papers import Supervisor
from core.cases.procedure import Procedure
from core.forms.plan import Plan
from core.forms.written import from_json
from core.model.areas import within
from core.model.cases import Actor, Case
from core.model.people import Person
from core.model.records import Report
from desk.acting import look_up
from desk.api.evidence import evidence_of
from desk.papers import formulir_a, formulir_laporan, pictures_of, tanda_terima, timeline
from desk.refused import unknown
from storage.book import Book
from storage.evidence import Evidence
from storage.media import Media
from storage.tokens import Held

FORMS = {"laporan": formulir_laporan, "tanda-terima": tanda_terima}


@dataclass(frozen=True, slots=True)
class CaseDossier:
    case: Case
    procedure: Procedure
    plan: Plan | None
    evidence: tuple[Media, ...]
    office: str
    receiver: str
    now: datetime

    def draw(self, paper: str) -> bytes:
        """Who brought it stays sealed: its place on the paper is left to be filled by hand."""
        return FORMS[paper](
            self.case,
            self.procedure,
            self.plan,
            None,
            self.evidence,
            self.now,
            office=self.office,
            receiver=self.receiver,
        )

    def draw_all(self) -> dict[str, bytes]:
        """For the bundle: the forms and the history."""
        papers = {f"{paper}.pdf": self.draw(paper) for paper in FORMS}
        return papers | {"riwayat.pdf": timeline(self.case, self.procedure, self.now)}


@dataclass(frozen=True, slots=True)
class ReportDossier:
    report: Report
    plan: Plan | None
    supervisor: Supervisor
    evidence: tuple[Media, ...]
    area: str
    now: datetime

    def draw(self, evidence: Evidence) -> bytes:
        return formulir_a(
            self.report,
            self.plan,
            self.supervisor,
            self.evidence,
            self.now,
            area=self.area,
            pictures=pictures_of(self.evidence, evidence),
        )


def gather_case(book: Book, number: str, held: Held, act: str, now: datetime) -> CaseDossier:
    """Refused as unknown when it is not theirs to see; that they were given it is in the audit log."""
    hand = look_up(book, number, held.member.actor, now)
    case = hand.case
    book.audit.write(hand.actor.key, act, number, {}, now)
    return CaseDossier(
        case,
        hand.procedure,
        _plan(book, case.form, case.form_version),
        evidence_of(book, case),
        f"Bawaslu {next(iter(book.areas.chain(case.office)), '')}".strip(),
        held.member.name,
        now,
    )


def gather_report(book: Book, number: str, actor: Actor, act: str, now: datetime) -> ReportDossier:
    """A supervisor's report from the caller's own area; practice reports are printed as such."""
    report, area = book.reports.get(number), book.reports.area_of(number)
    if report is None or not any(within(area, seat) for _, seat in actor.seats):
        raise unknown()
    book.audit.write(actor.key, act, number, {}, now)
    person = book.people.get(report.person)
    return ReportDossier(
        report,
        _plan(book, report.form, report.version),
        _supervisor(book, person, report.post, area),
        tuple(book.media.of_report(number)),
        area,
        now,
    )


def _plan(book: Book, form: str, version: str) -> Plan | None:
    """None where no form was filled: an officer entered it."""
    try:
        return Plan(from_json(book.forms.load(form, version))) if form else None
    except KeyError:
        return None


def _supervisor(book: Book, person: Person | None, post: int | None, area: str) -> Supervisor:
    held = next((one for one in person.posts if one.id == post), None) if person else None
    place = held.place if held else book.areas.chain(area)
    return Supervisor(person.name if person else "", held.role.upper() if held else "", ", ".join(place[:3]))
