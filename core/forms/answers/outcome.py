"""What reading an answer takes (Reading) and what comes of it: Understood, or Refused with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from core.forms.form import Option, Words


@dataclass(frozen=True, slots=True)
class Reading:
    """What has to be known to read an answer besides its question."""

    language: str
    """The person's: "id" or "en"."""
    now: datetime
    """Aware, in the person's zone."""
    options: tuple[Option, ...] = ()
    """Those that may be chosen here: already filtered, in the order in which they are shown."""
    form_language: str = ""
    """The form's own, for labels that do not exist in the person's."""

    def words(self, words: Words) -> str:
        for wanted in (self.language, self.form_language, ""):
            if wanted in words:
                return words[wanted]
        return next(iter(words.values()), "")

    def label(self, option: Option) -> str:
        return self.words(option.label) or option.name

    @property
    def zone(self) -> timezone:
        return timezone(self.now.utcoffset() or timedelta())


@dataclass(frozen=True, slots=True)
class Understood:
    """`value` is the XForms lexical form."""

    value: str
    interpreted: bool = False
    """Is it worth an echo: not plainly what was typed?"""
    shown: str = ""
    """The echo, as a person reads it; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Not an error: `key` names a sentence of answers.po that says what would work."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    among: tuple[Option, ...] = ()
    """The candidates, when more than one could have been meant."""


Answer = Understood | Refused

QUOTED = 40


def quoted(text: str) -> str:
    """What was typed, short enough to be said back."""
    line = " ".join(text.split())
    return line if len(line) <= QUOTED else line[: QUOTED - 1] + "…"
