"""The citizens' menu: hand in a tip, ask for information, follow one; and where a supervisor turns."""

from core.dialogue.citizens import wishes
from core.dialogue.citizens.wishes import Wish
from core.dialogue.keys import form_word
from core.dialogue.known import Step
from core.dialogue.session import Stage
from core.dialogue.talk import Talk
from core.forms.plan import Plan
from core.model.messages import Channel, Choice
from core.model.people import Person

OPEN_TO_ALL = frozenset({Channel.WEBCHAT, Channel.TERMINAL})
"""Where a visitor of the demo chooses whom to be."""


def show(talk: Talk, lead: str = "") -> Step:
    """What can be done here, by anybody."""
    session = talk.known.session.put_aside()
    if not talk.forms.public():
        return talk.step(session, talk.say("stranger.again"), stage=Stage.START)
    demo = _demo(talk)
    ask = "tips.door.demo" if demo else "tips.door.ask"
    hello = lead or talk.texts.say("tips.door.hello", house=talk.known.house.name)
    choices = (*_begun(talk), *_forms(talk), _wish(talk, Wish.STATUS), *demo, *_others(talk, bool(demo)))
    return talk.step(session, f"{hello}\n{talk.texts.say(ask)}", choices, stage=Stage.MENU)


def label(talk: Talk, plan: Plan) -> str:
    """What a form is called to a citizen."""
    if plan.form.purpose.kind == "tip":
        return talk.texts.say("tips.door.tip")
    return plan.form.words(plan.form.title, talk.language)


def demo_choice(talk: Talk, person: Person) -> Choice:
    post = talk.seat_name(person.posts[0]) if person.posts else ""
    return Choice(f"d:{person.id}", f"{person.name} — {post}" if post else person.name)


def other_language(talk: Talk) -> Choice:
    return Choice("l:id", "Bahasa Indonesia") if talk.language == "en" else Choice("l:en", "English")


def _demo(talk: Talk) -> tuple[Choice, ...]:
    if talk.incoming.address.channel not in OPEN_TO_ALL:
        return ()
    return tuple(demo_choice(talk, person) for person in talk.known.demo)


def _begun(talk: Talk) -> tuple[Choice, ...]:
    found = ((filling, talk.plan(filling)) for filling in talk.known.session.begun())
    return tuple(
        Choice(f"r:{filling.id}", talk.texts.say("tips.door.resume", form=label(talk, plan)))
        for filling, plan in found
        if plan is not None
    )


def _forms(talk: Talk) -> tuple[Choice, ...]:
    return tuple(Choice(f"f:{form_word(plan.form.name)}", label(talk, plan)) for plan in talk.forms.public())


def _others(talk: Talk, is_demo: bool) -> tuple[Choice, ...]:
    return (*(() if is_demo else (_wish(talk, Wish.OFFICER),)), other_language(talk))


def _wish(talk: Talk, wish: Wish) -> Choice:
    return Choice(wishes.key(wish), talk.texts.say(f"tips.button.{wish}"))
