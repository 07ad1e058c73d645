"""Reports that were filed: seen again, corrected, withdrawn; each change is a revision with a reason."""

from dataclasses import replace

from core.dialogue import menu
from core.dialogue.commands import Command
from core.dialogue.coordinators import deskform
from core.dialogue.coordinators.urgent import urgent
from core.dialogue.filling import summary
from core.dialogue.filling.settling import settle
from core.dialogue.known import REPORTS_SHOWN, Step
from core.dialogue.officers import findings
from core.dialogue.officers.findings import Found
from core.dialogue.session import Session, Stage
from core.dialogue.talk import Talk
from core.forms.answers.prose import cleaned
from core.forms.filling import Filling
from core.forms.plan import Plan
from core.forms.walk import finish
from core.model.effects import Effect, Revised, TopicSet
from core.model.messages import Choice
from core.model.records import Answers, Flag, Report, Revision, Standing

OUT = frozenset({Command.MENU, Command.CANCEL, Command.HELP, Command.LATER, Command.BACK})
"""What gets one out of being asked for a reason; any other words are the reason."""
LEAST_REASON = 3
LONGEST_REASON = 1_000


def list_reports(talk: Talk, lead: str = "", key: str = "n") -> Step:
    """The last reports of the one who asks, each to be opened."""
    session = talk.known.session.put_aside()
    reports = tuple(report for report in talk.known.reports if _mine(talk, report))[:REPORTS_SHOWN]
    begun = tuple(Choice(f"r:{filling.id}", _begun_label(talk, filling)) for filling in session.begun()[:3])
    if not reports:
        text = lead or talk.say("reports.none")
        return talk.step(session, text, (*begun, talk.choice("menu")), stage=Stage.REPORTS)
    choices = tuple(Choice(f"{key}:{report.number}", _line(talk, report)) for report in reports)
    text = lead or talk.say("reports.list", count=len(reports))
    return talk.step(session, text, (*choices, *begun, talk.choice("menu")), stage=Stage.REPORTS)


def show(talk: Talk, number: str) -> Step:
    """One report, and what can be done about it."""
    report = _find(talk, number)
    if report is None:
        return list_reports(talk, lead=talk.say("reports.unknown", number=number))
    choices = [talk.choice("menu")]
    if report.latest.standing is not Standing.WITHDRAWN:
        choices = [
            Choice(f"k:{number}", talk.say("button.correct")),
            Choice(f"w:{number}", talk.say("button.withdraw")),
            *choices,
        ]
    session = talk.known.session.put_aside()
    return talk.step(session, _described(talk, report), tuple(choices), stage=Stage.MENU)


def correct(talk: Talk, number: str) -> Step:
    """Open a filed report for changes; it stays filed as it is until the changes are sent."""
    if not number:
        return list_reports(talk, lead=talk.say("reports.which_correct"), key="k")
    report = _find(talk, number)
    if report is None:
        return list_reports(talk, lead=talk.say("reports.unknown", number=number), key="k")
    plan = talk.forms.get(report.form, report.version)
    if report.latest.standing is Standing.WITHDRAWN or plan is None:
        return show(talk, number)
    filling = _reopened(talk, report)
    session = talk.known.session.turn_to(filling)
    return settle(talk, session, filling, talk.say("correct.begin", number=number))


def ask_to_withdraw(talk: Talk, number: str) -> Step:
    if not number:
        return list_reports(talk, lead=talk.say("reports.which_withdraw"), key="w")
    report = _find(talk, number)
    if report is None:
        return list_reports(talk, lead=talk.say("reports.unknown", number=number), key="w")
    if report.latest.standing is Standing.WITHDRAWN:
        return show(talk, number)
    session = talk.known.session.put_aside()
    text = talk.say("reason.withdraw", number=number)
    return talk.step(session, text, (talk.choice("menu"),), stage=Stage.REASON, subject=f"withdraw {number}")


def hear_reason(talk: Talk) -> Step:
    """The reason of a correction or a withdrawal; it is kept with the revision."""
    session = talk.known.session
    what, _, number = session.subject.partition(" ")
    report, reason = _find(talk, number), cleaned(talk.incoming.text)[:LONGEST_REASON]
    if report is None:
        return list_reports(talk, lead=talk.say("reports.unknown", number=number))
    if len(reason) < LEAST_REASON:
        text = talk.say("reason.too_short")
        return talk.step(session, text, stage=Stage.REASON, subject=session.subject, numbered=False)
    if what == "withdraw":
        return _withdraw(talk, session, report, reason)
    return _send_correction(talk, session, report, reason)


