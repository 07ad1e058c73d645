"""One turn of talk: what was heard, what is known, and how a Step is put together."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from babel.dates import get_month_names

from core.dialogue.known import Fresh, Known, Step
from core.dialogue.reminders.seats import seat_name
from core.dialogue.session import Session, Stage
from core.forms.answers import Reading, show
from core.forms.catalogue import Catalogue
from core.forms.filling import Filling
from core.forms.form import Question
from core.forms.plan import Plan
from core.forms.scope import World
from core.forms.survey import Survey
from core.forms.walk import take_stock
from core.model.cases import Secrecy
from core.model.effects import Effect, Say
from core.model.messages import Asked, Channel, Choice, Incoming, Reply
from core.model.people import Post
from core.model.records import Answers
from core.speech.texts import Texts, texts

ALBUM_HOLD = 1.2
"""Seconds that we wait for the next picture of an album: 0.6 to 1.4 is what others found to work."""
INSTANT = frozenset({Channel.WEBCHAT, Channel.TERMINAL})
"""Channels that bring several pictures in one message."""


def hold_for(incoming: Incoming) -> float:
    return ALBUM_HOLD if incoming.attachments and incoming.address.channel not in INSTANT else 0.0


@dataclass(frozen=True, slots=True)
class Talk:
    incoming: Incoming
    known: Known
    fresh: Fresh
    language: str
    hold: float = 0.0
    """Seconds that the answer waits for more pictures."""
    seen: dict[tuple[str, str, int], tuple[Answers, Survey]] = field(default_factory=dict, repr=False)
    """The surveys of this turn: the same answers are not walked through twice."""

    @property
    def texts(self) -> Texts:
        return texts(self.language)

    @property
    def forms(self) -> Catalogue:
        return self.known.forms

    @property
    def now(self) -> datetime:
        """Now, as the clock on the person's wall says it."""
        return self.fresh.now.astimezone(self.known.zone)

    def say(self, key: str, **values: object) -> str:
        """A sentence of the dialogue; some are put differently to a citizen than to a supervisor."""
        to_citizen = f"tips.as_citizen.{key}"
        if self.known.person is None and to_citizen in self.texts.sentences:
            return self.texts.say(to_citizen, **values)
        return self.texts.say(f"dialogue.{key}", **values)

    def choice(self, command: str) -> Choice:
        """The button of a command."""
        return Choice(f"c:{command}", self.say(f"button.{command}"))

    def plan(self, filling: Filling) -> Plan | None:
        return self.forms.get(filling.form, filling.version)

    def survey(self, plan: Plan, filling: Filling) -> Survey:
        key = (filling.id, self.language, id(filling.answers))
        if key not in self.seen:
            # The answers are kept beside their survey: as long as they live, their id is nobody else's.
            self.seen[key] = (filling.answers, take_stock(plan, filling, self.world(filling)))
        return self.seen[key][1]

    def world(self, filling: Filling) -> World:
        return World(
            self.now, self.language, self._facts(filling), filling.fresh, self._may_identify(filling)
        )

    def reading(self, survey: Survey, place: str, question: Question) -> Reading:
        return Reading(
            language=self.language,
            now=self.now,
            options=survey.options(place, question),
            form_language=survey.plan.form.default_language,
        )

    def shown(self, survey: Survey, place: str, question: Question, value: str = "") -> str:
        """An answer as a person reads it: the present one, or the given value."""
        options = survey.options(place, question) if value else survey.chosen(place, question)
        context = Reading(self.language, self.now, options, survey.plan.form.default_language)
        return show(question, value or survey.sheet.value(place), context)

    def seat_name(self, post: Post) -> str:
        """How a post is called to its holder: PTPS 012 Sidodadi, Samarinda Ulu."""
        return seat_name(post.role, post.place, self.texts)

    def moment(self, at: datetime) -> str:
        """A time of ours as a person reads it: 27 Nov 08.04 WITA."""
        local = at.astimezone(self.known.zone)
        month = get_month_names("abbreviated", locale=self.language)[local.month]
        return f"{local.day} {month} {local:%H.%M} {local.tzname()}"

    def step(
        self,
        session: Session,
        text: str,
        choices: tuple[Choice, ...] = (),
        *,
        stage: Stage,
        subject: str = "",
        numbered: bool = True,
        ask: Asked | None = None,
        effects: tuple[Effect, ...] = (),
    ) -> Step:
        """Say something and remember what it was about."""
        practice = session.filling.practice if session.filling else session.practice
        words = f"{self.say('practice.mark')} · {text}" if practice else text
        told = replace(session, stage=stage, subject=subject, offered=choices, numbered=numbered)
        topic = "pictures" if self.hold else ""
        return Step(told, (*effects, Say(Reply(words, choices, numbered, ask), topic, self.hold)))

    def _may_identify(self, filling: Filling) -> bool:
        """Who somebody is may be asked of officers, and of citizens who chose to say it; never unsealed, and
        not once more in a correction: the first answer lies under its seal."""
        return self.known.can_seal and filling.secrecy in ("", Secrecy.NAMED) and not filling.revises

    def _facts(self, filling: Filling) -> dict[str, str]:
        person, post = self.known.person, self.known.post(filling.post)
        return {
            "petugas_nama": person.name if person else "",
            "petugas_jabatan": self.texts.say(f"dialogue.role.{post.role.value}") if post else "",
            "petugas_wilayah": post.area if post else "",
            "petugas_tempat": ", ".join(post.place[:3]) if post else "",
            "username": person.name if person else "",
            "phonenumber": person.phone if person else "",
            "kerahasiaan": filling.secrecy,
            "deviceid": self.incoming.address.channel.value,
        }
