"""A form tried as a supervisor or a citizen would fill it: by the rules of earnest, and nothing is kept.

scene = Scene(Plan(form), person, …)
begin(scene, fresh)                          Trial(lines=(Line("us", "Kapan logistik tiba? …"),), …)
hear(scene, trial, Heard("jam 7 lewat 20"), fresh)
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from core.cases.procedure import NO_RULES, Rulebook
from core.dialogue.keys import form_word
from core.dialogue.known import Fresh, House, Known
from core.dialogue.respond import respond
from core.dialogue.session import Session, Stage, from_json, to_json
from core.forms.catalogue import Catalogue
from core.forms.form import MEDIA, Kind, Question
from core.forms.plan import Path, Plan
from core.model.effects import Effect, Filed, Opened, Say
from core.model.messages import Address, Attachment, Channel, Choice, Incoming, Location, MediaKind
from core.model.people import Person
from core.speech.layout import WEBCHAT, fit
from core.speech.texts import texts

SAMPLE = Location(-0.5022, 117.1536)
"""Somewhere in Samarinda."""
SHOWN = 80
"""So many lines of the talk are kept."""
_KINDS: Mapping[Kind, MediaKind] = {
    Kind.IMAGE: "image", Kind.AUDIO: "audio", Kind.VIDEO: "video", Kind.FILE: "file",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scene:
    """What is tried, as whom, and where."""

    plan: Plan
    person: Person | None
    """None: a citizen."""
    house: House
    language: str
    rules: Rulebook = NO_RULES
    names: Callable[[str], tuple[str, ...]] = lambda code: ()


@dataclass(frozen=True, slots=True)
class Line:
    is_theirs: bool
    text: str


@dataclass(frozen=True, slots=True)
class Trial:
    """Where it stands; kept as JSON between two messages."""

    session: Session
    lines: tuple[Line, ...] = ()
    choices: tuple[Choice, ...] = ()
    """What can be tapped now."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """What would be stored, by place."""
    is_over: bool = False
    """It would have been filed."""

    def place(self) -> str:
        """What is asked now; empty where nothing of the form is."""
        asking = self.session.stage in (Stage.QUESTION, Stage.DOUBT)
        return self.session.subject if asking and not self.is_over else ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What whoever tries it says: words, a tap, a pretend file or a pretend pin."""

    text: str = ""
    choice: str = ""
    sends: str = ""
    """"file" or "pin"."""


def begin(scene: Scene, fresh: Fresh) -> Trial:
    started = Trial(Session(language=scene.language))
    return _take(
        scene, started, _incoming(scene, fresh, choice=f"f:{form_word(scene.plan.form.name)}"), fresh
    )


def hear(scene: Scene, trial: Trial, heard: Heard, fresh: Fresh) -> Trial:
    said = Line(True, heard.text)
    match heard:
        case Heard(sends="file"):
            said = Line(True, "📎")
            kind = _KINDS[kind_asked(scene, trial) or Kind.IMAGE]
            file = Attachment(kind, "", "contoh", media=f"contoh{len(trial.lines)}")
            incoming = replace(_incoming(scene, fresh), attachments=(file,))
        case Heard(sends="pin"):
            said, incoming = Line(True, "📍"), replace(_incoming(scene, fresh), location=SAMPLE)
        case Heard(choice=key) if key:
            label = next((one.label for one in trial.choices if one.key == key), "…")
            said, incoming = Line(True, label), _incoming(scene, fresh, choice=key)
        case _:
            incoming = _incoming(scene, fresh, text=heard.text)
    return _take(scene, replace(trial, lines=(*trial.lines, said)), incoming, fresh)


def kind_asked(scene: Scene, trial: Trial) -> Kind | None:
    """Which file is asked for now; None where none is."""
    item = scene.plan.items.get(path_of(trial.place()))
    return item.kind if isinstance(item, Question) and item.kind in MEDIA else None


def row_asked(scene: Scene, trial: Trial) -> int:
    """The row of the sheet that is asked now; 0 for none."""
    item = scene.plan.items.get(path_of(trial.place()))
    return item.row if item else 0


def path_of(place: str) -> Path:
    """The path of a place: hitungan/tps[2]/suara is asked by hitungan, tps, suara."""
    return tuple(part.partition("[")[0] for part in place.split("/"))


def trial_to_json(trial: Trial) -> str:
    kept = {
        "session": to_json(trial.session),
        "lines": [[line.is_theirs, line.text] for line in trial.lines],
        "choices": [[choice.key, choice.label] for choice in trial.choices],
        "answers": dict(trial.answers),
        "is_over": trial.is_over,
    }
    return json.dumps(kept, ensure_ascii=False)


def trial_from_json(text: str) -> Trial:
    kept = cast("dict[str, object]", json.loads(text))
    lines = cast("list[tuple[bool, str]]", kept["lines"])
    choices = cast("list[tuple[str, str]]", kept["choices"])
    return Trial(
        from_json(str(kept["session"])),
        tuple(Line(is_theirs, said) for is_theirs, said in lines),
        tuple(Choice(key, label) for key, label in choices),
        cast("dict[str, str]", kept["answers"]),
        bool(kept["is_over"]),
    )


def _take(scene: Scene, trial: Trial, incoming: Incoming, fresh: Fresh) -> Trial:
    step = respond(incoming, _known(scene, trial), fresh)
    words = texts(step.session.language)
    parts = [part for one in step.effects if isinstance(one, Say) for part in fit(one.reply, WEBCHAT, words)]
    said = tuple(Line(False, part.text) for part in parts if part.text)
    done = _done(step.effects)
    filling = step.session.filling
    answers = dict(filling.answers.values) if filling else done if done is not None else trial.answers
    choices = tuple(choice for part in parts for choice in part.buttons)
    lines = (*trial.lines, *said)[-SHOWN:]
    return Trial(step.session, lines, choices, answers, trial.is_over or done is not None)


def _done(effects: tuple[Effect, ...]) -> Mapping[str, str] | None:
    """What would have been filed; None while nothing is."""
    for effect in effects:
        if isinstance(effect, Filed):
            return dict(effect.report.latest.answers.values)
        if isinstance(effect, Opened):
            return dict(effect.case.answers.values)
    return None


def _known(scene: Scene, trial: Trial) -> Known:
    only = Catalogue((scene.plan,), lambda name, version: scene.plan)
    return Known(
        scene.house,
        scene.person,
        trial.session,
        only,
        rules=scene.rules,
        can_seal=True,
        names=scene.names,
    )


def _incoming(scene: Scene, fresh: Fresh, text: str = "", choice: str = "") -> Incoming:
    whom = Address(Channel.WEBCHAT, "web", "percobaan")
    return Incoming(fresh.uuid, whom, fresh.now, text, choice)
