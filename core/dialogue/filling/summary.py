"""The summary before filing, changing an answer by its number, filing, throwing away."""

import re
from collections.abc import Callable
from dataclasses import replace

from core.cases import filing
from core.dialogue import keys, menu
from core.dialogue.citizens import handing
from core.dialogue.commands import plain
from core.dialogue.coordinators import deskform
from core.dialogue.coordinators.urgent import urgent
from core.dialogue.filling import asking
from core.dialogue.known import Step
from core.dialogue.officers import findings
from core.dialogue.officers.findings import Found
from core.dialogue.session import Session, Stage
from core.dialogue.talk import Talk
from core.forms.filling import Filling
from core.forms.form import Question, Repeat
from core.forms.plan import Plan
from core.forms.survey import Survey, broken
from core.forms.walk import finish
from core.model.effects import Effect, Filed
from core.model.messages import Choice
from core.model.records import Answers, Flag, Report, Revision, Standing

LINES = 12
"""Answers on one page of the summary: one screen of a cheap phone."""
NUMBER = re.compile(r"(?:ubah|perbaiki|ganti|salah|change)? ?(?:nomor|no|number)?\.? ?(\d{1,4})[.)]?")
LABEL = 34
VALUE = 60
NIHIL = Flag("", "nihil")
"""What marks a report filed by one tap: nothing to report."""


def show(talk: Talk, session: Session, *, lead: str = "", page: int = 0) -> Step:
    """Every answer by its number; then Kirim, or what is still open."""
    filling = session.filling
    plan = talk.plan(filling) if filling else None
    if filling is None or plan is None:
        return menu.show(talk, lead=talk.say("nothing_begun"))
    survey = talk.survey(plan, filling)
    lines = _lines(talk, survey, only_answered=bool(filling.secrecy))
    last = (max(len(lines), 1) - 1) // LINES
    page = min(page, last)
    pages = f" ({page + 1}/{last + 1})" if last else ""
    whole = is_whole(survey, filling)
    text = asking.joined(
        (
            lead,
            talk.say(
                f"summary.{'whole' if whole else 'part'}", form=menu.form_label(talk, plan), pages=pages
            ),
            *(lines[page * LINES : (page + 1) * LINES] or [talk.say("summary.empty")]),
            *(survey.say(note, "") for note in survey.closing if whole),
            _missing(talk, survey) if whole else "",
            talk.say("summary.unused", count=len(session.spare)) if whole and session.spare else "",
            talk.say("summary.foot" if whole else "summary.foot_part"),
        )
    )
    more = (Choice(f"s:{page + 1}", talk.say("summary.more")),) if page < last else ()
    end = (talk.choice("send"),) if whole else (talk.choice("resume"),)
    choices = (*end, *more, *(_further_turns(talk, survey) if whole else ()), talk.choice("later"))
    session = replace(session, filling=replace(filling, place=""))
    return talk.step(session, text, choices, stage=Stage.SUMMARY, numbered=False)


def odd(talk: Talk, session: Session, lead: str = "") -> Step:
    """Not understood: what can be done at a summary, without showing it all once more."""
    words = asking.joined((lead, talk.say("summary.odd")))
    choices = (talk.choice("send"), talk.choice("summary"), talk.choice("later"))
    return talk.step(session, words, choices, stage=Stage.SUMMARY, numbered=False)


def is_whole(survey: Survey, filling: Filling) -> bool:
    return survey.next(replace(filling, place="")) is None and broken(survey, filling) is None


def after_change(talk: Talk, session: Session, survey: Survey, place: str, lead: str) -> Step:
    """One answer is new; the others were seen a moment ago."""
    numbers = [at for at, _ in survey.answered()]
    line = _lines(talk, survey)[numbers.index(place)] if place in numbers else ""
    words = asking.joined((lead, line, talk.say("summary.after_change")))
    choices = (talk.choice("send"), Choice("c:summary", talk.say("button.see_all")), talk.choice("later"))
    return talk.step(session, words, choices, stage=Stage.SUMMARY, numbered=False)


