"""A form as JSON text, as published versions are stored: expressions by their source, what is empty left out.

    {"name": "pungut", "version": "1", "items": [{"type": "time", "path": ["jam_buka"], "label": {"id": …}}]}

`from_json(to_json(form)) == form`.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NotRequired, TypedDict, cast

from core.forms.expressions import Expression, parse
from core.forms.form import Form, Group, Item, Kind, Option, Purpose, Question, Repeat, Words
from core.model.people import Role

Container = Literal["group", "repeat"]


class WrittenItem(TypedDict, total=False):
    """A question, a group or a repeat; `type` is the question's kind or the container's name."""

    type: str
    path: list[str]
    label: Words
    hint: Words
    required: str
    required_message: Words
    relevant: str
    constraint: str
    constraint_message: Words
    soft: bool
    calculation: str
    default: str
    options: str
    choice_filter: str
    minimum: str
    maximum: str
    step: str
    appearance: list[str]
    nothing: bool
    read_only: bool
    sms: str
    count: str
    items: "list[WrittenItem]"
    row: int


class WrittenPurpose(TypedDict):
    kind: str
    audience: list[str]
    stage: str
    cadence: str
    due: str
    nihil: bool
    menu: int
    public: NotRequired[bool]
    opens: NotRequired[str]
    opens_if: NotRequired[str]
    sms: NotRequired[str]
    about: NotRequired[dict[str, str]]


WrittenOption = list[object]
"""[name, label] or [name, label, columns]."""


class WrittenForm(TypedDict):
    name: str
    version: str
    title: Words
    languages: list[str]
    default_language: str
    purpose: WrittenPurpose
    lists: dict[str, list[WrittenOption]]
    items: list[WrittenItem]


def to_json(form: Form) -> str:
    """The form in one line; the same form always gives the same text."""
    written: WrittenForm = {
        "name": form.name,
        "version": form.version,
        "title": dict(form.title),
        "languages": list(form.languages),
        "default_language": form.default_language,
        "purpose": _write_purpose(form.purpose),
        "lists": {name: [_write_option(option) for option in rows] for name, rows in form.lists.items()},
        "items": [_write_item(item) for item in form.items],
    }
    return json.dumps(written, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Form:
    """The form that `to_json` wrote; ValueError, KeyError or ExpressionError for any other text."""
    written = cast(WrittenForm, json.loads(text))
    return Form(
        name=written["name"],
        version=written["version"],
        title=written["title"],
        items=_read_items(written["items"]),
        lists={name: tuple(map(_read_option, rows)) for name, rows in written["lists"].items()},
        purpose=_read_purpose(written["purpose"]),
        languages=tuple(written["languages"]),
        default_language=written["default_language"],
    )


def _write_purpose(purpose: Purpose) -> WrittenPurpose:
    return {
        "kind": purpose.kind,
        "audience": sorted(purpose.audience),
        "stage": purpose.stage,
        "cadence": purpose.cadence,
        "due": purpose.due,
        "nihil": purpose.nihil,
        "menu": purpose.menu,
        "public": purpose.public,
        "opens": purpose.opens,
        "opens_if": _source(purpose.opens_if),
        "sms": purpose.sms,
        "about": dict(purpose.about),
    }


def _read_purpose(written: WrittenPurpose) -> Purpose:
    return Purpose(
        kind=written["kind"],
        audience=frozenset(map(Role, written["audience"])),
        stage=written["stage"],
        cadence=written["cadence"],
        due=written["due"],
        nihil=written["nihil"],
        menu=written["menu"],
        public=written.get("public", False),
        opens=written.get("opens", ""),
        opens_if=_expression(written.get("opens_if")),
        sms=written.get("sms", ""),
        about=written.get("about", {}),
    )


def _write_option(option: Option) -> WrittenOption:
    written: WrittenOption = [option.name, dict(option.label)]
    return [*written, dict(option.columns)] if option.columns else written


def _read_option(written: WrittenOption) -> Option:
    name, label, *columns = written
    return Option(cast(str, name), cast(Words, label), cast(Mapping[str, str], columns[0]) if columns else {})


def _write_item(item: Item) -> WrittenItem:
    match item:
        case Question():
            return _write_question(item)
        case Group():
            written = _write_container("group", item)
            return written | _filled({"appearance": sorted(item.appearance)})
        case Repeat():
            return _write_container("repeat", item) | _filled({"count": _source(item.count)})


def _write_container(container: Container, item: Group | Repeat) -> WrittenItem:
    written = {
        "type": container,
        "path": list(item.path),
        "label": dict(item.label),
        "relevant": _source(item.relevant),
        "row": item.row,
        "items": [_write_item(inner) for inner in item.items],
    }
    return _filled(written)


def _write_question(question: Question) -> WrittenItem:
    return _filled(
        {
            "type": question.kind.value,
            "path": list(question.path),
            "label": dict(question.label),
            "hint": dict(question.hint),
            "required": _source(question.required),
            "required_message": dict(question.required_message),
            "relevant": _source(question.relevant),
            "constraint": _source(question.constraint),
            "constraint_message": dict(question.constraint_message),
            "soft": question.soft,
            "calculation": _source(question.calculation),
            "default": _source(question.default),
            "options": question.options,
            "choice_filter": _source(question.choice_filter),
            "minimum": question.minimum,
            "maximum": question.maximum,
            "step": question.step,
            "appearance": sorted(question.appearance),
            "nothing": question.nothing,
            "read_only": question.read_only,
            "sms": question.sms,
            "row": question.row,
        }
    )


def _filled(written: Mapping[str, object]) -> WrittenItem:
    return cast(WrittenItem, {key: value for key, value in written.items() if value})


def _source(expression: Expression | None) -> str:
    return expression.source if expression else ""


def _read_items(written: list[WrittenItem]) -> tuple[Item, ...]:
    return tuple(map(_read_item, written))


def _read_item(written: WrittenItem) -> Item:
    path, label, row = tuple(written["path"]), written.get("label", {}), written.get("row", 0)
    relevant = _expression(written.get("relevant"))
    match written["type"]:
        case "group":
            appearance = frozenset(written.get("appearance", ()))
            return Group(path, label, _read_items(written.get("items", [])), relevant, appearance, row)
        case "repeat":
            count = _expression(written.get("count"))
            return Repeat(path, label, _read_items(written.get("items", [])), relevant, count, row)
        case kind:
            return _read_question(Kind(kind), written)


def _read_question(kind: Kind, written: WrittenItem) -> Question:
    return Question(
        path=tuple(written["path"]),
        kind=kind,
        label=written.get("label", {}),
        hint=written.get("hint", {}),
        required=_expression(written.get("required")),
        required_message=written.get("required_message", {}),
        relevant=_expression(written.get("relevant")),
        constraint=_expression(written.get("constraint")),
        constraint_message=written.get("constraint_message", {}),
        soft=written.get("soft", False),
        calculation=_expression(written.get("calculation")),
        default=_expression(written.get("default")),
        options=written.get("options", ""),
        choice_filter=_expression(written.get("choice_filter")),
        minimum=written.get("minimum", ""),
        maximum=written.get("maximum", ""),
        step=written.get("step", ""),
        appearance=frozenset(written.get("appearance", ())),
        nothing=written.get("nothing", False),
        read_only=written.get("read_only", False),
        sms=written.get("sms", ""),
        row=written.get("row", 0),
    )


def _expression(source: str | None) -> Expression | None:
    return _parsed(source) if source else None


@lru_cache(maxsize=4096)
def _parsed(source: str) -> Expression:
    """A form says `true()` and `. >= 0` dozens of times, and an expression never changes."""
    return parse(source)
