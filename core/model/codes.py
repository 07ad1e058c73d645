"""One-time codes that open a channel as a known person: eight letters, said in two halves: K7Q2-M9TD."""

from collections.abc import Callable

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8


def one_time_code(letters: Callable[[int], str]) -> str:
    """Opens a channel as somebody. One of it at least is a digit: that tells it from an eight-letter word."""
    drawn = letters(CODE_LENGTH)
    has_digit = any(letter.isdigit() for letter in drawn)
    return drawn if has_digit else drawn[:-1] + str(CROCKFORD.index(drawn[-1]) % 10)


def spoken(code: str) -> str:
    """As it is read aloud."""
    return f"{code[:4]}-{code[4:]}"
