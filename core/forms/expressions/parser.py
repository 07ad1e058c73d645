"""Reads an expression by the power of its operators (Pratt's way) and makes it ready to evaluate."""

import re
from difflib import get_close_matches

from core.forms.expressions.errors import ExpressionError, Reason
from core.forms.expressions.functions import FUNCTIONS, MEANT, UNSUPPORTED
from core.forms.expressions.functions.signature import here
from core.forms.expressions.lexer import REFERENCE, Sort, Token, tokens
from core.forms.expressions.operators import OPERATORS, UNARY_POWER, WORDS, negated
from core.forms.expressions.term import Call, Evaluate, Term

LONGEST = 10_000
DEEPEST_NESTING = 80
"""Parentheses and functions within each other; a list of provinces as if(…, if(…)) goes to 38."""
DEEPEST_TERM = 200
"""And operators after each other: what one evaluation may stack up."""

_REFERENCE = re.compile(REFERENCE)
_PATH_SIGNS = frozenset({"/", "//", "[", "]", "|", "@", "::"})


class Parser:
    """Reads one source; `references` and `columns` are the names it met."""

    def __init__(self, source: str) -> None:
        if not source.strip():
            raise ExpressionError(Reason.EMPTY, 0)
        if len(source) > LONGEST:
            raise ExpressionError(Reason.TOO_LONG, LONGEST, given=str(len(source)), expected=str(LONGEST))
        self.references: set[str] = set()
        self.columns: set[str] = set()
        self._tokens = tokens(source)
        self._at = 0
        self._open: list[Token] = []
        self._within: list[str] = []

    def whole(self) -> Term:
        term = self._expression(0)
        if self._next.sort is not Sort.END:
            raise self._misplaced(self._next)
        return term

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._next
        self._at += 1
        return token

    def _accept(self, sign: str) -> bool:
        """Takes the sign, if it is the next."""
        if self._next.sort is not Sort.SYMBOL or self._next.text != sign:
            return False
        self._at += 1
        return True

    def _expression(self, power: int) -> Term:
        left = self._operand()
        while True:
            token = self._next
            operator = OPERATORS.get(token.text) if token.sort in (Sort.SYMBOL, Sort.NAME) else None
            if operator is None or operator.power <= power:
                return left
            self._take()
            right = self._expression(operator.power)
            left = self._joined(token, operator.join(left.evaluate, right.evaluate), left, right)

    def _joined(self, token: Token, evaluate: Evaluate, *parts: Term) -> Term:
        depth = 1 + max((part.depth for part in parts), default=0)
        if depth > DEEPEST_TERM:
            raise ExpressionError(Reason.TOO_DEEP, token.position, token.raw)
        return Term(token.position, evaluate, depth)

    def _operand(self) -> Term:
        token = self._take()
        match token.sort:
            case Sort.NUMBER:
                number = float(token.text)
                return Term(token.position, lambda scope: number)
            case Sort.STRING:
                return self._text(token)
            case Sort.REFERENCE:
                return self._reference(token.position, token.text)
            case Sort.NAME if self._accept("("):
                return self._call(token)
            case Sort.NAME:
                return self._column(token)
            case Sort.SYMBOL:
                return self._sign(token)
            case Sort.END:
                raise self._unfinished(token)

    def _sign(self, token: Token) -> Term:
        match token.text:
            case "(":
                return self._parenthesis(token)
            case "-":
                return self._negated(token)
            case "." | "..":
                return self._path(token)
            case _:
                raise self._misplaced(token)

    def _text(self, token: Token) -> Term:
        found = _REFERENCE.search(token.text)
        if found and self._within[-1:] != ["jr:choice-name"]:
            raise ExpressionError(Reason.QUOTED_REFERENCE, token.position, found[0])
        if found:
            self.references.add(found[1])
        text = token.text
        return Term(token.position, lambda scope: text, literal=text)

    def _reference(self, position: int, name: str) -> Term:
        self.references.add(name)
        return Term(position, lambda scope: scope.look(name), reference=name)

    def _column(self, token: Token) -> Term:
        name = token.text
        if name in WORDS:
            raise self._misplaced(token)
        self.columns.add(name)
        return Term(token.position, lambda scope: scope.column(name))

    def _negated(self, token: Token) -> Term:
        self._descend(token)
        operand = self._expression(UNARY_POWER)
        self._ascend()
        return self._joined(token, negated(operand.evaluate), operand)

    def _parenthesis(self, token: Token) -> Term:
        self._descend(token)
        term = self._expression(0)
        self._close()
        self._ascend()
        return term

    def _call(self, token: Token) -> Term:
        if token.text == "current":
            return self._current(token)
        function = FUNCTIONS.get(token.text)
        if function is None:
            raise _unknown(token)
        arguments = self._arguments(token)
        evaluate = function.called(Call(token.text, token.position, arguments))
        return self._joined(token, evaluate, *arguments)

    def _arguments(self, name: Token) -> tuple[Term, ...]:
        self._descend(self._tokens[self._at - 1])
        self._within.append(name.text)
        arguments: list[Term] = []
        if not self._accept(")"):
            arguments.append(self._expression(0))
            while self._accept(","):
                arguments.append(self._expression(0))
            self._close()
        self._within.pop()
        self._ascend()
        return tuple(arguments)

    def _current(self, token: Token) -> Term:
        """`current()/../kecamatan`: from the question itself, which is where we are anyway."""
        self._descend(self._tokens[self._at - 1])
        self._close()
        self._ascend()
        return self._steps(token, 0)

    def _path(self, token: Token) -> Term:
        return self._steps(token, int(token.text == ".."))

    def _steps(self, first: Token, climb: int) -> Term:
        """`.`, `./x`, `../x`, `../../x`: names are looked up as ${x} is; only position() may end above."""
        while self._accept("/"):
            step = self._take()
            if step.sort is Sort.NAME and self._next.text not in ("(", "/"):
                return self._reference(first.position, step.text)
            if step.text not in (".", ".."):
                raise ExpressionError(Reason.UNSUPPORTED, first.position, f"{first.raw}/{step.raw}")
            climb += step.text == ".."
        if climb and self._within[-1:] != ["position"]:
            raise ExpressionError(Reason.UNSUPPORTED, first.position, "..", suggestion="position(..)")
        return Term(first.position, here, climb=climb)

    def _descend(self, token: Token) -> None:
        self._open.append(token)
        if len(self._open) > DEEPEST_NESTING:
            raise ExpressionError(Reason.TOO_DEEP, token.position, token.raw)

    def _ascend(self) -> None:
        self._open.pop()

    def _close(self) -> None:
        if not self._accept(")"):
            raise self._misplaced(self._next)

    def _misplaced(self, token: Token) -> ExpressionError:
        if token.sort is Sort.END:
            return self._unfinished(token)
        if token.text == ")" and not self._open:
            return ExpressionError(Reason.UNBALANCED, token.position, ")")
        if token.sort is Sort.SYMBOL and token.text in _PATH_SIGNS:
            return ExpressionError(Reason.UNSUPPORTED, token.position, token.raw)
        suggestion = _nearest(token.text, WORDS) if token.sort is Sort.NAME else ""
        return ExpressionError(Reason.UNEXPECTED, token.position, token.raw, suggestion=suggestion)

    def _unfinished(self, end: Token) -> ExpressionError:
        opened = [token for token in self._open if token.raw == "("]
        if opened:
            return ExpressionError(Reason.UNBALANCED, opened[-1].position, "(")
        before = self._tokens[self._at - 2].raw if self._at > 1 else ""
        return ExpressionError(Reason.UNFINISHED, end.position, before)


def _unknown(token: Token) -> ExpressionError:
    found = f"{token.text}()"
    if token.text in UNSUPPORTED:
        return ExpressionError(Reason.UNSUPPORTED, token.position, found)
    meant = MEANT.get(token.text.lower()) or _nearest(token.text, (*FUNCTIONS, *WORDS))
    return ExpressionError(Reason.UNKNOWN_FUNCTION, token.position, found, suggestion=meant)


def _nearest(word: str, known: tuple[str, ...]) -> str:
    close = get_close_matches(word.lower(), known, n=1)
    return close[0] if close and close[0] != word else ""
