"""What the rows of a form say about each other: unknown names, circles, questions asked too late."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from core.forms.expressions import Expression
from core.forms.form import SILENT, Form, Group, Item, Question, Repeat, Words
from core.forms.problems import Problem, Problems
from core.forms.xlsform.mentions import Mention, compared_values, mentions

Path = tuple[str, ...]
DECIDING = ("relevant", "calculation", "repeat_count")
"""The columns whose formulas decide what there is: among them no circle may run."""


@dataclass(frozen=True, slots=True)
class Use:
    """A formula or a sentence, and the item it belongs to."""

    item: Item
    column: str
    source: str

    @property
    def place(self) -> tuple[str, int, str]:
        return ("survey", self.item.row, self.column)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        return tuple(mentions(self.source))


@dataclass(slots=True)
class Index:
    """Where everything is in a form."""

    form: Form
    items: dict[Path, Item] = field(init=False)
    order: dict[Path, int] = field(init=False)
    named: dict[str, list[Path]] = field(init=False)

    def __post_init__(self) -> None:
        self.items = {item.path: item for item in _every(self.form.items)}
        self.order = {path: number for number, path in enumerate(self.items)}
        self.named = defaultdict(list)
        for path in self.items:
            self.named[path[-1]].append(path)

    def only(self, name: str) -> Item | None:
        paths = self.named.get(name, [])
        return self.items[paths[0]] if len(paths) == 1 else None

    def repeats(self, path: Path) -> tuple[Path, ...]:
        """The repeats around a path."""
        above = (path[:n] for n in range(1, len(path)))
        return tuple(outer for outer in above if isinstance(self.items.get(outer), Repeat))


def check_references(form: Form, problems: Problems) -> None:
    """Everything that is wrong between the rows."""
    index = Index(form)
    for item in index.items.values():
        for use in uses(item):
            _check_names(use, index, problems)
            _check_values(use, index, problems)
            if use.column == "relevant":
                _check_order(use, index, problems)
    _check_options(index, problems)
    _check_filters(index, problems)
    _check_circles(index, problems)


def uses(item: Item) -> Iterator[Use]:
    """Every cell of an item that may mention another."""
    for column, expression in _formulas(item):
        if expression is not None:
            yield Use(item, column, expression.source)
    for column, words in _sentences(item):
        for language, sentence in words.items():
            if "${" in sentence:
                yield Use(item, f"{column}::{language}" if language else column, sentence)


def _formulas(item: Item) -> tuple[tuple[str, Expression | None], ...]:
    match item:
        case Question():
            return (
                ("required", item.required),
                ("relevant", item.relevant),
                ("constraint", item.constraint),
                ("calculation", item.calculation),
                ("default", item.default),
                ("choice_filter", item.choice_filter),
            )
        case Group():
            return (("relevant", item.relevant),)
        case Repeat():
            return (("relevant", item.relevant), ("repeat_count", item.count))


def _sentences(item: Item) -> tuple[tuple[str, Words], ...]:
    if not isinstance(item, Question):
        return (("label", item.label),)
    return (
        ("label", item.label),
        ("hint", item.hint),
        ("required_message", item.required_message),
        ("constraint_message", item.constraint_message),
    )


def _every(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        yield item
        if not isinstance(item, Question):
            yield from _every(item.items)


def _check_names(use: Use, index: Index, problems: Problems) -> None:
    for mention in dict.fromkeys(use.mentions):
        paths = index.named.get(mention.name, [])
        if len(paths) != 1:
            problems.append(_not_one(use, mention.name, len(paths), index))
        elif not mention.is_gathered and _looks_into_repeat(use.item.path, paths[0], index):
            problems.warn(*use.place, "forms.reference.repeated", name=mention.name)


def _not_one(use: Use, name: str, count: int, index: Index) -> Problem:
    if count:
        return Problem(*use.place, "forms.reference.ambiguous", {"name": name, "count": count})
    near = _nearest(name, index.named)
    values = {"name": name, "suggestion": f"${{{near}}}" if near else ""}
    return Problem(*use.place, "forms.reference.unknown", values)


def _looks_into_repeat(here: Path, there: Path, index: Index) -> bool:
    around = (*index.repeats(here), here)
    return any(repeat not in around for repeat in index.repeats(there))


def _check_values(use: Use, index: Index, problems: Problems) -> None:
    """`${jenis} = 'spanduk'` where the list of `jenis` has no `spanduk`."""
    for name, value in dict.fromkeys(compared_values(use.source)):
        question = index.only(name)
        if not isinstance(question, Question) or question.options not in index.form.lists:
            continue
        known = [option.name for option in index.form.lists[question.options]]
        if value not in known:
            near = _nearest(value, known)
            problems.warn(
                *use.place, "forms.reference.no_such_option", name=name, value=value, suggestion=near
            )


def _check_order(use: Use, index: Index, problems: Problems) -> None:
    """A question that hangs on one asked later would come up late, or vanish again."""
    own = index.order[use.item.path]
    for mention in dict.fromkeys(use.mentions):
        asked = index.only(mention.name)
        if isinstance(asked, Question) and asked.kind not in SILENT and index.order[asked.path] > own:
            problems.warn(*use.place, "forms.reference.later", name=mention.name)


def _check_options(index: Index, problems: Problems) -> None:
    """References in the labels of options: the row is no longer known here, the list and the option are."""
    for name, options in index.form.lists.items():
        for option in options:
            for mention in mentions(" ".join(option.label.values())):
                if len(index.named.get(mention.name, [])) != 1:
                    values = {"name": mention.name, "list": name, "option": option.name}
                    problems.append(Problem("choices", 0, "label", "forms.reference.option", values))


def _check_filters(index: Index, problems: Problems) -> None:
    """Bare names in a choice_filter are columns of the list."""
    for question in index.form.questions():
        options = index.form.lists.get(question.options, ())
        if question.choice_filter is None or not options:
            continue
        columns = {"name", "label"}.union(*(option.columns for option in options))
        for name in sorted(question.choice_filter.columns - columns):
            values = {"name": name, "list": question.options, "suggestion": _nearest(name, columns)}
            place = ("survey", question.row, "choice_filter")
            problems.append(Problem(*place, "forms.choice_filter.column", values))


def _nearest(word: str, known: Iterable[str]) -> str:
    return next(iter(difflib.get_close_matches(word, tuple(known), n=1)), "")


def _check_circles(index: Index, problems: Problems) -> None:
    """Formulas that wait for each other."""
    waits = {path: _waits_for(item, index) for path, item in index.items.items()}
    while circle := _circle(waits):
        path = min(circle, key=lambda path: index.order[path])
        names = " → ".join(step[-1] for step in circle)
        column = next((use.column for use in uses(index.items[path]) if use.column in DECIDING), "")
        problems.refuse("survey", index.items[path].row, column, "forms.reference.circle", names=names)
        for step in circle:
            waits[step] = set()


def _waits_for(item: Item, index: Index) -> set[Path]:
    waits = {item.path[:-1]} if len(item.path) > 1 else set()
    for use in uses(item):
        if use.column not in DECIDING:
            continue
        for mention in use.mentions:
            other = index.only(mention.name)
            # indexed-repeat() looks at another turn, a running total say: that is no circle.
            if other is not None and not mention.is_of_a_chosen_turn:
                waits.add(other.path)
    return waits


def _circle(waits: Mapping[Path, set[Path]]) -> list[Path]:
    try:
        TopologicalSorter(waits).prepare()
    except CycleError as found:
        circle: list[Path] = found.args[1]
        return list(reversed(circle))
    return []
