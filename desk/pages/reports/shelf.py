"""The forms as the rooms of the reports need them: read once a version, named in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from core.cases.acts import in_language
from core.forms.form import Form
from core.forms.plan import Plan
from core.forms.written import from_json
from core.speech.texts import Texts
from storage.book import Book

KEPT = 64
REPORTED = frozenset({"report", "finding", "desk"})
"""The kinds of forms that become reports; of all others a case comes."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The newest version of each form, by its name."""

    forms: Mapping[str, Form]
    words: Texts

    def title(self, name: str) -> str:
        form = self.forms.get(name)
        return (form.words(form.title, self.words.language).strip() if form else "") or name

    def titles(self) -> list[tuple[str, str]]:
        named = ((name, self.title(name)) for name in self.forms)
        return sorted(named, key=lambda pair: pair[1].casefold())

    def of_stage(self, stage: str) -> list[str]:
        return [name for name, form in self.forms.items() if form.purpose.stage == stage]

    def stages(self) -> list[str]:
        return sorted({form.purpose.stage for form in self.forms.values() if form.purpose.stage})


@dataclass(frozen=True, slots=True)
class OfDuty:
    """A duty as a filter: the reports of its form, filed while its stage lasted."""

    key: str
    label: str
    form: str
    first: date
    last: date


def shelf(book: Book, words: Texts) -> Shelf:
    newest = {one.name: one for one in book.forms.versions()}
    known = {name: _plan(book.forms.load(name, one.version)).form for name, one in newest.items()}
    return Shelf({name: form for name, form in known.items() if form.purpose.kind in REPORTED}, words)


def plan_of(book: Book, name: str, version: str) -> Plan | None:
    """None for a version that is here no longer."""
    try:
        return _plan(book.forms.load(name, version))
    except KeyError:
        return None


def duties(book: Book, forms: Shelf) -> list[OfDuty]:
    """Those of the elections in force: "Masa kampanye · Laporan hasil pengawasan"."""
    language = forms.words.language
    found = []
    for election in book.elections.in_force():
        for duty in election.duties:
            stage = election.stage(duty.stage)
            label = f"{in_language(stage.label, language) or stage.name} · {forms.title(duty.form)}"
            key = f"{election.name}/{duty.name}"
            found.append(OfDuty(key, label, duty.form, stage.first, stage.last))
    return found


def stage_names(book: Book, forms: Shelf) -> dict[str, str]:
    """As the elections in force call them; those that none has, by their own name."""
    named = {one: one.replace("-", " ").capitalize() for one in forms.stages()}
    for election in book.elections.in_force():
        for stage in election.stages:
            label = in_language(stage.label, forms.words.language)
            named[stage.name] = label or named.get(stage.name, stage.name)
    return named


@lru_cache(maxsize=KEPT)
def _plan(compiled: str) -> Plan:
    return Plan(from_json(compiled))
