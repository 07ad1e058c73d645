"""A form is begun for a post, or gone on with: after days, after a restart, on another channel."""

from dataclasses import replace

from core.dialogue import menu
from core.dialogue.filling import summary
from core.dialogue.filling.settling import settle
from core.dialogue.keys import form_word
from core.dialogue.known import Step
from core.dialogue.session import Stage
from core.dialogue.talk import Talk
from core.forms.filling import Filling
from core.forms.plan import Plan
from core.model.messages import Choice
from core.model.people import Post


def begin(talk: Talk, word: str) -> Step:
    """Start a form, or go on with the one that was begun."""
    plan = _named(talk, word)
    posts = _posts_for(talk, plan)
    if plan is None or not posts:
        return menu.show(talk, lead=talk.say("form.gone"))
    if len(posts) == 1:
        return _begin_at(talk, plan, posts[0], "ask")
    session = talk.known.session.put_aside()
    choices = tuple(
        Choice(_post_key(plan, post), menu.with_begun(talk, talk.seat_name(post), plan, post))
        for post in posts
    )
    return talk.step(session, talk.say("form.which_post"), choices, stage=Stage.POST, subject=plan.form.name)


def begin_for(talk: Talk, rest: str) -> Step:
    """Start a form for a post: `pungut:12`, or with what to do: `logistik:12:nihil`."""
    word, _, rest = rest.partition(":")
    number, _, how = rest.partition(":")
    plan = _named(talk, word)
    post = next((post for post in _posts_for(talk, plan) if str(post.id) == number), None)
    if plan is None or post is None:
        return menu.show(talk, lead=talk.say("form.gone"))
    return _begin_at(talk, plan, post, how or "ask")


def resume(talk: Talk, wanted: str) -> Step:
    """Go on with a filling: that one, or the latest."""
    session = talk.known.session
    filling = next((f for f in session.begun() if wanted in ("", f.id)), None)
    if filling is None:
        return menu.show(talk, lead=talk.say("button.of_the_past" if wanted else "nothing_begun"))
    if filling is session.filling:
        # Typed at a question that was gone back to: its answer stays.
        typed = session.stage is Stage.QUESTION and not talk.incoming.choice
        return settle(talk, session, replace(filling, place="") if typed else filling, "")
    return settle(talk, session.turn_to(filling), filling, going_on(talk, filling))


def fresh_filling(talk: Talk, plan: Plan, post: Post) -> Filling:
    return Filling(
        id=talk.fresh.key,
        form=plan.form.name,
        version=plan.form.version,
        post=post.id,
        started_at=talk.fresh.now,
        practice=talk.known.session.practice,
        fresh=(talk.fresh.uuid, talk.fresh.chance),
    )


def going_on(talk: Talk, filling: Filling) -> str:
    plan = talk.plan(filling)
    return talk.say("going_on", form=menu.form_label(talk, plan)) if plan else ""


def _begin_at(talk: Talk, plan: Plan, post: Post, how: str) -> Step:
    session, form = talk.known.session.put_aside(), plan.form
    if how == "nihil" and form.purpose.nihil:
        return file_nihil(talk, plan, post)
    if how != "nihil" and (begun := menu.begun_for(talk, plan, post)):
        return resume(talk, begun.id)
    filling = fresh_filling(talk, plan, post)
    if how == "ask" and form.purpose.nihil:
        choices = tuple(
            Choice(f"{_post_key(plan, post)}:{what}", talk.say(f"button.{what}"))
            for what in ("fill", "nihil")
        )
        text = talk.say("form.nihil", form=menu.form_label(talk, plan))
        return talk.step(session, text, choices, stage=Stage.NIHIL, subject=form.name)
    return settle(talk, session.turn_to(filling), filling, "")


def file_nihil(talk: Talk, plan: Plan, post: Post, closes: int | None = None) -> Step:
    """Nothing to report, by one tap; `closes` is the row of the ledger that it is said of."""
    filling = fresh_filling(talk, plan, post)
    return summary.file_nihil(talk, talk.known.session.put_aside(), filling, plan, closes)


def _named(talk: Talk, word: str) -> Plan | None:
    return next((plan for plan in talk.forms.current if form_word(plan.form.name) == word), None)


def _post_key(plan: Plan, post: Post) -> str:
    return f"p:{form_word(plan.form.name)}:{post.id}"


def _posts_for(talk: Talk, plan: Plan | None) -> tuple[Post, ...]:
    posts = talk.known.person.posts if talk.known.person else ()
    return tuple(post for post in posts if plan and post.role in plan.form.purpose.audience)
