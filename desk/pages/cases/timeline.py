"""The timeline of a case: each act with who did it, when, in which words; a move says where it led."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from core.cases.acts import in_language
from core.cases.procedure import Procedure
from core.model.cases import Case, Note, NoteKind
from core.speech.texts import Texts
from desk.api.shown import MediaShown
from desk.pages.names import where_is, who_is
from desk.pages.times import moment
from storage.book import Book


@dataclass(frozen=True, slots=True)
class Entry:
    serial: int
    who: str
    at: str
    what: str
    detail: str
    text: str
    case: str
    """Another case that it tells of."""
    is_citizen: bool
    media: tuple[MediaShown, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What is needed to say an act in words."""

    procedure: Procedure
    names: Mapping[str, str]
    places: Mapping[str, str]
    words: Texts


def timeline(
    book: Book, case: Case, procedure: Procedure, media: list[MediaShown], words: Texts, zone: str
) -> list[Entry]:
    """The newest first."""
    told = Told(procedure, who_is(book, _keys(case), words), where_is(book, _codes(case)), words)
    shown = {one.id: one for one in media}
    return [_entry(note, told, shown, zone) for note in reversed(case.notes)]


def _entry(note: Note, told: Told, media: Mapping[str, MediaShown], zone: str) -> Entry:
    detail = _DETAILS.get(note.kind, _nothing)(note.details, told)
    return Entry(
        note.serial,
        told.names.get(note.actor, note.actor),
        moment(note.at, zone, told.words.language),
        told.words.say(f"papers.act.{note.kind.value}"),
        detail,
        note.text,
        note.details.get("case", ""),
        note.actor == "citizen",
        tuple(media[one] for one in note.media if one in media),
    )


def _keys(case: Case) -> Iterator[str]:
    for note in case.notes:
        yield note.actor
        yield from (note.details[name] for name in ("to", "whom") if ":" in note.details.get(name, ""))


def _codes(case: Case) -> Iterator[str]:
    return (note.details["office"] for note in case.notes if "office" in note.details)


def _moved(details: Mapping[str, str], told: Told) -> str:
    """Registrasi → Diregistrasi · 009/LP/…"""
    language, procedure = told.words.language, told.procedure
    move = next((one for one in procedure.moves if one.name == details.get("move")), None)
    state = procedure.states.get(details.get("to", ""))
    result = procedure.results.get(details.get("result", ""), {})
    office = details.get("office", "")
    parts = (
        in_language(move.label, language) if move else details.get("move", ""),
        f"→ {in_language(state.label, language)}" if state and details.get("from") != state.name else "",
        f"· {details['number']}" if details.get("number") else "",
        f"· {in_language(result, language)}" if result else "",
        f"· {told.places.get(office, office)}" if office else "",
    )
    return " ".join(filter(None, parts))


def _assigned(details: Mapping[str, str], told: Told) -> str:
    return told.names.get(details.get("to", ""), "")


def _excluded(details: Mapping[str, str], told: Told) -> str:
    return told.names.get(details.get("whom", ""), "")


def _held(details: Mapping[str, str], told: Told) -> str:
    on = "on" if details.get("on") == "yes" else "off"
    return told.words.say(f"desk.case.hold.{on}")


def _escalated(details: Mapping[str, str], told: Told) -> str:
    labels = {term.name: in_language(term.label, told.words.language) for term in told.procedure.terms}
    names = f"{details.get('ended', '')} {details.get('warned', '')}".split()
    return ", ".join(labels.get(name, name) for name in names)


def _rated(details: Mapping[str, str], told: Told) -> str:
    return details.get("score", "")


def _printed(details: Mapping[str, str], told: Told) -> str:
    return details.get("paper", "")


def _nothing(details: Mapping[str, str], told: Told) -> str:
    return ""


_DETAILS: dict[NoteKind, Callable[[Mapping[str, str], Told], str]] = {
    NoteKind.MOVED: _moved,
    NoteKind.CONTESTED: _moved,
    NoteKind.EXTENDED: _moved,
    NoteKind.ASSIGNED: _assigned,
    NoteKind.EXCLUDED: _excluded,
    NoteKind.HELD: _held,
    NoteKind.ESCALATED: _escalated,
    NoteKind.RATED: _rated,
    NoteKind.PRINTED: _printed,
}
