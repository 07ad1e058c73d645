"""What another version of a form changed: questions that came, went, or are asked otherwise.

compare(old, new).added      (Line("hitungan/surat_suara", {"id": "Surat suara diterima"}), …)
compare(old, new).changed    (Line(…, aspects=(Aspect("constraint", ". >= 0", ". >= 1"),)), …)
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from core.forms.form import Form, Words
from core.forms.written import to_json

ELSEWHERE = frozenset({"path", "row", "items"})
"""What is no property of a question: where it stands, and what stands in it."""
OF_FORM = ("title", "default_language")

Written = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Aspect:
    """One property, as XLSForm calls it; empty where there was or is none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """A question, group or repeat; or a list of options, or the form itself."""

    name: str
    label: Words
    aspects: tuple[Aspect, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    added: tuple[Line, ...] = ()
    removed: tuple[Line, ...] = ()
    changed: tuple[Line, ...] = ()
    lists: tuple[Line, ...] = ()
    """Lists whose options are others: each option that came, went or is called otherwise."""
    form: tuple[Aspect, ...] = ()
    """What the form is called, and what it is for."""
    reordered: bool = False
    """What stayed is asked in another order."""

    @property
    def is_same(self) -> bool:
        return not (self.added or self.removed or self.changed or self.lists or self.form or self.reordered)


def compare(old: Form, new: Form) -> Comparison:
    before, after = (cast(Written, json.loads(to_json(form))) for form in (old, new))
    was, now = (dict(_items(form["items"])) for form in (before, after))
    stayed = [name for name in now if name in was]
    return Comparison(
        added=tuple(_line(name, now[name]) for name in now if name not in was),
        removed=tuple(_line(name, was[name]) for name in was if name not in now),
        changed=tuple(
            Line(name, _label(now[name]), aspects)
            for name in stayed
            if (aspects := tuple(_aspects(was[name], now[name])))
        ),
        lists=tuple(_lists(before["lists"], after["lists"])),
        form=(*_aspects(_about(before), _about(after)),),
        reordered=stayed != [name for name in was if name in now],
    )


def _items(items: object) -> Iterator[tuple[str, Written]]:
    """Every question and group by its path, in the order of the sheet."""
    for item in cast(Sequence[Written], items):
        yield "/".join(cast(Sequence[str], item["path"])), item
        yield from _items(item.get("items", ()))


def _line(name: str, item: Written) -> Line:
    return Line(name, _label(item))


def _label(item: Written) -> Words:
    return cast(Words, item.get("label", {}))


def _aspects(was: Written, now: Written) -> Iterator[Aspect]:
    for name in dict.fromkeys((*was, *now)):
        if name not in ELSEWHERE and was.get(name) != now.get(name):
            before, after = _told(was.get(name)), _told(now.get(name))
            for key in dict.fromkeys((*before, *after)):
                if before.get(key, "") != after.get(key, ""):
                    yield Aspect(f"{name}::{key}" if key else name, before.get(key, ""), after.get(key, ""))


def _told(value: object) -> Mapping[str, str]:
    """A property in words: sentences by their language, lists in a row, yes for what is so."""
    match value:
        case None | False:
            return {}
        case True:
            return {"": "yes"}
        case dict():
            return {str(key): str(words) for key, words in value.items()}
        case list():
            return {"": " ".join(map(str, value))}
        case _:
            return {"": str(value)}


def _about(form: Written) -> Written:
    return {**cast(Written, form["purpose"]), **{name: form[name] for name in OF_FORM}}


def _lists(was: object, now: object) -> Iterator[Line]:
    """Of lists in both versions; a new list comes with its question."""
    before, after = (
        cast("Mapping[str, Sequence[Sequence[object]]]", was),
        cast("Mapping[str, Sequence[Sequence[object]]]", now),
    )
    for name in after:
        if name in before and before[name] != after[name]:
            aspects = tuple(_aspects(_options(before[name]), _options(after[name])))
            if aspects:
                yield Line(name, {}, aspects)


def _options(rows: Sequence[Sequence[object]]) -> Written:
    return {str(row[0]): row[1] for row in rows}
