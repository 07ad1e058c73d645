"""How a week is offered to its coordinator: the buttons under a digest, and the keys that they carry.

d:up:64.02:20241118             send it up; d:nihil, d:again, d:note, d:quiet, d:topics, d:show
d:t:64.02:20241118:logistik     a topic; d:m:…:logistik:masalah its mark
d:q:64.02:20241118:1732440000.12  the silent posts after that one
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from core.digests.digest import Digest
from core.digests.saying import UPWARDS
from core.digests.weeks import day_key, day_of_key
from core.model.areas import is_code
from core.model.messages import Choice
from core.speech.texts import Texts

KIND = "d"


@dataclass(frozen=True, slots=True)
class DeskKey:
    """What a button of a week says. It may come from anybody's browser: nothing of it is taken on trust."""

    act: str
    area: str
    week: date
    rest: str = ""


def desk_key(act: str, area: str, week: date, *rest: str) -> str:
    return ":".join((KIND, act, area, day_key(week), *rest))


def desk_pressed(key: str) -> DeskKey | None:
    """None for any other key."""
    kind, _, more = key.partition(":")
    act, area, week, rest = (*more.split(":", 3), "", "", "", "")[:4]
    monday = day_of_key(week)
    if kind != KIND or not act or not is_code(area) or monday is None:
        return None
    return DeskKey(act, area, monday, rest)


def after_key(since: datetime, post: int) -> str:
    return f"{int(since.timestamp())}.{post}"


def after_of(rest: str) -> tuple[datetime, int] | None:
    since, _, post = rest.partition(".")
    if not (since.isascii() and since.isdecimal() and post.isascii() and post.isdecimal()):
        return None
    if len(since) > 11 or len(post) > 18:
        return None
    return datetime.fromtimestamp(int(since), UTC), int(post)


def desk_choices(
    digest: Digest, words: Texts, *, is_own: bool = True, may_send: bool = True
) -> tuple[Choice, ...]:
    """What can be done about a week by whoever reads of it; `is_own`: they coordinate that very area."""
    here = (digest.area, digest.first)
    quiet = Choice(desk_key("quiet", *here), words.say("monday.button.quiet"))
    if not is_own:
        return (quiet,)
    topics = (Choice(desk_key("topics", *here), words.say("monday.button.topics")),) if digest.topics else ()
    if digest.level not in UPWARDS or not may_send:
        return (quiet, *topics)
    note = Choice(desk_key("note", *here), words.say("monday.button.note"))
    if digest.confirmation is not None:
        again = Choice(desk_key("again", *here), words.say("monday.button.again"))
        return (again, note, quiet, *topics)
    return (*sending(digest.area, digest.first, digest.level, words), note, quiet, *topics)


def sending(area: str, week: date, level: str, words: Texts) -> tuple[Choice, Choice]:
    """With what there is, or as nihil."""
    return (
        Choice(desk_key("up", area, week), words.say(f"monday.button.up.{level}")),
        Choice(
            desk_key("nihil", area, week),
            words.say("monday.button.nihil"),
            words.say("monday.button.nihil.hint"),
        ),
    )
