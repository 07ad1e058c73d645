"""`lapordesk cases`: what an operator can do with a case when nobody else can, always as one of the staff.

Who is given with --as sees and may do what the API would let them, and nothing else.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from bot.letters import crockford
from core.cases import lifecycle
from core.cases.acts import Given as Told
from core.cases.acts import in_language
from core.cases.moving import FEWEST
from core.model.cases import Actor, Case
from desk.acting import Decide, InHand, do, find_actor, look_up
from desk.refused import Refused
from lapordesk.commands.console import CommandFailed, Console, Given
from lapordesk.commands.staff import known, note_acting
from lapordesk.vaults import evidence_of
from storage.book import Book
from storage.cases import Outrun, Search
from storage.retention import Held, StillOpen
from storage.store import Store

Email = Annotated[str, Parameter(name="--as")]
Closed = Annotated[bool, Parameter(name="--closed", negative=())]
Overdue = Annotated[bool, Parameter(name="--overdue", negative=())]
Off = Annotated[bool, Parameter(name="--off", negative=())]
LONGEST_TITLE = 60
WHY: dict[type[Exception], str] = {StillOpen: "open", Held: "held"}


def list_cases(
    *,
    email: Email,
    state: str = "",
    procedure: str = "",
    office: str = "",
    overdue: Overdue = False,
    closed: Closed = False,
    limit: int = 50,
    console: Given,
) -> None:
    with console.store() as store, store.reading() as book:
        wanted = Search(
            known(book, email).actor,
            office=office,
            procedure=procedure,
            state=state,
            open_only=not closed,
            due_before=console.now if overdue else None,
            limit=max(1, limit),
        )
        found = book.cases.find(wanted)
    if not found:
        raise CommandFailed("commands.cases.none")
    console.listed(_line(console, case) for case in found)


def show(number: str, *, email: Email, console: Given) -> None:
    with console.store() as store, store.reading() as book, refusals_told(console):
        hand = look_up(book, number.upper(), known(book, email).actor, console.now)
    console.listed(_whole(console, hand))


def move(
    number: str,
    name: str,
    *,
    email: Email,
    reason: str = "",
    official: Annotated[str, Parameter(name="--number")] = "",
    result: str = "",
    office: str = "",
    console: Given,
) -> None:
    given = Told(reason, official, result, office, f"K-{crockford(3)}-{crockford(3)}")

    def decide(_: Book, hand: InHand) -> lifecycle.Act:
        return lifecycle.move(hand.case, hand.procedure, hand.rules, name, given, hand.actor, hand.now)

    _do(console, number, email, decide)


def note(number: str, text: str, *, email: Email, console: Given) -> None:
    _do(
        console,
        number,
        email,
        lambda _, hand: lifecycle.note(hand.case, hand.procedure, hand.actor, text, hand.now),
    )


def ask(number: str, text: str, *, email: Email, console: Given) -> None:
    _do(
        console,
        number,
        email,
        lambda _, hand: lifecycle.ask(hand.case, hand.procedure, hand.actor, text, hand.now),
    )


def assign(number: str, to: str, *, email: Email, console: Given) -> None:
    def decide(book: Book, hand: InHand) -> lifecycle.Act:
        return lifecycle.assign(hand.case, hand.procedure, hand.actor, _officer(book, to), hand.now)

    _do(console, number, email, decide)


def hold(number: str, *, email: Email, reason: str, off: Off = False, console: Given) -> None:
    _do(
        console,
        number,
        email,
        lambda _, hand: lifecycle.hold(hand.case, hand.procedure, hand.actor, not off, reason, hand.now),
    )


def erase(number: str, *, email: Email, reason: str, console: Given) -> None:
    with console.store() as store, refusals_told(console):
        with store.begin() as book:
            hand = look_up(book, number.upper(), known(book, email).actor, console.now)
            if len(reason.strip()) < FEWEST:
                raise CommandFailed("cases.refused.reason")
            note_acting(book, hand.actor, hand.case.number, console.now)
            try:
                files = book.retention.erase(hand.case.number, reason, hand.actor, console.now)
            except (StillOpen, Held) as refused:
                raise CommandFailed(f"commands.cases.erase.{WHY[type(refused)]}") from None
        _erase_files(console, store, files)
    console.say("commands.cases.erased", number=hand.case.number, files=len(files))


def export(number: str, *, email: Email, to: Path, console: Given) -> None:
    with console.store() as store, store.begin() as book, refusals_told(console):
        hand = look_up(book, number.upper(), known(book, email).actor, console.now)
        note_acting(book, hand.actor, hand.case.number, console.now)
        told = book.retention.export_subject(hand.case.number)
        book.audit.write(hand.actor.key, "case.exported", hand.case.number, {}, console.now)
    to.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    console.say("commands.written", file=to)


def _erase_files(console: Console, store: Store, files: Iterable[str]) -> None:
    """Nobody can open them any more; now they go."""
    evidence = evidence_of(console.settings, store.keys)
    for path in files:
        evidence.erase(path)


def _do(console: Console, number: str, email: str, decide: Decide) -> None:
    with console.store() as store, refusals_told(console), store.begin() as book:
        actor = known(book, email).actor
        note_acting(book, actor, number.upper(), console.now)
        acted = do(book, number.upper(), actor, None, console.now, decide)
        procedure = book.procedures.get(acted.case.procedure, acted.case.version)
    state = procedure.states.get(acted.case.state) if procedure else None
    label = in_language(state.label, console.texts.language) if state else acted.case.state
    console.say("commands.cases.done", number=acted.case.number, state=label)


@contextmanager
def refusals_told(console: Console) -> Iterator[None]:
    """What the desk refuses is the command's failure, in the same words."""
    try:
        yield
    except Outrun:
        raise CommandFailed("api.outrun") from None
    except Refused as refused:
        if refused.detail:
            raise CommandFailed("commands.cases.refused", reason=refused.detail(console.texts)) from None
        raise CommandFailed(f"api.{refused.code}") from None


