"""A pretend phone: talks with the pure dialogue, keeps what was filed, and can be read as a transcript."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Literal

from core.dialogue.known import Fresh, House, Introduction, Known, wanted
from core.dialogue.respond import respond
from core.dialogue.session import Session, from_json, to_json
from core.dialogue.talk import Talk
from core.dialogue.typed import as_choice
from core.forms.catalogue import Catalogue
from core.forms.form import Form
from core.forms.plan import Plan
from core.forms.survey import Survey
from core.forms.xlsform import compile_form
from core.model.effects import Effect, Filed, Opened, Revised, Say
from core.model.messages import Address, Attachment, Channel, Incoming, Location, Reply
from core.model.people import Person, Post, Role
from core.model.records import Report
from tests.core.dialogue.officers.drawer import Drawer

PLACE = ("TPS 012", "Sidodadi", "Samarinda Ulu", "Kota Samarinda", "Kalimantan Timur")
PTPS = Post(7, Role.PTPS, "64.72.05.1004.012", PLACE, "Asia/Makassar")
PKD = Post(8, Role.PKD, "64.72.05.1004", PLACE[1:], "Asia/Makassar")
SITI = Person(1, "Siti Contoh", "id", (PTPS,), "+628000000012")
LONGEST_KEY = 64
NOON = datetime(2024, 11, 27, 4, 0, tzinfo=UTC)


def form_of(markdown: str, **files: object) -> Form:
    """The form of a Markdown XLSForm; its problems are the test's failure."""
    compiled = compile_form(markdown.encode(), "md", files)  # type: ignore[arg-type]
    assert compiled.form is not None, compiled.problems
    return compiled.form


