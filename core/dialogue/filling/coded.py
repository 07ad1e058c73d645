"""A whole form in one coded SMS: what was read and what is missing come back in one, then Kirim files it."""

from dataclasses import dataclass, field, replace

from core.dialogue import menu
from core.dialogue.filling import asking, steering, summary
from core.dialogue.filling.beginning import fresh_filling
from core.dialogue.known import Step
from core.dialogue.session import Session, Stage
from core.dialogue.talk import Talk
from core.forms.answers import Refused, Understood, read, yes_or_no
from core.forms.coded import Decoded, begins_with, decode, place_in, slots_of
from core.forms.filling import Filling, answer, confirm
from core.forms.form import MEDIA, Kind, Question
from core.forms.plan import Plan
from core.forms.survey import Survey, holds
from core.model.messages import Channel, Incoming
from core.model.people import Post
from core.model.records import Flag

TOLD = "sms"
"""The subject of a summary that told every broken rule: Kirim means that the numbers are right."""
ROOM = 300
"""Two SMS; what does not fit is named by its code alone."""
FEW = 2


@dataclass(slots=True)
class Heard:
    """What became of the codes."""

    filling: Filling
    noted: dict[str, list[str]] = field(default_factory=dict)
    """By code, as it will be told."""
    refused: list[str] = field(default_factory=list)


def hear(talk: Talk) -> Step | None:
    """A coded message of a form that its writer may fill; None when it is no such thing."""
    person, incoming = talk.known.person, talk.incoming
    if person is None or incoming.attachments or talk.known.session.stage is Stage.REASON:
        return None
    if _is_told(talk) and yes_or_no(incoming.text):
        return send(talk)
    plans = sorted(talk.forms.offered(person.roles), key=lambda plan: -len(plan.form.name))
    for plan in plans:
        rest = begins_with(incoming.text, plan.form) if plan.is_coded else None
        if rest is not None:
            return _take(talk, plan, rest)
    return _more(talk)


def send(talk: Talk) -> Step | None:
    """Kirim after all that is broken was told: the writer is sure, and it is flagged."""
    filling = talk.known.session.filling
    plan = talk.plan(filling) if filling else None
    if filling is None or plan is None or not _is_told(talk):
        return None
    for place, question in _doubts(talk.survey(plan, filling)):
        trouble = talk.survey(plan, filling).trouble(place, question)
        filling = confirm(filling, Flag(place, trouble))
    session = replace(talk.known.session, filling=filling)
    return steering.send(replace(talk, known=replace(talk.known, session=session)))


def _is_told(talk: Talk) -> bool:
    session = talk.known.session
    return session.stage is Stage.SUMMARY and session.subject == TOLD


def _take(talk: Talk, plan: Plan, rest: str) -> Step | None:
    told = decode(rest, plan.form)
    if not _is_meant(talk, told):
        return None
    posts = [post for post in _posts(talk, plan) if told.post in ("", _number(post))]
    if len(posts) != 1:
        mine = ", ".join(_number(post) for post in _posts(talk, plan))
        key = "coded.other_post" if told.post else "coded.which_post"
        words = talk.texts.say(key, post=told.post, posts=mine, form=plan.form.name.upper())
        return talk.step(talk.known.session.put_aside(), words, stage=Stage.MENU)
    filling = _in_hand(talk, plan, posts[0]) or fresh_filling(talk, plan, posts[0])
    plan = talk.plan(filling) or plan
    return _note_down(talk, plan, filling, decode(rest, plan.form, filling.answers.values))


def _in_hand(talk: Talk, plan: Plan, post: Post) -> Filling | None:
    """What is being filled now, a correction too; else what was begun for this post."""
    filling = talk.known.session.filling
    if filling is not None and (filling.form, filling.post) == (plan.form.name, post.id):
        return filling
    return menu.begun_for(talk, plan, post)


def _more(talk: Talk) -> Step | None:
    """What was missing, sent without the form's name: the codes must begin it and explain all of it."""
    filling = talk.known.session.filling
    plan = talk.plan(filling) if filling else None
    if filling is None or plan is None or not _is_told(talk):
        return None
    told = decode(talk.incoming.text, plan.form, filling.answers.values)
    if not told.values or told.unmatched or told.post:
        return None
    return _note_down(talk, plan, filling, told)


def _is_meant(talk: Talk, told: Decoded) -> bool:
    """A note may begin with the form's name too; codes have more to say."""
    if talk.known.session.stage is Stage.SUMMARY and told.values:
        return True
    spot = steering.current(talk)
    is_story = spot is not None and isinstance(spot.item, Question) and spot.item.kind is Kind.TEXT
    return len(told.values) >= FEW and len(told.unmatched) < (1 if is_story else len(told.values))


def _note_down(talk: Talk, plan: Plan, filling: Filling, told: Decoded) -> Step:
    heard = _read(talk, plan, replace(filling, place=""), told)
    filling = _without_the_rest(talk, plan, heard.filling)
    session = replace(talk.known.session.turn_to(filling), filling=filling, picked=(), pictured="")
    survey = talk.survey(plan, filling)
    lacking = _lacking(talk, survey)
    lines = [
        _heading(talk, plan, filling, heard),
        talk.texts.say("coded.unread", what="; ".join(heard.refused)) if heard.refused else "",
        talk.texts.say("coded.unused", what=" ".join(told.unmatched)) if told.unmatched else "",
        talk.texts.say("coded.lacking", what="; ".join(lacking)) if lacking else "",
    ]
    return _answered(talk, session, survey, filling, asking.joined(tuple(lines)), bool(lacking))


