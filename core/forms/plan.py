"""A form with what is looked up all the time worked out once: where each name is, and its number."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from core.forms.form import Form, Group, Item, Question, Repeat

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """One version of a form, ready to be filled."""

    form: Form
    items: Mapping[Path, Item] = field(init=False)
    named: Mapping[str, tuple[Path, ...]] = field(init=False)
    ordinals: Mapping[Path, int] = field(init=False)
    """Each question's number in the sheet, short enough for the key of a button."""
    paths: tuple[Path, ...] = field(init=False)

    def __post_init__(self) -> None:
        items = dict(_by_path(self.form.items))
        named: defaultdict[str, list[Path]] = defaultdict(list)
        for path in items:
            named[path[-1]].append(path)
        put = object.__setattr__
        put(self, "items", items)
        put(self, "named", {name: tuple(paths) for name, paths in named.items()})
        put(self, "paths", tuple(items))
        put(self, "ordinals", {path: number for number, path in enumerate(items)})

    def nearest(self, name: str, here: Path) -> Path | None:
        """The path that a name means when it is used at `here`: the one that shares most of its way."""
        paths = self.named.get(name, ())
        return max(paths, key=lambda path: _shared(path, here), default=None)

    def is_repeat(self, path: Path) -> bool:
        return isinstance(self.items.get(path), Repeat)

    def question(self, path: Path) -> Question | None:
        item = self.items.get(path)
        return item if isinstance(item, Question) else None


def _by_path(items: tuple[Item, ...]) -> Iterator[tuple[Path, Item]]:
    for item in items:
        yield item.path, item
        if isinstance(item, Group | Repeat):
            yield from _by_path(item.items)


def _shared(one: Path, other: Path) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
