"""A report as a row: who filed it, from where and when, then its answers by their place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from core.forms.form import MEDIA, Form
from core.model.areas import Area, Level, lineage
from core.model.records import Report
from core.model.zones import zone_of
from storage.areas import label
from storage.book import Book
from storage.media import Media
from storage.tables import person, post, report

ABOUT = (
    *("number", "form", "version", "standing", "serial", "practice", "role", "area"),
    *("tps", "village", "district", "regency", "province"),
    *("person", "channel", "started_at", "filed_at", "revised_at", "sent_at", "flags", "reason"),
    "same_picture",
)
"""The columns before the answers."""
PAGE = 500


@dataclass(frozen=True, slots=True)
class Filled:
    """One report, ready to be written."""

    about: Mapping[str, str]
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Origins:
    """Who and where, for one page of reports."""

    people: Mapping[int, str]
    posts: Mapping[str, tuple[str, str]]
    """Role and area by the report's number."""
    filed: Mapping[str, datetime]
    areas: Mapping[str, Area]
    alike: Mapping[str, Sequence[str]]
    """Reports of other posts that have a picture in common with it, by its number."""


def filled(book: Book, versions: Sequence[Form], *, practice: bool) -> Iterator[Filled]:
    """The form's reports in the order of filing, a page of them in memory at a time."""
    reports = book.reports.every(versions[-1].name, practice=practice, page=PAGE)
    media_paths = media_paths_of(versions)
    while page := list(islice(reports, PAGE)):
        yield from fill(book, page, media_paths)


def media_paths_of(versions: Sequence[Form]) -> set[str]:
    """The questions that pictures and files answer."""
    questions = (question for form in versions for question in form.questions())
    return {"/".join(question.path) for question in questions if question.kind in MEDIA}


def fill(book: Book, page: list[Report], media_paths: set[str]) -> Iterator[Filled]:
    """A page of reports, made ready with a few looks for all of them."""
    origins = _origins(book, page)
    media = _media(book, page, media_paths)
    for one in page:
        yield Filled(_about(one, origins), _answers(one, media, media_paths))


@lru_cache(maxsize=4096)
def path_of(place: str) -> str:
    """The question's path: "kegiatan[2]/bentuk" is "kegiatan/bentuk"."""
    return "/".join(step.partition("[")[0] for step in place.split("/"))


def places(code: str, areas: Mapping[str, Area]) -> dict[str, str]:
    """The names of the area and of those above it, each under its level."""
    names = {level.value: "" for level in reversed(Level)}
    for above in _lineage(code):
        if above in areas:
            names[areas[above].level.value] = label(areas[above])
    return names


def moment_in(moment: datetime, zone: ZoneInfo) -> str:
    """As a spreadsheet sorts it."""
    return moment.astimezone(zone).isoformat(timespec="seconds")


def _about(one: Report, origins: Origins) -> dict[str, str]:
    role, code = origins.posts.get(one.number, ("", ""))
    zone = ZoneInfo(zone_of(code))
    latest = one.latest
    return {
        "number": one.number,
        "form": one.form,
        "version": one.version,
        "standing": latest.standing.value,
        "serial": str(latest.serial),
        "practice": "1" if one.practice else "0",
        "role": role,
        "area": code,
        **places(code, origins.areas),
        "person": origins.people.get(one.person, ""),
        "channel": latest.channel.value,
        "started_at": moment_in(one.started_at, zone),
        "filed_at": moment_in(origins.filed[one.number], zone),
        "revised_at": moment_in(latest.filed_at, zone) if latest.serial > 1 else "",
        "sent_at": moment_in(latest.sent_at, zone),
        "flags": "; ".join(
            f"{flag.place}: {flag.reason}" if flag.reason else flag.place for flag in latest.flags
        ),
        "reason": latest.reason,
        "same_picture": "; ".join(origins.alike.get(one.number, ())),
    }


def _answers(one: Report, media: Mapping[str, Media], media_paths: set[str]) -> dict[str, str]:
    return {
        place: _evidence(value, media) if path_of(place) in media_paths else value
        for place, value in one.latest.answers.values.items()
    }


def _evidence(value: str, media: Mapping[str, Media]) -> str:
    """Each picture by its name and fingerprint; what could not be kept says so."""
    return "; ".join(_piece(media[word]) if word in media else word for word in value.split())


def _piece(one: Media) -> str:
    return (
        f"{one.name or one.id} sha256:{one.sha256}" if one.sha256 else f"{one.name or one.id} ({one.state})"
    )


def _origins(book: Book, page: list[Report]) -> Origins:
    rows = book.connection.execute(_ORIGINS, {"numbers": [one.number for one in page]}).all()
    codes = {above for row in rows for above in _lineage(row.area or "")}
    return Origins(
        {row.person_id: row.name for row in rows},
        {row.number: (row.role or "", row.area or "") for row in rows},
        {row.number: row.filed_at for row in rows},
        book.areas.several(codes),
        book.pictures.alike({one.number for one in page}),
    )


def _media(book: Book, page: list[Report], paths: set[str]) -> dict[str, Media]:
    values = [one.latest.answers.values for one in page] if paths else []
    ids = {
        word
        for answers in values
        for place, text in answers.items()
        if path_of(place) in paths
        for word in text.split()
    }
    return book.media.several(sorted(ids))


def _lineage(code: str) -> tuple[str, ...]:
    return lineage(code) if code else ()


_ORIGINS = (
    select(report.c.number, report.c.person_id, report.c.area, report.c.filed_at, person.c.name, post.c.role)
    .join_from(report, person)
    .outerjoin(post, post.c.id == report.c.post_id)
    .where(report.c.number.in_(bindparam("numbers", expanding=True)))
)
