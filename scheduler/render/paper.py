"""The digest as one page for the meeting: a PDF set by typst, its words passed as data, never as markup."""

import json
from dataclasses import asdict
from functools import cache
from importlib.resources import files

import typst

from core.digests.calendar import local_time
from core.digests.digest import Digest
from core.digests.page import page
from core.speech.texts import texts


def make_paper(digest: Digest, language: str) -> bytes:
    """A PDF of one page; the same digest gives the same bytes."""
    words = {**asdict(page(digest, language)), "none": texts(language).say("digests.sheet.empty")}
    made = typst.compile(
        _template(),
        font_paths=fonts(),
        sys_inputs={"page": json.dumps(words)},
        timestamp=local_time(digest.made_for, digest.zone),
    )
    assert isinstance(made, bytes)
    return made


@cache
def _template() -> bytes:
    return (files("scheduler") / "render" / "paper.typ").read_bytes()


@cache
def fonts() -> typst.Fonts:
    """Those that typst brings along, the same on every machine; kept, since to find them takes longest."""
    return typst.Fonts(include_system_fonts=False)