def which(talk: Talk) -> Step:
    """Something is wrong: which answer?"""
    session = talk.known.session
    if session.stage is not Stage.SUMMARY:
        return show(talk, session, lead=talk.say("summary.which"))
    choices = (talk.choice("summary"), talk.choice("later"))
    return talk.step(session, talk.say("summary.which"), choices, stage=Stage.SUMMARY, numbered=False)


def numbered(survey: Survey, text: str) -> str:
    """The place of the answer with that number in the summary."""
    found = NUMBER.fullmatch(plain(text))
    places = [place for place, _ in survey.answered()]
    return places[int(found[1]) - 1] if found and 1 <= int(found[1]) <= len(places) else ""


def change(talk: Talk, place: str) -> Step:
    """Ask one answer again."""
    session, filling = talk.known.session, talk.known.session.filling
    plan = talk.plan(filling) if filling else None
    if filling is None or plan is None:
        return menu.show(talk)
    survey = talk.survey(plan, filling)
    spot = survey.alone(place)
    if spot is None:
        return show(talk, session)
    session = replace(session, filling=replace(filling, place=place))
    return asking.ask(talk, session, survey, replace(spot, notes=()), heading=talk.say("change"))


def send(talk: Talk) -> Step:
    """File the report; a correction asks for its reason first."""
    session, filling = talk.known.session, talk.known.session.filling
    plan = talk.plan(filling) if filling else None
    if filling is None or plan is None:
        return menu.show(talk, lead=talk.say("nothing_begun"))
    if filling.post is not None and talk.known.post(filling.post) is None:
        return menu.show(talk, lead=talk.say("post.lost"))
    survey = talk.survey(plan, filling)
    if not is_whole(survey, filling):
        return show(talk, session)
    if filling.revises:
        return talk.step(
            session,
            talk.say("reason.correct", number=filling.revises),
            stage=Stage.REASON,
            subject=f"correct {filling.revises}",
            numbered=False,
        )
    answers, flags = finish(plan, filling, talk.world(filling))
    if not findings.may_be_filed(talk, filling, plan, answers):
        return talk.step(
            session, talk.texts.say("casework.no_procedure"), (talk.choice("menu"),), stage=Stage.SUMMARY
        )
    return _file(talk, session, filling, plan, answers, flags)


def file_nihil(talk: Talk, session: Session, filling: Filling, plan: Plan, closes: int | None = None) -> Step:
    """One tap: nothing to report."""
    return _file(talk, session, filling, plan, Answers(), (NIHIL,), closes)


def ask_to_cancel(talk: Talk) -> Step:
    session, filling = talk.known.session, talk.known.session.filling
    if filling is None:
        return menu.show(talk, lead=talk.say("cancel.nothing"))
    choices = (Choice("c:drop", talk.say("button.drop")), talk.choice("resume"))
    return talk.step(session, talk.say("cancel.sure"), choices, stage=Stage.CANCEL)


def drop(talk: Talk) -> Step:
    """Throw the filling away; a filed report that was being corrected stays as it is."""
    session = talk.known.session
    if session.filling is None or session.stage is not Stage.CANCEL:
        return menu.show(talk)
    done = "cancel.correction_done" if session.filling.revises else "cancel.done"
    talk = replace(talk, known=replace(talk.known, session=session.drop()))
    return menu.show(talk, lead=talk.say(done))


def without_form(talk: Talk, session: Session) -> Step:
    return menu.show(talk, lead=talk.say("form.gone"))


BUTTONS: dict[str, Callable[[Talk], Step]] = {"drop": drop}


def short(label: str) -> str:
    """A label cut at a word to fit a line of the summary."""
    line = label.split("\n", 1)[0].rstrip("?:. ")
    if len(line) <= LABEL:
        return line
    return line[:LABEL].rsplit(" ", 1)[0].rstrip(",;: ") + "…"


