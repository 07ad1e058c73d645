"""A report of the kind `desk` says how the topics of the week stand: each question is one, by its name.

keamanan = perhatian, keamanan_catatan = "Debat di Tenggarong ricuh"   the topic `keamanan`
c_pemberitahuan = aman                                                 the topic `c-pemberitahuan`
"""

from collections.abc import Iterator
from datetime import datetime

from core.dialogue.talk import Talk
from core.digests.topics import MARKS, NOTE, topic_of
from core.digests.weeks import week_of_moment
from core.forms.form import Form, Kind, Question
from core.forms.plan import Plan
from core.model.effects import TopicSet
from core.model.records import Answers

DESK = "desk"


def topics_told(
    talk: Talk, plan: Plan | None, post: int | None, number: str, answers: Answers, filed_at: datetime
) -> tuple[TopicSet, ...]:
    """What the report of that number says of the week that it was first filed in."""
    return _told(talk, plan, post, number, _answered(plan.form, answers) if plan else (), filed_at)


def all_well(
    talk: Talk, plan: Plan, post: int | None, number: str, filed_at: datetime
) -> tuple[TopicSet, ...]:
    """Nihil: the current condition is that nothing is wrong."""
    return _told(talk, plan, post, number, ((topic, "aman", "") for topic in _topics(plan.form)), filed_at)


def taken_back(
    talk: Talk, plan: Plan | None, post: int | None, number: str, filed_at: datetime
) -> tuple[TopicSet, ...]:
    """The report is withdrawn: nobody has said anything of its topics."""
    named = ((topic, "belum", "") for topic in _topics(plan.form)) if plan else ()
    return _told(talk, plan, post, number, named, filed_at)


def _told(
    talk: Talk,
    plan: Plan | None,
    post: int | None,
    number: str,
    said: "Iterator[tuple[str, str, str]] | tuple[()]",
    filed_at: datetime,
) -> tuple[TopicSet, ...]:
    seat, person = talk.known.post(post), talk.known.person
    if plan is None or seat is None or person is None or plan.form.purpose.kind != DESK:
        return ()
    week = week_of_moment(seat.area, filed_at)
    actor = f"person:{person.id}"
    return tuple(TopicSet(seat.area, week, topic, mark, note, actor, number) for topic, mark, note in said)


def _answered(form: Form, answers: Answers) -> Iterator[tuple[str, str, str]]:
    for question in _questions(form):
        place = "/".join(question.path)
        if mark := answers.values.get(place):
            yield topic_of(question.name), mark, " ".join(answers.values.get(f"{place}{NOTE}", "").split())


def _topics(form: Form) -> list[str]:
    return [topic_of(question.name) for question in _questions(form)]


def _questions(form: Form) -> Iterator[Question]:
    """Those that are answered by a mark."""
    for question in form.questions():
        options = {option.name for option in form.lists.get(question.options, ())}
        if question.kind is Kind.SELECT_ONE and options and options <= set(MARKS):
            yield question
