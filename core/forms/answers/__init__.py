"""Reading what people type, generously: text in, value or a kind refusal out."""

from core.forms.answers.areas import described
from core.forms.answers.outcome import Answer, Reading, Refused, Understood
from core.forms.answers.pasted import Pasted, pasted, several
from core.forms.answers.reading import READABLE, read
from core.forms.answers.showing import SKIPPED, show
from core.forms.answers.words import greeting, knows_not, says_nothing, thanks, yes_or_no

__all__ = [
    "READABLE",
    "SKIPPED",
    "Answer",
    "Pasted",
    "Reading",
    "Refused",
    "Understood",
    "described",
    "greeting",
    "knows_not",
    "pasted",
    "read",
    "says_nothing",
    "several",
    "show",
    "thanks",
    "yes_or_no",
]
