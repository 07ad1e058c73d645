"""Forms in the hands of their authors: checked, tried, and only when published in force."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.cases.tracking import DRAWN, make
from core.dialogue.known import Fresh, House
from core.dialogue.trial import Heard, Scene, Trial, begin, hear, trial_from_json, trial_to_json
from core.forms.form import Form
from core.forms.plan import Plan
from core.forms.problems import Problem, Severity
from core.forms.written import from_json, to_json
from core.forms.xlsform import Sources, area_tables, compile_beside
from core.model.areas import Area, Level, level_of, lineage
from core.model.cases import Actor
from core.model.codes import one_time_code, spoken
from core.model.people import Person, Post, Role
from core.model.zones import zone_of
from storage.book import Book
from storage.drafts import Whole
from storage.forms import FormVersion

LEVELS = {
    Role.PTPS: Level.TPS,
    Role.PKD: Level.VILLAGE,
    Role.PANWASCAM: Level.DISTRICT,
    Role.KABKOTA: Level.REGENCY,
    Role.PROVINSI: Level.PROVINCE,
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a workbook; without a form it cannot be tried or published."""

    problems: tuple[Problem, ...]
    compiled: str
    """The form as JSON; empty where there is none."""
    tables: Sources = field(default_factory=dict)
    """Those beside the workbook that it uses."""

    @property
    def form(self) -> Form | None:
        return from_json(self.compiled) if self.compiled else None

    def written(self) -> str:
        problems = [
            [one.sheet, one.row, one.column, one.key, dict(one.values), one.severity.value]
            for one in self.problems
        ]
        tables = {file: b64encode(content).decode() for file, content in self.tables.items()}
        return json.dumps([problems, self.compiled, tables], ensure_ascii=False)

    @classmethod
    def read(cls, told: str) -> "Checked":
        problems, compiled, *more = json.loads(told)
        tables = {file: b64decode(content) for one in more for file, content in one.items()}
        return cls(tuple(_problem(*one) for one in problems), compiled, tables)


def _problem(
    sheet: str, row: int, column: str, key: str, values: Mapping[str, str | int], severity: str
) -> Problem:
    return Problem(sheet, row, column, key, values, Severity(severity))


def areas_below(book: Book, province: str) -> list[Area]:
    """Down to the villages, for the lists of places."""
    return [
        area
        for level in (Level.REGENCY, Level.DISTRICT, Level.VILLAGE)
        for area in book.areas.under(province, level)
    ]


def check(content: bytes, kind: str, name: str, beside: Sources, areas: Iterable[Area]) -> Checked:
    """Every problem at once; no bytes whatever make it raise."""
    compiled = compile_beside(content, kind, beside, area_tables(areas), name)
    used = {file: table for file, table in beside.items() if file in compiled.files}
    unused = [
        Problem(file, 0, "", "forms.list.file_unused", {"file": file}, Severity.WARNING)
        for file in beside
        if file not in used
    ]
    return Checked((*compiled.problems, *unused), to_json(compiled.form) if compiled.form else "", used)


def publish(book: Book, form: Form, source: bytes, language: str, now: datetime, actor: Actor | None) -> bool:
    """In force from now on; False when that version is there already. `AlreadyPublished` when it is there
    with other content."""
    title = form.words(form.title, language) or form.name
    kind = form.purpose.kind
    is_new = book.forms.publish(to_json(form), form.name, form.version, title, source, now, kind)
    if is_new and actor is not None:
        details = {"version": form.version}
        book.audit.write(actor.key, "form.published", f"form:{form.name}", details, now)
    return is_new


def newest(book: Book, name: str) -> FormVersion | None:
    """The version of that form that is in use."""
    return next((one for one in reversed(book.forms.versions()) if one.name == name), None)


def is_taken(book: Book, form: Form) -> bool:
    """Is that very version published with other content?"""
    try:
        return book.forms.load(form.name, form.version) != to_json(form)
    except KeyError:
        return False


@dataclass(frozen=True, slots=True)
class Studio:
    """What a trial needs of the house."""

    house: House
    language: str
    area: str
    """Where the pretend supervisor is."""
    letters: Callable[[int], str]
    now: datetime


def try_form(book: Book, whole: Whole, whose: int, heard: Heard | None, studio: Studio) -> Trial | None:
    """One more turn of the trial, or with None its beginning; kept with the draft. None without a form."""
    form = Checked.read(whole.told).form
    if form is None:
        return None
    scene = scene_of(book, form, studio)
    fresh = _fresh(studio)
    begun = trial_from_json(whole.talk) if whole.talk else begin(scene, fresh)
    trial = begin(scene, fresh) if heard is None else hear(scene, begun, heard, fresh)
    book.drafts.talk(whole.draft.key, whose, trial_to_json(trial))
    return trial


def scene_of(book: Book, form: Form, studio: Studio) -> Scene:
    """As the first of those whom the form is for; a citizen where it is for citizens alone."""
    role = next((one for one in Role if one in form.purpose.audience), None)
    person = _pretended(book, role, studio) if role else None
    rules = book.procedures.rulebook()
    return Scene(Plan(form), person, studio.house, studio.language, rules, book.areas.chain)


def _pretended(book: Book, role: Role, studio: Studio) -> Person:
    code = _somewhere(book, role, studio)
    place = book.areas.chain(code)
    if role is Role.PTPS:
        code, place = f"{code}.001", ("TPS 001", *place)
    post = Post(1, role, code, place, zone_of(code) if code else studio.house.zone)
    return Person(1, "Siti Contoh", studio.language, (post,), "+628000000012")


def _somewhere(book: Book, role: Role, studio: Studio) -> str:
    """The first place of that role's in the area, or above it; a PTPS's village."""
    level = LEVELS.get(role)
    if level is None:
        return ""
    depth = list(Level).index(Level.VILLAGE if level is Level.TPS else level)
    above = lineage(studio.area)
    if len(above) > depth:
        return above[depth]
    code = studio.area
    while level_of(code) is not list(Level)[depth] and (inner := book.areas.children(code)):
        code = inner[0].code
    return code


def _fresh(studio: Studio) -> Fresh:
    draw = studio.letters
    return Fresh(
        now=studio.now,
        key=draw(5),
        number=f"P-{draw(3)}-{draw(3)}",
        code=spoken(one_time_code(draw)),
        uuid=draw(12),
        chance=0.5,
        case=f"K-{draw(3)}-{draw(3)}",
        tracking=make(draw(DRAWN)),
    )
