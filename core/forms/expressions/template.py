"""Words with ${references} in them: labels, hints and messages.

template("Jumlah ${sah} + ${tidak_sah}").fill(scope)
"""

import re
from dataclasses import dataclass

from core.forms.expressions.lexer import REFERENCE, broken_reference
from core.forms.expressions.scope import Scope
from core.forms.expressions.values import as_text

_REFERENCE = re.compile(REFERENCE)
_STRAY = re.compile(rf"(?!{REFERENCE})\$\{{")


@dataclass(frozen=True, slots=True)
class Template:
    """`_pieces` are words and names by turns, words first and last."""

    source: str
    references: frozenset[str]
    _pieces: tuple[str, ...] = ()

    def fill(self, scope: Scope) -> str:
        if not self.references:
            return self.source
        filled = [as_text(scope.look(piece)) if odd % 2 else piece for odd, piece in enumerate(self._pieces)]
        return "".join(filled)


def template(source: str) -> Template:
    """Read words; ExpressionError for a `${` that is no reference."""
    if stray := _STRAY.search(source):
        raise broken_reference(source[stray.start() :], stray.start())
    pieces = tuple(_REFERENCE.split(source))
    return Template(source, frozenset(pieces[1::2]), pieces)
