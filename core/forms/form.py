"""What a form is once compiled: items in order, lists of options, and what the form is for.

Form("ptps-pungut", "2", title={"id": "Laporan pemungutan"}, items=(Question(...), Group(...)), ...)
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.forms.expressions import Expression
from core.model.people import Role

Words = Mapping[str, str]
"""The same sentence by language code ("" where a form names no languages); may hold ${references}."""


class Kind(StrEnum):
    """The question types of XLSForm that chat can carry; the value is XLSForm's own word."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    DATETIME = "dateTime"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    RANK = "rank"
    RANGE = "range"
    ACKNOWLEDGE = "acknowledge"
    NOTE = "note"
    CALCULATE = "calculate"
    GEOPOINT = "geopoint"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    FILE = "file"
    HIDDEN = "hidden"
    START = "start"
    END = "end"
    TODAY = "today"
    DEVICEID = "deviceid"
    USERNAME = "username"
    PHONENUMBER = "phonenumber"
    EMAIL = "email"


MEDIA = frozenset({Kind.IMAGE, Kind.AUDIO, Kind.VIDEO, Kind.FILE})
CHOSEN = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK})
METADATA = frozenset(
    {Kind.START, Kind.END, Kind.TODAY, Kind.DEVICEID, Kind.USERNAME, Kind.PHONENUMBER, Kind.EMAIL}
)
SILENT = METADATA | {Kind.CALCULATE, Kind.HIDDEN}
"""Filled without asking."""


@dataclass(frozen=True, slots=True)
class Option:
    """One row of a list. `columns` are its further columns, for choice_filter (and for place lists)."""

    name: str
    label: Words
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask, tell or compute. `path` is its groups, repeats and own name."""

    path: tuple[str, ...]
    kind: Kind
    label: Words
    hint: Words = field(default_factory=dict)
    required: Expression | None = None
    required_message: Words = field(default_factory=dict)
    relevant: Expression | None = None
    constraint: Expression | None = None
    constraint_message: Words = field(default_factory=dict)
    soft: bool = False
    """A broken constraint is asked once more, then accepted and flagged."""
    calculation: Expression | None = None
    default: Expression | None = None
    """Evaluated when the question is first reached; a plain value is a literal expression."""
    options: str = ""
    """The name of its list in `Form.lists`."""
    choice_filter: Expression | None = None
    """Over the columns of an option (by bare name) and ${answers}."""
    minimum: str = ""
    maximum: str = ""
    step: str = ""
    """The parameters of a range. A whole or decimal number may have the first two: limits that even a soft
    rule does not lift; empty where there is none."""
    appearance: frozenset[str] = frozenset()
    nothing: bool = False
    """Does "nihil" or "-" mean 0 here? (appearance or column `nihil`)."""
    read_only: bool = False
    row: int = 0
    """The row of the sheet it stands in."""
    sms: str = ""
    """Its code in a coded SMS; questions of the same code are answered in their order."""

    @property
    def name(self) -> str:
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class Group:
    """Questions under one heading. With the appearance `field-list` they are asked in one message."""

    path: tuple[str, ...]
    label: Words
    items: "tuple[Item, ...]"
    relevant: Expression | None = None
    appearance: frozenset[str] = frozenset()
    row: int = 0

    @property
    def name(self) -> str:
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class Repeat:
    """Questions asked over and over: "add another?" after each turn, or `count` times."""

    path: tuple[str, ...]
    label: Words
    items: "tuple[Item, ...]"
    relevant: Expression | None = None
    count: Expression | None = None
    row: int = 0

    @property
    def name(self) -> str:
        return self.path[-1]


Item = Question | Group | Repeat


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a form is for: the sheet `lapordesk`. Without it the form is a report offered to everyone."""

    kind: str = "report"
    audience: frozenset[Role] = frozenset(Role)
    stage: str = ""
    cadence: str = "once"
    due: str = ""
    nihil: bool = False
    menu: int = 100
    """The place in the menu, low first."""
    public: bool = False
    """Citizens may fill it (the audience `public`)."""
    opens: str = ""
    """The procedure of the case that it opens when it is filed; empty for none."""
    opens_if: Expression | None = None
    """It opens a case only when this holds."""
    sms: str = ""
    """A whole coded SMS as an example, for the guide."""
    about: Mapping[str, str] = field(default_factory=dict)
    """Which question tells what a case needs: {"story": "uraian", "place": "desa", "known": "diketahui"}."""


@dataclass(frozen=True, slots=True)
class Form:
    """One published version of a form; it never changes."""

    name: str
    version: str
    title: Words
    items: tuple[Item, ...]
    lists: Mapping[str, tuple[Option, ...]]
    purpose: Purpose = Purpose()
    languages: tuple[str, ...] = ()
    default_language: str = ""

    def questions(self) -> Iterator[Question]:
        """Every question in the order of the sheet."""
        yield from _questions(self.items)

    def words(self, words: Words, language: str) -> str:
        """The sentence in that language, else in the form's own, else in any."""
        for wanted in (language, self.default_language, ""):
            if wanted in words:
                return words[wanted]
        return next(iter(words.values()), "")


def _questions(items: tuple[Item, ...]) -> Iterator[Question]:
    for item in items:
        if isinstance(item, Question):
            yield item
        else:
            yield from _questions(item.items)
