"""All that the page of one report shows, gathered in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from core.cases.lifecycle import may_see
from core.dialogue.filling.summary import NIHIL
from core.dialogue.reminders.seats import seat_name
from core.forms.plan import Plan
from core.model.areas import lineage
from core.model.cases import Actor
from core.model.records import Inquiry, Report, Revision, Standing
from core.model.zones import zone_of
from core.reports.told import Change, Told, changes, label_of, pictures, told
from core.speech.texts import Texts
from desk.pages.names import who_is
from desk.pages.reports.shelf import plan_of
from desk.reporting import ReportInHand
from storage.areas import label
from storage.book import Book
from storage.media import Media
from storage.verifications import Verified


@dataclass(frozen=True, slots=True)
class Piece:
    """A picture, a voice, a file."""

    id: str
    kind: str
    question: str
    """What it answers; empty for what came with an answer to the desk."""
    sha256: str
    is_kept: bool
    can_be_viewed: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """One state of the report: the filing, or what was changed."""

    serial: int
    standing: str
    at: datetime
    who: str
    channel: str
    reason: str
    changes: tuple[Change, ...]
    verified: Verified | None


@dataclass(frozen=True, slots=True)
class Sheet:
    report: Report
    title: str
    seat: str
    place: str
    who: str
    answers: list[tuple[str, list[Told]]]
    """By the group or the turn of a repeat that they stand in."""
    flags: Mapping[str, str]
    """What was odd and confirmed, by place."""
    lost_flags: list[tuple[str, str]]
    """Those whose answer is not shown: the question and the trouble."""
    pieces: list[Piece]
    turns: list[Turn]
    """The latest first."""
    inquiries: list[Inquiry]
    names: Mapping[str, str]
    verified: Verified | None
    """Of the revision that stands now."""
    case: str
    """The number of the case that came out of it, where they may see that."""

    @property
    def latest(self) -> Revision:
        return self.report.latest

    @property
    def is_nihil(self) -> bool:
        return NIHIL in self.latest.flags

    @property
    def is_withdrawn(self) -> bool:
        return self.latest.standing is Standing.WITHDRAWN

    @property
    def is_asked(self) -> bool:
        """A question of the desk waits for its answer."""
        return any(one.answered_at is None for one in self.inquiries)


def sheet(book: Book, hand: ReportInHand, actor: Actor, words: Texts) -> Sheet:
    report, language = hand.report, words.language
    plan = plan_of(book, report.form, report.version)
    marks = {one.serial: one for one in book.verifications.of(report.number)}
    inquiries = book.inquiries.of_report(report.number)
    people = {f"person:{one.person}" for one in report.revisions} | {f"person:{report.person}"}
    verifiers, askers = {one.actor for one in marks.values()}, {one.actor for one in inquiries}
    names = who_is(book, people | verifiers | askers, words)
    zone = zone_of(hand.area)
    rows = told(plan, report.latest.answers, language, zone) if plan else ()
    flags = {flag.place: flag.reason for flag in report.latest.flags if flag != NIHIL}
    shown = {row.place for row in rows}
    return Sheet(
        report=report,
        title=plan.form.words(plan.form.title, language).strip() if plan else report.form,
        seat=_seat(book, hand, words),
        place=", ".join(book.areas.chain(hand.area)) if hand.area else "",
        who=names[f"person:{report.latest.person}"],
        answers=[(name, list(those)) for name, those in groupby(rows, key=lambda row: row.heading)],
        flags=flags,
        lost_flags=[
            (label_of(plan, place, language), why) for place, why in flags.items() if place not in shown
        ],
        pieces=_pieces(plan, report, book.media.of_report(report.number), language),
        turns=_turns(plan, report, marks, names, words, zone)[::-1],
        inquiries=inquiries,
        names=names,
        verified=marks.get(report.latest.serial),
        case=_case(book, report.number, actor),
    )


def _seat(book: Book, hand: ReportInHand, words: Texts) -> str:
    """The post that it was filed from; whoever has left it filed it all the same."""
    role = book.people.role_of(hand.report.post) if hand.report.post else None
    if role is None:
        return ""
    known = book.areas.several(lineage(hand.area)) if hand.area else {}
    line = [label(known[code]) for code in reversed(lineage(hand.area)) if code in known]
    return seat_name(role, line, words)


def _pieces(plan: Plan | None, report: Report, media: list[Media], language: str) -> list[Piece]:
    """Those of the answers first, in their order."""
    questions = pictures(plan, report.latest.answers, language)
    order = {one: place for place, one in enumerate(questions)}
    return [
        Piece(
            one.id,
            one.content_type or one.kind,
            questions.get(one.id, ""),
            one.sha256,
            one.state == "kept",
            one.state == "kept" and bool(one.view_path),
        )
        for one in sorted(media, key=lambda one: order.get(one.id, len(order)))
    ]


def _turns(
    plan: Plan | None,
    report: Report,
    marks: Mapping[int, Verified],
    names: Mapping[str, str],
    words: Texts,
    zone: str,
) -> list[Turn]:
    before: Revision | None = None
    turns = []
    for one in report.revisions:
        is_changed = plan is not None and before is not None and one.standing is not Standing.WITHDRAWN
        turns.append(
            Turn(
                one.serial,
                one.standing.value,
                one.filed_at,
                names[f"person:{one.person}"],
                words.say(f"desk_reports.channel.{one.channel.value}"),
                one.reason,
                changes(plan, before.answers, one.answers, words.language, zone)
                if is_changed and plan and before
                else (),
                marks.get(one.serial),
            )
        )
        before = one
    return turns


def _case(book: Book, number: str, actor: Actor) -> str:
    case = book.cases.of_report(number)
    procedure = book.procedures.get(case.procedure, case.version) if case else None
    return case.number if case and procedure and may_see(actor, case, procedure) else ""