def _officer(book: Book, written: str) -> Actor:
    """By the address of one of the staff, or by the key: person:12."""
    if "@" in written:
        return known(book, written).actor
    kind, _, number = written.partition(":")
    found = find_actor(book, written) if kind in ("staff", "person") and number.isdecimal() else None
    if found is None:
        raise Refused(409, "nobody")
    return found


def _line(console: Console, case: Case) -> str:
    due = min((clock.due_on for clock in case.clocks), default=None)
    return console.texts.say(
        "commands.cases.row",
        number=case.number,
        procedure=case.procedure,
        state=case.state,
        office=case.office,
        due=due or "-",
        title=case.title[:LONGEST_TITLE],
    )


def _whole(console: Console, hand: InHand) -> Iterator[str]:
    case, say, language = hand.case, console.texts.say, console.texts.language
    yield _line(console, case)
    for name, value in (
        ("accused", case.accused),
        ("where", case.where),
        ("happened", case.happened_on),
        ("known", case.known_on),
        ("official", case.official),
        ("result", case.result),
        ("assigned", case.assigned),
        ("parent", case.parent),
        ("missing", ", ".join(case.missing)),
        ("story", case.story),
    ):
        if value:
            yield say(f"commands.cases.field.{name}", value=value)
    for clock in case.clocks:
        yield say("commands.cases.clock", name=clock.name, due=clock.due_on)
    for note in case.notes:
        at = f"{note.at.astimezone(console.zone):%Y-%m-%d %H:%M}"
        told = " ".join(filter(None, (note.text, *(f"{key}={value}" for key, value in note.details.items()))))
        yield say(
            "commands.cases.note", serial=note.serial, at=at, actor=note.actor, kind=note.kind, told=told
        )
    for one in lifecycle.moves_for(case, hand.procedure, hand.actor, hand.now):
        yield say(
            "commands.cases.move",
            name=one.name,
            label=in_language(one.label, language),
            needs=", ".join(one.needs) or "-",
        )
