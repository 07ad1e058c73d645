"""A pretend phone: talks with the pure dialogue, keeps what was filed, and can be read as a transcript."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count

from core.dialogue.known import Fresh, House, Known, wanted
from core.dialogue.respond import respond
from core.dialogue.session import Session, from_json, to_json
from core.dialogue.typed import as_choice
from core.forms.catalogue import Catalogue
from core.forms.form import Form
from core.forms.plan import Plan
from core.forms.xlsform import compile_form
from core.model.effects import Effect, Filed, Revised, Say
from core.model.messages import Address, Attachment, Channel, Incoming, Location, Reply
from core.model.people import Person, Post, Role
from core.model.records import Report

PLACE = ("TPS 012", "Sidodadi", "Samarinda Ulu", "Kota Samarinda", "Kalimantan Timur")
PTPS = Post(7, Role.PTPS, "64.72.05.1004.012", PLACE, "Asia/Makassar")
PKD = Post(8, Role.PKD, "64.72.05.1004", PLACE[1:], "Asia/Makassar")
SITI = Person(1, "Siti Contoh", "id", (PTPS,), "+628000000012")
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
    session: Session = field(init=False)
    reports: list[Report] = field(default_factory=list)
    effects: tuple[Effect, ...] = ()
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.session = Session(language=self.language)
        self._serial = count(1)
        plans = tuple(Plan(form) for form in self.forms)
        newest = {plan.form.name: plan for plan in plans}
        every = {(plan.form.name, plan.form.version): plan for plan in plans}
        self.catalogue = Catalogue(tuple(newest.values()), lambda name, version: every.get((name, version)))

    def send(self, text: str = "", **more: object) -> Reply:
        """Write or send something; gives the reply."""
        serial = next(self._serial)
        self.now += timedelta(seconds=10)
        address = Address(self.channel, "+628000000000", "+628000000012")
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

    def pin(self, latitude: float, longitude: float) -> Reply:
        return self.send(location=Location(latitude, longitude))

    @property
    def reply(self) -> Reply:
        return next(effect.reply for effect in reversed(self.effects) if isinstance(effect, Say))

    @property
    def answers(self) -> dict[str, str]:
        """What stands in the filling now."""
        return dict(self.session.filling.answers.values) if self.session.filling else {}

    def transcript(self) -> str:
        return "\n".join(self.lines)

    def _hear(self, incoming: Incoming, serial: int) -> Reply:
        known = Known(House(), self.person, self.session, self.catalogue, reports=self._wanted(incoming))
        fresh = Fresh(self.now, f"F{serial:04}", f"P-{serial:03}-AAA", "K7Q2-M9TD", f"uuid{serial}", 0.5)
        step = respond(incoming, known, fresh)
        # What is kept between two messages is text: whatever does not survive that is lost.
        self.session = from_json(to_json(step.session))
        self.effects = step.effects
        self._keep(step.effects)
        self._write(incoming)
        return self.reply

    def _wanted(self, incoming: Incoming) -> tuple[Report, ...]:
        asked = wanted(as_choice(self.session, incoming), self.session)
        if asked.number:
            return tuple(report for report in self.reports if report.number == asked.number)
        return tuple(reversed(self.reports)) if asked.recent else ()

    def _keep(self, effects: tuple[Effect, ...]) -> None:
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
        self.lines += [f"< {line}" for line in self.reply.text.split("\n")]
        if self.reply.choices:
            self.lines.append("  " + " ".join(f"[{choice.label}]" for choice in self.reply.choices))
