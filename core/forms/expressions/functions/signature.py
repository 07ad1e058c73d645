"""How a function is called: how many arguments it takes, and what makes it of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from core.forms.expressions.errors import ExpressionError, Reason
from core.forms.expressions.scope import Scope
from core.forms.expressions.term import Call, Evaluate, Term
from core.forms.expressions.values import Value

Read = Callable[[Value], Value]
Work = Callable[..., Value]


@dataclass(frozen=True, slots=True)
class Function:
    """Takes `least` to `most` arguments (None: any number), in steps of `step`."""

    least: int
    most: int | None
    make: Callable[[Call], Evaluate]
    step: int = 1

    def called(self, call: Call) -> Evaluate:
        given = len(call.arguments)
        fits = given >= self.least and (self.most is None or given <= self.most)
        if not fits or (given - self.least) % self.step:
            raise ExpressionError(
                Reason.ARITY, call.position, f"{call.name}()", expected=self._expected(), given=str(given)
            )
        return self.make(call)

    def _expected(self) -> str:
        if self.most is None:
            further = f", {self.least + self.step}" * (self.step > 1)
            return f"{self.least}{further} …"
        if self.step > 1:
            return ", ".join(str(count) for count in range(self.least, self.most + 1, self.step))
        return str(self.least) if self.least == self.most else f"{self.least}-{self.most}"


def as_is(value: Value) -> Value:
    return value


def pure(work: Work, *reads: Read, least: int | None = None, many: bool = False) -> Function:
    """A function of its arguments alone, each read as its kind (the last kind for all further ones)."""

    def make(call: Call) -> Evaluate:
        given = _readings(call, reads)
        match given:
            case []:
                return lambda scope: work()
            case [one]:
                return lambda scope: work(one(scope))
            case [one, other]:
                return lambda scope: work(one(scope), other(scope))
            case _:
                return lambda scope: work(*[value(scope) for value in given])

    return Function(len(reads) if least is None else least, None if many else len(reads), make)


def scoped(work: Work, *reads: Read, least: int | None = None) -> Function:
    """A function that asks the scope as well."""

    def make(call: Call) -> Evaluate:
        given = _readings(call, reads)
        return lambda scope: work(scope, *[value(scope) for value in given])

    return Function(len(reads) if least is None else least, len(reads), make)


def or_here(function: Function) -> Function:
    """Without an argument, it is about the question's own value."""

    def make(call: Call) -> Evaluate:
        return function.make(replace(call, arguments=call.arguments or (Term(call.position, here),)))

    return replace(function, least=0, make=make)


def here(scope: Scope) -> Value:
    return scope.here


def _readings(call: Call, reads: tuple[Read, ...]) -> list[Evaluate]:
    kinds = [*reads, *reads[-1:] * (len(call.arguments) - len(reads))]
    return [_reading(read, term.evaluate) for read, term in zip(kinds, call.arguments, strict=False)]


def _reading(read: Read, evaluate: Evaluate) -> Evaluate:
    if read is as_is:
        return evaluate
    return lambda scope: read(evaluate(scope))
