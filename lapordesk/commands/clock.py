"""`lapordesk clock list`: what the clock did last and does next. `lapordesk remind`: reminders by hand."""

from datetime import datetime

from bot.forms import FormShelf
from lapordesk.commands.console import CommandFailed, Console, Given
from lapordesk.timetable import rounds, timetable
from lapordesk.vaults import evidence_of
from scheduler.outcomes import counts
from scheduler.reminders import reminders
from scheduler.ticker import Came, Job, More, Round, do_part, last_due
from storage.store import Store
from storage.ticks import Run


def list_jobs(*, console: Given) -> None:
    now = console.now
    with console.store() as store:
        evidence = evidence_of(console.settings, store.keys)
        daily = timetable(console.settings, FormShelf(lambda: now), evidence)
        jobs: tuple[Job | Round, ...] = (*daily, *rounds(console.settings, evidence, lambda: now))
        with store.reading() as book:
            runs = [(job, book.ticks.run(job.name)) for job in jobs]
    console.listed(_line(console, job, run, now) for job, run in runs)


def remind(*, at: datetime | None = None, console: Given) -> None:
    """At the last full hour up to then; what the clock did at that hour is not done again."""
    now = console.now
    wanted = now if at is None else (at if at.tzinfo else at.replace(tzinfo=console.zone))
    if wanted > now:
        raise CommandFailed("commands.remind.future")
    with console.store() as store:
        for job in reminders():
            moment = last_due(job.trigger, wanted)
            if moment is not None:
                _remind(console, store, job, moment, now)


def _remind(console: Console, store: Store, job: Job, moment: datetime, now: datetime) -> None:
    came = _do(store, job, moment, now)
    while isinstance(came, More):
        came = _do(store, job, moment, now)
    with store.reading() as book:
        told = counts(book.ticks.outcome(job.name, moment))
    console.say(
        "commands.remind.before" if came is None else "commands.remind.done",
        job=job.name,
        moment=_time(console, moment),
        reminded=console.number(told.get("reminded", 0)),
        reports=console.number(told.get("reports", 0)),
        unreachable=console.number(told.get("unreachable", 0)),
        held=console.number(told.get("held", 0)),
    )


def _do(store: Store, job: Job, moment: datetime, now: datetime) -> Came | None:
    with store.begin() as book:
        return do_part(job, moment, now, book)


def _line(console: Console, job: Job | Round, run: Run | None, now: datetime) -> str:
    coming = job.trigger.get_next_fire_time(None, now)
    following = _time(console, coming) if coming else "-"
    if run is None:
        return console.texts.say("commands.clock.never", job=job.name, next=following)
    state = "well" if run.is_well else "failed"
    return console.texts.say(
        f"commands.clock.{state if run.is_over else 'at_work'}",
        job=job.name,
        last=_time(console, run.scheduled_for),
        at=_time(console, run.at),
        outcome=run.outcome,
        next=following,
    )


def _time(console: Console, moment: datetime) -> str:
    return f"{moment.astimezone(console.zone):%Y-%m-%d %H:%M}"
