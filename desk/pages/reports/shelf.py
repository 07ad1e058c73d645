"""The forms as the rooms of the reports need them: read once a version, named in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

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


def duties(book: Book, forms: Shelf, stages: Mapping[str, str]) -> list[tuple[str, str]]:
    """Those of the elections in force, as `election/duty`: "Masa kampanye · Laporan hasil pengawasan"."""
    return [
        (
            f"{election.name}/{duty.name}",
            f"{stages.get(duty.stage, duty.stage)} · {forms.title(duty.form)} ({duty.name})",
        )
        for election in book.elections.in_force()
        for duty in election.duties
    ]


def stage_names(book: Book, forms: Shelf) -> dict[str, str]:
    """As the elections in force call them; those that none has, by their own name."""
    named = {one: one.replace("-", " ").capitalize() for one in forms.stages()}
    for election in book.elections.in_force():
        for stage in election.stages:
            label = stage.label.get(forms.words.language) or next(iter(stage.label.values()), "")
            named[stage.name] = label or named.get(stage.name, stage.name)
    return named


@lru_cache(maxsize=KEPT)
def _plan(compiled: str) -> Plan:
    return Plan(from_json(compiled))
