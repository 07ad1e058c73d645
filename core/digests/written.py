"""A digest as JSON text, as it is kept and as programs read it: by the names of its fields.

`from_json(to_json(digest)) == digest`.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Union, cast, get_args, get_origin, get_type_hints

from core.digests.digest import Digest


def to_json(digest: Digest) -> str:
    return json.dumps(asdict(digest), ensure_ascii=False, separators=(",", ":"), default=_written)


def from_json(text: str) -> Digest:
    return cast(Digest, _read(json.loads(text), Digest))


def _written(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _read(value: object, kind: object) -> object:
    """The value as that type: what JSON has no words for is made again."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        inner = next(one for one in get_args(kind) if one is not NoneType)
        return None if value is None else _read(value, inner)
    if origin is tuple:
        return tuple(_read(one, get_args(kind)[0]) for one in cast("list[object]", value))
    if kind is datetime:
        return datetime.fromisoformat(str(value))
    if kind is date:
        return date.fromisoformat(str(value))
    if is_dataclass(kind) and isinstance(kind, type):
        given = cast("Mapping[str, object]", value)
        return kind(**{name: _read(given[name], of) for name, of in _fields(kind) if name in given})
    return value


@cache
def _fields(kind: type) -> tuple[tuple[str, object], ...]:
    hints = get_type_hints(kind)
    return tuple((one.name, hints[one.name]) for one in fields(cast("type[Digest]", kind)))
