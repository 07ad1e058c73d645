"""The appearances that mean something to a case: whose answers are sealed apart, which are required of it."""

from collections.abc import Iterator

from core.forms.form import Form, Group, Item, Kind, Question

IDENTITY = "identity"
"""Sealed to the custodians, apart from the story; on a question or on a group."""
FORMAL = "formal"
MATERIEL = "materiel"
MULTILINE = "multiline"
"""A story over as many messages as its writer likes."""

CRITICAL = frozenset({"penting", "alert"})
"""A "ya" to it is told at once to those who coordinate."""

DOCUMENT = frozenset({"dokumen", "document"})
"""A picture of a sheet of paper, which must be readable."""

Path = tuple[str, ...]


def identity_paths(form: Form) -> frozenset[Path]:
    """The questions that tell who somebody is."""
    return frozenset(_identities(form.items, inside=False))


def is_requirement(question: Question) -> bool:
    """May the law want it? It may be skipped, and is missing then."""
    return not question.appearance.isdisjoint((FORMAL, MATERIEL))


def is_multiline(item: Item) -> bool:
    return isinstance(item, Question) and MULTILINE in item.appearance


def is_critical(question: Question) -> bool:
    return not CRITICAL.isdisjoint(question.appearance)


def is_document(question: Question) -> bool:
    return question.kind is Kind.IMAGE and not DOCUMENT.isdisjoint(question.appearance)


def _identities(items: tuple[Item, ...], *, inside: bool) -> Iterator[Path]:
    for item in items:
        if isinstance(item, Question):
            if inside or IDENTITY in item.appearance:
                yield item.path
        else:
            marked = isinstance(item, Group) and IDENTITY in item.appearance
            yield from _identities(item.items, inside=inside or marked)
