"""What can be wrong with an expression, told so that the author of the form finds the place."""

from collections.abc import Mapping
from enum import StrEnum


class Reason(StrEnum):
    """The sentence for each is `forms.expression.<value>` in the texts."""

    EMPTY = "empty"
    UNEXPECTED = "unexpected"
    """A word or sign that cannot stand here: `found`, perhaps `suggestion`."""
    UNFINISHED = "unfinished"
    """It ends where something more is needed: `1 +`."""
    UNBALANCED = "unbalanced"
    """A parenthesis, bracket or quotation mark without its partner: `found`."""
    UNKNOWN_FUNCTION = "unknown_function"
    """`found`, perhaps `suggestion`."""
    ARITY = "arity"
    """The function `found` takes `expected` arguments and was given `given`."""
    BAD_PATTERN = "bad_pattern"
    """The regular expression `found` cannot be read."""
    BAD_ARGUMENT = "bad_argument"
    """The function `found` wants `expected` there, such as a ${question}."""
    QUOTED_REFERENCE = "quoted_reference"
    """Within quotes `found` stays as it is written; concat() is meant."""
    UNSUPPORTED = "unsupported"
    """Known to ODK, but not possible in chat: `found`."""
    TOO_LONG = "too_long"
    TOO_DEEP = "too_deep"


class ExpressionError(ValueError):
    """An expression that cannot be read."""

    def __init__(
        self,
        reason: Reason,
        position: int,
        found: str = "",
        *,
        suggestion: str = "",
        expected: str = "",
        given: str = "",
    ) -> None:
        super().__init__(f"{reason} at {position}: {found!r}")
        self.reason = reason
        self.position = position
        self.found = found
        self.suggestion = suggestion
        self.expected = expected
        self.given = given

    @property
    def key(self) -> str:
        return f"forms.expression.{self.reason}"

    @property
    def values(self) -> Mapping[str, str | int]:
        """What the sentence may name; `position` counted from 1, as people do."""
        return {
            "position": self.position + 1,
            "found": self.found,
            "suggestion": self.suggestion,
            "expected": self.expected,
            "given": self.given,
        }
