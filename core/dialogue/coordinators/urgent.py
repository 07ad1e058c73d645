"""What cannot wait until Monday: a suspected violation, or a "ya" to a question that is marked `penting`.

⚠️ P-7K2-M9Q, PTPS 012 Sidodadi, Samarinda Ulu: ada dugaan pelanggaran. 27 Nov 08.04 WITA.

Not a word of the answers, and no name of anybody.
"""

from datetime import datetime

from core.dialogue.officers.findings import Found
from core.dialogue.reminders.seats import moment_name, seat_name
from core.dialogue.talk import Talk
from core.forms.filling import Filling
from core.forms.form import Question
from core.forms.marks import is_critical
from core.forms.plan import Plan
from core.model.effects import Effect, Flagged, Opened
from core.model.messages import Reply, Template
from core.model.people import Post, Role
from core.speech.cutting import shorten
from core.speech.texts import LANGUAGES, texts

FINDING = "finding"
YES = frozenset({"ya", "yes"})
LABEL = 80
KNOCK = Template("news", announces=True)


def urgent(
    talk: Talk, filling: Filling, plan: Plan, number: str, filed_at: datetime, found: Found
) -> tuple[Effect, ...]:
    """At most one, and one a report: `filed_at` is when it was filed first. In practice none."""
    post = talk.known.post(filling.post)
    critical = _critical(talk, filling, plan)
    is_finding = _is_finding(talk, found)
    if filling.practice or post is None or not (critical or is_finding):
        return ()
    replies = {}
    for language in LANGUAGES:
        what = _what(plan, critical, language)
        replies[language] = _reply(post, number, what, talk.fresh.now, language)
    # The office of a finding is told of its case: once is enough.
    roles = frozenset({Role.PANWASCAM} if is_finding else {Role.PANWASCAM, Role.KABKOTA})
    return (Flagged(number, filed_at, post.area, roles, replies),)


def _critical(talk: Talk, filling: Filling, plan: Plan) -> Question | None:
    survey = talk.survey(plan, filling)
    answered = (question for place, question in survey.answered() if survey.sheet.value(place) in YES)
    return next((question for question in answered if is_critical(question)), None)


def _is_finding(talk: Talk, found: Found) -> bool:
    opened = (effect.case for effect in found.effects if isinstance(effect, Opened))
    procedures = (talk.known.rules.get(case.procedure, case.version) for case in opened)
    return any(procedure is not None and procedure.kind == FINDING for procedure in procedures)


def _what(plan: Plan, critical: Question | None, language: str) -> str:
    """The question by its own words, unless answers stand in them."""
    speak = texts(language)
    if critical is None:
        return speak.say("monday.flagged.violation")
    label = " ".join(plan.form.words(critical.label, language).split())
    if "${" in label:
        return speak.say("monday.flagged.critical")
    return speak.say("monday.flagged.yes", question=shorten(label, LABEL))


def _reply(post: Post, number: str, what: str, now: datetime, language: str) -> Reply:
    speak = texts(language)
    seat, moment = seat_name(post.role, post.place, speak), moment_name(now, post.zone, speak)
    said = speak.say("monday.flagged", number=number, seat=seat, what=what, moment=moment)
    return Reply(said, template=KNOCK)
