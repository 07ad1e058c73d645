"""The words of a reminder: what is still awaited, by when, and what can be tapped at once.

Patroli dari PTPS 012 Sidodadi, Samarinda Ulu belum kami terima. Batasnya Selasa 26 Nov, 20.00 WITA.
[Isi sekarang] [Nihil] [Besok]
"""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from core.cases.acts import in_language
from core.dialogue.reminders.seats import moment_name, seat_name
from core.elections.events import CampaignEvent
from core.elections.owed import Owed
from core.model.messages import Choice, Reply, Template
from core.speech.texts import Texts, texts

NAMED = 3
"""So many are named in one message; the others are counted."""
PURPOSE = "reminder"


def reminder(name: str, owed: Sequence[Owed], language: str, *, may_wait: bool = True) -> Reply:
    """One message for one person, the most urgent first. On voting day nobody may wait for tomorrow."""
    speak = texts(language)
    wait = (Choice("b:wait", speak.say("owing.button.wait")),) if may_wait else ()
    if len(owed) == 1:
        text, choices = _one(owed[0], speak), _ways(owed[0], speak)
    else:
        text, choices = _several(owed, speak), tuple(_way_to(one, speak) for one in owed[:NAMED])
    # Not numbered: a bare 1 may be the answer to a question that stands open.
    return Reply(text, (*choices, *wait), numbered=False, template=_template(name, owed, speak))


def line(owed: Owed, speak: Texts) -> str:
    return speak.say("owing.line", form=title(owed, speak), due=due_words(owed, speak))


def title(owed: Owed, speak: Texts) -> str:
    """What is awaited: the form, and of an hour which one."""
    if owed.passes_at is None:
        return form_name(owed, speak)
    zone = ZoneInfo(owed.post.zone)
    hours = (moment.astimezone(zone) for moment in (owed.period, owed.asked_from))
    return speak.say("owing.hour", form=form_name(owed, speak), hours="–".join(f"{at:%H.%M}" for at in hours))


def form_name(owed: Owed, speak: Texts) -> str:
    """The form's, for a button."""
    return in_language(owed.title, speak.language)


def due_words(owed: Owed, speak: Texts) -> str:
    return moment_name(owed.due, owed.post.zone, speak)


def _one(owed: Owed, speak: Texts) -> str:
    seat = seat_name(owed.post.role, owed.post.place, speak)
    named = {"form": title(owed, speak), "seat": seat, "due": due_words(owed, speak)}
    if owed.event is not None:
        event = event_words(owed.event, owed.post.zone, speak)
        text = speak.say("owing.event", event=event, **named)
    else:
        text = speak.say("owing.one", **named)
    return f"{text}\n{speak.say('owing.nihil')}" if owed.nihil else text


def event_words(event: CampaignEvent, zone: str, speak: Texts) -> str:
    """Who gathers where and when: Tim Contoh (pertemuan), Gedung Guru, Rabu 6 Nov, 09.00 WITA."""
    who = f"{event.organiser} ({event.method})" if event.organiser and event.method else ""
    named = who or event.organiser or event.method
    starts = moment_name(event.starts_at, zone, speak).rpartition(" ")[0]
    ends = event.ends_at.astimezone(ZoneInfo(zone))
    return ", ".join(filter(None, (named, event.place, f"{starts}–{ends:%H.%M} {ends.tzname()}")))


def _ways(owed: Owed, speak: Texts) -> tuple[Choice, ...]:
    fill = Choice(f"b:fill:{owed.id}", speak.say("owing.button.fill"))
    nihil = (Choice(f"b:nihil:{owed.id}", speak.say("owing.button.nihil")),) if owed.nihil else ()
    return (fill, *nihil)


def _several(owed: Sequence[Owed], speak: Texts) -> str:
    many = len({one.post.id for one in owed}) > 1
    lines = [f"• {_seated(one, speak) if many else line(one, speak)}" for one in owed[:NAMED]]
    left = len(owed) - NAMED
    more = [speak.say("owing.more", count=left)] if left > 0 else []
    return "\n".join([speak.say("owing.several"), *lines, *more, speak.say("owing.which")])


def _seated(owed: Owed, speak: Texts) -> str:
    seat = seat_name(owed.post.role, owed.post.place, speak)
    return speak.say("owing.line_of", form=title(owed, speak), seat=seat, due=due_words(owed, speak))


def _way_to(owed: Owed, speak: Texts) -> Choice:
    return Choice(f"b:open:{owed.id}", form_name(owed, speak), hint=due_words(owed, speak))


def _template(name: str, owed: Sequence[Owed], speak: Texts) -> Template:
    """What may be said on WhatsApp to somebody who has not written for a day."""
    first = owed[0]
    what = title(first, speak)
    if len(owed) > 1:
        what = speak.say("owing.and_more", form=what, count=len(owed) - 1)
    return Template(PURPOSE, (name, what, due_words(first, speak)))
