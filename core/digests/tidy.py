"""A digest's words made fit for every rendering: one line each, no sign that a file or a font trips over."""

import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TypeVar, cast

T = TypeVar("T")

# Controls, invisible turns of the reading direction, halves of characters, places nobody has given a letter.
UNFIT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def tidy(value: T) -> T:
    """The same value, every text in it as one line of visible letters."""
    return cast(T, _tidy(value))


def one_line(text: str) -> str:
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    spaced = "".join(" " if letter.isspace() else letter for letter in text)
    return " ".join("".join(each for each in spaced if unicodedata.category(each) not in UNFIT).split())


def _tidy(value: object) -> object:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, tuple):
        return tuple(_tidy(each) for each in value)
    if isinstance(value, Mapping):
        return {_tidy(key): _tidy(each) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(**{field.name: _tidy(getattr(value, field.name)) for field in fields(value)})
    return value
