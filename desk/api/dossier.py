"""All that a paper is drawn from, gathered in one transaction; drawn after it, since that takes a while."""

from dataclasses import dataclass, replace
from datetime import datetime

from core.cases.papers import Supervisor, supervisor_of
from core.cases.procedure import Procedure
from core.forms.plan import Plan
from core.forms.written import from_json
from core.model.cases import Actor, Case
from core.model.people import Person
from core.model.records import Report
from desk.acting import look_up
from desk.api.evidence import evidence_of, sealed_under
from desk.papers import Identity, formulir_a, of_complaint, pictures_of, timeline
from desk.reporting import look_up_report
from storage.book import Book
from storage.evidence import Evidence
from storage.media import Media
from storage.staff import Member

FORMS = ("laporan", "tanda-terima")


@dataclass(frozen=True, slots=True)
class CaseDossier:
    case: Case
    procedure: Procedure
    plan: Plan | None
    evidence: tuple[Media, ...]
    office: str
    receiver: str
    now: datetime
    sealed: bool = False
    """An identity lies sealed."""
    identity: Identity = None
    """What a custodian opened for these papers; None leaves its place to be filled by hand."""

    def draw(self, paper: str) -> bytes:
        return of_complaint(
            paper,
            self.case,
            self.procedure,
            self.plan,
            self.identity,
            self.evidence,
            self.now,
            office=self.office,
            receiver=self.receiver,
            sealed=self.sealed,
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
    law: str = "pilkada"
    number: str = ""
    """As the office numbers it; empty leaves a line to write on."""

    def draw(self, evidence: Evidence) -> bytes:
        return formulir_a(
            self.report,
            self.plan,
            self.supervisor,
            self.evidence,
            self.now,
            area=self.area,
            law=self.law,
            number=self.number,
            pictures=pictures_of(self.evidence, evidence),
        )


def gather_case(book: Book, number: str, member: Member, act: str, now: datetime) -> CaseDossier:
    """Refused as unknown when it is not theirs to see; that they were given it is in the audit log."""
    hand = look_up(book, number, member.actor, now)
    case = hand.case
    book.audit.write(hand.actor.key, act, number, {}, now)
    return CaseDossier(
        case,
        hand.procedure,
        _plan(book, case.form, case.form_version),
        evidence_of(book, case),
        _office(book, case.office),
        member.name,
        now,
        bool(sealed_under(book, case)),
    )


def gather_report(book: Book, number: str, actor: Actor, act: str, now: datetime) -> ReportDossier:
    """A supervisor's report from the caller's own area; practice reports are printed as such."""
    hand = look_up_report(book, number, actor)
    report, area = hand.report, hand.area
    book.audit.write(actor.key, act, number, {}, now)
    person = book.people.get(report.person)
    return ReportDossier(
        report,
        _plan(book, report.form, report.version),
        _supervisor(book, person, report.post, area),
        tuple(book.media.of_report(number)),
        area,
        now,
        _law(book),
    )


def _office(book: Book, code: str) -> str:
    """Bawaslu Kota Samarinda, Bawaslu Provinsi Kalimantan Timur."""
    area = book.areas.get(code)
    return " ".join(filter(None, ("Bawaslu", area.kind, area.name))) if area else ""


def _law(book: Book) -> str:
    """Of the procedure that findings follow now: Pemilu and Pemilihan are named differently."""
    finding = book.procedures.current("temuan")
    return finding.law if finding else "pilkada"


def _plan(book: Book, form: str, version: str) -> Plan | None:
    """None where no form was filled: an officer entered it."""
    try:
        return Plan(from_json(book.forms.load(form, version))) if form else None
    except KeyError:
        return None


def _supervisor(book: Book, person: Person | None, post: int | None, area: str) -> Supervisor:
    held = next((one for one in person.posts if one.id == post), None) if person else None
    found = supervisor_of(person.name if person else "", held)
    return found if held else replace(found, alamat=", ".join(book.areas.chain(area)[:3]))