def value_shown(talk: Talk, survey: Survey, place: str, question: Question) -> str:
    words = " ".join(talk.shown(survey, place, question).split())
    return words if len(words) <= VALUE else words[: VALUE - 1] + "…"


def first_lines(talk: Talk, survey: Survey) -> list[str]:
    """The beginning of a report, for a look."""
    lines = _lines(talk, survey)
    return lines if len(lines) <= LINES else [*lines[: LINES - 1], "…"]


def when(talk: Talk) -> str:
    """The time of now as a person reads it: 27 Nov 08.04 WITA."""
    return talk.moment(talk.fresh.now)


def _missing(talk: Talk, survey: Survey) -> str:
    """What the law wants of a case and is not told yet: it may follow."""
    numbers = {place: number for number, (place, _) in enumerate(survey.answered(), start=1)}
    lacking = filing.missing(survey)
    titles = [f"{numbers[at]} {short(asking.title(survey, at, question))}" for at, question in lacking]
    return talk.texts.say("tips.missing", questions="; ".join(titles)) if titles else ""


def _further_turns(talk: Talk, survey: Survey) -> tuple[Choice, ...]:
    """To add one more turn to a repeat that was closed."""
    return tuple(
        Choice(
            asking.key(survey, spot.place, keys.MORE),
            talk.say("button.more_of", label=asking.title(survey, spot.place, spot.item)),
        )
        for spot in survey.spots
        if isinstance(spot.item, Repeat)
    )


def _lines(talk: Talk, survey: Survey, *, only_answered: bool = False) -> list[str]:
    return [
        f"{number} {short(asking.title(survey, place, question))}: "
        f"{value_shown(talk, survey, place, question)}"
        for number, (place, question) in enumerate(survey.answered(), start=1)
        if survey.sheet.value(place) or not only_answered
    ]


def _file(
    talk: Talk,
    session: Session,
    filling: Filling,
    plan: Plan,
    answers: Answers,
    flags: tuple[Flag, ...],
    closes: int | None = None,
) -> Step:
    if filling.secrecy:
        return handing.hand_in(talk, session, filling, plan)
    person = talk.known.person
    if person is None:
        return menu.show(talk)
    revision = Revision(
        serial=1,
        standing=Standing.FILED,
        answers=findings.kept(plan, answers),
        flags=flags,
        person=person.id,
        channel=talk.incoming.address.channel,
        filed_at=talk.fresh.now,
        sent_at=talk.incoming.sent_at,
    )
    number = talk.fresh.number
    report = Report(
        number=number,
        form=filling.form,
        version=filling.version,
        post=filling.post,
        person=person.id,
        practice=filling.practice,
        started_at=filling.started_at,
        revisions=(revision,),
    )
    key = "filed.practice" if filling.practice else "filed.nihil" if NIHIL in flags else "filed.done"
    text = talk.say(key, number=number, time=when(talk), form=menu.form_label(talk, plan))
    flagged = len([flag for flag in flags if flag != NIHIL])
    lines = [text, talk.say("filed.flagged", count=flagged)] if flagged else [text]
    found = Found() if NIHIL in flags else findings.found(talk, filling, plan, number)
    lines += [found.words] if found.words else []
    lines.append(talk.say("filed.correct", number=number))
    return talk.step(
        session.drop(),
        "\n".join(lines),
        (*found.choices, talk.choice("menu")),
        stage=Stage.MENU,
        effects=(Filed(report, closes), *found.effects, *_for_the_desk(talk, filling, plan, report, found)),
    )


def _for_the_desk(
    talk: Talk, filling: Filling, plan: Plan, report: Report, found: Found
) -> tuple[Effect, ...]:
    """What the report says of the week's topics, and what of it cannot wait until Monday."""
    latest = report.latest
    if report.practice:
        return ()
    if NIHIL in latest.flags:
        return deskform.all_well(talk, plan, report.post, report.number, latest.filed_at)
    told = deskform.topics_told(talk, plan, report.post, report.number, latest.answers, latest.filed_at)
    return (*told, *urgent(talk, filling, plan, report.number, latest.filed_at, found))
