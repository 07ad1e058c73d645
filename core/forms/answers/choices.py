"""Choosing one of a list: tapped, by number, by name, by yes or no, by beginning, in spite of a slip."""

import re
from collections.abc import Sequence

from core.forms.answers.areas import described, directory, find, same
from core.forms.answers.number_words import number_in_words
from core.forms.answers.outcome import Answer, Reading, Refused, Understood, quoted
from core.forms.answers.spelling import plain, words
from core.forms.answers.words import yes_or_no
from core.forms.form import Option, Question
from core.model.messages import Incoming

LONGEST = 2_000
MOST_CANDIDATES = 8
NUMBERED = 50
"""Lists up to here are shown with numbers that can be typed."""

_NUMBER = re.compile(
    r"(?:(?:pilih|pilihan|yang|yg|opsi|angka|jawab|jawaban|jawabannya|option|#)\s*)*"
    r"(?:(?:no|nomor|nomer|nmr|number|num)(?![a-z])\s*\.?\s*)?(?:urut\s*)?(?:ke\s?-?\s?)?"
    r"0*(?P<number>\d{1,5})\s*[.)]?(?:\s*(?:saja|aja|pak|bu|kak|min))*"
)
_ORDINALS = {
    "pertama": 1,
    "kesatu": 1,
    "kedua": 2,
    "ketiga": 3,
    "keempat": 4,
    "kelima": 5,
    "first": 1,
    "second": 2,
}
_AROUND = re.compile(
    r"^(?:pilih|yang|yg|jawab|jawabannya|jawaban)\s+|(?:\s+(?:pak|bu|kak|min|ya|saja|aja))+$", re.IGNORECASE
)


def read_one(question: Question, incoming: Incoming, context: Reading) -> Answer:
    tapped = tapped_option(incoming.choice, context.options)
    if tapped:
        return Understood(tapped.name, shown=context.label(tapped))
    return choose(incoming.text, context)


def tapped_option(key: str, options: Sequence[Option]) -> Option | None:
    """The option whose name the key of the tapped choice is, or ends with: "f7:2:logistik"."""
    fitting = [
        option for option in options if key and (key == option.name or key.endswith(":" + option.name))
    ]
    return max(fitting, key=lambda option: len(option.name), default=None)


def choose(text: str, context: Reading) -> Answer:
    """One option, or which ones it could be."""
    found, exact = candidates(text, context)
    if len(found) == 1:
        return Understood(found[0].name, not exact, described(found[0], context))
    return _which(text, found) if found else _unread(text, context)


def candidates(text: str, context: Reading) -> tuple[tuple[Option, ...], bool]:
    """Those that may be meant, and whether it was said plainly (no echo needed)."""
    if not text.strip() or len(text) > LONGEST:
        return (), False
    book = directory(context.options)
    wanted = _AROUND.sub("", text.strip())
    exact = _said_by_label(same(book, text) or same(book, wanted), text, context)
    number = option_number(text)
    numbered = _by_number(number, context) if number is not None else ()
    if numbered and set(exact) != set(numbered):
        meant = _options(tuple(dict.fromkeys((*exact, *numbered))), context)
        return meant, not any(_bears_another(option, number, context) for option in meant)
    if exact:
        return _options(exact, context), True
    answered = _by_yes_or_no(text, context)
    if answered:
        return _options(answered, context), True
    return _options(find(book, wanted), context), False


def _options(places: Sequence[int], context: Reading) -> tuple[Option, ...]:
    return tuple(context.options[place] for place in places)


def _said_by_label(found: tuple[int, ...], text: str, context: Reading) -> tuple[int, ...]:
    """A figure that is only the hidden name of an option is not what was meant by it."""
    if not plain(text).isdecimal():
        return found
    return tuple(place for place in found if words(context.label(context.options[place])) == words(text))


def option_number(text: str) -> int | None:
    """2, "2.", "no 2", "yang kedua", "dua", 2️⃣."""
    typed = plain(text).strip(" .)")
    found = _NUMBER.fullmatch(typed)
    if found:
        return int(found["number"])
    last = typed.removeprefix("yang ").removeprefix("yg ").removeprefix("nomor ")
    return _ORDINALS.get(last) or number_in_words(last)


def _by_number(number: int, context: Reading) -> tuple[int, ...]:
    """By its place in the list, and by the number that its label bears: both, where they differ."""
    bearing = _bearing(number, context)
    if len(context.options) <= NUMBERED and 1 <= number <= len(context.options):
        return tuple(dict.fromkeys((*bearing, number - 1)))
    return bearing


def _bearing(number: int, context: Reading) -> tuple[int, ...]:
    """In a list where every label bears one number (TPS 001, TPS 004) the one that bears this."""
    borne = [
        [word for word in words(context.label(option)) if word.isdecimal()] for option in context.options
    ]
    if not all(len(figures) == 1 for figures in borne):
        return ()
    return tuple(place for place, figures in enumerate(borne) if figures == [str(number)])


def _bears_another(option: Option, number: int | None, context: Reading) -> bool:
    """Third in the list, but called TPS 004: worth an echo."""
    return any(word.isdecimal() and word != str(number) for word in words(context.label(option)))


def _by_yes_or_no(text: str, context: Reading) -> tuple[int, ...]:
    said = yes_or_no(text)
    if said is None:
        return ()
    meanings = [_meaning(option) for option in context.options]
    if said not in meanings:
        meanings = [yes_or_no((words(context.label(option)) or ("",))[0]) for option in context.options]
    if said not in meanings and len(meanings) == 2 and (not said) in meanings:
        return (1 - meanings.index(not said),)
    return tuple(place for place, meaning in enumerate(meanings) if meaning is said)


def _meaning(option: Option) -> bool | None:
    """Does the option as a whole mean yes or no, by label or, where that says nothing, by name?"""
    for label in option.label.values():
        said = yes_or_no(label)
        if said is not None:
            return said
    if any(words(label) for label in option.label.values()):
        return {"ya": True, "yes": True, "tidak": False}.get(option.name.casefold())
    return {"1": True, "0": False}.get(option.name, yes_or_no(option.name))


def _which(text: str, found: tuple[Option, ...]) -> Refused:
    values = {"typed": quoted(text), "count": len(found)}
    key = "answers.choice.which" if len(found) <= MOST_CANDIDATES else "answers.choice.many"
    return Refused(key, values, found[:MOST_CANDIDATES])


def _unread(text: str, context: Reading) -> Refused:
    number = option_number(text)
    if number is not None and len(context.options) <= NUMBERED:
        return Refused("answers.choice.beyond", {"typed": quoted(text), "count": len(context.options)})
    key = "answers.choice.unread" if len(context.options) <= NUMBERED else "answers.choice.unknown"
    return Refused(key, {"typed": quoted(text)})