@dataclass
class Phone:
    forms: tuple[Form, ...]
    person: Person | None = SITI
    channel: Channel = Channel.WHATSAPP
    now: datetime = NOON
    language: str = "id"
    demo: tuple[Person, ...] = ()
    drawer: Drawer = field(default_factory=Drawer)
    """Where the cases lie; several telephones may share one."""
    peer: str = "+628000000012"
    can_seal: bool = False
    session: Session = field(init=False)
    reports: list[Report] = field(default_factory=list)
    effects: tuple[Effect, ...] = ()
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.session = Session(language=self.language)
        self._serial = count(1)
        self._introduced: Literal["number", "contact", "invitation", "demo"] | None = None
        plans = tuple(Plan(form) for form in self.forms)
        newest = {plan.form.name: plan for plan in plans}
        every = {(plan.form.name, plan.form.version): plan for plan in plans}
        self.catalogue = Catalogue(tuple(newest.values()), lambda name, version: every.get((name, version)))

    def send(self, text: str = "", **more: object) -> Reply:
        """Write or send something; gives the reply."""
        serial = next(self._serial)
        self.now += timedelta(seconds=10)
        address = Address(self.channel, "+628000000000", self.peer)
        incoming = Incoming(f"m{serial}", address, self.now, text, **more)  # type: ignore[arg-type]
        return self._hear(incoming, serial)

    def tap(self, label: str) -> Reply:
        """Press the button with that label, as it was last offered."""
        for choice in self.session.offered:
            if choice.label == label or choice.label.startswith(label):
                return self.send(choice=choice.key)
        raise AssertionError(f"{label!r} is not among {[choice.label for choice in self.session.offered]}")

    def photo(self, *ids: str, text: str = "", album: str = "") -> Reply:
        pictures = tuple(Attachment("image", f"ref-{one}", media=one) for one in ids)
        return self.send(text, attachments=pictures, album=album)

    def introduce(self, how: Literal["number", "contact", "invitation", "demo"] = "number") -> None:
        """With the next message its writer is recognised for the first time."""
        self._introduced = how

    def pin(self, latitude: float, longitude: float) -> Reply:
        return self.send(location=Location(latitude, longitude))

    @property
    def reply(self) -> Reply:
        """The answer; a tracking code behind it is not meant."""
        return next(effect.reply for effect in self.effects if isinstance(effect, Say))

    @property
    def survey(self) -> Survey:
        """The form as it stands for whoever is writing."""
        filling = self.session.filling
        assert filling is not None
        plan = self.catalogue.get(filling.form, filling.version)
        assert plan is not None
        known, fresh = Known(House(), self.person, self.session, self.catalogue), Fresh(self.now, "", "", "")
        nothing = Incoming("m0", Address(self.channel, "", ""), self.now)
        return Talk(nothing, known, fresh, self.session.language).survey(plan, filling)

    @property
    def answers(self) -> dict[str, str]:
        """What stands in the filling now."""
        return dict(self.session.filling.answers.values) if self.session.filling else {}

    def transcript(self) -> str:
        return "\n".join(self.lines)

    def _hear(self, incoming: Incoming, serial: int) -> Reply:
        known = self._known(incoming)
        fresh = Fresh(
            self.now,
            f"F{serial:04}",
            f"P-{serial:03}-AAA",
            "K7Q2-M9TD",
            f"uuid{serial}",
            0.5,
            *self.drawer.fresh(),
        )
        step = respond(incoming, known, fresh)
        # What is kept between two messages is text: whatever does not survive that is lost.
        kept = to_json(step.session).encode()
        self.session = from_json(kept.decode())
        assert self.session == step.session
        self.effects = step.effects
        self._check()
        self._keep(step.effects)
        self._write(incoming)
        return self.reply

    def _known(self, incoming: Incoming) -> Known:
        how, self._introduced = self._introduced, None
        person = None if how else self.person
        introduction = Introduction(self.person, how) if how and self.person else None
        reports = self._wanted(incoming)
        known = Known(House(), person, self.session, self.catalogue, introduction, self.demo, reports)
        asked = wanted(as_choice(self.session, incoming), self.session)
        return replace(self.drawer.look(known, asked, self.peer), can_seal=self.can_seal)

    def _check(self) -> None:
        """What holds for every turn: one reply, with words, and buttons that every channel can carry.

        A tracking code alone comes in a message of its own behind it.
        """
        reply, *codes = (effect.reply for effect in self.effects if isinstance(effect, Say))
        opened = [effect.code for effect in self.effects if isinstance(effect, Opened) and effect.code]
        assert [code.text for code in codes] == opened
        assert reply.text.strip()
        assert all(0 < len(choice.key.encode()) <= LONGEST_KEY for choice in reply.choices)
        assert all(choice.label.strip() for choice in reply.choices)
        assert len({choice.key for choice in reply.choices}) == len(reply.choices)

    def _wanted(self, incoming: Incoming) -> tuple[Report, ...]:
        asked = wanted(as_choice(self.session, incoming), self.session)
        if asked.number:
            return tuple(report for report in self.reports if report.number == asked.number)
        return tuple(reversed(self.reports)) if asked.recent else ()

    def _keep(self, effects: tuple[Effect, ...]) -> None:
        self.drawer.keep(effects, self.peer)
        for effect in effects:
            if isinstance(effect, Filed):
                self.reports.append(effect.report)
            if isinstance(effect, Revised):
                at = next(n for n, report in enumerate(self.reports) if report.number == effect.number)
                old = self.reports[at]
                self.reports[at] = replace(old, revisions=(*old.revisions, effect.revision))

    def _write(self, incoming: Incoming) -> None:
        sent = incoming.text or incoming.choice or ("📷" if incoming.attachments else "📍")
        self.lines.append(f"> {sent}")
        for reply in (effect.reply for effect in self.effects if isinstance(effect, Say)):
            self.lines += [f"< {line}" for line in reply.text.split("\n")]
            if reply.choices:
                self.lines.append("  " + " ".join(f"[{choice.label}]" for choice in reply.choices))
