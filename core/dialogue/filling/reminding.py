"""Somebody left a report lying half filled: is it worth asking, and in which words."""

from datetime import datetime

from core.dialogue.session import Session
from core.forms.filling import Filling
from core.forms.form import Repeat
from core.forms.plan import Plan
from core.forms.scope import World
from core.forms.walk import take_stock
from core.model.messages import Choice, Reply
from core.model.people import Person
from core.speech.texts import texts


def waiting(session: Session, person: Person) -> tuple[Filling, ...]:
    """What is begun in earnest, for a post that the person still holds; the latest first."""
    posts = {post.id for post in person.posts}
    return tuple(filling for filling in session.begun() if not filling.practice and filling.post in posts)


def remind(filling: Filling, plan: Plan, language: str, now: datetime) -> Reply:
    """How far it came, and a button to go on. `now` is aware, in the person's zone."""
    speech = texts(language)
    number = _open_question(filling, plan, World(now, language, fresh=filling.fresh))
    words = speech.say("scheduler.unfinished", number=number) if number else speech.say("scheduler.not_sent")
    # Not numbered: a bare 1 would be taken for an answer to the question that stands open.
    return Reply(words, (Choice(f"r:{filling.id}", speech.say("dialogue.button.resume")),), numbered=False)


def _open_question(filling: Filling, plan: Plan, world: World) -> int:
    """The number of the question that comes next, as it is shown before it; 0 when all are answered."""
    survey = take_stock(plan, filling, world)
    spot = survey.next(filling)
    asked = [one.place for one in survey.spots if not isinstance(one.item, Repeat)]
    return next((n for n, place in enumerate(asked, 1) if spot and place == spot.place), 0)