def _withdraw(talk: Talk, session: Session, report: Report, reason: str) -> Step:
    latest = report.latest
    revision = _revision(talk, report, Standing.WITHDRAWN, latest.answers, latest.flags, reason)
    text = talk.say("withdrawn", number=report.number, time=summary.when(talk))
    left = tuple(filling for filling in session.aside if filling.revises != report.number)
    session = replace(session, aside=left)
    found = findings.withdrawn(talk, report, reason)
    topics = _topics_taken_back(talk, report)
    return talk.step(
        session,
        text,
        (talk.choice("menu"),),
        stage=Stage.MENU,
        effects=(Revised(report.number, revision), *found.effects, *topics),
    )


def _topics_taken_back(talk: Talk, report: Report) -> tuple[TopicSet, ...]:
    plan, first = talk.forms.get(report.form, report.version), report.revisions[0]
    if report.practice:
        return ()
    return deskform.taken_back(talk, plan, report.post, report.number, first.filed_at)


def _send_correction(talk: Talk, session: Session, report: Report, reason: str) -> Step:
    filling = session.filling
    plan = talk.plan(filling) if filling else None
    if filling is None or plan is None or filling.revises != report.number:
        return show(talk, report.number)
    if report.latest.standing is Standing.WITHDRAWN:
        return show(talk, report.number)
    answers, flags = finish(plan, filling, talk.world(filling))
    revision = _revision(talk, report, Standing.CORRECTED, findings.kept(plan, answers), flags, reason)
    found = findings.corrected(talk, filling, plan, report, reason)
    for_the_desk = _for_the_desk(talk, filling, plan, report, revision, found)
    lines = (talk.say("corrected", number=report.number, time=summary.when(talk)), found.words)
    return talk.step(
        session.drop(),
        "\n".join(line for line in lines if line),
        (talk.choice("menu"),),
        stage=Stage.MENU,
        effects=(Revised(report.number, revision), *found.effects, *for_the_desk),
    )


def _for_the_desk(
    talk: Talk, filling: Filling, plan: Plan, report: Report, revision: Revision, found: Found
) -> tuple[Effect, ...]:
    """The week's topics as they are now; what was no alarm before may be one now."""
    if report.practice:
        return ()
    first = report.revisions[0].filed_at
    told = deskform.topics_told(talk, plan, report.post, report.number, revision.answers, first)
    return (*told, *urgent(talk, filling, plan, report.number, first, found))


def _revision(
    talk: Talk, report: Report, standing: Standing, answers: Answers, flags: tuple[Flag, ...], reason: str
) -> Revision:
    return Revision(
        serial=report.latest.serial + 1,
        standing=standing,
        answers=answers,
        flags=flags,
        person=talk.known.person.id if talk.known.person else report.person,
        channel=talk.incoming.address.channel,
        filed_at=talk.fresh.now,
        sent_at=talk.incoming.sent_at,
        reason=reason,
    )


def _reopened(talk: Talk, report: Report) -> Filling:
    """The correction that was begun, else a new one."""
    begun = (f for f in talk.known.session.begun() if f.revises == report.number)
    return next(begun, None) or _as_filed(talk, report)


def _as_filed(talk: Talk, report: Report) -> Filling:
    latest = report.latest
    return Filling(
        id=talk.fresh.key,
        form=report.form,
        version=report.version,
        post=report.post,
        started_at=report.started_at,
        answers=latest.answers,
        practice=report.practice,
        # Nothing is added to the repeats that were filled, unless it is asked for.
        closed=frozenset(latest.answers.counts),
        confirmed=tuple(flag for flag in latest.flags if flag.place),
        revises=report.number,
        fresh=(talk.fresh.uuid, talk.fresh.chance),
    )


def _find(talk: Talk, number: str) -> Report | None:
    return next((r for r in talk.known.reports if r.number == number and _mine(talk, r)), None)


def _mine(talk: Talk, report: Report) -> bool:
    return talk.known.person is not None and report.person == talk.known.person.id


def _title(talk: Talk, report: Report) -> str:
    plan = talk.forms.get(report.form, report.version)
    return menu.form_label(talk, plan) if plan else report.form


def _line(talk: Talk, report: Report) -> str:
    mark = talk.say(f"standing.{report.latest.standing.value}")
    title = _title(talk, report)
    practice = f" ({talk.say('practice.mark').lower()})" if report.practice else ""
    return f"{report.number} {title}, {talk.moment(report.revisions[0].filed_at)}, {mark}{practice}"


def _described(talk: Talk, report: Report) -> str:
    lines = [_line(talk, report)]
    plan = talk.forms.get(report.form, report.version)
    if plan is not None and report.latest.answers.values:
        survey = talk.survey(plan, _as_filed(talk, report))
        lines += summary.first_lines(talk, survey)
    if report.latest.reason:
        lines.append(talk.say("reports.reason", reason=report.latest.reason))
    return "\n".join(lines)


def _begun_label(talk: Talk, filling: Filling) -> str:
    plan = talk.plan(filling)
    label = menu.form_label(talk, plan) if plan else filling.form
    return f"{label} — {talk.say('menu.begun')}"
