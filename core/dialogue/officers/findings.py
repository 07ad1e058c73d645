"""A report that is a case too: a finding out of an LHP, a complaint taken down at the counter, a petition."""

from dataclasses import dataclass, replace

from core.cases.acts import in_language, noted
from core.cases.filing import Brought, apart, bring, opens_case
from core.cases.lifecycle import alert_of_opening, open_case
from core.cases.procedure import Procedure
from core.cases.telling import to_worker
from core.dialogue.officers.casewords import actor, can_see, opener, say
from core.dialogue.talk import Talk
from core.forms.filling import Filling
from core.forms.plan import Plan
from core.model.cases import Case, NoteKind, Secrecy
from core.model.effects import Effect, Forgot, Opened
from core.model.messages import Choice
from core.model.records import Answers, Report, Standing


@dataclass(frozen=True, slots=True)
class Found:
    """What happens beside the filing, and what its writer is told of it."""

    effects: tuple[Effect, ...] = ()
    words: str = ""
    choices: tuple[Choice, ...] = ()


def may_be_filed(talk: Talk, filling: Filling, plan: Plan, answers: Answers) -> bool:
    """Not when it tells who somebody is and no case would keep that: it must be in no report."""
    _, identity = apart(plan, answers)
    return not identity or (_opens(talk, filling, plan) and _procedure(talk, plan) is not None)


def kept(plan: Plan, answers: Answers) -> Answers:
    """What the report keeps: all but who somebody is."""
    return apart(plan, answers)[0]


def found(talk: Talk, filling: Filling, plan: Plan, report: str) -> Found:
    """The case that comes out of the report of this number, if any. In practice nobody is alerted."""
    procedure = _procedure(talk, plan)
    if procedure is None or not _opens(talk, filling, plan):
        return Found()
    brought = _brought(talk, filling, plan, report)
    case, note = open_case(brought.opening, procedure, actor(talk), talk.fresh.now, brought.media)
    alert = () if case.practice else (alert_of_opening(case, procedure),)
    # What was typed for the custodians alone must not stay readable in the conversation.
    forgot = (Forgot(),) if brought.identity else ()
    names = talk.known.names(case.office)
    words = say(
        talk,
        "found",
        procedure=in_language(procedure.title, talk.language),
        number=case.number,
        office=names[0] if names else case.office,
    )
    effects = (Opened(case, note, identity=brought.identity), *alert, *forgot)
    return Found(effects, words, (opener(talk, case),) if can_see(talk, case) else ())


def corrected(talk: Talk, filling: Filling, plan: Plan, report: Report, reason: str) -> Found:
    """The case follows its report: its words as they are now, a note of why, and whoever works it is told.
    Its place and days stay, since its clocks run by them. What was no finding before may be one now."""
    case = _case_of(talk, report)
    if case is None:
        return found(talk, filling, plan, report.number)
    if _opens(talk, filling, plan):
        case = _with_words_of(case, _brought(talk, filling, plan, report.number))
    return _told(talk, case, report, Standing.CORRECTED, reason)


def withdrawn(talk: Talk, report: Report, reason: str) -> Found:
    """The case stays: whether anything is left of it is for its officers to say."""
    case = _case_of(talk, report)
    return _told(talk, case, report, Standing.WITHDRAWN, reason) if case else Found()


def _told(talk: Talk, case: Case, report: Report, standing: Standing, reason: str) -> Found:
    details = {"report": report.number, "standing": standing.value}
    act = noted(case, NoteKind.NOTED, actor(talk), talk.fresh.now, reason, details)
    alert = to_worker(act.case, f"casework.alert.{standing.value}", report=report.number)
    return Found((act,) if case.practice else (act, alert))


def _with_words_of(case: Case, brought: Brought) -> Case:
    now = brought.opening
    return replace(
        case,
        answers=now.answers,
        title=now.title,
        story=now.story,
        accused=now.accused,
        where=now.where,
        missing=now.missing,
    )


def _case_of(talk: Talk, report: Report) -> Case | None:
    case = talk.known.case
    return case if case is not None and case.report == report.number else None


def _brought(talk: Talk, filling: Filling, plan: Plan, report: str) -> Brought:
    post = talk.known.post(filling.post)
    area = post.area if post else ""
    return bring(
        plan,
        filling,
        talk.world(filling),
        number=talk.fresh.case,
        secrecy=Secrecy.OFFICIAL,
        province=area.split(".")[0],
        area=area,
        report=report,
    )


def _opens(talk: Talk, filling: Filling, plan: Plan) -> bool:
    return opens_case(plan, filling, talk.world(filling))


def _procedure(talk: Talk, plan: Plan) -> Procedure | None:
    return talk.known.rules.current(plan.form.purpose.opens) if plan.form.purpose.opens else None
