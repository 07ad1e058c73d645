"""Functions over all turns of a repeat."""

import math
from collections.abc import Callable

from core.forms.expressions.functions.signature import Function
from core.forms.expressions.functions.texts import spread
from core.forms.expressions.scope import Scope
from core.forms.expressions.term import Call, Evaluate, Term
from core.forms.expressions.values import NAN, Nodes, Value, as_number, as_text

_MODULUS = 2**31 - 1
_MULTIPLIER = 48271


def _over(work: Callable[[tuple[str, ...]], float]) -> Function:
    """A function of all turns of one question."""

    def make(call: Call) -> Evaluate:
        name = call.reference(0)
        return lambda scope: work(scope.nodes(name))

    return Function(1, 1, make)


def turns_of(terms: tuple[Term, ...]) -> Callable[[Scope], list[str]]:
    """All turns if there is one question, otherwise the values as they are here: max(${a}, ${b})."""
    if len(terms) == 1 and (name := terms[0].reference):
        return lambda scope: list(scope.nodes(name))
    return lambda scope: spread(tuple(term.evaluate(scope) for term in terms))


def _extreme(pick: Callable[[list[float]], float]) -> Function:
    def make(call: Call) -> Evaluate:
        turns = turns_of(call.arguments)

        def evaluate(scope: Scope) -> float:
            numbers = [number for number in map(as_number, turns(scope)) if not math.isnan(number)]
            return pick(numbers) if numbers else NAN

        return evaluate

    return Function(1, None, make)


def _sum(nodes: tuple[str, ...]) -> float:
    """Of what has been answered: as ODK Collect does, a gap is no obstacle."""
    return float(sum(number for number in map(as_number, nodes) if not math.isnan(number)))


def _make_join(call: Call) -> Evaluate:
    separator, turns = call.arguments[0].evaluate, turns_of(call.arguments[1:])
    return lambda scope: as_text(separator(scope)).join(turns(scope))


def _make_position(call: Call) -> Evaluate:
    depth = call.arguments[0].climb - 1
    if depth < 0:
        raise call.wrong(0, "..")
    return lambda scope: float(scope.turn(depth))


def _make_indexed_repeat(call: Call) -> Evaluate:
    name = call.reference(0)
    repeats = [call.reference(place) for place in range(1, len(call.arguments), 2)]
    numbers = [term.evaluate for term in call.arguments[2::2]]

    def evaluate(scope: Scope) -> str:
        turns = [_whole(number(scope)) for number in numbers]
        return scope.indexed(name, tuple(zip(repeats, turns, strict=True)))

    return evaluate


def _whole(value: Value) -> int:
    number = as_number(value)
    return int(number) if math.isfinite(number) else 0


def _make_randomize(call: Call) -> Evaluate:
    name, seed = call.reference(0), call.arguments[1].evaluate if len(call.arguments) > 1 else None

    def evaluate(scope: Scope) -> Nodes:
        start = _whole(seed(scope)) if seed else int(scope.fresh[1] * _MODULUS)
        return _shuffled(scope.nodes(name), start)

    return evaluate


def _shuffled(nodes: tuple[str, ...], seed: int) -> Nodes:
    """The inside-out shuffle of Fisher and Yates, with the generator of Park and Miller, as ODK asks for."""
    shuffled: list[str] = []
    state = seed % _MODULUS or 1
    for place, node in enumerate(nodes):
        state = state * _MULTIPLIER % _MODULUS
        other = int((state - 1) / (_MODULUS - 1) * (place + 1))
        shuffled.append(node)
        shuffled[place], shuffled[other] = shuffled[other], node
    return Nodes(shuffled)


FUNCTIONS = {
    "sum": _over(_sum),
    "count": _over(lambda nodes: float(len(nodes))),
    "count-non-empty": _over(lambda nodes: float(sum(node != "" for node in nodes))),
    "min": _extreme(min),
    "max": _extreme(max),
    "join": Function(2, None, _make_join),
    "position": Function(1, 1, _make_position),
    "indexed-repeat": Function(3, 7, _make_indexed_repeat, step=2),
    "randomize": Function(1, 2, _make_randomize),
}