def _read(talk: Talk, plan: Plan, filling: Filling, told: Decoded) -> Heard:
    """Raw answers, in the order of the form: later ones may become relevant by earlier ones."""
    heard, left = Heard(filling), dict(told.values)
    while True:
        survey = talk.survey(plan, heard.filling)
        place, question = next(((at, one) for at, one in survey.asked() if at in left), ("", None))
        if question is None:
            break
        _read_one(talk, plan, heard, survey, place, question, left.pop(place))
    codes = {place_in(question): question.sms for question in plan.form.questions()}
    heard.refused += [f"{codes[place]} {raw}" for place, raw in left.items()]
    return heard


def _read_one(
    talk: Talk, plan: Plan, heard: Heard, survey: Survey, place: str, question: Question, raw: str
) -> None:
    match read(question, _typed(talk.incoming, raw), talk.reading(survey, place, question)):
        case Understood(value):
            tried = answer(heard.filling, place, value)
            after = talk.survey(plan, tried)
            if question.soft or holds(after, place, question):
                heard.filling = tried
                heard.noted.setdefault(question.sms, []).append(_shown(talk, after, place, question))
            else:
                heard.refused.append(f"{question.sms} {raw}")
        case Refused():
            heard.refused.append(f"{question.sms} {raw}")


def _shown(talk: Talk, survey: Survey, place: str, question: Question) -> str:
    """Of several choices behind one code the first letters do: "H T T Y T T"."""
    words = summary.value_shown(talk, survey, place, question)
    shared = len(slots_of(survey.plan.form)[question.sms]) > 1
    return words[:1] if shared and question.kind is Kind.SELECT_ONE else words


def _without_the_rest(talk: Talk, plan: Plan, filling: Filling) -> Filling:
    """What may be left out is left out, and by SMS what cannot be sent: it may follow in a correction."""
    survey = talk.survey(plan, filling)
    if _lacking(talk, survey):
        return filling
    no_pictures = talk.incoming.address.channel is Channel.SMS
    for place, question in survey.asked():
        free = question.kind in MEDIA and no_pictures
        if place not in filling.answers.values and (free or not survey.is_required(place, question)):
            filling = answer(filling, place, "")
    return filling


def _lacking(talk: Talk, survey: Survey) -> list[str]:
    """The codes that are still to come; where some of a code is told, what of it is missing."""
    missing: dict[str, list[str]] = {}
    for place, question in survey.asked():
        open_ = place not in survey.sheet.values and survey.is_required(place, question)
        if question.sms and open_:
            missing.setdefault(question.sms, []).append(summary.short(asking.title(survey, place, question)))
    slots = slots_of(survey.plan.form)
    return [
        code if len(labels) == len(slots[code]) > 1 else f"{code} ({', '.join(labels)})"
        for code, labels in missing.items()
    ]


def _heading(talk: Talk, plan: Plan, filling: Filling, heard: Heard) -> str:
    post = talk.known.post(filling.post)
    noted = ", ".join(f"{code} {' '.join(values)}" for code, values in heard.noted.items())
    return talk.texts.say(
        "coded.read", form=plan.form.name.upper(), post=_number(post) if post else "", noted=noted or "-"
    )


def _answered(
    talk: Talk, session: Session, survey: Survey, filling: Filling, lead: str, is_lacking: bool
) -> Step:
    """What does not fit, and Kirim; a question without a code is asked as ever."""
    spot = survey.next(filling)
    if spot is not None and not is_lacking:
        return asking.ask(talk, session, survey, spot, lead)
    doubts = _told(talk, survey, ROOM - len(lead))
    if is_lacking:
        foot = talk.texts.say("coded.more", form=survey.plan.form.name.upper())
        return talk.step(
            session, asking.joined((lead, doubts, foot)), stage=Stage.SUMMARY, subject=TOLD, numbered=False
        )
    later = talk.texts.say("coded.picture_later") if _lacks_pictures(survey) else ""
    foot = talk.texts.say("coded.sure" if doubts else "coded.send")
    by_sms = talk.incoming.address.channel is Channel.SMS
    choices = () if by_sms else (talk.choice("send"), talk.choice("summary"))
    words = asking.joined((lead, doubts, later, foot))
    return talk.step(session, words, choices, stage=Stage.SUMMARY, subject=TOLD, numbered=False)


def _lacks_pictures(survey: Survey) -> bool:
    return any(q.kind in MEDIA and not survey.sheet.value(at) for at, q in survey.answered())


def _doubts(survey: Survey) -> list[tuple[str, Question]]:
    return [
        (place, question)
        for place, question in survey.answered()
        if not holds(survey, place, question) and survey.can_judge(place, question)
    ]


def _told(talk: Talk, survey: Survey, room: int) -> str:
    """Each broken rule in the author's words, as long as there is room; the others by their code."""
    lines: list[str] = []
    by_code: list[str] = []
    for place, question in _doubts(survey):
        words = survey.say(question.constraint_message, place) or talk.say("constraint.broken")
        if sum(map(len, lines)) + len(words) > room:
            by_code.append(question.sms or summary.short(asking.title(survey, place, question)))
        else:
            lines.append(words)
    if by_code:
        lines.append(talk.texts.say("coded.doubts", what=", ".join(dict.fromkeys(by_code))))
    return asking.joined(tuple(lines))


def _posts(talk: Talk, plan: Plan) -> list[Post]:
    posts = talk.known.person.posts if talk.known.person else ()
    return [post for post in posts if post.role in plan.form.purpose.audience]


def _number(post: Post) -> str:
    """012 of a polling station 64.72.05.1004.012, without noughts in front."""
    return post.area.rpartition(".")[2].lstrip("0")


def _typed(incoming: Incoming, raw: str) -> Incoming:
    return replace(incoming, text=raw, attachments=(), choice="", location=None)
