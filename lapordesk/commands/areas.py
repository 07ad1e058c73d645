"""`lapordesk areas`: the places that reports come from."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from core.model.areas import Area
from lapordesk.area_file import Fault, Known, NoAreaFile, read_areas
from lapordesk.commands.console import CommandFailed, Console, Given
from storage.areas_source import load as areas_of
from storage.store import Store

Provinces = Annotated[tuple[str, ...], Parameter(name="--province", consume_multiple=True, negative=())]
Everywhere = Annotated[bool, Parameter(name="--all", negative=())]


def load(*, provinces: Provinces = (), everywhere: Everywhere = False, console: Given) -> None:
    with console.store() as store:
        for province in (None,) if everywhere else provinces or (console.settings.province,):
            load_province(console, store, province)


def load_province(console: Console, store: Store, province: str | None) -> None:
    """The province with all below it; the whole country for None."""
    console.say("commands.areas.loading", province=province or "Indonesia")
    areas = tuple(areas_of(province))
    with store.begin() as book:
        book.areas.save(areas)
    console.say("commands.areas.loaded", count=console.number(len(areas)))


def import_file(file: Path, *, console: Given) -> int:
    content = console.read(file)
    with console.store() as store, store.begin() as book:
        areas, faults = _read(file, content, cache(lambda code: book.areas.get(code) is not None))
        book.areas.save(areas)
    console.listed(_lines(console, faults))
    console.say(
        "commands.areas.imported", count=console.number(len(areas)), faults=console.number(len(faults))
    )
    return 1 if faults else 0


def _read(file: Path, content: str, is_there: Known) -> tuple[list[Area], list[Fault]]:
    try:
        return read_areas(content, is_there)
    except NoAreaFile:
        raise CommandFailed("commands.areas.not_a_table", file=file.name) from None


def _lines(console: Console, faults: Sequence[Fault]) -> list[str]:
    say = console.texts.say
    return [
        say(
            "commands.row",
            row=fault.row,
            reason=say(f"commands.areas.fault.{fault.reason}", found=fault.found),
        )
        for fault in faults
    ]
