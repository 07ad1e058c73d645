"""The keys of buttons: short, and telling by themselves what was meant, so that an old button still works.

c:send              a command                    f:pungut   start (or go on with) a form
a:X7K2M:12:3        in filling X7K2M, item 12 of its form: the option at index 3 of the list
a:X7K2M:12.2:more   the same in the second turn of a repeat
n:P-7K2-M9Q         show a report; k: correct it, w: withdraw it
b:nihil:481         a reminder answered: fill, open, nihil with a row of the ledger; wait
e:call:64.72.03:1   the evening's list of the silent: again, call, called, show
d:up:64.02:20241118 a week of an area: what can be done about it stands in deskwords.py
q:late:2            an officer's cases: which of them, and the page
x:K-7K2-M9Q         show a case; :s:1 the second part of its story, :h:0 of what was done, :more further acts,
                    :a:ask an act, :m:registrasi a move, :g:64.71 what it needs, :y:1b2c3d4e yes to it
"""

from dataclasses import dataclass
from zlib import crc32

from core.forms.plan import Plan, Seat
from core.forms.scope import place_of, seat_of

SKIP = "skip"
KEEP = "keep"
DONE = "done"
MORE = "more"
PROPOSED = "proposed"
SPARE = "spare"
REWRITE = "rewrite"
HINTED = "hint"
LONGEST_NAME = 36
"""Of a form, in a key: room is left for a post and a word."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button of a question: which filling, where in its form, and what."""

    filling: str
    ordinal: int
    turns: tuple[int, ...]
    what: str

    def place(self, plan: Plan) -> str:
        """The place it stands for; empty when the form has no such item."""
        if self.ordinal >= len(plan.paths):
            return ""
        return place_of(plan, Seat(plan.paths[self.ordinal], self.turns))


def answer_key(filling: str, plan: Plan, place: str, what: str) -> str:
    seat = seat_of(place)
    spot = ".".join(str(n) for n in (plan.ordinals[seat.path], *seat.turns))
    return f"a:{filling}:{spot}:{what}"


def pressed(key: str) -> Pressed | None:
    """What an answer's key says; None for any other text."""
    parts = key.split(":")
    if len(parts) != 4 or parts[0] != "a":
        return None
    numbers = parts[2].split(".")
    if not all(number.isdecimal() and len(number) < 6 for number in numbers):
        return None
    return Pressed(parts[1], int(numbers[0]), tuple(int(number) for number in numbers[1:]), parts[3])


def form_word(name: str) -> str:
    """The form's name in a key; a very long one is cut, with a sum that tells it from its likes."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 9]}~{crc32(name.encode()):08x}"


def is_option(key: str) -> bool:
    """Is it an option of a question, and not a way around it?"""
    button = pressed(key)
    return button is not None and button.what.isdecimal()
