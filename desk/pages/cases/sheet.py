"""All that the page of one case shows, gathered in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.cases.acts import in_language
from core.cases.lifecycle import may_see
from core.cases.likeness import likely
from core.cases.papers.facts import Facts
from core.cases.procedure import Procedure
from core.cases.status import status_words
from core.forms.plan import Plan
from core.forms.written import from_json
from core.model.cases import Actor, Case, Secrecy
from core.speech.texts import Texts
from desk.acting import InHand
from desk.api.shown import CaseWhole
from desk.api.views import whole
from desk.pages.cases.rows import Row, rows
from desk.pages.cases.timeline import Entry, timeline
from desk.pages.names import Colleague, colleagues, offices_beside, where_is, who_is
from desk.pages.times import left
from storage.book import Book
from storage.cases import Search

COMPARED = 100
"""So many open cases, those that run out first, are compared for likeness."""


@dataclass(frozen=True, slots=True)
class Sheet:
    case: CaseWhole
    procedure: str
    secrecy: str
    place: str
    office: str
    worker: str
    is_mine: bool
    is_closed: bool
    can_ask: bool
    told: str
    """What the one who brought it is told now."""
    result: str
    results: Mapping[str, str]
    facts: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    left: Mapping[str, str]
    """Of each clock, how much time is left."""
    entries: list[Entry]
    likely: list[Row]
    colleagues: tuple[Colleague, ...]
    excluded: tuple[str, ...]
    offices: tuple[tuple[str, str], ...]
    custodians: tuple[tuple[int, str], ...]
    under: str
    """The number of the parent that they may see, else empty."""


def sheet(book: Book, hand: InHand, words: Texts, zone: str) -> Sheet:
    case, procedure, actor, now = hand.case, hand.procedure, hand.actor, hand.now
    shown = whole(book, case, procedure, actor, words.language, now)
    plan = _plan(book, case)
    excluded = who_is(book, case.excluded, words)
    return Sheet(
        case=shown,
        procedure=in_language(procedure.title, words.language),
        secrecy=words.say(f"desk.secrecy.{case.secrecy.value}"),
        place=", ".join(book.areas.chain(case.area)) if case.area else "",
        office=where_is(book, [case.office]).get(case.office, case.office),
        worker=who_is(book, [case.assigned], words).get(case.assigned, ""),
        is_mine=case.assigned == actor.key,
        is_closed=case.closed_at is not None,
        can_ask=case.closed_at is None and case.secrecy is not Secrecy.OFFICIAL,
        told="" if case.secrecy is Secrecy.OFFICIAL else status_words(case, procedure, words.language, now),
        result=in_language(procedure.results.get(case.result, {}), words.language),
        results={name: in_language(label, words.language) for name, label in procedure.results.items()},
        facts=_facts(case, plan),
        missing=_missing(case, plan, words.language),
        left={clock.name: left(clock.due_at, now, words) for clock in case.clocks},
        entries=timeline(book, case, procedure, shown.media, words, zone),
        likely=_likely(book, hand, words, now),
        colleagues=colleagues(book, case, procedure),
        excluded=tuple(sorted(excluded.values())),
        offices=offices_beside(book, case),
        custodians=tuple((one.id, one.name) for one in book.custodians.active() if one.kind == "custodian"),
        under=case.parent if case.parent and _sees(book, case.parent, actor) else "",
    )


def _facts(case: Case, plan: Plan | None) -> tuple[tuple[str, str], ...]:
    """What was answered besides what the page tells anyway, with the words of the form."""
    if plan is None:
        return ()
    apart = {"place": case.area, "happened": case.happened_on, "known": case.known_on}
    about = plan.form.purpose.about
    besides = frozenset(name for key, shown in apart.items() if shown for name in about.get(key, "").split())
    told = {case.story.strip(), case.title.strip(), case.accused.strip(), case.where.strip()}
    rows_of = Facts(case.answers, plan, case.office).rows(besides)
    return tuple((label, value) for label, value in rows_of if value.strip() not in told)


def _missing(case: Case, plan: Plan | None, language: str) -> tuple[str, ...]:
    """The labels of the requirements that are not met."""
    if plan is None:
        return case.missing
    labels = {one.path[-1]: plan.form.words(one.label, language).strip() for one in plan.form.questions()}
    return tuple(labels.get(name.rpartition("/")[2]) or name for name in case.missing)


def _likely(book: Book, hand: InHand, words: Texts, now: datetime) -> list[Row]:
    wanted = Search(hand.actor, office=hand.case.office, practice=hand.case.practice, limit=COMPARED)
    alike = [case for case, _ in likely(hand.case, book.cases.find(wanted))]
    return rows(book, alike, hand.actor, words, now)


def _sees(book: Book, number: str, actor: Actor) -> bool:
    case = book.cases.get(number, notes=False)
    procedure: Procedure | None = book.procedures.get(case.procedure, case.version) if case else None
    return case is not None and procedure is not None and may_see(actor, case, procedure)


def _plan(book: Book, case: Case) -> Plan | None:
    """None where no form was filled, or its version is here no longer."""
    try:
        return Plan(from_json(book.forms.load(case.form, case.form_version))) if case.form else None
    except KeyError:
        return None
