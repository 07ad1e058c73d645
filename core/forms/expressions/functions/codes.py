"""Functions that make codes: ids, chance, digests, base64, the form's version."""

import base64
import binascii
import hashlib

from core.forms.expressions.functions.signature import Function, pure, scoped
from core.forms.expressions.scope import Scope
from core.forms.expressions.term import Call, Evaluate
from core.forms.expressions.values import as_number, as_text

_ALGORITHMS = {
    "MD5": "md5",
    "SHA-1": "sha1",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
}
_LONGEST = 1_000


def _make_digest(call: Call) -> Evaluate:
    """The algorithm and the encoding are checked at once where they are written out."""
    _check(call, 1, tuple(_ALGORITHMS))
    _check(call, 2, ("base64", "hex"))
    return pure(_digest, as_text, as_text, as_text).make(call)


def _check(call: Call, place: int, known: tuple[str, ...]) -> None:
    if place < len(call.arguments):
        literal = call.arguments[place].literal
        if literal is not None and literal.upper() not in map(str.upper, known):
            raise call.wrong(place, ", ".join(known))


def _digest(text: str, algorithm: str, encoding: str = "base64") -> str:
    if algorithm.upper() not in _ALGORITHMS:
        return ""
    raw = hashlib.new(_ALGORITHMS[algorithm.upper()], text.encode(), usedforsecurity=False).digest()
    return raw.hex() if encoding.lower() == "hex" else base64.b64encode(raw).decode()


def _decoded(text: str) -> str:
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode()
    except (binascii.Error, ValueError):
        return ""


def _uuid(scope: Scope, length: float | None = None) -> str:
    """With a length, as many letters made of the fresh id."""
    if length is None:
        return scope.fresh[0]
    count = int(length) if 0 < length <= _LONGEST else 0
    return hashlib.shake_256(scope.fresh[0].encode()).hexdigest(_LONGEST)[:count]


FUNCTIONS = {
    "uuid": scoped(_uuid, as_number, least=0),
    "random": scoped(lambda scope: scope.fresh[1]),
    "digest": Function(2, 3, _make_digest),
    "base64-decode": pure(_decoded, as_text),
    "version": scoped(lambda scope: scope.version),
}
