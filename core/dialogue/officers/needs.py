"""What an act asks of the officer: the question, what can be tapped, and how the answer is read."""

from collections.abc import Callable

from core.cases.acts import in_language
from core.cases.likeness import likely
from core.cases.numbers import is_official
from core.cases.procedure import Move
from core.dialogue.commands import case_number_in
from core.dialogue.officers import caselist, offices
from core.dialogue.officers.casewords import procedure_of, say, title_of
from core.dialogue.officers.draft import Wish
from core.dialogue.talk import Talk
from core.forms.answers import Answer, Refused, Understood, described
from core.forms.answers.outcome import Reading
from core.forms.answers.prose import cleaned
from core.forms.form import Option
from core.model.cases import Case
from core.speech.cutting import shorten

LEAST = 3
LONGEST = 1_000
LABEL = 60


def question(talk: Talk, case: Case, wish: Wish) -> str:
    procedure = procedure_of(talk, case)
    example = procedure.number_example if procedure else ""
    key = "number_plain" if wish == "number" and not example else wish
    return say(talk, f"wish.{key}", example=example)


def options(talk: Talk, case: Case, wish: Wish, move: Move | None) -> list[tuple[str, str]]:
    """What can be tapped, each with its label."""
    match wish:
        case "result":
            return [(name, _result(talk, case, name)) for name in _results(talk, case, move)]
        case "other":
            alike = likely(case, caselist.visible(talk))
            return [(other.number, shorten(f"{other.number} {title_of(other)}", LABEL)) for other, _ in alike]
        case _:
            return []


def may_be_tapped(talk: Talk, case: Case, wish: Wish, value: str) -> bool:
    """Is it an answer to what is asked now, and not a button from long ago?"""
    match wish:
        case "result":
            return value in _results(talk, case, None)
        case "office":
            return offices.is_office(talk, value)
        case "other":
            return _is_other(talk, case, value)
        case _:
            return False


def read(talk: Talk, case: Case, wish: Wish) -> Answer:
    """What was written, as the answer to this wish; Refused says what would work."""
    if talk.incoming.attachments:
        return Refused("casework.no_pictures")
    return READERS[wish](talk, case)


def shown(talk: Talk, case: Case, wish: str, value: str) -> str:
    """One line of what is about to be done."""
    match wish:
        case "result":
            value = _result(talk, case, value)
        case "office":
            value = offices.office_name(talk, value)
    return say(talk, f"given.{wish}", value=value)


def label(talk: Talk, option: Option) -> str:
    return described(option, Reading(talk.language, talk.now))


def _results(talk: Talk, case: Case, move: Move | None) -> tuple[str, ...]:
    procedure = procedure_of(talk, case)
    everything = tuple(procedure.results) if procedure else ()
    return move.results or everything if move else everything


def _result(talk: Talk, case: Case, name: str) -> str:
    procedure = procedure_of(talk, case)
    words = procedure.results.get(name, {}) if procedure else {}
    return in_language(words, talk.language) or name


def _read_words(talk: Talk, case: Case) -> Answer:
    words = cleaned(talk.incoming.text)
    if len(words) < LEAST:
        return Refused("casework.words.short")
    if len(words) > LONGEST:
        return Refused("casework.words.long", {"limit": LONGEST, "length": len(words)})
    return Understood(words)


def _read_number(talk: Talk, case: Case) -> Answer:
    procedure, number = procedure_of(talk, case), " ".join(cleaned(talk.incoming.text).split())
    if procedure is None or is_official(number, procedure):
        return Understood(number)
    if not procedure.number_example:
        return Refused("casework.number.short")
    return Refused("casework.number.other", {"example": procedure.number_example})


def _read_result(talk: Talk, case: Case) -> Answer:
    return Refused("casework.choose")


def _read_office(talk: Talk, case: Case) -> Answer:
    office = offices.read_office(talk, talk.incoming)
    same = isinstance(office, Understood) and office.value == case.office
    return Refused("casework.office.same") if same else office


def _read_other(talk: Talk, case: Case) -> Answer:
    """Only what may be seen can be pointed to: what may not is as unknown as what does not exist."""
    number = case_number_in(talk.incoming.text)
    if not number:
        return Refused("casework.other.number")
    if not _is_other(talk, case, number):
        return Refused("casework.unknown", {"number": number})
    return Understood(number)


def _is_other(talk: Talk, case: Case, number: str) -> bool:
    return number != case.number and any(other.number == number for other in caselist.visible(talk))


READERS: dict[Wish, Callable[[Talk, Case], Answer]] = {
    "reason": _read_words,
    "conflict": _read_words,
    "question": _read_words,
    "words": _read_words,
    "number": _read_number,
    "result": _read_result,
    "office": _read_office,
    "other": _read_other,
}
