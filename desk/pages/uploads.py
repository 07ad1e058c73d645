"""A file that a form of ours brought: bounded, from our own page, its name looked at and then only shown.

A file goes to memory or an unnamed temporary file, never to a path that its name says.
"""

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from core.forms.xlsform import Sources
from desk.pages.room import the_room
from desk.pages.sent import FIELDS, LONGEST, Sent, is_from_here, is_marked
from desk.pages.visitor import Visitor, visitor
from desk.refused import Refused

AROUND = 16 * 1024
"""What a form says beside its file."""
MEGABYTE = 1024 * 1024
ROSTER_LIMIT, FORM_LIMIT = 8 * MEGABYTE, 5 * MEGABYTE
UPLOADS = {"/people/import": ROSTER_LIMIT + AROUND, "/forms/check": FORM_LIMIT + AROUND}
LONGEST_NAME = 80
MOST_TABLES = 10
"""Beside one form."""


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    """Without any folder; empty when no file was chosen."""
    content: bytes
    sent: Sent
    tables: Sources = field(default_factory=dict)
    """What was brought beside it, by its names."""

    @property
    def kind(self) -> str:
        """The ending of its name, in small letters."""
        return self.name.rpartition(".")[2].casefold() if "." in self.name else ""


async def upload(request: Request, _: Annotated[Visitor, Depends(visitor)]) -> Upload:
    """Who they are is asked before any of it is read; then whence it comes, then the mark of the visit."""
    if not is_from_here(request, the_room(request)):
        raise Refused(403, "elsewhere_sent")
    fields: dict[str, str] = {}
    tables: dict[str, bytes] = {}
    name, content = "", b""
    async with request.form(max_files=1 + MOST_TABLES, max_fields=FIELDS) as form:
        for key, value in form.multi_items():
            if isinstance(value, UploadFile) and key == "tables":
                tables[_bare(value.filename or "")] = await value.read()
            elif isinstance(value, UploadFile):
                name, content = _bare(value.filename or ""), await value.read()
            else:
                fields[key] = value[:LONGEST]
    if not is_marked(request, fields):
        raise Refused(403, "elsewhere_sent")
    tables.pop("", None)  # none was chosen
    return Upload(name, content, fields, tables)


TheUpload = Annotated[Upload, Depends(upload)]


def _bare(name: str) -> str:
    """As people call the file: no folders, nothing that cannot be printed, its end kept."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable()).strip()[-LONGEST_NAME:]
