"""Which office is meant, by its name or its code: out of the tables of areas that the forms carry."""

from functools import lru_cache

from core.dialogue.talk import Talk
from core.forms.answers import Answer, Reading, Refused, Understood, read
from core.forms.catalogue import Catalogue
from core.forms.form import Kind, Option, Question
from core.forms.plan import Plan
from core.model.areas import Level, level_of, parent_of
from core.model.messages import Incoming

REGENCIES = "kabupaten.csv"
VILLAGES = "desa.csv"
LEVELS = (Level.PROVINCE, Level.REGENCY)
"""Of offices that work cases."""


def read_office(talk: Talk, incoming: Incoming) -> Answer:
    """The code of an office; where no form has a table, the code itself has to be written."""
    if is_office(talk, written := incoming.text.strip().rstrip(".")):
        return Understood(written)
    options = _options(talk)
    if not options:
        return Refused("casework.office.code")
    question = Question(("office",), Kind.SELECT_ONE, {}, options=REGENCIES)
    return read(question, incoming, Reading(talk.language, talk.now, options))


def is_office(talk: Talk, code: str) -> bool:
    """Is there such a province or kab/kota?"""
    parts = code.split(".")
    if not all(part.isdecimal() and len(part) == len("64") for part in parts):
        return False
    return len(parts) <= len(LEVELS) and level_of(code) in LEVELS and bool(talk.known.names(code))


def office_name(talk: Talk, code: str) -> str:
    """How an office is called: by its kab/kota, a province by its name."""
    names = talk.known.names(code)
    return names[0] if names else code


def _options(talk: Talk) -> tuple[Option, ...]:
    """The kab/kota, and the provinces above them."""
    regencies = _regencies(talk.forms)
    provinces = dict.fromkeys(parent_of(option.name) for option in regencies)
    above = tuple(Option(code, {"": office_name(talk, code)}) for code in provinces if code)
    return (*regencies, *above)


def _regencies(forms: Catalogue) -> tuple[Option, ...]:
    for plan in forms.current:
        if listed := plan.form.lists.get(REGENCIES):
            return listed
    with_villages = (plan for plan in forms.current if plan.form.lists.get(VILLAGES))
    return next((_of_villages(plan) for plan in with_villages), ())


@lru_cache(maxsize=4)
def _of_villages(plan: Plan) -> tuple[Option, ...]:
    """83,000 villages are not gone through at every message."""
    found = {
        ".".join(option.name.split(".")[:2]): option.columns.get("kabupaten", "")
        for option in plan.form.lists[VILLAGES]
    }
    return tuple(
        Option(code, {"": name}, {"parent": parent_of(code)}) for code, name in found.items() if name
    )
