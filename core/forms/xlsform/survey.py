"""The survey sheet, row by row, into groups, repeats and questions."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from core.forms.expressions import parse
from core.forms.form import CHOSEN, MEDIA, SILENT, Group, Item, Kind, Question, Repeat
from core.forms.problems import Problem, Problems
from core.forms.xlsform.choices import OTHER, Lists, spoken
from core.forms.xlsform.columns import Row
from core.forms.xlsform.formulas import condition, default, formula, is_yes, wording
from core.forms.xlsform.mentions import pulled_files
from core.forms.xlsform.types import Asks, Begins, Container, Ends, Strange, read_type

NAME = re.compile(r"^[^\W\d][\w.-]*$")
LONGEST_NAME = 40
RESERVED = frozenset({"meta", "instanceID", "instanceName"})
SOFT = frozenset({"soft", "lunak"})
SOFT_ENDINGS = ("_soft", "_lunak")
DEEPEST = 12

Path = tuple[str, ...]


@dataclass(slots=True)
class Frame:
    """A group or repeat that has begun and not yet ended; the outermost is the form."""

    path: Path = ()
    container: Container | None = None
    row: Row | None = None
    items: list[Item] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class SurveyReader:
    """Reads on after every problem, so that an author hears of all of them at once."""

    lists: Lists
    problems: Problems
    rows: dict[Path, Row] = field(default_factory=dict)
    """The row that each path came from."""
    stack: list[Frame] = field(default_factory=lambda: [Frame()])

    def read(self, rows: Iterable[Row]) -> tuple[Item, ...]:
        for row in rows:
            if not is_yes(row["disabled"]):
                self._row(row)
        while len(self.stack) > 1:
            self._complain_of(self.stack[-1], "forms.group.unended")
            self._close()
        return tuple(self.stack[0].items)

    def _row(self, row: Row) -> None:
        if not row["type"]:
            if row["name"] or row.say("label"):
                self._complain(row, "type", "forms.type.missing")
            return
        match read_type(row["type"]):
            case Strange(key, values):
                self.problems.append(Problem("survey", row.number, "type", key, values))
                if row["name"]:
                    # Read on as if it were a question nobody sees: its formulas may be wrong as well.
                    self._question(row, Asks(Kind.HIDDEN))
            case Begins(container):
                self._begin(row, container)
            case Ends(container):
                self._end(row, container)
            case Asks() as asks:
                self._question(row, asks)

    def _begin(self, row: Row, container: Container) -> None:
        if len(self.stack) > DEEPEST:
            self._complain(row, "type", "forms.group.deep", most=DEEPEST)
        self.stack.append(Frame(self._path(row), container, row))

    def _end(self, row: Row, container: Container) -> None:
        if all(frame.container != container for frame in self.stack):
            self._complain(row, "type", "forms.group.unbegun", container=container)
            return
        while self.stack[-1].container != container:
            self._complain_of(self.stack[-1], "forms.group.unended")
            self._close()
        self._close()

    def _close(self) -> None:
        frame = self.stack.pop()
        if frame.row is None:
            return
        if not frame.items:
            self._complain_of(frame, "forms.group.empty")
        self.stack[-1].items.append(self._contained(frame, frame.row))

    def _contained(self, frame: Frame, row: Row) -> Item:
        label = wording(row.say("label"), "survey", row.number, "label", self.problems)
        self._check_translated(row, "label")
        relevant = formula(row, "relevant", self.problems)
        items = tuple(frame.items)
        if frame.container == "group":
            return Group(frame.path, label, items, relevant, _words(row["appearance"]), row.number)
        count = formula(row, "repeat_count", self.problems)
        return Repeat(frame.path, label, items, relevant, count, row.number)

    def _question(self, row: Row, asks: Asks) -> None:
        path = self._path(row, generated=f"note_{row.number}" if asks.kind is Kind.NOTE else "")
        parameters = self._parameters(row)
        question = self._ruled(self._worded(Question(path, asks.kind, {}, row=row.number), row), row)
        question = self._limited(question, parameters, row)
        if asks.options:
            question = replace(question, options=self.lists.use(asks, row, parameters, self.problems))
        self._pull_files(row)
        self._check(question, row)
        self.stack[-1].items.append(question)
        if asks.other:
            self.stack[-1].items.append(self._other(question, row))

    def _worded(self, question: Question, row: Row) -> Question:
        columns = ("label", "hint", "required_message", "constraint_message")
        for column in columns:
            self._check_translated(row, column)
        label, hint, unanswered, broken = (
            wording(row.say(column), "survey", row.number, column, self.problems) for column in columns
        )
        return replace(
            question, label=label, hint=hint, required_message=unanswered, constraint_message=broken
        )

    def _ruled(self, question: Question, row: Row) -> Question:
        appearance = _words(row["appearance"])
        soft = is_yes(row["soft"]) or bool(appearance & SOFT) or question.name.endswith(SOFT_ENDINGS)
        return replace(
            question,
            required=condition(row, "required", self.problems),
            relevant=formula(row, "relevant", self.problems),
            constraint=formula(row, "constraint", self.problems),
            calculation=formula(row, "calculation", self.problems),
            choice_filter=formula(row, "choice_filter", self.problems),
            default=default(row, question.kind, self.problems),
            soft=soft,
            appearance=appearance,
            nothing=is_yes(row["nihil"]) or "nihil" in appearance,
            read_only=is_yes(row["read_only"]),
            sms="".join(row["sms"].upper().split()),
        )

    def _limited(self, question: Question, parameters: Mapping[str, str], row: Row) -> Question:
        """The ends of a range; whole and decimal numbers may have them too."""
        if question.kind is Kind.RANGE:
            parameters = {"start": "1", "end": "10", "step": "1"} | dict(parameters)
        elif question.kind not in (Kind.INTEGER, Kind.DECIMAL):
            return question
        limits = {key: parameters.get(key, "") for key in ("start", "end", "step")}
        wrong = [value for value in limits.values() if value and not _is_number(value)]
        for value in wrong:
            self._complain(row, "parameters", "forms.range.number", value=value)
        if not wrong and all(limits.values()):
            start, end, step = (float(value) for value in limits.values())
            if start >= end or step <= 0:
                self._complain(row, "parameters", "forms.range.ends", **limits)
        return replace(question, minimum=limits["start"], maximum=limits["end"], step=limits["step"])

    def _other(self, asked: Question, row: Row) -> Question:
        """The text question that `or_other` brings along, named as pyxform names it."""
        path = (*asked.path[:-1], f"{asked.name}_{OTHER}")
        self._claim(path, row)
        return Question(
            path,
            Kind.TEXT,
            spoken("forms.other.ask", self.lists.languages),
            required=parse("true()"),
            relevant=parse(f"selected(${{{asked.name}}}, '{OTHER}')"),
            row=row.number,
        )

    def _pull_files(self, row: Row) -> None:
        for column, cell in row.plain.items():
            for file in pulled_files(cell) if "pulldata" in cell else ():
                self.lists.pull(file, row, column, self.problems)

    def _parameters(self, row: Row) -> Mapping[str, str]:
        parameters: dict[str, str] = {}
        for part in re.split(r"[\s,;]+", re.sub(r"\s*=\s*", "=", row["parameters"])):
            key, _, value = part.partition("=")
            if part and not (key and value):
                self._complain(row, "parameters", "forms.parameters", found=part)
            parameters[key.lower()] = value
        return parameters

    def _path(self, row: Row, generated: str = "") -> Path:
        name = row["name"] or generated
        if not name:
            self._complain(row, "name", "forms.name.missing")
            name = f"row_{row.number}"
        elif not NAME.match(name):
            self._complain(row, "name", "forms.name.signs", name=name)
        elif name in RESERVED:
            self._complain(row, "name", "forms.name.reserved", name=name)
        elif len(name) > LONGEST_NAME:
            self._warn(row, "name", "forms.name.long", name=name, most=LONGEST_NAME)
        path = (*self.stack[-1].path, name)
        self._claim(path, row)
        return path

    def _claim(self, path: Path, row: Row) -> None:
        names = self.stack[-1].names
        if path[-1] in names:
            self._complain(row, "name", "forms.name.twice", name=path[-1], other=names[path[-1]])
        names.setdefault(path[-1], row.number)
        self.rows.setdefault(path, row)

    def _check(self, question: Question, row: Row) -> None:
        silent = question.kind in SILENT or question.calculation is not None
        if not question.label and not silent:
            self._complain(row, "label", "forms.label.missing", name=question.name)
        if question.kind is Kind.CALCULATE and not row["calculation"] and not row["default"]:
            self._complain(row, "calculation", "forms.calculation.missing", name=question.name)
        if row["trigger"]:
            self._complain(row, "trigger", "forms.trigger")
        if question.soft and not row["constraint"]:
            self._warn(row, "constraint", "forms.soft.nothing")
        if question.kind in MEDIA and row["default"]:
            self._complain(row, "default", "forms.default.media")
        if row["choice_filter"] and question.kind not in CHOSEN:
            self._warn(row, "choice_filter", "forms.choice_filter.nothing")

    def _check_translated(self, row: Row, column: str) -> None:
        words = row.say(column)
        for language in self.lists.languages:
            if words and language not in words and "" not in words:
                self._warn(row, f"{column}::{language}", "forms.label.untranslated", language=language)

    def _complain_of(self, frame: Frame, key: str) -> None:
        if frame.row:
            self._complain(frame.row, "type", key, container=frame.container or "", name=frame.path[-1])

    def _warn(self, row: Row, column: str, key: str, **values: str | int) -> None:
        self.problems.warn("survey", row.number, column, key, **values)

    def _complain(self, row: Row, column: str, key: str, **values: str | int) -> None:
        self.problems.refuse("survey", row.number, column, key, **values)


def _words(cell: str) -> frozenset[str]:
    return frozenset(cell.lower().split())


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", text) is not None
