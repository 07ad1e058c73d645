"""Choosing several of a list, or putting it in order: "1,3", "1 dan 3", "semua", "tinta, bilik", "2 1 3"."""

import re
from collections.abc import Iterator, Sequence

from core.forms.answers.areas import directory, same
from core.forms.answers.choices import candidates, choose, tapped_option
from core.forms.answers.outcome import Answer, Reading, Refused, Understood, quoted
from core.forms.answers.spelling import each, plain
from core.forms.answers.words import says_nothing, yes_or_no
from core.forms.form import Option, Question
from core.model.messages import Incoming

MOST_PIECES = 60

_APART = re.compile(
    r"\s*(?:[,;&+>\n]|(?<=\w)\s*/\s*(?=\w)|\s(?:dan|sama|serta|lalu|kemudian|and|then|dgn)(?=\s))\s*"
)
_SPACE = re.compile(r"\s+")
_ALL = frozenset(each("semua semuanya seluruhnya all"))
_ALL_EXCEPT = re.compile(r"(?:semua|semuanya|all)\s+(?:kecuali|selain|except)\s+(?P<rest>.+)", re.DOTALL)
_SPAN = re.compile(r"(?P<first>\d{1,2})\s*(?:-|–|s\.?/?d\.?|sampai)\s*(?P<last>\d{1,2})")
_NONE_NAMES = frozenset(each("tidak_ada none nihil tidakada tdk_ada no_one nothing kosong"))

Picked = tuple[list[Option], bool]
"""The options in the order typed, and whether each was said plainly."""


def read_several(question: Question, incoming: Incoming, context: Reading) -> Answer:
    tapped = tapped_option(incoming.choice, context.options)
    if tapped:
        return _several(([tapped], True), context)
    picked = _whole(incoming.text, context) or _picked(incoming.text, context)
    if isinstance(picked, Refused):
        return picked
    return _several(picked, context) if picked[0] else Refused("answers.choice.unread", _typed(incoming))


def read_rank(question: Question, incoming: Incoming, context: Reading) -> Answer:
    """Every option, each once."""
    picked = _in_a_row(incoming.text, context) or _picked(incoming.text, context)
    if isinstance(picked, Refused):
        return picked
    order, is_plain = picked
    twice = next((option for at, option in enumerate(order) if option in order[:at]), None)
    if twice:
        return Refused("answers.rank.twice", {"label": context.label(twice)})
    missing = [context.label(option) for option in context.options if option not in order]
    if missing:
        values = {"count": len(context.options), "missing": ", ".join(missing), "example": _example(context)}
        return Refused("answers.rank.incomplete", values)
    shown = ", ".join(f"{place}. {context.label(option)}" for place, option in enumerate(order, 1))
    return Understood(" ".join(option.name for option in order), not is_plain, shown)


def _typed(incoming: Incoming) -> dict[str, object]:
    return {"typed": quoted(incoming.text)}


def _several(picked: Picked, context: Reading) -> Understood:
    """In the order of the list, each once."""
    chosen, is_plain = picked
    inside = [option for option in context.options if option in chosen]
    shown = ", ".join(context.label(option) for option in inside)
    return Understood(" ".join(option.name for option in inside), not is_plain, shown)


def _example(context: Reading) -> str:
    """The last two swapped, so that it is no suggestion to send it as it stands."""
    numbers = [str(number) for number in range(1, len(context.options) + 1)]
    return " ".join([*numbers[:-2], *numbers[:-3:-1]])


def _whole(text: str, context: Reading) -> Picked | Refused | None:
    """All, none, all but some, or one label that may hold commas itself."""
    found, exact = candidates(text, context)
    if len(found) == 1 and exact:
        return list(found), True
    typed = plain(text).strip(" .!")
    if typed in _ALL:
        return [option for option in context.options if not _is_none(option)], True
    if except_for := _ALL_EXCEPT.fullmatch(typed):
        left_out = _picked(except_for["rest"], context)
        if isinstance(left_out, Refused):
            return left_out
        return [
            option for option in context.options if option not in left_out[0] and not _is_none(option)
        ], False
    if says_nothing(text) or yes_or_no(text) is False:
        none = [option for option in context.options if _is_none(option)]
        return (none, True) if len(none) == 1 else Refused("answers.choice.none")
    return None


def _is_none(option: Option) -> bool:
    return option.name.casefold() in _NONE_NAMES or any(
        says_nothing(label) for label in option.label.values()
    )


def _picked(text: str, context: Reading) -> Picked | Refused:
    """Piece by piece; a piece may be a number, a span of numbers, or a label with commas of its own."""
    by_marks = _pieces(text, _APART)
    if len(by_marks) > MOST_PIECES:
        return Refused("answers.choice.unread", {"typed": quoted(text)})
    picked = _resolved(by_marks, context)
    if not isinstance(picked, Refused):
        return picked
    by_spaces = [part for piece in by_marks for part in _pieces(piece, _SPACE)]
    if len(by_spaces) == len(by_marks) or len(by_spaces) > MOST_PIECES:
        return picked
    apart = _resolved(by_spaces, context)
    return picked if isinstance(apart, Refused) else apart


def _pieces(text: str, apart: re.Pattern[str]) -> list[str]:
    return [piece for piece in apart.split(text.strip()) if piece.strip(" .")]


def _resolved(pieces: list[str], context: Reading) -> Picked | Refused:
    if len(pieces) == 1 and not _SPAN.fullmatch(plain(pieces[0])):
        return _single(pieces[0], context)
    chosen: list[Option] = []
    all_plain, at = True, 0
    while at < len(pieces):
        for end in _longest_first(at, len(pieces)):
            found, is_plain = _piece(pieces[at:end], context)
            if found:
                break
        else:
            return Refused("answers.choice.part", {"typed": quoted(pieces[at])})
        chosen, all_plain, at = [*chosen, *found], all_plain and is_plain, end
    return (chosen, all_plain) if chosen else Refused("answers.choice.unread", {"typed": ""})


def _longest_first(at: int, length: int) -> Iterator[int]:
    return iter(range(min(length, at + 6), at, -1))


def _single(piece: str, context: Reading) -> Picked | Refused:
    read = choose(piece, context)
    if isinstance(read, Refused):
        return read
    return [option for option in context.options if option.name == read.value], not read.interpreted


def _piece(pieces: Sequence[str], context: Reading) -> Picked:
    """The options that some neighbouring pieces name together; several pieces only by a whole label."""
    if len(pieces) > 1:
        named = same(directory(context.options), " ".join(pieces))
        return ([context.options[place] for place in named], True) if len(named) == 1 else ([], False)
    if span := _SPAN.fullmatch(plain(pieces[0])):
        return _spanned(int(span["first"]), int(span["last"]), context)
    found, exact = candidates(pieces[0], context)
    return (list(found), exact) if len(found) == 1 else ([], False)


def _spanned(first: int, last: int, context: Reading) -> Picked:
    if not 1 <= first < last <= len(context.options):
        return [], False
    return list(context.options[first - 1 : last]), False


def _in_a_row(text: str, context: Reading) -> Picked | None:
    """ "213" for three things: a figure each."""
    figures = plain(text)
    if not figures.isdecimal() or len(figures) != len(context.options) or not 1 < len(figures) < 10:
        return None
    places = [int(figure) - 1 for figure in figures]
    if sorted(places) != list(range(len(figures))):
        return None
    return [context.options[place] for place in places], True
